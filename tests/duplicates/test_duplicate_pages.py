"""Editors are shown entries that may be one person's, compare them, merge them, take them apart, or say they are two."""

import pytest
from django.test import Client

from ics_leadership.history import Change
from memberships import actions
from memberships.merging import clashes
from memberships.models import Appointment, DistinctPeople, MergedPerson, Person
from tests import factories
from tests.browser import assert_page_is_sound
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, press
from tests.flows.sending import confirmed, fields_of, sent
from tests.periods import day

pytestmark = pytest.mark.django_db

SIAN = {"title": "Dr", "given_names": "Siân", "family_name": "Pritchard-Elms"}


@pytest.fixture
def sian(area: SmallArea) -> Person:
    """The director of the East network."""
    return actions.correct_person(
        person=area.directors[0].person, registration_number="7012345", work_email="sian@example.org", **SIAN, **IN_TEST
    )


@pytest.fixture
def again(area: SmallArea, sian: Person) -> Person:
    """The same under her maiden name, in the same post from an earlier day."""
    person = factories.person("Sian Pritchard", registration_number="7012345", work_telephone="01632 960111")
    factories.appointment(person, area.directors[0].role, period=(day("2020-07-01"), None))
    return person


@pytest.fixture
def pages(sian: Person, again: Person) -> list[str]:
    """Every page about the two."""
    address = sian.get_absolute_url()
    return [
        "/duplicates",
        f"/duplicates/{sian.pk}/{again.pk}",
        "/duplicates/two-people",
        f"{address}/merge",
        f"{address}/merge?with={again.slug}",
    ]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# --- finding and comparing


def test_list_says_who_may_be_one_person_and_why(editor_client: Client, sian: Person, again: Person):
    page = text(editor_client, "/duplicates")
    assert "Very likely" in page
    assert "One family name is part of the other, “Pritchard-Elms” and “Pritchard”" in page
    assert "same given names, “Siân” and “Sian”" in page
    assert "registration numbers equal (7012345)" in page
    assert f"/duplicates/{sian.pk}/{again.pk}" in page


def test_namesakes_of_two_areas_are_compared_and_neither_editor_may_merge_them(
    editor_client: Client, sian: Person, area: SmallArea
):
    elsewhere = factories.small_area("Derby")
    namesake = actions.correct_person(
        person=elsewhere.directors[0].person,
        given_names="Siân",
        family_name="Pritchard-Elms",
        registration_number="7012345",
        **IN_TEST,
    )
    page = text(editor_client, "/duplicates")
    assert f"/duplicates/{sian.pk}/{namesake.pk}" in page
    assert f"with={namesake.slug}" not in page
    assert "7012345" not in page, "nobody may see the number of somebody who leads elsewhere"
    compared = text(editor_client, f"/duplicates/{sian.pk}/{namesake.pk}")
    assert "7012345" not in compared
    assert "outside your area" in compared
    assert editor_client.get(f"{sian.get_absolute_url()}/merge?with={namesake.slug}").status_code == 403


def test_comparison_shows_both_side_by_side(editor_client: Client, sian: Person, again: Person, area: SmallArea):
    page = text(editor_client, f"/duplicates/{sian.pk}/{again.pk}")
    for said in (area.directors[0].role.title, "since 1 July 2020", "sian@example.org", "01632 960111"):
        assert said in page


def test_that_they_are_two_people_is_remembered_and_can_be_taken_back(
    editor_client: Client, sian: Person, again: Person
):
    compare = f"/duplicates/{sian.pk}/{again.pk}"
    for _ in range(2):
        answer = editor_client.post(compare, follow=True)
        assert again.get_absolute_url() not in answer.content.decode().partition("<h1")[2].partition("reg-things")[2]
    said = DistinctPeople.objects.get()
    assert compare in text(editor_client, "/duplicates/two-people")
    editor_client.post("/duplicates/two-people", {"said": said.pk})
    assert not DistinctPeople.objects.exists()
    assert compare in text(editor_client, "/duplicates")


def test_these_pages_are_for_editors(client: Client, pages: list[str]):
    client.force_login(factories.user())
    for address in pages:
        assert client.get(address).status_code == 403, address


# --- merging


def merge_page(keep: Person, drop: Person) -> str:
    return f"{keep.get_absolute_url()}/merge?with={drop.slug}"


