"""What keeps somebody off a seat, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ics_leadership.words import count_words
from memberships.presenters.reasons import Piece, role_pieces
from memberships.presenters.terms import drawn_from_words
from memberships.why_not import SeatAsked


@dataclass(frozen=True)
class SeatLine:
    """A seat, how one sits in it, whether a place is free, and what keeps somebody off it."""

    seat: int
    title: str
    how: str
    free: str
    verdict: str
    reasons: Sequence[Sequence[Piece]]
    may_sit: bool


def seat_line(asked: SeatAsked) -> SeatLine:
    seat = asked.seat
    clause = f", clause {seat.clause.number}" if seat.clause else ""
    reasons: list[Sequence[Piece]] = [finding.pieces for finding in asked.findings]
    if asked.wanting:
        words = f"The seat is drawn from {drawn_from_words(seat)}. They hold no such post today."
        reasons = [(Piece(words),)]
    if asked.nothing_does and asked.basis:
        reasons = [(Piece("They would sit by virtue of being "), *role_pieces(asked.basis.role), Piece("."))]
    elif asked.nothing_does:
        reasons = [(Piece("They would sit for experience."),)]
    return SeatLine(
        seat=seat.pk,
        title=seat.title,
        how=f"{seat.get_category_display()}{clause}",
        free=f"{count_words(asked.free, 'place')} free" if asked.free else "No place is free",
        verdict="Has this seat" if asked.sits else "Nothing keeps them off" if asked.nothing_does else "Kept off",
        reasons=reasons,
        may_sit=asked.nothing_does,
    )
