"""Every page of the register, in a real browser on the real server: for everyone, on every device, within its cost."""

import html
import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page
from pytest_django import DjangoDbBlocker

from ics_leadership.asked import OF_EVERY_PAGE
from ics_leadership.lists import Section
from tests.browser import WIDE, assert_accessible, assert_no_sideways_scroll, assert_page_is_sound
from tests.databases import connected_to
from tests.larger import enlarge
from tests.pages.examples import A_LATER_DAY, A_PAST_DAY, PAGES, addresses, on

ERRORS = {
    "/groups/there-is-no-such-group": 404,
    "/groups?as_at=yesterday": 400,
    "/groups?page=many": 400,
    "/compare?from_day=2026-02-01&to_day=2026-01-01": 400,
}


@pytest.fixture(scope="session")
def examples(demo_database: str, django_db_blocker: DjangoDbBlocker) -> dict[str, list[str]]:
    """The addresses at which each page is looked at."""
    with django_db_blocker.unblock(), connected_to(demo_database):
        return {name: addresses(name) for name in PAGES}


def assert_page_says_what_it_is(page: Page) -> None:
    """One heading of the first rank, with something in it, and a title that begins with it."""
    headings = [heading.strip() for heading in page.locator("h1").all_inner_texts()]
    assert len(headings) == 1, f"{page.url} has these headings of the first rank: {headings}"
    assert headings[0]
    assert page.title().strip(), f"{page.url} has no title"


@pytest.mark.parametrize("name", PAGES)
def test_page_is_for_everyone_on_every_device(name: str, demo_site: str, examples: dict[str, list[str]], page: Page):
    for address in examples[name]:
        assert_page_is_sound(page, demo_site + address)
        assert_page_says_what_it_is(page)


@pytest.mark.parametrize("name", PAGES)
def test_page_about_a_past_day_is_as_sound_as_todays(
    name: str, demo_site: str, examples: dict[str, list[str]], page: Page
):
    page.goto(demo_site + on(A_PAST_DAY, examples[name][0]))
    assert_page_says_what_it_is(page)
    assert_no_sideways_scroll(page)
    # What a past day adds has the same colours on every page, and looking at them takes as long as all the rest.
    assert_accessible(page, without=[] if name == PAGES[0] else ["color-contrast"])


@pytest.mark.parametrize(("address", "status"), ERRORS.items())
def test_page_about_a_mistake_is_as_sound_as_the_others(address: str, status: int, demo_site: str, page: Page):
    response = page.goto(demo_site + address)
    assert response.status == status
    assert_page_is_sound(page, demo_site + address)
    assert_page_says_what_it_is(page)
    assert page.locator("main a").count() > 0, "a way on"


def links(page: Page) -> set[str]:
    found: list[str] = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.getAttribute('href'))")
    return set(found)


@pytest.mark.parametrize("name", PAGES)
def test_page_works_without_scripts(
    name: str, demo_site: str, examples: dict[str, list[str]], page: Page, page_without_scripts: Page
):
    page.set_viewport_size(WIDE)
    for address in examples[name]:
        page.goto(demo_site + address)
        page_without_scripts.goto(demo_site + address)
        assert page_without_scripts.locator("h1").inner_text() == page.locator("h1").inner_text()
        assert links(page_without_scripts) == links(page)
        for form in page_without_scripts.locator("main form").all():
            for folded in form.locator("xpath=ancestor::details[not(@open)]/summary").all():
                if folded.is_visible():
                    folded.click()
            assert form.locator("button:not([type=button]), input[type=submit]").first.is_visible()


# --- what a page costs

COUNTS = Path(__file__).parent / "query_counts.json"


def queries(client: Client, address: str) -> int:
    # The cheapest page, so that what every page has from the cache is there, whatever other tests cleared meanwhile.
    client.get("/about")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def counted(client: Client, examples: dict[str, list[str]]) -> dict[str, int]:
    """The number of queries of every page, all on one day, so that no clock changes them; what is cached, cached."""
    queries(client, "/")
    found = {address: queries(client, on(A_LATER_DAY, address)) for name in PAGES for address in examples[name]}
    # Numbers of rows depend on what else a database held before.
    return {re.sub(r"/\d+(?=/|$)", "/…", address): number for address, number in found.items()}


@pytest.mark.parametrize(
    "address", ["/proposals", "/calendar", "/calendar.ics", "/succession", "/tables", "/search", "/people"]
)
def test_sign_that_no_text_holds_is_refused_everywhere_with_a_sentence(address: str, client: Client, db: None):
    for name in ("group", "role", "q"):
        answer = client.get(f"{address}?{name}=%00")
        assert answer.status_code == 400
        assert "holds a sign that cannot be in any text" in answer.content.decode()


# What is asked below /api/ is refused as programs are.
@pytest.mark.parametrize("name", [name for name in PAGES if name != "api"])
def test_page_refuses_what_it_cannot_be_asked_and_leads_to_what_it_can(
    name: str, demo_client: Client, examples: dict[str, list[str]]
):
    for address in examples[name]:
        refused = demo_client.get(and_asked(address, "colour=red"))
        assert refused.status_code == 400, address
        assert "“colour”" in refused.content.decode()
        way_on = refused.context.get("way_on_address") or refused.context["way_on"][1]
        assert "colour" not in way_on
        assert demo_client.get(way_on).status_code == 200


@pytest.mark.parametrize("name", ["group", "person", "organisation", "role", "search", "home"])
def test_link_that_was_posted_somewhere_leads_to_the_page(
    name: str, demo_client: Client, examples: dict[str, list[str]]
):
    address = examples[name][0]
    followed = demo_client.get(and_asked(address, "utm_source=letter&fbclid=IwAR1"))
    assert followed.status_code == 200, address


@pytest.mark.parametrize("name", PAGES)
def test_page_understands_what_it_asks_of_itself(name: str, demo_client: Client, examples: dict[str, list[str]]):
    for address in examples[name]:
        path = address.partition("?")[0]
        page = demo_client.get(on(A_LATER_DAY, address))
        said = html.unescape(page.content.decode())
        links = re.findall(rf'href="(?:{re.escape(path)})?\?([^"#]*)', said)
        forms = re.findall(rf'<form[^>]* action="{re.escape(path)}".*?</form>', said, re.DOTALL)
        asking = [form for form in forms if 'method="post"' not in form]
        fields = {each for form in asking for each in re.findall(r' name="([\w-]+)"', form)} - set(OF_EVERY_PAGE)
        parts = {each.name for each in map(page.context.get, page.context.keys()) if isinstance(each, Section)}
        one_each = {frozenset(parse_qs(link)): link for link in links}.values()
        for asked in [*one_each, *(f"{each}=" for each in fields), *(f"{each}=1" for each in parts)]:
            assert demo_client.get(f"{path}?{asked}").status_code == 200, f"{path} cannot be asked {asked}"


def and_asked(address: str, question: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{question}"


def test_pages_ask_as_many_queries_as_agreed(demo_client: Client, examples: dict[str, list[str]]):
    """The numbers are reviewed in `query_counts.json`; `UPDATE_QUERY_COUNTS=1` writes them anew."""
    found = counted(demo_client, examples)
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        COUNTS.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    assert found == json.loads(COUNTS.read_text())


def test_pages_of_a_register_ten_times_as_large_ask_no_more_queries(demo_copy: None, examples: dict[str, list[str]]):
    enlarge()
    agreed = json.loads(COUNTS.read_text())
    assert {page: number for page, number in counted(Client(), examples).items() if number > agreed[page]} == {}