def test_two_entries_become_one(editor_client: Client, sian: Person, again: Person, area: SmallArea):
    [clash] = clashes(sian, again)
    check = sent(
        editor_client,
        merge_page(sian, again),
        **{f"clash_{clash.key}": "widen", "fact_family_name": "that"},
        why="Entered twice",
    )
    assert Person.objects.filter(pk=again.pk).exists(), "nothing is recorded before it is confirmed"
    answer = confirmed(editor_client, check)
    assert answer["Location"] == sian.get_absolute_url()
    sian.refresh_from_db()
    held = Appointment.objects.get(person=sian)
    assert (sian.name, sian.work_telephone, held.start) == ("Dr Siân Pritchard", "01632 960111", day("2020-07-01"))


def test_form_that_is_sent_twice_merges_once(editor_client: Client, sian: Person, again: Person):
    [clash] = clashes(sian, again)
    check = sent(editor_client, merge_page(sian, again), **{f"clash_{clash.key}": "this"}, why="Entered twice")
    confirmed(editor_client, check)
    changes = Change.objects.count()
    again_sent = editor_client.post(check.wsgi_request.path, fields_of(check) | {"step": "confirm"})
    assert again_sent.status_code in (302, 404)
    assert Change.objects.count() == changes


def test_what_somebody_else_changed_meanwhile_is_shown(editor_client: Client, sian: Person, again: Person):
    [clash] = clashes(sian, again)
    check = sent(editor_client, merge_page(sian, again), **{f"clash_{clash.key}": "this"}, why="Entered twice")
    actions.correct_person(person=again, work_telephone="01632 960222", **IN_TEST)
    answer = editor_client.post(check.wsgi_request.path, fields_of(check) | {"step": "confirm"})
    assert "Somebody else changed this meanwhile" in answer.content.decode()
    assert "01632 960222" in answer.content.decode()
    assert Person.objects.filter(pk=again.pk).exists()


def test_what_both_say_at_once_has_to_be_resolved(editor_client: Client, area: SmallArea, sian: Person):
    again = factories.person("Sian Pritchard")
    factories.appointment(again, area.directors[0].role, period=(day("2020-07-01"), day("2024-03-31")))
    answer = sent(editor_client, merge_page(sian, again), why="Entered twice")
    assert "Say what stays: both hold or held" in answer.content.decode()


def test_money_outside_the_appointment_that_stays_is_explained(editor_client: Client, area: SmallArea, sian: Person):
    again = factories.person("Sian Pritchard")
    longer = factories.appointment(again, area.directors[0].role, period=(day("2020-07-01"), None))
    actions.add_funding_line(appointment=longer, funding=actions.Funding(factories.funding_source()), **IN_TEST)
    [clash] = clashes(sian, again)
    answer = sent(editor_client, merge_page(sian, again), **{f"clash_{clash.key}": "this"}, why="Entered twice")
    assert "would be for days outside the appointment that stays" in answer.content.decode()


def test_other_entry_can_be_found_by_typing(editor_client: Client, sian: Person, again: Person):
    address = f"{sian.get_absolute_url()}/merge"
    assert merge_page(sian, again).replace("&", "&amp;") in text(editor_client, address), "offered at once"
    answer = editor_client.get(address, {"other-typed": "Sian Pritchard", "other": again.pk})
    assert answer["Location"] == merge_page(sian, again)
    assert "This is the entry itself" in text(editor_client, f"{address}?other={sian.pk}")


def test_former_address_and_numbers_lead_to_the_entry(client: Client, sian: Person, again: Person):
    former = again.pk
    actions.merge_people(
        keep=sian, drop=again, resolutions={clash.key: "widen" for clash in clashes(sian, again)}, **IN_TEST
    )
    for address in ("/people/sian-pritchard", f"/people/{former}", f"/people/{sian.pk}"):
        assert client.get(address)["Location"] == sian.get_absolute_url()
    kept = client.get("/people/sian-pritchard?as_at=2024-06-01")
    assert kept["Location"] == f"{sian.get_absolute_url()}?as_at=2024-06-01"


def test_search_finds_whoever_was_entered_under_another_name_too(client: Client, area: SmallArea):
    married, maiden = factories.person("Siân Elms"), factories.person("Sian Pritchard")
    assert married.get_absolute_url() not in text(client, "/search?q=Pritchard")
    actions.merge_people(keep=married, drop=maiden, **IN_TEST)
    assert married.get_absolute_url() in text(client, "/search?q=Sian+Pritchard")


