"""The feed of changes: what every change did to the register, in the order of their commits, for whoever keeps a copy.

An entry says what became of one row by one change, however often the change wrote it, and what everybody may see of the row
after it. What only some see is not in the feed for anybody; a change of nothing else is no entry. How long the history before a
place in the feed is makes no difference to reading on from there: changes are looked up by position, events by their change.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from ics_leadership.errors import Refusal
from ics_leadership.exports import Column
from ics_leadership.history import Change, event_model

CURSOR_HEADER = "Changes-Cursor"
"""Where every answer of the API names the place in the feed up to which it certainly holds everything."""

MOST_CHANGES = 200
"""How many changes are looked at for one page: a page may have fewer entries than its limit, or none, and not be the last."""


class What(StrEnum):
    """What became of a row by a change."""

    CREATED = "created"
    CHANGED = "changed"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    RESTORED = "restored"
    DELETED = "deleted"


MEANINGS = {
    What.CREATED: "It is new.",
    What.CHANGED: "It says something else than before.",
    What.ENDED: "It has an end, which it had not before.",
    What.WITHDRAWN: "It was taken back: the register says it no more. It may be restored.",
    What.MERGED: "It turned out to be the same as another, whose id `into` names, and which holds everything now.",
    What.RESTORED: "It had been withdrawn or merged, and the register says it again.",
    What.DELETED: "It was erased with its history, because somebody had to be. It does not come back.",
}


@dataclass(frozen=True)
class Told:
    """A table in the feed: what its rows are called there, and what of them everybody sees.

    The columns' `sql` are expressions over `after`, an event. `news` names the stored columns of which a change is an entry,
    `people` the columns that hold numbers of people. `merged_into` is an expression over `after` too: the id of the row with which
    it was made one by the same change, or null.
    """

    resource: str
    model: type[Model]
    columns: Sequence[Column]
    news: Sequence[str]
    is_dated: bool
    people: Sequence[str] = ()
    merged_into: str = "NULL::bigint"


@dataclass(frozen=True, order=True)
class Place:
    """A place in the feed: behind all of the change at `position`, or, with a resource, behind one event of it."""

    position: int = 0
    resource: str = ""
    event: int = 0

    @classmethod
    def read(cls, text: str) -> Place:
        """The place that a cursor names. Raises Refusal for a cursor that is none."""
        if not text:
            return cls()
        try:
            position, resource, event = json.loads(base64.urlsafe_b64decode(text.encode("ascii", "replace")))
            whole = all(type(each) is int and 0 <= each < 2**63 for each in (position, event))
            if not whole or not isinstance(resource, str) or bool(resource) is not bool(event):
                raise ValueError
        except (ValueError, TypeError, binascii.Error):
            raise Refusal(
                "This cursor is none that the register gave. Use the `next` of an earlier answer, or leave “since” empty "
                "to begin at the beginning."
            ) from None
        return cls(position, resource, event)

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.position, self.resource, self.event]).encode()).decode()


@dataclass(frozen=True)
class Page:
    """Entries as JSON objects, each with its place; the place behind them; whether there is nothing behind that yet."""

    entries: list[tuple[Place, str]]
    following: Place
    up_to_date: bool


def head() -> Place:
    """The place behind everything that has been committed."""
    latest = Change.objects.exclude(position=None).order_by("-position").values_list("position", flat=True).first()
    return Place(latest or 0)


_WINDOW_SQL = """
SELECT id, position, to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
FROM {changes} WHERE position >= %s AND position <= %s ORDER BY position LIMIT %s
"""

# The last event of each row of a change, beside what the row was before it. What is sorted by an expression is looked for by
# the change or by the row: by the key alone, a table that has nothing of a change would be read from end to end.
_TABLE_SQL = """
SELECT asked.position, '{resource}' AS resource, after.pgh_id AS event, after.id, told.what,
    CASE WHEN told.what = 'merged' THEN {merged_into} END AS gone_into,
    CASE WHEN after.pgh_label <> 'delete' THEN (SELECT to_json(data) FROM (SELECT {columns}) AS data) END AS data
FROM asked
CROSS JOIN LATERAL (
    SELECT * FROM {events} AS event
    WHERE event.change_id = asked.id AND event.pgh_id > CASE WHEN asked.position = {{position}} THEN {{begin}} ELSE 0 END
    AND NOT EXISTS (
        SELECT FROM {events} AS later
        WHERE later.id = event.id AND later.change_id = event.change_id AND later.pgh_id > event.pgh_id
    )
) AS after
LEFT JOIN LATERAL (
    SELECT * FROM {events} AS event
    WHERE event.id = after.id AND event.change_id <> after.change_id AND event.pgh_id < after.pgh_id
    ORDER BY event.pgh_id + 0 DESC LIMIT 1
) AS before ON true
CROSS JOIN LATERAL (SELECT CASE
    WHEN after.pgh_label = 'delete' THEN CASE
        WHEN before.id IS NULL OR before.pgh_label = 'delete' THEN NULL
        WHEN {merged_into} IS NOT NULL THEN 'merged'
        ELSE 'withdrawn' END
    WHEN before.id IS NULL THEN 'created'
    WHEN before.pgh_label = 'delete' THEN 'restored'
    WHEN NOT ({news}) THEN NULL
    WHEN {ended} THEN 'ended'
    ELSE 'changed' END AS what
) AS told
WHERE told.what IS NOT NULL
ORDER BY asked.position, after.pgh_id LIMIT {{limit}}
"""

# Rows of which nothing is left but that they were erased.
_ERASED_SQL = """
SELECT asked.position, '{resource}' AS resource, erased.place AS event, erased.row_id AS id, 'deleted' AS what,
    NULL::bigint AS gone_into, NULL::json AS data
