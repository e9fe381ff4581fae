"""Who could follow: plain reasons, in their order; eligibility as role and terms have it; kept areas and days."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from memberships import actions
from memberships.actions import NewSeat
from memberships.actions.identity import link_account
from memberships.actions.people import add_skill_to_person, offer_to_mentor
from memberships.actions.post_offers import offer_to_take_on
from memberships.models import Appointment, Category, Condition, Membership, Person, Profession, Seat, Skill
from memberships.succession import Reason, with_candidates
from organisations.models import Kind
from organisations.rights import Rights
from roles.models import FundingKind
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import OPEN_ENDED, day
from tests.rules.test_rules_eligibility import ask

pytestmark = pytest.mark.django_db

AS_AT = "2026-06-01"


def ends(row: Appointment | Membership, last_day: str) -> None:
    upper = datetime.date.fromisoformat(last_day) + datetime.timedelta(days=1)
    with change(**IN_TEST):
        type(row).objects.filter(pk=row.pk).update(period=(row.period.lower, upper))


def said(client: Client, **asked: str) -> str:
    return client.get(reverse("succession"), {"as_at": AS_AT, **asked}).content.decode()


def words(page: str) -> str:
    """What a page says, without how."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_role_ending_on_the_last_day_of_the_horizon_is_listed(area: SmallArea, client: Client):
    ends(area.directors[0], "2026-09-01")
    assert area.directors[0].role.title in said(client, horizon="3")
    ends(area.directors[0], "2026-09-02")
    assert area.directors[0].role.title not in said(client, horizon="3")


def test_those_who_hold_such_a_role_come_with_what_speaks_for_them(area: SmallArea, client: Client):
    ends(area.directors[0], "2026-07-31")
    skill = factories.skill("Contracting")
    other = area.directors[1].person
    for person in (area.directors[0].person, other):
        add_skill_to_person(person=person, skill=skill, start=OPEN_ENDED[0], **IN_TEST)
    page = said(client, kind="roles")
    assert other.name in page
    assert "Holds such a role" in page
    assert "Has skills that whoever holds it has: Contracting" in page


def skilled(skill: Skill, *people: Person) -> None:
    for person in people:
        add_skill_to_person(person=person, skill=skill, start=OPEN_ENDED[0], **IN_TEST)


def seat_for_experience(area: SmallArea) -> Membership:
    """A seat for experience whose term ends, held by somebody with no post."""
    member = factories.membership(area.seat("Experienced leader"), factories.person(), "Years of it")
    ends(member, "2026-07-31")
    return member


def follow_by_skill(date: str, *members: Membership) -> list[dict[str, list[str]]]:
    """For each seat, whose skills speak for them, by name, and which."""
    endings = with_candidates(
        [("membership", member.pk) for member in members], datetime.date.fromisoformat(date), Rights(None)
    )
    return [
        {each.person.name: [row.skill.name for row in each.reasons.get(Reason.SKILLS, [])] for each in those}
        for those in (ending.candidates for ending in endings)
    ]


def test_skill_is_named_once_however_many_posts_somebody_held(area: SmallArea, client: Client):
    ends(area.directors[0], "2026-07-31")
    other = area.directors[1].person
    skilled(factories.skill("Contracting"), area.directors[0].person, other)
    for year in range(2015, 2019):
        period = (day(f"{year}-04-01"), day(f"{year + 1}-03-31"))
        factories.appointment(other, factories.role(area.practices[0], area.director), period=period)
    assert "Has skills that whoever holds it has: Contracting<" in said(client, kind="roles")


def test_skills_of_former_leaders_count_for_a_seat_for_experience_whatever_they_led(area: SmallArea):
    member = seat_for_experience(area)
    former = factories.person("Faith Former")
    period = (day("2019-04-01"), day("2022-06-30"))
    factories.appointment(former, factories.role(area.icb, factories.role_type("CCG Chair")), period=period)
    skilled(factories.skill("Strategy"), former, member.person)
    assert follow_by_skill(AS_AT, member) == [{"Faith Former": ["Strategy"]}]


