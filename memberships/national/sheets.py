"""What is to be entered, table by table and change by change, and how it goes into the database: by COPY.

A `Sheet` collects the rows of one table, each with the change in which it becomes known, and what is put right in a later one.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, Model

from ics_leadership.periods import Precision

CHANGES: Sequence[datetime.date] = [datetime.date(year, month, 1) for year in range(2012, 2027) for month in (4, 10)]
"""The days on which the register is brought up to date: twice a year."""


class Span(NamedTuple):
    """A period with how exactly its ends are known: first day, the day after the last (None: none), two precisions."""

    start: datetime.date
    end: datetime.date | None
    start_precision: Precision = Precision.DAY
    end_precision: Precision = Precision.DAY

    @property
    def columns(self) -> tuple[str, str, str]:
        """The values of `SPAN_COLUMNS`."""
        return f"[{self.start},{self.end or ''})", self.start_precision.value, self.end_precision.value

    def common(self, other: Span) -> Span | None:
        """The days that both hold, each end as exactly known as where it comes from; None for no day."""
        first = max(self, other, key=lambda span: span.start)
        last = min(self, other, key=lambda span: span.end or datetime.date.max)
        if last.end is not None and first.start >= last.end:
            return None
        return Span(first.start, last.end, first.start_precision, last.end_precision)


SPAN_COLUMNS = ("period", "start_precision", "end_precision")


def change_after(day: datetime.date, *, later: int = 0) -> int:
    """The number of the change that is the first from that day on, or so many later; the last for whatever lies ahead."""
    return min(bisect_left(CHANGES, day) + later, len(CHANGES) - 1)


class Sheet:
    """The rows of one table, to which numbers are given as they are written down."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.table = model._meta.db_table
        self.columns = ("id", *columns)
        self._next = (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self._entered: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        self._mended: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        self._confirmed: dict[int, list[tuple[int]]] = defaultdict(list)

    def add(self, change: int, *values: Any) -> int:
        """Write down a row that becomes known with that change; its number."""
        number = self._next
        self._next += 1
        self._entered[change].append((number, *values))
        return number

    def mend(self, change: int, number: int, span: Span) -> None:
        """Write down that a change gives a row another period."""
        self._mended[change].append((number, *span.columns))

    def confirm(self, change: int, number: int) -> None:
        """Write down that somebody says with a change that a row is still true."""
        self._confirmed[change].append((number,))

    def enter(self, change: int) -> int:
        """Enter what becomes known with a change; how many rows it wrote."""
        entered, mended = self._entered.pop(change, []), self._mended.pop(change, [])
        confirmed = self._confirmed.pop(change, [])
        if entered:
            _copy(self.table, self.columns, entered)
        if mended:
            _update(self.table, SPAN_COLUMNS, ("daterange", "text", "text"), mended)
        if confirmed:
            day = CHANGES[change]
            _update(self.table, ("confirmed_on",), ("date",), [(number, day) for (number,) in confirmed])
        return len(entered) + len(mended) + len(confirmed)

    def close(self) -> None:
        """Let the numbers that the database gives from now on follow those given here."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [self.table, self._next])


def _copy(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    listed = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _update(table: str, columns: Sequence[str], types: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    kept = ", ".join(f"{column} {kind}" for column, kind in zip(columns, types, strict=True))
    given = ", ".join(f"{column} = mended.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE mended (id bigint, {kept}) ON COMMIT DROP")
    _copy("mended", ("id", *columns), rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE mended")
        cursor.execute(f"UPDATE {table} AS kept SET {given} FROM mended WHERE mended.id = kept.id")
        cursor.execute("DROP TABLE mended")
