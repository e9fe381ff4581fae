"""GL01 to GL04: who sits on a group, and on what basis."""

import pytest

from ics_leadership.history import change
from ics_leadership.periods import PartialDate, Precision
from ics_leadership.writing import keep
from memberships import actions
from memberships.actions import NewEligibility, NewSeat
from memberships.models import Category, Condition, Eligibility, GroupKind, Membership
from organisations import actions as organisations
from organisations.models import Kind, Organisation
from roles import actions as roles
from roles.models import ActsFor, OpenTo
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.periods import AFTER_NORMAL, ALWAYS, FIRST_DAY, LAST_DAY, MID_NORMAL, NORMAL, OPEN_ENDED, day, month
from tests.rules.asking import DURING_NORMAL, days_of, found

pytestmark = pytest.mark.django_db


def system_lead(host: Organisation) -> object:
    return make.role(host, make.role_type("Place Lead", acts_for=ActsFor.SYSTEM), title="Place Lead", period=ALWAYS)


def core_member(area: SmallArea) -> Membership:
    """The first of the clinical directors in the core seats, since 1 April 2021."""
    return area.memberships[1]


# --- GL01


def test_gl01_a_core_member_is_conflicted_from_the_first_to_the_last_day_in_a_system_role(area: SmallArea):
    member = core_member(area)
    make.appointment(member.person, system_lead(area.place), period=NORMAL)
    assert days_of("GL01", f"membership:{member.pk}") == DURING_NORMAL


def test_gl01_a_conflict_lasts_from_the_first_to_the_last_day_of_the_membership(area: SmallArea):
    lead = make.appointment(make.person(), system_lead(area.place), period=ALWAYS)
    member = make.membership(area.seat("Experienced leader"), lead.person, "Long years", period=NORMAL)
    assert days_of("GL01", f"membership:{member.pk}") == DURING_NORMAL


def test_gl01_says_who_holds_what_and_leads_to_each(area: SmallArea):
    member = core_member(area)
    lead = make.appointment(member.person, system_lead(area.place), period=(month("2021-06"), None))
    (finding,) = found("GL01")
    assert finding.text == (
        f"{member.person}, a core member of Norwich GP Leadership Group (seat “PCN clinical directors”, clause 2), is also "
        "Place Lead of Norwich Place, since June 2021. That role acts for the system."
    )
    assert {piece.href for piece in finding.pieces if piece.href} == {
        row.get_absolute_url() for row in (member.person, area.group, lead.role, area.place)
    }
    assert finding.since == PartialDate(day("2021-06-01").date, Precision.MONTH)
    assert (finding.people, finding.groups) == ({member.person_id}, {area.group.pk})


def test_gl01_a_remit_that_acts_for_the_commissioner_conflicts_from_its_first_day(area: SmallArea):
    member = core_member(area)
    make.appointment(member.person, post := make.role(area.icb, make.role_type("Adviser")))
    assert not found("GL01", MID_NORMAL)
    roles.new_remit_version(
        role=post, acts_for=ActsFor.COMMISSIONER, open_to=OpenTo.ANYONE, start=day("2022-07-01"), **IN_TEST
    )
    assert not found("GL01", day("2022-06-30").date)
    (finding,) = found("GL01", MID_NORMAL)
    assert finding.since == day("2022-07-01")


def test_gl01_those_in_attendance_are_no_conflict(area: SmallArea):
    lead = make.appointment(make.person(), system_lead(area.place))
    make.membership(area.seat("System clinical lead"), lead.person, lead)
    assert not found("GL01")


def test_gl01_a_board_that_does_not_speak_for_general_practice_has_no_such_conflicts(area: SmallArea):
    lead = make.appointment(make.person(), system_lead(area.place))
    board = make.group(area.place, GroupKind.PLACE_BOARD)
    rules = make.terms(board, [NewSeat("Lead", Category.CORE, lead.role.role_type)])
    make.membership(rules.seats.get(), lead.person, lead)
    assert not found("GL01")


# --- GL02


@pytest.fixture
def keeps_off(area: SmallArea) -> SmallArea:
    """The small area, whose group's terms keep off the people of its board from 1 April 2023."""
    clinical = area.director
    area.terms = make.terms(
        area.group,
        [NewSeat("Clinical director", Category.CORE, clinical, number=2)],
        eligibilities=[NewEligibility(Condition.NOT_ENGAGED_BY, organisation=area.icb)],
        period=(day("2023-04-01"), None),
    )
    return area


def employed(area: SmallArea, by: Organisation, **facts: object) -> str:
    """Let the first core member hold a role elsewhere, employed by a body; returns what a finding would be about."""
    member = core_member(area)
    host = make.organisation(Kind.TRUST)
    post = make.role(host, make.role_type("Adviser"), period=ALWAYS)
    make.appointment(member.person, post, employer=by, **facts)
    return f"membership:{member.pk}"


def test_gl02_a_member_employed_by_a_body_kept_off_is_found_while_they_are(keeps_off: SmallArea):
    about = employed(keeps_off, keeps_off.icb, period=(day("2023-10-01"), day("2024-03-31")))
    assert not found("GL02", day("2023-09-30").date)
    assert [each.about for each in found("GL02", day("2023-10-01").date)] == [about]
    assert [each.about for each in found("GL02", LAST_DAY)] == [about]
    assert not found("GL02", AFTER_NORMAL)


