"""Who may sit on a group and who not: seat by seat, by the same rules that would find it afterwards."""

import datetime
import random
import re
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ics_leadership.history import Change, change
from ics_leadership.periods import PartialDate, today
from memberships import actions, could_sit, rules
from memberships.actions import NewSeat
from memberships.could_sit import Verdict
from memberships.models import Appointment, Category, Condition, Membership, Person, Profession, Seat
from memberships.presenters.why_not import seat_line
from memberships.succession import with_candidates
from memberships.why_not import SeatAsked, why_not
from organisations.models import Kind, LinkKind, Organisation
from organisations.rights import Rights
from roles.models import ActsFor, FundingKind, RoleType
from tests import factories
from tests.factories import SmallArea
from tests.periods import day
from tests.rules.registers import chances, make, some_days
from tests.rules.test_rules_eligibility import ask
from tests.strategies import Period

pytestmark = pytest.mark.django_db


def verdicts(area: SmallArea, person) -> dict[str, str]:
    """What is said of each seat: nothing, or what keeps the person off."""
    return {
        each.seat.title: "sits"
        if each.verdict.sits
        else "wanting"
        if each.verdict.wanting
        else " ".join(finding.code for finding in each.verdict.findings)
        for each in why_not(person, area.group, today())
    }


def of_seat(area: SmallArea, person: Person, title: str) -> SeatAsked:
    (asked,) = (each for each in why_not(person, area.group, today()) if each.seat.title == title)
    return asked


def test_a_seat_is_for_who_holds_the_post_that_it_is_drawn_from(area: SmallArea):
    director = factories.appointment(factories.person(), factories.role(area.pcns[0], area.director))
    assert verdicts(area, director.person) == {
        "Chair": "wanting",
        "PCN clinical directors": "",
        "Experienced leader": "",
        "System clinical lead": "wanting",
    }
    assert verdicts(area, area.directors[0].person)["PCN clinical directors"] == "sits"


def test_a_seat_is_drawn_from_networks_of_the_groups_place(area: SmallArea):
    beside = factories.organisation(Kind.PCN, name="Beside PCN")
    factories.link(beside, LinkKind.PART_OF, area.place)
    vale = factories.organisation(Kind.PLACE, name="Vale Place")
    factories.link(vale, LinkKind.PART_OF, area.icb)
    far = factories.organisation(Kind.PCN, name="Far PCN")
    factories.link(far, LinkKind.PART_OF, vale)
    near, elsewhere = (
        factories.appointment(factories.person(), factories.role(each, area.director)).person for each in (beside, far)
    )
    assert verdicts(area, near)["PCN clinical directors"] == ""
    assert verdicts(area, elsewhere)["PCN clinical directors"] == "wanting"
    asked = of_seat(area, elsewhere, "PCN clinical directors")
    said = "".join(piece.text for piece in seat_line(asked).reasons[0])
    assert "What they hold lies elsewhere: PCN Clinical Director" in said
    assert "Far PCN" in said


def place_beside(area: SmallArea, name: str = "Vale Place") -> Organisation:
    """Another place of the same system."""
    place = factories.organisation(Kind.PLACE, name=name)
    factories.link(place, LinkKind.PART_OF, area.icb)
    return place


def drawn_from_type(area: SmallArea, role_type: RoleType) -> Seat:
    """The one seat of a group of the area's place, drawn from a type of role."""
    group = factories.group(area.lmc, name="Forum", covers=area.place)
    return factories.terms(group, [NewSeat("Guest", Category.ATTENDING, role_type)]).seats.get()


def fits(seat: Seat, *held: Appointment) -> list[bool]:
    """For each appointment, whether its holder could have the seat by virtue of it."""
    asked = could_sit.verdicts([(seat, each.person) for each in held], today())
    return [each.nothing_does for each in asked]


