"""The resources of the API about people, what they hold and where they sit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from ics_leadership.accounts.models import Sight
from ics_leadership.api.resource import Resource
from ics_leadership.periods import today
from memberships.api_filters import HoldingFilters
from memberships.exports.role_map import ROLE_MAP
from memberships.models import Appointment
from organisations.models import Organisation, within


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

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        date = asked.as_at.date  # type: ignore[attr-defined]
        held: QuerySet[Any] = Appointment.objects.with_remit(date)
        return held

    def sees(self, asked: HttpRequest) -> Mapping[str, Sequence[int] | None]:
        return private_to_see(asked)
