"""GL05 to GL07: the seats that terms give, and the terms themselves."""

import datetime

import pytest

from ics_leadership.periods import ONE_DAY, PartialDate
from memberships import actions
from memberships.actions import NewSeat
from memberships.actions.terms import end_of_term
from memberships.models import Category, GroupKind
from organisations import actions as organisations
from organisations.models import Kind, LinkKind
from roles.models import ActsFor
from tests import factories as make
from tests.factories import IN_TEST, SmallArea
from tests.periods import AFTER_NORMAL, BEFORE_NORMAL, FIRST_DAY, LAST_DAY, MID_NORMAL, NORMAL, day
from tests.rules.asking import found

pytestmark = pytest.mark.django_db


def on(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def about(code: str, date: datetime.date) -> set[str]:
    return {finding.about for finding in found(code, date)}


# --- GL05: vacant


def test_gl05_a_seat_is_vacant_before_and_after_somebody_sits_there(area: SmallArea):
    seat = area.seat("Experienced leader")
    make.membership(seat, make.person(), "Long years", period=(day("2021-04-02"), day("2024-03-31")))
    vacant = {
        date
        for date in (FIRST_DAY, on("2021-04-02"), LAST_DAY, AFTER_NORMAL)
        if f"seat:{seat.pk}" in about("GL05", date)
    }
    assert vacant == {FIRST_DAY, AFTER_NORMAL}


def test_gl05_a_seat_is_vacant_from_the_first_day_of_its_terms(area: SmallArea):
    assert not found("GL05", BEFORE_NORMAL)
    (finding,) = found("GL05", FIRST_DAY)
    assert finding.since == day("2021-04-01")
    assert finding.text == (
        "The seat “Experienced leader” of Norwich GP Leadership Group is vacant. It is drawn from people with experience."
    )


def test_gl05_says_how_many_places_of_a_seat_are_vacant(area: SmallArea):
    actions.end_membership(membership=area.memberships[1], end=day("2022-06-30"), **IN_TEST)
    seat = area.seat("PCN clinical directors")
    (finding,) = [each for each in found("GL05") if each.about == f"seat:{seat.pk}"]
    assert finding.text.startswith(
        "1 of the 2 places of the seat “PCN clinical directors” of Norwich GP Leadership Group (clause 2)"
    )
    assert finding.since is None
    assert finding.subject == f"seat:{seat.pk}/place:1"


def test_gl05_names_who_left_an_empty_seat_last(area: SmallArea):
    actions.end_membership(membership=area.memberships[0], end=day("2022-06-30"), **IN_TEST)
    (finding,) = [each for each in found("GL05") if each.about == f"seat:{area.seat('Chair').pk}"]
    assert f"is vacant. {area.chair.person} left it on 30 June 2022." in finding.text
    assert finding.since == day("2022-07-01")


def test_gl05_who_comes_in_place_of_a_member_fills_no_place_beside_them(area: SmallArea):
    seat, member = area.seat("Experienced leader"), make.person()
    other = make.membership(seat, make.person(), "Long years", attends_for=member)
    assert f"seat:{seat.pk}" not in about("GL05", MID_NORMAL)
    make.membership(seat, member, "Long years")
    actions.end_membership(membership=other, end=day("2022-06-30"), **IN_TEST)
    assert f"seat:{seat.pk}" not in about("GL05", MID_NORMAL)


# --- GL05: terms that end


def test_gl05_a_term_is_warned_of_six_months_before_its_last_day(area: SmallArea):
    member = f"membership:{area.memberships[0].pk}"
    assert member not in about("GL05", on("2023-09-30"))
    assert member in about("GL05", on("2023-10-01"))
    assert member in about("GL05", LAST_DAY)


def test_gl05_whoever_sits_on_after_the_term_serves_beyond_it(area: SmallArea):
    member = f"membership:{area.memberships[0].pk}"
    texts = {
        date: finding.text
        for date in (LAST_DAY, AFTER_NORMAL)
        for finding in found("GL05", date)
        if finding.about == member
    }
    assert texts[LAST_DAY].endswith(": the term ends on 31 March 2024, and nobody is recorded to follow.")
    assert texts[AFTER_NORMAL].endswith(", serves beyond a term that ended on 31 March 2024.")


def test_gl05_an_end_that_is_recorded_stands_for_the_length_of_the_term(area: SmallArea):
    member = actions.end_membership(membership=area.memberships[0], end=day("2026-03-31"), **IN_TEST)
    assert f"membership:{member.pk}" not in about("GL05", AFTER_NORMAL)
    assert f"membership:{member.pk}" in about("GL05", on("2025-10-01"))


def test_gl05_nobody_is_warned_of_a_term_when_somebody_follows_at_once(area: SmallArea):
    ending = actions.end_membership(membership=area.memberships[0], end=day("2024-03-31"), **IN_TEST)
    next_chair = make.appointment(make.person(), area.chair.role)
    follower = make.membership(area.seat("Chair"), next_chair.person, next_chair, period=(day("2024-04-02"), None))
    assert f"membership:{ending.pk}" in about("GL05", LAST_DAY), "a day stays empty"
    actions.correct_membership(membership=follower, start=day("2024-04-01"), end=None, **IN_TEST)
    assert f"membership:{ending.pk}" not in about("GL05", LAST_DAY)


def test_gl05_nobody_is_warned_of_a_term_by_its_length_when_somebody_follows_at_once(area: SmallArea):
    (ending,) = (each for each in area.memberships if each.seat.title == "Chair")
    last = end_of_term(ending)
    assert last
    eve = last.date - datetime.timedelta(days=30)
    assert f"membership:{ending.pk}" in about("GL05", eve)
    follower = make.person()
    make.membership(ending.seat, follower, "Long years", period=(PartialDate(last.date + ONE_DAY), None))
    assert f"membership:{ending.pk}" not in about("GL05", eve)


def test_gl05_one_follower_is_not_enough_for_two_whose_terms_end(area: SmallArea):
    seat = area.seat("PCN clinical directors")
    for member in area.memberships[1:]:
        actions.end_membership(membership=member, end=day("2024-03-31"), **IN_TEST)
    make.membership(seat, make.person(), "Long years", period=(day("2024-04-01"), None))
    first, second = (f"membership:{member.pk}" for member in area.memberships[1:])
    assert first not in about("GL05", LAST_DAY)
    assert second in about("GL05", LAST_DAY)


def test_gl05_members_of_a_group_that_ended_are_found_from_the_day_after(area: SmallArea):
    actions.end_group(group=area.group, end=day("2024-03-31"), **IN_TEST)
    member = f"membership:{area.memberships[1].pk}"
    (before,) = [each for each in found("GL05", LAST_DAY) if each.about == member]
    (after,) = [each for each in found("GL05", AFTER_NORMAL) if each.about == member]
    assert "the term ends on" in before.text
    assert after.text.endswith("still sits there. The group ended on 31 March 2024.")


# --- GL06


def test_gl06_an_organ_is_missed_while_nobody_fills_the_seat_that_it_was_promised(area: SmallArea):
    make.link(area.lmc, LinkKind.COVERS, area.place)
    rules = make.terms(
        area.group,
        [NewSeat("Committee", Category.CORE, area.lmc), NewSeat("Director", Category.CORE, area.director)],
        period=(day("2022-04-01"), None),
    )
    committee, director = (f"seat:{seat.pk}" for seat in rules.seats.order_by("order"))
    make.membership(rules.seats.get(title="Committee"), area.chair.person, area.chair, period=NORMAL)
    assert not found("GL06", on("2022-03-31"))
    assert about("GL06", on("2022-04-01")) == {director}
    assert about("GL06", LAST_DAY) == {director}
    assert about("GL06", AFTER_NORMAL) == {director, committee}
    shared, own = sorted(found("GL06", AFTER_NORMAL), key=lambda each: each.organisations == {area.lmc.pk})
    assert shared.organisations == {pcn.pk for pcn in area.pcns}
    assert "East Norwich PCN and West Norwich PCN a seat that they share" in shared.text
    assert "promise Norwich LMC a seat of its own" in own.text


def test_gl06_a_kind_of_organ_is_missed_from_the_day_on_which_there_is_one(area: SmallArea):
    federation = make.organisation(Kind.FEDERATION, period=(day("2022-07-01"), None))
    make.link(federation, LinkKind.PART_OF, area.place)
    assert not found("GL06", on("2022-06-30"))
    (finding,) = found("GL06", on("2022-07-01"))
    assert finding.text == (
        f"The terms of Norwich GP Leadership Group draw no seat from {federation} of its area (terms of reference version 1.0)."
    )


def test_gl06_a_committee_is_of_one_kind_and_need_not_seat_the_others(area: SmallArea):
    committee = make.group(area.lmc, GroupKind.LMC_COMMITTEE, covers=area.icb)
    make.terms(committee, [NewSeat("Chair", Category.CHAIR, area.lmc)])
    assert about("GL06", MID_NORMAL) == {f"seat:{committee.terms.get().seats.get().pk}"}


# --- GL07


def test_gl07_terms_are_past_their_review_from_the_day_after_it(area: SmallArea):
    assert not found("GL07", LAST_DAY)
    (finding,) = found("GL07", AFTER_NORMAL)
    assert finding.about == f"terms:{area.terms.pk}:review"
    assert finding.since == day("2024-04-01")
    assert finding.text.endswith("(terms of reference version 1.0) were to be reviewed by 31 March 2024.")


def test_gl07_a_quorum_fails_from_the_day_after_too_many_left(area: SmallArea):
    for member in area.memberships[:2]:
        actions.end_membership(membership=member, end=day("2022-06-30"), **IN_TEST)
    assert not found("GL07", on("2022-06-30"))
    (finding,) = found("GL07", on("2022-07-01"))
    assert finding.about == f"terms:{area.terms.pk}:quorum"
    assert finding.text.endswith("ask for a quorum of 2; the chair and core members in post are 1.")


def test_gl07_those_in_attendance_make_no_quorum(area: SmallArea):
    for member in area.memberships[:2]:
        actions.end_membership(membership=member, end=day("2022-06-30"), **IN_TEST)
    lead = make.appointment(make.person(), make.role(area.icb, make.role_type("Lead", acts_for=ActsFor.SYSTEM)))
    make.membership(area.seat("System clinical lead"), lead.person, lead)
    assert found("GL07", on("2022-07-01"))


def test_gl07_terms_that_are_no_longer_in_force_need_no_review(area: SmallArea):
    make.terms(area.group, [], period=(day("2024-04-01"), None))
    assert not found("GL07", AFTER_NORMAL)


def test_rules_say_nothing_where_nobody_keeps_the_area(area: SmallArea):
    assert found("GL05", MID_NORMAL)
    organisations.stop_keeping_area(kept=area.icb.kept.get(), end=day("2022-06-30"), **IN_TEST)
    assert found("GL05", on("2022-06-30"))
    assert not found("GL05", on("2022-07-01"))
