"""TE01 to TE04 and DI01, what groups ask of members in their own terms; GL06, GL07, GL10 and GL12 where terms and areas ask more."""

import datetime
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from ics_leadership.history import change
from ics_leadership.writing import keep
from memberships import actions
from memberships.actions import NewSeat
from memberships.models import (
    ANY_CLINICIAN,
    Category,
    Condition,
    Eligibility,
    Group,
    GroupKind,
    InterestDeclaration,
    Membership,
    Profession,
    RegisterOfInterests,
)
from organisations import actions as organisations
from organisations.models import Kind, LinkKind
from roles import actions as roles
from roles.models import ActsFor, FundingKind, NeededFunction, Part
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.periods import ALWAYS, FIRST_DAY, LAST_DAY, MID_NORMAL, NORMAL, day, gone_by, year
from tests.rules.asking import DURING_NORMAL, days_of, found

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)


def ask(area: SmallArea, condition: Condition, **facts: Any) -> Eligibility:
    """Let the terms of the area's group set one condition more, by their second clause."""
    order = area.terms.eligibilities.count() + 1
    with change(**IN_TEST):
        clause = area.terms.clauses.get(number="2")
        return keep(Eligibility(terms=area.terms, order=order, clause=clause, condition=condition, **facts))


def core_member(area: SmallArea) -> Membership:
    return area.memberships[1]


def end_terms(area: SmallArea) -> None:
    """Let the terms of the area's group be in force for `NORMAL` alone; the group itself goes on before and after."""
    with change(**IN_TEST):
        Group.objects.filter(pk=area.group.pk).update(period=DateRange(None, None), start_precision="unknown")
        keep(area.terms.between(*NORMAL))


# --- TE01


def test_te01_is_found_from_the_first_to_the_last_day_of_the_membership(area: SmallArea):
    seat = area.seat("System clinical lead")
    lead = make.appointment(make.person(), make.role(area.icb, seat.role_type, period=ALWAYS), period=ALWAYS)
    member = make.membership(seat, lead.person, lead, period=NORMAL)
    ask(area, Condition.ACTS_FOR_PRACTICES, seat=seat)
    assert days_of("TE01", f"membership:{member.pk}") == DURING_NORMAL


def test_te01_is_asked_from_the_first_to_the_last_day_of_the_terms(area: SmallArea):
    seat = area.seat("System clinical lead")
    lead = make.appointment(make.person(), make.role(area.icb, seat.role_type, period=ALWAYS), period=ALWAYS)
    member = make.membership(seat, lead.person, lead, period=ALWAYS)
    ask(area, Condition.ACTS_FOR_PRACTICES, seat=seat)
    end_terms(area)
    assert days_of("TE01", f"membership:{member.pk}") == DURING_NORMAL


def test_te01_whoever_attends_and_acts_for_the_system_is_found_where_the_terms_ask_it_of_their_seat(area: SmallArea):
    lead = make.appointment(
        make.person(), make.role(area.icb, area.seat("System clinical lead").role_type, period=ALWAYS), period=NORMAL
    )
    member = make.membership(area.seat("System clinical lead"), lead.person, lead, period=ALWAYS)
    assert not found("TE01")
    ask(area, Condition.ACTS_FOR_PRACTICES, seat=area.seat("System clinical lead"))
    assert days_of("TE01", f"membership:{member.pk}") == DURING_NORMAL
    (finding,) = found("TE01")
    assert "The terms (clause 2) ask that members act for general practice alone." in finding.text


def test_te01_says_nothing_twice_of_core_seats_of_a_group_that_speaks_for_general_practice(area: SmallArea):
    ask(area, Condition.ACTS_FOR_PRACTICES)
    lead = make.role(area.icb, make.role_type("Place Lead", acts_for=ActsFor.SYSTEM))
    make.appointment(core_member(area).person, lead)
    (finding,) = found("GL01")
    assert finding.text.endswith(" The terms (clause 2) ask that members act for general practice alone.")
    assert not found("TE01")


# --- TE02


