"""Taking back: undoing a whole change, restoring a field or a record to how it was, withdrawing a mistake.

Nothing here removes history: each is a change of its own, with a reason. What later rests on what would go stands in the
way, and is named. Who may do it is left to the apps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, ManyToOneRel, Model, Q

from ics_leadership import history, recorded
from ics_leadership.erasing import hold_off_erasures
from ics_leadership.history import Change, RegisterEvent, event_model, event_models
from ics_leadership.record_history import AsItWas, Key, row_of, written_by
from ics_leadership.words import list_words
from ics_leadership.writing import keep

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

NAMED_AT_MOST = 5
"""So many of what stands in the way are named in a sentence; the rest are counted."""


@dataclass(frozen=True)
class Resting:
    """A row that stands in the way, its name, and why: "was changed later"."""

    model: type[Model]
    id: int
    name: str
    why: str

    def __str__(self) -> str:
        noun = recorded.of(self.model).noun if recorded.is_declared(self.model) else self.model._meta.verbose_name
        return f"{noun} “{self.name}” {self.why}"


class StandsInTheWay(ValidationError):
    """The register cannot take something back, because of `resting`."""

    def __init__(self, sentence: str, resting: Sequence[Resting]) -> None:
        named = [str(each) for each in resting[:NAMED_AT_MOST]]
        if more := len(resting) - len(named):
            named.append(f"{more} more")
        super().__init__(f"{sentence} {list_words(named)}.", code="stands_in_the_way")
        self.resting = list(resting)


# --- undoing a change


@dataclass
class _Plan:
    """What undoing a change does to the rows of one table: ids that go; events that come back, and that are put back."""

    go: list[int] = field(default_factory=list)
    come: dict[int, int] = field(default_factory=dict)
    put: dict[int, int] = field(default_factory=dict)
    changed_later: list[int] = field(default_factory=list)


Plans = dict[type[Model], _Plan]


def undo(*, change: Change, by: User | None, why: str, token: UUID | None = None) -> Change:
    """Put back every row that a change wrote, in a change of its own; returns that.

    What the change added is withdrawn, what it altered is as before, what it withdrew is back, with its number. Raises
    StandsInTheWay naming what was written again later and what later refers to a row that would go.
    """
    with history.change(by=by, why=why, undoes=change, token=token) as this:
        hold_off_erasures()
        plans = _plans(change)
        if resting := _resting(plans):
            raise StandsInTheWay("This cannot be undone, because something later rests on it:", resting)
        _carry_out(plans)
        return this


def what_rests_on(change: Change) -> list[Resting]:
    """What stands in the way of undoing a change; nothing where it can be undone."""
    with transaction.atomic():
        return _resting(_plans(change))


def _plans(change: Change) -> Plans:
    """What undoing would do, by table, the rows locked so that nothing comes to rest on them meanwhile."""
    plans: Plans = {}
    for written in written_by([change.pk])[change.pk]:
        model = written.recorded.model
        plans[model] = _plan(model, event_model(model), change)
    return plans


def _plan(model: type[Model], events: type[Model], change: Change) -> _Plan:
    table, log = model._meta.db_table, events._meta.db_table
    columns = _columns(model)
    live, left = (", ".join(f"{alias}.{name}" for name in columns) for alias in ("row", "left_as"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE id IN (SELECT id FROM {log} WHERE change_id = %s) FOR UPDATE",  # noqa: S608
            [change.pk],
        )
        cursor.execute(
            f"""WITH written AS (
                SELECT id, min(pgh_id) AS first, max(pgh_id) AS last FROM {log} WHERE change_id = %s GROUP BY id
            )
            SELECT written.id, before.pgh_id, before.pgh_label <> 'delete', left_as.pgh_label <> 'delete',
                CASE WHEN left_as.pgh_label = 'delete' THEN row.id IS NULL
                ELSE row.id IS NOT NULL AND ROW({live}) IS NOT DISTINCT FROM ROW({left}) END
            FROM written JOIN {log} AS left_as ON left_as.pgh_id = written.last
            LEFT JOIN {table} AS row ON row.id = written.id
            LEFT JOIN LATERAL (
                SELECT pgh_id, pgh_label FROM {log} AS earlier
                WHERE earlier.id = written.id AND earlier.pgh_id < written.first ORDER BY pgh_id DESC LIMIT 1
            ) AS before ON true
            ORDER BY written.id""",  # noqa: S608
            [change.pk],
        )
        rows = cursor.fetchall()
    plan = _Plan()
    for pk, before, was_there, is_there, stands in rows:
        if not stands:
            plan.changed_later.append(pk)
        if was_there and is_there:
            plan.put[pk] = before
        elif was_there:
            plan.come[pk] = before
        elif is_there:
            plan.go.append(pk)
    return plan


def _columns(model: type[Model]) -> list[str]:
    """The columns of a table that can be written, quoted."""
    quote = connection.ops.quote_name
    return [quote(str(each.column)) for each in model._meta.concrete_fields if not each.generated]


def _resting(plans: Plans) -> list[Resting]:
    later = [((model, pk), "was changed later") for model, plan in plans.items() for pk in plan.changed_later]
    return _named(later or [*_referring(plans), *_missing(plans)])


def _named(keys: Iterable[tuple[Key, str]]) -> list[Resting]:
    pairs = list(dict.fromkeys(keys))
    rows = AsItWas()
    rows.load(key for key, _ in pairs)
    return [Resting(*key, name=rows.name(key, None), why=why) for key, why in pairs]


def _referring(plans: Plans) -> Iterator[tuple[Key, str]]:
    """Rows that refer to a row that would go, and are not written by the plans themselves."""
    for model, plan in plans.items():
        if not plan.go:
            continue
        for relation in _referred_by(model):
            theirs = plans.get(relation.related_model, _Plan())
            written = {*theirs.go, *theirs.put}
            for pk in _leading_to(relation, plan.go):
                if pk not in written:
                    yield (relation.related_model, pk), "rests on it"


def _leading_to(relation: ManyToOneRel, ids: list[int]) -> list[int]:
    """The numbers of the rows whose foreign key leads to any of these."""
    meta, quote = relation.related_model._meta, connection.ops.quote_name
    table, key, column = (quote(str(each)) for each in (meta.db_table, meta.pk.column, relation.field.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} WHERE {column} = ANY(%s) ORDER BY {key}", [ids])  # noqa: S608
        return [pk for (pk,) in cursor.fetchall()]


def _referred_by(model: type[Model]) -> list[ManyToOneRel]:
    """The foreign keys that lead to a table, from wherever the database watches over them."""
    return [
        each
        for each in model._meta.get_fields(include_hidden=True)
        if isinstance(each, ManyToOneRel) and not issubclass(each.related_model, RegisterEvent)
    ]


def _missing(plans: Plans) -> Iterator[tuple[Key, str]]:
    """Rows that those which come back refer to, and that are gone, or would go."""
    for model, plan in plans.items():
        versions = [*plan.come.values(), *plan.put.values()]
        yield from _missing_for(model, versions, plans)


def _missing_for(model: type[Model], versions: list[int], plans: Plans) -> Iterator[tuple[Key, str]]:
    events = event_model(model)._default_manager.filter(pgh_id__in=versions)
    for column in model._meta.concrete_fields if versions else ():
        if not isinstance(column, ForeignKey):
            continue
        other = recorded.target(model, column.name)
        theirs = plans.get(other, _Plan())
        named = set(events.order_by().values_list(column.attname, flat=True)) - {None}
        there = set(other._default_manager.filter(pk__in=named).values_list("pk", flat=True))
        for pk in sorted(named - ((there - set(theirs.go)) | theirs.come.keys())):
            yield (other, pk), "is no longer there"


def _carry_out(plans: Plans) -> None:
    """Write the rows: those that go first, so that those which come back find their place."""
    for model, plan in plans.items():
        _delete(model, plan.go)
    for model, plan in plans.items():
        _put_back(model, plan.put)
    for model, plan in plans.items():
        _insert(model, plan.come.values())
    _check_rules({model: {*plan.come, *plan.put} for model, plan in plans.items()})


def _delete(model: type[Model], ids: Iterable[int]) -> None:
    if ids := list(ids):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE id = ANY(%s)", [ids])  # noqa: S608


def _insert(model: type[Model], versions: Iterable[int]) -> None:
    columns = ", ".join(_columns(model))
    if not (versions := list(versions)):
        return
    events = event_model(model)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {columns}"  # noqa: S608
                f" FROM {events._meta.db_table} WHERE pgh_id = ANY(%s)",
                [versions],
            )
    except IntegrityError:
        # Somebody who did the same at once was there first: what they wrote was not to be seen before.
        numbers = events._default_manager.filter(pgh_id__in=versions).values("id")
        if model._default_manager.filter(pk__in=numbers).exists():
            raise ValidationError("Somebody else has just put this back.", code="put_back") from None
        raise


def _put_back(model: type[Model], versions: dict[int, int]) -> None:
    if not versions:
        return
    columns = [each for each in _columns(model) if each != '"id"']
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {model._meta.db_table} AS row SET ({', '.join(columns)})"  # noqa: S608
                f" = ROW({', '.join(f'event.{each}' for each in columns)})"
                f" FROM {event_model(model)._meta.db_table} AS event"
                " WHERE event.id = row.id AND event.pgh_id = ANY(%s)",
                [list(versions.values())],
            )
    except IntegrityError:
        # Rows that change places stand in each other's way for as long as one of them has not moved.
        _delete(model, versions)
        _insert(model, versions.values())


def _check_rules(written: dict[type[Model], set[int]]) -> None:
    """Hold rows that were written, and those that refer to them, to what their tables' own `clean` says."""
    for each in event_models():
        model: type[Model] = each.pgh_tracked_model  # type: ignore[attr-defined]
        if model.clean is Model.clean:
            continue
        touched = Q(pk__in=written.get(model, ()))
        for column in model._meta.concrete_fields:
            if isinstance(column, ForeignKey):
                touched |= Q(**{f"{column.name}__in": written.get(recorded.target(model, column.name), ())})
        for row in model._default_manager.filter(touched).select_related():
            row.clean()