FROM asked JOIN {erased} AS erased ON erased.change_id = asked.id
WHERE erased."table" = '{label}' AND erased.place > CASE WHEN asked.position = {{position}} THEN {{begin}} ELSE 0 END
ORDER BY asked.position, erased.place LIMIT {{limit}}
"""

_PAGE_SQL = """
WITH asked (id, position) AS MATERIALIZED (SELECT * FROM unnest({{ids}}::bigint[], {{positions}}::bigint[]))
SELECT position, resource, event, id, what, gone_into, data::text FROM ({tables}) AS entry
ORDER BY position, resource COLLATE "C", event LIMIT {{limit}}
"""


class Feed:
    """The feed of some tables; of rows that were erased, `erased` tells."""

    def __init__(self, tables: Sequence[Told], erased: type[Model]) -> None:
        self.tables = sorted(tables, key=lambda each: each.resource)
        self._erased = erased
        self._changes = Change._meta.db_table

    def page(self, cursor: CursorWrapper, since: Place, limit: int, until: Place) -> Page:
        """At most `limit` entries behind `since` and not behind `until`, in order."""
        cursor.execute(
            _WINDOW_SQL.format(changes=self._changes),
            [since.position if since.resource else since.position + 1, until.position, MOST_CHANGES],
        )
        changes = cursor.fetchall()
        if not changes:
            return Page([], since, up_to_date=True)
        moments = {position: at for _, position, at in changes}
        found = self._entries(cursor, since, limit + 1, [(pk, position) for pk, position, _ in changes])
        entries = [
            (place := Place(*row[:3]), _written(place, moments[place.position], *row[3:])) for row in found[:limit]
        ]
        if len(found) > limit:
            return Page(entries, entries[-1][0], up_to_date=False)
        last = Place(changes[-1][1])
        return Page(entries, last, up_to_date=last >= until or len(changes) < MOST_CHANGES)

    def lines(self, cursor: CursorWrapper, since: Place, limit: int, until: Place) -> Iterator[bytes]:
        """Everything behind `since` and not behind `until` as NDJSON, at most `limit` entries at a time."""
        while True:
            page = self.page(cursor, since, limit, until)
            if page.entries:
                yield "".join(f"{entry}\n" for _, entry in page.entries).encode()
            if page.up_to_date:
                return
            since = page.following

    def named_in(self, lines: bytes) -> set[int]:
        """The numbers of all people whom entries tell of; of whom only the number is left, nothing is told."""
        people = {table.resource: table.people for table in self.tables}
        entries = [json.loads(line) for line in lines.splitlines()]
        told = [(people[entry["resource"]], entry["data"]) for entry in entries if entry["data"]]
        return {data[name] for names, data in told for name in names if data[name]}

    def _entries(
        self, cursor: CursorWrapper, since: Place, limit: int, changes: list[tuple[int, int]]
    ) -> list[tuple[Any, ...]]:
        parts = []
        for table in self.tables:
            begin = 0
            if since.resource:
                begin = since.event if since.resource == table.resource else 0
                if table.resource < since.resource:
                    begin = 2**63 - 1
            numbers = {"position": since.position, "begin": begin, "limit": limit}
            parts += [f"({each.format(**numbers)})" for each in (_statement(table), self._of_erased(table))]
        ids, positions = zip(*changes, strict=True)
        statement = _PAGE_SQL.format(tables=" UNION ALL ".join(parts)).format(
            ids="%(ids)s", positions="%(positions)s", limit=limit
        )
        cursor.execute(statement, {"ids": list(ids), "positions": list(positions)})
        return cursor.fetchall()

    def _of_erased(self, table: Told) -> str:
        """The entries of what was erased of one table, with the same places for numbers as `_statement`."""
        names = {"resource": table.resource, "label": table.model._meta.label_lower}
        return _ERASED_SQL.format(erased=connection.ops.quote_name(self._erased._meta.db_table), **names)


def _statement(table: Told) -> str:
    """The entries of one table as SQL, with `{position}`, `{begin}` and `{limit}` still to be said."""
    quote = connection.ops.quote_name
    return _TABLE_SQL.format(
        resource=table.resource,
        events=quote(event_model(table.model)._meta.db_table),
        columns=", ".join(f'{each.sql} AS "{each.name}"' for each in table.columns),
        news=" OR ".join(f"after.{quote(each)} IS DISTINCT FROM before.{quote(each)}" for each in table.news),
        ended="upper(before.period) IS NULL AND upper(after.period) IS NOT NULL" if table.is_dated else "false",
        merged_into=table.merged_into,
    )


def _written(place: Place, at: str, pk: int, what: str, into: int | None, data: str | None) -> str:
    """An entry as a JSON object: PostgreSQL has written the data already."""
    entry = {
        "position": place.position,
        "at": at,
        "resource": place.resource,
        "id": pk,
        "what": what,
        "into": into,
        "cursor": str(place),
    }
    return f'{json.dumps(entry)[:-1]}, "data": {data or "null"}}}'