def test_skills_of_those_who_led_and_sat_in_other_kept_areas_alone_do_not_count(area: SmallArea):
    member, beside = seat_for_experience(area), factories.small_area("Diss")
    sat = factories.membership(beside.seat("Experienced leader"), factories.person(), "Years of it").person
    skilled(factories.skill("Strategy"), member.person, beside.directors[0].person, sat)
    assert follow_by_skill(AS_AT, member) == [{}]


def test_posts_of_two_kept_areas_have_the_same_people_on_one_page_as_alone(area: SmallArea):
    beside = factories.small_area("Diss")
    members = [seat_for_experience(each) for each in (area, beside)]
    skilled(factories.skill("Strategy"), *(each.person for each in (*members, *area.directors, *beside.directors)))
    together = follow_by_skill(AS_AT, *members)
    assert together == [*follow_by_skill(AS_AT, members[0]), *follow_by_skill(AS_AT, members[1])]
    assert [set(each) for each in together] == [
        {held.person.name for held in each.directors} for each in (area, beside)
    ]


def test_who_shares_a_role_does_not_follow_in_it(area: SmallArea):
    held = area.directors[0]
    sharing = factories.appointment(factories.person("Shirley Sharer"), held.role, period=(day("2024-04-01"), None))
    before = (day("2019-04-01"), day("2021-03-31"))
    factories.appointment(sharing.person, factories.role(area.pcns[1], area.director), period=before)
    endings = with_candidates(
        [("appointment", held.pk), ("appointment", sharing.pk)], datetime.date.fromisoformat(AS_AT), Rights(None)
    )
    for ending in endings:
        assert [each.person for each in ending.candidates] == [area.directors[1].person]


def test_offer_that_is_not_agreed_to_be_shown_stays_with_editors(area: SmallArea, client: Client):
    ends(area.directors[0], "2026-07-31")
    offer_to_mentor(
        person=area.directors[1].person, area=area.icb, offer="hushed-offer", start=OPEN_ENDED[0], **IN_TEST
    )
    assert "hushed-offer" not in said(client)
    client.force_login(factories.editor(area.icb))
    assert "hushed-offer" in said(client)


def test_who_offered_is_named_to_editors_and_to_themselves_with_the_way_to_what_they_said(
    area: SmallArea, client: Client
):
    ends(area.directors[0], "2026-07-31")
    editor = factories.editor(area.icb)
    idle = factories.person("Ida Idle", by=editor)
    offer_to_take_on(
        person=idle, role=area.directors[0].role, start=day("2026-05-01"), note="If nobody younger will", **IN_TEST
    )
    assert "Ida Idle" not in said(client, kind="roles")
    themselves = factories.user()
    link_account(person=idle, account=themselves, **IN_TEST)
    for account in (editor, themselves):
        client.force_login(account)
        page = said(client, kind="roles")
        assert "Offered:" in page
        assert "since 1 May 2026" in page or "from 1 May 2026" in page
        assert "“If nobody younger will”" in page
        assert f"{idle.get_absolute_url()}?as_at={AS_AT}#post-offers" in page
        assert page.index("Ida Idle") < page.index(area.directors[1].person.name)


@pytest.mark.parametrize(("end", "named"), [("2026-05-31", False), ("2026-06-01", True), (None, True)])
def test_offer_counts_to_its_last_day(area: SmallArea, client: Client, end: str | None, named: bool):
    editor = factories.editor(area.icb)
    ends(area.directors[0], "2026-07-31")
    offer_to_take_on(
        person=factories.person("Ida Idle", by=editor),
        role=area.directors[0].role,
        start=day("2026-05-01"),
        end=day(end) if end else None,
        **IN_TEST,
    )
    client.force_login(editor)
    assert ("Ida Idle" in said(client, kind="roles")) == named


