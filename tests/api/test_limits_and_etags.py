"""How often the API may be asked, and that nobody is sent again what they have."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ics_leadership import streams
from ics_leadership.accounts.models import Sight, Standing
from memberships.actions.people import correct_person
from tests import factories
from tests.accounts.test_tokens import made
from tests.api.reading import refusal
from tests.factories import IN_TEST

ADDRESS = "/api/v1/role-map"
NOON = datetime.datetime(2026, 11, 26, 12, 0, 10, tzinfo=datetime.UTC)


@pytest.fixture
def limited(settings) -> None:
    """Few units, and nothing counted yet."""
    cache.clear()
    settings.API_UNITS_A_MINUTE, settings.API_UNITS_A_MINUTE_OF_STRANGERS = 30, 3


# --- how often


def test_every_answer_says_how_much_is_left_and_the_last_when_to_ask_again(db: None, limited: None):
    with time_machine.travel(NOON, tick=False):
        told = [Client().get(ADDRESS).headers["RateLimit"] for _ in range(3)]
        assert told == ['"address";r=2;t=50', '"address";r=1;t=50', '"address";r=0;t=50']
        assert refusal(Client(), ADDRESS, 429).startswith("You have asked very often.")
        answer = Client().get(ADDRESS)
    assert answer.headers["RateLimit-Policy"] == '"address";q=3;w=60'
    assert answer.headers["RateLimit"] == '"address";r=0;t=50'
    assert answer.headers["Retry-After"] == "50"
    with time_machine.travel(NOON + datetime.timedelta(seconds=50), tick=False):
        assert Client().get(ADDRESS).status_code == 200


def test_who_asks_is_counted_alone(db: None, limited: None):
    with time_machine.travel(NOON, tick=False):
        for _ in range(4):
            strangers = Client().get(ADDRESS)
        assert strangers.status_code == 429
        assert Client(REMOTE_ADDR="192.0.2.7").get(ADDRESS).status_code == 200
        # What has one network of IPv6 has all its addresses.
        v6 = [Client(REMOTE_ADDR=f"2001:db8::{last}").get(ADDRESS).status_code for last in range(1, 5)]
        assert v6 == [200, 200, 200, 429]
        reader = factories.user()
        (_, one), (_, other) = made(reader, name="One"), made(reader, name="Other")
        assert one.get(ADDRESS).headers["RateLimit"] == '"token";r=29;t=50'
        assert other.get(ADDRESS).headers["RateLimit"] == '"token";r=29;t=50'


def test_who_sends_a_wrong_token_is_counted_by_their_address(db: None, limited: None):
    wrong = Client(headers={"authorization": "Token gpreg_of_nobody"})
    with time_machine.travel(NOON, tick=False):
        for address in (ADDRESS, "/api/v1/snapshots", "/api/v1/schema"):
            answer = wrong.get(address)
            assert answer.status_code == 401
        assert answer.headers["RateLimit"] == '"address";r=0;t=50'
        assert refusal(wrong, ADDRESS, 429).startswith("You have asked very often.")
        assert Client().get(ADDRESS).status_code == 429
        # Who has a right one is not kept from reading by it.
        _, program = made(factories.user())
        assert program.get(ADDRESS).status_code == 200


def test_who_is_turned_away_because_they_have_no_account_is_counted(db: None, limited: None, settings):
    settings.PUBLIC_READING = False
    with time_machine.travel(NOON, tick=False):
        told = [Client().get(ADDRESS) for _ in range(4)]
    assert [answer.status_code for answer in told] == [401, 401, 401, 429]
    assert told[0].headers["RateLimit"] == '"address";r=2;t=50'


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("snapshots", 200),
        ("snapshots?colour=red", 400),
        ("snapshots/nothing", 404),
        ("snapshots/nothing/file", 404),
        ("schema", 200),
    ],
)
def test_what_counts_against_the_minute_says_so(db: None, limited: None, asked: str, status: int):
    with time_machine.travel(NOON, tick=False):
        answer = Client().get(f"/api/v1/{asked}")
    assert answer.status_code == status
    assert answer.headers["RateLimit"] == '"address";r=2;t=50'
    assert answer.headers["RateLimit-Policy"] == '"address";q=3;w=60'


def test_freezing_says_how_much_is_left_and_the_last_when_to_ask_again(committing: None, limited: None, settings):
    settings.API_UNITS_A_MINUTE_OF_STRANGERS = 12
    _, program = made(factories.user())
    with time_machine.travel(NOON, tick=False):
        frozen = [program.post("/api/v1/snapshots/of/role-map") for _ in range(4)]
        stranger = Client().post("/api/v1/snapshots/of/role-map")
    assert [answer.status_code for answer in frozen] == [201, 201, 201, 429]
    assert [answer.headers["RateLimit"] for answer in frozen[:3]] == [f'"token";r={left};t=50' for left in (20, 10, 0)]
    assert frozen[3].headers["Retry-After"] == "50"
    assert stranger.status_code == 401
    assert stranger.headers["RateLimit"] == '"address";r=11;t=50'


def test_a_whole_table_costs_more_than_a_page(committing: None, limited: None):
    _, program = made(factories.user())
    with time_machine.travel(NOON, tick=False):
        answer = program.get(f"{ADDRESS}?format=csv")
        assert answer.headers["RateLimit"] == '"token";r=20;t=50'
        b"".join(answer.streaming_content)
        assert program.get(ADDRESS).headers["RateLimit"] == '"token";r=19;t=50'


@pytest.mark.parametrize(
    ("method", "asked", "status"),
    [
        ("get", "role-map?format=csv&colour=red", 400),
        ("get", "role-map?format=pdf", 400),
        ("get", "role-map/1?format=csv", 400),
        ("post", "snapshots/of/role-map?format=pdf", 400),
        ("post", "snapshots/of/nothing", 404),
        ("post", "role-map", 405),
    ],
)
def test_what_is_refused_costs_as_much_as_a_page(db: None, limited: None, method: str, asked: str, status: int):
    _, program = made(factories.user())
    with time_machine.travel(NOON, tick=False):
        answer = getattr(program, method)(f"/api/v1/{asked}")
        assert answer.status_code == status
        assert answer.headers["RateLimit"] == '"token";r=29;t=50'
        assert program.get(ADDRESS).headers["RateLimit"] == '"token";r=28;t=50'


def test_a_whole_table_for_which_too_little_is_left_leaves_what_there_is_for_pages(db: None, limited: None):
    with time_machine.travel(NOON, tick=False):
        assert refusal(Client(), f"{ADDRESS}?format=csv", 429).startswith("You have asked very often.")
        answer = Client().get(ADDRESS)
    assert answer.status_code == 200
    assert answer.headers["RateLimit"] == '"address";r=1;t=50'


def test_a_table_that_has_to_wait_for_others_costs_nothing(db: None, limited: None, monkeypatch: pytest.MonkeyPatch):
    _, program = made(factories.user())
    monkeypatch.setattr(streams._turns, "_value", 0)
    with time_machine.travel(NOON, tick=False):
        answer = program.get(f"{ADDRESS}?format=csv")
        assert answer.status_code == 503
        assert answer.headers["RateLimit"] == '"token";r=30;t=50'
        assert program.get(ADDRESS).headers["RateLimit"] == '"token";r=29;t=50'


# --- what has changed


def asked_again(client: Client, etag: str, address: str = ADDRESS) -> int:
    return client.get(address, headers={"if-none-match": etag}).status_code


def test_what_has_not_changed_is_not_looked_up_again(area: factories.SmallArea):
    client = Client()
    etag = client.get(ADDRESS).headers["ETag"]
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(ADDRESS, headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert b"".join(answer.streaming_content) == b""
    assert "Content-Length" not in answer.headers, "what they have is of some length"
    assert answer.headers["ETag"] == etag
    assert len(captured) == 1
    assert asked_again(client, f'"other", {etag}') == 304
    assert asked_again(client, etag.removeprefix("W/")) == 304
    assert asked_again(client, f'"other", {etag.removeprefix("W/")}') == 304
    assert asked_again(client, '"other"') == 200


def test_a_change_another_day_and_another_address_are_another_answer(area: factories.SmallArea):
    client = Client()
    etag = client.get(ADDRESS).headers["ETag"]
    assert asked_again(client, etag, f"{ADDRESS}?limit=5") == 200
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2), tick=False):
        assert asked_again(client, etag) == 200
    correct_person(person=area.chair.person, title="Prof", **IN_TEST)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert asked_again(client, etag) == 200


def test_nobody_is_told_that_they_have_what_others_may_see(area: factories.SmallArea):
    analyst = factories.user()
    factories.grant(analyst, Standing.ANALYST, area.icb, sees=[Sight.AMOUNTS])
    (_, more), (_, less) = made(analyst, Sight.AMOUNTS, name="More"), made(analyst, name="Less")
    answers = [client.get(ADDRESS) for client in (Client(), more, less)]
    assert len({answer.headers["ETag"] for answer in answers}) == 3
    assert asked_again(Client(), answers[1].headers["ETag"]) == 200
    assert asked_again(less, answers[1].headers["ETag"]) == 200
    assert [answer.headers["Cache-Control"] for answer in answers] == [
        "public, no-cache",
        "private, no-cache",
        "private, no-cache",
    ]
    assert {"Authorization", "Cookie"} <= set(answers[0].headers["Vary"].split(", "))


def test_nothing_is_kept_by_others_where_reading_needs_an_account(db: None, settings):
    settings.PUBLIC_READING = False
    assert Client().get(ADDRESS).headers["Cache-Control"] == "no-store"
    _, program = made(factories.user())
    answer = program.get(ADDRESS)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert asked_again(Client(), answer.headers["ETag"]) == 401
    assert Client().get(f"{ADDRESS}?limit=0").headers["Cache-Control"] == "no-store"


# --- how it is asked


def test_address_says_the_format_whatever_a_program_accepts(db: None):
    answer = Client().get(f"{ADDRESS}?limit=1", headers={"accept": "text/csv"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"


def test_who_would_write_is_told_what_may_be_asked(db: None):
    answer = Client().post(ADDRESS)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
