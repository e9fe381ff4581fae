"""Who could follow, in words: each post that ends, and each person with the plain facts that speak for them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ics_leadership.words import count_words, day_words, list_words, period_words
from memberships.models import Appointment, Membership, Person, PostOffer
from memberships.places import place_of
from memberships.presenters.holdings import role_words
from memberships.presenters.reasons import Piece
from memberships.presenters.terms import uncapital
from memberships.presenters.why_not import kept_off
from memberships.succession import Candidate, Ending, Reason
from roles.models import Role

AT_ONCE = 3
"""So many people are named for each of several posts before the others are unfolded."""
MOST_SHOWN = 10
"""So many people are named for a post at all; how many more there are is said."""


@dataclass(frozen=True)
class Line:
    """Somebody who could follow: their profession, what speaks for them, and what keeps them off, if anything."""

    name: str
    href: str
    invented: bool
    profession: str
    reasons: Sequence[Piece]
    kept_off: Sequence[Sequence[Piece]]


@dataclass(frozen=True)
class Post:
    """A role or seat that ends, until when, who holds it, who could follow (`folded` once asked for), and how many more there are."""

    title: str
    href: str
    kind: str
    until: str
    holder: Person | None
    deputies: str
    belongs_to: Sequence[Piece]
    lines: Sequence[Line]
    folded: Sequence[Line]
    more: int

    @property
    def folded_words(self) -> str:
        return f"{count_words(len(self.folded) + self.more, 'other')} for {self.title}"

    @property
    def more_words(self) -> str:
        return f"And {self.more} more for whom something speaks."


def post(ending: Ending, on: datetime.date, *, alone: bool) -> Post:
    """A post in words; with all who are named for it at once where it stands `alone`."""
    held = ending.held
    if isinstance(held, Membership):
        group = held.seat.terms.group
        title, href, kind = f"{held.seat}, {group.name}", group.get_absolute_url(), "Seat"
    else:
        assert ending.role
        title, href, kind = role_words(ending.role), ending.role.get_absolute_url(), "Role"
    lines = [_line(ending, each, on) for each in ending.candidates[:MOST_SHOWN]]
    at_once = MOST_SHOWN if alone else AT_ONCE
    deputies = [each.person.name for each in ending.candidates if Reason.DEPUTISES in each.reasons]
    return Post(
        title,
        href,
        kind,
        (day_words(held.end_date, held.end_precision) if held.end_date else "no end recorded") if held else "",
        held.person if held else None,
        list_words(deputies),
        _belongs_to(held) if isinstance(held, Membership) else [],
        lines[:at_once],
        lines[at_once:],
        max(0, len(ending.candidates) - MOST_SHOWN),
    )


def _belongs_to(held: Membership) -> Sequence[Piece]:
    """To whom the place of a seat for each of several belongs, with the way to who could follow in that role."""
    place = place_of(held)
    if place is None:
        return []
    if isinstance(place, Role):
        follow = f"{reverse('succession')}?role={place.slug}"
        return [Piece("This place goes with the role "), Piece(role_words(place), follow), Piece(".")]
    return [Piece("This place is for "), Piece(place.name, place.get_absolute_url()), Piece(".")]


def _line(ending: Ending, candidate: Candidate, on: datetime.date) -> Line:
    person = candidate.person
    return Line(
        person.name,
        person.get_absolute_url(),
        person.invented,
        person.get_profession_display(),
        [_piece(person, reason, rows, on) for reason, rows in sorted(candidate.reasons.items())],
        _kept_off(ending, candidate),
    )


def _kept_off(ending: Ending, candidate: Candidate) -> Sequence[Sequence[Piece]]:
    if candidate.closed_to:
        return [(Piece(f"The role is open to {uncapital(str(candidate.closed_to.label))}."),)]
    if not candidate.verdict or not isinstance(ending.held, Membership):
        return []
    return kept_off(ending.held.seat, candidate.verdict)


def _piece(person: Person, reason: Reason, rows: Sequence[Any], on: datetime.date) -> Piece:
    """A reason in words, which leads to what it rests on where the person's page has it under a heading of its own."""
    return Piece(_words(reason, rows, on), person.get_absolute_url() + _HEADINGS[reason] if reason in _HEADINGS else "")


_HEADINGS = {Reason.OFFERED: "#post-offers", Reason.MENTORS: "#mentoring"}


def _words(reason: Reason, rows: Sequence[Any], on: datetime.date) -> str:
    first = rows[0]
    match reason:
        case Reason.FOLLOWS:
            return f"Recorded to follow, {period_words(first, on)}"
        case Reason.DEPUTISES:
            return "Deputises now"
        case Reason.OFFERED:
            return f"Offered: {'; '.join(_offered(each, on) for each in rows)}"
        case Reason.DRAWN_FROM:
            of = first.seat.terms.group.name if isinstance(first, Membership) else _roles(rows)
            return f"The seat is drawn from what they hold: {of}"
        case Reason.SAME_TYPE:
            return f"Holds such a role: {_roles(rows)}"
        case Reason.HELD_SAME_TYPE:
            return f"Held such a role: {_roles(rows)}"
        case Reason.SAME_BODY:
            return f"Leads in the same body: {_roles(rows)}"
        case Reason.SKILLS:
            return f"Has skills that whoever holds it has: {list_words([each.skill.name for each in rows])}"
    return f"Offers to mentor: {'; '.join(each.offer.rstrip('.') for each in rows)}"


def _offered(offer: PostOffer, on: datetime.date) -> str:
    note = f", “{offer.note.rstrip('.')}”" if offer.note else ""
    return f"{uncapital(offer.post) if offer.role is None else offer.post}, {period_words(offer, on)}{note}"


def _roles(rows: Sequence[Appointment]) -> str:
    return list_words(list(dict.fromkeys(role_words(each.role) for each in rows)))
