"""Signing in at an OpenID Connect provider: whom it vouches for gets their account, and nobody else gets one."""

import signal
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from environ import Env

from ics_leadership.accounts.models import User
from ics_leadership.accounts.providers import openid_providers
from ics_leadership.embedded.lifeline import tethered
from ics_leadership.environment import BASE_DIR
from tests.accounts.openid_provider import CLIENT
from tests.accounts.signing_in import account
from tests.demo_site import free_port, wait_for

SAM = {"sub": "4711", "email": "sam@lmc.example", "email_verified": True, "name": "Sam Someone"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider, a process of its own."""
    port = free_port()
    command = [sys.executable, "-m", "tests.accounts.openid_provider", str(port)]
    provider = tethered(command, at_death=signal.SIGTERM, cwd=BASE_DIR)
    wait_for(port, provider)
    yield f"http://127.0.0.1:{port}"
    provider.terminate()
    provider.wait()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, issuer: str) -> dict[str, str]:
    """The environment of a register that lets people sign in there."""
    environment = {
        "OIDC_PROVIDERS": "nhs-mail",
        "OIDC_NHS_MAIL_NAME": "NHSmail",
        "OIDC_NHS_MAIL_ISSUER": issuer,
        "OIDC_NHS_MAIL_CLIENT_ID": CLIENT["client_id"],
        "OIDC_NHS_MAIL_CLIENT_SECRET": CLIENT["client_secret"],
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return environment


@pytest.fixture(autouse=True)
def configured(told: dict[str, str], settings: Any) -> None:
    cache.clear()
    listed = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"] | {"APPS": openid_providers(Env())}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": listed}


def sign_in_elsewhere(client: Client, issuer: str, person: dict[str, Any], to: str = "") -> Any:
    """Go there, be that person, come back; returns the register's answer."""
    requests.put(f"{issuer}/person", json=person, timeout=5)
    leaving = client.post(f"/account/elsewhere/nhs-mail?process=login&next={to}")
    assert leaving.status_code == 200, "a form of the register may not lead to another site: the page does"
    there = requests.get(leaving.context["redirect_to"], allow_redirects=False, timeout=5)
    back = urlsplit(there.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_sign_in_page_offers_the_provider_by_name(client: Client):
    assert "NHSmail" in client.get("/account/sign-in").content.decode()


@pytest.mark.django_db
def test_whose_address_is_verified_there_gets_their_account(client: Client, issuer: str):
    sam = account()
    response = sign_in_elsewhere(client, issuer, SAM | {"email": "Sam@LMC.example"}, to="/groups")
    assert response["Location"] == "/groups"
    assert int(client.session["_auth_user_id"]) == sam.pk
    assert User.objects.get().has_usable_password(), "their password is still theirs"


@pytest.mark.django_db
def test_person_is_known_again_when_their_address_has_changed_there(client: Client, issuer: str):
    account()
    sign_in_elsewhere(client, issuer, SAM)
    again = Client()
    sign_in_elsewhere(again, issuer, SAM | {"email": "sam.someone@nhs.example"})
    assert signed_in(again)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "person",
    [SAM | {"email": "nobody@lmc.example"}, SAM | {"email_verified": False}, {"sub": "4711"}],
    ids=["no account", "not verified", "no address"],
)
def test_nobody_else_is_let_in_or_given_an_account(client: Client, issuer: str, person: dict[str, Any]):
    account()
    page = sign_in_elsewhere(client, issuer, person)
    assert "You have no account here" in page.content.decode()
    assert not signed_in(client)
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


@pytest.mark.django_db
def test_closed_account_stays_closed(client: Client, issuer: str):
    sam = account()
    sign_in_elsewhere(client, issuer, SAM)
    sam.is_active = False
    sam.save()
    again = Client()
    assert sign_in_elsewhere(again, issuer, SAM)["Location"] == "/account/closed"
    assert not signed_in(again)


@pytest.mark.django_db
def test_provider_that_gives_its_people_their_addresses_need_not_verify_each(
    client: Client, issuer: str, monkeypatch: pytest.MonkeyPatch, settings: Any
):
    monkeypatch.setenv("OIDC_NHS_MAIL_ADDRESSES_VERIFIED", "true")
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"] | {"APPS": openid_providers(Env())}
    }
    account()
    sign_in_elsewhere(client, issuer, {"sub": "4711", "email": "sam@lmc.example"})
    assert signed_in(client)


@pytest.mark.django_db
def test_answer_that_the_provider_did_not_sign_is_not_believed(client: Client, issuer: str):
    account()
    page = sign_in_elsewhere(client, issuer, SAM | {"forged": True})
    assert "did not work" in page.content.decode()
    assert not signed_in(client)


@pytest.mark.django_db
def test_answer_to_somebody_elses_question_is_not_believed(client: Client, issuer: str):
    account()
    requests.put(f"{issuer}/person", json=SAM, timeout=5)
    leaving = client.post("/account/elsewhere/nhs-mail?process=login")
    there = requests.get(leaving.context["redirect_to"], allow_redirects=False, timeout=5)
    back = urlsplit(there.headers["Location"])
    stranger = Client()
    assert "did not work" in stranger.get(f"{back.path}?{back.query}").content.decode()
    assert not signed_in(stranger)


@pytest.mark.django_db
def test_who_turns_back_there_is_told_so(client: Client, issuer: str):
    response = sign_in_elsewhere(client, issuer, SAM | {"refuses": True})
    assert response["Location"] == "/account/elsewhere/cancelled"


@pytest.mark.django_db
def test_provider_that_cannot_be_reached_is_said_to_be(client: Client, settings: Any):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = f"http://127.0.0.1:{free_port()}"
    response = client.post("/account/elsewhere/nhs-mail?process=login")
    assert response.status_code == 502
    assert "did not work" in response.content.decode()


def test_provider_half_told_is_refused_with_what_is_missing(told: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OIDC_NHS_MAIL_ISSUER")
    with pytest.raises(ImproperlyConfigured, match="OIDC_NHS_MAIL_ISSUER"):
        openid_providers(Env())
