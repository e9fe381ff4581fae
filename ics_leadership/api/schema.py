"""What the OpenAPI document says of a resource: taken from its declared table and its filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

from ics_leadership.accounts.models import Sight
from ics_leadership.api.answers import NOT_MODIFIED, OF_TABLES, headers_of, problems
from ics_leadership.api.filters import ApiFilters
from ics_leadership.api.paging import FIRST, MOST
from ics_leadership.exports import Column, Of, Table
from ics_leadership.formats import Format
from ics_leadership.recorded import SIGNED_IN

TYPES: dict[Of, dict[str, Any]] = {
    Of.TEXT: {"type": "string"},
    Of.INTEGER: {"type": "integer"},
    Of.NUMBER: {"type": "number"},
    Of.BOOLEAN: {"type": "boolean"},
    Of.DATE: {"type": "string", "format": "date"},
    Of.MOMENT: {"type": "string", "format": "date-time"},
}


EXAMPLES: dict[Of, Any] = {
    Of.INTEGER: 12,
    Of.NUMBER: 2.5,
    Of.BOOLEAN: True,
    Of.DATE: "2025-06-30",
    Of.MOMENT: "2026-05-01T14:30:00.000000Z",
}
EXAMPLES_BY_ENDING = {"_ids": "12; 34", "_code": "QRL", "slug": "icb-norfolk-icb"}
"""What a text looks like, by how the name of its column ends."""


def _examples(column: Column) -> list[Any]:
    if column.choices:
        return [next(iter(column.choices))]
    if column.of != Of.TEXT:
        return [EXAMPLES[column.of]]
    return [text for ending, text in EXAMPLES_BY_ENDING.items() if column.name.endswith(ending)][:1]


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
    if column.sight:
        said["x-only-for"] = column.sight
    if examples := _examples(column):
        said["examples"] = examples
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


class RegisterSchema(AutoSchema):
    """An operation of the register: what only some may see is asked with a token, the rest without."""

    security: Sequence[Mapping[str, Any]] = ({"token": []}, {})

    def component(self, name: str, schema: dict[str, Any]) -> dict[str, str]:
        """A schema of the document that has a name, by a reference to it."""
        part = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
        self.registry.register_on_missing(part)
        reference: dict[str, str] = part.ref
        return reference


class TableSchema(RegisterSchema):
    """Operations of resources, which have a `table` and `filters`."""

    def get_operation(self, path: str, *arguments: Any, **options: Any) -> dict[str, Any] | None:
        if not hasattr(self.view, "table"):
            found: dict[str, Any] | None = super().get_operation(path, *arguments, **options)
            return found
        self.registry = arguments[-1]
        table: Table = self.view.table
        row = self.component(_component_name(table), row_schema(table))
        return self._of_record(table, row) if "{record}" in path else self._of_table(table, row)

    def _of_table(self, table: Table, row: dict[str, str]) -> dict[str, Any]:
        page = {
            "type": "object",
            "properties": {
                **_ABOUT,
                "next": {"type": ["string", "null"], "format": "uri", "description": "The next page; null at the end."},
                "previous": {"type": ["string", "null"], "format": "uri", "description": "The page before."},
                "results": {"type": "array", "items": row},
            },
            "required": [*_ABOUT, "next", "previous", "results"],
            "additionalProperties": False,
        }
        answer = {
            "description": table.meaning,
            "content": content_of(page, self.view.formats),
            "headers": headers_of(*OF_TABLES, "Changes-Cursor", "Content-Disposition"),
        }
        understood = self.view.filters.beside
        return {
            "operationId": table.name,
            "summary": table.title,
            "description": table.meaning,
            "tags": ["register"],
            "parameters": [
                *filter_parameters(self.view.filters),
                format_parameter(self.view.formats),
                *(each for each in ABOUT_THE_ANSWER if each["name"] in understood),
            ],
            "security": [*self.security],
            "responses": {"200": answer, **NOT_MODIFIED, **problems("400", "503")},
        }

    def _of_record(self, table: Table, row: dict[str, str]) -> dict[str, Any]:
        said = {
            "type": "object",
            "properties": {**_ABOUT, "record": row},
            "required": [*_ABOUT, "record"],
            "additionalProperties": False,
        }
        number = {"type": "integer", "minimum": 0}
        answer = {
            "description": table.meaning,
            "content": {"application/json": {"schema": said}},
            "headers": headers_of(*OF_TABLES),
        }
        moved = {
            "301": {
                "description": "This entry was merged with another, which is there.",
                "headers": headers_of("Location"),
            }
        }
        return {
            "operationId": f"{table.name}-record",
            "summary": f"{table.title}: one row",
            "description": f"The row of a number: {table.columns[0].meaning}",
            "tags": ["register"],
            "parameters": [
                {"name": "record", "in": "path", "required": True, "schema": number, "description": "The number."},
                *(each for each in ABOUT_THE_ANSWER if each["name"] in ("as_at", "known_at")),
                parameter("format", "How the answer is written.", type="string", enum=["json"], default="json"),
            ],
            "security": [*self.security],
            "responses": {"200": answer}
            | (moved if self.view.rows_are_merged else {})
            | NOT_MODIFIED
            | problems("400", "404", *(["410"] if self.view.rows_are_erased else [])),
        }


def filter_parameters(filters: type[ApiFilters]) -> list[dict[str, Any]]:
    """What a table can be narrowed by and ordered by, as parameters of its address."""
    found = []
    for name, each in filters.base_filters.items():
        schema: dict[str, Any] = {"type": "string", "minLength": 1}
        choices = each.extra.get("choices")
        if choices and not callable(choices):
            schema = {"type": "string", "enum": [str(key) for key, _ in choices]}
        if each.extra.get("initial"):
            schema["default"] = each.extra["initial"]
        if name in _EXAMPLES:
            schema["examples"] = [_EXAMPLES[name]]
        found.append(parameter(name, filters.meaning(name), **schema))
    found.append(parameter("ordering", filters.meaning("ordering"), type="string", enum=filters.orders()))
    return found


_ABOUT = {
    "as_at": {"type": "string", "format": "date", "description": "The day that the answer is about."},
    "known_at": {
        "type": ["string", "null"],
        "format": "date-time",
        "description": "The moment as at whose knowledge the register answers; null for now.",
    },
}
"""What every answer in JSON says of itself."""

_EXAMPLES = {
    "q": "Yusuf",
    "within": "QRL",
    "role_type": "pcn-clinical-director",
    "pathway": "urgent-and-emergency-care",
    "organisation": "QRL",
    "updated_since": "2026-05-01",
}


def _component_name(table: Table) -> str:
    return "".join(word.capitalize() for word in table.title.split())


def content_of(page: dict[str, Any], formats: Mapping[str, Format]) -> dict[str, Any]:
    """What an answer can be, by its media type; a page of JSON among them."""
    content: dict[str, Any] = {"application/json": {"schema": page}}
    for form in formats.values():
        media_type = form.media_type.partition(";")[0]
        if media_type in content:
            content[media_type] = {"schema": {"anyOf": [page, form.schema]}}
        else:
            content[media_type] = {"schema": form.schema} if form.schema else {}
    return content


def format_parameter(formats: Mapping[str, Format]) -> dict[str, Any]:
    """How an answer may be asked to be written: as pages of JSON, or whole in one of those formats."""
    said = "How the answer is written: pages of JSON, or the whole table."
    if any(each.bundles for each in formats.values()):
        said += (
            " `zip` has every table, and can be narrowed by what every one of them understands: of `period`, `current` and `all`; "
            "what is true of this table alone is refused."
        )
    return parameter("format", said, type="string", enum=["json", *formats], default="json")


def parameter(name: str, description: str, **schema: Any) -> dict[str, Any]:
    """A parameter of an address."""
    return {"name": name, "in": "query", "schema": schema, "description": description}


_SWITCH = {"type": "string", "enum": ["true", "false", "1", "0"]}
ABOUT_THE_ANSWER = [
    parameter(
        "as_at",
        "The day asked about; today where it is left out.",
        type="string",
        format="date",
        examples=["2025-06-30"],
    ),
    parameter(
        "known_at",
        "The day or moment as at whose knowledge the register answers, as everybody sees it; now where it is left out.",
        type="string",
        minLength=1,
        examples=["2026-05-01", "2026-05-01T14:30:00Z"],
    ),
    parameter("limit", "Rows in a page of JSON.", type="integer", minimum=1, maximum=MOST, default=FIRST),
    parameter("cursor", "Where a page of JSON begins: from the `next` or `previous` of another.", type="string"),
    parameter("bom", "Whether CSV begins with a byte order mark, as spreadsheets like it.", **_SWITCH),
    parameter(
        "neutralise",
        "Whether an apostrophe stands before text in CSV, also of a bundle, that a spreadsheet would run.",
        **_SWITCH,
    ),
]
"""What may be asked of every resource beside its filters."""
