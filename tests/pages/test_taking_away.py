"""Whole tables that pages offer as files count against the minute of whoever takes them, as the same tables do in the API."""

from __future__ import annotations

import datetime
import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from ics_leadership import streams
from memberships.models import Group, Snapshot
from memberships.urls import workbooks
from tests import factories
from tests.api.reading import body

NOON = datetime.datetime(2026, 11, 26, 12, 0, 10, tzinfo=datetime.UTC)

NO_TABLES = {"calendar-feed", "template-workbook", "interests-workbook", "interests-csv"}
"""Files that are no whole tables: what begins or ends, what has no rows yet, and one group's."""


@pytest.fixture(autouse=True)
def limited(settings) -> None:
    """Few units, and nothing counted yet."""
    cache.clear()
    settings.API_UNITS_A_MINUTE, settings.API_UNITS_A_MINUTE_OF_STRANGERS = 30, 25


def left(client: Client, address: str) -> str:
    answer = client.get(address)
    answer.close()
    return str(answer.headers["RateLimit"])


@pytest.mark.parametrize("pattern", [each for each in workbooks.urlpatterns if each.name not in NO_TABLES], ids=str)
def test_every_table_of_a_page_costs_as_much_as_one_of_the_api(demo_client: Client, pattern):
    address = "/" + str(pattern.pattern).replace("<slug:slug>", Group.objects.order_by("pk").first().slug)
    with time_machine.travel(NOON, tick=False):
        answer = demo_client.get(address)
    assert answer.status_code == 200
    assert answer.headers["RateLimit"] == '"address";r=15;t=50'
    assert answer.headers["RateLimit-Policy"] == '"address";q=25;w=60'
    answer.close()


def test_tables_of_pages_and_of_the_api_are_counted_together(committing: None):
    client = Client()
    client.force_login(factories.user())
    with time_machine.travel(NOON, tick=False):
        assert left(client, "/api/v1/role-map?format=csv") == '"account";r=20;t=50'
        assert left(client, "/people/role-map.csv") == '"account";r=10;t=50'
        assert left(client, "/api/v1/role-map") == '"account";r=9;t=50'
        assert client.get("/people.xlsx").status_code == 429
        # Who may take no more tables can still read every page.
        assert client.get("/people").status_code == 200


def test_freezing_from_a_page_costs_as_much_as_freezing_through_the_api(committing: None):
    client = Client()
    client.force_login(factories.user())
    page = "/snapshots/new?of=/people/role-map.csv"
    with time_machine.travel(NOON, tick=False):
        assert "RateLimit" not in client.get(page).headers
        frozen = [client.post(page) for _ in range(4)]
    assert [each.status_code for each in frozen] == [302, 302, 302, 429]
    assert frozen[0].headers["RateLimit"] == '"account";r=20;t=50'
    assert Snapshot.objects.count() == 3


def test_who_has_taken_too_many_is_asked_on_a_page_to_wait(committing: None):
    client = Client()
    with time_machine.travel(NOON, tick=False):
        body(client, "/people/role-map.csv")
        body(client, "/people/role-map.csv")
        answer = client.get("/people/role-map.csv?q=Yusuf")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "50"
    assert answer.headers["Content-Type"].startswith("text/html")
    said = answer.content.decode()
    assert "Yours are used up for 50 more seconds." in said
    assert 'href="/people/role-map.csv?q=Yusuf"' in said
    with time_machine.travel(NOON + datetime.timedelta(seconds=50), tick=False):
        assert body(client, "/people/role-map.csv")


@pytest.mark.parametrize(
    ("address", "status"), [("/people/role-map.csv?colour=red", 400), ("/groups/nowhere/seats.xlsx", 404)]
)
def test_what_is_refused_costs_as_much_as_a_page_of_the_api(db: None, address: str, status: int):
    with time_machine.travel(NOON, tick=False):
        answer = Client().get(address)
    assert answer.status_code == status
    assert answer.headers["RateLimit"] == '"address";r=24;t=50'


def test_a_table_that_has_to_wait_for_others_costs_nothing(db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(streams._turns, "_value", 0)
    with time_machine.travel(NOON, tick=False):
        answer = Client().get("/people/role-map.csv")
    assert answer.status_code == 503
    assert answer.headers["RateLimit"] == '"address";r=25;t=50'


@pytest.mark.parametrize("page", ["people", "roles", "groups", "organisations", "tables"])
def test_what_a_table_is_refused_with_is_shown_and_not_saved(demo_client: Client, page: str):
    links = re.findall(r"<a [^>]*(?:\.xlsx|\.csv|format=)[^>]*>", demo_client.get(f"/{page}").content.decode())
    assert links
    # Browsers show nothing at all of an answer that is no file to whoever clicked a link with this attribute.
    assert not [link for link in links if "download" in link]
