"""“Still true?”: editors confirm what people keep; what nobody has confirmed for a year is listed, and marked to readers."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from ics_leadership.accounts.models import User
from ics_leadership.history import Change, change
from ics_leadership.recorded import of
from memberships.actions import correct_person
from memberships.actions.confirming import confirm
from memberships.models import Appointment, Group, Membership, Person
from memberships.unconfirmed import is_kept_by_people, last_day_unconfirmed, unconfirmed, unconfirmed_since
from organisations.models import Organisation
from roles.models import Role
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.history.registers import commit
from tests.periods import day

LONG_AGO = datetime.date(2019, 3, 9)


@pytest.fixture
def editor(area: SmallArea) -> User:
    return factories.editor(area.icb)


def last_confirmed(on: datetime.date, *records) -> None:
    with change(**IN_TEST):
        for record in records:
            type(record).objects.filter(pk=record.pk).update(confirmed_on=on)
            record.confirmed_on = on


def found(areas: list[int] | None) -> set:
    return {row for rows in unconfirmed(areas).values() for row in rows}


# --- how long a confirmation holds


@pytest.mark.parametrize(
    ("today", "last"),
    [
        ("2026-11-22", datetime.date(2025, 11, 21)),
        ("2026-12-01", datetime.date(2025, 11, 30)),
        ("2026-01-01", datetime.date(2024, 12, 31)),
        ("2028-02-29", datetime.date(2027, 2, 27)),
    ],
)
def test_a_confirmation_holds_for_a_year(today: str, last: datetime.date):
    with time_machine.travel(f"{today} 12:00", tick=False):
        assert last_day_unconfirmed() == last


def test_how_long_it_holds_is_a_setting(settings):
    settings.CONFIRM_AFTER_MONTHS = 6
    with time_machine.travel("2026-08-31 12:00", tick=False):
        assert last_day_unconfirmed() == datetime.date(2026, 2, 27)


# --- what is listed


def test_what_was_confirmed_too_long_ago_is_listed_with_what_it_is(area: SmallArea):
    assert found([area.icb.pk]) == set()
    records = {area.chair, area.chair.person, area.chair.role, area.group, area.memberships[0], area.lmc}
    last_confirmed(LONG_AGO, *records)
    assert found([area.icb.pk]) == records == found(None)
    assert {model for model, rows in unconfirmed([area.icb.pk]).items() if rows} == {
        Appointment,
        Person,
        Role,
        Group,
        Membership,
        Organisation,
    }


def test_other_areas_are_not_listed(area: SmallArea):
    there = factories.small_area("Exeter")
    last_confirmed(LONG_AGO, there.chair, there.group, there.chair.person, there.lmc)
    assert found([area.icb.pk]) == set()


def test_what_has_ended_or_is_published_needs_no_confirmation(area: SmallArea):
    ended = factories.appointment(factories.person(), area.chair.role, period=(day("2021-04-01"), day("2022-03-31")))
    practice = area.practices[0]
    with change(**IN_TEST):
        practice.published = {"name": "A surgery"}
        practice.save()
    last_confirmed(LONG_AGO, ended, practice)
    assert found(None) == set()
    assert unconfirmed_since(ended) is None
    assert unconfirmed_since(practice) is None
    assert not is_kept_by_people(practice)


# --- confirming


def test_many_are_confirmed_at_once_and_only_once(area: SmallArea, editor: User):
    records = [area.chair, area.group, *area.memberships]
    last_confirmed(LONG_AGO, *records)
    assert confirm(by=editor, records=records) == 5
    changes = Change.objects.count()
    assert found(None) == set()
    assert confirm(by=editor, records=[type(row).objects.get(pk=row.pk) for row in records]) == 0
    assert Change.objects.count() == changes
    assert Change.objects.latest("pk").by == editor


def test_a_part_of_a_record_is_not_confirmed_by_itself(area: SmallArea):
    with pytest.raises(TypeError):
        confirm(by=None, records=[area.terms])


def test_writing_a_record_confirms_it(area: SmallArea):
    last_confirmed(LONG_AGO, area.chair.person)
    correct_person(person=area.chair.person, title="Dr", **IN_TEST)
    assert found(None) == set()


# --- on the pages


def test_readers_see_since_when_nobody_has_confirmed_a_record(area: SmallArea):
    last_confirmed(LONG_AGO, area.chair, area.memberships[0], area.lmc)
    marked = {
        area.chair.person: 2,  # their role and their seat
        area.chair.role: 1,
        area.group: 1,
        area.lmc: 1,
    }
    client = Client()
    for record, times in marked.items():
        page = client.get(record.get_absolute_url()).content.decode()
        assert page.count("Not confirmed since March 2019") == times, record
        past = client.get(f"{record.get_absolute_url()}?as_at=2023-06-30").content.decode()
        assert "Not confirmed since" not in past


def test_one_press_confirms_and_leads_back(area: SmallArea, editor: User):
    last_confirmed(LONG_AGO, area.chair)
    client = Client()
    client.force_login(editor)
    address = reverse("still-true", args=[of(Appointment).address, area.chair.pk])
    assert address in client.get(area.chair.person.get_absolute_url()).content.decode()
    answer = client.post(address, {"back": area.chair.person.get_absolute_url()})
    assert answer.status_code == 302
    assert answer["Location"] == area.chair.person.get_absolute_url()
    commit()
    assert found(None) == set()
    history = client.get(reverse("history", args=["appointment", area.chair.pk])).content.decode()
    assert "confirmed as still true" in history


def test_it_leads_nowhere_else(area: SmallArea, editor: User):
    client = Client()
    client.force_login(editor)
    address = reverse("still-true", args=["person", area.chair.person.pk])
    answer = client.post(address, {"back": "https://example.org/elsewhere"})
    assert answer["Location"] == area.chair.person.get_absolute_url()


def test_only_a_press_confirms_and_only_what_can_be_confirmed(area: SmallArea, editor: User):
    client = Client()
    client.force_login(editor)
    assert client.get(reverse("still-true", args=["person", area.chair.person.pk])).status_code == 405
    assert client.post(reverse("still-true", args=["terms", area.terms.pk])).status_code == 404


def test_readers_are_not_asked(area: SmallArea):
    page = Client().get(area.chair.person.get_absolute_url()).content.decode()
    assert "Still true?" not in page
    assert "/withdraw" not in page
