"""What the OpenAPI document says of frozen exports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ics_leadership.api.answers import NOT_MODIFIED, headers_of, problems
from ics_leadership.api.changes_schema import PARAMETERS as OF_CHANGES
from ics_leadership.api.filters import OF_PAGES
from ics_leadership.api.schema import ABOUT_THE_ANSWER, RegisterSchema, filter_parameters, parameter
from ics_leadership.formats import Format
from ics_leadership.words import list_words
from memberships.api import RESOURCES
from memberships.api_compare_schema import PARAMETERS as OF_COMPARING
from memberships.freezing import CHANGES, COMPARED, KEPT
from memberships.role_maps_of_lists import FORMATS as OF_LISTS

_PRIVATELY = " Of what is private for who froze it alone, null for others."
_SNAPSHOT = {
    "type": "object",
    "title": "Snapshot",
    "properties": {
        "key": {"type": "string", "description": "Its name in addresses; never given to another."},
        "address": {"type": "string", "format": "uri", "description": "What it is, for ever."},
        "page": {"type": "string", "format": "uri", "description": "The page that says what it is, to be cited."},
        "file": {
            "type": ["string", "null"],
            "format": "uri",
            "description": f"Its file, byte for byte as it was.{_PRIVATELY}",
        },
        "file_name": {"type": "string"},
        "resource": {"type": "string", "description": "The resource that was asked."},
        "private": {
            "type": "boolean",
            "description": "Whether it holds what not everybody sees: `findings`, as who froze it saw them.",
        },
        "asked": {
            "type": ["object", "null"],
            "additionalProperties": {"type": "string"},
            "description": f"The parameters with which it was asked; of a comparison with what they left to today and to now.{_PRIVATELY}",
        },
        "as_at": {"type": "string", "format": "date", "description": "The day asked about; of a comparison the later."},
        "known_at": {
            "type": "string",
            "format": "date-time",
            "description": "As it was known when; of a comparison the later.",
        },
        "frozen_at": {"type": "string", "format": "date-time", "description": "When it was frozen."},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "Of the file as it was."},
        "size": {"type": ["integer", "null"], "description": f"Of the file as it was, in bytes.{_PRIVATELY}"},
        "erased_on": {
            "type": ["string", "null"],
            "format": "date",
            "description": "The day on which the file was removed, because somebody in it was erased.",
        },
    },
    "required": [
        "key",
        "address",
        "page",
        "file",
        "private",
        "sha256",
        "size",
        "as_at",
        "known_at",
        "frozen_at",
        "erased_on",
    ],
    "additionalProperties": False,
}

_LIST = {
    "type": "object",
    "properties": {"results": {"type": "array", "items": _SNAPSHOT}},
    "required": ["results"],
    "additionalProperties": False,
}


def _forms(offered: Iterable[Mapping[str, Format]]) -> dict[str, Format]:
    return {name: form for forms in offered for name, form in forms.items()}


FORMS = _forms(KEPT.values())
"""The formats in which a resource can be frozen."""
NOT_OF_ALL = [name for name in FORMS if not all(name in forms for of, forms in KEPT.items() if of != CHANGES)]
FILES = {form.media_type.partition(";")[0]: form for form in _forms([FORMS, OF_LISTS]).values()}
"""What the file of a snapshot can be, by its media type."""

RATE = ("RateLimit-Policy", "RateLimit")
_SHARED = {each["name"]: each for each in ABOUT_THE_ANSWER}


def _in_path(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return parameter(name, description, type="string", **schema) | {"in": "path", "required": True}


_ANY = {"type": "string", "minLength": 1}
_EVERY_TABLE = {each for each in KEPT if each not in (COMPARED, CHANGES)}


def _of_resources() -> Iterator[dict[str, Any]]:
    """The parameters of the resources beside those that are shared: each as those that have it say it, where all say the same."""
    by_resource = {each.table.name: filter_parameters(each.filters) for each in RESOURCES if each.table.name in KEPT}
    for other, parameters in ((COMPARED, OF_COMPARING), (CHANGES, OF_CHANGES)):
        by_resource[other] = [each for each in parameters if each["name"] not in (*_SHARED, *OF_PAGES, "format")]
    having: dict[str, dict[str, dict[str, Any]]] = {}
    for resource, parameters in by_resource.items():
        for each in parameters:
            having.setdefault(each["name"], {})[resource] = each
    for name, said in having.items():
        meanings = {each["description"] for each in said.values()}
        meaning = meanings.pop() if len(meanings) == 1 else "As the resource has it."
        yield parameter(name, f"{_whose(said)}{meaning}", **_agreed([each["schema"] for each in said.values()]))


def _whose(resources: Collection[str]) -> str:
    """Of which resources a parameter is, to begin its description."""
    if len(resources) == len(KEPT):
        return ""
    if set(resources) == _EVERY_TABLE:
        return "Of every table: "
    return f"Of {list_words([f'`{each}`' for each in resources])}: "


def _agreed(schemas: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What schemas of a parameter agree on: all of the first, but for examples that not all have; or that it is a string."""
    first, *others = ({name: value for name, value in each.items() if name != "examples"} for each in schemas)
    if any(each != first for each in others):
        return _ANY
    return schemas[0] if all(each == schemas[0] for each in schemas) else first


