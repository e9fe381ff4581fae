"""Who may sit on a group and who not: seat by seat, by the same rules that would find it afterwards."""

import re

import pytest
from django.test import Client

from ics_leadership.history import Change
from ics_leadership.periods import today
from memberships import rules
from memberships.models import Condition, Membership, Profession
from memberships.why_not import why_not
from roles.models import ActsFor
from tests import factories
from tests.factories import SmallArea
from tests.rules.test_rules_eligibility import ask

pytestmark = pytest.mark.django_db


def verdicts(area: SmallArea, person) -> dict[str, str]:
    """What is said of each seat: nothing, or what keeps the person off."""
    return {
        each.seat.title: "sits"
        if each.sits
        else "wanting"
        if each.wanting
        else " ".join(finding.code for finding in each.findings)
        for each in why_not(person, area.group, by=None)
    }


def test_a_seat_is_for_who_holds_the_post_that_it_is_drawn_from(area: SmallArea):
    director = factories.appointment(factories.person(), factories.role(area.pcns[0], area.director))
    assert verdicts(area, director.person) == {
        "Chair": "wanting",
        "PCN clinical directors": "",
        "Experienced leader": "",
        "System clinical lead": "wanting",
    }
    assert verdicts(area, area.directors[0].person)["PCN clinical directors"] == "sits"


def test_the_condition_that_keeps_somebody_off_is_named_with_its_clause(area: SmallArea):
    ask(area, Condition.PROFESSION, profession=Profession.GP)
    nurse = factories.person(profession=Profession.NURSE)
    (experience,) = (each for each in why_not(nurse, area.group, by=None) if each.seat.title == "Experienced leader")
    assert "The terms (clause 2) ask for GP." in experience.findings[0].text


def test_it_says_what_the_rules_find_once_they_sit_and_writes_nothing(area: SmallArea):
    lead = factories.role(area.icb, factories.role_type("Place Lead", acts_for=ActsFor.SYSTEM))
    person = factories.appointment(factories.person(), lead).person
    before = (Change.objects.count(), Membership.objects.count())
    (asked,) = (each for each in why_not(person, area.group, by=None) if each.seat.title == "Experienced leader")
    assert (Change.objects.count(), Membership.objects.count()) == before
    factories.membership(asked.seat, person, "Long years")
    found = [each for each in rules.find(today()) if person.pk in each.people]
    assert {each.text for each in asked.findings} <= {each.text for each in found}
    assert [each.code for each in asked.findings] == ["GL01"]


def test_editors_ask_on_a_page_and_others_do_not(area: SmallArea):
    address = f"{area.group.get_absolute_url()}/why-not"
    editor, reader = Client(), Client()
    editor.force_login(factories.editor(area.place))
    reader.force_login(factories.user())
    assert reader.get(address).status_code == 403
    person = area.directors[0].person
    found = editor.get(address, {"q": person.family_name}).content.decode()
    assert f"?person={person.slug}" in found
    said = re.sub(r"<[^>]+>", "", editor.get(address, {"person": person.slug}).content.decode())
    assert "Has this seat." in said
    assert "Nothing keeps them off." in said
    assert editor.get(address, {"person": "nobody-at-all"}).status_code == 400


def test_the_page_of_a_person_leads_editors_to_the_groups_of_their_area(area: SmallArea):
    factories.small_area("Diss")
    client, person = Client(), area.directors[0].person
    client.force_login(factories.editor(area.place))
    address = f"{person.get_absolute_url()}/why-not"
    assert address in client.get(person.get_absolute_url()).content.decode()
    said = client.get(address).content.decode()
    assert f"{area.group.get_absolute_url()}/why-not?person={person.slug}" in said
    assert "Diss" not in said
