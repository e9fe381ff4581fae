"""The resource that tells two states of the register apart, of roles held or of seats: as JSON with how many differences there are of each kind, or whole."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from ics_leadership import streams
from ics_leadership.api.view import ApiView
from ics_leadership.errors import Refusal
from ics_leadership.exports import HARMLESS
from memberships.api_compare_schema import CompareSchema
from memberships.asked import choice
from memberships.comparing import APPOINTMENTS, SUBJECTS, Comparison, counted, differences
from memberships.comparison_asked import area_asked, compared, states_asked

FORMATS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}
MOST = 1000
"""So many differences JSON holds; CSV and NDJSON hold all."""

TEXTS = ("person_name", "role_title", "organisation_name", "group_name", "seat")


class Compare(ApiView):
    """Two days, or one day as known at two moments: what differs, and whether it really changed."""

    schema = CompareSchema()

    def get(self, request: Request) -> HttpResponseBase:
        asked: HttpRequest = request._request
        form = choice(asked, "format", FORMATS, "json")
        of = SUBJECTS[choice(asked, "of", SUBJECTS, APPOINTMENTS.name)]
        states = states_asked(asked, ("format", "of"))
        if states is None:
            raise Refusal(
                "Say what to compare: “from_day”, with today or with “to_day”; or of one “as_at” “from_known”, with now or with "
                "“to_known”."
            )
        if states[1] is None and "as_at" in asked.GET:
            raise Refusal(
                "“as_at” is the one day that is compared as known at two moments; two days are named by themselves."
            )
        comparison = compared(of, states, area_asked(asked, states))
        return self._page(comparison) if form == "json" else self._whole(asked, comparison, form)

    def _page(self, comparison: Comparison) -> JsonResponse:
        counts = counted(comparison)
        results = [{name: row[name] for name in comparison.of.columns} for row in differences(comparison, MOST)]
        envelope = {
            "of": comparison.of.name,
            "days": comparison.days,
            "known_at": [each.moment for each in comparison.moments] if comparison.moments else None,
            "counts": {kind.value: number for kind, number in counts.items()},
            "complete": sum(counts.values()) <= MOST,
            "results": results,
        }
        return JsonResponse(envelope, json_dumps_params={"ensure_ascii": False})

    def _whole(self, asked: HttpRequest, comparison: Comparison, form: str) -> HttpResponseBase:
        harmless = {name: HARMLESS.format(name) for name in TEXTS} if form == "csv" else {}
        columns = ", ".join(harmless.get(name, name) for name in comparison.of.columns)
        statement = f"SELECT {columns} FROM ({comparison.statement()}) AS each_row"  # noqa: S608
        stream = streams.csv(statement) if form == "csv" else streams.ndjson(statement)
        name = f"comparison-of-{comparison.of.name}.{form}"
        headers = {"Content-Type": FORMATS[form], "Content-Disposition": f'attachment; filename="{name}"'}
        return streams.answer(asked, stream, headers)
