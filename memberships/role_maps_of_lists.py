"""The role map of what a list of the register shows: its filters and its day, as an export. What a role map is, is declared in
`memberships.exports`; how exports are answered or frozen is left to the views.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from ics_leadership import known
from ics_leadership.accounts.models import Sight
from ics_leadership.exports import Question
from ics_leadership.formats import CSV, XLSX, Export
from ics_leadership.lists import SHARED_NAMES, ListFilters
from memberships import posts
from memberships.api import private_to_see
from memberships.exports.role_map import ROLE_MAP
from memberships.filters import HeldRoleFilters, PersonFilters
from memberships.group_filters import GroupFilters
from memberships.models import Appointment, Group, Membership, Person
from organisations.filters import OrganisationFilters
from organisations.models import Organisation

FORMATS = {each.name: each for each in (XLSX, CSV)}

Found = tuple[ListFilters, QuerySet[Any]]
"""The filters of a list, and the appointments that those it shows hold on the day."""


def _people(request: HttpRequest) -> Found:
    filters = PersonFilters(request, Person.objects.all())
    people = filters.qs.order_by().values("pk")
    return filters, filters.held.filter(person__in=people)


def _roles(request: HttpRequest) -> Found:
    filters = HeldRoleFilters(request, posts.listed(request.as_at.date))  # type: ignore[attr-defined]
    return filters, _held(filters).filter(role__in=filters.qs.order_by().values("pk"))


def _organisations(request: HttpRequest) -> Found:
    filters = OrganisationFilters(request, Organisation.objects.all())
    return filters, _held(filters).filter(role__organisation__in=filters.qs.order_by().values("pk"))


def _groups(request: HttpRequest) -> Found:
    filters = GroupFilters(request, Group.objects.all())
    groups = filters.qs.order_by().values("pk")
    sitting = Membership.objects.as_at(filters.date).filter(seat__terms__group__in=groups)
    return filters, _held(filters).filter(pk__in=sitting.values("basis_appointment"))


def _held(filters: ListFilters) -> QuerySet[Any]:
    held: QuerySet[Any] = Appointment.objects.as_at(filters.date).with_remit(filters.date)
    return held


LISTS: dict[str, Callable[[HttpRequest], Found]] = {
    "people": _people,
    "roles": _roles,
    "organisations": _organisations,
    "groups": _groups,
}


def role_map_of(request: HttpRequest, listed: str) -> Export:
    """The role map of one of `LISTS`, as a request asks that list. CSV of it has the mark that spreadsheets like."""
    filters, rows = LISTS[listed](request)
    return Export(
        replace(ROLE_MAP, name=f"role-map-of-{listed}"),
        Question(rows, filters.date, known.moment(), private_to_see(request, Sight.AMOUNTS)),
        narrowed={name: str(value) for name, value in request.GET.items() if value and name not in SHARED_NAMES},
        address=request.build_absolute_uri(),
        bom=True,
    )
