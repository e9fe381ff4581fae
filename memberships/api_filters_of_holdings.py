"""What the API's tables of appointments can be narrowed by: who holds what, or all that another table can be narrowed by."""

from __future__ import annotations

from copy import copy
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from ics_leadership.api.filters import (
    ApiFilters,
    CalledFilter,
    ListedFilter,
    UpdatedSince,
    ordered,
    ordered_by_change,
    ordered_by_period,
)
from ics_leadership.lists import ListFilters, PeriodFilter
from memberships.api_filters import PersonFilter, PostFilters, SittingFilter
from memberships.api_filters_by_holding import GroupFilters, OrganisationFilters, PeopleFilters
from memberships.filters import EndsSoonFilter, HeldFilter
from memberships.models import Appointment, Group, GroupKind, Membership, Person, Profession
from organisations.filters import AreaFilter, BodyFilter
from organisations.models import Kind, Organisation, Status
from roles.models import ActsFor, OpenTo, Pathway, Role, RoleType

HELD = {"people": "person", "roles": "role", "organisations": "role__organisation", "groups": "pk"}
"""What of an appointment leads to a row of another table, by its name; to groups leads what somebody sits on by virtue of it."""


def held_on_the_day(table: str, filters: ListFilters) -> QuerySet[Any]:
    """The appointments of the day that belong to what the filters of a table of `HELD` find, of a page or of the API.

    Where these ask about roles held, it is those alone.
    """
    found = filters.qs.order_by().values("pk")
    if table == "groups":
        seats = Membership.objects.as_at(filters.date)
        found = seats.filter(seat__terms__group__in=found).values("basis_appointment")
    held: Any = getattr(filters, "held", Appointment.objects.with_remit(filters.date))
    narrowed: QuerySet[Any] = held.as_at(filters.date).filter(**{f"{HELD[table]}__in": found})
    return narrowed


def _asked_of(table: str, request: HttpRequest) -> ApiFilters:
    """The filters of a table of `HELD`, as a request asks that table."""
    asked: Any = copy(request)
    asked.GET = request.GET.copy()
    for name in ("listed", "ordering"):
        asked.GET.pop(name, None)
    match table:
        case "people":
            return PeopleFilters(asked, Person.objects.all())
        case "roles":
            return PostFilters(asked, Role.objects.with_remit(asked.as_at.date))
        case "organisations":
            return OrganisationFilters(asked, Organisation.objects.all())
        case _:
            return GroupFilters(asked, Group.objects.all())


class OfAnother(django_filters.ChoiceFilter):
    """Which other table lists what is asked about; it is heeded before the rest."""

    def __init__(self) -> None:
        super().__init__(choices=[(each, each) for each in HELD])

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs


class OfRolesAlone(HeldFilter):
    """Whether somebody holds it: asked of roles, because of what is held somebody always does."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value:
            raise self.parent.refusal(self.field_name, "“held” is asked of roles. Ask it together with “listed=roles”.")
        return qs


class KindFilter(django_filters.ChoiceFilter):
    """By the kind of the organisation; kinds of groups are asked of groups."""

    def __init__(self) -> None:
        choices = [*Kind.choices, *(each for each in GroupKind.choices if each[0] not in Kind.values)]
        super().__init__(field_name="role__organisation__kind", choices=choices)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value and value not in Kind.values:
            sentence = f"“{value}” is a kind of groups. Ask it together with “listed=groups”."
            raise self.parent.refusal("kind", sentence)
        return super().filter(qs, value)


class HoldingFilters(ApiFilters):
    """Appointments (see `Appointment.with_remit`) by who holds what, where, and on whose behalf.

    With `listed` they are those of the day that belong to what another table lists, and all other filters are that table's.
    """

    meanings = {
        "listed": (
            "What belongs on the day to what another table lists: the roles that `people` hold, that are among the `roles`, that are "
            "held in `organisations`, or by virtue of which somebody sits on `groups`. All that is asked beside it, but for the order, "
            "is then asked of that table, and means what it means there. What is asked of roles held must be true of each row, too."
        ),
        "profession": "Those of people of a profession.",
        "period": (
            "`current`: what holds on the day. `ended`: what ended before it. `upcoming`: what begins after it. "
            "`all`: everything there ever was or will be."
        ),
        "kind": "Those of organisations of a kind; with `listed=groups`, of groups of a kind.",
        "status": "Those of organisations of which ODS says so beside their dates.",
        "open_to": "Those of roles to which these may be appointed, as their remit of the day says.",
        "ending": "Those of the day that end within so many months: `3`, `6` or `12`.",
        "held": "With `listed=roles`: those of roles of which this is true; nobody holds what is `vacant` or `not_recorded`.",
        "group": "Those by virtue of which somebody sits on a group, by its number or the name in its address.",
    }
    columns = (
        ordered("person_name", "person__family_name", "person__given_names"),
        ordered("role_title", "role__title"),
        ordered("organisation_name", "role__organisation__name", "role__title"),
        *ordered_by_period(),
        ordered_by_change(Appointment),
    )
    listed = OfAnother()
    q = CalledFilter(Person, "person")
    period = PeriodFilter()
    profession = django_filters.ChoiceFilter(field_name="person__profession", choices=Profession.choices)
    within = AreaFilter()
    kind = KindFilter()
    status = django_filters.ChoiceFilter(field_name="role__organisation__status", choices=Status.choices)
    role_type = ListedFilter(RoleType.objects.all(), "role__role_type")
    acts_for = django_filters.ChoiceFilter(field_name="acts_for", choices=ActsFor.choices)
    open_to = django_filters.ChoiceFilter(field_name="open_to", choices=OpenTo.choices)
    pathway = ListedFilter(Pathway.objects.all(), "remit__pathway")
    ending = EndsSoonFilter()
    held = OfRolesAlone()
    person = PersonFilter("person")
    organisation = BodyFilter("role__organisation")
    group = SittingFilter()
    updated_since = UpdatedSince()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        table = self.data.get("listed", "").strip()
        if table not in HELD:
            return super().filter_queryset(queryset)
        self.refuse_misunderstood()
        return held_on_the_day(table, _asked_of(table, self.request))
