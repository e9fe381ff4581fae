"""Somebody is entered, changes name or practice, gains a skill, offers to mentor."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from memberships import actions
from memberships.models import MentorOffer, Person, PersonSkill
from organisations.models import Kind, LinkKind
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.sending import confirmed, sent
from tests.periods import day, year

pytestmark = pytest.mark.django_db


def test_only_a_family_name_is_needed_to_enter_somebody(editor_client: Client, area: SmallArea):
    confirmed(editor_client, sent(editor_client, "/people/new", family_name="Abernathy-Quill", why="Takes up a post"))
    assert Person.objects.get(family_name="Abernathy-Quill").get_absolute_url() == "/people/abernathy-quill"


def test_somebody_alike_is_shown_before_a_second_entry_is_made(editor_client: Client, area: SmallArea):
    factories.person("Siân Abernathy-Quill", profession="gp")
    answer = sent(
        editor_client,
        "/people/new",
        given_names="Sian",
        family_name="Abernathy-Quill",
        profession="gp",
        why="Takes up a post",
    )
    assert "Perhaps the same person, in the register already" in answer.content.decode()


def test_a_name_that_changes_stays_at_its_address(editor_client: Client, area: SmallArea):
    person = area.directors[0].person
    address = person.get_absolute_url()
    confirmed(editor_client, sent(editor_client, f"{address}/correct", family_name="Newname", why="Changed their name"))
    assert Person.objects.get(family_name="Newname").get_absolute_url() == address


def test_moving_to_another_practice_takes_the_posts_along(editor_client: Client, area: SmallArea):
    person = area.directors[0].person
    partner, former, practice = factories.role_type("GP partner"), area.practices[0], area.practices[3]
    held = factories.appointment(person, factories.role(former, partner, title=f"GP partner, {former.name}"))
    post = factories.role(practice, partner, title=f"GP partner, {practice.name}")
    answer = sent(
        editor_client,
        f"{person.get_absolute_url()}/practice",
        practice=practice.pk,
        start="1 December 2026",
        why="Moved to another practice",
    )
    confirmed(editor_client, answer)
    held.refresh_from_db()
    assert held.end == day("2026-11-30")
    there = person.appointments.get(role__organisation=practice)
    assert (there.role, there.start) == (post, day("2026-12-01")), "the post that the other practice has already"


def test_a_post_that_the_other_practice_has_not_is_made_there_and_called_after_it(
    editor_client: Client, area: SmallArea
):
    person, former, practice = area.directors[0].person, area.practices[0], area.practices[3]
    role = factories.role(former, factories.role_type("GP partner"), title=f"GP partner, {former.name}")
    factories.appointment(person, role)
    why = "Moved to another practice"
    address = f"{person.get_absolute_url()}/practice"
    confirmed(editor_client, sent(editor_client, address, practice=practice.pk, start="1 December 2026", why=why))
    assert person.appointments.get(role__organisation=practice).role.title == f"GP partner, {practice.name}"


def test_who_holds_nothing_at_a_practice_is_said_to_before_anything_is_asked(editor_client: Client, area: SmallArea):
    person = area.directors[0].person
    page = editor_client.get(f"{person.get_absolute_url()}/practice").content.decode()
    assert "The register holds nothing of theirs." in page
    assert f'href="{person.get_absolute_url()}/appoint"' in page


def test_a_practice_is_not_just_any_organisation(editor_client: Client, area: SmallArea):
    person = area.directors[0].person
    factories.appointment(person, factories.role(area.practices[0], factories.role_type("GP partner")))
    answer = sent(
        editor_client,
        f"{person.get_absolute_url()}/practice",
        start="2026",
        why="Moved to another practice",
        **{"practice-typed": area.lmc.name},
    )
    assert f">{area.lmc.name}</label>" not in answer.content.decode()


def test_a_skill_and_an_offer_are_recorded(editor_client: Client, area: SmallArea):
    person, skill = area.directors[0].person, factories.skill()
    address = person.get_absolute_url()
    confirmed(
        editor_client,
        sent(editor_client, f"{address}/skills/new", skill=skill.pk, start="2013", why="They told us"),
    )
    confirmed(
        editor_client,
        sent(
            editor_client,
            f"{address}/offers/new",
            offer="An hour a month",
            area=area.place.pk,
            start="2026",
            agreed_to_show="on",
            why="They offered",
        ),
    )
    assert PersonSkill.objects.get(person=person).skill == skill
    assert MentorOffer.objects.get(person=person).agreed_to_show


def test_a_skill_that_lapsed_can_be_held_again_and_not_twice_at_once(area: SmallArea):
    skilled = {"person": area.directors[0].person, "skill": factories.skill()}
    actions.add_skill_to_person(start=year(2013), end=year(2019), **skilled, **IN_TEST)
    actions.add_skill_to_person(start=year(2024), **skilled, **IN_TEST)
    with pytest.raises(ValidationError, match="holds this skill of this person already on some of these days"):
        actions.add_skill_to_person(start=day("2025-06-01"), **skilled, **IN_TEST)


def test_an_entry_of_another_area_is_not_theirs_to_change(editor_client: Client, area: SmallArea):
    elsewhere = factories.organisation(Kind.PCN)
    factories.link(factories.organisation(), LinkKind.CORE_PARTNER_OF, elsewhere)
    stranger = factories.appointment(factories.person(), factories.role(elsewhere, area.director)).person
    assert editor_client.get(f"{stranger.get_absolute_url()}/correct").status_code == 403


def test_somebody_who_is_not_signed_in_is_asked_to(area: SmallArea):
    answer = Client().get("/people/new")
    assert answer.status_code == 302
    assert "next=/people/new" in answer.url


def test_somebody_is_entered_without_scripts(editing_without_scripts: Editing):
    page = editing_without_scripts.open("/people/new")
    page.get_by_label("Family name").fill("Abernathy-Quill")
    page.get_by_label("Takes up a post").check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    assert Person.objects.filter(family_name="Abernathy-Quill").exists()
