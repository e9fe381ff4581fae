"""The weekly letter to editors: what is new, what waits, what ends; once a week, and to nobody who wants none."""

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse

from ics_leadership.accounts.models import User
from memberships.actions import end_appointment
from memberships.letter_tasks import send_weekly_letters
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import day

pytestmark = pytest.mark.django_db

MONDAY, FRIDAY, NEXT_MONDAY = "2023-06-05 08:00", "2023-06-09 08:00", "2023-06-12 08:00"


@pytest.fixture
def editor(area: SmallArea) -> User:
    return factories.editor(area.place)


@override_settings(REGISTER_ADDRESS="https://register.example.org")
def test_it_says_what_is_new_what_waits_and_what_ends(area: SmallArea, editor: User, mailoutbox):
    end_appointment(appointment=area.directors[0], end=day("2023-06-02"), **IN_TEST)
    end_appointment(appointment=area.directors[1], end=day("2023-09-30"), **IN_TEST)
    with time_machine.travel(MONDAY):
        send_weekly_letters()
    (letter,) = mailoutbox
    assert letter.to == [editor.email]
    new, _, rest = letter.body.partition("Waiting from before:")
    assert "New since last week:" in new
    assert f"{area.pcns[0]} has no named accountable clinical director." in new
    assert "Vacant" not in new
    appoint = reverse("appoint-to-role", args=[area.directors[0].role.slug])
    assert f"  Record who is appointed: https://register.example.org{appoint}\n" in new
    assert "\n- " in rest.partition("What ends next")[0], "what waits is named too"
    assert f"https://register.example.org{reverse('to-do')}" in rest
    assert "What ends next:\n- 30 September 2023:" in rest


def test_it_comes_once_a_week_however_often_the_task_runs(area: SmallArea, editor: User, mailoutbox):
    for moment, letters in ((MONDAY, 1), (MONDAY, 1), (FRIDAY, 1), (NEXT_MONDAY, 2)):
        with time_machine.travel(moment):
            send_weekly_letters()
        assert len(mailoutbox) == letters


def test_nobody_gets_a_letter_in_which_nothing_stands(mailoutbox):
    factories.editor(factories.organisation())
    send_weekly_letters()
    assert mailoutbox == []


def test_readers_and_closed_accounts_get_none(area: SmallArea, editor: User, mailoutbox):
    factories.user()
    editor.is_active = False
    editor.save()
    send_weekly_letters()
    assert mailoutbox == []


def test_who_wants_none_says_so_on_the_page_of_their_account(area: SmallArea, editor: User, mailoutbox):
    client = Client()
    client.force_login(editor)
    assert "Send me no weekly letter" in client.get("/account").content.decode()
    client.post("/account/weekly-letter", {"wanted": "no"})
    send_weekly_letters()
    assert mailoutbox == []
    assert "Send me the weekly letter" in client.get("/account").content.decode()
    client.post("/account/weekly-letter", {"wanted": "yes"})
    send_weekly_letters()
    assert len(mailoutbox) == 1
