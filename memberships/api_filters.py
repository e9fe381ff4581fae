"""What resources of the API can be narrowed by: the filters of the pages' lists, under the names that every resource shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import Model, QuerySet

from ics_leadership.api.resource import ABOUT_THE_ANSWER
from ics_leadership.lists import Column, ListFilters
from memberships.models import Group, Membership, Person
from organisations.filters import AreaFilter, OrganisationFilter
from organisations.models import Kind
from roles.models import ActsFor, Pathway, RoleType


class CurrentOrAll(django_filters.ChoiceFilter):
    """The rows of the day, unless all that there ever were are asked for."""

    def __init__(self) -> None:
        choices = [("current", "On the day"), ("all", "Any day")]
        super().__init__(label="Period", choices=choices, empty_label=None, initial="current")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs if value == "all" else qs.as_at(self.parent.date)  # type: ignore[attr-defined]


class RecordFilter(django_filters.CharFilter):
    """Rows about one record of a table, named by its number or by the name in its address."""

    def __init__(self, model: type[Model], path: str) -> None:
        super().__init__()
        self.table, self.path = model, path

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        is_number = value.isascii() and value.isdigit() and len(value) < 16
        found = self.table._default_manager.filter(**{"pk" if is_number else "slug": value}).first()
        if found is None:
            noun = self.table._meta.verbose_name
            sentence = f"“{value[:40]}” is no {noun} of this register. Give its number, or the name in its own address."
            raise self.parent.refusal(self.field_name, sentence)
        return qs.filter(**{self.path: found})


class BodyFilter(OrganisationFilter):
    """Rows of one organisation itself, named as an area is."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(**{self.path: self.area}) if self.area else qs


class ListedFilter(django_filters.ModelChoiceFilter):
    """Rows about an entry of a short list, named by its slug."""

    def __init__(self, queryset: QuerySet[Any], path: str) -> None:
        super().__init__(queryset=queryset, to_field_name="slug")
        self.path = path

    def filter(self, qs: QuerySet[Any], value: Model | None) -> QuerySet[Any]:
        return qs.filter(**{self.path: value}) if value else qs


class CalledFilter(django_filters.CharFilter):
    """Rows about people called roughly so."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(person__in=Person.objects.called(value).order_by().values("pk")) if value else qs


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


class ApiFilters(ListFilters):
    """What is asked of a resource of the API."""

    beside = ABOUT_THE_ANSWER
    columns: ClassVar[Sequence[Column]] = ()


class HoldingFilters(ApiFilters):
    """Appointments (see `Appointment.with_remit`) by who holds what, where, and on whose behalf."""

    q = CalledFilter(max_length=200)
    period = CurrentOrAll()
    within = AreaFilter()
    kind = django_filters.ChoiceFilter(field_name="role__organisation__kind", choices=Kind.choices)
    role_type = ListedFilter(RoleType.objects.all(), "role__role_type")
    acts_for = django_filters.ChoiceFilter(field_name="acts_for", choices=ActsFor.choices)
    pathway = ListedFilter(Pathway.objects.all(), "remit__pathway")
    person = RecordFilter(Person, "person")
    organisation = BodyFilter("role__organisation")
    group = SittingFilter()
