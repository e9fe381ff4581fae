"""Organisations that people keep begin, are corrected, move, merge and close: as an editor does it."""

import pytest
from django.test import Client

from memberships import actions
from memberships.actions import Funding
from memberships.models import Appointment, FundingLine, GroupKind, Membership
from organisations import actions as organisation_actions
from organisations.models import Kind, Link, LinkKind, Organisation, Succession
from roles.models import Role
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, press, tab_to, type_into
from tests.flows.sending import confirmed, fields_of, sent
from tests.periods import day

pytestmark = pytest.mark.django_db


def stands_in(organisation: Organisation, date: str) -> set[Organisation]:
    """The networks of which a practice is a core partner on a day."""
    links = Link.objects.as_at(day(date).date).filter(organisation=organisation, kind=LinkKind.CORE_PARTNER_OF)
    return {link.other for link in links}


# --- a new one


def test_a_new_organisation_lies_where_its_first_link_says(editor_client: Client, area: SmallArea):
    check = sent(
        editor_client,
        "/organisations/new",
        name="Norwich GP Federation",
        kind="federation",
        start="2019",
        link_kind="covers",
        other=area.place.pk,
        short_name="NGPF",
        why="Recorded late",
    )
    answer = confirmed(editor_client, check)
    made = Organisation.objects.get(name="Norwich GP Federation")
    assert answer.url == made.get_absolute_url()
    assert (made.kind, made.short_name, made.sector) == (Kind.FEDERATION, "NGPF", "general_practice")
    assert Organisation.objects.within(area.place, day("2026-01-01").date).filter(pk=made.pk).exists()
    assert editor_client.get(f"{made.get_absolute_url()}/correct").status_code == 200


def test_a_new_organisation_outside_the_area_is_for_its_own_editors(editor_client: Client, area: SmallArea):
    elsewhere = factories.organisation(Kind.PLACE, name="Elsewhere")
    answer = sent(
        editor_client,
        "/organisations/new",
        name="Elsewhere LMC",
        kind="lmc",
        start="2019",
        link_kind="covers",
        other=elsewhere.pk,
        why="Recorded late",
    )
    assert "Elsewhere lies outside your area." in answer.content.decode()


def test_an_organisation_that_is_called_alike_is_pointed_out(editor_client: Client, area: SmallArea):
    check = sent(
        editor_client,
        "/organisations/new",
        name="Norwich LMC",
        kind="lmc",
        start="2019",
        link_kind="covers",
        other=area.place.pk,
        why="Recorded late",
    )
    assert "The register holds one that is called so already" in check.content.decode()


def test_a_code_that_another_has_is_explained(editor_client: Client, area: SmallArea):
    answer = sent(
        editor_client,
        "/organisations/new",
        name="Third PCN",
        kind="pcn",
        start="2026",
        link_kind="part_of",
        other=area.place.pk,
        ods_code=area.pcns[0].ods_code.lower(),
        why="New organisation",
    )
    assert "There is an organisation of this kind with this ODS code already." in answer.content.decode()


def test_an_organisation_that_is_yet_to_open_is_its_editors_already(editor_client: Client, area: SmallArea):
    confirmed(
        editor_client,
        sent(
            editor_client,
            "/organisations/new",
            name="Third PCN",
            kind="pcn",
            start="1 April 2030",
            link_kind="part_of",
            other=area.place.pk,
            why="Not yet published by ODS",
        ),
    )
    made = Organisation.objects.get(name="Third PCN")
    assert editor_client.get(f"{made.get_absolute_url()}/correct").status_code == 200


# --- a correction


