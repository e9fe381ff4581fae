"""Differences between two states of the register in words."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ics_leadership.lists import Section
from ics_leadership.periods import Precision
from ics_leadership.words import day_words, span_words
from memberships.comparing import Comparison
from memberships.comparison_asked import States
from memberships.exports.differences import MEMBERSHIPS, ToldAs
from organisations.models import Organisation

TOLD = {ToldAs.CHANGED: "Really changed", ToldAs.CORRECTED: "Corrected", ToldAs.LATE: "Recorded late"}


@dataclass(frozen=True)
class Linked:
    """What something is called, and its page; without an address where the register has it no more."""

    name: str
    href: str = ""


@dataclass(frozen=True)
class DifferenceLine:
    """One row that differs, as the table shows it: in the earlier state, in the later one, and why."""

    person: Linked
    thing: Linked
    where: str
    first: str
    second: str
    told_as: str


@dataclass(frozen=True)
class Compared:
    """The differences of one subject: `of` is its name in the API, `counts` says how many there are of each kind."""

    title: str
    of: str
    rows: Section
    counts: Sequence[tuple[str, int]]


def compared_words(states: States, area: Organisation | None) -> str:
    """What is compared, as a sentence says it."""
    (first, second), moments = states
    where = f" in {area.name}" if area else ""
    if moments:
        earlier, later = moments
        return (
            f"Compared is what the register said {earlier.words} and {later.words} of one day, {day_words(first)}: "
            f"who held which role and sat in which seat{where}."
        )
    return (
        f"Compared is who held which role and sat in which seat{where} on {day_words(first)} and on {day_words(second)}, "
        "both as known now. Whoever was there on both days is no difference, though it were by a new appointment or new terms."
    )


def side_words(states: States) -> tuple[str, str]:
    """What the two columns show: "On 1 May 2025" or "As known on 1 May 2025"."""
    days, moments = states
    if moments:
        return f"As known {moments[0].words}", f"As known {moments[1].words}"
    return f"On {day_words(days[0])}", f"On {day_words(days[1])}"


def sides_told(comparison: Comparison) -> Sequence[tuple[str, str]]:
    """What the two sides are, as a file says it."""
    moments = comparison.moments
    known = [f"as known {each.words}" for each in moments] if moments else ["as known when this file was made"] * 2
    days = [day_words(day) for day in comparison.days]
    return [("First side", f"{days[0]}, {known[0]}"), ("Second side", f"{days[1]}, {known[1]}")]


def difference_line(row: dict[str, Any], comparison: Comparison) -> DifferenceLine:
    first, second = comparison.days
    is_seat = comparison.of is MEMBERSHIPS
    name, where = (row["seat"], row["group_name"]) if is_seat else (row["role_title"], row["organisation_name"])
    page, held = ("group", "In the seat") if is_seat else ("role", "In post")
    return DifferenceLine(
        person=_linked(row["person_name"], "person", row["person_slug"]) or Linked("No longer in the register"),
        thing=_linked(name, page, row["address"]) or Linked("No longer in the register"),
        where=where or "",
        first=_side(row, "first", first, is_held=row["on_side"] != "only_second", held=held),
        second=_side(row, "second", second, is_held=row["on_side"] != "only_first", held=held),
        told_as=TOLD[ToldAs(row["told_as"])],
    )


def _linked(name: str | None, page: str, slug: str | None) -> Linked | None:
    return Linked(name, reverse(page, args=[slug])) if name and slug else None


def _side(row: dict[str, Any], side: str, on: datetime.date, *, is_held: bool, held: str) -> str:
    precision: str | None = row[f"{side}_start_precision"]
    if precision is None:
        return "Not there"
    end, end_precision = row[f"{side}_end_date"], row[f"{side}_end_precision"]
    has_end = end is not None or end_precision == Precision.UNKNOWN
    span = span_words(row[f"{side}_start_date"], precision, end, end_precision, has_end=has_end, on=on)
    return f"{held}: {span}" if is_held else f"Not {held.lower()}: {span}"
