"""Networks merge, and what stood under a body with several successors is given its place."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from memberships import actions
from memberships.actions import Funding
from memberships.models import Appointment, FundingLine, GroupKind, Membership
from organisations import actions as organisation_actions
from organisations.models import Kind, Link, LinkKind, Organisation, Succession
from roles.models import Role
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.in_networks import stands_in
from tests.flows.keyboard import assert_sound, choose, press, tab_to, type_into
from tests.flows.sending import confirmed, fields_of, sent
from tests.periods import day

pytestmark = pytest.mark.django_db


# --- networks merge


def merge(client: Client, area: SmallArea, **typed: object):
    """The page that follows the form of a merger of the area's two networks, what becomes of people being asked."""
    page = sent(
        client,
        "/organisations/merge",
        **{
            "network_0_network": area.pcns[0].pk,
            "network_1_network": area.pcns[1].pk,
            "start": "1 April 2026",
            "becomes": "new",
            "name": "Norwich PCN",
            "why": "The networks merged",
        }
        | typed,
    )
    assert "Nothing is recorded yet" not in page.content.decode()
    return page


def test_networks_merge_into_a_new_one(editor_client: Client, area: SmallArea):
    stays, leaves = area.directors
    paid = Funding(factories.funding_source(), payer=area.pcns[0])
    actions.add_funding_line(appointment=stays, funding=paid, **IN_TEST)
    page = merge(editor_client, area)
    assert stays.person.name in page.content.decode()
    check = editor_client.post(
        "/organisations/merge",
        fields_of(page) | {f"held_{stays.pk}": "over", f"held_{leaves.pk}": "ends"},
    )
    text = check.content.decode()
    for heading in (
        "4 practices move to the merged network",
        "Who goes over to the merged network",
        "Who leaves",
        "Seats that this empties",
        "Seats that people keep",
    ):
        assert heading in text, heading
    confirmed(editor_client, check)
    merged = Organisation.objects.get(name="Norwich PCN")
    assert all(stands_in(practice, "2026-04-01") == {merged} for practice in area.practices)
    assert Link.objects.get(organisation=merged).other == area.place
    for former in area.pcns:
        former.refresh_from_db()
        assert former.end == day("2026-03-31")
    assert {each.predecessor for each in Succession.objects.filter(successor=merged)} == set(area.pcns)
    role = Role.objects.get(organisation=merged)
    assert role.title == f"{area.director.name}, Norwich PCN"
    goes_on = Appointment.objects.get(role=role)
    assert (goes_on.person, goes_on.start) == (stays.person, day("2026-04-01"))
    assert FundingLine.objects.get(appointment=goes_on).payer == merged
    assert Membership.objects.get(basis_appointment=goes_on).start == day("2026-04-01")
    leaves.refresh_from_db()
    assert leaves.end == Membership.objects.get(basis_appointment=leaves).end == day("2026-03-31")


def test_who_goes_over_has_a_term_that_lasts_until_then(editor_client: Client, area: SmallArea):
    ended, stays = area.directors
    actions.leave(appointment=ended, end=day("2026-12-31"), **IN_TEST)
    page = merge(editor_client, area, start="1 January 2027")
    over = {f"held_{ended.pk}": "over", f"held_{stays.pk}": "over"}
    check = editor_client.post("/organisations/merge", fields_of(page) | over)
    assert ended.person.name not in check.content.decode().partition("Who goes over")[2].partition("What ")[0]
    confirmed(editor_client, check)
    role = Role.objects.get(organisation__name="Norwich PCN")
    assert [each.person for each in role.appointments.all()] == [stays.person]
    assert Appointment.objects.get(pk=ended.pk).end == day("2026-12-31")


def test_a_network_takes_in_another(editor_client: Client, area: SmallArea):
    east, west = area.pcns
    director = area.directors[1]
    page = merge(editor_client, area, becomes="first", name="")
    assert area.directors[0].person.name not in page.content.decode(), "nothing changes for the one that goes on"
    check = editor_client.post("/organisations/merge", fields_of(page) | {f"held_{director.pk}": "over"})
    confirmed(editor_client, check)
    east.refresh_from_db()
    west.refresh_from_db()
    assert (east.end, west.end) == (None, day("2026-03-31"))
    assert all(stands_in(practice, "2026-04-01") == {east} for practice in area.practices)
    shared = Appointment.objects.as_at(day("2026-04-01").date).filter(role=area.directors[0].role)
    assert {each.person for each in shared} == {each.person for each in area.directors}, "a job share"


def test_what_becomes_of_everybody_has_to_be_said(editor_client: Client, area: SmallArea):
    page = merge(editor_client, area)
    answer = editor_client.post("/organisations/merge", fields_of(page))
    assert f"Say what becomes of {area.directors[0].person.name}." in answer.content.decode()


def test_who_leads_two_networks_that_merge_leads_the_merged_one_once(editor_client: Client, area: SmallArea):
    first = area.directors[0]
    second = factories.appointment(first.person, area.directors[1].role)
    page = merge(editor_client, area)
    over = {f"held_{each.pk}": "over" for each in (*area.directors, second)}
    confirmed(editor_client, editor_client.post("/organisations/merge", fields_of(page) | over))
    merged = Organisation.objects.get(name="Norwich PCN")
    assert Appointment.objects.filter(role__organisation=merged, person=first.person).count() == 1


