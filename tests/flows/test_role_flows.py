"""A role is added, renamed, given a remit, said to be vacant, ended; somebody is said to pay for it."""

from decimal import Decimal

import pytest
from django.test import Client

from memberships.models import Appointment, FundingLine, Membership
from roles.models import Part, Role, RoleType
from tests import factories
from tests.factories import SmallArea
from tests.flows.conftest import Editing
from tests.flows.sending import confirmed, sent
from tests.periods import day

pytestmark = pytest.mark.django_db


def test_a_new_role_needs_a_kind_a_host_and_a_day(editor_client: Client, area: SmallArea):
    pathway = factories.pathway()
    confirmed(
        editor_client,
        sent(
            editor_client,
            "/roles/new",
            role_type=area.director.pk,
            organisation=area.place.pk,
            start="April 2026",
            pathway=pathway.pk,
            why="A new post",
        ),
    )
    role = Role.objects.get(organisation=area.place)
    assert (role.title, role.remits.get().acts_for, role.remits.get().pathway) == (
        area.director.name,
        area.director.acts_for,
        pathway,
    )


def test_a_role_is_renamed_at_its_address(editor_client: Client, area: SmallArea):
    role = area.directors[0].role
    confirmed(
        editor_client,
        sent(editor_client, f"{role.get_absolute_url()}/correct", title="Network lead", why="Is called otherwise now"),
    )
    assert Role.objects.get(slug=role.slug).title == "Network lead"


def test_an_administrator_says_that_a_type_of_role_leads_what_hosts_it(editor_client: Client, area: SmallArea):
    address = f"/role-types/{area.director.slug}/correct"
    assert editor_client.get(address).status_code == 403, "it is of no area"
    assert "correct" not in editor_client.get("/role-types").content.decode()
    administrator = Client()
    administrator.force_login(factories.user(is_superuser=True))
    assert address in administrator.get("/role-types").content.decode()
    confirmed(administrator, sent(administrator, address, leads="on", why="Is understood otherwise now"))
    assert RoleType.objects.get(slug=area.director.slug).leads
    assert "Leads what hosts it" in editor_client.get("/role-types").content.decode()


def test_a_new_remit_ends_the_former_the_day_before(editor_client: Client, area: SmallArea):
    role, function = area.directors[0].role, factories.function()
    confirmed(
        editor_client,
        sent(
            editor_client,
            f"{role.get_absolute_url()}/remit",
            start="1 December 2026",
            acts_for="system",
            summary="For the whole system",
            why="The remit changed",
            **{f"function_{function.pk}": "leads"},
        ),
    )
    former, new = role.remits.order_by("period")
    assert former.end == day("2026-11-30")
    assert (new.acts_for, new.functions.get().part) == ("system", Part.LEADS)


def test_a_post_that_is_vacant_ends_the_holders_term_and_seats(editor_client: Client, area: SmallArea):
    held = area.directors[0]
    answer = sent(
        editor_client, f"{held.role.get_absolute_url()}/vacant", start="1 December 2026", why="The holder left"
    )
    assert "Seats that this empties" in answer.content.decode()
    confirmed(editor_client, answer)
    held.refresh_from_db()
    assert held.end == day("2026-11-30")
    assert Membership.objects.get(basis_appointment=held).end == day("2026-11-30")


def test_a_post_that_nobody_holds_is_vacant_already(editor_client: Client, area: SmallArea):
    role = factories.role(area.place, area.director)
    answer = sent(editor_client, f"{role.get_absolute_url()}/vacant", start="May 2026", why="Recorded late")
    assert "the register says already that it is vacant." in answer.content.decode()


def test_a_role_that_ends_takes_its_holders_along_or_leaves_them(editor_client: Client, area: SmallArea):
    one, other = area.directors
    for held, choice in ((one, "ends"), (other, "stays")):
        confirmed(
            editor_client,
            sent(
                editor_client,
                f"{held.role.get_absolute_url()}/end",
                end="30 November 2026",
                why="Reorganisation",
                **{f"holder_{held.pk}": choice},
            ),
        )
    assert Appointment.objects.get(pk=one.pk).end == day("2026-11-30")
    assert Appointment.objects.get(pk=other.pk).end is None


def test_who_pays_is_recorded_and_corrected(editor_client: Client, area: SmallArea):
    held, pot = area.directors[0], factories.funding_source()
    confirmed(
        editor_client,
        sent(
            editor_client,
            f"/appointments/{held.pk}/fund",
            funding_source=pot.pk,
            payer=area.icb.pk,
            sessions_per_week="2",
            annual_amount="14000",
            why="Funding agreed",
        ),
    )
    line = FundingLine.objects.get(appointment=held)
    assert (line.start, line.annual_amount) == (held.start, Decimal(14000))
    confirmed(
        editor_client,
        sent(editor_client, f"/funding/{line.pk}/correct", end="31 March 2026", why="Funding changed"),
    )
    line.refresh_from_db()
    assert line.end == day("2026-03-31")


def test_money_outside_the_appointment_is_refused(editor_client: Client, area: SmallArea):
    held, pot = area.directors[0], factories.funding_source()
    confirmed(
        editor_client, sent(editor_client, f"/appointments/{held.pk}/fund", funding_source=pot.pk, why="Funding agreed")
    )
    line = FundingLine.objects.get()
    answer = sent(editor_client, f"/funding/{line.pk}/correct", start="2001", why="Was written down wrongly")
    assert "for days outside the appointment" in answer.content.decode()


def test_a_role_is_added_without_scripts(editing_without_scripts: Editing):
    page = editing_without_scripts.open("/roles/new")
    page.get_by_label("What kind of role").select_option(label=editing_without_scripts.area.director.name)
    page.get_by_label("Which organisation hosts it").fill(editing_without_scripts.area.lmc.name)
    page.get_by_label("From when").fill("2026")
    page.get_by_label("A new post").check()
    page.get_by_role("button", name="See what this changes").last.click()
    page.get_by_role("button", name="Record this").click()
    assert Role.objects.filter(
        role_type=editing_without_scripts.area.director, organisation=editing_without_scripts.area.lmc
    ).exists()
