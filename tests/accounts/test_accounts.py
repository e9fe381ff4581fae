"""Administrators open and close accounts and say what each may do; editors link accounts to entries."""

import datetime
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from ics_leadership.accounts import actions
from ics_leadership.accounts.models import Grant, Sight, Standing, User
from ics_leadership.history import Change
from ics_leadership.periods import PartialDate, today
from memberships.models import PersonAccount
from organisations.rights import Rights
from tests import factories
from tests.accounts.signing_in import link_in_last_letter, sign_in
from tests.factories import IN_TEST, SmallArea

pytestmark = pytest.mark.django_db

SINCE = PartialDate(datetime.date(2024, 4, 1))


@pytest.fixture
def administrator(client: Client) -> User:
    account = factories.user(name="Ada Administrator")
    factories.grant(account, Standing.ADMINISTRATOR)
    client.force_login(account)
    return account


def hidden(page: str) -> dict[str, str]:
    """What the hidden fields of a page's form say."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def record(client: Client, address: str, data: dict[str, object]) -> object:
    """Send a form, and then the page of consequences; returns the last answer."""
    drawn = hidden(client.get(address).content.decode())
    sent = {**drawn, **data}
    checked = client.post(address, sent)
    assert "Nothing is recorded yet" in checked.content.decode(), checked.content.decode()
    return client.post(address, {**sent, "step": "confirm"})


# --- actions


def test_grants_are_history_like_everything_else():
    boss, account = factories.user(is_superuser=True), factories.user()
    given = actions.give_grant(by=boss, why="Took up the work", account=account, standing=Standing.READER, start=SINCE)
    actions.end_grant(by=boss, why="Left the work", grant=given, end=PartialDate(datetime.date(2025, 3, 31)))
    assert list(Change.objects.filter(by=boss).values_list("why", flat=True)) == ["Took up the work", "Left the work"]


def test_grant_that_has_ended_allows_nothing():
    account, boss = factories.user(), factories.user(is_superuser=True)
    grant = factories.grant(account, Standing.EDITOR, factories.small_area().icb)
    assert Rights(account).is_editor
    yesterday = PartialDate(today() - datetime.timedelta(days=1))
    actions.end_grant(by=boss, why="Left the work", grant=grant, end=yesterday)
    assert not Rights(account).is_editor


def test_same_thing_is_not_granted_twice_at_a_time():
    account = factories.user()
    factories.grant(account, Standing.READER)
    with pytest.raises(ValidationError, match="already"):
        actions.give_grant(account=account, standing=Standing.READER, start=SINCE, **IN_TEST)


def test_closed_account_is_granted_nothing():
    account = factories.user(is_active=False)
    with pytest.raises(ValidationError, match="closed"):
        actions.give_grant(account=account, standing=Standing.READER, start=SINCE, **IN_TEST)


def test_closing_an_account_ends_what_it_may_do_and_keeps_its_name():
    boss, account = factories.user(is_superuser=True), factories.user(name="Edie Editor")
    area = factories.small_area()
    now, later = factories.grant(account, Standing.EDITOR, area.icb), today() + datetime.timedelta(days=30)
    actions.give_grant(account=account, standing=Standing.READER, start=PartialDate(later), **IN_TEST)
    actions.close_account(by=boss, why="Left the work", account=account)
    assert Grant.objects.get(account=account).pk == now.pk
    assert Grant.objects.get(account=account).end_date == today()
    assert not Rights(User.objects.get(pk=account.pk)).is_signed_in
    assert User.objects.get(pk=account.pk).name == "Edie Editor"


def test_somebody_stays_administrator():
    boss = factories.user()
    grant = factories.grant(boss, Standing.ADMINISTRATOR)
    with pytest.raises(ValidationError, match="Somebody has to be administrator"):
        actions.close_account(by=boss, why="Left the work", account=boss)
    with pytest.raises(ValidationError, match="Somebody has to be administrator"):
        actions.end_grant(by=boss, why="Left the work", grant=grant, end=PartialDate(today()))
    assert Rights(User.objects.get(pk=boss.pk)).is_administrator


def test_former_address_signs_in_no_more(client: Client):
    account = actions.open_account(email="Old@LMC.example", name="Sam", password="mongoose-ladder-tin", **IN_TEST)
    client.post("/account/password/forgotten", {"email": "old@lmc.example"})
    actions.correct_account(account=account, email="new@lmc.example", name="Sam", **IN_TEST)
    sign_in(client, "old@lmc.example")
    assert "_auth_user_id" not in client.session
    sign_in(client, "new@lmc.example")
    assert "_auth_user_id" in client.session


def test_address_has_one_account_however_it_is_written():
    actions.open_account(email="sam@lmc.example", name="Sam", **IN_TEST)
    with pytest.raises(ValidationError, match="already"):
        actions.open_account(email="Sam@lmc.example", name="Sam", **IN_TEST)


# --- pages


def test_administrator_opens_an_account_and_its_holder_chooses_a_password(
    client: Client, administrator: User, django_capture_on_commit_callbacks
):
    area = factories.small_area("Vale")
    data = {
        "name": "Edie Editor",
        "email": "Edie@lmc.example",
        "standing": Standing.EDITOR,
        "area": str(area.icb.pk),
        "area-typed": area.icb.name,
        "start": "1 April 2024",
        "why": "Took up the work",
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = record(client, "/accounts/open", data)
    edie = User.objects.get(email="edie@lmc.example")
    assert response["Location"] == f"/accounts/{edie.pk}"
    assert Rights(edie).areas == [area.icb.pk]
    assert len(mail.outbox) == 1, "looking at what follows sends nothing"
    page = client.get(f"/accounts/{edie.pk}").content.decode()
    assert "Vale ICB" in page
    assert "Ada Administrator: Took up the work" in page

    holder = Client()
    form = holder.get(link_in_last_letter(), follow=True).redirect_chain[-1][0]
    holder.post(form, {"password1": "otter-bridge-salt", "password2": "otter-bridge-salt"})
    sign_in(holder, "edie@lmc.example", "otter-bridge-salt")
    assert "_auth_user_id" in holder.session


def test_analyst_is_granted_just_what_is_chosen(client: Client, administrator: User):
    account = factories.user()
    data = {
        "standing": Standing.ANALYST,
        "sees": [Sight.AMOUNTS],
        "start": "2024",
        "why": "Asked for by their organisation",
    }
    record(client, f"/accounts/{account.pk}/grant", data)
    assert Grant.objects.get(account=account).sees == [Sight.AMOUNTS]
    assert "amounts of money" in client.get(f"/accounts/{account.pk}").content.decode()


def test_editor_without_an_area_is_asked_which(client: Client, administrator: User):
    account = factories.user()
    page = client.post(
        f"/accounts/{account.pk}/grant", {"standing": Standing.EDITOR, "start": "2024", "why": "Took up the work"}
    ).content.decode()
    assert "Say which area: an editor edits one." in page
    assert not Grant.objects.filter(account=account).exists()


def test_administrator_ends_a_grant(client: Client, administrator: User):
    account = factories.user()
    grant = factories.grant(account, Standing.READER)
    record(client, f"/grants/{grant.pk}/end", {"end": "31 March 2026", "why": "No longer needed"})
    assert Grant.objects.get(pk=grant.pk).end_date == datetime.date(2026, 3, 31)


def test_administrator_closes_an_account_and_opens_it_again(client: Client, administrator: User):
    account = factories.user()
    record(client, f"/accounts/{account.pk}/close", {"why": "Left the work"})
    assert not User.objects.get(pk=account.pk).is_active
    record(client, f"/accounts/{account.pk}/open", {"why": "Came back"})
    assert User.objects.get(pk=account.pk).is_active


def test_administrator_removes_a_second_factor_that_was_lost(client: Client, administrator: User):
    account = factories.user()
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    record(client, f"/accounts/{account.pk}/remove-second-factor", {"why": "Lost the telephone or key"})
    assert not Authenticator.objects.filter(user=account).exists()
    assert Change.objects.latest("pk").by == administrator


def test_administrator_sends_the_letter_again(client: Client, administrator: User):
    account = factories.user(email="edie@lmc.example")
    client.post(f"/accounts/{account.pk}/letter")
    assert mail.outbox[-1].to == ["edie@lmc.example"]


def test_accounts_are_found_by_name_or_address(client: Client, administrator: User):
    factories.user(name="Edie Editor", email="e@lmc.example")
    assert "Edie Editor" in client.get("/accounts?q=edie").content.decode()
    assert "Edie Editor" not in client.get("/accounts?q=nobody").content.decode()


# --- whose entry


def test_editor_links_an_account_to_the_entry_of_its_holder(client: Client, area: SmallArea):
    editor, holder = factories.editor(area.icb), factories.user(email="chair@lmc.example")
    client.force_login(editor)
    person = area.chair.person
    record(client, f"/people/{person.slug}/account", {"email": "Chair@lmc.example", "why": "They asked for it"})
    assert PersonAccount.objects.get(person=person).account == holder
    record(client, f"/people/{person.slug}/account/unlink", {"why": "Was linked by mistake"})
    assert not PersonAccount.objects.exists()


def test_account_that_is_none_is_explained_beside_the_field(client: Client, area: SmallArea):
    client.force_login(factories.editor(area.icb))
    address = f"/people/{area.chair.person.slug}/account"
    page = client.post(address, {"email": "nobody@lmc.example", "why": "They asked for it"}).content.decode()
    assert "No open account has this address." in page


def test_your_account_says_what_you_may_do(client: Client, area: SmallArea):
    client.force_login(factories.editor(area.icb))
    page = client.get("/account").content.decode()
    assert "Edits" in page
    assert area.icb.name in page