_KEY = _in_path("key", "The key of a snapshot.")
_ASKED = [
    _in_path(
        "resource",
        "What is frozen: as everybody sees it, whoever asks; but `findings` as who asks sees them, for themselves alone; of `changes` those "
        "up to now.",
        enum=[*KEPT],
    ),
    parameter(
        "format",
        "How the file is written. `json` is refused, whose pages are no whole; "
        f"{list_words([f'`{name}`' for name in NOT_OF_ALL])} are not formats of every resource, and `changes` are `ndjson` alone, which need not be said.",
        type="string",
        enum=[*FORMS],
        default="csv",
    ),
    *(_SHARED[name] for name in ("as_at", "known_at", "bom", "neutralise")),
    *_of_resources(),
]


@dataclass(frozen=True)
class Operation:
    """What can be asked of a view: what the answer is when all is well, and which refusals there may be."""

    name: str
    summary: str
    parameters: Sequence[Mapping[str, Any]]
    content: Mapping[str, Any]
    refusals: Sequence[str]
    status: str = "200"
    headers: Sequence[str] = RATE
    beside: Mapping[str, Any] = field(default_factory=dict)
    """Other answers that are no refusal."""
    security: Sequence[Mapping[str, Any]] = tuple(RegisterSchema.security)


class SnapshotSchema(RegisterSchema):
    """The operation of a view that is named in `OPERATIONS`."""

    def get_operation(self, *arguments: Any, **options: Any) -> dict[str, Any] | None:
        asked = OPERATIONS[type(self.view).__name__]
        answer = {"description": asked.summary, "content": asked.content, "headers": headers_of(*asked.headers)}
        return {
            "operationId": asked.name,
            "summary": asked.summary,
            "tags": ["snapshots"],
            "parameters": asked.parameters,
            "security": [*asked.security],
            "responses": {asked.status: answer, **asked.beside, **problems(*asked.refusals)},
        }


OPERATIONS = {
    "Snapshots": Operation(
        "snapshots",
        "Frozen exports, the latest first",
        [],
        {"application/json": {"schema": _LIST}},
        ("400",),
    ),
    "OneSnapshot": Operation(
        "snapshot",
        "What a frozen export is",
        [_KEY],
        {"application/json": {"schema": _SNAPSHOT}},
        ("400", "404"),
    ),
    "SnapshotFile": Operation(
        "snapshot-file",
        "The file of a frozen export, in the format in which it was asked",
        [_KEY],
        {media_type: {"schema": form.schema} if form.schema else {} for media_type, form in FILES.items()},
        ("400", "403", "404", "410", "503"),
        headers=("Content-Disposition", "ETag", *RATE),
        beside=NOT_MODIFIED,
    ),
    "Freeze": Operation(
        "freeze",
        "Freeze an export, asked with any parameter of its resource. For who is signed in or sends a token",
        _ASKED,
        {"application/json": {"schema": _SNAPSHOT}},
        ("400", "403", "404", "503"),
        status="201",
        headers=("Location", *RATE),
        security=({"token": []},),
    ),
}
"""By the name of the view."""
