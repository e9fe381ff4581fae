"""The day a page shows: read once, kept by links, refused with a sentence and a way on when it is none."""

import datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from ics_leadership.as_at import AsAt, AsAtMiddleware, parse
from ics_leadership.errors import Refusal

TODAY = datetime.date(2026, 11, 22)
JUNE = datetime.date(2022, 6, 30)


@pytest.fixture(autouse=True)
def _a_day_in_november():
    with time_machine.travel(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC), tick=False):
        yield


def answer(path: str) -> tuple[HttpResponse, AsAt]:
    request = RequestFactory().get(path)
    response = AsAtMiddleware(lambda _: HttpResponse("page"))(request)
    return response, request.as_at


def test_a_page_shows_today_unless_it_is_asked_otherwise() -> None:
    response, shown = answer("/groups")
    assert response.status_code == 200
    assert (shown.date, shown.is_today, shown.param) == (TODAY, True, "")
    assert shown.words == "Today, 22 November 2026"


def test_a_page_shows_the_day_it_is_asked_for() -> None:
    _, shown = answer("/groups?as_at=2022-06-30")
    assert (shown.date, shown.is_today, shown.param) == (JUNE, False, "as_at=2022-06-30")
    assert shown.words == "As at 30 June 2022"


@pytest.mark.parametrize(
    "value",
    [
        "yesterday",
        "2022-02-30",
        "30/06/2022",
        "20220630",
        "2022-W26-4",
        "",
        "1947-12-31",
        "2101-01-01",
        "２０２２-06-30",
    ],
)
def test_a_day_that_is_none_is_refused_with_a_sentence_and_a_way_on(value: str) -> None:
    response, _ = answer(f"/groups?kind=board&as_at={value}")
    page = response.content.decode()
    assert response.status_code == 400
    assert 'href="/groups?kind=board"' in page
    assert "Show this page as it stands today" in page
    assert str(parse_refusal(value)).split("“")[0][:20] in page


def parse_refusal(value: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse(value)
    return caught.value


def test_two_different_days_are_refused() -> None:
    assert answer("/groups?as_at=2022-06-30&as_at=2023-06-30")[0].status_code == 400
    assert answer("/groups?as_at=2022-06-30&as_at=2022-06-30")[0].status_code == 200


def test_the_refusal_repeats_what_was_typed_as_text() -> None:
    page = answer("/groups?as_at=<script>alert(1)</script>")[0].content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("value", ["1948-01-01", "2100-12-31"])
def test_the_first_and_the_last_day_are_answered(value: str) -> None:
    assert answer(f"/groups?as_at={value}")[0].status_code == 200


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/people/x", "/people/x?as_at=2022-06-30"),
        ("/people?kind=gp", "/people?kind=gp&as_at=2022-06-30"),
        ("/people/x#terms", "/people/x?as_at=2022-06-30#terms"),
        ("/people/x?as_at=2020-01-01", "/people/x?as_at=2020-01-01"),
        ("#terms", "#terms"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_links_keep_the_day(address: str, kept: str) -> None:
    assert AsAt(JUNE).keep(address) == kept
    assert AsAt(TODAY).keep(address) == address


def page_with(source: str, path: str) -> str:
    request = RequestFactory().get(path)
    AsAtMiddleware(lambda _: HttpResponse())(request)
    context = Context({"request": request, "as_at": request.as_at})
    return Template("{% load register_tags %}" + source).render(context)


def test_changing_the_query_keeps_the_rest_and_starts_at_the_first_page() -> None:
    path = "/people?kind=gp&page=7&as_at=2022-06-30"
    assert page_with("{% query_with page=8 %}", path) == "?kind=gp&amp;page=8&amp;as_at=2022-06-30"
    assert page_with('{% query_with kind="nurse" %}', path) == "?kind=nurse&amp;as_at=2022-06-30"
    assert page_with('{% query_without "kind" %}', path) == "?as_at=2022-06-30"


def test_the_day_control_keeps_other_questions_and_offers_today() -> None:
    page = page_with('{% include "components/as_at_bar.html" %}', "/people?kind=gp&page=7&as_at=2022-06-30")
    assert "As at 30 June 2022" in page
    assert '<input type="hidden" name="kind" value="gp">' in page
    assert 'name="page"' not in page
    assert '<a href="/people?kind=gp">Show today</a>' in page


def test_the_day_control_needs_no_way_back_from_today() -> None:
    page = page_with('{% include "components/as_at_bar.html" %}', "/people")
    assert "Today, 22 November 2026" in page
    assert "Show today" not in page


def test_the_day_control_asks_what_was_known_on_another_day_and_keeps_the_day_shown() -> None:
    page = page_with('{% include "components/as_at_bar.html" %}', "/people?kind=gp&page=7&as_at=2022-06-30")
    known = page[page.index("As it was known on another day") :]
    assert '<input type="hidden" name="as_at" value="2022-06-30">' in known
    assert '<input type="hidden" name="kind" value="gp">' in known
    assert 'name="page"' not in known
    assert 'name="known_at" type="date" max="2026-11-22" required>' in known
