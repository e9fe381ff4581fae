"""How new a published file is: as its name says, else as its content does. The newer of two files goes first."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import NamedTuple

from organisations.ods.layouts import Part
from organisations.ods.problems import Unreadable

_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:[-_.]?(?P<month>0[1-9]|1[0-2])(?:[-_.]?(?P<day>[0-3]\d))?)?(?!\d)"
)
_IN_CELL = re.compile(r"(?:19|20)\d{6}")
_IN_HEADING = re.compile(r"[A-Z](\d\d)CD")


class Vintage(NamedTuple):
    """The days on which a file may have been published: of the month or the year that is known, or one day."""

    first: datetime.date
    last: datetime.date

    def __str__(self) -> str:
        if self.first == self.last:
            return f"{self.first:%Y-%m-%d}"
        return f"{self.first:%Y-%m}" if self.first.month == self.last.month else f"{self.first:%Y}"


def stated(text: str) -> Vintage:
    """A vintage as people write it: 2026-02-03, 2026-02 or 2026. Raises `Unreadable`."""
    found = _IN_NAME.fullmatch(text)
    vintage = _vintage(found) if found else None
    if vintage is None:
        raise Unreadable(f"“{text}” is no day, month or year; write 2026-02-03, 2026-02 or 2026.")
    return vintage


def vintage_of(file_name: str, parts: list[Part], headings: list[str], today: datetime.date) -> Vintage:
    """The vintage of a file: the date in its name, else in its headings, else the newest date inside not after today.

    A layout that could only be true for some years bounds what the content says; it decides where nothing else does.
    """
    for found in _IN_NAME.finditer(file_name):
        vintage = _vintage(found)
        if vintage and vintage.first <= today:
            return vintage
    for heading in headings:
        if year := _IN_HEADING.search(heading):
            return stated(f"20{year[1]}")
    newest = max((day for part in parts for day in _days(part, today)), default=None)
    first = max(part.layout.first for part in parts)
    last = min(part.layout.last for part in parts)
    day = min(max(newest or (first if last == datetime.date.max else last), first), last)
    return Vintage(day, day)


def _days(part: Part, today: datetime.date) -> list[datetime.date]:
    limit = f"{today:%Y%m%d}"
    newest = max(
        (
            cell
            for line in part.lines
            for cell in line.cells
            if len(cell) == 8 and cell <= limit and _IN_CELL.fullmatch(cell)
        ),
        default=None,
    )
    try:
        return [datetime.date.fromisoformat(newest)] if newest else []
    except ValueError:
        # An impossible date is reported with its line when that is read.
        return []


def _vintage(found: re.Match[str]) -> Vintage | None:
    year, month, day = (int(found[part]) if found[part] else None for part in ("year", "month", "day"))
    assert year is not None
    try:
        if month is None:
            return Vintage(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        if day is None:
            return Vintage(
                datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])
            )
        exact = datetime.date(year, month, day)
    except ValueError:
        return None
    return Vintage(exact, exact)
