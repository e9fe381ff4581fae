"""Signing in: with a password, with a second factor, after a forgotten one; and what guards all of it."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from ics_leadership.accounts.models import User
from tests.accounts.signing_in import PASSWORD, account, code_of, link_in_last_letter, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """No attempt of another test counts against this one."""
    cache.clear()


@pytest.fixture
def sam() -> User:
    return account()


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_right_password_lets_in_and_leads_to_where_one_was_going(client: Client, sam: User):
    response = sign_in(client, next="/groups")
    assert (response.status_code, response["Location"]) == (302, "/groups")
    assert signed_in(client)


def test_letters_of_an_address_may_be_large_or_small(client: Client, sam: User):
    sign_in(client, "Sam@LMC.example")
    assert signed_in(client)


def test_nobody_is_led_off_the_site_after_signing_in(client: Client, sam: User):
    assert sign_in(client, next="https://elsewhere.example/")["Location"] == "/to-do"


@pytest.mark.parametrize(
    ("email", "password"), [("sam@lmc.example", "heron-plank-tea"), ("nobody@lmc.example", PASSWORD)]
)
def test_wrong_password_and_unknown_address_are_told_the_same(client: Client, sam: User, email: str, password: str):
    page = sign_in(client, email, password).content.decode()
    assert "The e-mail address or the password is not right." in page
    assert password not in page, "what was typed as a password comes back in no page"
    assert not signed_in(client)


def test_empty_field_is_called_by_its_name(client: Client):
    assert "“E-mail address” is still empty." in sign_in(client, "", "").content.decode()


def test_closed_account_is_not_let_in(client: Client, sam: User):
    sam.is_active = False
    sam.save()
    assert sign_in(client)["Location"] == "/account/closed"
    assert not signed_in(client)


def test_sixth_wrong_password_is_not_even_looked_at(client: Client, sam: User):
    for _ in range(5):
        sign_in(client, password="wrong")
    page = sign_in(client).content.decode()
    assert "Too many attempts" in page
    assert not signed_in(client)


def test_nobody_signs_up(client: Client):
    assert client.get("/account/sign-up").status_code == 404
    assert client.get("/account/signup/").status_code == 404


def test_signing_out_is_asked_first(client: Client, sam: User):
    client.force_login(sam)
    client.get("/account/sign-out")
    assert signed_in(client)
    client.post("/account/sign-out")
    assert not signed_in(client)


# --- forgotten passwords


def test_forgotten_password_is_replaced_by_the_link_of_a_letter(client: Client, sam: User):
    client.post("/account/password/forgotten", {"email": "sam@lmc.example"})
    assert mail.outbox[-1].to == ["sam@lmc.example"]
    form = client.get(link_in_last_letter(), follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "otter-bridge-salt", "password2": "otter-bridge-salt"})
    sign_in(client, password="otter-bridge-salt")
    assert signed_in(client)


def test_link_of_a_letter_is_good_for_once(client: Client, sam: User):
    client.post("/account/password/forgotten", {"email": "sam@lmc.example"})
    link = link_in_last_letter()
    address = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(address, {"password1": "otter-bridge-salt", "password2": "otter-bridge-salt"})
    assert "no longer good" in Client().get(link, follow=True).content.decode()


def test_unknown_address_gets_no_letter_and_the_same_answer(client: Client, sam: User):
    known = client.post("/account/password/forgotten", {"email": "sam@lmc.example"})
    sent = len(mail.outbox)
    unknown = client.post("/account/password/forgotten", {"email": "nobody@lmc.example"})
    assert len(mail.outbox) == sent
    assert unknown["Location"] == known["Location"]


def test_changed_password_is_told_by_letter(client: Client, sam: User):
    sign_in(client)
    client.post(
        "/account/password",
        {"oldpassword": PASSWORD, "password1": "otter-bridge-salt", "password2": "otter-bridge-salt"},
    )
    assert "Your password was changed" in mail.outbox[-1].subject


# --- second factors


def set_up_app(client: Client) -> str:
    """Set up an authenticator app as somebody would; returns its key."""
    client.post("/account/confirm", {"password": PASSWORD})
    secret = client.get("/account/second-factor/app").context["form"].secret
    client.post("/account/second-factor/app", {"code": code_of(secret)})
    cache.clear()  # the code just used is not taken again
    return secret


def test_second_factor_is_asked_for_once_it_is_set_up(client: Client, sam: User):
    sign_in(client)
    secret = set_up_app(client)
    again = Client()
    assert sign_in(again)["Location"] == "/account/second-factor/check"
    assert not signed_in(again)
    again.post("/account/second-factor/check", {"code": "000000"})
    assert not signed_in(again)
    again.post("/account/second-factor/check", {"code": code_of(secret)})
    assert signed_in(again)


def test_recovery_code_lets_in_once(client: Client, sam: User):
    sign_in(client)
    set_up_app(client)
    code = client.get("/account/second-factor/recovery-codes").context["unused_codes"][0]
    for goes_in in (True, False):
        again = Client()
        sign_in(again)
        again.post("/account/second-factor/check", {"code": code})
        assert signed_in(again) is goes_in


def test_key_of_an_app_is_not_readable_in_the_database(client: Client, sam: User):
    sign_in(client)
    secret = set_up_app(client)
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)


def test_after_the_secret_key_changed_no_code_lets_in(client: Client, sam: User, settings):
    sign_in(client)
    secret = set_up_app(client)
    settings.SECRET_KEY = "another"
    again = Client()
    sign_in(again)
    assert again.post("/account/second-factor/check", {"code": code_of(secret)}).status_code == 200
    assert not signed_in(again)


def test_second_factor_is_not_set_up_by_whoever_finds_a_session_open(client: Client, sam: User):
    sign_in(client)
    response = client.get("/account/second-factor/app")
    assert response["Location"].startswith("/account/confirm")


def test_administration_is_entered_by_the_same_door(client: Client):
    User.objects.create_superuser("boss@register.example", PASSWORD)
    response = client.get("/admin/login/?next=/admin/")
    assert response["Location"].startswith("/account/sign-in")
    sign_in(client, "boss@register.example")
    set_up_app(client)
    again = Client()
    sign_in(again, "boss@register.example", next="/admin/")
    assert again.get("/admin/").status_code == 302, "not before the second factor"


# --- sessions


def test_other_sessions_can_be_ended(client: Client, sam: User):
    elsewhere = Client()
    for each in (client, elsewhere):
        sign_in(each)
    assert len(client.get("/account/sessions").context["sessions"]) == 2
    client.post("/account/sessions")
    assert elsewhere.get("/account/sessions").status_code == 302
    assert client.get("/account/sessions").status_code == 200


# --- reading


def test_stranger_is_sent_to_sign_in_and_back_where_reading_is_not_public(client: Client, sam: User, settings):
    settings.PUBLIC_READING = False
    response = client.get("/groups?kind=lmc")
    assert response["Location"] == "/account/sign-in?next=/groups%3Fkind%3Dlmc"
    assert client.get("/about").status_code == 200
    assert client.get("/account/password/forgotten").status_code == 200
    sign_in(client)
    assert client.get("/groups").status_code == 200


def test_part_of_a_page_tells_its_page_that_one_must_sign_in(client: Client, settings):
    settings.PUBLIC_READING = False
    assert client.get("/groups", headers={"HX-Request": "true"}).status_code == 401
