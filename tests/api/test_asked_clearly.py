"""What is asked with nothing behind it, or with two things, is refused; a page beside is of the same table, day and moment."""

import json

import pytest
from django.test import Client

from ics_leadership.periods import today
from tests.api.reading import body, refusal

A = "/api/v1"
COMPARED = f"{A}/compare?from_day=2025-01-01"


@pytest.mark.parametrize("name", ["limit", "format", "cursor", "bom", "neutralise", "q", "within", "as_at", "known_at"])
def test_a_parameter_with_nothing_behind_it_is_refused(name: str, demo_client: Client):
    assert refusal(demo_client, f"{A}/people?{name}=")


@pytest.mark.parametrize(
    "asked",
    [
        "limit=1&limit=2",
        "format=csv&format=json",
        "q=a&q=b",
        "format=csv&bom=1&bom=0",
        "q=a&q=a",
        "as_at=2025-01-01&as_at=2025-01-01",
    ],
)
def test_a_parameter_that_is_given_twice_is_refused(asked: str, demo_client: Client):
    assert "more than one value for" in refusal(demo_client, f"{A}/people?{asked}")


def test_a_moment_is_written_in_digits_that_every_program_knows(demo_client: Client):
    assert "is neither a day nor a moment" in refusal(
        demo_client, f"{A}/people?known_at=\N{ARABIC-INDIC DIGIT TWO}020-01-01"
    )


@pytest.mark.parametrize("asked", ["within=", "to_day=", "of=", "format="])
def test_a_comparison_is_not_asked_with_nothing_behind_a_name(asked: str, demo_client: Client):
    assert "is empty" in refusal(demo_client, f"{COMPARED}&{asked}")


@pytest.mark.parametrize("asked", ["from_day=2025-02-01", "within=1&within=2", "of=roles&of=seats"])
def test_a_comparison_is_not_asked_of_two_things(asked: str, demo_client: Client):
    assert "more than one value for" in refusal(demo_client, f"{COMPARED}&{asked}")


def test_the_page_of_a_comparison_takes_what_its_form_leaves_empty_and_no_two_days(demo_client: Client):
    assert demo_client.get("/compare?from_day=2025-01-01&to_day=&within=").status_code == 200
    twice = demo_client.get("/compare?from_day=2025-01-01&from_day=2025-02-01")
    assert twice.status_code == 400
    assert "more than one value for" in twice.content.decode()


@pytest.mark.parametrize("asked", ["limit=", "format=", "limit=1&limit=2"])
def test_changes_are_asked_clearly_too(asked: str, demo_client: Client):
    assert refusal(demo_client, f"{A}/changes?{asked}")


def test_changes_begin_at_the_beginning_where_since_says_nothing(demo_client: Client):
    assert json.loads(body(demo_client, f"{A}/changes?since=&limit=1"))["results"]


def test_a_cursor_is_of_one_table(demo_client: Client):
    following = json.loads(body(demo_client, f"{A}/roles?limit=3&period=all"))["next"]
    cursor = following.partition("cursor=")[2]
    assert "another question" in refusal(demo_client, f"{A}/organisations?limit=3&period=all&cursor={cursor}")


def test_pages_of_what_is_known_today_are_of_one_moment(demo_client: Client):
    first = json.loads(body(demo_client, f"{A}/people?known_at={today()}&limit=2&period=all"))
    second = json.loads(body(demo_client, first["next"]))
    assert second["known_at"] == first["known_at"]
    assert second["results"] != first["results"]
    back = json.loads(body(demo_client, second["previous"]))
    assert (back["known_at"], back["results"]) == (first["known_at"], first["results"])
