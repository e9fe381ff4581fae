"""The history of a record, and of a change: which rows were written, each field from what to what, in words.

A record's history tells of its own rows and of those that belong to it, also of rows that are gone. Rows are named as
they were called at the time. Everything is read set by set from the event tables; who may see what of it, and how it is
shown, is left to the apps.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, overload

from django.db import connection
from django.db.models import Field, ForeignKey, Model
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.text import capfirst

from ics_leadership import recorded
from ics_leadership.history import Change, event_model
from ics_leadership.periods import Dated
from ics_leadership.recorded import Recorded
from ics_leadership.words import count_words, day_words, list_words, period_words

Key = tuple[type[Model], int]
Event = Any
"""A row of an event table: the columns of the register's row, and of `RegisterEvent`."""

END_OF_TIME = datetime.datetime.max.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class FieldChange:
    """One field of a row, from what to what in words; empty for nothing. `private` is the sight that it asks for."""

    name: str
    label: str
    before: str
    after: str
    private: str = ""


@dataclass(frozen=True)
class Entry:
    """What one change did to one row.

    `what` is added, changed, confirmed or withdrawn. `before` and `after` are its events before the change and at its
    end: None where there was no row, or is none any more.
    """

    recorded: Recorded
    id: int
    what: str
    name: str
    fields: Sequence[FieldChange]
    before: Event | None
    after: Event | None

    @property
    def key(self) -> Key:
        return self.recorded.model, self.id

    @property
    def event(self) -> Event:
        """The row as the change left it; of one that was withdrawn, as it was last."""
        return self.after or self.before


@dataclass
class Told:
    """One change, and what it did to the rows that are told of."""

    change: Change
    entries: list[Entry] = field(default_factory=list)


# --- rows as they were


class AsItWas:
    """Rows of the register as they were at a moment, also those that are gone, loaded table by table."""

    def __init__(self) -> None:
        self._versions: dict[Key, list[tuple[datetime.datetime, Model]]] = {}

    def load(self, keys: Iterable[Key]) -> None:
        """Fetch every version of these rows, and of all that their names are made of."""
        wanted = {key for key in keys if key not in self._versions}
        while wanted:
            by_model: dict[type[Model], set[int]] = defaultdict(set)
            for model, pk in wanted:
                by_model[model].add(pk)
            found: list[Model] = []
            for model, ids in by_model.items():
                found += self._load_table(model, ids)
            wanted = {
                (recorded.target(type(row), name), getattr(row, f"{name}_id"))
                for row in found
                if recorded.is_declared(type(row))
                for name in recorded.of(type(row)).named_by
                if getattr(row, f"{name}_id") is not None
            } - self._versions.keys()

    def _load_table(self, model: type[Model], ids: set[int]) -> list[Model]:
        for pk in ids:
            self._versions[model, pk] = []
        if not recorded.is_declared(model):
            rows = list(model._default_manager.filter(pk__in=ids))
            for row in rows:
                self._versions[model, row.pk].append((timezone.now(), row))
            return rows
        rows = []
        events: Iterable[Event] = event_model(model)._default_manager.filter(id__in=ids).order_by("pgh_id")
        for event in events:
            row = row_of(event)
            self._versions[model, event.id].append((event.known_from or END_OF_TIME, row))
            rows.append(row)
        return rows

    def row(self, key: Key, moment: datetime.datetime | None) -> Model | None:
        """The row as it was then (None: as it was last), with the rows that its name is made of."""
        versions = self._versions.get(key, [])
        if not versions:
            return None
        known = [row for since, row in versions if moment is None or since <= moment]
        row = known[-1] if known else versions[0][1]
        if recorded.is_declared(type(row)):
            for name in recorded.of(type(row)).named_by:
                pk = getattr(row, f"{name}_id")
                other = self.row((recorded.target(type(row), name), pk), moment) if pk is not None else None
                if other is not None:
                    setattr(row, name, other)
        return row

    def name(self, key: Key, moment: datetime.datetime | None) -> str:
        """What the row was called then."""
        row = self.row(key, moment)
        if row is None:
            return f"{key[0]._meta.verbose_name} {key[1]}"
        return recorded.of(type(row)).name(row) if recorded.is_declared(type(row)) else str(row)


def row_of(event: Event) -> Model:
    """The register's row as an event has it, unsaved."""
    model: type[Model] = event.pgh_tracked_model
    columns = [each.attname for each in model._meta.concrete_fields if not each.generated]
    row = model(**{name: getattr(event, name) for name in columns})
    row._state.adding = False
    return row


def as_it_was(model: type[Model], pk: int) -> Model | None:
    """The row as it is, or as it was last where it is gone, with the rows that its name is made of; None: never was."""
    rows = AsItWas()
    rows.load([(model, pk)])
    return rows.row((model, pk), None)


# --- which events


