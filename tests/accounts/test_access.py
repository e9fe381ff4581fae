"""Every address, opened by every kind of visitor, answers as the table beside says, `access.csv`, and gives away nothing
that is not for them.

The table is reviewed like code. `UPDATE_ACCESS=1 pytest -n0 tests/accounts/test_access.py` adds what is missing in it: delete
a row to have it written anew, and look at what it then says. A visitor who may not do something is answered 403, sent to
sign in, or told that there is nothing.
"""

import os
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.accounts.access import METHODS, VISITORS, address_names, read_table, write_column
from tests.accounts.neighbourhood import Neighbourhood, example
from tests.accounts.secrets import SEEN_BY, neighbourhood_with_secrets, seen, words

SENT_TO = {"/account/sign-in": "sign-in", "/account/confirm": "confirm"}


@pytest.fixture
def world(db: None) -> Neighbourhood:
    return neighbourhood_with_secrets()


class Answer(NamedTuple):
    """`status` as in the table, and all the `words` of an answer."""

    status: str
    words: str


def answer(client: Client, method: str, address: str) -> Answer:
    """What a visitor is answered, leaving nothing behind."""
    signed_in = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, address)
        said = words(response)
        transaction.set_rollback(True)
    client.cookies = signed_in
    sent_to = response.get("Location", "").partition("?")[0]
    return Answer(SENT_TO.get(sent_to, str(response.status_code)), said)


def answers(visitor: str, world: Neighbourhood, names: list[str]) -> dict[tuple[str, str], Answer]:
    """What one visitor is answered at the addresses of these names, by name and method."""
    # What other visitors did counts against nobody here.
    cache.clear()
    client = Client(raise_request_exception=False)
    if account := world.visitors[visitor]:
        client.force_login(account)
    found = {}
    for name in names:
        address = example(name, world)
        for method in METHODS:
            found[name, method] = answer(client, method, address)
    return found


def test_every_address_is_in_the_table() -> None:
    assert {name for name, _ in read_table()} == set(address_names()), "update the table, and look at what changed"


def test_every_address_has_an_example(world: Neighbourhood) -> None:
    assert [name for name in address_names() if not example(name, world)] == []


@pytest.mark.parametrize("visitor", VISITORS)
def test_visitor_is_answered_as_the_table_says_and_sees_no_more_than_they_may(
    visitor: str, world: Neighbourhood
) -> None:
    told = {key: row[visitor] for key, row in read_table().items()}
    if os.environ.get("UPDATE_ACCESS"):
        missing = [name for name in address_names() if not told.get((name, METHODS[0]))]
        found = answers(visitor, world, missing)
        write_column(visitor, {key: answer.status for key, answer in found.items()})
    else:
        found = answers(visitor, world, address_names())
        assert {key: answer.status for key, answer in found.items()} == told
    given_away = {key: seen(answer.words, world.person.pk) - SEEN_BY[visitor] for key, answer in found.items()}
    assert {key: secrets for key, secrets in given_away.items() if secrets} == {}


def test_nobody_meets_a_fault() -> None:
    assert [key for key, row in read_table().items() if "500" in row.values()] == []


STRANGERS_DOORS = {
    "about",
    "account_inactive",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
}
"""The pages that a stranger sees where reading is not public: those of signing in, and what the register is."""


def test_stranger_reads_nothing_where_reading_is_not_public(world: Neighbourhood, settings: Any) -> None:
    settings.PUBLIC_READING = False
    found = answers("anonymous", world, address_names())
    assert {name for (name, _), answer in found.items() if answer.status == "200"} == STRANGERS_DOORS
