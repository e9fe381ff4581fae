"""What only some see of people, appointments and groups: there for them, and in no answer, order or filter of anybody else."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ics_leadership.accounts.models import Sight, Standing
from ics_leadership.api.resource import Resource
from ics_leadership.history import change
from memberships import actions
from memberships.actions.identity import link_account
from memberships.api import RESOURCES
from memberships.models import Person
from tests import factories
from tests.accounts.test_tokens import made
from tests.api.reading import body, lines, refusal
from tests.factories import IN_TEST

PRIVATE = {"registration_number": "7654321", "work_email": "a@example.org", "work_telephone": "01603", "note": "hushed"}


@pytest.fixture(scope="module")
def areas(committing_together: None) -> list[factories.SmallArea]:
    """Two areas; the chair of each, their appointment and their group have something private."""
    found = [factories.small_area(), factories.small_area("Diss")]
    for each in found:
        actions.correct_person(person=each.chair.person, **PRIVATE, **IN_TEST)
        actions.add_funding_line(
            appointment=each.chair,
            funding=actions.Funding(factories.funding_source(name=each.icb.name), annual_amount=12_000),
            **IN_TEST,
        )
        with change(**IN_TEST):
            type(each.chair).objects.filter(pk=each.chair.pk).update(evidence="minutes", note="hushed")
    return found


def of_chair(client: Client, area: factories.SmallArea, resource: str) -> dict[str, Any]:
    """The row of the chair of an area."""
    chair = {"people": area.chair.person_id, "appointments": area.chair.pk}[resource]
    return next(row for row in lines(client, f"/api/v1/{resource}?period=all") if next(iter(row.values())) == chair)


def signed_in(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_everybody_else_has_no_such_column(areas: list[factories.SmallArea]):
    for resource in ("people", "appointments"):
        private = {
            column.name
            for each in RESOURCES
            if each.table.name == resource
            for column in each.table.columns
            if column.sight
        }
        assert private
        assert not private & set(of_chair(Client(), areas[0], resource))
        reader = set(of_chair(signed_in(factories.user()), areas[0], resource))
        assert private & reader == ({"work_email", "work_telephone"} if resource == "people" else set())


def test_editor_sees_what_is_private_in_their_area_alone(areas: list[factories.SmallArea]):
    editor = signed_in(factories.editor(areas[0].icb))
    here, elsewhere = (of_chair(editor, each, "people") for each in areas)
    assert {name: here[name] for name in PRIVATE} == PRIVATE
    assert (elsewhere["work_email"], elsewhere["registration_number"], elsewhere["note"]) == (
        "a@example.org",
        None,
        None,
    )
    here, elsewhere = (of_chair(editor, each, "appointments") for each in areas)
    assert (here["annual_amount"], here["evidence"], here["note"]) == (12_000, "minutes", "hushed")
    assert (elsewhere["annual_amount"], elsewhere["evidence"], elsewhere["note"]) == (None, None, None)


def test_token_sees_what_it_was_made_for_even_of_its_own_person(areas: list[factories.SmallArea]):
    owner = factories.editor(areas[0].icb)
    link_account(person=areas[1].chair.person, account=owner, **IN_TEST)
    (_, plain), (_, notes) = made(owner, name="Plain"), made(owner, Sight.NOTES, name="Notes")
    assert {"note", "registration_number"} & set(of_chair(plain, areas[1], "people")) == set()
    assert "annual_amount" not in of_chair(plain, areas[0], "appointments")
    seen = of_chair(notes, areas[1], "people")
    assert seen["note"] == "hushed"
    assert "registration_number" not in seen
    assert of_chair(signed_in(owner), areas[1], "people")["registration_number"] == "7654321"


def test_token_made_for_everything_sees_what_its_person_sees(areas: list[factories.SmallArea]):
    owner = factories.editor(areas[0].icb)
    _, whole = made(owner, *Sight, name="Everything")
    newcomer = factories.person(by=owner, note="hushed")
    sits = factories.person(note="hushed")
    factories.membership(areas[0].seat("Experienced leader"), sits, "Years of it")
    for seen in (signed_in(owner), whole):
        rows = {row["person_id"]: row for row in lines(seen, "/api/v1/people?period=all")}
        assert rows[newcomer.pk]["note"] == rows[sits.pk]["note"] == "hushed"
    for resource in ("people", "appointments", "memberships", "role-map", "groups"):
        address = f"/api/v1/{resource}?period=all&format=csv"
        assert body(whole, address) == body(signed_in(owner), address)


def test_analyst_sees_what_was_granted(areas: list[factories.SmallArea]):
    analyst = factories.user()
    factories.grant(analyst, Standing.ANALYST, sees=[Sight.REGISTRATION_NUMBERS])
    row = of_chair(signed_in(analyst), areas[1], "people")
    assert row["registration_number"] == "7654321"
    assert "note" not in row


def test_past_state_is_as_everybody_sees_it(areas: list[factories.SmallArea]):
    administrator = signed_in(factories.user(is_superuser=True))
    past = f"known_at={timezone.now().isoformat().replace('+00:00', 'Z')}"
    for resource in ("people", "appointments", "groups"):
        then = body(administrator, f"/api/v1/{resource}?period=all&{past}&format=csv").decode()
        assert then == body(Client(), f"/api/v1/{resource}?period=all&format=csv").decode()
        assert "hushed" not in then


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.table.name)
def test_nobody_asks_by_what_is_private(db: None, client: Client, resource: type[Resource]):
    for column in (column.name for column in resource.table.columns if column.sight):
        assert refusal(client, f"/api/v1/{resource.table.name}?{column}=1").startswith("This list has no filter")
        assert "is no value of “ordering”" in refusal(client, f"/api/v1/{resource.table.name}?ordering={column}")


def test_number_of_a_merged_entry_leads_to_the_one_that_stayed(db: None, client: Client):
    stays, goes = factories.person("Amina Yusuf"), factories.person("A Yusuf")
    former = goes.pk
    actions.merge_people(keep=stays, drop=goes, **IN_TEST)
    answer = client.get(f"/api/v1/people/{former}?as_at=2025-06-30")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith(f"/api/v1/people/{stays.pk}?as_at=2025-06-30")
    assert client.get(answer.headers["Location"]).json()["record"]["name"] == "Amina Yusuf"
    found = client.get(f"/api/v1/people?period=all&person={former}").json()["results"]
    assert [row["person_id"] for row in found] == [stays.pk]
    assert not Person.objects.filter(pk=former).exists()
