"""What keeps somebody off a seat, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ics_leadership.words import count_words
from memberships.could_sit import Verdict
from memberships.models import DrawnFrom, Seat
from memberships.presenters.reasons import Piece, role_pieces
from memberships.presenters.terms import drawn_from_words
from memberships.rules.wording import listed
from memberships.why_not import SeatAsked


@dataclass(frozen=True)
class SeatLine:
    """A seat, how one sits in it, whether a place is free, and what keeps somebody off it."""

    seat: int
    title: str
    how: str
    free: str
    verdict: str
    tag: str
    """The look of the verdict."""
    reasons: Sequence[Sequence[Piece]]
    may_sit: bool


def seat_line(asked: SeatAsked) -> SeatLine:
    seat, verdict = asked.seat, asked.verdict
    clause = f", clause {seat.clause.number}" if seat.clause else ""
    return SeatLine(
        seat=seat.pk,
        title=seat.title,
        how=f"{seat.get_category_display()}{clause}",
        free=f"{count_words(asked.free, 'place')} free" if asked.free else "No place is free",
        verdict="Has this seat" if verdict.sits else "Nothing keeps them off" if verdict.nothing_does else "Kept off",
        tag="ended" if verdict.sits else "general-practice" if verdict.nothing_does else "soon",
        reasons=[by_virtue(verdict)] if verdict.nothing_does else kept_off(seat, verdict),
        may_sit=verdict.nothing_does,
    )


def by_virtue(verdict: Verdict) -> Sequence[Piece]:
    """By virtue of what somebody would sit whom nothing keeps off."""
    if verdict.basis:
        return (Piece("They would sit by virtue of being "), *role_pieces(verdict.basis.role), Piece("."))
    return (Piece("They would sit for experience."),)


def kept_off(seat: Seat, verdict: Verdict) -> list[Sequence[Piece]]:
    """What keeps somebody off a seat, a sentence each; none for whoever has it."""
    if verdict.wanting:
        there = " of its area" if seat.drawn_from in (DrawnFrom.ROLE_TYPE, DrawnFrom.KIND) and not seat.each else ""
        drawn = Piece(f"The seat is drawn from {drawn_from_words(seat)}{there}.")
        if not verdict.elsewhere:
            return [(drawn, Piece(" They hold no such post."))]
        posts = listed(role_pieces(each.role) for each in verdict.elsewhere)
        return [(drawn, Piece(" What they hold lies elsewhere: "), *posts, Piece("."))]
    return [finding.pieces for finding in verdict.findings]
