"""What the OpenAPI document says of frozen exports."""

from __future__ import annotations

from typing import Any

from ics_leadership.api.answers import headers_of, problems
from ics_leadership.api.filters import MEANINGS
from ics_leadership.api.schema import RegisterSchema

_SNAPSHOT = {
    "type": "object",
    "title": "Snapshot",
    "properties": {
        "key": {"type": "string", "description": "Its name in addresses; never given to another."},
        "address": {"type": "string", "format": "uri", "description": "What it is, for ever."},
        "page": {"type": "string", "format": "uri", "description": "The page that says what it is, to be cited."},
        "file": {"type": "string", "format": "uri", "description": "Its file, byte for byte as it was."},
        "file_name": {"type": "string"},
        "resource": {"type": "string", "description": "The resource that was asked."},
        "asked": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "The parameters with which it was asked.",
        },
        "as_at": {"type": "string", "format": "date", "description": "The day asked about."},
        "known_at": {"type": "string", "format": "date-time", "description": "As it was known when."},
        "frozen_at": {"type": "string", "format": "date-time", "description": "When it was frozen."},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Of the file as it was."},
        "size": {"type": "integer", "description": "Of the file as it was, in bytes."},
        "erased_on": {
            "type": ["string", "null"],
            "format": "date",
            "description": "The day on which the file was removed, because somebody in it was erased.",
        },
    },
    "required": ["key", "address", "page", "file", "sha256", "size", "as_at", "known_at", "frozen_at", "erased_on"],
    "additionalProperties": False,
}

_LIST = {
    "type": "object",
    "properties": {"results": {"type": "array", "items": _SNAPSHOT}},
    "required": ["results"],
    "additionalProperties": False,
}


def _parameter(name: str, where: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "schema": {"type": "string"},
        "description": description,
    }


_KEY = _parameter("key", "path", "The key of a snapshot.")


class SnapshotSchema(RegisterSchema):
    """The operation of a view that is named in `OPERATIONS`."""

    def get_operation(self, *arguments: Any, **options: Any) -> dict[str, Any] | None:
        name, summary, parameters, status, content, refusals = OPERATIONS[type(self.view).__name__]
        headers = headers_of(*(["Location"] if status == "201" else []), "RateLimit-Policy", "RateLimit")
        return {
            "operationId": name,
            "summary": summary,
            "tags": ["snapshots"],
            "parameters": parameters,
            "security": [*self.security],
            "responses": {
                status: {"description": summary, "content": content, "headers": headers},
                **problems(*refusals),
            },
        }


OPERATIONS: dict[str, tuple[str, str, list[dict[str, Any]], str, dict[str, Any], tuple[str, ...]]] = {
    "Snapshots": (
        "snapshots",
        "Frozen exports, the latest first",
        [],
        "200",
        {"application/json": {"schema": _LIST}},
        ("400",),
    ),
    "OneSnapshot": (
        "snapshot",
        "What a frozen export is",
        [_KEY],
        "200",
        {"application/json": {"schema": _SNAPSHOT}},
        ("400", "404"),
    ),
    "SnapshotFile": (
        "snapshot-file",
        "The file of a frozen export, in the format in which it was asked",
        [_KEY],
        "200",
        {"*/*": {}},
        ("400", "404", "410"),
    ),
    "Freeze": (
        "freeze",
        "Freeze an export, asked with any parameter of its resource. For who is signed in or sends a token",
        [
            _parameter("resource", "path", "A resource that is a table: role-map, …"),
            _parameter("format", "query", "How the file is written: csv where nothing is said."),
            _parameter("as_at", "query", "The day asked about; today where it is left out."),
            _parameter("known_at", "query", "The moment as at whose knowledge it is read; now where it is left out."),
            _parameter("bom", "query", "As of the resource."),
            _parameter("neutralise", "query", "As of the resource."),
            *(_parameter(name, "query", "As of the resource.") for name in MEANINGS),
        ],
        "201",
        {"application/json": {"schema": _SNAPSHOT}},
        ("400", "403", "404", "503"),
    ),
}
"""By the name of the view."""
