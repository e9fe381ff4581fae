"""The to-do list of a register ten times as large asks no more queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ics_leadership.history import change
from memberships.models import Appointment
from memberships.presenters.todo import PARTS
from organisations.models import KeptArea
from tests import factories
from tests.factories import IN_TEST
from tests.larger import enlarge

PAGES = [
    "/to-do",
    *(f"/to-do/{part.name}" for part in PARTS if not part.page),
    "/to-do/findings",
    "/to-do/findings?rule=GL05",
    "/messages",
    "/record?q=clinical+director",
]

FOUND_SOMETHING = 3
"""Queries for the names of what is found, where the smaller register found nothing to name."""


@pytest.fixture
def client(demo_copy: None) -> Client:
    """The editor of the largest area of the demonstration."""
    client = Client()
    client.force_login(factories.editor(KeptArea.objects.order_by("pk").last().area))
    return client


def test_list_asks_as_many_queries_however_long_it_is(client: Client):
    with change(**IN_TEST):
        Appointment.objects.update(confirmed_on="2020-01-01")

    def queries() -> dict[str, int]:
        found = {}
        for page in PAGES:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            found[page] = len(captured)
        return found

    client.get("/to-do")
    few = queries()
    enlarge()
    client.get("/to-do")
    many = queries()
    assert {page: number for page, number in many.items() if number > few[page] + FOUND_SOMETHING} == {}