def test_gl02_is_found_from_the_first_to_the_last_day_of_the_membership(area: SmallArea):
    person = make.person()
    make.appointment(person, make.role(area.lmc, make.role_type("Adviser")), employer=area.icb, period=ALWAYS)
    member = make.membership(area.seat("Experienced leader"), person, "Long years", period=NORMAL)
    with change(**IN_TEST):
        keep(Eligibility(terms=area.terms, order=9, condition=Condition.NOT_ENGAGED_BY, organisation=area.icb))
    assert days_of("GL02", f"membership:{member.pk}") == DURING_NORMAL


def test_gl02_is_found_from_the_first_day_of_the_terms_that_keep_them_off(keeps_off: SmallArea):
    employed(keeps_off, keeps_off.icb)
    assert not found("GL02", day("2023-03-31").date)
    assert found("GL02", day("2023-04-01").date)


def test_gl02_an_employer_that_is_not_kept_off_is_nobodys_business(keeps_off: SmallArea):
    employed(keeps_off, keeps_off.lmc)
    assert not found("GL02", LAST_DAY)


def test_gl02_the_holder_of_the_bodys_own_post_is_engaged_by_it_where_no_employer_is_recorded(keeps_off: SmallArea):
    member = core_member(keeps_off)
    make.appointment(member.person, make.role(keeps_off.icb, make.role_type("Adviser")))
    assert [each.about for each in found("GL02", LAST_DAY)] == [f"membership:{member.pk}"]


def test_gl02_the_chair_of_a_group_that_the_body_hosts_is_not_engaged_by_it(keeps_off: SmallArea):
    post = make.role(keeps_off.icb, make.role_type("Chair"))
    actions.add_group_role(group=make.group(keeps_off.icb), role=post, **IN_TEST)
    make.appointment(core_member(keeps_off).person, post)
    assert not found("GL02", LAST_DAY)


def test_gl02_whoever_takes_over_from_a_body_kept_off_is_kept_off_from_that_day(keeps_off: SmallArea):
    merged = make.organisation(Kind.ICB)
    about = employed(keeps_off, merged)
    organisations.record_succession(predecessor=keeps_off.icb, successor=merged, on=day("2023-10-01").date, **IN_TEST)
    organisations.close_organisation(organisation=keeps_off.icb, end=day("2023-09-30"), **IN_TEST)
    make.keep_area(keeps_off.place, keeps_off.lmc)
    assert not found("GL02", day("2023-09-30").date)
    assert [each.about for each in found("GL02", day("2023-10-01").date)] == [about]


# --- GL03


def test_gl03_a_core_seat_held_for_the_system_is_found_while_it_is_held(area: SmallArea):
    lead = make.appointment(make.person(), system_lead(area.place), period=ALWAYS)
    member = make.membership(area.seat("PCN clinical directors"), lead.person, lead, period=NORMAL)
    assert days_of("GL03", f"membership:{member.pk}") == DURING_NORMAL


def test_gl03_a_basis_that_is_not_held_on_the_day_acts_for_nobody(area: SmallArea):
    lead = make.appointment(make.person(), system_lead(area.place), period=NORMAL)
    member = make.membership(area.seat("PCN clinical directors"), lead.person, lead, period=ALWAYS)
    assert days_of("GL03", f"membership:{member.pk}") == DURING_NORMAL


def test_gl03_experience_is_a_basis_for_a_seat_that_is_for_experience_only(area: SmallArea):
    make.membership(area.seat("Experienced leader"), make.person(), "Chaired a commissioning group")
    assert not found("GL03")
    member = make.membership(area.seat("PCN clinical directors"), make.person(), "Chaired a commissioning group")
    (finding,) = found("GL03")
    assert finding.about == f"membership:{member.pk}"
    assert "sits for experience. The seat is drawn from PCN Clinical Director (Norwich)s." in finding.text


# --- GL04


def test_gl04_a_member_whose_post_has_ended_is_found_from_the_day_after(area: SmallArea):
    member = core_member(area)
    actions.end_appointment(appointment=area.directors[0], end=day("2024-03-31"), **IN_TEST)
    assert not found("GL04", LAST_DAY)
    (finding,) = found("GL04", AFTER_NORMAL)
    assert finding.about == f"membership:{member.pk}"
    assert finding.since == day("2024-04-01")
    assert finding.text.endswith(f"PCN Clinical Director (Norwich), {area.pcns[0]}. That ended on 31 March 2024.")


def test_gl04_is_settled_the_day_after_the_membership_ends(area: SmallArea):
    actions.end_appointment(appointment=area.directors[0], end=day("2023-03-31"), **IN_TEST)
    actions.end_membership(membership=core_member(area), end=day("2024-03-31"), **IN_TEST)
    assert found("GL04", LAST_DAY)
    assert not found("GL04", AFTER_NORMAL)


def test_gl04_a_post_that_has_not_begun_has_not_ended(area: SmallArea):
    coming = make.appointment(make.person(), make.role(area.pcns[0], area.director), period=(day("2024-04-01"), None))
    make.membership(area.seat("PCN clinical directors"), coming.person, coming, period=OPEN_ENDED)
    assert not found("GL04", FIRST_DAY)