def test_an_organisation_known_by_its_code_is_named(editor_client: Client, area: SmallArea):
    code = area.pcns[0].ods_code
    organisation_actions.rename_organisation(organisation=area.pcns[0], name=code, **IN_TEST)
    address = f"{area.pcns[0].get_absolute_url()}/correct"
    assert f"{code}: name it" in editor_client.get(address).content.decode()
    confirmed(
        editor_client,
        sent(
            editor_client, address, name="Wensum PCN", short_name="Wensum", why="Named: it was known by its code only"
        ),
    )
    area.pcns[0].refresh_from_db()
    assert (area.pcns[0].name, area.pcns[0].short_name) == ("Wensum PCN", "Wensum")
    assert not Organisation.objects.unnamed().exists()


def test_what_comes_from_ods_says_so_on_the_form(editor_client: Client, area: SmallArea):
    practice = area.practices[0]
    organisation_actions.correct_organisation(
        organisation=practice,
        start=practice.start,
        end=None,
        published={"written": "Norwich Surgery 1", "postcode": "NR1 1AA", "as_of": "2026-02-27", "open": "1974-04-01"},
        **IN_TEST,
    )
    page = editor_client.get(f"{practice.get_absolute_url()}/correct").content.decode()
    assert "ODS publishes “Norwich Surgery 1”." in page
    assert "ODS publishes “NR1 1AA”." in page
    assert "come again with later ones" in page
    assert "from 1 April 1974" in page
    assert 'name="ods_code"' not in page


def test_nobody_corrects_an_organisation_of_another_area(area: SmallArea):
    client = Client()
    client.force_login(factories.editor(factories.organisation(Kind.PLACE, name="Elsewhere")))
    for address in ("correct", "close", "move", "links/new"):
        assert client.get(f"{area.practices[0].get_absolute_url()}/{address}").status_code == 403


# --- an end


def test_an_organisation_closes_with_its_links_its_roles_and_who_holds_them(editor_client: Client, area: SmallArea):
    network = area.pcns[0]
    check = sent(
        editor_client,
        f"{network.get_absolute_url()}/close",
        end="31 March 2026",
        successor=area.pcns[1].pk,
        why="Closed",
    )
    text = check.content.decode()
    for heading in ("Who leaves a role", "Seats that this empties", "Links that end with it"):
        assert heading in text
    confirmed(editor_client, check)
    network.refresh_from_db()
    area.directors[0].refresh_from_db()
    assert network.end == area.directors[0].end == day("2026-03-31")
    assert Membership.objects.get(basis_appointment=area.directors[0]).end == day("2026-03-31")
    assert not Link.objects.as_at(day("2026-04-01").date).filter(other=network).exists()
    assert Succession.objects.get().on == day("2026-04-01").date


def test_roles_of_an_organisation_that_closes_may_be_left_to_decide_about(editor_client: Client, area: SmallArea):
    network = area.pcns[0]
    check = sent(editor_client, f"{network.get_absolute_url()}/close", end="31 March 2026", posts=[], why="Closed")
    assert "What stays of a body that is no more" in check.content.decode()
    confirmed(editor_client, check)
    assert Role.objects.get(organisation=network).end is None


# --- links


def test_a_practice_moves_to_another_network_on_a_day(editor_client: Client, area: SmallArea):
    practice, (east, west) = area.practices[0], area.pcns
    check = sent(
        editor_client,
        f"{practice.get_absolute_url()}/move",
        network=west.pk,
        start="1 April 2026",
        why="It joined another network",
    )
    assert "until 31 March 2026" in check.content.decode()
    confirmed(editor_client, check)
    assert stands_in(practice, "2026-03-31") == {east}
    assert stands_in(practice, "2026-04-01") == {west}


def test_a_practice_does_not_move_twice_over_the_same_days(editor_client: Client, area: SmallArea):
    practice, west = area.practices[0], area.pcns[1]
    organisation_actions.move_practice(practice=practice, network=west, start=day("2030-04-01"), **IN_TEST)
    answer = sent(
        editor_client, f"{practice.get_absolute_url()}/move", network=west.pk, start="1 April 2026", why="Recorded late"
    )
    assert "begins only after that day. Correct it first." in answer.content.decode()