# --- taking apart


def merged(keep: Person, drop: Person) -> MergedPerson:
    former = drop.pk
    resolutions = {clash.key: "widen" for clash in clashes(keep, drop)}
    actions.merge_people(keep=keep, drop=drop, resolutions=resolutions, **IN_TEST)
    return MergedPerson.objects.get(former_id=former)


def test_entry_is_taken_apart_and_what_was_added_goes_where_it_belongs(
    editor_client: Client, sian: Person, again: Person, area: SmallArea
):
    one = merged(sian, again)
    added = factories.appointment(sian, factories.role(area.pcns[1], area.director))
    assert f"/unmerge/{one.pk}" in text(editor_client, sian.get_absolute_url())
    address = f"{sian.get_absolute_url()}/unmerge/{one.pk}"
    check = sent(editor_client, address, **{f"added_appointment-{added.pk}-person": "goes"}, why="They are two people")
    answer = confirmed(editor_client, check)
    assert answer["Location"] == "/people/sian-pritchard"
    added.refresh_from_db()
    assert (added.person, Appointment.objects.filter(person=again).count()) == (again, 2)
    assert DistinctPeople.objects.exists(), "remembered, unless somebody says otherwise"
    assert Change.objects.latest("pk").undoes is not None


def test_many_rows_cost_these_pages_no_more_queries(
    editor_client: Client, sian: Person, again: Person, area: SmallArea
):
    """Each row that is loaded by itself would be an error."""
    for number in range(3):
        skill = factories.skill(f"Skill {number}")
        for person in (sian, again):
            actions.add_skill_to_person(person=person, skill=skill, start=day("2020-01-01"), **IN_TEST)
        factories.appointment(again, factories.role(area.lmc, area.director))
    text(editor_client, merge_page(sian, again))
    one = merged(sian, again)
    for number in range(3):
        held = factories.appointment(sian, factories.role(area.pcns[1], area.director))
        factories.membership(
            area.seat("Experienced leader"), sian, held, period=(day(f"200{number}-01-01"), day(f"200{number}-06-30"))
        )
        skill = factories.skill(f"Another {number}")
        actions.add_skill_to_person(person=sian, skill=skill, start=day("2020-01-01"), **IN_TEST)
    text(editor_client, f"{sian.get_absolute_url()}/unmerge/{one.pk}")


def test_later_merge_stands_in_the_way(editor_client: Client, sian: Person, again: Person):
    first = merged(sian, again)
    later = merged(sian, factories.person("S Pritchard"))
    page = text(editor_client, f"{sian.get_absolute_url()}/unmerge/{first.pk}")
    assert f"/unmerge/{later.pk}" in page
    answer = sent(editor_client, f"{sian.get_absolute_url()}/unmerge/{first.pk}", why="Merged by mistake")
    assert "Undo that merge first" in answer.content.decode()


# --- in a browser


def test_pages_are_for_everyone_on_every_device(editing: Editing, pages: list[str]):
    for address in pages:
        assert_page_is_sound(editing.page, editing.site + address)


def test_merging_and_taking_apart_by_keyboard_alone(editing: Editing, sian: Person, again: Person):
    page = editing.open(merge_page(sian, again))
    assert_sound(page)
    choose(page, "“Pritchard” (the entry that goes)")
    choose(page, "One, from the earliest start to the latest end of both")
    choose(page, "Entered twice")
    press(page, "See what this changes")
    press(page, "Record this")
    one = MergedPerson.objects.get()
    assert one.survivor.family_name == "Pritchard"
    editing.open(f"{sian.get_absolute_url()}/unmerge/{one.pk}")
    choose(page, "They are two people")
    press(page, "See what is restored")
    press(page, "Record this")
    assert Person.objects.filter(pk=again.pk, family_name="Pritchard").exists()


def test_merging_without_scripts(editing_without_scripts: Editing, sian: Person, again: Person):
    page = editing_without_scripts.open("/duplicates")
    page.get_by_role("link", name="Merge").first.click()
    page.get_by_label("One, from the earliest start to the latest end of both").check()
    page.get_by_label("Entered twice", exact=True).check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    assert MergedPerson.objects.count() == 1