def test_director_of_another_place_is_not_whom_a_seat_for_the_director_of_the_place_means(area: SmallArea):
    director = factories.role_type("Place Director", acts_for=ActsFor.COMMISSIONER)
    seat = drawn_from_type(area, director)
    here, beside = (
        factories.appointment(factories.person(), factories.role(place, director))
        for place in (area.place, place_beside(area))
    )
    assert fits(seat, here, beside) == [True, False]
    (elsewhere,) = could_sit.verdicts([(seat, beside.person)], today())
    assert elsewhere.elsewhere == [beside]


def test_body_of_another_place_is_not_of_the_area_and_one_of_the_whole_system_is(area: SmallArea):
    lead = factories.role_type("Public Health Lead", acts_for=ActsFor.PUBLIC_HEALTH)
    seat = drawn_from_type(area, lead)
    council, council_beside = (factories.organisation(Kind.LOCAL_AUTHORITY) for _ in range(2))
    factories.link(council, LinkKind.MEMBER_OF, area.place)
    factories.link(council_beside, LinkKind.MEMBER_OF, place_beside(area))
    trust, far_trust = (factories.organisation(Kind.TRUST) for _ in range(2))
    factories.link(trust, LinkKind.MEMBER_OF, area.icb)
    factories.link(far_trust, LinkKind.MEMBER_OF, factories.small_area("Diss").icb)
    unplaced = factories.organisation(Kind.VOLUNTARY)
    hosts = (council, council_beside, area.icb, trust, far_trust, unplaced)
    held = [factories.appointment(factories.person(), factories.role(host, lead)) for host in hosts]
    assert fits(seat, *held) == [True, False, True, True, False, True]


def test_seat_of_a_networks_own_board_is_for_the_practices_of_that_network(area: SmallArea):
    partner = factories.role_type("GP Partner")
    group = factories.group(area.pcns[0], name="Board", covers=area.pcns[0])
    seat = factories.terms(group, [NewSeat("Practice", Category.CORE, partner)]).seats.get()
    held = [factories.appointment(factories.person(), factories.role(each, partner)) for each in area.practices]
    assert fits(seat, *held) == [True, True, False, False]


def test_role_of_a_group_is_where_the_group_is_wherever_its_host_works(area: SmallArea):
    chair = factories.role_type("Chair")
    seat = drawn_from_type(area, chair)
    beside = factories.group(area.lmc, name="Vale Group", covers=place_beside(area))
    here, there = (factories.role(area.lmc, chair, title=f"Chair {number}") for number in range(2))
    for role, group in ((here, area.group), (there, beside)):
        actions.add_group_role(group=group, role=role, **factories.IN_TEST)
    held = [factories.appointment(factories.person(), each) for each in (here, there)]
    assert fits(seat, *held) == [True, False]


def test_director_of_another_place_is_answered_alike_beside_a_question_about_that_place(area: SmallArea):
    director = factories.role_type("Place Director", acts_for=ActsFor.COMMISSIONER)
    seat, vale = drawn_from_type(area, director), place_beside(area)
    held = factories.appointment(factories.person(), factories.role(vale, director))
    elsewhere = factories.terms(factories.group(vale), [NewSeat("Guest", Category.ATTENDING, director)]).seats.get()
    alone = could_sit.verdicts([(seat, held.person)], today())
    beside = could_sit.verdicts([(seat, held.person), (elsewhere, held.person)], today())
    assert [each.wanting for each in (*alone, *beside)] == [True, True, False]


