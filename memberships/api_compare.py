"""The resource that tells two states of the role map apart: as JSON with how many differences there are of each kind, or whole."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from ics_leadership import streams
from ics_leadership.api.view import ApiView
from ics_leadership.errors import Refusal
from ics_leadership.exports import HARMLESS
from ics_leadership.words import list_words
from memberships.comparing import Comparison, counted, differences
from memberships.comparison_asked import comparison_asked

FORMATS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "ndjson": "application/x-ndjson"}
MOST = 1000
"""So many differences JSON holds; CSV and NDJSON hold all."""

TEXTS = ("person_name", "role_title", "organisation_name")


class Compare(ApiView):
    """Two days, or one day as known at two moments: what differs, and whether it really changed."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponseBase:
        asked: HttpRequest = request._request
        form = asked.GET.get("format") or "json"
        if form not in FORMATS:
            raise Refusal(f"“{form[:20]}” is no format. It can be {list_words(list(FORMATS))}.")
        comparison = comparison_asked(asked, ("format",))
        if comparison is None:
            raise Refusal(
                "Say what to compare: “from_day” and “to_day”, or “from_known” and “to_known” of one “as_at”."
            )
        return self._page(comparison) if form == "json" else self._whole(comparison, form)

    def _page(self, comparison: Comparison) -> JsonResponse:
        counts = counted(comparison)
        envelope = {
            "days": comparison.days,
            "known_at": [each.moment for each in comparison.moments] if comparison.moments else None,
            "counts": {kind.value: number for kind, number in counts.items()},
            "complete": sum(counts.values()) <= MOST,
            "results": differences(comparison, MOST),
        }
        return JsonResponse(envelope, json_dumps_params={"ensure_ascii": False})

    def _whole(self, comparison: Comparison, form: str) -> StreamingHttpResponse:
        statement = comparison.statement()
        if form == "csv":
            harmless = {name: HARMLESS.format(name) for name in TEXTS}
            columns = ", ".join(harmless.get(name, name) for name in COLUMNS)
            stream = streams.csv(f"SELECT {columns} FROM ({statement}) AS each_row")  # noqa: S608
        else:
            stream = streams.ndjson(statement)
        answer = StreamingHttpResponse(streams.InTurn(stream), content_type=FORMATS[form])
        answer["Content-Disposition"] = f'attachment; filename="comparison.{form}"'
        return answer


COLUMNS = (
    "appointment_id", "on_side", "told_as", "person_id", "person_name", "role_id", "role_title", "organisation_id",
    "organisation_code", "organisation_name", "first_start_date", "first_start_precision", "first_end_date",
    "first_end_precision", "second_start_date", "second_start_precision", "second_end_date", "second_end_precision",
)  # fmt: skip
