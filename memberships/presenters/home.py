"""The first page in words: what was recorded lately, what ends soon."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ics_leadership.words import day_words, period_words
from memberships.latest import Recorded
from memberships.models import Appointment, Category, Membership, Terms
from memberships.presenters.holdings import body_name, body_of, names_body
from memberships.presenters.reasons import Piece, person_piece, version_words


@dataclass(frozen=True)
class Line:
    """A day, `what` happened on it if that needs saying, and whom it is about, in pieces; `invented` when made up."""

    day: str
    pieces: Sequence[Piece]
    invented: bool
    what: str = ""


def recorded_line(recorded: Recorded, on: datetime.date) -> Line:
    """What a public change to an appointment, a membership or a group's terms said."""
    row = recorded.row
    model = row.pgh_tracked_model
    when = Piece(f", {_when(row, model, on)}")
    if model is Appointment:
        pieces = [person_piece(row.person), Piece(": "), *_role_pieces(row.role), when]
    elif model is Membership:
        pieces = [person_piece(row.person), Piece(": "), *_seat_pieces(row), when]
    else:
        group = Piece(row.group.name, row.group.get_absolute_url())
        pieces = [group, Piece(f": terms of reference, {version_words(row)}"), when]
    about = row.group if model is Terms else row.person
    return Line(day_words(recorded.day), pieces, about.invented, _what(recorded))


def _what(recorded: Recorded) -> str:
    if recorded.before is None:
        return "new"
    if recorded.row.period.upper and not recorded.before.period.upper:
        return "last day set"
    return "corrected"


def _when(row: Any, model: Any, on: datetime.date) -> str:
    # Events carry the columns of a dated row, not its words.
    return period_words(
        model(period=row.period, start_precision=row.start_precision, end_precision=row.end_precision), on
    )


def _role_pieces(role: Any) -> list[Piece]:
    pieces = [Piece(role.title, role.get_absolute_url())]
    if not names_body(role):
        pieces += [Piece(", "), Piece(body_name(role), body_of(role).get_absolute_url())]
    return pieces


def endings(roles: Iterable[Appointment], seats: Iterable[Membership], number: int) -> list[Line]:
    """The appointments and seats that end next, at most `number`; what ends on a day nobody knows is left out."""
    lines = [(held.end_date, _ending(held, _role_pieces(held.role))) for held in roles if held.end_date]
    lines += [(seat.end_date, _ending(seat, _seat_pieces(seat))) for seat in seats if seat.end_date]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])[:number]]


def _ending(row: Appointment | Membership, pieces: Sequence[Piece]) -> Line:
    return Line(
        day_words(row.end_date, row.end_precision),
        [person_piece(row.person), Piece(": "), *pieces],
        row.person.invented,
    )


def _seat_pieces(seat: Any) -> list[Piece]:
    group = seat.seat.terms.group
    how = Category(seat.seat.category).label.lower()
    return [Piece(f"{how}, "), Piece(group.name, group.get_absolute_url())]
