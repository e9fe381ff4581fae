"""What only some may see of people and money stands where they look for it; on no page of anybody else, as the tests of access say."""

import pytest
from django.test import Client

from tests.accounts.access import VISITORS
from tests.accounts.neighbourhood import Neighbourhood
from tests.accounts.secrets import AMOUNT, SEEN_BY, neighbourhood_with_secrets, seen, words


@pytest.fixture
def world(db: None) -> Neighbourhood:
    return neighbourhood_with_secrets()


def test_visitor_sees_of_somebody_what_they_may(world: Neighbourhood) -> None:
    sees = {}
    for visitor in VISITORS:
        client = Client()
        if account := world.visitors[visitor]:
            client.force_login(account)
        sees[visitor] = seen(words(client.get(world.person.get_absolute_url())), world.person.pk)
    assert sees == SEEN_BY


def test_person_sees_nothing_of_others_that_readers_do_not(world: Neighbourhood, client: Client) -> None:
    client.force_login(world.visitors["linked_person"])
    other = world.area.directors[0].person
    assert seen(words(client.get(other.get_absolute_url())), other.pk) == {"work contact"}


def test_amounts_of_a_group_are_for_its_editors_and_analysts(world: Neighbourhood) -> None:
    sees = set()
    for visitor, account in world.visitors.items():
        client = Client()
        if account:
            client.force_login(account)
        if f"{AMOUNT:,}" in words(client.get(world.area.group.get_absolute_url())):
            sees.add(visitor)
    assert sees == {"analyst", "editor", "administrator", "superuser"}