def history_of(model: type[Model], pk: int) -> list[Told]:
    """What changed of a record and of what belongs to it, the latest change first."""
    events = _events_told_with(model, {pk})
    changes = Change.objects.select_related("by", "undoes__by").in_bulk(
        {event.change_id for rows in events.values() for event in rows}
    )
    return _told_of(events, {}, changes)


def _events_told_with(model: type[Model], ids: set[int]) -> dict[type[Model], list[Event]]:
    """Every event of these rows, and of those that history tells with them, by table."""
    return {
        table: list(event_model(table)._default_manager.filter(id__in=rows).order_by("pgh_id"))
        for table, rows in ids_told_with(model, ids).items()
    }


def among(ids: Iterable[int]) -> RawSQL:
    """Ids for use after `__in`, given to the database as one value: thousands of them one by one take seconds to write."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def ids_told_with(model: type[Model], ids: Iterable[int]) -> dict[type[Model], set[int]]:
    """The ids of these rows, and of all that ever belonged to them or that history tells with them, by table."""
    found: dict[type[Model], set[int]] = defaultdict(set)
    to_do: list[tuple[type[Model], set[int]]] = [(model, set(ids))]
    while to_do:
        table, these = to_do.pop()
        these -= found[table]
        found[table] |= these
        if not these:
            continue
        for part, name in recorded.told_with(table):
            rows = event_model(part.model)._default_manager.filter(**{f"{name}__in": among(these)})
            to_do.append((part.model, set(rows.order_by().values_list("id", flat=True).distinct())))
    return found


@dataclass(frozen=True)
class Written:
    """How many rows of a table a change wrote."""

    recorded: Recorded
    rows: int

    @property
    def words(self) -> str:
        return count_words(self.rows, self.recorded.noun, str(self.recorded.model._meta.verbose_name_plural))


def written_by(changes: Iterable[int]) -> dict[int, list[Written]]:
    """How many rows of which tables these changes wrote, by the change's id."""
    tables = recorded.all_declared()
    ids = list(changes)
    statement = " UNION ALL ".join(
        f"SELECT change_id, {number}, count(DISTINCT id) FROM {event_model(each.model)._meta.db_table}"  # noqa: S608
        " WHERE change_id = ANY(%(ids)s) GROUP BY change_id"
        for number, each in enumerate(tables)
    )
    found: dict[int, list[Written]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": ids})
        for change, number, rows in sorted(cursor.fetchall()):
            found[change].append(Written(tables[number], rows))
    return found


class RowsWritten(Sequence[Key]):
    """The rows that a change wrote, table by table as they are declared, fetched as far as they are asked for."""

    def __init__(self, change: int, tables: Sequence[Written]) -> None:
        self._change = change
        self._tables = tables

    def __len__(self) -> int:
        return sum(table.rows for table in self._tables)

    @overload
    def __getitem__(self, part: int) -> Key: ...
    @overload
    def __getitem__(self, part: slice) -> list[Key]: ...
    def __getitem__(self, part: int | slice) -> Key | list[Key]:
        if isinstance(part, int):
            return self[part : part + 1][0]
        first, last, _ = part.indices(len(self))
        keys: list[Key] = []
        for table in self._tables:
            model = table.recorded.model
            if first < table.rows and last > 0:
                rows = event_model(model)._default_manager.filter(change=self._change).order_by("id")
                ids = rows.values_list("id", flat=True).distinct()[max(first, 0) : last]
                keys += [(model, pk) for pk in ids]
            first, last = first - table.rows, last - table.rows
        return keys


def told_by(changes: Sequence[Change], rows: Iterable[Key] | None = None) -> list[Told]:
    """What these changes did, in their order; to those `rows` alone, where so asked."""
    events: dict[type[Model], list[Event]] = {}
    asked: dict[type[Model], list[int]] = defaultdict(list)
    for model, pk in rows or ():
        asked[model].append(pk)
    if rows is None:
        wrote = written_by([each.pk for each in changes]).values()
        asked = {table.recorded.model: [] for tables in wrote for table in tables}
    for model, ids in asked.items():
        found = event_model(model)._default_manager.filter(change__in=[each.pk for each in changes])
        if rows is not None:
            found = found.filter(id__in=ids)
        events[model] = list(found.order_by("pgh_id"))
    before = {model: _last_before(model, rows) for model, rows in events.items()}
    told = {each.change.pk: each for each in _told_of(events, before, {each.pk: each for each in changes})}
    return [told.get(each.pk) or Told(each) for each in changes]


def _last_before(model: type[Model], events: list[Event]) -> dict[int, Event]:
    """For each event, by its key, the event of the same row before it."""
    table = event_model(model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT one.pgh_id, (
                SELECT max(pgh_id) FROM {table._meta.db_table} AS earlier
                WHERE earlier.id = one.id AND earlier.pgh_id < one.pgh_id
            ) FROM {table._meta.db_table} AS one WHERE one.pgh_id = ANY(%s)""",  # noqa: S608
            [[event.pgh_id for event in events]],
        )
        pairs = {later: earlier for later, earlier in cursor.fetchall() if earlier}
    earlier = table._default_manager.in_bulk(pairs.values())
    return {later: earlier[key] for later, key in pairs.items()}


# --- what happened, in words


def _told_of(
    events: dict[type[Model], list[Event]], before: dict[type[Model], dict[int, Event]], changes: dict[int, Change]
) -> list[Told]:
    """The events gathered by change, the latest first, each row told of once: as it was before, and as it was after."""
    spans: list[tuple[Change, Recorded, int, Event | None, Event | None]] = []
    for model, rows in events.items():
        latest: dict[int, Event] = {}
        by_row: dict[tuple[int, int], list[Event]] = defaultdict(list)
        first: dict[tuple[int, int], Event | None] = {}
        for event in rows:
            key = (event.change_id, event.id)
            if key not in first:
                first[key] = before.get(model, {}).get(event.pgh_id) or latest.get(event.id)
            by_row[key].append(event)
            latest[event.id] = event
        for (made, pk), its in by_row.items():
            earlier, later = _standing(first[made, pk]), _standing(its[-1])
            if earlier or later:
                spans.append((changes[made], recorded.of(model), pk, earlier, later))
    order = {table.model: number for number, table in enumerate(recorded.all_declared())}
    spans.sort(key=lambda span: (order[span[1].model], span[2]))
    words = _Words()
    words.load(spans)
    told: dict[int, Told] = {}
    for change, table, pk, earlier, later in spans:
        if entry := words.entry(change, table, pk, earlier, later):
            told.setdefault(change.pk, Told(change)).entries.append(entry)
    return sorted(told.values(), key=lambda each: (each.change.position or float("inf"), each.change.pk), reverse=True)


def _standing(event: Event | None) -> Event | None:
    """The event, unless after it there was no row."""
    return None if event is None or event.pgh_label == "delete" else event


class _Words:
    """Events in words, the names of other records fetched all at once."""

    def __init__(self) -> None:
        self.rows = AsItWas()

    def load(self, spans: list[tuple[Change, Recorded, int, Event | None, Event | None]]) -> None:
        keys: set[Key] = set()
        for _, table, pk, *versions in spans:
            keys.add((table.model, pk))
            for column in table.columns():
                if isinstance(column, ForeignKey):
                    other = recorded.target(table.model, column.name)
                    keys |= {(other, pk) for each in versions if each and (pk := getattr(each, column.attname))}
        self.rows.load(keys)

    def entry(
        self, change: Change, table: Recorded, pk: int, before: Event | None, after: Event | None
    ) -> Entry | None:
        moment = change.recorded_at if change.position else None
        name = self.rows.name((table.model, pk), moment)
        if after is None:
            return Entry(table, pk, "withdrawn", name, (), before, None)
        fields = [
            FieldChange(
                column.name,
                label_of(table, column),
                self.value(table, column, before, change) if before else "",
                self.value(table, column, after, change),
                str(table.private.get(column.name, "")),
            )
            for column in table.columns()
            if before is None or _differs(column, before, after)
        ]
        fields = [each for each in fields if each.before or each.after]
        if before is None:
            return Entry(table, pk, "added", name, fields, None, after)
        if fields:
            return Entry(table, pk, "changed", name, fields, before, after)
        if getattr(before, "confirmed_on", None) != getattr(after, "confirmed_on", None):
            return Entry(table, pk, "confirmed", name, (), before, after)
        return None

    def value(self, table: Recorded, column: Field[Any, Any], event: Event, change: Change) -> str:
        value = getattr(event, column.attname)
        if column.name == "period":
            row = row_of(event)
            assert isinstance(row, Dated)
            return period_words(row, timezone.localdate(change.recorded_at))
        if value is None or value in ("", []):
            return ""
        if isinstance(column, ForeignKey):
            moment = change.recorded_at if change.position else None
            return self.rows.name((recorded.target(table.model, column.name), value), moment)
        return value_words(column, value)


def _differs(column: Field[Any, Any], before: Event, after: Event) -> bool:
    names = ("period", "start_precision", "end_precision") if column.name == "period" else (column.attname,)
    return any(getattr(before, name) != getattr(after, name) for name in names)


def label_of(table: Recorded, column: Field[Any, Any]) -> str:
    """What a column is called: "Put forward by"."""
    named = {"period": "When", **table.labels}
    return named.get(column.name) or str(capfirst(column.verbose_name))


def value_words(column: Field[Any, Any], value: Any) -> str:
    """A value of a column that leads to no other record, in words."""
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return day_words(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, list):
        return list_words([str(each) for each in value])
    return str(value)
