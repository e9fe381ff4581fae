"""Differences between two states of the role map in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from ics_leadership.periods import Precision
from ics_leadership.words import day_words, span_words
from memberships.comparing import Comparison, ToldAs

TOLD = {ToldAs.CHANGED: "Really changed", ToldAs.CORRECTED: "Corrected", ToldAs.LATE: "Recorded late"}


@dataclass(frozen=True)
class DifferenceLine:
    """One appointment that differs, as the table shows it: in the earlier state, in the later one, and why."""

    person: str
    role: str
    organisation: str
    first: str
    second: str
    told_as: str


def side_words(comparison: Comparison) -> tuple[str, str]:
    """What the two columns show: "On 1 May 2025" or "As known on 1 May 2025"."""
    if comparison.moments:
        first, second = comparison.moments
        return f"As known {first.words}", f"As known {second.words}"
    return f"On {day_words(comparison.days[0])}", f"On {day_words(comparison.days[1])}"


def difference_line(row: dict[str, Any], comparison: Comparison) -> DifferenceLine:
    first, second = comparison.days
    return DifferenceLine(
        person=row["person_name"] or "No longer in the register",
        role=row["role_title"] or "A role no longer in the register",
        organisation=row["organisation_name"] or "",
        first=_side(row, "first", first, is_held=row["on_side"] != "only_second"),
        second=_side(row, "second", second, is_held=row["on_side"] != "only_first"),
        told_as=TOLD[ToldAs(row["told_as"])],
    )


def _side(row: dict[str, Any], side: str, on: datetime.date, *, is_held: bool) -> str:
    precision: str | None = row[f"{side}_start_precision"]
    if precision is None:
        return "Not there"
    end, end_precision = row[f"{side}_end_date"], row[f"{side}_end_precision"]
    has_end = end is not None or end_precision == Precision.UNKNOWN
    span = span_words(row[f"{side}_start_date"], precision, end, end_precision, has_end=has_end, on=on)
    return f"In post: {span}" if is_held else f"Not in post: {span}"
