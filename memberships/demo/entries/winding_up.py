"""The entry for a body that is abolished: its posts, the seats held by virtue of them, its groups and roles end with it."""

from __future__ import annotations

from django.db.models import Q

from ics_leadership.periods import PartialDate, period_between
from memberships import actions
from memberships.demo.book import Book
from memberships.demo.dates import known
from memberships.demo.entries.change import Entry
from memberships.models import Appointment, Group, Membership
from roles import actions as roles
from roles.models import Role


def winds_up(keys: str, last_day: str, *, but: str = "") -> Entry:
    """Whatever goes on in the organisations of those keys ends on their last day; `but` the role of a key stays open."""

    def enter(book: Book) -> None:
        end = known(last_day)
        over = Q(period__not_gt=period_between(PartialDate(None), end))
        for key in keys.split(", "):
            host = book.organisations[key]
            ending = Role.objects.filter(organisation=host)
            if but:
                ending = ending.exclude(pk=book.role(but).pk)
            appointments = Appointment.objects.filter(role__in=ending).exclude(over)
            held_there = Q(basis_appointment__in=appointments) | Q(seat__terms__group__host=host)
            for membership in Membership.objects.filter(held_there).exclude(over):
                actions.end_membership(**book.said, membership=membership, end=end)
            for appointment in appointments:
                actions.end_appointment(**book.said, appointment=appointment, end=end)
            for group in Group.objects.filter(host=host).exclude(over):
                actions.end_group(**book.said, group=group, end=end)
            for role in ending.exclude(over):
                roles.end_role(**book.said, role=role, end=end)

    return enter
