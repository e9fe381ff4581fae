"""A resource of the API: one declared table, asked with the filters of the pages, answered in the format asked for.

Pages of JSON are made by PostgreSQL too; the other formats are whole tables that stream from it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from ics_leadership.api.filters import ABOUT_THE_ANSWER, OF_PAGES, ApiFilters
from ics_leadership.api.paging import Cursor, Page, limit_asked, page_of
from ics_leadership.api.problems import problem
from ics_leadership.api.view import ApiView
from ics_leadership.errors import Refusal
from ics_leadership.exports import Question, Table
from ics_leadership.feed import CURSOR_HEADER, head
from ics_leadership.formats import FORMATS, Export, Format, answered, format_asked, switch_asked
from ics_leadership.known import as_known_at
from ics_leadership.known_at import moment_asked, written
from ics_leadership.words import day_words, list_words

JSON = "application/json"
ABOUT_A_RECORD = ("as_at", "known_at", "format")
"""What may be asked at the address of a record."""


class Resource(ApiView):
    """A table at an address of its own, and each of its rows at one below, by its key.

    `filters` narrow `rows` as the pages' lists are narrowed. What is asked amiss is refused with what would be understood.
    """

    table: ClassVar[Table]
    filters: ClassVar[type[ApiFilters]]
    formats: ClassVar[Mapping[str, Format]] = FORMATS
    """The formats in which it is whole, beside pages of JSON."""
    rows_are_merged: ClassVar[bool] = False
    """Whether a row may turn out to be another: its address leads to the one that stayed then."""
    rows_are_erased: ClassVar[bool] = False
    """Whether a row may be erased with a person: its address says so then."""
    is_worked_out: ClassVar[bool] = False
    """Whether its rows are worked out for whoever asks: they stand in no table, and have no addresses of their own."""

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        """All rows there are, before anything narrows them."""
        raise NotImplementedError

    def sees(self, asked: HttpRequest) -> Mapping[str, Sequence[int] | None]:
        """What the reader may see beyond what everybody sees, as `Question.sees` has it."""
        return {}

    def get(self, request: Request, record: int | None = None) -> HttpResponseBase:
        asked: HttpRequest = request._request
        if "known_at" in asked.GET:
            asked.as_at = replace(asked.as_at, known=moment_asked(asked))  # type: ignore[attr-defined]
        known_at = _known_at(asked)
        with as_known_at(known_at) if known_at else nullcontext():
            answer = self._list(asked) if record is None else self._record(asked, record)
        answer.headers["Register-As-At"] = asked.as_at.date.isoformat()  # type: ignore[attr-defined]
        if known_at:
            answer.headers["Register-Known-At"] = written(known_at)
        return answer

    def _list(self, asked: HttpRequest) -> HttpResponseBase:
        form = format_asked(asked, self.formats)
        for name in OF_PAGES:
            if form and name in asked.GET:
                raise Refusal(f"“{name}” is for pages of JSON; the other formats are whole.")
        # Before the rows are read: what is committed meanwhile is told again rather than not at all.
        behind = head()
        answer = self._whole(asked, form) if form else self._page(asked, self.question(asked))
        answer[CURSOR_HEADER] = str(behind)
        return answer

    def question(self, asked: HttpRequest) -> Question:
        """What is asked of the table. Raises Refusal for what is not understood."""
        filters = self.filters(asked, self.rows(asked))
        return Question(filters.qs, filters.date, _known_at(asked), self.sees(asked), filters.order)

    def complete_for(self, table: str, narrowed: Mapping[str, str]) -> bool:
        """Whether this table has every row that the table of that name names by its key, where both are narrowed so: as a rule
        only where both have all that there ever was.
        """
        return dict(narrowed) == {"period": "all"}

    def beside(self, asked: HttpRequest) -> Sequence[Export]:
        """The tables that are bundled with this one, asked the same. Raises Refusal for what not all of them understand."""
        return ()

    # --- one record

    def _record(self, asked: HttpRequest, record: int) -> HttpResponse:
        for name in asked.GET:
            if name not in ABOUT_A_RECORD:
                raise Refusal(
                    f"A record has no filter “{name[:40]}”. It can be asked about {list_words(list(ABOUT_A_RECORD))}."
                )
        if asked.GET.get("format", "json") != "json":
            raise Refusal("A record is JSON. Its table is there in every format.")
        rows = self.rows(asked)
        if record >= 2**63 or not rows.order_by().filter(pk=record).exists():
            return self._moved(asked, rows.model, record)
        date = asked.as_at.date  # type: ignore[attr-defined]
        question = Question(rows, date, _known_at(asked), self.sees(asked), keys=[record])
        return _json(question, {"record": self._results(question, one=True)})

    def stays_as(self, record: int) -> int | None:
        """The key of the row that stands for another that is no more."""
        return None

    def erased_on(self, model: type[Model], record: int) -> datetime.date | None:
        """The day on which a row was erased; None for one that was not."""
        return None

    def _moved(self, asked: HttpRequest, model: type[Model], record: int) -> HttpResponse:
        if record >= 2**63:
            raise Http404
        now = self.stays_as(record)
        if now is None:
            if erased_on := self.erased_on(model, record):
                return problem(HTTPStatus.GONE, f"This was erased on {day_words(erased_on)}, with its history.")
            raise Http404
        address = asked.get_full_path().replace(f"/{record}", f"/{now}", 1)
        return HttpResponsePermanentRedirect(asked.build_absolute_uri(address))

    # --- a page of JSON

    def page(self, question: Question, cursor: Cursor, limit: int) -> Page:
        """The keys of the page that begins at a place."""
        return page_of(question.rows, question.order, cursor, limit)

    def _page(self, asked: HttpRequest, question: Question) -> HttpResponse:
        limit = limit_asked(asked.GET.get("limit", ""))
        cursor = Cursor.read(asked.GET.get("cursor", ""), asked.GET.get("ordering", ""), self._what(asked, question))
        page = self.page(question, cursor, limit)
        places = {
            name: json.dumps(place and self._address(asked, question, place))
            for name, place in (("next", page.next), ("previous", page.previous))
        }
        return _json(question, places | {"results": self._results(replace(question, keys=page.keys))})

    def _results(self, question: Question, *, one: bool = False) -> str:
        """The rows asked for as a list in JSON, or the one of them."""
        rows = "to_json(each_row)::text" if one else "coalesce(json_agg(each_row)::text, '[]')"
        with connection.cursor() as database:
            database.execute(f"SELECT {rows} FROM ({self.table.select(question)}) AS each_row")
            written: str = database.fetchone()[0]
        return written

    def _what(self, asked: HttpRequest, question: Question) -> str:
        """What stands for a question in its cursors: the same for all its pages, another where anything else is asked, or it is
        asked of another table.
        """
        said = {"of": self.table.name} | {
            name: value for name, value in asked.GET.items() if name not in ("cursor", "limit", "format")
        }
        said["as_at"] = question.date.isoformat()
        if question.known_at:
            said["known_at"] = written(question.known_at)
        return hashlib.sha256(urlencode(sorted(said.items())).encode()).hexdigest()[:8]

    def _address(self, asked: HttpRequest, question: Question, cursor: Cursor) -> str:
        """The address of the page beside: about the same day and moment, however much later it is asked."""
        query = asked.GET.copy()
        query["as_at"] = question.date.isoformat()
        if question.known_at:
            query["known_at"] = written(question.known_at)
        query["cursor"] = str(cursor)
        return asked.build_absolute_uri(f"{asked.path}?{query.urlencode()}")

    # --- the whole table

    def whole(self, asked: HttpRequest, *, bundled: bool = False) -> Export:
        """The whole table, as asked; `bundled` with those beside it. Raises Refusal for what is not understood."""
        narrowed = {name: str(value) for name, value in asked.GET.items() if value and name not in ABOUT_THE_ANSWER}
        return Export(
            self.table,
            self.question(asked),
            narrowed=narrowed,
            address=asked.build_absolute_uri() if asked.META else "",
            bom=switch_asked(asked, "bom", usual=False),
            neutralise=switch_asked(asked, "neutralise", usual=True),
            beside=self.beside(asked) if bundled else (),
            complete_for=partial(self.complete_for, narrowed=narrowed),
        )

    def _whole(self, asked: HttpRequest, form: Format) -> HttpResponseBase:
        return answered(asked, self.whole(asked, bundled=form.bundles), form)


def _known_at(asked: HttpRequest) -> Any:
    known = asked.as_at.known  # type: ignore[attr-defined]
    return known.moment if known else None


def _json(question: Question, more: Mapping[str, str]) -> HttpResponse:
    """An answer in JSON that says which day and which moment of knowledge it shows; `more` is JSON already."""
    said = {
        "as_at": json.dumps(question.date.isoformat()),
        "known_at": json.dumps(written(question.known_at) if question.known_at else None),
        **more,
    }
    members = ", ".join(f'"{name}": {value}' for name, value in said.items())
    return HttpResponse(f"{{{members}}}", content_type=JSON)