@pytest.mark.django_db
@settings(
    max_examples=12, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(chances, st.data())
def test_what_is_asked_beside_changes_no_answer(
    chance: tuple[random.Random, list[Period], list[datetime.date]], data: st.DataObject
):
    with transaction.atomic():
        register = make(chance)
        date = data.draw(st.sampled_from(some_days(register) or [datetime.date(2019, 1, 1)]))
        seats = list(Seat.objects.select_related("terms__group"))
        pairs = [(seat, person) for seat in seats for person in register.people]
        together = could_sit.verdicts(pairs, date)
        some = data.draw(st.lists(st.sampled_from(range(len(pairs))), max_size=6, unique=True))
        alone = {number: could_sit.verdicts([pairs[number]], date)[0] for number in some}
        transaction.set_rollback(True)
    for number, verdict in alone.items():
        assert in_words(verdict) == in_words(together[number])


def test_the_condition_that_keeps_somebody_off_is_named_with_its_clause(area: SmallArea):
    ask(area, Condition.PROFESSION, profession=Profession.GP)
    nurse = factories.person(profession=Profession.NURSE)
    (finding,) = of_seat(area, nurse, "Experienced leader").verdict.findings
    assert "who would be a core member of" in finding.text
    assert "The terms (clause 2) ask for GP." in finding.text


def test_it_says_what_the_rules_find_once_they_sit_and_writes_nothing(area: SmallArea):
    lead = factories.role(area.icb, factories.role_type("Place Lead", acts_for=ActsFor.SYSTEM))
    person = factories.appointment(factories.person(), lead).person
    before = (Change.objects.count(), Membership.objects.count())
    asked = of_seat(area, person, "Experienced leader")
    assert (Change.objects.count(), Membership.objects.count()) == before
    member = factories.membership(asked.seat, person, "Long years", period=(PartialDate(today()), None))
    found = [each for each in rules.find(today()) if each.about == f"membership:{member.pk}"]
    assert [each.text.replace("who would be ", "") for each in asked.verdict.findings] == [each.text for each in found]
    assert [each.code for each in found] == ["GL01"]


def test_another_post_that_fits_is_their_basis_where_the_latest_is_paid_as_the_terms_forbid(area: SmallArea):
    person = factories.person()
    earlier = factories.appointment(
        person, factories.role(area.pcns[0], area.director), period=(day("2021-04-01"), None)
    )
    later = factories.appointment(person, factories.role(area.pcns[1], area.director), period=(day("2022-04-01"), None))
    core = factories.funding_source(FundingKind.ICB_CORE)
    actions.add_funding_line(
        appointment=later, funding=actions.Funding(core, payer=area.icb, start=day("2022-04-01")), **factories.IN_TEST
    )
    assert of_seat(area, person, "PCN clinical directors").verdict.basis == later
    ask(area, Condition.NOT_PAID_FROM, funding_kind=FundingKind.ICB_CORE)
    verdict = of_seat(area, person, "PCN clinical directors").verdict
    assert (verdict.basis, verdict.nothing_does) == (earlier, True)


def test_service_up_to_the_day_counts_where_somebody_would_go_on_in_another_seat(area: SmallArea):
    person = factories.person(profession=Profession.GP)
    start = today() - datetime.timedelta(days=800)
    yesterday = PartialDate(today() - datetime.timedelta(days=1))
    factories.membership(
        area.seat("System clinical lead"), person, "Long years", period=(PartialDate(start), yesterday)
    )
    assert verdicts(area, person)["Experienced leader"] == ""
    ask(area, Condition.LONGEST_SERVICE, months=24)
    assert verdicts(area, person)["Experienced leader"] == "TE04"


def test_limit_of_no_months_keeps_off_from_the_first_day_on_as_it_is_found_afterwards(area: SmallArea):
    person = factories.person(profession=Profession.GP)
    ask(area, Condition.LONGEST_SERVICE, months=0)
    assert verdicts(area, person)["Experienced leader"] == "TE04"
    asked = of_seat(area, person, "Experienced leader")
    assert found_once_they_sit(asked.seat, person, asked.verdict, today()) == said(asked.verdict)


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(chances, st.data())
def test_pages_agree_with_each_other_and_with_what_is_found_afterwards(
    chance: tuple[random.Random, list[Period], list[datetime.date]], data: st.DataObject
):
    with transaction.atomic():
        register = make(chance)
        date = data.draw(st.sampled_from(some_days(register) or [datetime.date(2019, 1, 1)]))
        person = data.draw(st.sampled_from(register.people))
        asked = [each for group in register.groups for each in why_not(person, group, date)]
        may_be = [each for each in asked if not (each.verdict.sits or each.verdict.wanting)]
        some = data.draw(st.lists(st.sampled_from(may_be), max_size=2)) if may_be else []
        happens = [(each, found_once_they_sit(each.seat, person, each.verdict, date)) for each in some]
        followed = followers_in_seats(date)
        transaction.set_rollback(True)
    for each, found in happens:
        assert found in (said(each.verdict), None)
    for each in asked:
        verdict = followed.get((each.seat.pk, person.pk))
        assert verdict is None or in_words(verdict) == in_words(each.verdict)


def followers_in_seats(date: datetime.date) -> dict[tuple[int, int], Verdict | None]:
    """What "who could follow" says of each person whom it names for a seat, by the seat and the person."""
    sitting = Membership.objects.as_at(date).values_list("pk", flat=True)
    everybody = Rights(factories.user(is_superuser=True))
    return {
        (ending.held.seat_id, candidate.person.pk): candidate.verdict
        for ending in with_candidates([("membership", pk) for pk in sitting], date, everybody)
        for candidate in ending.candidates
        if isinstance(ending.held, Membership)
    }


def in_words(verdict: Verdict) -> Verdict:
    """The verdict with the words of its findings alone: each page numbers in its own order what it only supposes."""
    return replace(verdict, findings=[each.key for each in verdict.findings])


def said(verdict: Verdict) -> set[tuple[str, frozenset[str]]]:
    return {(each.code, frozenset(each.rests_on)) for each in verdict.findings}


def found_once_they_sit(
    seat: Seat, person: Person, verdict: Verdict, date: datetime.date
) -> set[tuple[str, frozenset[str]]] | None:
    """What the rules find about a member who takes a seat on a day; None where they are to have it on a later day."""
    basis = {"basis_appointment": verdict.basis} if verdict.basis else {"basis_experience": "Long years of it"}
    try:
        with change(**factories.IN_TEST):
            row = Membership(seat=seat, person=person, **basis).between(PartialDate(date), None)
            row.save()
    except ValidationError:
        return None
    about = f"membership:{row.pk}"
    found = {
        (each.code, frozenset(each.rests_on))
        for each in rules.find_about(date, people=[person.pk])
        if each.about == about and each.code in {rule.code for rule in rules.KEEPING_OFF}
    }
    with change(**factories.IN_TEST):
        row.delete()
    return found


def test_editors_ask_on_a_page_and_others_do_not(area: SmallArea):
    address = f"{area.group.get_absolute_url()}/why-not"
    editor, reader = Client(), Client()
    editor.force_login(factories.editor(area.place))
    reader.force_login(factories.user())
    assert reader.get(address).status_code == 403
    person = area.directors[0].person
    found = editor.get(address, {"q": person.family_name}).content.decode()
    assert f"?person={person.slug}" in found
    said = re.sub(r"<[^>]+>", "", editor.get(address, {"person": person.slug}).content.decode())
    assert "Has this seat" in said
    assert "Nothing keeps them off" in said
    assert editor.get(address, {"person": "nobody-at-all"}).status_code == 400


def test_the_page_of_a_person_leads_editors_to_the_groups_of_their_area(area: SmallArea):
    factories.small_area("Diss")
    client, person = Client(), area.directors[0].person
    client.force_login(factories.editor(area.place))
    address = f"{person.get_absolute_url()}/why-not"
    assert address in client.get(person.get_absolute_url()).content.decode()
    said = client.get(address).content.decode()
    assert f"{area.group.get_absolute_url()}/why-not?person={person.slug}" in said
    assert "Diss" not in said
