"""Whole answers as examples in the OpenAPI document: what the demonstration register says.

`api_answers.json` keeps the answers, by path, media type and question, as they are asked at `PLACE`; a test asks again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

ANSWERS = Path(__file__).with_name("api_answers.json")

_TABLES: Mapping[str, str] = {
    "role-map": "person=naomi-wetherbyrne",
    "organisations": "person=naomi-wetherbyrne",
    "people": "person=naomi-wetherbyrne",
    "roles": "kind=icb&pathway=cancer",
    "appointments": "person=naomi-wetherbyrne",
    "groups": "person=naomi-wetherbyrne",
    "memberships": "person=naomi-wetherbyrne",
}
"""What is asked of a table, so that a few rows show what there is to see."""


def _of_table(name: str, narrowed: str) -> Sequence[str]:
    asked = f"/api/v1/{name}?as_at=2025-06-30&{narrowed}"
    return (f"{asked}&limit=1", f"{asked}&format=csv", f"{asked}&format=ndjson")


QUESTIONS: Mapping[str, Sequence[str]] = {
    **{f"/api/v1/{name}": _of_table(name, narrowed) for name, narrowed in _TABLES.items()},
    "/api/v1/findings": ("/api/v1/findings?as_at=2025-06-30&limit=1",),
    "/api/v1/changes": ("/api/v1/changes?limit=2",),
    "/api/v1/compare": ("/api/v1/compare?from_day=2025-01-01&to_day=2025-06-30",),
    "/api/v1/snapshots": ("/api/v1/snapshots",),
}
"""By the path of an operation, the addresses that are asked: by nobody in particular, findings by who keeps the register."""


@cache
def answers() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """By path and media type, each question with its answer: JSON as what it says, everything else as text."""
    found: Mapping[str, Mapping[str, Mapping[str, Any]]] = json.loads(ANSWERS.read_text())
    return found


def with_answers(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """The whole OpenAPI document with the answers beside the schemas that they follow."""
    for path, by_type in answers().items():
        content = result["paths"][path]["get"]["responses"]["200"]["content"]
        for media_type, said in by_type.items():
            content[media_type]["examples"] = {
                f"answer-{number}": {"summary": f"GET {question}", "value": answer}
                for number, (question, answer) in enumerate(said.items(), 1)
            }
    return result
