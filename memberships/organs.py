"""Who leads an organ or a group on a day, and may therefore answer for it: one definition for forms, rights and letters.

An appointment leads an organisation when its role stands there, its type of role is one that leads its host, and it is not
a role of a group that the organisation hosts. It leads a group when it is such a role of that group, or when its holder
sits in the chair by virtue of it.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from memberships.models import Appointment, Category, Group, Membership, ProposalParty
from organisations.models import ORGAN_KINDS, Organisation
from organisations.models.areas import around, within


def leads_on(party: ProposalParty, date: datetime.date) -> QuerySet[Appointment]:
    """The appointments that lead a party on that day, in the order of `in_order`."""
    return in_order(Appointment.objects.as_at(date).filter(_leads(party, date)))


def led_between(party: ProposalParty, first: datetime.date, last: datetime.date) -> QuerySet[Appointment]:
    """The appointments that led a party on some day from `first` to `last`; of a group's chairs, those of `last`."""
    return in_order(Appointment.objects.overlapping(first, last).filter(_leads(party, last)))


def _leads(party: ProposalParty, date: datetime.date) -> Q:
    if not party.group_id:
        return Q(role__role_type__leads=True, role__of_group=None, role__organisation=party.organisation_id)
    chairs = _chairs(date).filter(seat__terms__group=party.group_id)
    return Q(role__role_type__leads=True, role__of_group__group=party.group_id) | Q(Exists(chairs))


def leads(date: datetime.date) -> Q:
    """The condition that an appointment leads an organisation or a group on that day."""
    return Q(role__role_type__leads=True) | Q(Exists(_chairs(date)))


def chaired_by_virtue_of(date: datetime.date) -> ArraySubquery:
    """The ids of the groups whose chair somebody has by virtue of an appointment, for annotations of appointments."""
    return ArraySubquery(_chairs(date).order_by("pk").values("seat__terms__group"))


def in_order(appointments: QuerySet[Appointment]) -> QuerySet[Appointment]:
    """With their roles and people: the accountable first, then the longest in post."""
    return appointments.select_related(
        "person", "role__organisation", "role__role_type", "role__of_group__group"
    ).order_by(F("role__role_type__accountable").desc(), F("period__startswith").asc(nulls_first=True), "pk")


def _chairs(date: datetime.date) -> QuerySet[Membership]:
    """Who sits in the chair of a group on that day by virtue of the appointment that an outer query names."""
    chairs: QuerySet[Membership] = Membership.objects.as_at(date).filter(
        seat__category=Category.CHAIR, basis_appointment=OuterRef("pk")
    )
    return chairs


def organs_of(group: Group, date: datetime.date) -> QuerySet[Organisation]:
    """Each network, committee and federation of the area that a group covers, on that day; in the order of their kinds.

    A committee whose area is wider than that of the group is one of them too.
    """
    area = group.covers_id or group.host_id
    organs: QuerySet[Organisation] = Organisation.objects.as_at(date).filter(
        Q(pk__in=within([area], date)) | Q(pk__in=around([area], date)), kind__in=ORGAN_KINDS
    )
    return organs.order_by("kind", "name", "pk")


def groups_of(group: Group, date: datetime.date) -> QuerySet[Group]:
    """The groups of that area on that day."""
    area: Any = within([group.covers_id or group.host_id], date)
    beside: QuerySet[Group] = Group.objects.as_at(date).alias(area=Coalesce("covers", "host")).filter(area__in=area)
    return beside.order_by("name", "pk")


def organs_at_the_table(group: Group, date: datetime.date) -> set[int]:
    """The ids of the organisations by virtue of whose roles somebody sits at a group's table on that day."""
    sitting = Membership.objects.as_at(date).filter(
        seat__terms__group=group, seat__category__in=(Category.CHAIR, Category.CORE)
    )
    held = sitting.filter(basis_appointment__role__of_group=None)
    return set(held.values_list("basis_appointment__role__organisation", flat=True))
