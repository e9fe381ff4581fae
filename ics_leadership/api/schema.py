"""What the OpenAPI document says of a resource: taken from its declared table and its filters."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema

from ics_leadership.accounts.models import Sight
from ics_leadership.api.paging import FIRST, MOST
from ics_leadership.api.problems import MEDIA_TYPE
from ics_leadership.exports import Column, Of, Table
from ics_leadership.recorded import SIGNED_IN

TYPES: dict[Of, dict[str, Any]] = {
    Of.TEXT: {"type": "string"},
    Of.INTEGER: {"type": "integer"},
    Of.NUMBER: {"type": "number"},
    Of.BOOLEAN: {"type": "boolean"},
    Of.DATE: {"type": "string", "format": "date"},
    Of.MOMENT: {"type": "string", "format": "date-time"},
}


def for_whom(column: Column) -> str:
    """Who sees a column, in a sentence; empty where everybody does."""
    if not column.sight:
        return ""
    if column.sight == SIGNED_IN:
        return "Only for who is signed in."
    return f"Only for those who may see {Sight(column.sight).label}."


def column_schema(column: Column) -> dict[str, Any]:
    """A column as JSON Schema (2020-12)."""
    said: dict[str, Any] = dict(TYPES[column.of])
    if not column.always:
        said["type"] = [said["type"], "null"]
    if column.choices:
        said["enum"] = [*column.choices, *([] if column.always else [None])]
    extra = f"From: {column.source}" if column.source else ""
    return said | {"description": " ".join(filter(None, (column.meaning, extra, for_whom(column))))}


def row_schema(table: Table) -> dict[str, Any]:
    """A row of a table as JSON Schema. Columns that only some see are not required."""
    return {
        "type": "object",
        "title": table.title,
        "description": table.meaning,
        "properties": {column.name: column_schema(column) for column in table.columns},
        "required": [column.name for column in table.columns if not column.sight],
        "additionalProperties": False,
    }


PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status"],
}

REFUSALS = {
    "400": "Something was asked that is not understood; the detail names what would be.",
    "401": "This register is read by those who sign in.",
    "429": "You have asked very often; Retry-After says when to ask again, in seconds.",
    "503": "So many exports are being written that this one has to wait; Retry-After says how long, in seconds.",
}


HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": "The state that is answered; for If-None-Match."},
    "RateLimit-Policy": {
        "schema": {"type": "string"},
        "description": "How many units (q) a window of so many seconds (w) holds; a page costs 1, a whole table 10.",
    },
    "RateLimit": {
        "schema": {"type": "string"},
        "description": "How many units are left (r), and in how many seconds the next window begins (t).",
    },
}


class TableSchema(AutoSchema):
    """Operations of resources, which have a `table` and `filters`."""

    def get_operation(self, *arguments: Any, **options: Any) -> dict[str, Any] | None:
        if not hasattr(self.view, "table"):
            found: dict[str, Any] | None = super().get_operation(*arguments, **options)
            return found
        table: Table = self.view.table
        row = row_schema(table)
        if "{record}" in arguments[0]:
            return self._record(table, row)
        page = {
            "type": "object",
            "properties": {
                "as_at": {"type": "string", "format": "date"},
                "known_at": {"type": ["string", "null"], "format": "date-time"},
                "next": {"type": ["string", "null"], "format": "uri"},
                "previous": {"type": ["string", "null"], "format": "uri"},
                "results": {"type": "array", "items": row},
            },
            "required": ["as_at", "known_at", "next", "previous", "results"],
        }
        refusals = {
            status: {"description": said, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
            for status, said in REFUSALS.items()
        }
        return {
            "operationId": table.name,
            "summary": table.title,
            "description": table.meaning,
            "tags": ["register"],
            "parameters": [*self._filters(), self._format(), *_ABOUT_THE_ANSWER],
            "security": [{"token": []}, {}],
            "responses": {
                "200": {"description": table.meaning, "content": self._content(page), "headers": HEADERS},
                "304": {
                    "description": "Nothing has changed since the answer with the ETag that was sent.",
                    "headers": HEADERS,
                },
                **refusals,
            },
        }

    def _record(self, table: Table, row: dict[str, Any]) -> dict[str, Any]:
        """The operation that answers with one row of a table."""
        said = {
            "type": "object",
            "properties": {
                "as_at": {"type": "string", "format": "date"},
                "known_at": {"type": ["string", "null"], "format": "date-time"},
                "record": row,
            },
            "required": ["as_at", "known_at", "record"],
        }
        refusals = REFUSALS | {"404": "The table has no row of this number."}
        return {
            "operationId": f"{table.name}-record",
            "summary": f"{table.title}: one row",
            "description": f"The row of a number: {table.columns[0].meaning}",
            "tags": ["register"],
            "parameters": [
                {"name": "record", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}},
                *(each for each in _ABOUT_THE_ANSWER if each["name"] in ("as_at", "known_at")),
                _parameter("format", "How the answer is written.", type="string", enum=["json"], default="json"),
            ],
            "security": [{"token": []}, {}],
            "responses": {
                "200": {
                    "description": table.meaning,
                    "content": {"application/json": {"schema": said}},
                    "headers": HEADERS,
                },
                "304": {
                    "description": "Nothing has changed since the answer with the ETag that was sent.",
                    "headers": HEADERS,
                },
                **{
                    status: {"description": why, "content": {MEDIA_TYPE: {"schema": PROBLEM}}}
                    for status, why in refusals.items()
                },
            },
        }

    def _content(self, page: dict[str, Any]) -> dict[str, Any]:
        """What an answer can be, by its media type; a page of JSON among them."""
        content: dict[str, Any] = {"application/json": {"schema": page}}
        for form in self.view.formats.values():
            media_type = form.media_type.partition(";")[0]
            if media_type in content:
                content[media_type] = {"schema": {"anyOf": [page, form.schema]}}
            else:
                content[media_type] = {"schema": form.schema} if form.schema else {}
        return content

    def _format(self) -> dict[str, Any]:
        names = ["json", *self.view.formats]
        return _parameter("format", "How the answer is written.", type="string", enum=names, default="json")

    def _filters(self) -> list[dict[str, Any]]:
        found = []
        for name, each in self.view.filters.base_filters.items():
            schema: dict[str, Any] = {"type": "string", "minLength": 1}
            choices = each.extra.get("choices")
            if choices and not callable(choices):
                schema = {"type": "string", "enum": [str(key) for key, _ in choices]}
            found.append(_parameter(name, self.view.filters.meaning(name), **schema))
        orders = self.view.filters.orders()
        found.append(_parameter("ordering", self.view.filters.meaning("ordering"), type="string", enum=orders))
        return found


def _parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}


_SWITCH = {"type": "string", "enum": ["true", "false", "1", "0"]}
_ABOUT_THE_ANSWER = [
    _parameter("as_at", "The day asked about; today where it is left out.", type="string", format="date"),
    _parameter(
        "known_at",
        "The day or moment as at whose knowledge the register answers, as everybody sees it; now where it is left out.",
        type="string",
        minLength=1,
    ),
    _parameter("limit", "Rows in a page of JSON.", type="integer", minimum=1, maximum=MOST, default=FIRST),
    _parameter("cursor", "Where a page of JSON begins: from the `next` or `previous` of another.", type="string"),
    _parameter("bom", "Whether CSV begins with a byte order mark, as spreadsheets like it.", **_SWITCH),
    _parameter(
        "neutralise",
        "Whether an apostrophe stands before text in CSV, also of a bundle, that a spreadsheet would run.",
        **_SWITCH,
    ),
]
