"""Organisations that people keep begin, are corrected, move, merge and close: as an editor does it."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from playwright.sync_api import expect

from memberships.models import Membership
from organisations import actions as organisation_actions
from organisations.models import Kind, Link, LinkKind, Organisation, Succession
from roles.models import Role
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.in_networks import stands_in
from tests.flows.keyboard import assert_sound, choose, press, tab_to, type_into
from tests.flows.sending import confirmed, sent
from tests.periods import day

pytestmark = pytest.mark.django_db


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


def test_an_organisation_that_people_keep_becomes_another_kind_and_its_former_address_leads_on(
    editor_client: Client, area: SmallArea
):
    federation = factories.organisation(Kind.OTHER, name="Norwich Practices")
    factories.link(federation, LinkKind.PART_OF, area.place)
    former = federation.get_absolute_url()
    check = sent(editor_client, f"{former}/correct", kind=Kind.FEDERATION, why="It was written wrongly")
    answer = confirmed(editor_client, check)
    federation.refresh_from_db()
    now = federation.get_absolute_url()
    assert (federation.kind, answer["Location"]) == (Kind.FEDERATION, now)
    assert now != former
    assert editor_client.get(former)["Location"] == now
    confirmed(editor_client, sent(editor_client, f"{now}/correct", kind=Kind.OTHER, why="It was written wrongly"))
    assert editor_client.get(former).status_code == 200


def test_of_which_kind_a_published_organisation_is_the_files_say(area: SmallArea):
    facts = {"start": area.practices[0].start, "end": None}
    organisation_actions.correct_organisation(
        organisation=area.practices[0], published={"written": "Norwich Surgery 1"}, **facts, **IN_TEST
    )
    with pytest.raises(ValidationError, match="The files of ODS say of which kind it is"):
        organisation_actions.correct_organisation(organisation=area.practices[0], kind=Kind.OTHER, **facts, **IN_TEST)


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


def test_a_code_finds_its_bearer_in_a_form_and_hides_no_practice_of_that_name(editor_client: Client, area: SmallArea):
    factories.organisation(Kind.TRUST, name="Essex Trust", ods_code="RAJ")
    factories.organisation(Kind.PRACTICE, name="Raj Medical Centre", ods_code="F81001")
    factories.organisation(Kind.PRACTICE, name="Another Surgery", ods_code="F81002")

    def found(kind: str, typed: str) -> list[str]:
        answer = editor_client.get(f"/pick/{kind}", {"field": "who", "who-typed": typed})
        return [choice.name for choice in answer.context["picked"]["choices"]]

    assert found("organisations", "raj") == ["Essex Trust"]
    assert found("practices", "raj") == ["Raj Medical Centre"]
    assert found("practices", "f81001") == ["Raj Medical Centre"]


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


@pytest.mark.parametrize("form", ["correct", "close", "links/new"])
def test_the_short_forms_of_an_organisation_are_sound(form: str, editing: Editing):
    page = editing.open(f"{editing.area.pcns[0].get_absolute_url()}/{form}")
    assert_sound(page)
    press(page, "See what this changes")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()


def test_an_organisation_is_corrected_without_scripts(editing_without_scripts: Editing):
    network, page = editing_without_scripts.area.pcns[0], editing_without_scripts.page
    editing_without_scripts.open(f"{network.get_absolute_url()}/correct")
    page.get_by_label("What it is called").fill("Wensum PCN")
    page.get_by_label("Renamed", exact=True).check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    network.refresh_from_db()
    assert network.name == "Wensum PCN"


# --- tools beside links


def test_links_are_ended_and_corrected_from_the_organisations_page(editor_client: Client, area: SmallArea):
    practice = area.practices[0]
    link = Link.objects.get(organisation=practice)
    page = editor_client.get(practice.get_absolute_url()).content.decode()
    for address in (f"/links/{link.pk}/end", f"/links/{link.pk}/correct"):
        assert f'href="{address}"' in page
        assert f'href="{address}"' not in Client().get(practice.get_absolute_url()).content.decode()
    check = sent(editor_client, f"/links/{link.pk}/correct", end="31 March 2026", why="More is known now")
    confirmed(editor_client, check)
    link.refresh_from_db()
    assert link.end == day("2026-03-31")


def test_nobody_widens_their_area_by_correcting_when_a_link_held(area: SmallArea):
    account = factories.editor(area.lmc)
    elsewhere = factories.organisation(Kind.PLACE, name="Elsewhere")
    link = organisation_actions.link(
        organisation=area.lmc,
        kind=LinkKind.COVERS,
        other=elsewhere,
        start=day("2020-04-01"),
        end=day("2021-03-31"),
        **IN_TEST,
    )
    client = Client()
    client.force_login(account)
    answer = sent(client, f"/links/{link.pk}/correct", end="", why="More is known now")
    assert "into your area on more days" in answer.content.decode()
    answer = sent(client, f"/links/{link.pk}/end", end="31 March 2040", why="Recorded late")
    assert "into your area on more days" in answer.content.decode()
    link.refresh_from_db()
    assert link.end == day("2021-03-31")