def test_te02_a_member_of_another_profession_is_found_as_long_as_they_sit(area: SmallArea):
    nurse = make.person(profession=Profession.NURSE)
    member = make.membership(area.seat("Experienced leader"), nurse, "Long years", period=NORMAL)
    ask(area, Condition.PROFESSION, profession=Profession.GP)
    assert days_of("TE02", f"membership:{member.pk}") == DURING_NORMAL
    assert "profession: nurse. The terms (clause 2) ask for GP." in found("TE02")[0].text


def test_te02_of_several_professions_one_will_do(area: SmallArea):
    nurse = make.person(profession=Profession.NURSE)
    make.membership(area.seat("Experienced leader"), nurse, "Long years")
    ask(area, Condition.PROFESSION, profession=Profession.GP)
    ask(area, Condition.PROFESSION, profession=ANY_CLINICIAN)
    assert not found("TE02")
    actions.correct_person(person=nurse, profession=Profession.LAY, **IN_TEST)
    assert len(found("TE02")) == 1


def test_te02_asks_for_a_seat_what_it_asks_for_beside_what_it_asks_of_everybody(area: SmallArea):
    pharmacist, seat = make.person(profession=Profession.PHARMACIST), area.seat("Experienced leader")
    make.membership(seat, pharmacist, "Long years")
    ask(area, Condition.PROFESSION, profession=ANY_CLINICIAN)
    assert not found("TE02")
    ask(area, Condition.PROFESSION, profession=Profession.GP, seat=seat)
    assert found("TE02")[0].text.endswith("is recorded as profession: pharmacist. The terms (clause 2) ask for GP.")
    actions.correct_person(person=pharmacist, profession=Profession.LAY, **IN_TEST)
    assert found("TE02")[0].text.endswith("ask for any clinician, and for GP.")
    actions.correct_person(person=pharmacist, profession=Profession.GP, **IN_TEST)
    assert not found("TE02")


def test_te02_claims_nothing_of_whom_no_profession_is_recorded(area: SmallArea):
    make.membership(area.seat("Experienced leader"), make.person(profession=""), "Long years")
    ask(area, Condition.PROFESSION, profession=Profession.GP)
    assert not found("TE02")


def test_te02_is_asked_from_the_first_to_the_last_day_of_the_terms(area: SmallArea):
    nurse = make.person(profession=Profession.NURSE)
    member = make.membership(area.seat("Experienced leader"), nurse, "Long years", period=ALWAYS)
    ask(area, Condition.PROFESSION, profession=Profession.GP)
    end_terms(area)
    assert days_of("TE02", f"membership:{member.pk}") == DURING_NORMAL


# --- TE03


def test_te03_is_found_from_the_first_to_the_last_day_in_the_other_seat(area: SmallArea):
    person, experience, lead = make.person(), area.seat("Experienced leader"), area.seat("System clinical lead")
    member = make.membership(experience, person, "Long years", period=ALWAYS)
    make.membership(lead, person, "Longer years", period=NORMAL)
    ask(area, Condition.NOT_ALSO_IN, seat=experience, other_seat=lead)
    assert days_of("TE03", f"membership:{member.pk}") == DURING_NORMAL


def test_te03_is_asked_from_the_first_to_the_last_day_of_the_terms(area: SmallArea):
    person, experience, lead = make.person(), area.seat("Experienced leader"), area.seat("System clinical lead")
    member = make.membership(experience, person, "Long years", period=ALWAYS)
    make.membership(lead, person, "Longer years", period=ALWAYS)
    ask(area, Condition.NOT_ALSO_IN, seat=experience, other_seat=lead)
    end_terms(area)
    assert days_of("TE03", f"membership:{member.pk}") == DURING_NORMAL


def test_te03_two_seats_kept_apart_are_found_while_one_person_has_both(area: SmallArea):
    chair = area.memberships[0]
    member = make.membership(area.seat("Experienced leader"), chair.person, "Long years", period=NORMAL)
    ask(area, Condition.NOT_ALSO_IN, seat=area.seat("Experienced leader"), other_seat=area.seat("Chair"))
    assert days_of("TE03", f"membership:{member.pk}") == DURING_NORMAL
    assert "also has the seat “Chair”. The terms (clause 2) do not allow both." in found("TE03")[0].text


