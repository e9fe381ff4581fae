"""The pages of signing in and of accounts in a real browser: for everyone, on every device, and without scripts."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, expect

from ics_leadership.accounts import demo_accounts
from ics_leadership.accounts.models import Standing, User
from memberships.models import Person
from tests import factories
from tests.accounts.signing_in import PASSWORD, account, code_of, link_in_last_letter
from tests.browser import PHONE, WIDE, assert_accessible, assert_no_sideways_scroll


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def assert_sound(page: Page) -> None:
    """The page as it stands, wide and on a phone: accessible, never wider than the phone, with one heading."""
    page.set_viewport_size(WIDE)
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    expect(page.locator("h1")).to_have_count(1)
    page.set_viewport_size(WIDE)


def enter(page: Page, site: str, email: str = "sam@lmc.example", next_page: str = "/account") -> None:
    """Sign in as somebody would."""
    page.goto(f"{site}/account/sign-in?next={next_page}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_signing_in_and_out_without_scripts(site: str, page_without_scripts: Page):
    page = page_without_scripts
    account(name="Sam Someone")
    page.goto(site)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill("sam@lmc.example")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".nhsuk-error-summary")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site}/")
    expect(page.locator("header").get_by_text("Sam Someone")).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_pages_of_signing_in_are_sound(site: str, page: Page):
    account()
    account(demo_accounts.ADMINISTRATOR)  # whereupon the page offers the accounts of the demonstration
    for address in ("/account/sign-in", "/account/password/forgotten", "/account/closed"):
        page.goto(site + address)
        assert_sound(page)
    page.goto(f"{site}/account/sign-in")
    page.get_by_role("button", name="Sign in").click()
    assert_sound(page)


def test_forgotten_password_in_a_browser(site: str, page: Page):
    account()
    page.goto(f"{site}/account/sign-in")
    page.get_by_role("link", name="I have forgotten my password").click()
    page.get_by_label("E-mail address").fill("sam@lmc.example")
    page.get_by_role("button", name="Send the letter").click()
    assert_sound(page)
    page.goto(site + link_in_last_letter())
    assert_sound(page)
    page.get_by_label("New password").fill("otter-bridge-salt")
    page.get_by_label("The same again").fill("otter-bridge-other")
    page.get_by_role("button", name="Save the password").click()
    assert_sound(page)
    page.get_by_label("New password").fill("otter-bridge-salt")
    page.get_by_label("The same again").fill("otter-bridge-salt")
    page.get_by_role("button", name="Save the password").click()
    assert_sound(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site}/account/sign-in")


def test_second_factor_is_set_up_by_keyboard_and_used(site: str, page: Page):
    account()
    enter(page, site)
    page.get_by_role("link", name="Second factor").click()
    assert_sound(page)
    page.get_by_role("button", name="Set up an app").press("Enter")
    page.get_by_label("Your password").fill(PASSWORD)
    assert_sound(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor/app")
    expect(
        page.locator(".reg-code-picture svg"), "drawn in the page: the policy admits no other picture"
    ).to_be_visible()
    assert_sound(page)
    page.get_by_label("The six digits").fill(code_of(page.locator("dd code").inner_text()))
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes")
    expect(page.locator(".reg-codes li")).to_have_count(10)
    code = page.locator(".reg-codes li").first.inner_text()
    assert_sound(page)

    page.context.clear_cookies()
    enter(page, site)
    expect(page).to_have_url(re.compile(re.escape("/account/second-factor/check") + "$"))
    assert_sound(page)
    page.get_by_label("Code").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/account")


def test_security_key_is_added_and_used(site: str, page: Page):
    site = site.replace("127.0.0.1", "localhost")  # browsers know no security keys for a number
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    account()
    enter(page, site)
    page.goto(f"{site}/account/second-factor/keys/add")
    page.get_by_label("Your password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/keys/add")
    assert_sound(page)
    page.get_by_label("What you call it").fill("The blue one")
    page.get_by_role("button", name="Add the key").click()
    page.wait_for_url("**/recovery-codes")
    page.goto(f"{site}/account/second-factor/keys")
    expect(page.get_by_text("The blue one").first).to_be_visible()
    assert_sound(page)

    page.context.clear_cookies()
    enter(page, site)
    assert_sound(page)
    page.get_by_role("button", name="Use a security key").click()
    page.wait_for_url(f"{site}/account")


def test_pages_of_an_account_are_sound(site: str, page: Page):
    account()
    enter(page, site)
    for address in (
        "/account",
        "/account/password",
        "/account/sessions",
        "/account/sign-out",
        "/account/second-factor",
    ):
        page.goto(site + address)
        assert_sound(page)


def test_a_token_is_made_by_keyboard(site: str, page: Page):
    account()
    enter(page, site, next_page="/account/tokens/new")
    page.get_by_label("Your password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/tokens/new")
    assert_sound(page)
    page.get_by_label("What is it for?").focus()
    page.keyboard.type("The board's workbook")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Your new token").wait_for()
    assert_sound(page)
    page.goto(f"{site}/account/tokens")
    assert_sound(page)
    page.get_by_role("link", name="The board's workbook", exact=True).press("Enter")
    assert_sound(page)


@pytest.fixture
def administrator(db: None) -> User:
    boss = account("boss@register.example", name="Ada Administrator")
    factories.grant(boss, Standing.ADMINISTRATOR)
    return boss


def test_administrator_grants_and_ends_by_keyboard_on_a_phone(site: str, page: Page, administrator: User):
    area = factories.small_area("Vale")
    edie = factories.user(name="Edie Editor")
    enter(page, site, administrator.email, "/accounts")
    assert_sound(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Edie Editor").press("Enter")
    assert_sound(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Say what it may do").press("Enter")
    page.get_by_label("Edit an area").press("Space")
    page.get_by_label("In which area").press_sequentially(area.icb.name)
    page.get_by_role("radio", name=area.icb.name, exact=True).press("Space")
    page.get_by_label("Took up the work").press("Space")
    assert_sound(page)
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="See what this changes").press("Enter")
    page.get_by_role("button", name="Record this").wait_for()
    assert_sound(page)
    page.get_by_role("button", name="Record this").press("Enter")
    page.wait_for_url(f"**/accounts/{edie.pk}")
    expect(page.get_by_role("rowheader", name="Edits Vale ICB")).to_be_visible()
    page.get_by_role("link", name="End this").press("Enter")
    assert_sound(page)
    page.get_by_label("No longer needed").press("Space")
    page.get_by_role("button", name="See what this changes").press("Enter")
    page.get_by_role("button", name="Record this").press("Enter")
    page.wait_for_url(f"**/accounts/{edie.pk}")
    assert edie.grants.get().end_date is not None


def test_administrator_opens_an_account_without_scripts(site: str, page_without_scripts: Page, administrator: User):
    page = page_without_scripts
    area = factories.small_area("Vale")
    enter(page, site, administrator.email, "/accounts")
    page.get_by_role("button", name="Open an account").click()
    page.get_by_label("Name", exact=True).fill("Edie Editor")
    page.get_by_label("E-mail address").fill("edie@lmc.example")
    page.get_by_label("Edit an area").check()
    page.get_by_label("In which area").fill(area.icb.name)
    page.get_by_role("button", name="Find in which area").click()
    page.get_by_role("radio", name=area.icb.name, exact=True).check()
    page.get_by_label("Took up the work").check()
    page.get_by_role("button", name="See what this changes").click()
    expect(page.get_by_text("A letter goes to edie@lmc.example")).to_be_visible()
    page.get_by_role("button", name="Record this").click()
    assert User.objects.get(email="edie@lmc.example").grants.get().area == area.icb


def test_pages_of_administrators_are_sound(site: str, page: Page, administrator: User):
    edie = factories.user(name="Edie Editor")
    Authenticator.objects.create(user=edie, type=Authenticator.Type.TOTP, data={"secret": "x"})
    enter(page, site, administrator.email)
    for address in ("open", f"{edie.pk}/correct", f"{edie.pk}/close", f"{edie.pk}/remove-second-factor"):
        page.goto(f"{site}/accounts/{address}")
        assert_sound(page)


def test_editor_links_an_account_to_an_entry_and_sees_the_private_part(site: str, page: Page):
    area = factories.small_area("Vale")
    person: Person = area.chair.person
    editor, _ = account("edie@lmc.example"), factories.user(email="chair@lmc.example")
    factories.grant(editor, Standing.EDITOR, area.icb)
    enter(page, site, editor.email, person.get_absolute_url())
    expect(page.get_by_role("heading", name="Not for everybody")).to_be_visible()
    assert_sound(page)
    page.get_by_role("link", name="Link one").click()
    page.get_by_label("E-mail address of their account").fill("chair@lmc.example")
    page.get_by_label("They asked for it").check()
    assert_sound(page)
    page.get_by_role("button", name="See what this changes").click()
    page.get_by_role("button", name="Record this").click()
    page.wait_for_url(f"**{person.get_absolute_url()}")
    expect(page.get_by_text("chair@lmc.example")).to_be_visible()
