"""Every page that is not for everybody: as an administrator finds it on a phone, and what it costs.

What each page does is told in the tests of its part of the register; here none is forgotten.
"""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Page

from tests import factories
from tests.accounts.access import address_names
from tests.accounts.neighbourhood import Neighbourhood, example, neighbourhood
from tests.browser import PHONE, assert_accessible, assert_no_sideways_scroll, open_page
from tests.flows.conftest import sign_in
from tests.history.registers import commit
from tests.pages.examples import NO_PAGES, PAGES

pytestmark = pytest.mark.django_db

COUNTS = Path(__file__).parent / "query_counts_of_editors.json"
NAMES = [
    name
    for name in address_names()
    if name not in PAGES and name not in NO_PAGES and ":" not in name and name not in ("gallery", "pick")
]
QUESTIONS: dict[str, Callable[[Neighbourhood], list[str]]] = {
    "what-if": lambda world: [
        f"?group={world.area.group.slug}",
        f"?person={world.person.slug}&on=2030-03-31",
        f"?role={world.area.chair.role.slug}&on=2030-03-31",
    ],
    "why-not": lambda world: ["?q=s", f"?person={world.area.directors[0].person.slug}"],
}
"""What else pages are asked beside the plain address."""

PARTS = 4
"""The pages are looked at in so many tests, so that several workers share them."""


def addresses_of(name: str, world: Neighbourhood) -> list[str]:
    """The addresses at which a page is looked at."""
    plain = example(name, world)
    return [plain, *(plain + question for question in (QUESTIONS[name](world) if name in QUESTIONS else ()))]


def pages(client: Client, names: list[str]) -> list[str]:
    """The addresses of those names that answer an administrator with a page."""
    world = neighbourhood()
    client.force_login(world.visitors["administrator"])
    addresses = [address for name in names for address in addresses_of(name, world)]
    answers = [(address, client.get(address)) for address in addresses]
    return [
        address
        for address, answer in answers
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    ]


@pytest.mark.parametrize("part", range(PARTS))
def test_page_of_editors_is_for_everyone_on_a_phone(part: int, site: str, page: Page):
    client = Client()
    found = pages(client, NAMES[part::PARTS])
    assert found
    page.set_viewport_size(PHONE)
    sign_in(page, site, client)
    for address in found:
        open_page(page, site + address)
        headings = page.locator("h1").all_inner_texts()
        assert len(headings) == 1, f"{address} has these headings of the first rank: {headings}"
        assert_no_sideways_scroll(page)
        assert_accessible(page)


def test_pages_of_editors_ask_as_many_queries_as_agreed(
    invented: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
):
    """The numbers are reviewed in `query_counts_of_editors.json`; `UPDATE_QUERY_COUNTS=1` writes them anew."""
    # What other tests left in the cache would make some pages cheaper.
    cache.clear()
    # Which names are alike, and are offered to be merged, would else follow from how many people other tests named.
    monkeypatch.setattr(factories, "_number", itertools.count(1000))
    invented("")
    client, counts = Client(), {}
    world = neighbourhood()
    # Changes that have no position yet come in any order, and a page of them asks what those of its first rows take.
    commit()
    client.force_login(world.visitors["administrator"])
    for name in NAMES:
        for number, address in enumerate(addresses_of(name, world)):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            if answer.status_code == 200:
                asked = address.partition("?")[2].partition("=")[0]
                counts[f"{name}?{asked}" if number else name] = len(captured)
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        COUNTS.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n")
    assert counts == json.loads(COUNTS.read_text())