def test_offer_to_take_on_any_role_of_a_kind_counts_inside_its_area(area: SmallArea, client: Client):
    editor = factories.editor(area.icb)
    for held in area.directors:
        ends(held, "2026-07-31")
    offer_to_take_on(
        person=factories.person("Ida Idle", by=editor),
        role_type=area.director,
        area=area.pcns[1],
        start=day("2026-05-01"),
        **IN_TEST,
    )
    client.force_login(editor)
    assert "Ida Idle" not in said(client, role=area.directors[0].role.slug)
    assert "Ida Idle" in said(client, role=area.directors[1].role.slug)


def test_offer_to_sit_on_a_group_counts_for_its_seats_with_what_keeps_them_off(area: SmallArea, client: Client):
    editor = factories.editor(area.icb)
    ends(area.memberships[1], "2026-07-31")
    offer_to_take_on(
        person=factories.person("Ida Idle", by=editor), group=area.group, start=day("2026-05-01"), **IN_TEST
    )
    client.force_login(editor)
    page = said(client, kind="seats")
    assert "Ida Idle" in page
    assert "Kept off" in page
    assert "Ida Idle" not in said(client, kind="roles")


def test_who_offered_and_to_whom_the_role_is_not_open_is_named_with_that(area: SmallArea, client: Client):
    editor = factories.editor(area.icb)
    ends(area.chair, "2026-07-31")
    nurse = factories.person("Nora Nurse", profession=Profession.NURSE, by=editor)
    offer_to_take_on(person=nurse, role=area.chair.role, start=day("2026-05-01"), **IN_TEST)
    client.force_login(editor)
    page = said(client, kind="roles")
    assert "Nora Nurse" in page
    assert "The role is open to GPs only." in page


def test_whom_the_role_is_not_open_to_is_left_out(area: SmallArea, client: Client):
    ends(area.chair, "2026-07-31")
    nurse = factories.person("Nora Nurse", profession=Profession.NURSE)
    factories.appointment(nurse, factories.role(area.lmc, area.director))
    assert "Nora Nurse" not in said(client, kind="roles")


def test_who_is_recorded_to_follow_stands_first(area: SmallArea, client: Client):
    ends(area.directors[0], "2026-07-31")
    start = PartialDate(datetime.date(2026, 8, 1))
    factories.appointment(factories.person("Zed Zimmer"), area.directors[0].role, period=(start, None))
    page = said(client, kind="roles")
    assert "Recorded to follow" in page
    assert page.index("Zed Zimmer") < page.index(area.directors[1].person.name)


def test_what_keeps_off_somebody_who_is_to_follow_is_told_to_those_who_see_findings_alone(
    area: SmallArea, client: Client
):
    ends(area.chair, "2026-07-31")
    nurse = factories.person("Nora Nurse", profession=Profession.NURSE)
    start = PartialDate(datetime.date(2026, 8, 1))
    factories.appointment(nurse, area.chair.role, period=(start, None))
    elsewhere = factories.organisation(factories.Kind.ICB, name="NHS Elsewhere ICB")
    factories.keep_area(elsewhere, keeper=elsewhere)
    for account in (None, factories.user(), factories.editor(elsewhere)):
        if account:
            client.force_login(account)
        page = said(client, kind="roles")
        assert "Nora Nurse" in page
        assert "Kept off" not in page
    client.force_login(factories.editor(area.icb))
    assert "The role is open to GPs only." in said(client, kind="roles")


def test_post_outside_kept_areas_is_not_listed(area: SmallArea, client: Client):
    elsewhere = factories.organisation(factories.Kind.PCN, name="Unkept PCN")
    held = factories.appointment(factories.person(), factories.role(elsewhere, area.director))
    ends(held, "2026-07-31")
    assert held.role.title not in said(client)


def test_vacant_role_can_be_asked_about(area: SmallArea, client: Client):
    role = factories.role(area.pcns[0], area.director, title="Second director")
    assert "Nobody holds it on this day" in said(client, role=role.slug)


def test_seat_is_followed_by_those_it_is_drawn_from(area: SmallArea, client: Client):
    ends(area.memberships[1], "2026-07-31")
    other = factories.appointment(factories.person("Tess Third"), factories.role(area.pcns[0], area.director)).person
    page = said(client, kind="seats", group=area.group.slug)
    assert other.name in page
    assert "The seat is drawn from what they hold" in page
    first = page.split('id="post-1"')[1].split("</section>")[0]
    assert area.directors[1].person.name not in first, "who has the seat does not follow in it"


