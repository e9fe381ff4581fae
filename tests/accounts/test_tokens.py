"""Tokens of the API: made, limited and revoked on pages, shown once, and never seeing more than their person does."""

from __future__ import annotations

import datetime
import json
import time

import pytest
import time_machine
from django.test import Client

from ics_leadership.accounts import actions as accounts
from ics_leadership.accounts.models import Grant, Sight, Standing, Token, TokenUse, User
from ics_leadership.accounts.tokens import MOST_TOKENS, forget_old_uses, make_token
from ics_leadership.periods import PartialDate, today
from memberships import actions
from tests import factories
from tests.api.reading import lines, refusal
from tests.factories import IN_TEST

ADDRESS = "/api/v1/role-map?period=all"


def made(account: User, *sees: Sight, days: int = 90, name: str = "Their workbook") -> tuple[Token, Client]:
    """A token of an account, and a program that sends it."""
    until = today() + datetime.timedelta(days=days)
    token, text = make_token(account=account, name=name, sees=sees, until=until)
    return token, Client(headers={"authorization": f"Token {text}"})


def signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def amounts(client: Client) -> list[float]:
    return [row["annual_amount"] for row in lines(client, ADDRESS) if row.get("annual_amount")]


def paid_area() -> factories.SmallArea:
    area = factories.small_area()
    money = actions.Funding(factories.funding_source(), payer=area.icb, annual_amount=12_000)
    actions.add_funding_line(appointment=area.directors[0], funding=money, **IN_TEST)
    return area


# --- on the pages


def test_a_token_is_made_on_a_page_and_shown_once(db: None):
    reader = factories.user()
    client = signed_in(reader)
    page = client.get("/account/tokens/new")
    assert page.status_code == 200
    assert "Which private facts" not in page.content.decode()
    page = client.post("/account/tokens/new", {"name": "Their workbook", "lasts": "30"})
    token = Token.objects.get(user=reader)
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    text = page.context["text"]
    assert text in page.content.decode()
    assert token.until == today() + datetime.timedelta(days=30)
    assert text not in json.dumps(list(Token.objects.values()), default=str)
    listed = client.get("/account/tokens").content.decode()
    assert "Their workbook" in listed
    assert text not in listed
    assert Client(headers={"authorization": f"Token {text}"}).get("/api/v1/role-map").status_code == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"lasts": "30"}, "Say what the token is for."),
        ({"name": "X", "lasts": "date"}, "Say the last day on which it is valid."),
        ({"name": "X", "lasts": "date", "until": "soon"}, "This is not a date."),
        ({"name": "X", "lasts": "date", "until": "2001-01-01"}, "This day has passed"),
        ({"name": "X", "lasts": "date", "until": "2099-01-01"}, "A token ends within a year"),
        ({"name": "X", "lasts": "30", "until": "2027-01-01"}, "This day goes with “to another day”."),
        ({"name": "their WORKBOOK", "lasts": "30"}, "You have a token of this name."),
    ],
)
def test_what_makes_no_token_is_said_in_a_sentence(db: None, typed: dict[str, str], sentence: str):
    reader = factories.user()
    made(reader)
    assert sentence in signed_in(reader).post("/account/tokens/new", typed).content.decode()
    assert Token.objects.count() == 1


def test_no_account_has_tokens_without_number(db: None):
    reader = factories.user()
    for number in range(MOST_TOKENS):
        made(reader, name=str(number))
    page = signed_in(reader).post("/account/tokens/new", {"name": "One more", "lasts": "30"})
    assert "tokens already" in page.content.decode()


def test_only_facts_that_the_person_sees_can_be_chosen(area: factories.SmallArea):
    analyst = factories.user()
    factories.grant(analyst, Standing.ANALYST, area.icb, sees=[Sight.AMOUNTS])
    client = signed_in(analyst)
    page = client.get("/account/tokens/new").content.decode()
    assert "Amounts of money" in page
    assert "Registration numbers" not in page
    client.post("/account/tokens/new", {"name": "X", "lasts": "30", "sees": Sight.REGISTRATION_NUMBERS})
    assert not Token.objects.exists()


def test_a_token_is_made_only_by_who_has_just_typed_their_password(db: None):
    client = Client()
    client.force_login(factories.user())
    assert client.get("/account/tokens/new").headers["Location"].startswith("/account/confirm")


def test_the_owner_and_administrators_see_and_revoke_a_token_and_nobody_else(db: None):
    owner, other, administrator = factories.user(), factories.user(), factories.user()
    factories.grant(administrator, Standing.ADMINISTRATOR)
    token, program = made(owner)
    address = f"/tokens/{token.key}"
    assert signed_in(other).get(address).status_code == 404
    assert signed_in(other).post(f"{address}/revoke").status_code == 404
    assert program.get("/api/v1/role-map").status_code == 200
    assert "/api/v1/role-map" in signed_in(owner).get(address).content.decode()
    assert "Their workbook" in signed_in(administrator).get(f"/accounts/{owner.pk}").content.decode()
    assert signed_in(administrator).post(f"{address}/revoke").status_code == 302
    assert refusal(program, "/api/v1/role-map", 401).startswith("This token was revoked on ")
    assert f"by {administrator}" in signed_in(owner).get("/account/tokens").content.decode()


