"""The entry for a body that is abolished: its appointments, the seats held by virtue of them, its groups and roles end with it."""

from __future__ import annotations

from ics_leadership.periods import PartialDate, period_between
from memberships import actions
from memberships.demo.book import Book
from memberships.demo.dates import known
from memberships.demo.entries.change import Entry
from memberships.models import Appointment, Group, Membership
from organisations.models import Organisation
from roles import actions as roles
from roles.models import Role


def winds_up(keys: str, last_day: str, *, but: str = "") -> Entry:
    """Whatever goes on in the organisations of those keys ends on their last day; `but` the role of a key stays open."""

    def enter(book: Book) -> None:
        end = known(last_day)
        going_on = {"period__not_gt": period_between(PartialDate(None), end)}
        for key in keys.split(", "):
            host = book.organisations[key]
            of_host = Role.objects.filter(organisation=host)
            ending = of_host.exclude(pk=book.role(but).pk) if but else of_host
            appointments = Appointment.objects.filter(role__in=ending).exclude(**going_on)
            for membership in _resting_on(appointments, host).exclude(**going_on):
                actions.end_membership(**book.said, membership=membership, end=end)
            for appointment in appointments:
                actions.end_appointment(**book.said, appointment=appointment, end=end)
            for group in Group.objects.filter(host=host).exclude(**going_on):
                actions.end_group(**book.said, group=group, end=end)
            for role in ending.exclude(**going_on):
                roles.end_role(**book.said, role=role, end=end)

    return enter


def _resting_on(appointments, host: Organisation):  # type: ignore[no-untyped-def]
    by_virtue = Membership.objects.filter(basis_appointment__in=appointments)
    return by_virtue | Membership.objects.filter(seat__terms__group__host=host)
