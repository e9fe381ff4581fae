"""How an administrator erases somebody: told first what goes, asked for a reason, and nobody else can."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from ics_leadership.accounts.models import Standing, User
from ics_leadership.history import Change
from ics_leadership.restoring import withdraw
from memberships.actions.merging import merge_people
from memberships.models import ErasedRow, Person
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.sending import fields_of, sent
from tests.history.registers import commit


@pytest.fixture
def administrator(db: None) -> User:
    account = factories.user()
    factories.grant(account, Standing.ADMINISTRATOR)
    return account


@pytest.fixture
def admin_client(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def text(answer: HttpResponse) -> str:
    return html.unescape(answer.content.decode())


def erased(client: Client, person: Person) -> HttpResponse:
    """The answer to the confirmation of erasing somebody."""
    check = sent(client, f"/people/{person.pk}/erase", why="They asked for it")
    assert "Nothing is erased yet" in text(check)
    return client.post(f"/people/{person.pk}/erase", fields_of(check) | {"step": "confirm"})


def test_page_tells_what_goes_before_anything_does(admin_client: Client, area: SmallArea):
    person = area.directors[0].person
    factories.person(person.name)
    page = text(admin_client.get(person.get_absolute_url()))
    assert f'href="/people/{person.pk}/erase"' in page
    check = text(sent(admin_client, f"/people/{person.pk}/erase", why="They asked for it"))
    for line in ("1 person", "1 appointment", "1 membership", "All that the history knows of these"):
        assert re.search(rf"<li>\s*{line}\s*</li>", check), line
    assert "1 other person bears the same name." in check
    assert Person.objects.filter(pk=person.pk).exists()
    assert not ErasedRow.objects.exists()


def test_addresses_of_whom_was_erased_say_so(admin_client: Client, area: SmallArea):
    person, former = area.directors[0].person, factories.person("Former Entry")
    merge_people(keep=person, drop=former, **IN_TEST)
    commit()
    answer = erased(admin_client, person)
    assert answer.status_code == 302
    assert f"What is left is the number {person.pk}" in text(admin_client.get(answer.headers["Location"]))
    for address in (f"/people/{person.slug}", f"/people/{former.slug}", f"/history/person/{person.pk}"):
        gone = Client().get(address)
        assert gone.status_code == 410, address
        assert "was erased on" in text(gone)
        assert person.family_name not in text(gone)
    record = Client().get(f"/api/v1/role-map/{area.directors[0].pk}")
    assert record.status_code == 410
    assert "was erased on" in json.loads(record.content)["detail"]
    assert Client().get("/people/nobody-ever").status_code == 404


def test_somebody_withdrawn_is_erased_from_their_history(admin_client: Client, db: None):
    person = factories.person("Entered By-Mistake")
    commit()
    withdraw(row=person, **IN_TEST)
    commit()
    assert f'href="/people/{person.pk}/erase"' in text(admin_client.get(f"/history/person/{person.pk}"))
    assert erased(admin_client, person).status_code == 302
    assert admin_client.get(f"/history/person/{person.pk}").status_code == 410
    assert admin_client.get(f"/people/{person.pk}/erase").status_code == 404


def test_reason_that_names_them_is_refused_and_the_form_keeps_what_was_typed(admin_client: Client, area: SmallArea):
    person = area.directors[0].person
    typed = {"why": "other", "why_words": f"{person.given_names} {person.family_name} wrote to us"}
    page = sent(admin_client, f"/people/{person.pk}/erase", **typed)
    assert "may not name whom it is about" in text(page)
    assert Person.objects.filter(pk=person.pk).exists()


def test_form_that_is_sent_twice_erases_once(admin_client: Client, area: SmallArea):
    person = area.directors[0].person
    check = sent(admin_client, f"/people/{person.pk}/erase", why="They asked for it")
    fields = fields_of(check) | {"step": "confirm"}
    first = admin_client.post(f"/people/{person.pk}/erase", fields)
    before = Change.objects.count()
    second = admin_client.post(f"/people/{person.pk}/erase", fields)
    assert first.status_code == 302
    assert second.status_code == 404
    assert "Nothing is left to do." in text(second)
    assert Change.objects.count() == before


def test_nobody_but_administrators_erases(area: SmallArea):
    editor = Client()
    editor.force_login(factories.editor(area.icb))
    person = area.directors[0].person
    assert editor.get(f"/people/{person.pk}/erase").status_code == 403
    assert editor.post(f"/people/{person.pk}/erase", {"step": "confirm"}).status_code == 403
    assert "Erase this person" not in text(editor.get(person.get_absolute_url()))
    assert Client().get(f"/people/{person.pk}/erase").status_code == 302