def test_a_second_network_for_a_practice_is_refused_in_words(editor_client: Client, area: SmallArea):
    practice, (east, west) = area.practices[0], area.pcns
    answer = sent(
        editor_client,
        f"{practice.get_absolute_url()}/links/new",
        link_kind="core_partner_of",
        other=west.pk,
        start="2026",
        why="It joined",
    )
    text = answer.content.decode()
    assert f"is a core partner of {east}" in text
    assert 'href="#id_other"' in text


def test_a_link_is_recorded_and_ended(editor_client: Client, area: SmallArea):
    federation = factories.organisation(Kind.FEDERATION, name="Norwich Federation")
    practice = area.practices[0]
    confirmed(
        editor_client,
        sent(
            editor_client,
            f"{practice.get_absolute_url()}/links/new",
            link_kind="member_of",
            other=federation.pk,
            start="2020",
            why="It joined",
        ),
    )
    link = Link.objects.get(organisation=practice, other=federation)
    assert link.kind == LinkKind.MEMBER_OF
    confirmed(editor_client, sent(editor_client, f"/links/{link.pk}/end", end="31 March 2026", why="It left"))
    link.refresh_from_db()
    assert link.end == day("2026-03-31")


def test_nobody_widens_their_area_by_what_something_in_it_covers(editor_client: Client, area: SmallArea):
    elsewhere = factories.organisation(Kind.REGION, name="Elsewhere")
    answer = sent(
        editor_client,
        f"{area.pcns[0].get_absolute_url()}/links/new",
        link_kind="covers",
        other=elsewhere.pk,
        start="2026",
        why="It joined",
    )
    assert "Elsewhere lies outside your area." in answer.content.decode()


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


def test_an_officer_adds_a_federation_by_keyboard_on_a_phone(editing: Editing):
    page = editing.open("/organisations/new")
    assert_sound(page)
    type_into(page, "What it is called", "Norwich GP Federation")
    tab_to(page, page.get_by_label("What it is", exact=True))
    page.keyboard.type("GP federation")
    type_into(page, "Since when there is such an organisation", "2019")
    choose(page, "It covers")
    type_into(page, "Which organisation", "Norwich Place")
    page.locator("#id_other-found").get_by_text("Norwich Place").wait_for()
    choose(page, "Recorded late")
    press(page, "See what this changes")
    press(page, "Record this")
    assert Organisation.objects.get(name="Norwich GP Federation").kind == Kind.FEDERATION


def test_an_officer_moves_a_practice_by_keyboard_on_a_phone(editing: Editing):
    practice, west = editing.area.practices[0], editing.area.pcns[1]
    page = editing.open(f"{practice.get_absolute_url()}/move")
    assert_sound(page)
    type_into(page, "Which network it moves to", west.ods_code)
    page.get_by_label(west.name).wait_for()
    choose(page, west.name)
    type_into(page, "From when it is in the new network", "1 April 2026")
    choose(page, "It joined another network")
    press(page, "See what this changes")
    press(page, "Record this")
    assert stands_in(practice, "2026-04-01") == {west}


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
    assert page.get_by_role("heading", name="Who goes over to the merged network").is_visible()
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


@pytest.mark.parametrize("form", ["correct", "close", "links/new"])
def test_the_short_forms_of_an_organisation_are_sound(form: str, editing: Editing):
    page = editing.open(f"{editing.area.pcns[0].get_absolute_url()}/{form}")
    assert_sound(page)
    press(page, "See what this changes")
    assert page.get_by_role("heading", name="There is a problem").is_visible()


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


def test_an_organisation_is_corrected_without_scripts(editing_without_scripts: Editing):
    network, page = editing_without_scripts.area.pcns[0], editing_without_scripts.page
    editing_without_scripts.open(f"{network.get_absolute_url()}/correct")
    page.get_by_label("What it is called").fill("Wensum PCN")
    page.get_by_label("Renamed", exact=True).check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    network.refresh_from_db()
    assert network.name == "Wensum PCN"
