"""Exports as answers to requests, of the API and of pages alike. What is asked is settled before: see `Export`."""

from __future__ import annotations

from http import HTTPMethod

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ics_leadership import streams
from ics_leadership.formats.export import Export, Format


def answered(request: HttpRequest, export: Export, form: Format) -> HttpResponseBase:
    """The export as a file that streams; of HEAD, what would be said of it, and nothing is begun. Raises TooMany."""
    headers = {
        "Content-Type": form.media_type,
        "Content-Disposition": f'attachment; filename="{form.file_name(export)}"',
    }
    if request.method == HTTPMethod.HEAD:
        return HttpResponse(headers=headers)
    return streams.answer(request, form.write(export), headers)
