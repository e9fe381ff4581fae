"""Changes to who sits where: terms of reference and their seats, memberships and deputies."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from ics_leadership.writing import end_with, keep, make_room
from memberships.models import (
    Appointment,
    Category,
    Clause,
    DecisionRule,
    Deputy,
    DrawnFrom,
    Group,
    Membership,
    Nature,
    Person,
    Seat,
    Terms,
)
from organisations.models import Kind, Organisation
from roles.models import RoleType

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


class TermsFacts(TypedDict, total=False):
    """What a version of the terms may say beside its clauses and seats."""

    purpose: str
    nature: Nature
    decision_rule: DecisionRule
    quorum: int | None
    term_months: int | None
    warning_months: int
    review_on: datetime.date | None
    keeps_off_employees_of: Organisation | None
    source: Source | None


class MembershipFacts(TypedDict, total=False):
    """What may be known of a membership beside who sits where and when: exactly one of the two bases is said."""

    basis_appointment: Appointment | None
    basis_experience: str
    put_forward_by: Organisation | None
    attends_for: Person | None
    source: Source | None


@dataclass(frozen=True)
class NewSeat:
    """A seat of terms that are being adopted.

    `drawn_from` is a type of role, a kind of organisation, one organisation, or None for people with experience;
    `clause` the number of the clause that gives the seat.
    """

    title: str
    category: Category
    drawn_from: RoleType | Kind | Organisation | None
    number: int = 1
    voting: bool = False
    clause: str = ""

    def drawn(self) -> Seat:
        """The seat, unsaved, with where it is drawn from."""
        seat = Seat(title=self.title, category=self.category, number=self.number, voting=self.voting)
        if isinstance(self.drawn_from, RoleType):
            seat.drawn_from, seat.role_type = DrawnFrom.ROLE_TYPE, self.drawn_from
        elif isinstance(self.drawn_from, Organisation):
            seat.drawn_from, seat.organisation = DrawnFrom.ORGANISATION, self.drawn_from
        elif self.drawn_from:
            seat.drawn_from, seat.organisation_kind = DrawnFrom.KIND, self.drawn_from
        else:
            seat.drawn_from = DrawnFrom.EXPERIENCE
        return seat


def adopt_terms(
    *,
    by: User | None,
    why: str,
    group: Group,
    version: str,
    start: PartialDate,
    end: PartialDate | None = None,
    clauses: Iterable[tuple[str, str]] = (),
    seats: Iterable[NewSeat] = (),
    **facts: Unpack[TermsFacts],
) -> Terms:
    """Let a version of a group's terms be in force from a day on; the version before ends the day before.

    Without an `end`, a version that is entered late ends the day before the next one begins.
    `clauses` are pairs of number and text. Nobody changes seats by it: members stay in those of the former version
    until they are seated anew. Raises KeyError when a seat names a clause that the terms do not have.
    """
    with change(by=by, why=why):
        end = make_room(Terms.objects.filter(group=group), start, end)
        terms = keep(Terms(group=group, version=version, **facts).between(start, end))
        by_number = {
            number: keep(Clause(terms=terms, order=order, number=number, text=text))
            for order, (number, text) in enumerate(clauses, start=1)
        }
        for order, seat in enumerate(seats, start=1):
            keep(seat.drawn(), terms=terms, order=order, clause=by_number[seat.clause] if seat.clause else None)
        return terms


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
        for deputy in Deputy.objects.filter(membership=membership):
            if deputy.end == former:
                keep(deputy.between(deputy.start, end))
        return membership


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
