"""What a list of roles can be narrowed and sorted by. Who holds them is the business of `memberships`."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from ics_leadership.lists import Column, ListFilters, PeriodFilter, SearchFilter
from organisations.filters import AreaFilter
from organisations.models import Organisation
from roles.models import ActsFor, OpenTo, Pathway, Role, RoleType


class HostedWithinFilter(AreaFilter):
    """Roles of organisations inside an area."""

    def filter(self, qs: QuerySet[Role], value: str) -> QuerySet[Role]:
        if not self.area:
            return qs
        return qs.filter(organisation__in=Organisation.objects.within(self.area, self.parent.date).values("pk"))


class RoleFilters(ListFilters):
    """For roles with their remit as at the day shown (`RoleQuerySet.with_remit`)."""

    columns = (
        Column("title", "Role", ("title",), "A to Z", "Z to A", "title", "role_title"),
        Column(
            "organisation",
            "Organisation",
            ("organisation__name", "title"),
            "A to Z",
            "Z to A",
            "organisation_name",
            "organisation_name",
        ),
        Column("role_type", "Type of role", ("role_type__name", "title"), "A to Z", "Z to A", "role_type"),
    )
    q = SearchFilter("Title contains")
    role_type = django_filters.ModelChoiceFilter(
        label="Type of role", queryset=RoleType.objects.all(), to_field_name="slug"
    )
    acts_for = django_filters.ChoiceFilter(label="Acts for", choices=ActsFor.choices)
    open_to = django_filters.ChoiceFilter(label="Open to", choices=OpenTo.choices)
    pathway = django_filters.ModelChoiceFilter(
        label="Pathway", field_name="remit__pathway", queryset=Pathway.objects.all(), to_field_name="slug"
    )
    within = HostedWithinFilter()
    period = PeriodFilter("Exists", ended="Ended before that day", upcoming="Begins after that day")
