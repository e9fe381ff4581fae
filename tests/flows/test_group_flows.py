"""A group begins, is corrected, gets a remit, money and reporting lines, and ends: as an editor does it."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from memberships import actions
from memberships.models import Group, GroupFunding, GroupKind, GroupRemit, Influence, Membership, ReportingLine, Terms
from organisations.models import Kind
from roles.models import FundingKind, Part, Role
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.flows.conftest import Editing
from tests.flows.keyboard import assert_sound, choose, open_details, press, tab_to, type_into
from tests.flows.sending import confirmed, fields_of, sent
from tests.periods import day

pytestmark = pytest.mark.django_db


# --- a new group


def test_a_new_group_is_recorded_with_what_is_known_and_its_terms_come_next(editor_client: Client, area: SmallArea):
    check = sent(
        editor_client,
        "/groups/new",
        name="Norwich Urgent Care Board",
        kind="commissioning_group",
        host=area.lmc.pk,
        covers=area.place.pk,
        start="April 2026",
        remit="Urgent care for the place.",
        reports_to_group=area.group.pk,
        influences=area.icb.pk,
        why="New group",
    )
    answer = confirmed(editor_client, check)
    made = Group.objects.get(name="Norwich Urgent Care Board")
    assert answer.url == f"/groups/{made.slug}/terms/new"
    assert (made.kind, made.host, made.covers) == (GroupKind.COMMISSIONING_GROUP, area.lmc, area.place)
    assert made.remits.get().summary == "Urgent care for the place."
    assert made.reporting_lines.get().to_group == area.group
    assert made.influences.get().organisation == area.icb


def test_a_group_of_a_name_that_another_has_is_pointed_out(editor_client: Client, area: SmallArea):
    check = sent(
        editor_client,
        "/groups/new",
        name=area.group.name.upper(),
        kind="other",
        host=area.lmc.pk,
        covers=area.place.pk,
        start="2026",
        why="New group",
    )
    assert "The register holds a group of this name already" in check.content.decode()


def test_a_group_outside_the_area_is_for_its_own_editors(editor_client: Client, area: SmallArea):
    elsewhere = factories.organisation(Kind.PLACE, name="Elsewhere")
    answer = sent(
        editor_client, "/groups/new", name="Group", kind="other", host=elsewhere.pk, start="2026", why="New group"
    )
    assert "Elsewhere lies outside your area." in answer.content.decode()
    assert not Group.objects.filter(host=elsewhere).exists()


def test_money_without_a_pot_is_asked_about_beside_the_field(editor_client: Client, area: SmallArea):
    answer = sent(
        editor_client,
        "/groups/new",
        name="Group",
        kind="other",
        host=area.place.pk,
        start="2026",
        payer=area.icb.pk,
        why="New group",
    )
    assert "Say from which pot it is paid." in answer.content.decode()


# --- a correction


def test_correcting_when_a_group_began_moves_what_began_with_it(editor_client: Client, area: SmallArea):
    check = sent(
        editor_client, f"/groups/{area.group.slug}/correct", start="1 May 2023", name="Norwich Voice", why="Renamed"
    )
    confirmed(editor_client, check)
    group = Group.objects.get(pk=area.group.pk)
    assert (group.name, group.start, group.slug) == ("Norwich Voice", day("2023-05-01"), area.group.slug)
    assert GroupRemit.objects.get(group=group).start == day("2023-05-01")


def test_a_group_is_not_moved_out_of_the_area(editor_client: Client, area: SmallArea):
    elsewhere = factories.organisation(Kind.PLACE, name="Elsewhere")
    answer = sent(editor_client, f"/groups/{area.group.slug}/correct", covers=elsewhere.pk, why="Renamed")
    assert "Elsewhere lies outside your area." in answer.content.decode()


def test_nobody_corrects_a_group_of_another_area(area: SmallArea):
    client = Client()
    client.force_login(factories.editor(factories.organisation(Kind.PLACE, name="Elsewhere")))
    for address in ("correct", "end", "remit", "fund", "reporting-lines/new", "influences/new", "terms/new"):
        assert client.get(f"/groups/{area.group.slug}/{address}").status_code == 403


# --- an end


def test_a_group_ends_with_its_terms_and_its_members_seats(editor_client: Client, area: SmallArea):
    check = sent(editor_client, f"/groups/{area.group.slug}/end", end="31 March 2026", why="Wound up")
    page = check.content.decode()
    assert "Seats that end with it" in page
    assert "Terms of reference version 1.0" in page
    confirmed(editor_client, check)
    assert Group.objects.get(pk=area.group.pk).end == day("2026-03-31")
    assert Terms.objects.get(group=area.group).end == day("2026-03-31")
    assert {each.end for each in Membership.objects.filter(seat__terms__group=area.group)} == {day("2026-03-31")}


def test_a_member_may_stay_in_a_seat_of_a_group_that_ended(editor_client: Client, area: SmallArea):
    stays, *leave = area.memberships
    check = sent(
        editor_client,
        f"/groups/{area.group.slug}/end",
        end="31 March 2026",
        members=[str(each.pk) for each in leave],
        why="Wound up",
    )
    assert "Seats that people keep" in check.content.decode()
    confirmed(editor_client, check)
    assert Membership.objects.get(pk=stays.pk).end is None


def test_a_seat_that_was_only_to_begin_later_is_withdrawn_when_its_group_ends(editor_client: Client, area: SmallArea):
    seat = area.seat("Experienced leader")
    later = factories.membership(seat, factories.person(), "Eight years of it", period=(day("2030-01-01"), None))
    confirmed(editor_client, sent(editor_client, f"/groups/{area.group.slug}/end", end="May 2026", why="Wound up"))
    assert not Membership.objects.filter(pk=later.pk).exists()


def test_roles_of_a_group_end_with_it_and_so_do_their_holders(editor_client: Client, area: SmallArea):
    post = factories.role(area.lmc, area.chair.role.role_type, title="Elected chair of the group")
    actions.add_group_role(group=area.group, role=post, **IN_TEST)
    held = factories.appointment(factories.person(), post)
    confirmed(editor_client, sent(editor_client, f"/groups/{area.group.slug}/end", end="31 March 2026", why="Wound up"))
    assert Role.objects.get(pk=post.pk).end == day("2026-03-31")
    held.refresh_from_db()
    assert held.end == day("2026-03-31")


# --- remit, money, reporting lines, influence


def test_a_new_remit_starts_from_the_one_in_force_and_takes_its_place(editor_client: Client, area: SmallArea):
    function = factories.function()
    address = f"/groups/{area.group.slug}/remit"
    form = fields_of(editor_client.get(address))
    assert form["summary"] == ["To speak for general practice."]
    check = sent(
        editor_client,
        address,
        start="1 April 2026",
        function_0_function=function.pk,
        function_0_part="leads",
        why="Its remit was changed",
    )
    confirmed(editor_client, check)
    former, now = GroupRemit.objects.filter(group=area.group).order_by("period")
    assert former.end == day("2026-03-31")
    assert now.functions.get().part == Part.LEADS


def test_a_function_is_named_once_in_a_remit(editor_client: Client, area: SmallArea):
    function = factories.function()
    twice = {
        f"function_{n}_{name}": value for n in (0, 1) for name, value in (("function", function.pk), ("part", "leads"))
    }
    answer = sent(
        editor_client,
        f"/groups/{area.group.slug}/remit",
        start="2026",
        function_rows="0,1",
        why="Recorded late",
        **twice,
    )
    assert "This function is in the list already." in answer.content.decode()


def test_rows_are_added_and_taken_out_without_judging_what_was_typed(editor_client: Client, area: SmallArea):
    address = f"/groups/{area.group.slug}/remit"
    page = sent(editor_client, address, start="nonsense", row="function:add:0")
    form = fields_of(page)
    assert form["function_rows"] == ["0,1"]
    assert form["start"] == ["nonsense"]
    assert "There is a problem" not in page.content.decode()
    page = editor_client.post(address, form | {"row": "function:remove:0"})
    assert fields_of(page)["function_rows"] == ["1"]


def test_a_group_is_funded_anew_and_the_former_money_ends_the_day_before(editor_client: Client, area: SmallArea):
    core, grant = factories.funding_source(), factories.funding_source(FundingKind.GRANT)
    former = actions.fund_group(
        group=area.group, funding_source=core, payer=area.icb, start=day("2024-04-01"), **IN_TEST
    )
    check = sent(
        editor_client,
        f"/groups/{area.group.slug}/fund",
        funding_source=grant.pk,
        payer=area.lmc.pk,
        start="1 April 2026",
        annual_amount="12000",
        why="Funding agreed",
        **{f"former_{former.pk}": "ends"},
    )
    confirmed(editor_client, check)
    former.refresh_from_db()
    assert former.end == day("2026-03-31")
    assert GroupFunding.objects.get(funding_source=grant).payer == area.lmc


def test_a_group_reports_to_one_body_in_a_line(editor_client: Client, area: SmallArea):
    other = factories.group(area.lmc)
    address = f"/groups/{area.group.slug}/reporting-lines/new"
    both = sent(
        editor_client, address, to_group=other.pk, to_organisation=area.icb.pk, start="2026", why="New reporting line"
    )
    assert "Name one group or one organisation." in both.content.decode()
    confirmed(
        editor_client, sent(editor_client, address, to_organisation=area.icb.pk, start="2026", why="New reporting line")
    )
    line = ReportingLine.objects.get(group=area.group)
    assert line.to_organisation == area.icb
    confirmed(
        editor_client,
        sent(editor_client, f"/reporting-lines/{line.pk}/end", end="31 May 2026", why="It was agreed otherwise"),
    )
    line.refresh_from_db()
    assert line.end == day("2026-05-31")


def test_a_group_is_there_to_influence_a_body_once_over_the_same_days(editor_client: Client, area: SmallArea):
    address = f"/groups/{area.group.slug}/influences/new"
    confirmed(editor_client, sent(editor_client, address, organisation=area.icb.pk, start="2025", why="Recorded late"))
    assert Influence.objects.get().organisation == area.icb
    again = sent(editor_client, address, organisation=area.icb.pk, start="2026", why="Recorded late")
    assert "The register says this already for some of these days." in again.content.decode()


# --- in the browser


def test_an_officer_records_a_new_group_by_keyboard_on_a_phone(editing: Editing):
    page = editing.open("/groups/new")
    assert_sound(page)
    type_into(page, "What it is called", "Norwich Urgent Care Board")
    tab_to(page, page.get_by_label("What kind of group it is"))
    page.keyboard.type("Commissioning")
    type_into(page, "Which organisation hosts it", "Norwich LMC")
    page.locator("#id_host-found").get_by_text("Norwich LMC").wait_for()
    type_into(page, "Which area it covers", "Norwich Place")
    page.locator("#id_covers-found").get_by_text("Norwich Place").wait_for()
    type_into(page, "From when", "April 2026")
    choose(page, "New group")
    press(page, "See what this changes")
    press(page, "Record this")
    made = Group.objects.get(name="Norwich Urgent Care Board")
    assert made.covers == editing.area.place
    expect(page).to_have_url(re.compile(re.escape(f"/groups/{made.slug}/terms/new") + "$"))


def test_an_officer_ends_a_group_by_keyboard_on_a_phone(editing: Editing):
    page = editing.open(f"/groups/{editing.area.group.slug}/end")
    assert_sound(page)
    type_into(page, "Its last day", "31 March 2026")
    choose(page, "Wound up")
    press(page, "See what this changes")
    expect(page.get_by_role("heading", name="Seats that end with it")).to_be_visible()
    press(page, "Record this")
    assert Group.objects.get(pk=editing.area.group.pk).end == day("2026-03-31")


def test_an_officer_writes_a_remit_with_two_functions_by_keyboard_on_a_phone(editing: Editing):
    factories.function("Dental commissioning")
    factories.function("Workforce")
    page = editing.open(f"/groups/{editing.area.group.slug}/remit")
    type_into(page, "From when", "1 April 2026")
    tab_to(page, page.locator("#id_function_0_function"))
    page.keyboard.type("Dental")
    tab_to(page, page.locator("#id_function_0_part"))
    page.keyboard.type("Leads")
    tab_to(page, page.get_by_role("button", name="Add one below function 1"))
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'function-1'")
    assert_sound(page)
    tab_to(page, page.locator("#id_function_1_function"))
    page.keyboard.type("Workforce")
    tab_to(page, page.locator("#id_function_1_part"))
    page.keyboard.type("Shares")
    choose(page, "Its remit was changed")
    press(page, "See what this changes")
    press(page, "Record this")
    now = GroupRemit.objects.get(group=editing.area.group, period__startswith=day("2026-04-01").date)
    assert sorted(each.part for each in now.functions.all()) == [Part.LEADS, Part.SHARES]


@pytest.mark.parametrize("line", ["fund", "reporting-lines/new", "influences/new", "correct"])
def test_the_short_forms_of_a_group_are_sound(line: str, editing: Editing):
    page = editing.open(f"/groups/{editing.area.group.slug}/{line}")
    assert_sound(page)
    if page.locator("summary", has_text="More, as far").count():
        open_details(page, "More, as far as it is known")
        assert_sound(page)
    press(page, "See what this changes")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()


def test_a_new_group_is_recorded_without_scripts(editing_without_scripts: Editing):
    page = editing_without_scripts.open("/groups/new")
    page.get_by_label("What it is called").fill("Norwich Urgent Care Board")
    page.get_by_label("What kind of group it is").select_option(label="Commissioning group")
    page.get_by_label("Which organisation hosts it").fill("Norwich Place")
    page.get_by_role("button", name="Find which organisation hosts it").click()
    page.get_by_label("Norwich Place").check()
    page.get_by_label("From when").fill("2026")
    page.get_by_label("New group", exact=True).check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    assert Group.objects.get(name="Norwich Urgent Care Board").host == editing_without_scripts.area.place


def test_rows_of_a_remit_are_added_without_scripts(editing_without_scripts: Editing):
    factories.function("Workforce")
    page = editing_without_scripts.open(f"/groups/{editing_without_scripts.area.group.slug}/remit")
    page.get_by_role("button", name="Add one below function 1").click()
    page.locator("#id_function_1_function").select_option(label="Workforce")
    page.locator("#id_function_1_part").select_option(label="Leads")
    page.get_by_label("From when").fill("2026")
    page.get_by_label("Recorded late", exact=True).check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    assert GroupRemit.objects.filter(functions__function__name="Workforce").exists()
