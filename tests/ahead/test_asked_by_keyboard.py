"""What is asked before it happens, on a phone and without a mouse: what if, who could follow, at whose table, why not."""

import re

from playwright.sync_api import expect

from tests.flows.conftest import Editing, editing, editor, editor_client  # noqa: F401 fixtures
from tests.flows.keyboard import assert_sound, choose, follow, press, show, tab_to, type_into


def test_question_is_asked_by_keyboard(editing: Editing):  # noqa: F811
    person = editing.area.directors[0].person
    page = editing.open(f"/what-if?person={person.slug}")
    assert_sound(page)
    tab_to(page, page.get_by_label("Last day", exact=True))
    page.keyboard.type("03032027")  # the same whether days or months come first
    box = f"{editing.area.directors[0].role}, {editing.area.directors[0].role.organisation}"
    assert page.get_by_label(box, exact=True).is_checked()
    tab_to(page, page.get_by_label(box, exact=True))
    page.keyboard.press("Space")
    choose(page, box)
    press(page, "See what would follow")
    assert page.locator("h1").inner_text().endswith("leaves on 3 March 2027")
    expect(page.get_by_text("falls vacant on 4 March 2027")).to_be_visible()


def test_who_could_follow_and_at_whose_table_are_asked_by_keyboard(editing: Editing):  # noqa: F811
    area = editing.area
    page = editing.open(f"/succession?group={area.group.slug}")
    assert_sound(page)
    tab_to(page, page.get_by_label("Which", exact=True))
    page.keyboard.type("Seats")
    show(page)
    assert "kind=seats" in page.url
    expect(page.get_by_role("heading", name=area.group.name).first).to_be_visible()
    editing.open("/tables")
    assert_sound(page)
    tab_to(page, page.get_by_label("Within", exact=True))
    page.keyboard.type(area.icb.name)
    show(page)
    follow(page, area.pcns[0].name)
    expect(page.get_by_role("link", name=area.group.name).first).to_be_visible()


def test_why_not_is_asked_by_keyboard_and_leads_to_a_seat(editing: Editing):  # noqa: F811
    area = editing.area
    page = editing.open(f"{area.group.get_absolute_url()}/why-not")
    type_into(page, "Who", area.chair.person.family_name)
    press(page, "Find")
    follow(page, area.chair.person.name)
    expect(page.get_by_text("Has this seat")).to_be_visible()
    follow(page, "Record that they sit")
    expect(page).to_have_url(re.compile(re.escape(f"?person={area.chair.person.pk}") + "$"))
