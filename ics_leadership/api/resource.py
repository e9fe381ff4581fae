"""A resource of the API: one declared table, asked with the filters of the pages, answered in the format asked for.

Pages of JSON are made by PostgreSQL too; the other formats are whole tables that stream from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from ics_leadership.api.paging import Cursor, limit_asked
from ics_leadership.api.view import ApiView
from ics_leadership.errors import Refusal
from ics_leadership.exports import Question, Table
from ics_leadership.feed import CURSOR_HEADER, head
from ics_leadership.formats import FORMATS, Export, Format, answered
from ics_leadership.lists import ListFilters
from ics_leadership.words import list_words

JSON = "application/json"
ABOUT_THE_ANSWER = ("as_at", "format", "limit", "cursor", "bom", "neutralise")
"""What may be asked of every resource beside its filters."""


class Resource(ApiView):
    """A table at an address of its own.

    `filters` narrow `rows` as the pages' lists are narrowed. What is asked amiss is refused with what would be understood.
    """

    table: ClassVar[Table]
    filters: ClassVar[type[ListFilters]]
    formats: ClassVar[Mapping[str, Format]] = FORMATS
    """The formats in which it is whole, beside pages of JSON."""

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        """All rows there are, before anything narrows them."""
        raise NotImplementedError

    def sees(self, asked: HttpRequest) -> Mapping[str, Sequence[int] | None]:
        """What the reader may see beyond what everybody sees, as `Question.sees` has it."""
        raise NotImplementedError

    def get(self, request: Request) -> HttpResponseBase:
        asked: HttpRequest = request._request
        form = asked.GET.get("format") or "json"
        if form != "json" and form not in self.formats:
            raise Refusal(f"“{form[:20]}” is no format. It can be {list_words(['json', *self.formats])}.")
        if form != "json":
            self._refuse(asked, ("limit", "cursor"), "is for pages of JSON; the other formats are whole")
        if form != "csv":
            self._refuse(asked, ("bom",), "is for CSV")
        if form not in ("csv", "zip"):
            self._refuse(asked, ("neutralise",), "is for CSV")
        # Before the rows are read: what is committed meanwhile is told again rather than not at all.
        behind = head()
        answer = self._page(asked, self.question(asked)) if form == "json" else self._whole(asked, self.formats[form])
        answer[CURSOR_HEADER] = str(behind)
        return answer

    def question(self, asked: HttpRequest) -> Question:
        """What is asked of the table. Raises Refusal for what is not understood."""
        filters = self.filters(asked, self.rows(asked))
        return Question(filters.qs, filters.date, sees=self.sees(asked))

    def beside(self, asked: HttpRequest) -> Sequence[Export]:
        """The tables that are bundled with this one, asked the same. Raises Refusal for what not all of them understand."""
        return ()

    def _refuse(self, asked: HttpRequest, names: Sequence[str], why: str) -> None:
        for name in names:
            if name in asked.GET:
                raise Refusal(f"“{name}” {why}.")

    # --- a page of JSON

    def _page(self, asked: HttpRequest, question: Question) -> HttpResponse:
        cursor, limit = Cursor.read(asked.GET.get("cursor", "")), limit_asked(asked.GET.get("limit", ""))
        rows = question.rows.order_by()
        if cursor.key:
            rows = rows.filter(**{"pk__lt" if cursor.back else "pk__gt": cursor.key})
        keys = list(rows.order_by("-pk" if cursor.back else "pk").values_list("pk", flat=True)[: limit + 1])
        more, keys = len(keys) > limit, sorted(keys[:limit])
        page = Question(
            question.rows.model._default_manager.filter(pk__in=keys), question.date, question.known_at, question.sees
        )
        with connection.cursor() as database:
            database.execute(
                f"SELECT coalesce(json_agg(each_row)::text, '[]') FROM ({self.table.select(page)}) AS each_row"
            )
            results = database.fetchone()[0]
        before = bool(cursor.key) and (not cursor.back or more)
        after = more if not cursor.back else True
        envelope = {
            "as_at": question.date.isoformat(),
            "next": self._address(asked, Cursor(keys[-1])) if keys and after else None,
            "previous": self._address(asked, Cursor(keys[0], back=True)) if keys and before else None,
        }
        return HttpResponse(f'{json.dumps(envelope)[:-1]}, "results": {results}}}', content_type=JSON)

    def _address(self, asked: HttpRequest, cursor: Cursor) -> str:
        query = asked.GET.copy()
        query["cursor"] = str(cursor)
        return asked.build_absolute_uri(f"{asked.path}?{query.urlencode()}")

    # --- the whole table

    def whole(self, asked: HttpRequest, *, bundled: bool = False) -> Export:
        """The whole table, as asked; `bundled` with those beside it. Raises Refusal for what is not understood."""
        return Export(
            self.table,
            self.question(asked),
            narrowed={name: str(value) for name, value in asked.GET.items() if value and name not in ABOUT_THE_ANSWER},
            address=asked.build_absolute_uri() if asked.META else "",
            bom=self._switch(asked, "bom", False),
            neutralise=self._switch(asked, "neutralise", True),
            beside=self.beside(asked) if bundled else (),
        )

    def _whole(self, asked: HttpRequest, form: Format) -> HttpResponseBase:
        return answered(asked, self.whole(asked, bundled=form.bundles), form)

    def _switch(self, asked: HttpRequest, name: str, usual: bool) -> bool:
        said = {"": usual, "1": True, "true": True, "0": False, "false": False}.get(asked.GET.get(name, ""))
        if said is None:
            raise Refusal(f"“{asked.GET[name][:20]}” is no value of “{name}”. It can be true or false.")
        return said
