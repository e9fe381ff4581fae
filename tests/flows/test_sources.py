"""A source is attached to a fact of any kind."""

import datetime

import pytest
from django.test import Client

from ics_leadership.facts import Source
from memberships.models import Appointment
from organisations import actions as organisations
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, press, type_into
from tests.flows.sending import confirmed, sent

pytestmark = pytest.mark.django_db


def test_a_known_source_is_found_by_its_title(editor_client: Client, area: SmallArea):
    minutes = organisations.add_source(title="Minutes of the network, May 2026", **IN_TEST)
    held = area.directors[0]
    answer = sent(
        editor_client, f"/history/appointment/{held.pk}/source", named=minutes.pk, why="Found where it comes from"
    )
    confirmed(editor_client, answer)
    assert Appointment.objects.get(pk=held.pk).source == minutes


def test_a_new_source_is_noted_with_where_and_when_it_was_seen(editor_client: Client, area: SmallArea):
    answer = sent(
        editor_client,
        f"/history/person/{area.directors[0].person.pk}/source",
        named="new",
        address="https://example.org/minutes",
        seen_on="1 May 2026",
        why="A better source",
        **{"named-typed": "Minutes of the network"},
    )
    confirmed(editor_client, answer)
    source = Source.objects.get(title="Minutes of the network")
    assert source.seen_on == datetime.date(2026, 5, 1)
    area.directors[0].person.refresh_from_db()
    assert area.directors[0].person.source == source


def test_details_belong_to_a_new_source_only(editor_client: Client, area: SmallArea):
    answer = sent(
        editor_client,
        f"/history/person/{area.directors[0].person.pk}/source",
        seen_on="1 May 2026",
        why="A better source",
    )
    assert "are asked of a new source only." in answer.content.decode()


def test_an_officer_attaches_a_source_by_keyboard_on_a_phone(editing: Editing):
    person = editing.area.directors[0].person
    page = editing.open(f"/history/person/{person.pk}/source")
    assert_sound(page)
    type_into(page, "Source", "Minutes of the network")
    page.get_by_label("A new source: “Minutes of the network”").wait_for()
    choose(page, "A new source: “Minutes of the network”")
    choose(page, "Found where it comes from")
    press(page, "See what this changes")
    press(page, "Record this")
    person.refresh_from_db()
    assert person.source.title == "Minutes of the network"
