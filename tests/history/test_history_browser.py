"""Looking at a record's history and taking something back as an editor does: by keyboard, on a phone, without scripts."""

import datetime

import pytest
from playwright.sync_api import expect

from ics_leadership.accounts.models import User
from ics_leadership.history import Change, change
from memberships import actions as memberships
from memberships.models import Appointment, Person
from memberships.presenters.history import history_address
from tests import factories
from tests.factories import IN_TEST
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, follow, press, type_into
from tests.history.registers import commit

pytestmark = pytest.mark.django_db


def test_a_name_that_was_changed_by_mistake_is_restored_by_keyboard(editing: Editing):
    person = editing.area.chair.person
    was = person.family_name
    memberships.correct_person(person=person, title="Dr", family_name="Bell", **IN_TEST)
    commit()
    page = editing.open(person.get_absolute_url())
    assert_sound(page)
    follow(page, "History of Dr Sam Bell")
    follow(page, f"Restore “{was}” as family name")
    choose(page, "Changed by mistake")
    press(page, "See what this restores")
    expect(page.get_by_role("main")).to_contain_text(was)
    press(page, "Record this")
    commit()
    assert Person.objects.get(pk=person.pk).family_name == was
    expect(page.get_by_role("main")).to_contain_text("Changed by mistake")


def test_an_appointment_that_never_was_is_withdrawn_and_restored_by_keyboard(editing: Editing):
    person, role = editing.area.chair.person, factories.role(editing.area.pcns[0], editing.area.director)
    appointment = factories.appointment(person, role, funding=[memberships.Funding(factories.funding_source())])
    commit()
    page = editing.open(person.get_absolute_url())
    follow(page, f"History of {role.title}")
    follow(page, "Withdraw it")
    choose(page, "Something else")
    type_into(page, "In your own words, if you like", "Another Sam")
    press(page, "See what is withdrawn")
    expect(page.get_by_role("main")).to_contain_text("1 funding line")
    press(page, "Record this")
    commit()
    assert not Appointment.objects.filter(pk=appointment.pk).exists()
    follow(page, "Restore it")
    choose(page, "Withdrawn by mistake")
    press(page, "See what this restores")
    press(page, "Record this")
    assert Appointment.objects.get(pk=appointment.pk).funding_lines.count() == 1


def test_a_change_is_found_in_the_list_and_undone_without_scripts(
    editing_without_scripts: Editing,
    editor: User,
):
    area, page = editing_without_scripts.area, editing_without_scripts.page
    memberships.correct_person(person=area.chair.person, by=None, why="Letter of May", family_name="Bell")
    memberships.correct_person(person=area.chair.person, by=editor, why="Letter of June", family_name="Fox")
    commit()
    editing_without_scripts.open("/changes?q=June")
    page.get_by_role("article").get_by_role("heading", level=2).get_by_role("link").click()
    page.get_by_role("link", name="Undo this change").click()
    page.get_by_label("Made by mistake", exact=True).check()
    page.get_by_role("button", name="See what is put back").last.click()
    page.get_by_role("button", name="Record this").click()
    assert Person.objects.get(pk=area.chair.person.pk).family_name == "Bell"


def test_still_true_is_one_press_and_the_mark_goes(editing_without_scripts: Editing):
    area, page = editing_without_scripts.area, editing_without_scripts.page
    with change(**IN_TEST):
        Appointment.objects.filter(pk=area.chair.pk).update(confirmed_on=datetime.date(2019, 3, 9))
    editing_without_scripts.open(area.chair.role.get_absolute_url())
    expect(page.get_by_role("main")).to_contain_text("Not confirmed since March 2019")
    page.get_by_role("button", name=f"Still true? Confirm: {area.chair.person}").click()
    expect(page.get_by_role("main")).not_to_contain_text("Not confirmed since March 2019")


def test_histories_and_the_list_of_changes_are_sound_on_a_phone(editing: Editing):
    group, this = editing.area.group, Change.objects.latest("pk")
    commit()
    page = editing.open(history_address(type(group), group.pk))
    expect(page.get_by_role("main")).to_contain_text("Group added")
    assert_sound(page)
    page = editing.open("/changes")
    expect(page.get_by_role("main")).to_contain_text("1 change")
    assert_sound(page)
    editing.open(f"/changes/{this.pk}")
    assert_sound(page)