def test_the_board_of_a_network_that_closes_ends_with_it(editor_client: Client, area: SmallArea):
    board = factories.group(area.pcns[0], GroupKind.PCN_BOARD)
    page = merge(editor_client, area)
    ends = {f"held_{each.pk}": "ends" for each in area.directors}
    confirmed(editor_client, editor_client.post("/organisations/merge", fields_of(page) | ends))
    board.refresh_from_db()
    assert board.end == day("2026-03-31")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"start": "April 2026"}, "Give the day"),
        ({"name": ""}, "Say what the new network is called."),
        ({"network_1_network": ""}, "Name at least two networks."),
    ],
)
def test_what_is_wrong_with_a_merger_is_said_beside_the_field(
    typed: dict[str, str], sentence: str, editor_client: Client, area: SmallArea
):
    assert sentence in merge(editor_client, area, **typed).content.decode()


def test_networks_of_another_area_are_not_merged(editor_client: Client, area: SmallArea):
    strange = factories.organisation(Kind.PCN, name="Strange PCN")
    page = merge(editor_client, area, network_1_network=strange.pk)
    ends = {f"held_{area.directors[0].pk}": "ends"}
    answer = editor_client.post("/organisations/merge", fields_of(page) | ends)
    assert "Strange PCN lies outside your area." in answer.content.decode()


# --- several successors


@pytest.fixture
def split(area: SmallArea) -> Organisation:
    """A body that closed with two successors in the area, practices of which have no place yet."""
    former = factories.organisation(Kind.SUB_ICB, name="Norfolk", period=(day("2022-07-01"), day("2026-03-31")))
    for name in ("North", "South"):
        successor = factories.organisation(Kind.SUB_ICB, name=name, period=(day("2026-04-01"), None))
        factories.link(successor, LinkKind.PART_OF, area.place)
        organisation_actions.record_succession(
            predecessor=former, successor=successor, on=day("2026-04-01").date, **IN_TEST
        )
    for practice in area.practices:
        factories.link(practice, LinkKind.PART_OF, former, period=(day("2022-07-01"), day("2026-03-31")))
    return former


def test_what_stood_under_a_body_with_several_successors_is_given_its_place(
    editor_client: Client, area: SmallArea, split: Organisation
):
    north, south = (Organisation.objects.get(name=name) for name in ("North", "South"))
    first, second, third, fourth = (Link.objects.get(organisation=practice, other=split) for practice in area.practices)
    check = sent(
        editor_client,
        f"{split.get_absolute_url()}/successors",
        everyone_else=north.pk,
        why="As the boundaries were drawn",
        **{f"child_{second.pk}": south.pk, f"child_{fourth.pk}": "later"},
    )
    assert "Decided later" in check.content.decode()
    confirmed(editor_client, check)

    def placed(link: Link) -> list[Organisation]:
        links = Link.objects.as_at(day("2026-04-01").date).filter(organisation=link.organisation, kind=LinkKind.PART_OF)
        return [each.other for each in links]

    assert [placed(link) for link in (first, second, third, fourth)] == [[north], [south], [north], []]
    left = fields_of(editor_client.get(f"{split.get_absolute_url()}/successors"))
    assert [name for name in left if name.startswith("child_")] == [f"child_{fourth.pk}"]


def test_giving_nothing_a_place_is_nothing_to_record(editor_client: Client, split: Organisation):
    answer = sent(editor_client, f"{split.get_absolute_url()}/successors", why="Recorded late")
    assert "Choose where at least one of them belongs." in answer.content.decode()


def test_a_body_with_one_successor_has_nothing_to_share_out(editor_client: Client, area: SmallArea):
    assert editor_client.get(f"{area.pcns[0].get_absolute_url()}/successors").status_code == 404


# --- in the browser


def test_an_officer_merges_two_networks_by_keyboard_on_a_phone(editing: Editing):
    east, west = editing.area.pcns
    page = editing.open(f"/organisations/merge?with={east.slug}")
    assert_sound(page)
    tab_to(page, page.locator("#id_network_1_network"))
    page.keyboard.type(west.name)
    page.locator("#id_network_1_network-found").get_by_text(west.name).wait_for()
    type_into(page, "First day of the merged network", "1 April 2026")
    choose(page, "A new network")
    type_into(page, "What a new network is called", "Norwich PCN")
    choose(page, "The networks merged")
    press(page, "See what this changes")
    for director in editing.area.directors:
        group = page.locator(f'input[name="held_{director.pk}"]')
        tab_to(page, group.first)
        page.keyboard.press("Space")
    press(page, "See what this changes")
    expect(page.get_by_role("heading", name="Who goes over to the merged network")).to_be_visible()
    press(page, "Record this")
    assert Organisation.objects.get(name="Norwich PCN").kind == Kind.PCN


def test_an_officer_shares_out_what_stood_under_a_closed_body_by_keyboard(editing: Editing, split: Organisation):
    page = editing.open(f"{split.get_absolute_url()}/successors")
    assert_sound(page)
    tab_to(page, page.get_by_label("All those for which nothing is chosen below"))
    page.keyboard.type("North")
    choose(page, "As the boundaries were drawn")
    press(page, "See what this changes")
    press(page, "Record this")
    assert Link.objects.filter(other__name="North", kind=LinkKind.PART_OF).count() == 4


def test_networks_merge_without_scripts(editing_without_scripts: Editing):
    (east, west), page = editing_without_scripts.area.pcns, editing_without_scripts.page
    editing_without_scripts.open(f"/organisations/merge?with={east.slug}")
    page.locator("#id_network_1_network").fill(west.name)
    page.get_by_label("First day of the merged network").fill("1 April 2026")
    page.get_by_label("The first of them").check()
    page.get_by_label("The networks merged", exact=True).check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.locator(f'input[name="held_{editing_without_scripts.area.directors[1].pk}"]').first.check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    west.refresh_from_db()
    assert west.end == day("2026-03-31")
