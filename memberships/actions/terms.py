"""What becomes of members when the terms of their group change, or the basis on which they sit."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Q

from ics_leadership.history import change
from ics_leadership.periods import ONE_DAY, PartialDate, Precision
from ics_leadership.restoring import withdraw
from ics_leadership.writing import keep
from memberships.actions.seats import add_deputy, end_membership, seat_member
from memberships.holdings import soon_after
from memberships.models import Appointment, Deputy, ManagedFinding, Membership, Seat

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


def end_of_term(membership: Membership) -> PartialDate | None:
    """The end of a membership as recorded, else as the length of a term under its terms makes it; None where nothing does."""
    months, start = membership.seat.terms.term_months, membership.start_date
    if membership.has_end or not months or not start:
        return membership.end
    if membership.start_precision not in (Precision.DAY, Precision.MONTH):
        return None
    return PartialDate(soon_after(start, months) - ONE_DAY, Precision(membership.start_precision))


def _rest_of_term(membership: Membership, first_day: datetime.date) -> PartialDate | None:
    """The end of somebody's term, unless it has passed by that day."""
    until = end_of_term(membership)
    return None if until and until.last_day and until.last_day < first_day else until


def seat_anew(*, by: User | None, why: str, membership: Membership, seat: Seat, start: PartialDate) -> Membership:
    """Let a member go over to a seat of another version from a day on, for the rest of their term, deputies included, and
    what was written down of how their conflicts are managed.

    An end that only the length of a term gave is kept too, unless it has passed by then. The former membership ends on the
    eve, unless it only begins then: in that case it is the seat that changes. Returns the membership of the new seat.
    Raises ValidationError when nobody knows from when.
    """
    first_day, eve = start.first_day, start.eve
    if first_day is None or eve is None:
        raise ValidationError(
            "For members to go over to their seats, say from when the terms are in force.", code="start"
        )
    with change(by=by, why=why):
        if membership.start_date and membership.start_date >= first_day:
            return keep(membership, seat=seat)
        until = _rest_of_term(membership, first_day)
        deputies = list(Deputy.objects.filter(membership=membership))
        goes_on = seat_member(
            by=by,
            why=why,
            seat=seat,
            person=membership.person,
            basis=membership.basis_appointment or membership.basis_experience,
            start=start,
            end=until,
            put_forward_by=membership.put_forward_by,
            attends_for=membership.attends_for,
            source=membership.source,
        )
        for deputy in deputies:
            if deputy.start_date and deputy.start_date >= first_day:
                keep(deputy, membership=goes_on)
            elif deputy.holds(first_day):
                add_deputy(
                    by=by, why=why, membership=goes_on, person=deputy.person, start=start, end=deputy.end or until
                )
        end_membership(by=by, why=why, membership=membership, end=eve)
        _manage_likewise(membership, goes_on)
        return goes_on


def seat_all_anew(
    *, by: User | None, why: str, members: Iterable[tuple[Membership, Seat | None]], start: PartialDate
) -> None:
    """Let the members of a group go over to the seats of a version from a day on; those without one leave on the eve."""
    with change(by=by, why=why):
        for membership, seat in members:
            if seat:
                seat_anew(by=by, why=why, membership=membership, seat=seat, start=start)
            elif start.eve:
                unseat(by=by, why=why, membership=membership, end=start.eve)


def _manage_likewise(membership: Membership, goes_on: Membership) -> None:
    """Let what was written down of a member's conflicts hold for the seat that they went over to."""
    about, now_about = f"membership:{membership.pk}", f"membership:{goes_on.pk}"
    for managed in ManagedFinding.objects.filter(Q(subject=about) | Q(subject__startswith=f"{about}/")):
        keep(
            ManagedFinding(
                rule=managed.rule,
                subject=f"{now_about}{managed.subject.removeprefix(about)}",
                area=managed.area,
                how=managed.how,
                agreed_by=managed.agreed_by,
                since=managed.since,
                review_on=managed.review_on,
            )
        )


def unseat(*, by: User | None, why: str, membership: Membership, end: PartialDate) -> None:
    """Let a member leave their seat with a day; a membership or deputy of only later days is withdrawn."""
    last_day = end.last_day
    with change(by=by, why=why):
        if last_day and membership.start_date and membership.start_date > last_day:
            withdraw(row=membership, by=by, why=why)
            return
        if last_day:
            for deputy in Deputy.objects.filter(membership=membership, period__startswith__gt=last_day):
                withdraw(row=deputy, by=by, why=why)
        end_membership(by=by, why=why, membership=membership, end=end)


def seat_on_another_basis(
    *, by: User | None, why: str, membership: Membership, basis: Appointment | str, after: PartialDate
) -> Membership:
    """Let a member go on in their seat on another basis from the day after `after`, the last day of the former one.

    The former membership ends, a new one begins for the rest of the term; deputies go on with it. Returns the new one.
    """
    if after.last_day is None or after.precision != Precision.DAY:
        raise ValidationError(
            "To let somebody go on in a seat on another basis, give the last day of the former to the day.",
            code="after",
        )
    with change(by=by, why=why):
        first_day = after.last_day + ONE_DAY
        until, start = _rest_of_term(membership, first_day), PartialDate(first_day)
        deputies = [(each.person, each.end) for each in Deputy.objects.as_at(first_day).filter(membership=membership)]
        end_membership(by=by, why=why, membership=membership, end=after)
        goes_on = seat_member(
            by=by,
            why=why,
            seat=membership.seat,
            person=membership.person,
            basis=basis,
            start=start,
            end=until,
            put_forward_by=membership.put_forward_by,
            source=membership.source,
        )
        for person, end in deputies:
            add_deputy(by=by, why=why, membership=goes_on, person=person, start=start, end=end or until)
        return goes_on
