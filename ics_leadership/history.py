"""History: every write to the register says who made it and why, and the order of changes is that of their commits.

`change` is the only way to write: it opens the transaction, records who and why, and names itself to the database,
where triggers copy every row that is written into an event table beside it. A write outside of `change` is refused by
the database, by bulk operations and raw SQL too. `tracked` puts a table under this regime. Reading the register as it
was known at a moment rests on the `known_from` and `known_to` that each event gets when its change commits.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeVar

import pghistory
import pghistory.models
import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Func, Q
from django.utils import timezone

from ics_leadership import recorded
from ics_leadership.periods import today
from ics_leadership.refusals import in_words

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


def _never_emptied(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'No table of the register is ever emptied.';",
    )


class Change(models.Model):
    """One change to the register: who made it, when and why.

    `recorded_at` and `position` are given at commit. The position orders changes as they became visible; neither ids
    nor clocks do, because transactions overlap. `name` is what a change of many rows is called, such as an import;
    `undoes` the change whose rows this one put back. `token` names the form that was sent: a form sent twice changes
    nothing twice.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="changes")
    why = models.TextField()
    recorded_at = models.DateTimeField(null=True, editable=False)
    position = models.BigIntegerField(null=True, unique=True, editable=False)
    name = models.TextField(blank=True, db_default="")
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    token = models.UUIDField(null=True, editable=False)

    class Meta:
        app_label = "ics_leadership"
        constraints = [
            models.CheckConstraint(
                name="change_says_why",
                condition=~Q(why=""),
                violation_error_message="Say why the register changes.",
            ),
            models.UniqueConstraint(
                fields=["token"],
                name="one_change_for_a_form",
                violation_error_message="This form was sent already. Nothing was changed twice.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stamp_at_commit",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func="PERFORM register_stamp(NEW.id, NEW.recorded_at); RETURN NULL;",
            ),
            pgtrigger.Protect(name="keep_changes", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="keep_who_and_why",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("by", "why", "name", "undoes", "token"),
            ),
            pgtrigger.Protect(
                name="keep_stamp", operation=pgtrigger.Update, condition=pgtrigger.Q(old__position__isnull=False)
            ),
            _never_emptied("keep_all_changes"),
        ]

    def __str__(self) -> str:
        return self.why


def _given_anew(column: str) -> pgtrigger.Q:
    """A column that is given once being given again."""
    return pgtrigger.Q(**{f"old__{column}__isnull": False, f"old__{column}__df": pgtrigger.F(f"new__{column}")})


class CurrentChange(Func):
    """The change under which the database is being written; null outside of any, so that the write is refused."""

    template = "nullif(current_setting('register.change', true), '')::bigint"
    arity = 0
    output_field = models.BigIntegerField()


POSITION_SQL = "CREATE SEQUENCE register_position"
DROP_POSITION_SQL = "DROP SEQUENCE register_position"


class RegisterEvent(pghistory.models.Event):
    """A row of a register table as one change left it, with the time during which the register said so.

    `known_to` is null while it is the latest; a deletion is an event that was never known, because it says nothing. `shown_from`
    is since when everybody has seen the row so: where a change wrote nothing but what only some see, that of the event before it.
    """

    pgh_label = models.TextField()
    change = models.ForeignKey(
        Change, on_delete=models.DO_NOTHING, db_constraint=False, db_default=CurrentChange(), related_name="+"
    )
    known_from = models.DateTimeField(null=True)
    known_to = models.DateTimeField(null=True)
    shown_from = models.DateTimeField(null=True)

    class Meta:
        abstract = True


TIMES = ("known_from", "known_to", "shown_from")
"""What an event gets when its change commits; nothing else of it is ever altered."""

M = TypeVar("M", bound=type[models.Model])


def tracked(model: M) -> M:
    """Class decorator: keep every row that this register table has ever held, in an event table beside it."""
    # A trigger that runs before an update cannot see generated columns; they follow from the others.
    generated = [field.name for field in model._meta.fields if isinstance(field, models.GeneratedField)]
    # Whoever is given an address asks for those that began alike at any time.
    addresses = [
        models.Index(fields=["slug"], name=f"{model.__name__.lower()[:20]}_address", opclasses=["varchar_pattern_ops"])
        for field in model._meta.fields
        if field.name == "slug"
    ]
    pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        obj_field=None,
        context_field=None,  # type: ignore[arg-type]  # documented: no context
        base_model=RegisterEvent,
        model_name=f"{model.__name__}Event",
        level=pgtrigger.Statement,
        meta={
            "indexes": [
                models.Index(fields=["id", "known_from"]),
                models.Index(fields=["id"], name=f"{model.__name__.lower()[:20]}_open", condition=Q(known_to=None)),
                *addresses,
            ],
            "triggers": [
                pgtrigger.Protect(name="keep_events", operation=pgtrigger.Delete),
                _never_emptied("keep_all_events"),
                pgtrigger.Protect(
                    name="keep_facts",
                    operation=pgtrigger.Update,
                    condition=pgtrigger.AnyChange(exclude=[*TIMES, *generated]),
                ),
                pgtrigger.Protect(
                    name="keep_times",
                    operation=pgtrigger.Update,
                    condition=reduce(or_, map(_given_anew, TIMES)),
                ),
            ],
        },
    )(model)
    pgtrigger.register(_never_emptied("keep_table"))(model)
    return model


def event_models() -> list[type[models.Model]]:
    """The event table of every tracked table, in the order of the apps."""
    return [model for model in apps.get_models() if issubclass(model, RegisterEvent)]


