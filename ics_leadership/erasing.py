"""Erasing rows together with all that history knew of them: the only way in which history is ever altered.

Everything else that goes is withdrawn and stays in history. Data protection law asks for more: that nothing is left that says whose
a row was. What has to be erased, and what tells of it afterwards, is for the apps; these are the means.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.models import Field, ForeignKey, ManyToOneRel, Model
from pgtrigger import registry

from ics_leadership.history import RegisterEvent, event_model, event_models

GUARD = "keep_"
"""So begin the names of the triggers that let nothing of history be altered."""


_ERASURES = "erasures"


def erase_alone() -> None:
    """Wait until nobody keeps or brings back anything any more, and keep others from it until this transaction ends."""
    _lock("pg_advisory_xact_lock")


def hold_off_erasures() -> None:
    """Let nobody be erased until this transaction ends: what is kept or brought back now may be of somebody who is just going."""
    _lock("pg_advisory_xact_lock_shared")


def _lock(function: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtext(%s))", [_ERASURES])


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Let history be altered within this block, in this transaction alone."""
    names = [trigger.get_pgid(model) for model, trigger in registry.registered() if str(trigger.name).startswith(GUARD)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"])
        yield
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


@dataclass(frozen=True)
class Reference:
    """A foreign key of a register table to another."""

    model: type[Model]
    field: ForeignKey[Model, Model]

    @property
    def column(self) -> str:
        return connection.ops.quote_name(str(self.field.column))


def references(model: type[Model]) -> Iterator[Reference]:
    """The foreign keys of all register tables to one of them."""
    tracked = {each.pgh_tracked_model for each in event_models()}  # type: ignore[attr-defined]
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and not issubclass(relation.related_model, RegisterEvent):
            field: Field[object, object] = relation.field
            if relation.related_model in tracked and isinstance(field, ForeignKey):
                yield Reference(relation.related_model, field)


Rows = Mapping[type[Model], Collection[int]]
"""Ids of rows, those that are in history alone included, by their table."""

_LIVE_SQL = "SELECT id FROM {table} WHERE {column} = ANY(%(ids)s) FOR UPDATE"
_GONE_SQL = """
SELECT last.id FROM (
    SELECT DISTINCT ON (id) id, {column} FROM {events}
    WHERE id IN (SELECT id FROM {events} WHERE {column} = ANY(%(ids)s)) ORDER BY id, pgh_id DESC
) AS last
WHERE last.{column} = ANY(%(ids)s) AND NOT EXISTS (SELECT FROM {table} AS live WHERE live.id = last.id)
"""


def going_with(model: type[Model], ids: Collection[int]) -> dict[type[Model], set[int]]:
    """Rows, and all that cannot be without them, those that were withdrawn included. The rows that are there are locked."""
    going: dict[type[Model], set[int]] = {model: set(ids)}
    _ask(f"SELECT id FROM {_table(model)} WHERE id = ANY(%(ids)s) FOR UPDATE", going[model])  # noqa: S608
    waiting = [(model, set(ids))]
    while waiting:
        to, known = waiting.pop()
        for reference in references(to):
            if reference.field.null:
                continue
            names = {"table": _table(reference.model), "events": _events(reference.model), "column": reference.column}
            found = _ask(_LIVE_SQL.format(**names), known) | _ask(_GONE_SQL.format(**names), known)
            if fresh := found - going.setdefault(reference.model, set()):
                going[reference.model] |= fresh
                waiting.append((reference.model, fresh))
    return {each: rows for each, rows in going.items() if rows}


def erase(going: Rows) -> int:
    """Delete rows, and every event that tells of them; let other rows refer to them no longer, in history neither.

    Gives how many rows that stay referred to them.
    """
    loosened = sum(_loosen(model, columns, _table(model), going) for model, columns in _loose(going).items())
    for model, ids in going.items():
        _run(f"DELETE FROM {_table(model)} WHERE id = ANY(%(ids)s)", ids=list(ids))  # noqa: S608
    with guards_lifted():
        for model, ids in going.items():
            _run(f"DELETE FROM {_events(model)} WHERE id = ANY(%(ids)s)", ids=list(ids))  # noqa: S608
            for reference in references(model):
                # What other rows said before they were put right.
                if not reference.field.null:
                    events, column = _events(reference.model), reference.column
                    _run(f"DELETE FROM {events} WHERE {column} = ANY(%(ids)s)", ids=list(ids))  # noqa: S608
        for model, columns in _loose(going).items():
            _loosen(model, columns, _events(model), going)
    return loosened


def _loose(going: Rows) -> dict[type[Model], list[tuple[str, list[int]]]]:
    """The columns that can be emptied, by their table, each with the ids to which they may not lead."""
    found: dict[type[Model], list[tuple[str, list[int]]]] = {}
    for model, ids in going.items():
        for reference in references(model):
            if reference.field.null:
                found.setdefault(reference.model, []).append((reference.column, list(ids)))
    return found


def _loosen(model: type[Model], columns: Sequence[tuple[str, list[int]]], table: str, going: Rows) -> int:
    values = {f"ids_{place}": ids for place, (_, ids) in enumerate(columns)}
    emptied = ", ".join(
        f"{column} = CASE WHEN {column} = ANY(%(ids_{place})s) THEN NULL ELSE {column} END"
        for place, (column, _) in enumerate(columns)
    )
    those = " OR ".join(f"{column} = ANY(%(ids_{place})s)" for place, (column, _) in enumerate(columns))
    return _run(
        f"UPDATE {table} SET {emptied} WHERE ({those}) AND NOT id = ANY(%(going)s)",  # noqa: S608
        **values,
        going=list(going.get(model, ())),
    )


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _events(model: type[Model]) -> str:
    return connection.ops.quote_name(event_model(model)._meta.db_table)


def _ask(statement: str, ids: Collection[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": list(ids)})
        return {pk for (pk,) in cursor.fetchall()}


def _run(statement: str, **values: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount
