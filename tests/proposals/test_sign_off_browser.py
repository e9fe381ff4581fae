"""Answering for one's organ, and declaring one's interests, whole: by keyboard on a phone, each step sound."""

import pytest
from playwright.sync_api import Page, expect

from ics_leadership.accounts.models import User
from ics_leadership.periods import today
from memberships.models import Answer, Interest, InterestDeclaration, Says
from tests.browser import PHONE
from tests.flows.conftest import sign_in
from tests.flows.keyboard import assert_sound, choose, follow, press, tab_to, type_into
from tests.proposals.conftest import Asking, signed_in

pytestmark = pytest.mark.django_db


def opened(page: Page, site: str, account: User, address: str) -> None:
    page.set_viewport_size(PHONE)
    sign_in(page, site, signed_in(account))
    page.goto(f"{site}{address}")
    assert_sound(page)


def test_leader_answers_for_their_organ_from_the_first_page(asking: Asking, leader: User, site: str, page: Page):
    opened(page, site, leader, "/")
    follow(page, f"Answer for {asking.area.pcns[0]}: One rota")
    choose(page, "Objects")
    type_into(page, "The reason", "Two of our practices have nobody for it.")
    choose(page, "Decided by the organ")
    press(page, "See what this changes")
    press(page, "Record this")
    given = Answer.objects.get()
    assert (given.says, given.by_right_of) == (Says.OBJECTS, asking.area.directors[0])
    expect(page).to_have_url(f"{site}{asking.proposal.get_absolute_url()}")
    expect(page.get_by_text("“Two of our practices have nobody for it.”")).to_be_visible()


def test_leader_declares_their_interests_from_their_own_page(asking: Asking, leader: User, site: str, page: Page):
    person = asking.area.directors[0].person
    opened(page, site, leader, person.get_absolute_url())
    follow(page, "Declare interests")
    tab_to(page, page.get_by_label("Category", exact=True))
    page.keyboard.type("Indirect")
    type_into(page, "What it is", "A brother who sells software to practices")
    type_into(page, "Since when", "2021")
    choose(page, "The yearly declaration")
    press(page, "See what this changes")
    press(page, "Record this")
    assert Interest.objects.get(person=person).what == "A brother who sells software to practices"
    assert InterestDeclaration.objects.get(person=person).declared_on == today()
    expect(page.get_by_text("A brother who sells software to practices").first).to_be_visible()


def test_proposal_on_paper_says_what_was_answered_without_what_works_on_a_screen_only(
    asking: Asking, leader: User, site: str, page: Page
):
    asking.answered(asking.area.lmc, Says.OBJECTS, asking.area.chair, "Not like this.")
    asking.answered(asking.area.lmc, Says.AGREES, asking.area.chair)
    opened(page, site, leader, asking.proposal.get_absolute_url())
    page.emulate_media(media="print")
    expect(page.get_by_text("“Not like this.”")).to_be_visible()
    expect(page.get_by_role("heading", name="Cite this")).to_be_visible()
    expect(page.get_by_role("link", name=f"Answer for {asking.area.pcns[0]}")).not_to_be_visible()