def event_model(model: type[models.Model]) -> type[models.Model]:
    """The event table beside a tracked table."""
    return next(each for each in event_models() if each.pgh_tracked_model is model)  # type: ignore[attr-defined]


def version_of(row: models.Model) -> int:
    """The number of the last event of a row: it changes with every write to the row. 0 for a row without history."""
    events = event_model(type(row))._default_manager.filter(id=row.pk)
    latest: int | None = events.aggregate(latest=models.Max("pgh_id"))["latest"]
    return latest or 0


def changes_since(row: models.Model, version: int) -> list[Change]:
    """The changes that wrote a row after its `version_of` was `version`, the latest first."""
    later = event_model(type(row))._default_manager.filter(id=row.pk, pgh_id__gt=version)
    return list(Change.objects.filter(pk__in=later.values("change")).select_related("by").order_by("-position"))


_STAMP_ONE_TABLE_SQL = """
    UPDATE {events} AS this SET known_from = stamp, known_to = CASE WHEN pgh_label = 'delete' THEN stamp END,
        shown_from = {shown_from} WHERE change_id = this_change;
    IF FOUND THEN
        UPDATE {events} AS earlier SET known_to = stamp FROM {events} AS later
            WHERE later.change_id = this_change AND earlier.id = later.id
            AND earlier.known_to IS NULL AND earlier.pgh_id < later.pgh_id;
    END IF;
"""

# As the feed of changes compares: what stands there when the change is done, with what stood there before it.
_SHOWN_FROM_SQL = """CASE WHEN pgh_label = 'update' THEN coalesce((
            SELECT max(before.shown_from) FROM {events} AS before
            WHERE before.id = this.id AND before.known_to IS NULL AND before.known_from IS NOT NULL
            AND before.change_id <> this_change AND ({before}) IS NOT DISTINCT FROM ({this})
        ), stamp) ELSE stamp END"""

_STAMP_SQL = """
CREATE OR REPLACE FUNCTION register_stamp(this_change bigint, moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    last_stamp timestamptz;
    stamp timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('register_stamp'));
    SELECT recorded_at INTO last_stamp FROM {changes} WHERE position IS NOT NULL ORDER BY position DESC LIMIT 1;
    stamp := greatest(coalesce(moment, clock_timestamp()), last_stamp);
    UPDATE {changes} SET position = nextval('register_position'), recorded_at = stamp WHERE id = this_change;
    {tables}
END
$$
"""


def install_stamp(**_: object) -> None:
    """Rebuild the function that dates and orders a change as it commits, for the event tables that there are now."""
    with connection.cursor() as cursor:
        cursor.execute(
            _STAMP_SQL.format(
                changes=Change._meta.db_table,
                tables="".join(
                    _STAMP_ONE_TABLE_SQL.format(events=model._meta.db_table, shown_from=_shown_from(model))
                    for model in event_models()
                ),
            )
        )


def _shown_from(events: type[models.Model]) -> str:
    """Since when everybody has seen a row as an event has it, as an expression: since its change, unless that wrote private
    columns alone.
    """
    tracked: type[models.Model] = events.pgh_tracked_model  # type: ignore[attr-defined]
    private = recorded.of(tracked).private if recorded.is_declared(tracked) else {}
    if not private:
        return "stamp"
    quote = connection.ops.quote_name
    seen = [
        quote(str(each.column))
        for each in tracked._meta.concrete_fields
        if each.name not in private and not each.generated
    ]
    sides = {side: ", ".join(f"{side}.{column}" for column in seen) for side in ("before", "this")}
    return _SHOWN_FROM_SQL.format(events=events._meta.db_table, **sides)


_replayed: ContextVar[Change | None] = ContextVar("replayed", default=None)
_moment: ContextVar[datetime.datetime | None] = ContextVar("moment", default=None)


def day() -> datetime.date:
    """The day on which the change that is being made is dated: today, unless it is entered as one of the past."""
    moment = _moment.get()
    return timezone.localdate(moment) if moment else today()


@contextmanager
def replayed(this: Change) -> Iterator[None]:
    """Let every action within this block write under `this` without asking, and leave it to the database to refuse.

    For entering a long log in one transaction, where asking before each write costs ten times the writing. What the
    database refuses then ends the whole transaction.
    """
    token, dated = _replayed.set(this), _moment.set(this.recorded_at)
    try:
        yield
    finally:
        _replayed.reset(token)
        _moment.reset(dated)


def is_replayed() -> bool:
    """Whether what is written now is left to the database alone to refuse."""
    return _replayed.get() is not None


@contextmanager
def change(
    *,
    by: User | None,
    why: str,
    at: datetime.datetime | None = None,
    name: str = "",
    undoes: Change | None = None,
    token: uuid.UUID | None = None,
) -> Iterator[Change]:
    """Write to the register within this block, in one transaction, as `by` (None: the register itself), saying why.

    A block inside another joins the outer change. `at` dates the change in the past, for registers that are built from
    records of when things became known; it never goes behind the last change. Contradictions that the database refuses
    leave the block as a ValidationError with the sentence that belongs to them.
    """
    if this := _replayed.get():
        yield this
        return
    with in_words(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('register.change', true), '')::bigint")
        outer = cursor.fetchone()[0]
        if outer:
            yield Change.objects.get(pk=outer)
            return
        this = Change.objects.create(by=by, why=why, recorded_at=at, name=name, undoes=undoes, token=token)
        cursor.execute("SELECT set_config('register.change', %s, true)", [str(this.pk)])
        dated = _moment.set(at)
        try:
            yield this
        finally:
            _moment.reset(dated)
        cursor.execute("SELECT set_config('register.change', '', true)")
