"""The gallery in a real browser: every component accessible, on a phone, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PHONE, assert_accessible, assert_no_sideways_scroll, assert_page_is_sound, open_page


@pytest.fixture(autouse=True)
def _open_to_all(settings, invented) -> None:
    settings.DEBUG = True
    invented("Vale, Downs and Harbour")


def test_every_component_is_accessible_wide_and_on_a_phone(site: str, page: Page) -> None:
    assert_page_is_sound(page, f"{site}/design")


def test_the_past_is_accessible_too(site: str, page: Page) -> None:
    assert_page_is_sound(page, f"{site}/design?as_at=2022-06-30&kind=pcn&within=A3")


def test_what_is_folded_away_is_accessible_when_it_is_opened(site: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, f"{site}/design")
    page.evaluate("document.querySelectorAll('details').forEach((element) => (element.open = true))")
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_the_menu_opens_on_a_phone_and_closes_by_keyboard(site: str, page: Page) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, f"{site}/design")
    people = page.get_by_role("link", name="People", exact=True)
    expect(people).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).press("Enter")
    expect(people).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(people).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_another_day_is_shown_and_kept_by_every_link(
    site: str, page: Page, page_without_scripts: Page, scripts: bool
) -> None:
    reader = page if scripts else page_without_scripts
    reader.goto(f"{site}/design?kind=pcn")
    reader.get_by_label("Another day").fill("2022-06-30")
    reader.locator(".reg-as-at__form").get_by_role("button", name="Show").click()
    expect(reader.get_by_text("As at 30 June 2022")).to_be_visible()
    assert "kind=pcn" in reader.url
    assert "as_at=2022-06-30" in reader.url
    expect(reader).to_have_title(re.compile("As at 30 June 2022"))
    menu = reader.get_by_role("navigation", name="Sections").get_by_role("link", name="People")
    expect(menu).to_have_attribute("href", "/people?as_at=2022-06-30")
    reader.get_by_role("link", name="Show today").click()
    expect(reader.get_by_text("Today, ")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_is_narrowed_and_widened_again(site: str, page: Page, page_without_scripts: Page, scripts: bool) -> None:
    reader = page if scripts else page_without_scripts
    reader.goto(f"{site}/design?as_at=2022-06-30")
    reader.get_by_label("Kind").select_option("pcn")
    reader.locator(".reg-filters").get_by_role("button", name="Show").click()
    in_force = reader.get_by_role("link", name="Kind: Primary care network")
    expect(in_force).to_be_visible()
    assert "as_at=2022-06-30" in reader.url
    in_force.click()
    expect(in_force).to_be_hidden()
    assert "kind" not in reader.url


def test_a_long_list_is_searched_by_typing(site: str, page: Page) -> None:
    open_page(page, f"{site}/design")
    # What is there before the page is enhanced is a list to choose from, with the same name and role.
    box = page.locator("input").and_(page.get_by_role("combobox", name="Within"))
    box.fill("number 17")
    page.get_by_role("option", name="Area number 17").click()
    page.locator(".reg-filters").get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Within: Area number 17")).to_be_visible()
    assert "within=A17" in page.url


def test_going_back_shows_the_page_that_was_left(site: str, page: Page) -> None:
    open_page(page, f"{site}/design")
    page.get_by_label("Another day").fill("2022-06-30")
    page.locator(".reg-as-at__form").get_by_role("button", name="Show").click()
    expect(page.get_by_text("As at 30 June 2022")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Today, ")).to_be_visible()


def test_everything_is_reached_by_keyboard_and_the_first_stop_skips_to_the_content(site: str, page: Page) -> None:
    open_page(page, f"{site}/design")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    seen = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.closest('svg') ? 'mark' : document.activeElement.tagName"))
    assert {"A", "mark", "INPUT", "SELECT", "BUTTON", "SUMMARY"} <= seen


@pytest.mark.parametrize("path", ["/nowhere", "/design?as_at=yesterday"])
def test_error_pages_are_as_sound_as_any(site: str, page: Page, settings, path: str) -> None:
    settings.DEBUG = False
    assert_page_is_sound(page, site + path)


def test_what_the_register_says_of_itself_is_sound(site: str, page: Page) -> None:
    assert_page_is_sound(page, f"{site}/about")


def test_the_gallery_is_not_for_the_public(client, db, settings) -> None:
    settings.DEBUG = False
    assert client.get("/design").status_code == 404
