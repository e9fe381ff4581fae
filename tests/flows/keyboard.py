"""Filling in a form as somebody does who has no mouse: by Tab, arrow keys, Space and Enter alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser import PHONE, assert_accessible, assert_no_sideways_scroll, settled

FURTHEST = 150
"""No form of the register is so long that it takes more steps to go through it."""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus; fail when going once through the page does not reach it."""
    # Sought once, because to seek by name costs much more than to look; and again when the page was changed meanwhile.
    element = target.element_handle()
    for _ in range(FURTHEST):
        there = element.evaluate("element => element.isConnected ? element === document.activeElement : null")
        if there is None:
            element = target.element_handle()
        elif there:
            return
        else:
            page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached with the Tab key on {page.url}")


def type_into(page: Page, label: str, text: str) -> None:
    """Go to the field of that label and type the text in the place of what is there."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page: Page, label: str) -> None:
    """Go to the radio button or box of that label and choose it."""
    target = page.get_by_label(label, exact=True).first
    kind, name = target.get_attribute("type"), target.get_attribute("name")
    if kind == "radio":
        # Tab stops once in a group; the arrows go round in it, choosing as they go.
        group = page.locator(f'input[type=radio][name="{name}"]')
        inside = page.locator(f'input[type=radio][name="{name}"]:checked')
        tab_to(page, inside.first if inside.count() else group.first)
        if not inside.count():
            page.keyboard.press("Space")
        for _ in range(group.count()):
            if target.is_checked():
                return
            page.keyboard.press("ArrowDown")
    else:
        tab_to(page, target)
        page.keyboard.press("Space")
    assert target.is_checked()


def press(page: Page, button: str) -> None:
    """Go to the button of that name and press Enter; wait for what follows, and find it sound on a phone."""
    tab_to(page, page.get_by_role("button", name=button, exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert_sound(page)


def show(page: Page) -> None:
    """Press the button of what the page is asked, which is called like that of the day shown."""
    tab_to(page, page.get_by_role("main").get_by_role("button", name="Show", exact=True))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert_sound(page)


def follow(page: Page, link: str) -> None:
    """Go to the first link of that name and follow it; find what it leads to sound on a phone."""
    tab_to(page, page.get_by_role("link", name=link).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert_sound(page)


def open_details(page: Page, summary: str) -> None:
    """Go to a summary and unfold what it hides."""
    tab_to(page, page.locator("summary", has_text=summary))
    page.keyboard.press("Enter")


def assert_sound(page: Page) -> None:
    """The page as it stands is accessible, and no wider than a phone."""
    settled(page)
    page.set_viewport_size(PHONE)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
