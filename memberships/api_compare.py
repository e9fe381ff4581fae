"""The resource that tells two states of the register apart, of roles held or of seats: as JSON with how many differences there are of each kind, or whole."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from ics_leadership.api.view import ApiView
from ics_leadership.errors import Refusal
from ics_leadership.formats import FORMATS, Export, answered, format_asked, switch_asked
from ics_leadership.known import as_known_at
from ics_leadership.known_at import moment_asked, written
from memberships.api_compare_schema import CompareSchema
from memberships.asked import choice
from memberships.comparing import Comparison, counted, differences
from memberships.comparison_asked import areas_asked, compared, states_asked
from memberships.exports.differences import APPOINTMENTS, SUBJECTS, ToldAs
from memberships.presenters.comparing import sides_told

MOST = 1000
"""So many differences JSON holds; the other formats hold all."""


class Compare(ApiView):
    """Two days, or one day as known at two moments: what differs, and whether it really changed."""

    schema = CompareSchema()

    def get(self, request: Request) -> HttpResponseBase:
        asked: HttpRequest = request._request
        form = format_asked(asked, FORMATS)
        known = moment_asked(asked) if "known_at" in asked.GET else None
        asked.as_at = replace(asked.as_at, known=known)  # type: ignore[attr-defined]
        with as_known_at(known.moment) if known else nullcontext():
            comparison = comparison_asked(asked)
            return answered(asked, whole(asked, comparison), form) if form else _page(comparison)


def comparison_asked(asked: HttpRequest) -> Comparison:
    """What an address of the API compares. Raises Refusal for what is not understood, and where it says nothing to compare."""
    of = SUBJECTS[choice(asked, "of", SUBJECTS, APPOINTMENTS.name)]
    states = states_asked(asked, ("of", "format", "bom", "neutralise"))
    if states is None:
        raise Refusal(
            "Say what to compare: “from_day”, with today or with “to_day”; or of one “as_at” “from_known”, with now or with "
            "“to_known”."
        )
    if not states.moments and "as_at" in asked.GET:
        raise Refusal(
            "“as_at” is the one day that is compared as known at two moments; two days are named by themselves."
        )
    return compared(of, states, areas_asked(asked, states))


def whole(asked: HttpRequest, comparison: Comparison) -> Export:
    """All differences as a file, which says what its two sides are."""
    within = asked.GET.get("within", "").strip()
    return Export(
        comparison.table,
        comparison.question,
        narrowed={"within": within} if within else {},
        address=asked.build_absolute_uri() if asked.META else "",
        bom=switch_asked(asked, "bom", usual=False),
        neutralise=switch_asked(asked, "neutralise", usual=True),
        sides=sides_told(comparison),
    )


def _page(comparison: Comparison) -> JsonResponse:
    counts = counted(comparison)
    names = [column.name for column in comparison.of.columns]
    moments = comparison.moments or (comparison.known, comparison.known)
    envelope = {
        "of": comparison.of.name,
        "days": comparison.days,
        "known_at": [written(each.moment) for each in moments if each] or None,
        "counts": {kind.value: counts.get(kind, 0) for kind in ToldAs},
        "complete": sum(counts.values()) <= MOST,
        "results": [{name: row[name] for name in names} for row in differences(comparison, MOST)],
    }
    return JsonResponse(envelope, json_dumps_params={"ensure_ascii": False})
