"""What the OpenAPI document says of the feed of changes: taken from the tables that it tells of."""

from __future__ import annotations

from typing import Any

from ics_leadership.api.answers import NOT_MODIFIED, OF_ANSWERS, headers_of, problems
from ics_leadership.api.paging import FIRST, MOST
from ics_leadership.api.schema import RegisterSchema, column_schema, parameter
from ics_leadership.feed import MEANINGS, Feed, Told, What

_CURSOR = {"type": "string", "description": "A place in the feed, as `since` takes it."}


class ChangesSchema(RegisterSchema):
    """The operation of a view that has a `feed`."""

    def get_operation(self, *arguments: Any, **options: Any) -> dict[str, Any] | None:
        feed: Feed = self.view.feed
        page = {
            "type": "object",
            "properties": {
                "next": _CURSOR | {"description": "What to ask `since` next."},
                "up_to_date": {"type": "boolean", "description": "Whether there is nothing behind `next` yet."},
                "results": {"type": "array", "items": {"oneOf": [_entry(table) for table in feed.tables]}},
            },
            "required": ["next", "up_to_date", "results"],
            "additionalProperties": False,
        }
        content = {
            "application/json": {"schema": page},
            "application/x-ndjson": {"schema": {"type": "string"}},
        }
        return {
            "operationId": "changes",
            "summary": "Changes",
            "description": (
                "Everything that changed since a cursor, in the order in which it was committed: nothing is missed and nothing "
                "told twice, although changes are made side by side. A row is told of once a change. Ask again with `next` until "
                "`up_to_date`; a page may be empty before that. What only some see is in no entry."
            ),
            "tags": ["register"],
            "parameters": PARAMETERS,
            "security": [*self.security],
            "responses": {
                "200": {
                    "description": "Entries of the feed.",
                    "headers": headers_of("Changes-Cursor", "Content-Disposition", *OF_ANSWERS),
                    "content": content,
                },
                **NOT_MODIFIED,
                **problems("400", "503"),
            },
        }


PARAMETERS = [
    parameter("since", "The `next` of an earlier answer; without it, from the beginning.", type="string"),
    parameter("limit", "The most entries in a page of JSON.", type="integer", minimum=1, maximum=MOST, default=FIRST),
    parameter("format", "How the answer is written.", type="string", enum=["json", "ndjson"], default="json"),
]


def _entry(table: Told) -> dict[str, Any]:
    data = {
        "type": ["object", "null"],
        "description": "What everybody may see of the row after the change; null where the register says it no more.",
        "properties": {column.name: column_schema(column) for column in table.columns},
        "required": [column.name for column in table.columns],
        "additionalProperties": False,
    }
    what = {
        "type": "string",
        "enum": [each.value for each in What],
        "description": " ".join(f"`{what}`: {said}" for what, said in MEANINGS.items()),
    }
    properties = {
        "position": {"type": "integer", "description": "Of the change: later changes have higher ones."},
        "at": {"type": "string", "format": "date-time", "description": "When the change was committed."},
        "resource": {"type": "string", "const": table.resource},
        "id": {"type": "integer", "description": "Number of the row; it is never given to another."},
        "what": what,
        "into": {"type": ["integer", "null"], "description": "The id of the one with which it was merged."},
        "cursor": _CURSOR,
        "data": data,
    }
    return {
        "type": "object",
        "title": table.resource,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
