"""What is vacant and what ends soon, in the kept areas or in some; and how many lead in each.

Every function asks a fixed number of queries, however many areas are kept.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ics_leadership.periods import ONE_DAY
from memberships.going_on import last_of
from memberships.holdings import soon_after
from memberships.models import Appointment, Group, Membership, Seat
from memberships.places import open_places
from memberships.seating import AT_THE_TABLE
from organisations.models import KeptArea, Organisation
from organisations.models.areas import within_each
from roles.models import Role


def kept_areas(date: datetime.date) -> QuerySet[KeptArea]:
    """The areas kept on that day with `groups`, `leaders`, `vacant_roles` and `vacant_seats` inside each.

    Of seats those at the table count, as in the list of groups.
    """
    inside = within_each(OuterRef("area"), date)
    groups = Group.objects.as_at(date).annotate(place=Coalesce("covers", "host")).filter(place__in=inside)
    leaders = Appointment.objects.as_at(date).filter(role__organisation__in=inside)
    areas: QuerySet[KeptArea] = KeptArea.objects.as_at(date)
    return (
        areas.select_related("area", "keeper")
        .annotate(
            groups=_total(groups, Count("pk")),
            leaders=_total(leaders, Count("person", distinct=True)),
            vacant_roles=_total(vacant_roles(date).filter(organisation__in=inside), Count("pk")),
            vacant_seats=_total(vacant_seats(date).filter(place__in=inside), Sum("missing")),
        )
        .order_by("area__name", "pk")
    )


def _total(rows: QuerySet[Any], number: Count | Sum) -> Coalesce:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(total=number).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def vacant_roles(date: datetime.date) -> QuerySet[Role]:
    """Roles of that day that nobody holds. Whether somebody keeps their area is for the caller to ask."""
    held = Appointment.objects.as_at(date).filter(role=OuterRef("pk"))
    roles: QuerySet[Role] = Role.objects.as_at(date).filter(~Exists(held))
    return roles


def vacant_seats(date: datetime.date) -> QuerySet[Any]:
    """Seats at the table that nobody holds, or fewer than they are for: with their `places`, how many of them are `missing`,
    and their `place`, the id of the organisation that their group covers or is hosted by.
    """
    seats = (
        Seat.objects.with_places(date)
        .filter(terms__period__contains=date, terms__group__period__contains=date, category__in=AT_THE_TABLE)
        .annotate(
            place=Coalesce("terms__group__covers", "terms__group__host"),
            missing=open_places(date),
        )
    )
    return seats.filter(missing__gt=0)


def roles_ending(
    date: datetime.date, inside: Any = None, *, until: datetime.date | None = None
) -> QuerySet[Appointment]:
    """Appointments whose last day is soon, or by `until`, the next to end first: in kept areas, or `inside` the organisations
    given.
    """
    ending: QuerySet[Appointment] = Appointment.objects.as_at(date).filter(
        period__endswith__lte=(until or soon_after(date)) + ONE_DAY,
        role__organisation__in=_kept(date) if inside is None else inside,
    )
    return ending.select_related("person", "role__organisation", "role__of_group__group").order_by(
        "period__endswith", "pk"
    )


def seats_ending(
    date: datetime.date, inside: Any = None, *, until: datetime.date | None = None
) -> QuerySet[Membership]:
    """With which memberships it ends soon, or by `until`, that somebody sits (`going_on`), the next to end first: in groups of
    kept areas, or of those `inside` the organisations given.
    """
    by_then = Q(period__endswith__lte=(until or soon_after(date)) + ONE_DAY)
    placed: Any = Membership.objects.annotate(place=Coalesce("seat__terms__group__covers", "seat__terms__group__host"))
    sitting = placed.as_at(date).filter(by_then, place__in=_kept(date) if inside is None else inside)
    ending: QuerySet[Membership] = last_of(sitting).filter(by_then)
    return ending.select_related("person", "seat__terms__group").order_by("period__endswith", "pk")


def _kept(date: datetime.date) -> QuerySet[Any]:
    return Organisation.objects.kept_on(date).values("pk")
