"""What resources of the API about people, what they hold and where they sit can be narrowed by and ordered by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from ics_leadership.api.filters import (
    ApiFilters,
    CalledFilter,
    CurrentOrAll,
    ListedFilter,
    RecordFilter,
    UpdatedSince,
    ordered,
    ordered_by_change,
    ordered_by_period,
)
from memberships.models import Appointment, Group, GroupKind, Membership, Person
from organisations.filters import AreaFilter, BodyFilter
from organisations.models import Kind
from roles.models import ActsFor, Pathway, RoleType


class SittingFilter(RecordFilter):
    """Appointments by virtue of which somebody sits on a group on the day, or sat at any time where all days are asked for."""

    def __init__(self) -> None:
        super().__init__(Group, "seat__terms__group")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        any_day = self.parent.data.get("period") == "all"
        seats = Membership.objects.all() if any_day else Membership.objects.as_at(self.parent.date)
        return qs.filter(pk__in=super().filter(seats, value).order_by().values("basis_appointment"))


class HoldingFilters(ApiFilters):
    """Appointments (see `Appointment.with_remit`) by who holds what, where, and on whose behalf."""

    columns = (
        ordered("person_name", "person__family_name", "person__given_names"),
        ordered("role_title", "role__title"),
        ordered("organisation_name", "role__organisation__name"),
        *ordered_by_period(),
        ordered_by_change(Appointment),
    )
    q = CalledFilter(Person, "person")
    period = CurrentOrAll()
    within = AreaFilter()
    kind = django_filters.ChoiceFilter(field_name="role__organisation__kind", choices=Kind.choices)
    role_type = ListedFilter(RoleType.objects.all(), "role__role_type")
    acts_for = django_filters.ChoiceFilter(field_name="acts_for", choices=ActsFor.choices)
    pathway = ListedFilter(Pathway.objects.all(), "remit__pathway")
    person = RecordFilter(Person, "person")
    organisation = BodyFilter("role__organisation")
    group = SittingFilter()
    updated_since = UpdatedSince()


class SeatAreaFilter(AreaFilter):
    """Memberships of groups inside an area on the day."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not self.area:
            return qs
        groups = Group.objects.within(self.area, self.parent.date)
        return qs.filter(seat__terms__group__in=groups.order_by().values("pk"))


class SittingFilters(ApiFilters):
    """Memberships by who sits where, and by virtue of what."""

    columns = (
        ordered("person_name", "person__family_name", "person__given_names"),
        ordered("group_name", "seat__terms__group__name"),
        ordered("seat", "seat__title"),
        *ordered_by_period(),
        ordered_by_change(Membership),
    )
    q = CalledFilter(Person, "person")
    period = CurrentOrAll()
    within = SeatAreaFilter()
    kind = django_filters.ChoiceFilter(field_name="seat__terms__group__kind", choices=GroupKind.choices)
    role_type = ListedFilter(RoleType.objects.all(), "basis_appointment__role__role_type")
    acts_for = django_filters.ChoiceFilter(field_name="acts_for", choices=ActsFor.choices)
    pathway = ListedFilter(Pathway.objects.all(), "remit__pathway")
    person = RecordFilter(Person, "person")
    organisation = BodyFilter("basis_appointment__role__organisation")
    group = RecordFilter(Group, "seat__terms__group")
    updated_since = UpdatedSince()
