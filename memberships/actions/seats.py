"""Changes to who sits where: memberships and deputies."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from ics_leadership.writing import end_with, keep
from memberships.models import Appointment, Deputy, Membership, Person, Seat
from organisations.models import Organisation

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


class MembershipFacts(TypedDict, total=False):
    """What may be known of a membership beside who sits where and when: exactly one of the two bases is said."""

    basis_appointment: Appointment | None
    basis_experience: str
    put_forward_by: Organisation | None
    attends_for: Person | None
    source: Source | None


def seat_member(
    *,
    by: User | None,
    why: str,
    seat: Seat,
    person: Person,
    basis: Appointment | str,
    start: PartialDate,
    end: PartialDate | None = None,
    put_forward_by: Organisation | None = None,
    attends_for: Person | None = None,
    source: Source | None = None,
) -> Membership:
    """Put a person into a seat, on a basis: the appointment by virtue of which they sit, or their experience, in words.

    Refused when they certainly have this seat already on one of these days, or the appointment is another person's.
    """
    with change(by=by, why=why):
        membership = Membership(
            seat=seat, person=person, put_forward_by=put_forward_by, attends_for=attends_for, source=source
        )
        if isinstance(basis, Appointment):
            membership.basis_appointment = basis
        else:
            membership.basis_experience = basis
        return keep(membership.between(start, end))


def correct_membership(
    *,
    by: User | None,
    why: str,
    membership: Membership,
    start: PartialDate,
    end: PartialDate | None,
    **facts: Unpack[MembershipFacts],
) -> Membership:
    """Say a membership's dates anew, and what else was recorded wrongly; what is left out stays.

    Deputies until the former last day move with it.
    """
    former = membership.end
    with change(by=by, why=why):
        keep(membership.between(start, end), **facts)
        move_deputies(membership, former)
        return membership


def move_deputies(membership: Membership, former_end: PartialDate | None) -> None:
    """Let deputies until the former last day of a member be so until the new one."""
    for deputy in Deputy.objects.filter(membership=membership):
        if deputy.end == former_end and deputy.end != membership.end:
            keep(deputy.between(deputy.start, membership.end))


def end_deputy(*, by: User | None, why: str, deputy: Deputy, end: PartialDate) -> Deputy:
    """Say that somebody sits in for a member no longer."""
    with change(by=by, why=why):
        return keep(deputy.between(deputy.start, end))


def end_membership(*, by: User | None, why: str, membership: Membership, end: PartialDate) -> Membership:
    """End a membership; whoever deputises for the member no longer does."""
    with change(by=by, why=why):
        end_with(Deputy.objects.filter(membership=membership), end)
        return keep(membership.between(membership.start, end))


def add_deputy(
    *,
    by: User | None,
    why: str,
    membership: Membership,
    person: Person,
    start: PartialDate,
    end: PartialDate | None = None,
    source: Source | None = None,
) -> Deputy:
    """Name somebody who sits in for a member when the member cannot come."""
    with change(by=by, why=why):
        return keep(Deputy(membership=membership, person=person, source=source).between(start, end))
