"""Periods as a sheet says them, beside those of the register."""

from __future__ import annotations

import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError

from ics_leadership.periods import Dated, PartialDate, Precision, period_between, today
from ics_leadership.words import day_words, period_words
from memberships.spreadsheets.verdicts.judgement import Judgement

NO_END = "no end"
NOT_KNOWN = PartialDate(None, Precision.UNKNOWN)
D = TypeVar("D", bound=Dated)


def start_words(date: PartialDate) -> str:
    return day_words(date.first_day, date.precision)


def end_words(date: PartialDate | None) -> str:
    if date is None:
        return NO_END
    if date.precision == Precision.UNKNOWN:
        return "ended, day not known"
    return day_words(
        date.last_day if date.precision in (Precision.DAY, Precision.BY) else date.first_day, date.precision
    )


def since(start: PartialDate | None, end: PartialDate | None, day: datetime.date) -> PartialDate:
    """The start to record where a sheet may say none: whoever is in post on the day of the sheet was so by that day."""
    if start is not None:
        return start
    if end is None or end.last_day is None or end.last_day >= day:
        return PartialDate(day, Precision.BY)
    return PartialDate(None, Precision.UNKNOWN)


def words(row: Dated, start: PartialDate, end: PartialDate | None) -> str:
    """The period in words; "" where it is none, which `is_period` says."""
    try:
        return period_words(row.between(start, end), today())
    except ValidationError:
        return ""


def is_period(out: Judgement, column: str, start: PartialDate, end: PartialDate | None) -> bool:
    """Whether start and end make a period; otherwise says in the row why not."""
    try:
        period_between(start, end)
    except ValidationError as refusal:
        out.refuse(column, " ".join(refusal.messages), "Correct the start or the end.")
        return False
    return True


def same(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates say the same, and as exactly."""
    if one is None or other is None:
        return one is other
    return (one.precision, one.first_day, one.last_day) == (other.precision, other.first_day, other.last_day)


def agree_on_start(said: PartialDate, held: PartialDate) -> bool:
    """Whether what a sheet says of a start is nothing that the register does not know as exactly or better.

    "2019" agrees with 1 April 2019, and "by May 2024" with any day before.
    """
    if same(said, held) or said.date is None:
        return True
    if said.precision == Precision.BY:
        return held.first_day is not None and held.first_day <= said.date
    return _inside(held, said)


def agree_on_end(said: PartialDate, held: PartialDate | None) -> bool:
    """The same of an end."""
    if held is None:
        return False
    if same(said, held) or said.date is None:
        return True
    if said.precision in (Precision.BY, Precision.UNKNOWN):
        return held.last_day is not None and said.last_day is not None and held.last_day <= said.last_day
    return _inside(held, said)


def _inside(exact: PartialDate, rough: PartialDate) -> bool:
    first, last = rough.first_day, rough.last_day
    return (
        exact.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
        and None not in (first, last, exact.first_day, exact.last_day)
        and first <= exact.first_day  # type: ignore[operator]
        and exact.last_day <= last  # type: ignore[operator]
    )


def overlap(row: Dated, start: PartialDate | None, end: PartialDate | None) -> bool:
    """Whether a period of the register shares a day with what a sheet says, in the widest reading of both."""
    first = start.first_day if start else None
    last = end.last_day if end else None
    begins_before: bool = row.period.lower is None or last is None or row.period.lower <= last
    ends_after: bool = row.period.upper is None or first is None or first < row.period.upper
    return begins_before and ends_after


def new_dates(
    out: Judgement, row: D, start: PartialDate | None, end: PartialDate | None, *, exactly: bool
) -> tuple[PartialDate, PartialDate | None] | None:
    """The dates that a row of the register would have; None where they stay. Notes what changes, cell by cell.

    `exactly`: the list came from here, so that each difference is an edit: an empty start says that it is not known, an
    empty end that there is none. Otherwise what the register knows as well or better stays.
    """
    later_start, later_end = row.start, row.end
    if start is None and exactly and out.row.says("start"):
        start = NOT_KNOWN
    if start is not None and not (same(start, row.start) if exactly else agree_on_start(start, row.start)):
        later_start = start
        out.edit("From", start_words(row.start), start_words(start))
    if end is not None:
        changes = not (same(end, row.end) if exactly else agree_on_end(end, row.end))
    else:
        changes = exactly and out.row.says("end") and row.end is not None
    if changes:
        later_end = end
        out.edit("Until", end_words(row.end), end_words(end))
    if same(later_start, row.start) and same(later_end, row.end):
        return None
    column = "end" if changes else "start"
    return (later_start, later_end) if is_period(out, column, later_start, later_end) else None