def test_te03_the_seat_itself_is_no_other_seat(area: SmallArea):
    ask(area, Condition.NOT_ALSO_IN, other_seat=area.seat("Chair"))
    assert not found("TE03")


# --- TE04


def test_te04_service_is_too_long_from_the_day_on_which_the_months_are_over(area: SmallArea):
    ask(area, Condition.LONGEST_SERVICE, months=24)
    about = f"membership:{core_member(area).pk}"
    over = datetime.date(2023, 4, 1)
    assert about not in {each.about for each in found("TE04", over - ONE_DAY)}
    assert about in {each.about for each in found("TE04", over)}
    assert found("TE04", over)[0].since == day("2023-04-01")


def test_te04_counts_through_seats_and_versions_without_a_gap(area: SmallArea):
    person = make.person()
    first = make.membership(
        area.seat("Experienced leader"), person, "Long years", period=(FIRST := day("2021-04-01"), day("2022-03-31"))
    )
    assert first.start == FIRST
    member = make.membership(area.seat("Experienced leader"), person, "Long years", period=(day("2022-04-01"), None))
    ask(area, Condition.LONGEST_SERVICE, months=24, seat=area.seat("Experienced leader"))
    assert [each.about for each in found("TE04", datetime.date(2023, 4, 1))] == [f"membership:{member.pk}"]
    assert not found("TE04", datetime.date(2023, 3, 31))


@pytest.mark.parametrize("end", [day("2022-03-30"), gone_by("2022-04-01")])
def test_te04_a_gap_or_an_end_that_nobody_knows_begins_the_count_anew(area: SmallArea, end):
    person, seat = make.person(), area.seat("Experienced leader")
    make.membership(seat, person, "Long years", period=(day("2021-04-01"), end))
    make.membership(seat, person, "Long years", period=(day("2022-04-01"), None))
    ask(area, Condition.LONGEST_SERVICE, months=24, seat=seat)
    assert not found("TE04", datetime.date(2024, 3, 31))
    assert found("TE04", datetime.date(2024, 4, 1))


def test_te04_claims_nothing_where_the_start_is_known_to_the_year_alone(area: SmallArea):
    seat = area.seat("Experienced leader")
    make.membership(seat, make.person(), "Long years", period=(year(2010), None))
    ask(area, Condition.LONGEST_SERVICE, months=24, seat=seat)
    assert not found("TE04")


def test_te04_so_many_terms_in_a_row_are_a_limit_too(area: SmallArea):
    with change(**IN_TEST):
        keep(area.terms, term_limit=1)
    assert not found("TE04", LAST_DAY)
    assert {each.about for each in found("TE04", LAST_DAY + ONE_DAY)} == {
        f"membership:{each.pk}" for each in area.memberships
    }


def test_te04_is_found_to_the_last_day_of_the_membership(area: SmallArea):
    member = make.membership(area.seat("Experienced leader"), make.person(), "Long years", period=NORMAL)
    ask(area, Condition.LONGEST_SERVICE, months=12)
    about = f"membership:{member.pk}"
    assert about in {each.about for each in found("TE04", LAST_DAY)}
    assert about not in {each.about for each in found("TE04", LAST_DAY + ONE_DAY)}


def test_te04_a_limit_of_the_terms_holds_from_the_first_to_the_last_day_of_the_terms(area: SmallArea):
    start = (day("2010-04-01"), None)
    member = make.membership(area.seat("Experienced leader"), make.person(), "Long years", period=start)
    ask(area, Condition.LONGEST_SERVICE, months=12)
    end_terms(area)
    assert days_of("TE04", f"membership:{member.pk}") == DURING_NORMAL


# --- GL10, its third part


