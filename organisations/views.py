"""The list of organisations."""

from functools import partial

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse

from ics_leadership.lists import answer
from organisations.filters import OrganisationFilters
from organisations.models import Link, LinkKind, Organisation
from organisations.presenters import organisation_row


def organisation_list(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    above = Link.objects.as_at(date).exclude(kind=LinkKind.COVERS).select_related("other").order_by("other__name")
    organisations = Organisation.objects.prefetch_related(Prefetch("links", queryset=above, to_attr="above"))
    filters = OrganisationFilters(request, organisations)
    return answer(
        request,
        "organisations",
        filters,
        present=partial(organisation_row, on=date),
        workbook="organisations-workbook",
        table="organisations",
        take_away="role-map-of-organisations",
        leads_to="role-map",
    )
