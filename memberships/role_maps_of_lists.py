"""The role map of what a list of the register shows: its filters and its day, as an export. What a role map is, is declared in
`memberships.exports`; how exports are answered or frozen is left to the views.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.http import HttpRequest

from ics_leadership import known
from ics_leadership.accounts.models import Sight
from ics_leadership.exports import Question
from ics_leadership.formats import CSV, XLSX, Export
from ics_leadership.lists import SHARED_NAMES, ListFilters, Ordering
from memberships import posts
from memberships.api import private_to_see
from memberships.api_filters_of_holdings import HoldingFilters, held_on_the_day
from memberships.exports.role_map import ROLE_MAP
from memberships.filters import HeldRoleFilters, PersonFilters
from memberships.group_filters import GroupFilters
from memberships.models import Group, Person
from organisations.filters import OrganisationFilters
from organisations.models import Organisation

FORMATS = {each.name: each for each in (XLSX, CSV)}

LISTS: dict[str, Callable[[HttpRequest], ListFilters]] = {
    "people": lambda request: PersonFilters(request, Person.objects.all()),
    "roles": lambda request: HeldRoleFilters(request, posts.listed(request.as_at.date)),  # type: ignore[attr-defined]
    "organisations": lambda request: OrganisationFilters(request, Organisation.objects.all()),
    "groups": lambda request: GroupFilters(request, Group.objects.all()),
}
"""The filters of each list, as a request asks it."""


def role_map_of(request: HttpRequest, listed: str) -> Export:
    """The role map of one of `LISTS`, as a request asks that list and in its order. CSV of it has the mark that spreadsheets like."""
    filters = LISTS[listed](request)
    rows = held_on_the_day(listed, filters)
    order = Ordering(HoldingFilters.columns).order(filters.order_beyond.get("ordering", ""))
    return Export(
        replace(ROLE_MAP, name=f"role-map-of-{listed}"),
        Question(rows, filters.date, known.moment(), private_to_see(request, Sight.AMOUNTS), order),
        narrowed={name: str(value) for name, value in request.GET.items() if value and name not in SHARED_NAMES},
        address=request.build_absolute_uri(),
        bom=True,
    )