def test_gl10_pay_that_the_terms_rule_out_is_found_while_the_member_sits_and_the_terms_are_in_force(area: SmallArea):
    held = make.appointment(make.person(), area.directors[0].role, period=ALWAYS)
    core = make.funding_source(FundingKind.ICB_CORE)
    actions.add_funding_line(appointment=held, funding=actions.Funding(core, start=ALWAYS[0]), **IN_TEST)
    ask(area, Condition.NOT_PAID_FROM, funding_kind=FundingKind.ICB_CORE)
    member = make.membership(area.seat("PCN clinical directors"), held.person, held, period=NORMAL)
    assert days_of("GL10", f"membership:{member.pk}") == DURING_NORMAL
    with change(**IN_TEST):
        keep(member.between(*ALWAYS))
    end_terms(area)
    assert days_of("GL10", f"membership:{member.pk}") == DURING_NORMAL


def test_gl10_pay_that_the_terms_rule_out_is_found_while_it_is_paid(area: SmallArea):
    member = core_member(area)
    core = make.funding_source(FundingKind.ICB_CORE)
    actions.add_funding_line(
        appointment=member.basis_appointment,
        funding=actions.Funding(core, payer=area.icb, start=NORMAL[0], end=NORMAL[1]),
        **IN_TEST,
    )
    about = f"membership:{member.pk}"
    assert about not in {each.about for each in found("GL10")}
    ask(area, Condition.NOT_PAID_FROM, funding_kind=FundingKind.ICB_CORE)
    assert days_of("GL10", about) == DURING_NORMAL
    ask(area, Condition.NOT_PAID_FROM, funding_kind=FundingKind.GRANT)
    (finding,) = (each for each in found("GL10") if each.about == about)
    assert "that is paid from ICB core. The terms (clause 2) rule that out." in finding.text


# --- GL06 and GL07 with seats for each


def each_network(area: SmallArea, **facts: Any) -> Any:
    """New terms by which every network of the place has one seat; the East network's director takes theirs."""
    group = make.group(area.lmc, GroupKind.PCN_DIRECTORS_FORUM, covers=area.place, name="Forum")
    seats = [NewSeat("Network", Category.CORE, Kind.PCN, each=True, **facts)]
    terms = make.terms(group, seats)
    make.membership(terms.seats.get(), area.directors[0].person, area.directors[0])
    return terms.seats.get()


def test_gl06_names_the_networks_that_have_nobody_in_the_seat_that_each_was_promised(area: SmallArea):
    seat = each_network(area)
    (finding,) = (each for each in found("GL06") if each.about == f"seat:{seat.pk}")
    assert f"promise {area.pcns[1]} a seat of its own" in finding.text
    assert finding.organisations == {area.pcns[1].pk}
    make.membership(seat, area.directors[1].person, area.directors[1])
    assert f"seat:{seat.pk}" not in {each.about for each in found("GL06")}


def test_gl06_hears_a_network_by_whom_it_put_forward(area: SmallArea):
    seat = each_network(area)
    make.membership(seat, make.person(), "Long years", put_forward_by=area.pcns[1])
    assert f"seat:{seat.pk}" not in {each.about for each in found("GL06") + found("GL05")}


def test_gl05_counts_a_place_for_each_network_from_the_day_that_it_opens(area: SmallArea):
    seat = each_network(area)
    opened = make.organisation(Kind.PCN, name="South Norwich PCN", period=(day("2022-04-01"), None))
    make.link(opened, LinkKind.PART_OF, area.place, period=(day("2022-04-01"), None))

    def missing(date: datetime.date) -> int:
        return sum(len(each.rests_on) for each in found("GL05", date) if each.about == f"seat:{seat.pk}")

    assert missing(datetime.date(2022, 3, 31)) == 1
    assert missing(datetime.date(2022, 4, 1)) == 2
    organisations.close_organisation(organisation=opened, end=day("2022-12-31"), **IN_TEST)
    assert missing(datetime.date(2022, 12, 31)) == 2
    assert missing(datetime.date(2023, 1, 1)) == 1


def test_gl07_a_quorum_asks_for_some_from_one_seat(area: SmallArea):
    seat = each_network(area, quorum_of=2)
    about = f"terms:{seat.terms_id}:quorum:{seat.pk}"
    (finding,) = (each for each in found("GL07") if each.about == about)
    assert "ask that at least 2 of a quorum be from the seat “Network”; 1 sits there." in finding.text
    make.membership(seat, area.directors[1].person, area.directors[1], period=NORMAL)
    assert about not in {each.about for each in found("GL07", FIRST_DAY)}
    assert about not in {each.about for each in found("GL07", LAST_DAY)}
    assert about in {each.about for each in found("GL07", LAST_DAY + ONE_DAY)}


