"""The history of a record as a page: what changed, from what to what, who, when, why; and what can be put back."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from ics_leadership.accounts.models import Standing, User
from ics_leadership.history import Change, change, event_model
from ics_leadership.recorded import all_declared, of
from ics_leadership.restoring import undo, withdraw
from memberships import actions as memberships
from memberships.models import Appointment, Person
from organisations import actions as organisations
from organisations.models import Kind
from tests import factories
from tests.every_table import one_of_each, tracked_models
from tests.factories import IN_TEST, SmallArea
from tests.history.registers import commit
from tests.periods import day


@pytest.fixture
def editor(area: SmallArea) -> User:
    return factories.editor(area.icb)


@pytest.fixture
def editing(editor: User) -> Client:
    """The editor's browser."""
    return signed_in(editor)


def signed_in(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


def history_of(record) -> str:
    return reverse("history", args=[of(type(record)).address, record.pk])


def words(response) -> str:
    """The main part of a page as somebody reads it."""
    text = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert text
    return " ".join(strip_tags(text.group().replace("<", " <")).split())


def last_change() -> Change:
    return Change.objects.latest("pk")


# --- what it tells


def test_every_table_of_the_register_is_told_of():
    assert {each.model for each in all_declared()} == set(tracked_models())


def test_every_record_has_a_history_page(db: None):
    rows = one_of_each()
    commit()
    administrator = factories.user()
    factories.grant(administrator, Standing.ADMINISTRATOR)
    client = signed_in(administrator)
    assert {model.__name__: client.get(history_of(row)).status_code for model, row in rows.items()} == {
        model.__name__: 200 for model in tracked_models()
    }


def test_it_says_what_changed_from_what_to_what_who_when_and_why(area: SmallArea, editor: User, editing: Client):
    person = area.chair.person
    memberships.correct_person(person=person, by=editor, why="Married", given_names="Amina", family_name="Bell")
    commit()
    said = words(editing.get(history_of(person)))
    assert f"{editor}: Married" in said
    assert re.search(r"Given names from Sam → to Amina", said)
    assert re.search(r"Family name from Someone\d+ → to Bell", said)


def test_dates_are_said_as_they_are_known(area: SmallArea, editing: Client):
    memberships.end_appointment(appointment=area.chair, end=day("2026-03-31"), **IN_TEST)
    commit()
    said = words(editing.get(history_of(area.chair)))
    assert "When from since 1 April 2021 → to from 1 April 2021 to 31 March 2026" in said


def test_other_records_are_called_as_they_were_then_also_when_they_are_gone(area: SmallArea, editing: Client):
    employer = factories.organisation(Kind.FEDERATION, name="Fenland Federation")
    whole = {"appointment": area.chair, "start": area.chair.start, "end": None, **IN_TEST}
    memberships.correct_appointment(employer=employer, **whole)
    commit()
    with change(**IN_TEST):
        employer.name = "Fens Federation"
        employer.save()
    memberships.correct_appointment(employer=None, **whole)
    withdraw(row=employer, **IN_TEST)
    commit()
    said = words(editing.get(history_of(area.chair)))
    assert "Employer Fenland Federation" in said
    assert "Employer from Fens Federation → nothing" in said


def test_the_history_of_somebody_tells_of_their_roles_their_money_and_their_seats(area: SmallArea, editing: Client):
    memberships.add_funding_line(
        appointment=area.chair, funding=memberships.Funding(factories.funding_source()), **IN_TEST
    )
    memberships.end_membership(membership=area.memberships[0], end=day("2026-03-31"), **IN_TEST)
    commit()
    said = words(editing.get(history_of(area.chair.person)))
    assert "Funding line added ICB core" in said
    assert "Membership changed" in said
    assert "Appointment added" in said


def test_a_long_history_comes_in_pages(area: SmallArea, editing: Client):
    for number in range(25):
        memberships.correct_person(person=area.chair.person, title=f"Title {number}", **IN_TEST)
    commit()
    first = editing.get(history_of(area.chair.person))
    second = editing.get(history_of(area.chair.person) + "?page=2")
    assert "to Title 24" in words(first)
    assert "to Title 24" not in words(second)
    assert "Person added" in words(second)
    assert editing.get(history_of(area.chair.person) + "?page=3").status_code == 400


# --- who sees what


def private_change(area: SmallArea, editor: User) -> None:
    memberships.correct_person(
        person=area.chair.person, by=editor, why="Letter of May", registration_number="C7654321", note="Unwell"
    )
    whole = {"appointment": area.chair, "start": area.chair.start, "end": None}
    memberships.correct_appointment(by=editor, why="Letter of May", note="Will not stand again", **whole)
    commit()


def test_private_fields_and_changes_of_nothing_else_are_absent_for_others(area: SmallArea, editor: User):
    private_change(area, editor)
    for client in (Client(), signed_in(factories.user())):
        said = words(client.get(history_of(area.chair.person)))
        for absent in ("C7654321", "Unwell", "Will not stand again", "Letter of May", "note", "Registration"):
            assert absent not in said
    said = words(signed_in(editor).get(history_of(area.chair.person)))
    for present in ("C7654321", "Unwell", "Will not stand again", "Letter of May"):
        assert present in said


def test_a_reason_is_read_by_those_alone_who_may_see_all_that_was_changed_for_it(area: SmallArea, editor: User):
    who = {"by": editor, "why": "Does not want it known yet"}
    with change(**who):
        letter = organisations.add_source(title="Letter of May", **who)
        memberships.offer_to_take_on(
            person=area.chair.person, role=area.directors[0].role, start=day("2026-05-01"), source=letter, **who
        )
    commit()
    for client in (Client(), signed_in(factories.user())):
        said = words(client.get(history_of(letter)))
        assert "for a reason that only some may read" in said
        assert "known yet" not in said
    said = words(signed_in(editor).get(history_of(area.chair.person)))
    assert "Does not want it known yet" in said


def test_an_analyst_sees_of_it_what_was_granted(area: SmallArea, editor: User):
    private_change(area, editor)
    analyst = factories.user()
    factories.grant(analyst, Standing.ANALYST, area.icb, sees=["registration_numbers"])
    said = words(signed_in(analyst).get(history_of(area.chair.person)))
    assert "C7654321" in said
    assert "Unwell" not in said


def test_work_contacts_are_told_to_those_who_are_signed_in(area: SmallArea):
    memberships.correct_person(person=area.chair.person, work_email="chair@example.org", **IN_TEST)
    commit()
    assert "chair@example.org" not in words(Client().get(history_of(area.chair.person)))
    assert "chair@example.org" in words(signed_in(factories.user()).get(history_of(area.chair.person)))


def test_those_who_are_not_signed_in_read_no_names_of_accounts(area: SmallArea, editor: User):
    memberships.correct_person(person=area.chair.person, by=editor, why="Married", family_name="Bell")
    commit()
    said = words(Client().get(history_of(area.chair.person)))
    assert "An editor: Married" in said
    assert str(editor) not in said


def test_the_page_of_a_change_is_named_to_whom_it_opens(area: SmallArea, editing: Client):
    elsewhere = signed_in(factories.editor(factories.small_area("Diss").icb))
    memberships.correct_person(person=area.chair.person, title="Prof", **IN_TEST)
    commit()
    address = reverse("change", args=[last_change().pk])
    for client, opens in ((editing, True), (elsewhere, False)):
        assert (f'href="{address}"' in client.get(history_of(area.chair.person)).content.decode()) == opens


def test_what_was_withdrawn_is_told_to_its_editors_alone(area: SmallArea, editing: Client):
    person = area.chair.person
    withdraw(row=factories.appointment(person, factories.role(area.pcns[0], area.director)), **IN_TEST)
    commit()
    assert "East Norwich PCN" in words(editing.get(history_of(person)))
    assert "East Norwich PCN" not in words(Client().get(history_of(person)))


def test_readers_are_offered_nothing_to_put_back(area: SmallArea, editing: Client):
    memberships.correct_person(person=area.chair.person, family_name="Bell", **IN_TEST)
    commit()
    assert "Restore" in words(editing.get(history_of(area.chair.person)))
    for client in (Client(), signed_in(factories.user())):
        page = client.get(history_of(area.chair.person)).content.decode()
        assert "/restore/" not in page
        assert "/withdraw" not in page
        assert "/changes/" not in page


# --- a record that is gone


@pytest.mark.parametrize("kind", ["person", "role", "group"])
def test_the_address_of_a_withdrawn_record_says_that_it_is_gone(area: SmallArea, editing: Client, kind: str):
    record = {
        "person": lambda: factories.person("Amina Yusuf"),
        "role": lambda: factories.role(area.lmc, area.director, title="Amina Yusuf’s role"),
        "group": lambda: factories.group(area.lmc, name="Amina Yusuf’s group"),
    }[kind]()
    withdraw(row=record, **IN_TEST)
    commit()
    gone = Client().get(record.get_absolute_url())
    assert gone.status_code == 410
    assert "Amina" not in gone.content.decode()
    assert history_of(record) not in gone.content.decode()
    assert history_of(record) in editing.get(record.get_absolute_url()).content.decode()
    assert Client().get(history_of(record)).status_code == 410
    assert "Amina Yusuf" in words(editing.get(history_of(record)))


def test_an_address_that_never_was_is_not_found(area: SmallArea):
    assert Client().get("/people/nobody-at-all").status_code == 404
    assert Client().get("/history/person/987654").status_code == 404
    assert Client().get("/history/parrot/1").status_code == 404


# --- recent changes


def test_an_editor_sees_the_changes_in_their_area(area: SmallArea, editing: Client):
    there = factories.small_area("Exeter")
    memberships.correct_person(person=area.chair.person, title="Dr", by=None, why="Of Norwich")
    memberships.correct_person(person=there.chair.person, title="Dr", by=None, why="Of Exeter")
    commit()
    said = words(editing.get(reverse("changes")))
    assert "Of Norwich" in said
    assert "Of Exeter" not in said
    other = Change.objects.get(why="Of Exeter")
    assert editing.get(reverse("change", args=[other.pk])).status_code == 404
    assert editing.get(reverse("undo", args=[other.pk])).status_code == 403


def test_readers_have_no_list_of_changes(area: SmallArea):
    assert signed_in(factories.user()).get(reverse("changes")).status_code == 403
    assert Client().get(reverse("changes")).status_code == 302


def test_changes_can_be_asked_for_by_who_where_and_what_sort(area: SmallArea, editor: User, editing: Client):
    person = area.chair.person
    memberships.correct_person(person=person, title="Dr", by=editor, why="By the editor")
    with change(by=None, why="From the list", name="Committee list of May"):
        memberships.correct_person(person=person, family_name="Bell", by=None, why="")
    undo(change=last_change(), by=None, why="Wrong list")
    commit()

    def said(**asked: str) -> str:
        return words(editing.get(reverse("changes"), asked))

    assert "By the editor" in said(by=str(editor.pk))
    assert "From the list" not in said(by=str(editor.pk))
    imports = said(sort="import")
    assert "Import: Committee list of May" in imports
    assert "Undone on" in imports
    assert "By the editor" not in imports
    assert "Wrong list" in said(sort="undo")
    assert "By the editor" in said(within=area.place.slug, q="editor")
    assert "By the editor" not in said(within=area.practices[0].slug)


def test_a_large_change_is_told_of_in_numbers_and_whole_on_its_own_page(area: SmallArea, editor: User, editing: Client):
    with change(by=editor, why="The whole list", name="List of May"):
        for number in range(60):
            memberships.add_person(family_name=f"Listed{number:02}", by=editor, why="")
    commit()
    assert "Wrote 60 people." in words(editing.get(reverse("changes")))
    address = reverse("change", args=[last_change().pk])
    assert "Listed00" in words(editing.get(address))
    assert "Listed59" in words(editing.get(address + "?page=2"))


# --- taking back, through the pages


def send(client: Client, address: str, **typed: str):
    """Fill in the form at an address, look at what follows and confirm it; the last answer."""
    page = client.get(address).content.decode()
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', page).group(1) for name in ("token", "versions")}  # type: ignore[union-attr]
    data = hidden | {"why": "other", "why_words": "It was wrong"} | typed
    check = client.post(address, data)
    assert check.status_code == 200
    if "Nothing is recorded yet" not in check.content.decode():
        return check
    return client.post(address, data | {"step": "confirm"})


def test_pages_of_a_large_change_tell_of_its_rows_table_by_table(area: SmallArea, editor: User, editing: Client):
    with change(by=editor, why="New list from the body itself"):
        people = [factories.person(f"Sam Listed{number:02}") for number in range(49)]
        factories.appointment(people[0], area.chair.role)
        memberships.offer_to_mentor(
            person=people[0], area=area.place, offer="In confidence", start=day("2024-01-01"), **IN_TEST
        )
        factories.appointment(people[1], area.directors[0].role)
    commit()
    address = reverse("change", args=[last_change().pk])
    first, second = words(editing.get(address)), words(editing.get(address + "?page=2"))
    assert ("Listed48" in first, "Listed48" in second) == (True, False)
    assert ("Sam Listed00, LMC Chair" in first, "Sam Listed01, PCN Clinical" in second) == (True, True)
    assert "In confidence" not in first + second


def test_a_field_is_restored_from_the_page(area: SmallArea, editing: Client):
    person = area.chair.person
    was = person.family_name
    memberships.correct_person(person=person, title="Dr", family_name="Bell", **IN_TEST)
    commit()
    page = editing.get(history_of(person)).content.decode()
    address = re.search(r'href="([^"]+/family_name)"', page).group(1)  # type: ignore[union-attr]
    assert send(editing, address).status_code == 302
    commit()
    person.refresh_from_db()
    assert (person.title, person.family_name) == ("Dr", was)
    assert f"to {was}" in words(editing.get(history_of(person)))


def test_a_record_is_withdrawn_and_restored_from_its_pages(area: SmallArea, editing: Client):
    appointment = factories.appointment(area.chair.person, factories.role(area.pcns[0], area.director))
    commit()
    assert send(editing, reverse("withdraw", args=["appointment", appointment.pk])).status_code == 302
    commit()
    assert not Appointment.objects.filter(pk=appointment.pk).exists()
    page = editing.get(history_of(appointment)).content.decode()
    assert "Withdrawn" in page
    address = re.search(r'href="([^"]+/restore/\d+)"', page).group(1)  # type: ignore[union-attr]
    assert send(editing, address).status_code == 302
    assert Appointment.objects.get(pk=appointment.pk) == appointment


def test_what_rests_on_a_record_is_named_where_it_cannot_be_withdrawn(area: SmallArea, editing: Client):
    refused = send(editing, reverse("withdraw", args=["appointment", area.chair.pk]))
    assert "This cannot be withdrawn, because something else rests on it" in words(refused)
    assert Appointment.objects.filter(pk=area.chair.pk).exists()


def test_what_the_nhs_publishes_is_not_withdrawn(area: SmallArea, editing: Client):
    with change(**IN_TEST):
        area.practices[0].published = {"name": "Norwich Surgery"}
        area.practices[0].save()
    refused = send(editing, reverse("withdraw", args=["organisation", area.practices[0].pk]))
    assert "The NHS publishes this organisation" in words(refused)


def test_a_change_is_undone_from_its_page_and_says_so(area: SmallArea, editor: User, editing: Client):
    with change(by=editor, why="List of May", name="Committee list"):
        person = memberships.add_person(family_name="Yusuf", by=editor, why="")
        memberships.correct_person(person=area.chair.person, family_name="Bell", by=editor, why="")
    commit()
    this = last_change()
    page = editing.get(reverse("change", args=[this.pk])).content.decode()
    assert reverse("undo", args=[this.pk]) in page
    assert send(editing, reverse("undo", args=[this.pk])).status_code == 302
    commit()
    assert last_change().undoes == this
    assert "This was undone already" in words(send(editing, reverse("undo", args=[this.pk])))
    assert not Person.objects.filter(pk=person.pk).exists()
    said = words(editing.get(reverse("change", args=[this.pk])))
    assert "Undone on" in said
    assert "Undo this change" not in said


def test_a_change_with_something_resting_on_it_says_what(area: SmallArea, editor: User, editing: Client):
    person = memberships.add_person(family_name="Yusuf", by=editor, why="New")
    this = last_change()
    factories.appointment(person, area.chair.role)
    commit()
    said = words(editing.get(reverse("undo", args=[this.pk])))
    assert "What stands in the way appointment “Yusuf, LMC Chair" in said
    assert "This cannot be undone" in words(send(editing, reverse("undo", args=[this.pk])))
    assert Person.objects.filter(pk=person.pk).exists()


def test_others_take_nothing_back(area: SmallArea):
    memberships.correct_person(person=area.chair.person, family_name="Bell", **IN_TEST)
    commit()
    event = event_model(Person).objects.filter(id=area.chair.person.pk).first()
    elsewhere = factories.editor(factories.small_area("Exeter").icb)
    kind = ["person", area.chair.person.pk]
    addresses = [
        reverse("restore", args=[*kind, event.pgh_id]),
        reverse("restore-field", args=[*kind, event.pgh_id, "family_name"]),
        reverse("withdraw", args=kind),
        reverse("undo", args=[last_change().pk]),
    ]
    for account in (factories.user(), elsewhere):
        client = signed_in(account)
        for address in addresses:
            assert client.get(address).status_code == 403
            assert client.post(address, {"step": "confirm", "why": "other", "why_words": "x"}).status_code == 403
        assert client.post(reverse("still-true", args=kind)).status_code == 403
    assert Client().post(reverse("still-true", args=kind)).status_code == 302
