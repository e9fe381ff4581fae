"""What a new version of terms does shows before it takes effect: new seats, vacant ones and for whom, who has no place."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from memberships import actions
from memberships.actions import NewSeat
from memberships.models import Category, Eligibility, Profession, Seat, Terms
from memberships.places import places_of
from organisations.models import Kind
from roles.models import RoleType
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, press, tab_to, type_into
from tests.flows.sending import confirmed, fields_of, sent
from tests.periods import day

pytestmark = pytest.mark.django_db

NEW = {"version": "2.0", "start": "1 April 2026", "why": "Agreed by the group"}


def checked(client: Client, area: SmallArea, **typed: object):
    """The page of consequences of a new version in which everybody keeps the seat that is chosen for them."""
    page = sent(client, f"/groups/{area.group.slug}/terms/new", **NEW | typed)
    assert "What becomes of those who sit" in page.content.decode()
    return client.post(page.wsgi_request.path, fields_of(page))


def test_networks_without_anybody_are_named_before_a_seat_for_each_is_adopted(editor_client: Client, area: SmallArea):
    factories.link(
        factories.organisation(Kind.PCN, name="North Norwich PCN"),
        "part_of",
        area.place,
        period=(day("2020-01-01"), None),
    )
    check = checked(editor_client, area, seat_1_drawn_from="organisation_kind:pcn", seat_1_number="1", seat_1_each="on")
    text = check.content.decode()
    assert "PCN clinical directors: 1 place of 3: North Norwich PCN" in text
    assert "for each primary care network of the area instead of" in text
    confirmed(editor_client, check)
    assert (
        places_of(Seat.objects.get(terms__version="2.0", title="PCN clinical directors"), day("2026-05-01").date).open
        == 1
    )


def test_a_second_member_of_one_network_has_no_place_and_that_is_said(editor_client: Client, area: SmallArea):
    east = area.pcns[0]
    second = factories.appointment(factories.person(), factories.role(east, area.director, title="Second director"))
    factories.membership(area.seat("PCN clinical directors"), second.person, second)
    check = checked(editor_client, area, seat_1_drawn_from="organisation_kind:pcn", seat_1_number="1", seat_1_each="on")
    assert "PCN clinical directors: 3 people for 2 places" in check.content.decode()


def test_who_becomes_ineligible_is_said_with_the_clause_that_keeps_them_off(editor_client: Client, area: SmallArea):
    chair = area.chair.person
    actions.correct_person(**IN_TEST, person=chair, profession=Profession.MANAGER)
    check = checked(
        editor_client,
        area,
        condition_rows="0",
        condition_0_what="profession:gp",
        condition_0_seat="Chair",
        condition_0_clause="2",
    )
    text = check.content.decode()
    told = text[text.index("Who would not be eligible under the new version") :]
    told = told[: told.index("</section>")]
    assert chair.name in told
    assert "clause 2" in told
    assert area.directors[0].person.name not in told


def test_every_field_of_the_form_arrives_in_the_terms(editor_client: Client, area: SmallArea):
    check = checked(
        editor_client,
        area,
        chair_chosen="elected",
        term_limit="2",
        interests="published",
        publishes_findings="on",
        publishes_proposals="on",
        clause_0_about="purpose",
        seat_1_quorum_of="1",
        seat_2_drawn_from="",
        seat_2_group=area.group.pk,
        condition_rows="0,1,2,3,4,5",
        condition_0_what="acts_for_practices:",
        condition_0_clause="2",
        condition_1_what="not_engaged_by:",
        condition_1_organisation=area.icb.pk,
        condition_2_what="profession:gp",
        condition_2_seat="Chair",
        condition_3_what="not_also_in:",
        condition_3_other_seat="Chair",
        condition_4_what="longest_service:",
        condition_4_months="72",
        condition_5_what="not_paid_from:icb_core",
    )
    confirmed(editor_client, check)
    terms = Terms.objects.get(version="2.0")
    assert (terms.chair_chosen, terms.term_limit, terms.interests) == ("elected", 2, "published")
    assert terms.publishes_findings
    assert terms.publishes_proposals
    assert terms.clauses.first().about == "purpose"
    seats = {seat.title: seat for seat in terms.seats.all()}
    assert (seats["PCN clinical directors"].quorum_of, seats["Experienced leader"].group) == (1, area.group)
    said = [
        (each.condition, each.clause and each.clause.number, each.seat and each.seat.title)
        for each in Eligibility.objects.filter(terms=terms)
    ]
    assert said == [
        ("acts_for_practices", "2", None),
        ("not_engaged_by", None, None),
        ("profession", None, "Chair"),
        ("not_also_in", None, None),
        ("longest_service", None, None),
        ("not_paid_from", None, None),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"condition_0_what": "not_engaged_by:"}, "Say by which organisation."),
        ({"condition_0_what": "longest_service:"}, "Say for how many months."),
        ({"condition_0_what": "not_also_in:"}, "Say which other seat, as it is called above."),
        (
            {"condition_0_what": "not_also_in:", "condition_0_other_seat": "Nowhere"},
            "No seat above is called “Nowhere”.",
        ),
        ({"condition_0_what": "acts_for_practices:", "condition_0_months": "3"}, "This condition is not about that."),
        ({"condition_0_what": "", "condition_0_clause": "2"}, "Say what the condition is."),
        ({"condition_0_what": "acts_for_practices:", "condition_0_clause": "9"}, "There is no clause 9 below."),
        ({"seat_2_each": "on"}, "This is for a type of role or a kind of organisation."),
        ({"seat_1_quorum_of": "none"}, "Enter a whole number."),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    typed: dict[str, str], sentence: str, editor_client: Client, area: SmallArea
):
    answer = sent(editor_client, f"/groups/{area.group.slug}/terms/new", **NEW | {"condition_rows": "0"} | typed)
    page = answer.content.decode()
    assert sentence in page
    assert "There is a problem" in page


def test_whose_place_somebody_takes_is_said_before_they_sit(editor_client: Client, area: SmallArea):
    terms = factories.terms(
        factories.group(area.lmc, name="Forum", covers=area.place),
        [NewSeat("Network", Category.CORE, Kind.PCN, each=True)],
    )
    seat, east = terms.seats.get(), area.directors[0]
    form = editor_client.get(f"/seats/{seat.pk}/fill?person={east.person.pk}")
    assert "East Norwich PCN and West Norwich PCN" in form.content.decode()
    typed = {"start": "1 April 2026", "why": "Put forward"}
    check = editor_client.post(form.wsgi_request.path, fields_of(form) | typed)
    assert "They take the place of East Norwich PCN." in check.content.decode()
    confirmed(editor_client, check)
    again = editor_client.get(f"/seats/{seat.pk}/fill?person={area.chair.person.pk}")
    check = editor_client.post(again.wsgi_request.path, fields_of(again) | typed | {"basis": str(area.chair.pk)})
    assert "Nobody’s vacant place is filled by this" in check.content.decode()


def test_nothing_is_made_by_looking_at_a_pattern(editor_client: Client, area: SmallArea):
    before = RoleType.objects.count()
    sent(editor_client, f"/groups/{area.group.slug}/terms/new?from=icb-board", start="1 April 2026", why="Reviewed")
    assert (RoleType.objects.count(), Terms.objects.count()) == (before, 1)


def test_a_pattern_is_taken_over_by_keyboard_on_a_phone(editing: Editing):
    group = factories.group(editing.area.lmc, name="New forum", covers=editing.area.place)
    page = editing.open(f"/groups/{group.slug}/terms/new")
    assert_sound(page)
    tab_to(page, page.get_by_role("link", name="GP leadership group"))
    page.keyboard.press("Enter")
    page.get_by_text("The pattern “GP leadership group”").wait_for()
    assert_sound(page)
    type_into(page, "In force from", "1 April 2026")
    # The tab key gets there too, past the sixty fields of a pattern.
    page.get_by_label("First terms of reference", exact=True).check()
    press(page, "See what this changes")
    expect(page.get_by_text("Primary care network: 2 places of 2")).to_be_visible()
    assert_sound(page)
    press(page, "Record this")
    terms = Terms.objects.get(group=group)
    page.goto(f"{editing.site}/groups/{group.slug}/terms/{terms.pk}")
    assert_sound(page)
    expect(page.get_by_role("heading", name="Who may be a member")).to_be_visible()
    expect(page.get_by_text("Vacant: 2 of 2 (East Norwich PCN and West Norwich PCN)")).to_be_visible()
