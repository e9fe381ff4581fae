"""What the OpenAPI document says of comparing."""

from __future__ import annotations

from typing import Any

from ics_leadership.api.answers import NOT_MODIFIED, OF_ANSWERS, headers_of, problems
from ics_leadership.api.schema import (
    ABOUT_THE_ANSWER,
    RegisterSchema,
    content_of,
    format_parameter,
    parameter,
    row_schema,
)
from ics_leadership.formats import FORMATS
from memberships.comparing import table_of
from memberships.exports.differences import SUBJECTS, ToldAs

_DAY = {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "minLength": 1, "examples": ["2026-05-01", "2026-05-01T14:30:00Z"]}

PARAMETERS = [
    parameter("of", "What is compared.", type="string", enum=list(SUBJECTS), default=next(iter(SUBJECTS))),
    parameter("from_day", "The first of two days, both as known now, or at `known_at`.", **_DAY),
    parameter("to_day", "The second; today where it is left out.", **_DAY),
    parameter(
        "known_at",
        "The moment as at whose knowledge two days are compared, and what differs is named; now where it is left out.",
        **_MOMENT,
    ),
    parameter("as_at", "The one day that is compared as known at two moments; today where it is left out.", **_DAY),
    parameter("from_known", "The first of two moments of knowledge of that day.", **_MOMENT),
    parameter("to_known", "The second; now, or `known_at`, where it is left out.", **_MOMENT),
    parameter(
        "within",
        "Only what lies inside an area, on each of the days as it lies then: its number, the name in its address, or its ODS "
        "code on the later day, or else on the earlier.",
        type="string",
        minLength=1,
    ),
    format_parameter(FORMATS),
    *(each for each in ABOUT_THE_ANSWER if each["name"] in ("bom", "neutralise")),
]


class CompareSchema(RegisterSchema):
    """The operation of comparing two states."""

    def get_operation(self, path: str, *arguments: Any, **options: Any) -> dict[str, Any] | None:
        self.registry = arguments[-1]
        parts = {
            name: self.component(f"DifferenceOf{name.capitalize()}", row_schema(table_of(of, over_time=True)))
            for name, of in SUBJECTS.items()
        }
        said = {
            "type": "object",
            "properties": {
                "of": {"type": "string", "enum": list(SUBJECTS)},
                "days": {"type": "array", "items": _DAY, "minItems": 2, "maxItems": 2},
                "known_at": {
                    "type": ["array", "null"],
                    "items": {"type": "string", "format": "date-time"},
                    "minItems": 2,
                    "maxItems": 2,
                    "description": (
                        "The moments of knowledge of the two sides, the same one of two days; null where both are as known now."
                    ),
                },
                "counts": {
                    "type": "object",
                    "properties": {each.value: {"type": "integer", "minimum": 0} for each in ToldAs},
                    "additionalProperties": False,
                },
                "complete": {"type": "boolean", "description": "Whether `results` has them all."},
                "results": {
                    "type": "array",
                    "items": {"anyOf": [*parts.values()]},
                    "maxItems": 1000,
                    "description": "The first thousand; the other formats have all.",
                },
            },
            "required": ["of", "days", "known_at", "counts", "complete", "results"],
            "additionalProperties": False,
        }
        answer = {
            "description": "The differences.",
            "content": content_of(said, FORMATS),
            "headers": headers_of(*OF_ANSWERS, "Content-Disposition"),
        }
        return {
            "operationId": "compare",
            "summary": "Two states of the register side by side",
            "description": (
                "What differs between two days as known now or at one moment (`from_day`, `to_day`, `known_at`), or of one day "
                "(`as_at`) between two moments of knowledge (`from_known`, `to_known`): never both at once."
            ),
            "tags": ["register"],
            "parameters": PARAMETERS,
            "security": [*self.security],
            "responses": {"200": answer, **NOT_MODIFIED, **problems("400", "503")},
        }
