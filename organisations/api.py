"""The resource of the API about organisations, and what each resource can be narrowed by that has to do with them."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from ics_leadership.api.filters import (
    ApiFilters,
    CalledFilter,
    CurrentOrAll,
    UpdatedSince,
    ordered,
    ordered_by_change,
    ordered_by_period,
)
from ics_leadership.api.resource import Resource
from organisations.exports import ORGANISATIONS
from organisations.filters import AreaFilter, BodyFilter
from organisations.models import Kind, Organisation


class OrganisationFilters(ApiFilters):
    """Organisations by what they are, where they lie, and whether they are open on the day."""

    columns = (
        ordered("name"),
        ordered("ods_code"),
        *ordered_by_period(),
        ordered_by_change(Organisation),
    )
    meanings = {
        "q": "Those whose name, short name or code is roughly so.",
        "period": "`current`: those open on the day. `all`: those of any day.",
        "kind": "Those of a kind.",
        "organisation": "One of them, by its number, the name in its address, or its ODS code on the day.",
    }
    q = CalledFilter(Organisation)
    period = CurrentOrAll()
    within = AreaFilter()
    kind = django_filters.ChoiceFilter(choices=Kind.choices)
    organisation = BodyFilter("pk")
    updated_since = UpdatedSince()


class Organisations(Resource):
    """What organisations there are on a day, where they lie, and what came before and after them."""

    table = ORGANISATIONS
    filters = OrganisationFilters

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        every: QuerySet[Any] = Organisation.objects.all()
        return every
