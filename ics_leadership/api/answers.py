"""What the OpenAPI document says of every answer, once for all: its headers, and the problems that there may be in its place."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from ics_leadership.api.problems import MEDIA_TYPE, SENTENCES

PROBLEM = {
    "type": "object",
    "description": "What is wrong with a request (RFC 9457).",
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string", "description": "What the status is called."},
        "status": {"type": "integer", "description": "The status of the answer.", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What is wrong and what would be understood, in a sentence."},
    },
    "required": ["type", "title", "status"],
}


def _header(description: str, *, always: bool = False, **schema: Any) -> dict[str, Any]:
    return {"description": description, "required": always, "schema": {"type": "string", **schema}}


HEADERS = {
    "Register-As-At": _header("The day that the answer is about.", always=True, format="date"),
    "Register-Known-At": _header(
        "The moment as at whose knowledge the register answers; absent where that is now.", format="date-time"
    ),
    "Changes-Cursor": _header(
        "A place in the feed of changes up to which the answer certainly holds everything, as `since` takes it.",
        always=True,
    ),
    "Content-Disposition": _header("What the file of a whole table is called; absent from pages of JSON."),
    "ETag": _header("The state that is answered; for If-None-Match."),
    "RateLimit-Policy": _header(
        "How many units (q) a window of so many seconds (w) holds; a page costs 1, and so does what is refused, a whole table 10. Absent where there is no limit."
    ),
    "RateLimit": _header("How many units are left (r), and in how many seconds the next window begins (t)."),
    "Retry-After": _header("When to ask again, in seconds.", always=True, pattern="^[0-9]+$"),
    "WWW-Authenticate": _header("How one signs in: with a token."),
    "Allow": _header("What can be asked of this address.", always=True),
    "Location": _header("Where it is.", always=True, format="uri"),
}

OF_ANSWERS = ("ETag", "RateLimit-Policy", "RateLimit")
"""The headers of everything that is read."""
OF_TABLES = ("Register-As-At", "Register-Known-At", *OF_ANSWERS)
"""The headers of the tables and their rows."""

_BAD = "“colour” is no filter of this list. It can be asked about …"
_PROBLEMS = {
    "400": ("Something was asked that is not understood; the detail names what would be.", _BAD, ()),
    "401": ("This register is read by those who sign in, or the token is none.", "", ("WWW-Authenticate",)),
    "403": ("You may not do this.", "", ()),
    "404": ("There is nothing of that name or number.", "", ()),
    "405": ("This address is not asked so: most are only read.", "", ("Allow",)),
    "410": (
        "It was there, and was erased with somebody or because somebody in it was; the detail says when.",
        "This was erased on 1 May 2027, with its history.",
        (),
    ),
    "429": ("You have asked very often.", "", ("Retry-After",)),
    "503": ("So many exports are being written that this one has to wait.", "", ("Retry-After",)),
}
"""By the status: when it is answered, an example of the sentence where there is not one for all, and its headers."""


def _problem(status: str) -> dict[str, Any]:
    meaning, sentence, headers = _PROBLEMS[status]
    known = HTTPStatus(int(status))
    example = {
        "type": "about:blank",
        "title": known.phrase,
        "status": known.value,
        "detail": sentence or SENTENCES[known],
    }
    return {
        "description": meaning,
        "headers": headers_of(*headers, "RateLimit-Policy", "RateLimit"),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }


def headers_of(*names: str) -> dict[str, Any]:
    """Headers of an answer, by name."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def problems(*statuses: str) -> dict[str, Any]:
    """The problems that may be answered, by their status; how often one may ask is asked of everybody, and how of every address."""
    return {each: {"$ref": f"#/components/responses/{each}"} for each in sorted({"401", "405", "429", *statuses})}


NOT_MODIFIED = {
    "304": {
        "description": "Nothing has changed since the answer with the ETag that was sent.",
        "headers": headers_of(*OF_ANSWERS),
    }
}


def with_parts(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """The whole document with what its operations refer to."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["headers"] = HEADERS
    components["responses"] = {status: _problem(status) for status in _PROBLEMS}
    return result
