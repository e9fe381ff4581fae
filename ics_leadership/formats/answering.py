"""Exports as answers to requests, of the API and of pages alike, and what an address may say of how they are written. Which rows
are asked for is settled before: see `Export`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPMethod

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from ics_leadership import streams
from ics_leadership.errors import Refusal
from ics_leadership.formats.export import Export, Format
from ics_leadership.words import list_words

ONLY_FOR = {"bom": ("csv",), "neutralise": ("csv", "zip")}
"""What may be said of how a file is written, and the formats that heed it."""


def format_asked(request: HttpRequest, formats: Mapping[str, Format]) -> Format | None:
    """The format that an address names, None for JSON. Raises Refusal for one that is none, and for what it does not heed."""
    name = request.GET.get("format") or "json"
    if name != "json" and name not in formats:
        raise Refusal(f"“{name[:20]}” is no format. It can be {list_words(['json', *formats])}.")
    refuse_unheeded(request, name)
    return formats.get(name)


def refuse_unheeded(request: HttpRequest, form: str) -> None:
    """Raises Refusal for what an address says of how a file is written, where the format of that name does not heed it."""
    for switch, heeding in ONLY_FOR.items():
        if switch in request.GET and form not in heeding:
            raise Refusal(f"“{switch}” is for CSV.")


def switch_asked(request: HttpRequest, name: str, *, usual: bool) -> bool:
    """Whether an address asks for something, `usual` where it does not say. Raises Refusal for what is neither yes nor no."""
    said = {"": usual, "1": True, "true": True, "0": False, "false": False}.get(request.GET.get(name, ""))
    if said is None:
        raise Refusal(f"“{request.GET[name][:20]}” is no value of “{name}”. It can be true or false.")
    return said


def answered(request: HttpRequest, export: Export, form: Format) -> HttpResponseBase:
    """The export as a file that streams; of HEAD, what would be said of it, and nothing is begun. Raises TooMany."""
    headers = {
        "Content-Type": form.media_type,
        "Content-Disposition": f'attachment; filename="{form.file_name(export)}"',
    }
    return streamed(request, form.write(export), headers)


def streamed(request: HttpRequest, stream: Iterator[bytes], headers: Mapping[str, str]) -> HttpResponseBase:
    """A file as a stream; of HEAD, what would be said of it, and nothing is begun. Raises TooMany."""
    if request.method == HTTPMethod.HEAD:
        # A stream of nothing: of another answer Django would say that the file has no bytes.
        return StreamingHttpResponse(headers=headers)
    return streams.answer(request, stream, headers)
