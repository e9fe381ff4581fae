"""Whether somebody may have a seat of a group, and what keeps them off: found by seating them, asking the rules, and taking
it back, so that it says no other than what the register would then find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from ics_leadership.accounts.models import User
from ics_leadership.history import change
from ics_leadership.periods import PartialDate, today
from ics_leadership.trial import tried
from memberships import actions, rules
from memberships.bases import bases_of, is_basis_for
from memberships.models import Appointment, DrawnFrom, Group, Membership, Person, Seat, Terms
from memberships.places import with_open_places
from memberships.rules import Finding


@dataclass(frozen=True)
class SeatAsked:
    """A seat, and whether somebody may have it today.

    `basis` is the appointment by virtue of which they would sit (None: their experience, or nothing fits). `wanting` says
    that they hold nothing such as the seat is drawn from; `sits` that they have it; `findings` what the rules would find.
    """

    seat: Seat
    free: int
    basis: Appointment | None
    wanting: bool = False
    sits: bool = False
    findings: Sequence[Finding] = ()

    @property
    def nothing_does(self) -> bool:
        """Whether nothing keeps them off."""
        return not (self.wanting or self.sits or self.findings)


def why_not(person: Person, group: Group, *, by: User | None) -> list[SeatAsked]:
    """For each seat of the terms in force today: what keeps a person off it, or that nothing does. Writes nothing."""
    terms = Terms.objects.as_at(today()).filter(group=group).first()
    seats: Any = with_open_places(Seat.objects.filter(terms=terms), today())
    held = bases_of(person)
    sitting = Membership.objects.as_at(today()).filter(person=person)
    groups = set(sitting.values_list("seat__terms__group", flat=True))
    has = set(sitting.values_list("seat", flat=True))
    asked = []
    for seat in seats.select_related("clause", "role_type", "organisation", "group").order_by("order"):
        if seat.pk in has:
            asked.append(SeatAsked(seat, seat.open, None, sits=True))
            continue
        fits = [row for row in held if is_basis_for(seat, row)]
        for_experience = seat.drawn_from == DrawnFrom.EXPERIENCE or (
            seat.drawn_from == DrawnFrom.GROUP and seat.group_id in groups
        )
        if not fits and not for_experience:
            asked.append(SeatAsked(seat, seat.open, None, wanting=True))
            continue
        basis = fits[0] if fits else None
        asked.append(SeatAsked(seat, seat.open, basis, findings=_found(person, seat, basis, by)))
    return asked


def _found(person: Person, seat: Seat, basis: Appointment | None, by: User | None) -> list[Finding]:
    """What the rules would find about the person in the seat."""

    def attempt() -> list[Finding]:
        with change(by=by, why="Whether somebody may have a seat"):
            member = actions.seat_member(
                by=by,
                why="Tried",
                seat=seat,
                person=person,
                basis=basis or "Tried",
                start=PartialDate(today()),
            )
            return [
                each for each in rules.find_keeping_off(today(), {person.pk}) if each.about == f"membership:{member.pk}"
            ]

    try:
        return tried(attempt)
    except ValidationError:
        # They are to have the seat on a later day: nothing keeps them off.
        return []
