"""Telling the keeper, and working through the to-do list, as people do: by keyboard, on a phone, without scripts."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect

from memberships import messages
from memberships.actions.messages import tell_keeper
from memberships.models import Message
from tests.browser import PHONE
from tests.factories import SmallArea, keep_area
from tests.flows.conftest import (  # noqa: F401 fixtures
    Editing,
    editing,
    editing_without_scripts,
    editor,
    editor_client,
)
from tests.flows.keyboard import assert_sound, follow, press, type_into

pytestmark = pytest.mark.django_db

TELL = "Something wrong? Tell the keeper"


def test_reader_tells_the_keeper_by_keyboard(area: SmallArea, site: str, page: Page):
    page.set_viewport_size(PHONE)
    page.goto(f"{site}{area.group.get_absolute_url()}?as_at=2024-01-31")
    follow(page, TELL)
    expect(page.get_by_role("main")).to_contain_text("31 January 2024")
    press(page, "Send")
    expect(page.get_by_role("alert")).to_contain_text("Write what is wrong, or what is missing.")
    type_into(page, "What is wrong, or missing?", "The chair left in May.")
    type_into(page, "Your e-mail address, if you want to be told what became of it", "reader@example.org")
    press(page, "Send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message is with the keeper")
    sent = Message.objects.get()
    assert (sent.text, sent.address, sent.area) == ("The chair left in May.", "reader@example.org", area.icb)


def test_reader_tells_the_keeper_without_scripts(area: SmallArea, site: str, page_without_scripts: Page):
    page = page_without_scripts
    page.goto(f"{site}{area.group.get_absolute_url()}")
    page.get_by_role("link", name=TELL).click()
    page.get_by_label("What is wrong, or missing?").fill("The chair left in May.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message is with the keeper")


def test_page_narrowed_by_a_filter_is_told_of_as_it_was_narrowed(area: SmallArea, site: str, page: Page):
    page.goto(f"{site}/groups")
    page.get_by_label("Name contains").fill("leadership")
    page.get_by_role("button", name="Show").last.click()
    page.wait_for_url("**q=leadership**")
    page.get_by_role("link", name=TELL).click()
    assert "q=leadership" in (page.locator("input[name=page]").get_attribute("value") or "")


def with_area(editing: Editing) -> None:  # noqa: F811
    """Let the place that the editor edits be kept for itself, so that messages about it are theirs."""
    keep_area(editing.area.place, editing.area.lmc)


def work_through(editing: Editing) -> None:  # noqa: F811
    """Answer the one message from the to-do list."""
    about = messages.about(editing.area.group.get_absolute_url())
    tell_keeper(about=about, text="The chair left in May.", token=uuid.uuid4(), address="reader@example.org")
    page = editing.open("/to-do")
    assert_sound(page)
    follow(page, "Answer")
    type_into(page, "What became of it?", "Thank you: the chair has gone from the list.")
    press(page, "Answer and settle")
    expect(page.get_by_role("main")).to_contain_text("Answered by")
    assert Message.objects.get().answer == "Thank you: the chair has gone from the list."


def test_editor_answers_a_message_from_the_to_do_list_by_keyboard(editing: Editing):  # noqa: F811
    with_area(editing)
    work_through(editing)


def test_editor_answers_a_message_without_scripts(editing_without_scripts: Editing):  # noqa: F811
    with_area(editing_without_scripts)
    page = editing_without_scripts.page
    about = messages.about(editing_without_scripts.area.group.get_absolute_url())
    tell_keeper(about=about, text="The chair left in May.", token=uuid.uuid4())
    editing_without_scripts.open("/to-do")
    page.get_by_role("link", name="Answer").click()
    page.get_by_label("What became of it?").fill("The chair has gone from the list.")
    page.get_by_role("button", name="Answer and settle").click()
    expect(page.get_by_role("main")).to_contain_text("Answered by")


@pytest.mark.parametrize(
    "address", ["/messages", "/my-messages", "/to-do/vacant-seats", "/to-do/findings", "/to-do/findings?rule=GL05"]
)
def test_pages_of_the_to_do_list_are_sound_on_a_phone(editing: Editing, address: str):  # noqa: F811
    assert_sound(editing.open(address))


def test_somebody_who_steps_down_is_found_in_seconds_by_keyboard(editing: Editing):  # noqa: F811
    page = editing.open("/record")
    assert_sound(page)
    held = editing.area.directors[0]
    type_into(page, "Who or what has changed?", held.person.family_name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert_sound(page)
    follow(page, f"Steps down: {held.role.title}")
    expect(page).to_have_url(re.compile(re.escape(f"/appointments/{held.pk}/end") + "$"))