def test_place_of_one_network_is_followed_by_those_of_that_network_alone(area: SmallArea, client: Client):
    group = factories.group(area.lmc, name="Forum", covers=area.place)
    factories.terms(group, [NewSeat("Network", Category.CORE, Kind.PCN, each=True)])
    seat = Seat.objects.get(terms__group=group)
    ends(factories.membership(seat, area.directors[0].person, area.directors[0]), "2026-07-31")
    here, there = (
        factories.appointment(factories.person(), factories.role(pcn, area.chair.role.role_type)) for pcn in area.pcns
    )
    page = said(client, kind="seats", group=group.slug)
    assert f"This place is for {area.pcns[0].name}" in words(page)
    assert here.person.name in page
    assert there.person.name not in page
    assert area.directors[1].person.name not in page


def test_place_of_one_role_leads_to_who_could_follow_in_that_role(area: SmallArea, client: Client):
    group = factories.group(area.lmc, name="Forum", covers=area.place)
    factories.terms(group, [NewSeat("Director", Category.CORE, area.director, each=True)])
    seat = Seat.objects.get(terms__group=group)
    ends(factories.membership(seat, area.directors[0].person, area.directors[0]), "2026-07-31")
    page = said(client, kind="seats", group=group.slug)
    role = area.directors[0].role
    assert f"This place goes with the role {role.title}" in words(page)
    assert f"/succession?role={role.slug}" in page
    assert area.directors[1].person.name not in page, "whose place is another"
    second = factories.appointment(factories.person(), role)
    assert second.person.name in said(client, kind="seats", group=group.slug)


def test_place_of_who_was_put_forward_is_that_of_who_put_them_forward(area: SmallArea, client: Client):
    group = factories.group(area.lmc, name="Forum", covers=area.place)
    factories.terms(group, [NewSeat("Network", Category.CORE, Kind.PCN, each=True)])
    seat = Seat.objects.get(terms__group=group)
    ends(factories.membership(seat, factories.person(), "Years of it", put_forward_by=area.pcns[1]), "2026-07-31")
    page = said(client, kind="seats", group=group.slug)
    assert f"This place is for {area.pcns[1].name}" in words(page)
    assert area.directors[1].person.name in page
    assert area.directors[0].person.name not in page


def test_whom_a_condition_of_the_terms_keeps_off_is_left_out(area: SmallArea, client: Client):
    ends(area.memberships[1], "2026-07-31")
    held = factories.appointment(factories.person("Tess Third"), factories.role(area.pcns[0], area.director))
    core = factories.funding_source(FundingKind.ICB_CORE)
    funding = actions.Funding(core, payer=area.icb, start=OPEN_ENDED[0])
    actions.add_funding_line(appointment=held, funding=funding, **IN_TEST)
    assert "Tess Third" in said(client, kind="seats")
    ask(area, Condition.NOT_PAID_FROM, funding_kind=FundingKind.ICB_CORE)
    assert "Tess Third" not in said(client, kind="seats")


def test_unknown_question_is_refused(area: SmallArea, client: Client):
    assert client.get(reverse("succession"), {"horizon": "7"}).status_code == 400
    assert client.get(reverse("succession"), {"colour": "red"}).status_code == 400


def test_three_are_named_at_once_for_each_of_several_posts_and_the_others_are_unfolded(area: SmallArea, client: Client):
    directors = [
        factories.appointment(
            factories.person(f"Ann Number{number}"), factories.role(area.pcns[0], held.role.role_type)
        )
        for number, held in enumerate(area.directors * 3)
    ]
    for held in (*area.directors, area.chair):
        ends(held, "2026-07-31")
    page = said(client, kind="roles")
    assert f"4 others for {area.directors[0].role.title}" in page
    assert all(held.person.name in page for held in directors)
    alone = said(client, role=area.directors[0].role.slug)
    assert "others for" not in alone
    assert all(held.person.name in alone for held in directors)
