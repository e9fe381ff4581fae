"""The everyday changes, each done whole as an editor does it: by keyboard on a phone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from memberships.models import Appointment, Membership, Person
from tests import factories
from tests.factories import SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, press, type_into
from tests.periods import day

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Everyday:
    """A change: where its form is, what is typed by label, why, what is typed when it asks more, and what is so then."""

    address: Callable[[SmallArea], str]
    typed: dict[str, str]
    why: str
    is_so: Callable[[SmallArea], bool]
    then_typed: dict[str, str] | None = None


def director(area: SmallArea) -> Appointment:
    return Appointment.objects.get(pk=area.directors[0].pk)


def at_a_practice(area: SmallArea) -> str:
    partner = factories.role(area.practices[0], factories.role_type("GP partner"), title="GP partner")
    factories.appointment(area.directors[0].person, partner)
    return f"{area.directors[0].person.get_absolute_url()}/practice"


EVERYDAY = {
    "steps down": Everyday(
        lambda area: f"/appointments/{area.directors[0].pk}/end",
        {"Last day in post": "30 November 2026"},
        "Stepped down",
        lambda area: director(area).end == day("2026-11-30"),
    ),
    "is appointed": Everyday(
        lambda area: f"/roles/{area.directors[0].role.slug}/appoint",
        {"Who": "Amina Yusuf", "From when": "1 December 2026"},
        "Elected",
        lambda area: Person.objects.get(family_name="Yusuf").appointments.get().role == area.directors[0].role,
    ),
    "term extended": Everyday(
        lambda area: f"/appointments/{area.directors[0].pk}/correct",
        {"Until when": "31 March 2030"},
        "Term extended",
        lambda area: director(area).end == day("2030-03-31"),
    ),
    "name": Everyday(
        lambda area: f"{area.directors[0].person.get_absolute_url()}/correct",
        {"Family name": "Ó Súilleabháin"},
        "Changed their name",
        lambda area: Person.objects.get(pk=area.directors[0].person.pk).family_name == "Ó Súilleabháin",
    ),
    "practice": Everyday(
        at_a_practice,
        {"To which practice": "Norwich Surgery 4", "From when": "1 December 2026"},
        "Moved to another practice",
        lambda area: area.directors[0].person.appointments.filter(role__organisation=area.practices[3]).exists(),
    ),
    "seat filled": Everyday(
        lambda area: f"/seats/{area.seat('Experienced leader').pk}/fill",
        {"Who": "Amina Yusuf", "From when": "1 December 2026"},
        "Put forward",
        lambda area: Membership.objects.get(person__family_name="Yusuf").seat == area.seat("Experienced leader"),
        {"Experience for which they were put forward": "Eight years as a chair"},
    ),
    "seat left": Everyday(
        lambda area: f"/memberships/{area.memberships[1].pk}/end",
        {"Last day in the seat": "30 November 2026"},
        "Stepped down",
        lambda area: Membership.objects.get(pk=area.memberships[1].pk).end == day("2026-11-30"),
    ),
    "post vacant": Everyday(
        lambda area: f"{area.directors[0].role.get_absolute_url()}/vacant",
        {"Vacant since": "1 December 2026"},
        "The holder left",
        lambda area: director(area).end == day("2026-11-30"),
    ),
}


@pytest.mark.parametrize("name", EVERYDAY)
def test_everyday_change_is_made_by_keyboard_on_a_phone(name: str, editing: Editing):
    change = EVERYDAY[name]
    factories.person("Amina Yusuf")
    page = editing.open(change.address(editing.area))
    assert_sound(page)
    for label, text in change.typed.items():
        type_into(page, label, text)
    choose(page, change.why)
    press(page, "See what this changes")
    if change.then_typed:
        for label, text in change.then_typed.items():
            type_into(page, label, text)
        press(page, "See what this changes")
    press(page, "Record this")
    assert change.is_so(editing.area)


def send(page: Page) -> None:
    page.get_by_role("button", name="See what this changes").last.click()


@pytest.mark.parametrize("name", EVERYDAY)
def test_everyday_change_is_made_without_scripts(name: str, editing_without_scripts: Editing):
    change, area = EVERYDAY[name], editing_without_scripts.area
    factories.person("Amina Yusuf")
    page = editing_without_scripts.open(change.address(area))
    for label, text in change.typed.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label(change.why, exact=True).check()
    send(page)
    if change.then_typed:
        for label, text in change.then_typed.items():
            page.get_by_label(label, exact=True).fill(text)
        send(page)
    page.get_by_role("button", name="Record this").click()
    assert change.is_so(area)
