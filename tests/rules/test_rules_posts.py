"""GL08 to GL12: roles, who holds them, who pays for them, what they lead, and what closed bodies left open."""

import datetime

import pytest

from memberships import actions
from memberships.actions import Funding, NewSeat
from memberships.models import Category, Profession
from organisations import actions as organisations
from organisations.models import Kind, LinkKind
from roles import actions as roles
from roles.models import ActsFor, FundingKind, OpenTo, Part
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.periods import AFTER_NORMAL, ALWAYS, LAST_DAY, MID_NORMAL, NORMAL, day, known_by
from tests.rules.asking import DURING_NORMAL, days_of, found

pytestmark = pytest.mark.django_db


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# --- GL08


def test_gl08_a_network_is_without_a_director_from_the_day_after_the_last_one_left(area: SmallArea):
    actions.end_appointment(appointment=area.directors[0], end=day("2024-03-31"), **IN_TEST)
    assert not found("GL08", LAST_DAY)
    (finding,) = found("GL08", AFTER_NORMAL)
    assert finding.text == (
        f"East Norwich PCN has no named accountable clinical director. {area.directors[0].person} left on 31 March 2024."
    )
    assert finding.since == day("2024-04-01")
    assert (finding.organisations, finding.roles) == ({area.pcns[0].pk}, {area.directors[0].role_id})


def test_gl08_a_network_has_a_director_from_the_first_day_of_the_next_one(area: SmallArea):
    actions.end_appointment(appointment=area.directors[0], end=day("2022-06-30"), **IN_TEST)
    make.appointment(make.person(), area.directors[0].role, period=(day("2024-04-01"), None))
    assert found("GL08", LAST_DAY)
    assert not found("GL08", AFTER_NORMAL)


def test_gl08_claims_nothing_before_somebody_who_may_have_held_it_already(area: SmallArea):
    actions.end_appointment(appointment=area.directors[0], end=day("2022-06-30"), **IN_TEST)
    make.appointment(make.person(), area.directors[0].role, period=(known_by("2024-04-01"), None))
    assert not found("GL08", LAST_DAY)


def test_gl08_a_network_without_any_such_role_is_found_while_it_is_open(area: SmallArea):
    network = make.organisation(Kind.PCN, period=NORMAL)
    make.link(network, LinkKind.PART_OF, area.place, period=ALWAYS)
    assert days_of("GL08", f"organisation:{network.pk}") == DURING_NORMAL
    (finding,) = found("GL08")
    assert finding.text.endswith("No such role is recorded.")


def test_gl08_one_of_two_who_share_the_role_is_enough(area: SmallArea):
    make.appointment(make.person(), area.directors[0].role)
    actions.end_appointment(appointment=area.directors[0], end=day("2022-06-30"), **IN_TEST)
    assert not found("GL08", AFTER_NORMAL)


# --- GL09


def test_gl09_a_post_for_gps_is_found_while_somebody_else_holds_it(area: SmallArea):
    manager = make.person("Valerie Lamp", profession=Profession.MANAGER)
    held = make.appointment(manager, area.chair.role, period=NORMAL)
    assert days_of("GL09", f"appointment:{held.pk}") == DURING_NORMAL
    (finding,) = found("GL09")
    assert finding.text.endswith("The role is open to GPs only; recorded as profession: manager.")


def test_gl09_a_post_becomes_one_for_gps_with_the_remit_that_says_so(area: SmallArea):
    nurse = make.appointment(make.person(profession=Profession.NURSE), area.directors[0].role)
    roles.new_remit_version(
        role=nurse.role, acts_for=ActsFor.GENERAL_PRACTICE, open_to=OpenTo.GPS, start=day("2024-04-01"), **IN_TEST
    )
    assert not found("GL09", LAST_DAY)
    assert found("GL09", AFTER_NORMAL)


def test_gl09_claims_nothing_of_somebody_whose_profession_is_not_recorded(area: SmallArea):
    make.appointment(make.person(profession=""), area.chair.role)
    assert not found("GL09")


# --- GL10


def test_gl10_a_leader_whom_nobody_pays_is_found_before_and_after_the_money(area: SmallArea):
    pot = make.funding_source(FundingKind.LMC_LEVY)
    actions.add_funding_line(
        appointment=area.chair, funding=Funding(pot, start=day("2021-04-02"), end=day("2024-03-31")), **IN_TEST
    )
    about = f"appointment:{area.chair.pk}"
    unpaid = {
        date
        for date in (on("2021-04-01"), on("2021-04-02"), LAST_DAY, AFTER_NORMAL)
        if about in {finding.about for finding in found("GL10", date)}
    }
    assert unpaid == {on("2021-04-01"), AFTER_NORMAL}


