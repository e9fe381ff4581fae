"""What Popolo asks of persons, organizations, posts and memberships, as far as the register says it, as JSON Schema.

In our own words after https://www.popoloproject.com/specs/ (what is required, and how dates may look). Narrower than the schemas
published there, which allow each of these properties, with these types and patterns, and require none: what is valid here is
valid there.
"""

from typing import Any

TEXT = {"type": "string", "minLength": 1}
DATE = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}


def _entry(required: list[str], **properties: dict[str, Any]) -> dict[str, Any]:
    known = {"id": TEXT, **properties}
    return {"type": "object", "required": ["id", *required], "properties": known, "additionalProperties": False}


IDENTIFIER = {
    "type": "object",
    "required": ["identifier"],
    "properties": {"identifier": TEXT, "scheme": TEXT},
    "additionalProperties": False,
}

LISTS = {
    "persons": _entry(["name"], name=TEXT),
    "organizations": _entry(
        ["name"], name=TEXT, classification=TEXT, identifiers={"type": "array", "items": IDENTIFIER}
    ),
    "posts": _entry(["label", "role", "organization_id"], label=TEXT, role=TEXT, organization_id=TEXT),
    "memberships": _entry(
        ["person_id", "organization_id"],
        person_id=TEXT,
        organization_id=TEXT,
        post_id=TEXT,
        role=TEXT,
        start_date=DATE,
        end_date=DATE,
    ),
}

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": list(LISTS),
    "properties": {name: {"type": "array", "items": entry} for name, entry in LISTS.items()},
    "additionalProperties": False,
}
