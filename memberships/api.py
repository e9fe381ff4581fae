"""The resources of the API about people, what they hold and where they sit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from ics_leadership.accounts.models import Sight
from ics_leadership.api.filters import ABOUT_THE_ANSWER
from ics_leadership.api.resource import Resource
from ics_leadership.errors import Refusal
from ics_leadership.formats import BUNDLE, FORMATS, Export
from ics_leadership.periods import today
from ics_leadership.words import list_words
from memberships.api_filters import HoldingFilters, SittingFilters
from memberships.exports.memberships import MEMBERSHIPS
from memberships.exports.popolo import POPOLO
from memberships.exports.role_map import ROLE_MAP
from memberships.models import Appointment, Membership
from organisations.api import Organisations
from organisations.models import Organisation, within
from roles.models.roles import remit_columns


def private_to_see(request: HttpRequest) -> dict[str, Sequence[int] | None]:
    """What beyond the public the reader may see, and of which organisations (None: of all)."""
    rights: Any = request.rights  # type: ignore[attr-defined]
    found = {sight: rights.areas_seen(sight) for sight in (Sight.AMOUNTS,)}
    return {sight: areas and _inside(areas) for sight, areas in found.items() if areas is None or areas}


def _inside(areas: Sequence[int]) -> list[int]:
    return list(Organisation.objects.filter(pk__in=within(areas, today())).order_by().values_list("pk", flat=True))


class RoleMap(Resource):
    """Who holds which role, for whom they act, who pays and where they sit, as at a day."""

    table = ROLE_MAP
    filters = HoldingFilters
    formats = FORMATS | {each.name: each for each in (POPOLO, BUNDLE)}

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        date = asked.as_at.date  # type: ignore[attr-defined]
        held: QuerySet[Any] = Appointment.objects.with_remit(date)
        return held

    def sees(self, asked: HttpRequest) -> Mapping[str, Sequence[int] | None]:
        return private_to_see(asked)

    def beside(self, asked: HttpRequest) -> Sequence[Export]:
        others = [resource() for resource in RESOURCES if resource is not RoleMap]
        shared = [
            name for name in self.filters.base_filters if all(name in each.filters.base_filters for each in others)
        ]
        for name, value in asked.GET.items():
            if value and name not in (*shared, *ABOUT_THE_ANSWER):
                raise Refusal(
                    f"“{name[:40]}” is not true of every table, so that a bundle cannot be narrowed by it."
                    f" It can be asked about {list_words([*shared, 'as_at', 'neutralise'])}."
                )
        return [each.whole(asked) for each in others if self._may_read(each)]

    def _may_read(self, resource: Resource) -> bool:
        return all(each.has_permission(self.request, resource) for each in resource.get_permissions())


class Memberships(Resource):
    """Who sits on which group, in which seat and why, as at a day."""

    table = MEMBERSHIPS
    filters = SittingFilters

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        date = asked.as_at.date  # type: ignore[attr-defined]
        sitting: QuerySet[Any] = Membership.objects.annotate(**remit_columns(date, "basis_appointment__role"))
        return sitting


RESOURCES: Sequence[type[Resource]] = (RoleMap, Organisations, Memberships)
"""Every table of the API: each has an address of its own, and is in the bundle."""
