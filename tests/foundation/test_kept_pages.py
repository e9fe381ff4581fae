"""Pages that strangers read are kept while nothing changes, and for nobody whom the register knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from ics_leadership.kept_pages import LARGEST, KeptPages
from memberships.models import Person
from tests import factories


@pytest.fixture
def person(db: None) -> Iterator[Person]:
    with override_settings(PAGES_KEPT_SECONDS=60):
        yield factories.person("Ann Kept")
        stamp()


def stamp() -> None:
    """Give the changes made their place in the order, as their commits would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def queries(client: Client, address: str, **headers: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, headers=headers).status_code == 200
    return len(asked)


def test_a_stranger_gets_what_was_made_before_and_the_same(client: Client, person: Person) -> None:
    address = person.get_absolute_url()
    first = client.get(address)
    assert queries(client, address) == 1
    again = client.get(address)
    assert again.content == first.content
    assert again.headers == first.headers
    assert "Cookie" in again.headers["Vary"]


def test_a_page_is_made_anew_after_any_change(client: Client, person: Person) -> None:
    stamp()
    before = client.get("/people")
    factories.person("Zed Later")
    stamp()
    assert b"Zed Later" not in before.content
    assert b"Zed Later" in client.get("/people").content


@pytest.mark.parametrize(
    "headers", [{"HX-Request": "true"}, {"Authorization": "Bearer x"}, {"Cookie": "csrftoken=abc"}]
)
def test_nothing_kept_is_given_to_whoever_says_who_asks(
    client: Client, person: Person, headers: dict[str, str]
) -> None:
    client.get("/people")
    assert queries(client, "/people") == 1
    assert queries(client, "/people", **headers) > 1


def test_what_a_signed_in_reader_sees_is_kept_for_nobody(
    client: Client, person: Person, django_user_model: type
) -> None:
    address = person.get_absolute_url()
    client.force_login(django_user_model.objects.create_user(email="r@lmc.example", password="x"))
    assert b"r@lmc.example" in client.get(address).content or b"Sign out" in client.get(address).content
    client.logout()
    client.cookies.clear()
    assert b"Sign out" not in client.get(address).content


def test_where_one_must_sign_in_to_read_nothing_is_kept(client: Client, person: Person) -> None:
    client.get("/people")
    with override_settings(PUBLIC_READING=False):
        assert client.get("/people").status_code == 302


def test_a_page_with_a_form_of_its_own_is_made_for_each(client: Client, person: Person) -> None:
    client.get("/account/sign-in")
    client.cookies.clear()
    assert "csrftoken" in client.get("/account/sign-in").cookies


def test_pages_that_were_not_asked_for_longest_go_first(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PAGES_KEPT_SECONDS = 60
    kept = KeptPages()
    for address in "abc":
        kept.keep(address, (1,), HttpResponse(b"x" * (LARGEST // 3)))
    assert kept.find("a", (1,))
    kept.keep("d", (1,), HttpResponse(b"x" * (LARGEST // 3)))
    assert [address for address in "abcd" if kept.find(address, (1,))] == ["a", "c", "d"]
    assert kept.find("a", (2,)) is None