# --- GL12, its second part


def test_gl12_a_function_that_is_needed_and_that_nobody_leads_is_found_while_it_is_needed(area: SmallArea):
    need = roles.need_function(
        area=area.place, function=make.function("Dental commissioning"), start=NORMAL[0], end=NORMAL[1], **IN_TEST
    )
    assert days_of("GL12", f"neededfunction:{need.pk}") == DURING_NORMAL
    (finding,) = found("GL12")
    assert finding.text == "Norwich Place needs dental commissioning to be led, and no role or group there leads it."
    roles.need_no_longer(need=need, end=day("2022-06-30"), **IN_TEST)
    assert not found("GL12", MID_NORMAL)


def test_gl12_a_post_leads_from_the_day_that_somebody_holds_it(area: SmallArea):
    function = make.function("Dental commissioning")
    need: NeededFunction = roles.need_function(area=area.place, function=function, start=NORMAL[0], **IN_TEST)
    post = make.role(area.pcns[0], make.role_type("Dental lead"), functions={function: Part.LEADS})
    assert "nobody holds the post that leads it" in found("GL12")[0].text
    make.appointment(make.person(), post, period=(day("2022-07-01"), None))
    assert found("GL12", datetime.date(2022, 6, 30))[0].about == f"neededfunction:{need.pk}"
    assert not found("GL12", datetime.date(2022, 7, 1))


def test_gl12_the_chair_of_a_group_leads_in_the_area_of_the_group_not_in_all_that_its_host_covers(area: SmallArea):
    elsewhere = make.organisation(Kind.PLACE, name="Fens Place")
    make.link(elsewhere, LinkKind.PART_OF, area.icb)
    function = make.function("Premises")
    chair = make.role(area.lmc, make.role_type("Group chair"), functions={function: Part.LEADS})
    actions.add_group_role(group=area.group, role=chair, **IN_TEST)
    make.appointment(make.person(), chair)
    for place in (area.place, elsewhere):
        roles.need_function(area=place, function=function, start=NORMAL[0], **IN_TEST)
    assert [each.organisations for each in found("GL12", MID_NORMAL)] == [frozenset({elsewhere.pk})]


# --- DI01


def keep_interests(area: SmallArea) -> None:
    with change(**IN_TEST):
        keep(area.terms, interests=RegisterOfInterests.KEPT)


def test_di01_a_declaration_is_good_for_a_year(area: SmallArea):
    person = core_member(area).person
    with change(**IN_TEST):
        keep(InterestDeclaration(person=person, declared_on=datetime.date(2022, 5, 1)))
    assert not found("DI01")
    keep_interests(area)

    def undeclared(date: datetime.date) -> bool:
        return f"membership:{core_member(area).pk}" in {each.about for each in found("DI01", date)}

    assert undeclared(datetime.date(2022, 4, 30))
    assert not undeclared(datetime.date(2022, 5, 1))
    assert not undeclared(datetime.date(2023, 4, 30))
    assert undeclared(datetime.date(2023, 5, 1))


def test_di01_is_found_from_the_first_to_the_last_day_of_the_membership(area: SmallArea):
    keep_interests(area)
    member = make.membership(area.seat("Experienced leader"), make.person(), "Long years", period=NORMAL)
    assert days_of("DI01", f"membership:{member.pk}") == DURING_NORMAL


def test_di01_is_asked_from_the_first_to_the_last_day_of_the_terms(area: SmallArea):
    keep_interests(area)
    member = make.membership(area.seat("Experienced leader"), make.person(), "Long years", period=ALWAYS)
    end_terms(area)
    assert days_of("DI01", f"membership:{member.pk}") == DURING_NORMAL


def test_di01_says_since_when(area: SmallArea):
    keep_interests(area)
    (finding,) = (each for each in found("DI01") if each.about == f"membership:{core_member(area).pk}")
    assert finding.text.endswith("has not declared interests so far.")
    assert finding.since == day("2021-04-01")