def test_gl10_tells_unpaid_from_not_recorded(area: SmallArea):
    actions.add_funding_line(
        appointment=area.chair, funding=Funding(make.funding_source(FundingKind.UNPAID)), **IN_TEST
    )
    texts = {finding.about: finding.text for finding in found("GL10")}
    assert texts[f"appointment:{area.chair.pk}"].endswith("and acts for general practice: unpaid.")
    assert texts[f"appointment:{area.directors[0].pk}"].endswith(": nobody is recorded as paying for it.")


def test_gl10_is_about_those_who_act_for_general_practice(area: SmallArea):
    lead = make.appointment(make.person(), make.role(area.icb, make.role_type("Lead", acts_for=ActsFor.SYSTEM)))
    assert f"appointment:{lead.pk}" not in {finding.about for finding in found("GL10")}


# --- GL11


def test_gl11_what_a_body_left_open_is_found_from_the_day_after_it_closed(area: SmallArea):
    network, director = area.pcns[0], area.directors[0]
    organisations.close_organisation(organisation=network, end=day("2024-03-31"), **IN_TEST)
    assert not found("GL11", LAST_DAY)
    (finding,) = found("GL11", AFTER_NORMAL)
    assert finding.about == f"role:{director.role_id}"
    assert finding.since == day("2024-04-01")
    assert finding.text == (
        f"East Norwich PCN closed on 31 March 2024. {director.role.title} is still open, held by {director.person}."
    )
    assert finding.place == area.place.pk


def test_gl11_is_settled_when_role_and_appointment_ended_with_the_body(area: SmallArea):
    network, director = area.pcns[0], area.directors[0]
    organisations.close_organisation(organisation=network, end=day("2024-03-31"), **IN_TEST)
    roles.end_role(role=director.role, end=day("2024-03-31"), **IN_TEST)
    (finding,) = found("GL11", AFTER_NORMAL)
    assert finding.about == f"appointment:{director.pk}"
    actions.end_appointment(appointment=director, end=day("2024-03-31"), **IN_TEST)
    assert not found("GL11", AFTER_NORMAL)


def test_gl11_seats_and_groups_of_a_body_that_closed_are_found(area: SmallArea):
    host = make.organisation(Kind.CCG, name="NHS Norwich CCG")
    make.link(host, LinkKind.PART_OF, area.icb)
    group = make.group(host, covers=area.place)
    seat = make.terms(group, [NewSeat("Commissioner", Category.CORE, host)]).seats.get()
    organisations.close_organisation(organisation=host, end=day("2024-03-31"), **IN_TEST)
    assert not found("GL11", LAST_DAY)
    assert {finding.about for finding in found("GL11", AFTER_NORMAL)} == {f"group:{group.pk}", f"seat:{seat.pk}"}


def test_gl11_a_body_lay_where_its_heir_lies(area: SmallArea):
    former = make.organisation(Kind.CCG)
    make.role(former, make.role_type("Adviser"))
    organisations.close_organisation(organisation=former, end=day("2022-03-31"), **IN_TEST)
    assert not found("GL11"), "it never lay in a kept area"
    organisations.record_succession(predecessor=former, successor=area.icb, on=on("2022-04-01"), **IN_TEST)
    (finding,) = found("GL11")
    assert finding.place == area.icb.pk


# --- GL12


def test_gl12_two_roles_of_one_body_that_lead_a_function_are_found_while_both_do(area: SmallArea):
    workforce, leads = make.function("Workforce"), {}
    for title, period in (("Nursing Officer", ALWAYS), ("Hub Lead", NORMAL)):
        leads[title] = make.role(
            area.icb, make.role_type(title), title=title, functions={workforce: Part.LEADS}, period=period
        )
    make.appointment(holder := make.person(), leads["Hub Lead"])
    assert days_of("GL12", f"function:{workforce.pk}:{area.icb.pk}") == DURING_NORMAL
    (finding,) = found("GL12")
    assert finding.text == (
        f"Hub Lead of Norwich ICB ({holder}) and Nursing Officer of Norwich ICB (vacant) both lead workforce in Norwich ICB."
    )
    assert finding.roles == {role.pk for role in leads.values()}


def test_gl12_who_leads_where_nobody_else_does_is_not_found(area: SmallArea):
    function = make.function()
    for network, part in zip(area.pcns, (Part.LEADS, Part.LEADS), strict=True):
        make.role(network, make.role_type(f"Lead of {network}"), functions={function: part})
    make.role(area.pcns[0], make.role_type("Helper"), functions={function: Part.SHARES})
    assert not found("GL12")


def test_gl12_a_committee_leads_in_what_it_covers(area: SmallArea):
    function = make.function()
    make.role(area.lmc, make.role_type("Officer"), functions={function: Part.LEADS})
    make.role(area.icb, make.role_type("Director"), functions={function: Part.LEADS})
    (finding,) = found("GL12", MID_NORMAL)
    assert finding.about == f"function:{function.pk}:{area.icb.pk}"
