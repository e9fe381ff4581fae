"""What becomes of posts, people and groups when the body that they belong to closes, or merges with others."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, cast

from django.db.models import Q

from ics_leadership.history import change
from ics_leadership.periods import ONE_DAY, PartialDate
from ics_leadership.restoring import withdraw
from ics_leadership.writing import keep
from memberships.actions.appointments import Funding, appoint, end_appointment, leave
from memberships.actions.groups import end_group
from memberships.actions.terms import seat_on_another_basis, unseat
from memberships.models import Appointment, FundingLine, Group, HowAppointed, Membership
from organisations import actions as organisation_actions
from organisations.models import Organisation
from roles import actions as role_actions
from roles.models import ActsFor, OpenTo, Part, Remit, Role

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


def going_beyond(day: datetime.date) -> Q:
    """The condition that something goes on after that day, or only begins then."""
    return Q(period__endswith=None) | Q(period__endswith__gt=day + ONE_DAY)


def end_role_and_holders(*, by: User | None, why: str, role: Role, end: PartialDate) -> Role:
    """End a role: whoever holds it leaves it that day, and the seats that they have by virtue of it.

    An appointment that was only to begin later is withdrawn with its seats.
    """
    last_day = end.last_day
    with change(by=by, why=why):
        for held in Appointment.objects.filter(role=role):
            if last_day and held.start_date and held.start_date > last_day:
                _withdraw_with_seats(held, by=by, why=why)
            elif last_day is None or held.period.upper is None or held.period.upper > last_day + ONE_DAY:
                leave(by=by, why=why, appointment=held, end=end)
        return role_actions.end_role(by=by, why=why, role=role, end=end)


def leave_posts(
    *,
    by: User | None,
    why: str,
    appointments: Collection[Appointment],
    memberships: Collection[Membership],
    end: PartialDate,
) -> None:
    """Let somebody leave roles and seats with a day, and the seats that they have by virtue of those roles.

    What was only to begin later is withdrawn; what has ended by then stays as it is.
    """
    last_day = end.last_day
    with change(by=by, why=why):
        resting = Membership.objects.filter(basis_appointment__in=[held.pk for held in appointments])
        for membership in {row.pk: row for row in [*memberships, *resting]}.values():
            if _goes_beyond(membership, last_day):
                unseat(by=by, why=why, membership=membership, end=end)
        for held in appointments:
            if last_day and held.start_date and held.start_date > last_day:
                withdraw(row=held, by=by, why=why)
            elif _goes_beyond(held, last_day):
                end_appointment(by=by, why=why, appointment=held, end=end)


def _goes_beyond(row: Appointment | Membership, last_day: datetime.date | None) -> bool:
    upper = row.period.upper
    return last_day is None or upper is None or bool(upper > last_day + ONE_DAY)


def _withdraw_with_seats(appointment: Appointment, *, by: User | None, why: str) -> None:
    for membership in Membership.objects.filter(basis_appointment=appointment):
        withdraw(row=membership, by=by, why=why)
    withdraw(row=appointment, by=by, why=why)


def end_group_and_members(*, by: User | None, why: str, group: Group, end: PartialDate) -> Group:
    """End a group: everybody who sits on it leaves that day."""
    with change(by=by, why=why):
        last_day = end.last_day
        for membership in Membership.objects.filter(seat__terms__group=group):
            if last_day is None or membership.period.upper is None or membership.period.upper > last_day + ONE_DAY:
                unseat(by=by, why=why, membership=membership, end=end)
        return end_group(by=by, why=why, group=group, end=end)


def merge_networks(
    *,
    by: User | None,
    why: str,
    closing: Sequence[Organisation],
    into: Organisation,
    on: datetime.date,
    going_over: Collection[Appointment],
    ending_groups: Collection[Group],
) -> Organisation:
    """Let primary care networks be one from a day on: `into`, which is another of them or new. Returns it.

    Their practices become its core partners, and it stands where they stood; the others close on the eve. Those who are
    `going_over` hold from then on the role of that type in it, by virtue of which they keep their seats; everybody else
    leaves on the eve, and so do the members of `ending_groups`, which end. Successions are recorded.
    """
    eve = PartialDate(on - ONE_DAY)
    with change(by=by, why=why):
        for network in closing:
            organisation_actions.take_over_links(by=by, why=why, former=network, successor=into, on=on)
            organisation_actions.stand_where(by=by, why=why, organisation=into, former=network, on=on)
            for role in Role.objects.filter(going_beyond(on - ONE_DAY), organisation=network).select_related(
                "role_type"
            ):
                over = [held for held in going_over if held.role_id == role.pk]
                if over or role.role_type.accountable:
                    same = _same_role(role, network, into, on, by=by, why=why)
                    for held in over:
                        _go_over(held, same, on, by=by, why=why)
                end_role_and_holders(by=by, why=why, role=role, end=eve)
        for group in ending_groups:
            end_group_and_members(by=by, why=why, group=group, end=eve)
        for network in closing:
            organisation_actions.record_succession(by=by, why=why, predecessor=network, successor=into, on=on)
            organisation_actions.close_organisation(by=by, why=why, organisation=network, end=eve)
        return into


def _same_role(
    role: Role, network: Organisation, into: Organisation, on: datetime.date, *, by: User | None, why: str
) -> Role:
    """The role of that type in the network that goes on; where it has none, one with the same remit from then on."""
    there: Role | None = (
        Role.objects.filter(organisation=into, role_type=role.role_type).as_at(on).order_by("pk").first()
    )
    if there:
        return there
    start = PartialDate(on)
    remit = Remit.objects.as_at(on).filter(role=role).prefetch_related("functions__function").first()
    if remit is None:
        title = role.title.replace(network.name, into.name)
        return role_actions.add_role(
            by=by, why=why, title=title, role_type=role.role_type, organisation=into, start=start
        )
    return role_actions.add_role(
        by=by,
        why=why,
        title=role.title.replace(network.name, into.name),
        role_type=role.role_type,
        organisation=into,
        start=start,
        functions={each.function: Part(each.part) for each in remit.functions.all()},
        summary=remit.summary.replace(network.name, into.name),
        acts_for=ActsFor(remit.acts_for),
        open_to=OpenTo(remit.open_to),
        pathway=remit.pathway,
    )


def _go_over(held: Appointment, role: Role, on: datetime.date, *, by: User | None, why: str) -> None:
    """Let somebody hold `role` from a day on in place of what they hold, their seats and money with it."""
    if held.start_date and held.start_date >= on:
        keep(held, role=role)
        return
    if held.period.upper and held.period.upper <= on:
        # Their term is over by then.
        return
    start, eve = PartialDate(on), PartialDate(on - ONE_DAY)
    former, successor = held.role.organisation, role.organisation
    goes_on: Appointment | None = Appointment.objects.as_at(on).filter(role=role, person=held.person).first()
    if goes_on is None:
        goes_on = appoint(
            by=by,
            why=why,
            person=held.person,
            role=role,
            start=start,
            end=held.end,
            funding=[
                Funding(
                    funding_source=line.funding_source,
                    payer=successor if line.payer_id == former.pk else line.payer,
                    sessions_per_week=line.sessions_per_week,
                    annual_amount=line.annual_amount,
                    start=start,
                    end=line.end,
                )
                for line in FundingLine.objects.as_at(on).filter(appointment=held)
            ],
            how=cast(HowAppointed, held.how),
            employer=successor if held.employer_id == former.pk else held.employer,
        )
    for membership in Membership.objects.filter(going_beyond(on - ONE_DAY), basis_appointment=held):
        if membership.start_date and membership.start_date >= on:
            keep(membership, basis_appointment=goes_on)
        elif Membership.objects.as_at(on).filter(seat=membership.seat_id, person=held.person).exclude(pk=membership.pk):
            # Whoever led two of the networks has one seat for both from then on.
            unseat(by=by, why=why, membership=membership, end=eve)
        else:
            seat_on_another_basis(by=by, why=why, membership=membership, basis=goes_on, after=eve)