def test_a_token_is_revoked_only_once_that_is_confirmed(db: None):
    owner, other = factories.user(), factories.user()
    token, program = made(owner)
    page = signed_in(owner)
    address = f"/tokens/{token.key}/revoke"
    for offering in ("/account/tokens", f"/tokens/{token.key}"):
        assert f'<a href="{address}">' in page.get(offering).content.decode()
    asked = page.get(address).content.decode()
    assert "Nothing is revoked yet" in asked
    assert f'<form method="post" action="{address}">' in asked
    assert program.get("/api/v1/role-map").status_code == 200
    assert signed_in(other).get(address).status_code == 404
    page.post(address)
    assert program.get("/api/v1/role-map").status_code == 401
    assert "Revoke it for good" not in page.get(address).content.decode()


# --- what a token is told


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("Token gpreg_0123", "This token is none that the register gave."),
        ("Token", "This header holds no token."),
        ("Token a b", "This header holds no token."),
        ("Token \xff\xfe", "This token is none that the register gave."),
        ("Bearer abc", "The register does not know “Bearer”."),
    ],
)
def test_what_is_no_token_is_refused_in_a_sentence(db: None, sent: str, sentence: str):
    client = Client(headers={"authorization": sent})
    assert refusal(client, "/api/v1/role-map", 401).startswith(sentence)
    assert client.get("/api/v1/role-map").headers["WWW-Authenticate"] == "Token"


def test_strangers_are_told_of_tokens_where_reading_needs_an_account(db: None, settings):
    settings.PUBLIC_READING = False
    assert "Send a token" in refusal(Client(), "/api/v1/role-map", 401)
    assert Client().get("/api/v1/role-map").headers["WWW-Authenticate"] == "Token"
    _, program = made(factories.user())
    assert program.get("/api/v1/role-map").status_code == 200


def test_a_token_ends_after_its_last_day(db: None):
    token, program = made(factories.user(), days=1)
    with time_machine.travel(datetime.datetime.combine(token.until, datetime.time(22, 0), datetime.UTC), tick=False):
        assert program.get("/api/v1/role-map").status_code == 200
    with time_machine.travel(token.expiry + datetime.timedelta(minutes=1), tick=False):
        assert refusal(program, "/api/v1/role-map", 401).startswith("This token was valid until ")


def test_closing_an_account_ends_its_tokens_for_good(db: None):
    account = factories.user()
    administrator = factories.user(is_superuser=True)
    _, program = made(account)
    accounts.close_account(account=account, by=administrator, why="Left the work")
    assert program.get("/api/v1/role-map").status_code == 401
    accounts.reopen_account(account=account, by=administrator, why="Came back")
    assert refusal(program, "/api/v1/role-map", 401).startswith("This token was revoked on ")


# --- what a token sees


def test_a_token_sees_what_its_person_sees_if_it_was_made_for_that(committing: None):
    editor = factories.editor(paid_area().icb)
    _, with_amounts = made(editor, Sight.AMOUNTS)
    _, without = made(editor, Sight.NOTES, name="Other")
    assert amounts(with_amounts) == [12_000]
    assert "annual_amount" not in lines(without, ADDRESS)[0]


def test_when_a_right_ends_the_token_loses_it_too(committing: None):
    analyst = factories.user()
    grant = factories.grant(analyst, Standing.ANALYST, paid_area().icb, sees=[Sight.AMOUNTS])
    token, program = made(analyst, Sight.AMOUNTS)
    assert amounts(program) == [12_000]
    yesterday = PartialDate(today() - datetime.timedelta(days=1))
    factories.user(is_superuser=True)
    accounts.end_grant(grant=Grant.objects.get(pk=grant.pk), end=yesterday, **IN_TEST)
    assert amounts(program) == []
    assert "no longer amounts of money" in signed_in(analyst).get(f"/tokens/{token.key}").content.decode()


def test_a_token_opens_no_page(db: None):
    _, program = made(factories.user())
    assert program.get("/account").headers["Location"].startswith("/account/sign-in")


# --- what is kept of it


def test_the_use_of_a_token_is_counted_and_the_log_forgotten_in_time(db: None):
    token, program = made(factories.user())
    for _ in range(3):
        program.get("/api/v1/role-map")
    token.refresh_from_db()
    use = TokenUse.objects.get(token=token)
    assert (token.times_used, use.times, use.path, use.from_address) == (3, 3, "/api/v1/role-map", "127.0.0.1")
    assert token.last_used_at == use.last_at
    forget_old_uses()
    assert TokenUse.objects.exists()
    TokenUse.objects.update(day=today() - datetime.timedelta(days=91))
    forget_old_uses()
    assert not TokenUse.objects.exists()
