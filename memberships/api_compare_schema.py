"""What the OpenAPI document says of comparing."""

from __future__ import annotations

from typing import Any

from ics_leadership.api.answers import NOT_MODIFIED, OF_ANSWERS, headers_of, problems
from ics_leadership.api.schema import RegisterSchema, parameter
from ics_leadership.periods import Precision
from memberships.comparing import MEANINGS, SUBJECTS, Subject, ToldAs
from memberships.models import Category

_DAY = {"type": "string", "format": "date"}
_MOMENT = {"type": "string", "minLength": 1, "examples": ["2026-05-01", "2026-05-01T14:30:00Z"]}
_TOLD_AS = " ".join(f"`{kind}`: {said}" for kind, said in MEANINGS.items())

_PARAMETERS = [
    parameter("of", "What is compared.", type="string", enum=list(SUBJECTS), default=next(iter(SUBJECTS))),
    parameter("from_day", "The first of two days, both as known now.", **_DAY),
    parameter("to_day", "The second; today where it is left out.", **_DAY),
    parameter("as_at", "The one day that is compared as known at two moments; today where it is left out.", **_DAY),
    parameter("from_known", "The first of two moments of knowledge of that day.", **_MOMENT),
    parameter("to_known", "The second; now where it is left out.", **_MOMENT),
    parameter(
        "within",
        "Only what lies inside an area, on each of the days as it lies then: its number, the name in its address, or its ODS "
        "code on the later day, or else on the earlier.",
        type="string",
        minLength=1,
    ),
    parameter("format", "How the answer is written.", type="string", enum=["json", "csv", "ndjson"], default="json"),
]

_SIDES = {
    "only_first": "on the first side alone",
    "only_second": "on the second alone",
    "both": "on both, with other facts",
}


def _column(name: str) -> dict[str, Any]:
    if name == "told_as":
        return {"type": "string", "enum": [each.value for each in ToldAs], "description": _TOLD_AS}
    if name == "on_side":
        said = "; ".join(f"`{side}`: {meaning}" for side, meaning in _SIDES.items())
        return {"type": "string", "enum": list(_SIDES), "description": f"Where it holds. {said}."}
    if name == "category":
        return {"type": ["string", "null"], "enum": [*Category.values, None], "description": "How they sit."}
    if name.endswith("_date"):
        return {"type": ["string", "null"], "format": "date", "description": "As the role map has it, on one side."}
    if name.endswith("_precision"):
        said = "How exactly that day is known; null where nothing holds on that side."
        return {"type": ["string", "null"], "enum": [*Precision.values, None], "description": said}
    if name.endswith("_id"):
        return {"type": ["integer", "null"], "description": "A number of the register."}
    return {"type": ["string", "null"], "description": "As it is called today; null of whom the register says no more."}


def _difference(of: Subject) -> dict[str, Any]:
    return {
        "type": "object",
        "title": f"Difference of {of.name}",
        "properties": {name: _column(name) for name in of.columns},
        "required": of.columns,
        "additionalProperties": False,
    }


class CompareSchema(RegisterSchema):
    """The operation of comparing two states."""

    def get_operation(self, path: str, *arguments: Any, **options: Any) -> dict[str, Any] | None:
        self.registry = arguments[-1]
        parts = {
            name: self.component(f"DifferenceOf{name.capitalize()}", _difference(of)) for name, of in SUBJECTS.items()
        }
        said = {
            "type": "object",
            "properties": {
                "of": {"type": "string", "enum": list(SUBJECTS)},
                "days": {"type": "array", "items": _DAY, "minItems": 2, "maxItems": 2},
                "known_at": {
                    "type": ["array", "null"],
                    "items": {"type": "string", "format": "date-time"},
                    "description": "The two moments of knowledge; null where both sides are as known now.",
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
                    "description": "The first thousand; CSV and NDJSON have all.",
                },
            },
            "required": ["of", "days", "known_at", "counts", "complete", "results"],
            "additionalProperties": False,
        }
        content = {
            "application/json": {"schema": said},
            "text/csv": {"schema": {"type": "string"}},
            "application/x-ndjson": {"schema": {"type": "string"}},
        }
        answer = {"description": "The differences.", "content": content, "headers": headers_of(*OF_ANSWERS)}
        return {
            "operationId": "compare",
            "summary": "Two states of the register side by side",
            "description": (
                "What differs between two days as known now (`from_day`, `to_day`), or of one day (`as_at`) between two moments of "
                "knowledge (`from_known`, `to_known`): never both at once."
            ),
            "tags": ["register"],
            "parameters": _PARAMETERS,
            "security": [*self.security],
            "responses": {"200": answer, **NOT_MODIFIED, **problems("400", "503")},
        }
