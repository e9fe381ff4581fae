"""Words that the sentences of several rules are made of; how a role or a seat is named is the presenters' business."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ics_leadership.periods import Dated, PartialDate, Precision
from ics_leadership.supposed import is_supposed
from ics_leadership.words import day_words
from memberships.models import Appointment, Category, Group, Membership, Seat
from memberships.presenters.reasons import Piece, person_piece, role_pieces

ALWAYS = PartialDate(datetime.date.min)
"""The start of what was so before anything else began."""


def since_all(*starts: PartialDate | None) -> PartialDate | None:
    """Since when all of several things are so: the latest start; None where one is not known."""
    known = [start for start in starts if start]
    return max(known, key=_first_day) if len(known) == len(starts) else None


def since_any(starts: Iterable[PartialDate | None]) -> PartialDate | None:
    """Since when at least one of several things is so: the earliest start; None where one is not known."""
    every = list(starts)
    known = [start for start in every if start]
    return min(known, key=_first_day) if len(known) == len(every) else None


def _first_day(start: PartialDate) -> datetime.date:
    return start.first_day or datetime.date.min


def start_of(row: Dated) -> PartialDate | None:
    """Since when a row is true; None where it is not known."""
    return row.start if row.start_date else None


def after(row: Dated) -> PartialDate | None:
    """Since when a row is over, as exactly as its end is known; None where it has no end."""
    end = row.end
    if end is None:
        return None
    if end.precision in (Precision.MONTH, Precision.YEAR):
        return end
    precision = Precision.DAY if end.precision == Precision.DAY else Precision.BY
    return PartialDate(row.period.upper, precision)


def since_words(start: PartialDate | None) -> str:
    """The start of a period in the middle of a sentence: ", since April 2019"; nothing where it is not known."""
    if start is None:
        return ""
    if start.precision == Precision.BY:
        return f", since {day_words(start.date)} or earlier"
    return f", since {day_words(start.date, start.precision)}"


def ended_words(row: Dated) -> str:
    """When something ended, after "ended": " on 31 March 2024", " in March 2024", " on a day that is not known"."""
    date = row.end_date
    if date is None:
        return " on a day that is not known"
    if row.end_precision == Precision.DAY:
        return f" on {day_words(date)}"
    if row.end_precision == Precision.BY:
        return f" by {day_words(date)}"
    return f" in {day_words(date, row.end_precision)}"


def group_piece(group: Group) -> Piece:
    return Piece(group.name, group.get_absolute_url())


_SITS_AS = {
    Category.CHAIR: "chair of",
    Category.CORE: "a core member of",
    Category.ATTENDING: "in attendance at",
    Category.OBSERVER: "an observer of",
}


def seat_words(seat: Seat) -> str:
    """A seat by its title and the clause that gives it: "seat “Federation”, clause 3.2"."""
    return f"seat “{seat.title}”{f', clause {seat.clause.number}' if seat.clause else ''}"


def member_pieces(membership: Membership) -> list[Piece]:
    """Who sits how on which group: "Dr Amina Yusuf, a core member of … (seat “…”, clause 2)"; "who would be" for whoever is
    only supposed to sit.
    """
    seat = membership.seat
    would_be = "who would be " if is_supposed(membership) else ""
    return [
        person_piece(membership.person),
        Piece(f", {would_be}{_SITS_AS[Category(seat.category)]} "),
        group_piece(seat.terms.group),
        Piece(f" ({seat_words(seat)})"),
    ]


def held_pieces(appointment: Appointment) -> list[Piece]:
    """A role that somebody holds and since when: "Place Director of Wexmoor, since 1 April 2024"."""
    return [*role_pieces(appointment.role), Piece(since_words(start_of(appointment)))]


def listed(items: Iterable[Iterable[Piece]]) -> list[Piece]:
    """Things as a sentence lists them: with commas, and "and" before the last."""
    runs = [list(item) for item in items]
    pieces: list[Piece] = []
    for place, run in enumerate(runs):
        if place:
            pieces.append(Piece(" and " if place == len(runs) - 1 else ", "))
        pieces += run
    return pieces


def sentence(*parts: str | Iterable[Piece]) -> tuple[Piece, ...]:
    """Plain words and lists of pieces as one sentence."""
    pieces: list[Piece] = []
    for part in parts:
        pieces += [Piece(part)] if isinstance(part, str) else part
    return tuple(piece for piece in pieces if piece.text)
