"""Differences between two states of the register in words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from ics_leadership.known_at import KnownAt
from ics_leadership.lists import Section
from ics_leadership.periods import Precision
from ics_leadership.words import day_words, span_words
from memberships.comparing import Comparison, States
from memberships.comparison_asked import NAMES, Areas
from memberships.exports.differences import MEANINGS, MEMBERSHIPS, OnSide, Subject, ToldAs

TOLD = {ToldAs.CHANGED: "Really changed", ToldAs.CORRECTED: "Corrected", ToldAs.LATE: "Recorded late"}
HAPPENED = {OnSide.SECOND: "Began", OnSide.FIRST: "Ended"}
"""What happened between two days with that which holds on one of them alone."""


@dataclass(frozen=True)
class Linked:
    """What something is called, and its page; without an address where the register has it no more."""

    name: str
    href: str = ""


@dataclass(frozen=True)
class DifferenceLine:
    """One row that differs, as the table shows it: of whom and what, `where` unless that says so, and what became of it.

    `sides` say what stands in the earlier state and in the later one, each after the moment of it; there are none between two
    days, on which the row is the same.
    """

    person: Linked
    thing: Linked
    where: str
    told: str
    sides: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Compared:
    """The differences of one subject: `noun` is what it is called in the heading of a column, `counts` how many there are of each kind.

    `excel`, `csv` and `api` are the addresses of all of them.
    """

    title: str
    noun: str
    rows: Section
    counts: Sequence[tuple[int, str]]
    excel: str
    csv: str
    api: str

    @property
    def what(self) -> str:
        """What the files hold, where the page shows fifty."""
        return f"All {self.title.lower()} that differ"


def compared_words(states: States, areas: Areas) -> str:
    """What is compared, as a sentence says it; an area in either state, because a code is handed on."""
    (first, second), moments, known = states.days, states.moments, states.known
    where, then = "", ""
    if areas:
        where = f" in {areas[0].name}"
        then = f" in {areas[1].name}" if areas[1] != areas[0] else ""
    if moments:
        earlier, later = moments
        return (
            f"What the register said {earlier.words} and {later.words} of one day, {day_words(first)}: "
            f"who held which role and sat in which seat{where}."
        )
    return (
        f"Who held which role and sat in which seat{where} on {day_words(first)} and{then} on {day_words(second)}, both as known "
        f"{known.words if known else 'now'}. Somebody who was there on both days is no difference, even by a new appointment or "
        "under new terms."
    )


def side_words(states: States) -> Sequence[str]:
    """What the columns of the two sides show; none where two days are compared."""
    return [f"As known {each.words}" for each in states.moments or ()]


def sides_told(states: States, now: str = "when this file was made") -> Sequence[tuple[str, str]]:
    """What the two sides are, as a file says it; `now` is what the present was or will be to whoever reads that."""
    known = [each.words if each else now for each in states.moments or [states.known] * 2]
    return [
        (f"{side} side", f"{day_words(day)}, as known {words}")
        for side, day, words in zip(("First", "Second"), states.days, known, strict=True)
    ]


def count_words_of(comparison: Comparison, counts: Mapping[str, int]) -> Sequence[tuple[int, str]]:
    """How many differences there are of each kind, with the words for it: between two days by what happened, else by how they
    came about. Kinds that there are none of are left out.
    """
    words: Mapping[Any, str] = (
        MEANINGS if comparison.moments else {side: said.lower() for side, said in HAPPENED.items()}
    )
    return [(counts[kind], said) for kind, said in words.items() if counts.get(kind)]


def files_of(asked: Mapping[str, Any], of: Subject, states: States) -> dict[str, str]:
    """Where all differences of a subject are, as files and through the API; CSV has the mark that spreadsheets like."""
    understood = NAMES if states.moments else [name for name in NAMES if name != "as_at"]
    same = {name: asked[name] for name in understood if asked.get(name)}

    def address(**more: str) -> str:
        return f"{reverse('api-compare')}?{urlencode({'of': of.name, **same, **more})}"

    return {"excel": address(format="xlsx"), "csv": address(format="csv", bom="true"), "api": address()}


def difference_line(row: dict[str, Any], comparison: Comparison) -> DifferenceLine:
    is_seat = comparison.of is MEMBERSHIPS
    name, where = (row["seat"], row["group_name"]) if is_seat else (row["role_title"], row["organisation_name"])
    page, held = ("group", "in the seat") if is_seat else ("role", "in post")
    if comparison.moments:
        told, sides = TOLD[ToldAs(row["told_as"])], _sides(row, comparison.moments, comparison.days[0], held)
    else:
        told = f"{HAPPENED[OnSide(row['on_side'])]}: {held} {_span(row, 'second', comparison.days[1])}"
        sides = []
    return DifferenceLine(
        person=_linked(row["person_name"], "person", row["person_slug"]) or Linked("No longer in the register"),
        thing=_linked(name, page, row["address"]) or Linked("No longer in the register"),
        where="" if _names(name, where, row["body"]) else where or "",
        told=told,
        sides=sides,
    )


def _linked(name: str | None, page: str, slug: str | None) -> Linked | None:
    return Linked(name, reverse(page, args=[slug])) if name and slug else None


def _names(title: str | None, *names: str | None) -> bool:
    """Whether a title says already whose it is."""
    return any(name.casefold() in (title or "").casefold() for name in names if name)


def _sides(row: dict[str, Any], moments: Sequence[KnownAt], on: datetime.date, held: str) -> Sequence[tuple[str, str]]:
    absent = (OnSide.SECOND, OnSide.FIRST)
    return [
        (moment.words.removeprefix("on "), _side(row, side, on, is_held=row["on_side"] != elsewhere, held=held))
        for moment, side, elsewhere in zip(moments, ("first", "second"), absent, strict=True)
    ]


def _side(row: dict[str, Any], side: str, on: datetime.date, *, is_held: bool, held: str) -> str:
    if row[f"{side}_start_precision"] is None:
        return "Not there"
    span = _span(row, side, on)
    return f"{held.capitalize()}: {span}" if is_held else f"Not {held}: {span}"


def _span(row: dict[str, Any], side: str, on: datetime.date) -> str:
    """The period that stands on a side, as it looks on a day."""
    end, end_precision = row[f"{side}_end_date"], row[f"{side}_end_precision"]
    has_end = end is not None or end_precision == Precision.UNKNOWN
    start, precision = row[f"{side}_start_date"], row[f"{side}_start_precision"]
    return span_words(start, precision, end, end_precision, has_end=has_end, on=on)
