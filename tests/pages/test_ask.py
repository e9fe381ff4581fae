"""Whom do I ask: who leads for the system and who speaks for general practice, never mixed up."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ics_leadership.history import change
from memberships import actions
from memberships.actions import NewSeat
from memberships.models import Category, Group, GroupKind
from organisations.models import Kind, LinkKind, Organisation
from roles.models import ActsFor, Pathway, Role
from tests import factories as make
from tests.factories import SmallArea
from tests.pages.reading import words
from tests.periods import NORMAL, day

pytestmark = pytest.mark.django_db

ON = "2022-07-01"


@pytest.fixture
def urgent(area: SmallArea) -> Pathway:
    return make.pathway("Urgent care")


def lead(body: Organisation, pathway: Pathway, acts_for: ActsFor, title: str) -> Role:
    kind = make.role_type(f"Type of {title}", acts_for=acts_for)
    return make.role(body, kind, title=title, pathway=pathway)


def held(role: Role, name: str) -> Role:
    make.appointment(make.person(name), role)
    return role


def says(client: Client, query: str) -> str:
    response = client.get(f"/whom-do-i-ask?as_at={ON}{query}")
    assert response.status_code == 200
    return words(response)


def answers(client: Client, query: str) -> tuple[str, str]:
    """What the page answers: who leads for the system, and who speaks for general practice."""
    _, _, both = says(client, query).partition("Leads it for the system")
    system, _, practice = both.partition("Speaks for general practice")
    return system, practice


def test_system_lead_and_voice_of_general_practice_stand_apart(client: Client, area: SmallArea, urgent: Pathway):
    held(lead(area.icb, urgent, ActsFor.SYSTEM, "Urgent care lead"), "Sol System")
    held(lead(area.icb, urgent, ActsFor.COMMISSIONER, "Urgent care commissioner"), "Con Missioner")
    held(lead(area.lmc, urgent, ActsFor.GENERAL_PRACTICE, "Urgent care voice"), "Gil Practice")
    system, practice = answers(client, "&pathway=urgent-care")
    assert "Sol System Urgent care lead, Norwich ICB Acts for the system" in system
    assert "Con Missioner Urgent care commissioner, Norwich ICB Acts for the commissioner" in system
    assert "Gil Practice" not in system
    assert "On urgent care Gil Practice Urgent care voice, Norwich LMC Acts for general practice" in practice
    assert "Sol System" not in practice


def test_whoever_acts_for_their_own_organisation_answers_neither(client: Client, area: SmallArea, urgent: Pathway):
    held(lead(area.icb, urgent, ActsFor.OWN_ORGANISATION, "Hospital lead"), "Own Hospital")
    assert "Own Hospital" not in says(client, "&pathway=urgent-care")


def test_chairs_officers_and_directors_speak_on_any_pathway(client: Client, area: SmallArea, urgent: Pathway):
    _, practice = answers(client, "&pathway=urgent-care")
    assert f"{area.chair.person.name} Chair, Norwich GP Leadership Group" in practice
    assert f"Officers of local medical committees {area.chair.person.name} LMC Chair (Norwich), Norwich LMC" in practice
    assert "subject" not in practice.casefold()
    assert "2 PCN Clinical Director (Norwich)s, each for the practices of one network" in practice


def test_board_of_the_system_does_not_speak_for_general_practice(client: Client, area: SmallArea, urgent: Pathway):
    board = make.group(area.icb, GroupKind.ICB_BOARD, name="Norwich ICB Board")
    terms = make.terms(board, [NewSeat("Chair", Category.CHAIR, None)])
    make.membership(terms.seats.get(), make.person("Bo Ard"), "Experience")
    assert "Bo Ard" not in says(client, "&pathway=urgent-care")


def test_post_that_nobody_holds_is_vacant(client: Client, area: SmallArea, urgent: Pathway):
    role = lead(area.icb, urgent, ActsFor.SYSTEM, "Urgent care lead")
    make.appointment(make.person("Sol System"), role, period=(day("2021-04-01"), day("2022-06-30")))
    system, _ = answers(client, "&pathway=urgent-care")
    assert "Vacant Urgent care lead, Norwich ICB" in system
    before = words(client.get("/whom-do-i-ask?as_at=2022-06-30&pathway=urgent-care"))
    assert "Sol System" in before


def test_chair_that_nobody_holds_is_vacant(client: Client, area: SmallArea, urgent: Pathway):
    actions.end_membership(**make.IN_TEST, membership=area.memberships[0], end=day("2022-06-30"))
    _, practice = answers(client, "&pathway=urgent-care")
    assert "Vacant Chair, Norwich GP Leadership Group" in practice


def test_pathway_that_no_role_leads_has_nothing_recorded(client: Client, area: SmallArea, urgent: Pathway):
    system, _ = answers(client, "&pathway=urgent-care")
    assert "Nothing is recorded: the register has no role on this day that leads urgent care here." in system
    assert "Vacant" not in system


def test_remit_of_the_day_decides_who_leads(client: Client, area: SmallArea, urgent: Pathway):
    from roles.actions import new_remit_version

    role = held(lead(area.icb, urgent, ActsFor.SYSTEM, "Clinical lead"), "Sol System")
    planned = make.pathway("Planned care")
    new_remit_version(**make.IN_TEST, role=role, start=day("2022-07-01"), acts_for=ActsFor.SYSTEM, pathway=planned)
    assert "Sol System" in words(client.get("/whom-do-i-ask?as_at=2022-06-30&pathway=urgent-care"))
    assert "Sol System" not in says(client, "&pathway=urgent-care")
    assert "Sol System" in says(client, "&pathway=planned-care")


# --- where


def test_who_leads_for_the_system_leads_for_each_of_its_places(client: Client, area: SmallArea, urgent: Pathway):
    held(lead(area.icb, urgent, ActsFor.SYSTEM, "System lead"), "Sol System")
    held(lead(area.place, urgent, ActsFor.SYSTEM, "Place lead"), "Pla Ce")
    for within in (area.place, area.pcns[0]):
        system, practice = answers(client, f"&pathway=urgent-care&within={within.slug}")
        assert "Sol System" in system
        assert "Pla Ce" in system
        assert "Norwich LMC" in practice


def test_another_system_is_not_asked(client: Client, area: SmallArea, urgent: Pathway):
    truro = make.small_area("Truro")
    held(lead(truro.icb, urgent, ActsFor.SYSTEM, "Truro lead"), "Tru Ro")
    assert "Tru Ro" in says(client, "&pathway=urgent-care")
    in_norwich = says(client, f"&pathway=urgent-care&within={area.icb.slug}")
    assert "Tru Ro" not in in_norwich
    assert "Truro LMC" not in in_norwich


def test_kept_areas_and_their_places_are_offered(client: Client, area: SmallArea):
    make.organisation(Kind.PLACE, name="Elsewhere")
    said = says(client, "")
    assert "Norwich ICB Norwich Place" in said
    assert "Elsewhere" not in said


def test_area_that_nobody_keeps_says_so(client: Client, area: SmallArea, urgent: Pathway):
    elsewhere = make.organisation(Kind.PLACE, name="Elsewhere")
    lead(elsewhere, urgent, ActsFor.SYSTEM, "Elsewhere lead")
    said = says(client, f"&pathway=urgent-care&within={elsewhere.slug}")
    assert "Nobody keeps the area of Elsewhere on this day. Who leads there is not recorded." in said
    assert "Not recorded Elsewhere lead" in said
    assert "Vacant" not in said


def test_area_is_offered_while_it_is_kept(client: Client):
    lmc, place = make.organisation(Kind.LMC), make.organisation(Kind.PLACE, name="Norwich Place")
    make.keep_area(place, lmc, period=NORMAL)
    assert "Norwich Place" in words(client.get("/whom-do-i-ask?as_at=2024-03-31"))
    after = words(client.get("/whom-do-i-ask?as_at=2024-04-01"))
    assert "Norwich Place" not in after
    assert "Nobody keeps an area in this register on this day." in after


# --- all pathways at once


def test_overview_names_the_leads_of_every_pathway(client: Client, area: SmallArea, urgent: Pathway):
    make.pathway("Mental health")
    held(lead(area.icb, urgent, ActsFor.SYSTEM, "Urgent care lead"), "Sol System")
    held(lead(area.lmc, urgent, ActsFor.GENERAL_PRACTICE, "Urgent care voice"), "Gil Practice")
    said = says(client, "")
    assert "Urgent care Sol System Gil Practice" in said
    assert "Mental health Nothing recorded Nothing recorded" in said


def test_pathway_is_two_taps_from_home(client: Client, area: SmallArea, urgent: Pathway):
    home = client.get("/").content.decode()
    assert 'href="/whom-do-i-ask"' in home
    page = client.get("/whom-do-i-ask").content.decode()
    assert 'href="?pathway=urgent-care"' in page


# --- questions that make no sense, and what it costs


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("pathway=astrology", "“astrology” is no pathway of this register. It knows urgent-care."),
        ("within=nowhere", "“nowhere” is no organisation of this register"),
        ("colour=red", "This page has no question “colour”. It knows within and pathway."),
        ("pathway=urgent-care&system=2", "There is no page “2” here"),
    ],
)
def test_question_that_makes_no_sense_is_refused(
    client: Client, area: SmallArea, urgent: Pathway, query: str, said: str
):
    response = client.get(f"/whom-do-i-ask?{query}")
    assert response.status_code == 400
    assert said in response.content.decode()


def test_links_keep_the_day(client: Client, area: SmallArea, urgent: Pathway):
    held(lead(area.icb, urgent, ActsFor.SYSTEM, "Urgent care lead"), "Sol System")
    page = client.get(f"/whom-do-i-ask?as_at={ON}&pathway=urgent-care").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert [link for link in re.findall(r'href="(/[^"]+)"', main) if f"as_at={ON}" not in link] == []


@pytest.mark.parametrize("query", ["", "&pathway=urgent-care"])
def test_page_costs_the_same_queries_for_any_number_of_leads(
    client: Client, area: SmallArea, urgent: Pathway, query: str
):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            says(client, query)
        return len(captured)

    for acts_for in (ActsFor.SYSTEM, ActsFor.GENERAL_PRACTICE):
        held(lead(area.icb, urgent, acts_for, f"First for {acts_for.label}"), "Sol First")
    few = queries()
    with change(by=None, why="for a test"):
        kind = make.role_type("Many", acts_for=ActsFor.SYSTEM)
        for number in range(20):
            held(make.role(area.icb, kind, title=f"Lead {number}", pathway=urgent), f"Sol Number{number}")
            place = make.organisation(Kind.PLACE)
            make.link(place, LinkKind.PART_OF, area.icb)
            group: Group = make.group(place, covers=place)
            make.membership(
                make.terms(group, [NewSeat("Chair", Category.CHAIR, None)]).seats.get(), make.person(), "Experience"
            )
    assert queries() == few