# --- restoring a record


def restore(
    *,
    event: Any,
    by: User | None,
    why: str,
    fields: Sequence[str] | None = None,
    token: UUID | None = None,
) -> Model:
    """Let a row be as an event has it: whole, or some of its fields (`period` for both ends); returns the row.

    A row that was withdrawn comes back whole, with its number, its address and the parts that were withdrawn with it.
    Raises ValidationError when it is so already, and StandsInTheWay when what the row refers to is gone.
    """
    model: type[Model] = event.pgh_tracked_model
    with history.change(by=by, why=why, token=token):
        hold_off_erasures()
        if not event_model(model)._default_manager.filter(pgh_id=event.pgh_id).exists():
            raise ValidationError("This was erased meanwhile, and its history with it.", code="erased")
        if missing := _named(_missing_for(model, [event.pgh_id], {})):
            raise StandsInTheWay("This cannot be restored, because what it refers to is gone:", missing)
        live = model._default_manager.select_for_update().filter(pk=event.id).first()
        if live is None and fields is not None:
            raise ValidationError("It was withdrawn. Restore the whole record.", code="withdrawn")
        row = _bring_back(event) if live is None else _restore_fields(live, event, fields)
        _check_rules({model: {row.pk}})
        return row


def _restore_fields(live: Model, event: Any, fields: Sequence[str] | None) -> Model:
    wanted = {
        each.attname
        for each in type(live)._meta.concrete_fields
        if not each.generated and (fields is None or each.name in fields)
    } - {"id", "confirmed_on"}
    if "period" in wanted:
        wanted |= {"start_precision", "end_precision"}
    new = {name: getattr(event, name) for name in wanted if getattr(event, name) != getattr(live, name)}
    if not new:
        raise ValidationError("The register says so already.", code="no_change")
    return keep(live, **new)


