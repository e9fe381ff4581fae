"""The resource that keeps a copy of the register in step: entries of the feed of changes since a cursor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from ics_leadership import streams
from ics_leadership.api.changes_schema import ChangesSchema
from ics_leadership.api.paging import MOST, limit_asked
from ics_leadership.api.view import ApiView
from ics_leadership.errors import Refusal
from ics_leadership.feed import CURSOR_HEADER, Feed, Place, head
from ics_leadership.formats import streamed
from ics_leadership.words import list_words

FORMATS = {"json": "application/json", "ndjson": "application/x-ndjson"}
ASKED = ("since", "limit", "format")
MAY_BE_EMPTY = ("since",)


class Changes(ApiView):
    """Everything that changed since a cursor, in the order in which it was committed."""

    schema = ChangesSchema()
    may_be_empty = MAY_BE_EMPTY
    feed: ClassVar[Feed]

    def get(self, request: Request) -> HttpResponseBase:
        asked: HttpRequest = request._request
        form = asked.GET.get("format") or "json"
        if form not in FORMATS:
            raise Refusal(f"“{form[:20]}” is no format. It can be {list_words(list(FORMATS))}.")
        since, until = span_asked(asked)
        answer = self._page(asked, since, until) if form == "json" else self._all(asked, since, until)
        answer[CURSOR_HEADER] = str(until)
        return answer

    def _page(self, asked: HttpRequest, since: Place, until: Place) -> HttpResponse:
        with connection.cursor() as cursor:
            page = self.feed.page(cursor, since, limit_asked(asked.GET.get("limit", "")), until)
        said: dict[str, Any] = {"next": str(page.following), "up_to_date": page.up_to_date}
        results = ", ".join(entry for _, entry in page.entries)
        return HttpResponse(f'{json.dumps(said)[:-1]}, "results": [{results}]}}', content_type=FORMATS["json"])

    def _all(self, asked: HttpRequest, since: Place, until: Place) -> HttpResponseBase:
        if "limit" in asked.GET:
            raise Refusal("“limit” is for pages of JSON; NDJSON is whole.")
        headers = {"Content-Type": FORMATS["ndjson"], "Content-Disposition": 'attachment; filename="changes.ndjson"'}
        return streamed(asked, lines_between(self.feed, since, until), headers)


def span_asked(asked: HttpRequest) -> tuple[Place, Place]:
    """The places in the feed between which changes are asked for: behind the first, up to the second, which is its end now.

    Raises Refusal for what cannot be asked of changes, and for a cursor that is none of this register.
    """
    for name in asked.GET:
        if name not in ASKED:
            raise Refusal(f"“{name[:40]}” cannot be asked here. What can is {list_words(list(ASKED))}.")
    since, until = Place.read(asked.GET.get("since", "")), head()
    if since.position > until.position:
        raise Refusal(
            "This cursor is of another register, or of this one before an older copy of it was restored. "
            "Leave “since” empty to begin at the beginning."
        )
    return since, until


def lines_between(feed: Feed, since: Place, until: Place) -> Iterator[bytes]:
    """The entries between two places as NDJSON, read apart from any other transaction."""
    with streams.apart() as cursor:
        yield from feed.lines(cursor, since, MOST, until)
