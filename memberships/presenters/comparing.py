"""Differences between two states of the role map in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from ics_leadership.words import day_words
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


def difference_line(row: dict[str, Any]) -> DifferenceLine:
    return DifferenceLine(
        person=row["person_name"] or "No longer in the register",
        role=row["role_title"] or "A role no longer in the register",
        organisation=row["organisation_name"] or "",
        first=_side(row, "first", is_held=row["on_side"] != "only_second"),
        second=_side(row, "second", is_held=row["on_side"] != "only_first"),
        told_as=TOLD[ToldAs(row["told_as"])],
    )


def _side(row: dict[str, Any], side: str, *, is_held: bool) -> str:
    start: datetime.date | None = row[f"{side}_start_date"]
    end: datetime.date | None = row[f"{side}_end_date"]
    period = f"{day_words(start) if start else 'unknown'} to {day_words(end) if end else 'no end'}"
    if start is None and end is None and not is_held:
        return "Not there"
    return f"In post, {period}" if is_held else f"Not in post: {period}"