def _bring_back(event: Any) -> Model:
    row: Any = row_of(event)
    row._state.adding = True
    row.full_clean()
    row.save(force_insert=True)
    for model, versions in _withdrawn_with(event).items():
        if missing := _named(_missing_for(model, versions, {})):
            raise StandsInTheWay("This cannot be restored, because what a part of it refers to is gone:", missing)
        _insert(model, versions)
    return row


def _withdrawn_with(event: Any) -> dict[type[Model], list[int]]:
    """The events with which parts of a row were withdrawn in the same change as the row, by table."""
    model: type[Model] = event.pgh_tracked_model
    gone_with = event_model(model)._default_manager.filter(id=event.id, pgh_label="delete").order_by("-pgh_id")
    last = gone_with.values_list("change_id", flat=True).first()
    found: dict[type[Model], list[int]] = defaultdict(list)
    to_do: list[tuple[type[Model], list[int]]] = [(model, [event.id])] if last else []
    while to_do:
        table, ids = to_do.pop()
        for part, name in recorded.parts_of(table):
            gone = event_model(part.model)._default_manager.filter(
                change_id=last, pgh_label="delete", **{f"{name}__in": ids}
            )
            pairs = [pair for pair in gone.values_list("pgh_id", "id") if pair[0] not in found[part.model]]
            found[part.model] += [version for version, _ in pairs]
            if pairs:
                to_do.append((part.model, [pk for _, pk in pairs]))
    return found


# --- withdrawing a record


def withdraw(*, row: Model, by: User | None, why: str, token: UUID | None = None) -> None:
    """Take a mistake out of the register, with what belongs to it alone; its history stays, and it can be restored.

    Raises StandsInTheWay naming the other facts that rest on it.
    """
    with history.change(by=by, why=why, token=token):
        list(type(row)._default_manager.select_for_update().filter(pk=row.pk).values_list("pk"))
        plans = {model: _Plan(go=ids) for model, ids in parts(row).items()}
        if resting := _named(_referring(plans)):
            raise StandsInTheWay("This cannot be withdrawn, because something else rests on it:", resting)
        for model, plan in plans.items():
            _delete(model, plan.go)


def parts(row: Model) -> dict[type[Model], list[int]]:
    """What goes with a row when it is withdrawn, itself included: the ids by table."""
    found: dict[type[Model], list[int]] = {type(row): [row.pk]}
    to_do: list[tuple[type[Model], list[int]]] = [(type(row), [row.pk])]
    while to_do:
        table, ids = to_do.pop()
        for part, name in recorded.parts_of(table):
            rows = part.model._default_manager.filter(**{f"{name}__in": ids}).exclude(pk__in=found.get(part.model, ()))
            if new := list(rows.values_list("pk", flat=True)):
                found[part.model] = [*found.get(part.model, ()), *new]
                to_do.append((part.model, new))
    return found
