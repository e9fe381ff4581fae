"""What if they leave: what the page says, to whom, and that it writes nothing."""

import datetime
import random
import re
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ics_leadership.history import Change, change
from ics_leadership.periods import ONE_DAY, PartialDate
from ics_leadership.trial import tried
from memberships import actions, rules
from memberships.actions import NewEligibility, NewSeat
from memberships.actions.terms import end_of_term
from memberships.models import Appointment, Category, Condition, Group, GroupKind, Membership, Profession
from memberships.outcomes import Concerned, Outcome, outcome_of
from memberships.rules import Finding
from memberships.what_if import WHY, WhatIf, ask, held_by
from organisations.models import Kind, LinkKind
from organisations.rights import Rights
from roles.models import Part, RoleType
from tests import factories
from tests.factories import SmallArea
from tests.periods import OPEN_ENDED, day
from tests.rules.registers import Register, chances, make, some_days
from tests.strategies import Period

ON = "2027-03-31"


@pytest.fixture
def client_of_editor(area: SmallArea, client: Client) -> Client:
    client.force_login(factories.editor(area.icb))
    return client


def page(client: Client, **asked: str) -> str:
    return client.get(reverse("what-if"), asked).content.decode()


def test_departure_empties_post_and_seat_and_loses_the_quorum(area: SmallArea, client_of_editor: Client):
    both = [area.directors[0], area.chair]
    rights = Rights(factories.editor(area.icb))
    end = PartialDate(datetime.date.fromisoformat(ON))
    answer = ask(WhatIf(both, [], end, end.date), rights)
    assert {each.code for each in answer.outcome.gained} >= {"GL05", "GL07", "GL08"}
    said = page(client_of_editor, person=area.directors[0].person.slug, on=ON)
    assert "falls vacant on 1 April 2027" in said
    assert "No deputy is named" in said
    assert "Networks without a director" in said


@pytest.mark.parametrize(
    ("follower_from", "told"),
    [
        (None, "falls vacant on 1 June 2027: Hal Holder holds it until 31 May 2027, and nobody else is to come."),
        ("2027-06-02", "falls vacant on 1 June 2027"),
        ("2027-06-01", "is then held by Fay Follower."),
    ],
)
def test_post_that_somebody_is_named_for_falls_vacant_when_its_holder_leaves(
    area: SmallArea, client_of_editor: Client, follower_from: str | None, told: str
):
    role = factories.role(area.lmc, area.director, title="Training lead")
    factories.appointment(factories.person("Hal Holder"), role, period=(OPEN_ENDED[0], day("2027-05-31")))
    named = factories.person("Nia Named")
    factories.appointment(named, role, period=(day("2027-06-01"), None))
    if follower_from:
        factories.appointment(factories.person("Fay Follower"), role, period=(day(follower_from), None))
    assert told in page(client_of_editor, person=named.slug, on=ON)


def test_post_that_is_vacant_until_somebody_comes_stays_so(area: SmallArea, client_of_editor: Client):
    role = factories.role(area.lmc, area.director, title="Training lead")
    named = factories.person("Nia Named")
    factories.appointment(named, role, period=(day("2027-06-01"), None))
    assert "stays vacant after 31 May 2027: nobody else is to come." in page(client_of_editor, person=named.slug, on=ON)


def test_post_falls_vacant_when_another_leaves_it_in_the_time_of_who_gives_it_up(
    area: SmallArea, client_of_editor: Client
):
    held = area.directors[0]
    beside = factories.person("Hal Holder")
    factories.appointment(beside, held.role, period=(OPEN_ENDED[0], day("2027-05-31")))
    said = page(client_of_editor, person=held.person.slug, on=ON)
    assert "falls vacant on 1 June 2027: Hal Holder holds it until 31 May 2027" in said


def test_seat_to_come_is_given_up_from_the_day_on_which_it_would_begin(area: SmallArea, client_of_editor: Client):
    named = factories.person("Nia Named")
    seat = factories.membership(area.seat("Chair"), named, "Elected", period=(day("2027-06-01"), None))
    with change(**factories.IN_TEST):
        chairs = Membership.objects.filter(pk=area.memberships[0].pk)
        chairs.update(period=(area.memberships[0].period.lower, seat.period.lower))
    said = page(client_of_editor, person=named.slug, on=ON)
    assert "“Chair”, from 1 June 2027" in said
    assert "In the same seat" not in said


@pytest.mark.parametrize("asked", [{"on": ON}, {}, {"not_renewed": "yes"}])
def test_what_has_ended_is_said_to_have_instead_of_answering_about_all_else(
    area: SmallArea, client_of_editor: Client, asked: dict[str, str]
):
    person = area.chair.person
    former = factories.appointment(
        person,
        factories.role(area.lmc, area.director, title="Training lead"),
        period=(OPEN_ENDED[0], day("2026-07-31")),
    )
    left = factories.membership(
        area.seat("Experienced leader"), person, "Long years", period=(OPEN_ENDED[0], day("2026-06-30"))
    )
    said = page(client_of_editor, appointment=str(former.pk), **asked)
    assert "Training lead, Norwich LMC, from 1 April 2021 to 31 July 2026." in said
    assert "Posts vacant" not in said
    said = page(client_of_editor, membership=str(left.pk), **asked)
    assert f"Experienced leader, {area.group.name}, from 1 April 2021 to 30 June 2026." in said
    assert "Seats given up" not in said


def test_what_is_held_still_is_answered_beside_what_has_ended(area: SmallArea, client_of_editor: Client):
    person = area.chair.person
    role = factories.role(area.lmc, area.director, title="Training lead")
    former = factories.appointment(person, role, period=(OPEN_ENDED[0], day("2026-07-31")))
    asked = {"appointment": [str(former.pk), str(area.chair.pk)], "on": ON}
    said = client_of_editor.get(reverse("what-if"), asked).content.decode()
    assert "to 31 July 2026" in said
    assert "falls vacant on 1 April 2027" in said


def test_appointments_of_nobody_of_others_and_of_other_areas_are_not_answered_about(
    area: SmallArea, client_of_editor: Client
):
    vale = factories.small_area("Vale")
    for person, number, status in (
        (area.chair.person, 10**9, 404),
        (area.chair.person, area.directors[0].pk, 404),
        (vale.chair.person, vale.chair.pk, 403),
    ):
        asked = {"person": person.slug, "appointment": str(number), "on": ON}
        assert client_of_editor.get(reverse("what-if"), asked).status_code == status


def test_person_whom_the_register_does_not_have_is_not_found(client_of_editor: Client):
    answer = client_of_editor.get(reverse("what-if"), {"person": "nobody"})
    assert answer.status_code == 404
    assert "The register has no person at this address." in answer.content.decode()
    typed = client_of_editor.get(reverse("what-if"), {"person": "", "person-typed": "Nobody of that name"})
    assert typed.status_code == 200, "who types a name is shown whom it could mean"


def test_what_else_ends_on_the_day_is_not_said_of_a_term_that_is_not_renewed(area: SmallArea):
    last = datetime.date.fromisoformat(ON)
    with change(**factories.IN_TEST):
        for row in area.memberships:
            Membership.objects.filter(pk=row.pk).update(period=(row.period.lower, last + ONE_DAY))
    row = Membership.objects.get(pk=area.memberships[0].pk)
    question = WhatIf([], [row], row.end, last, by_itself=True)
    outcome = ask(question, Rights(factories.user(is_superuser=True))).outcome
    chair = area.seat("Chair")
    assert [each.about for each in outcome.gained if each.code == "GL05"] == [f"seat:{chair.pk}"]
    assert not outcome.settled


def test_term_of_which_the_next_follows_at_once_needs_no_renewing(area: SmallArea):
    last, role = datetime.date.fromisoformat(ON), factories.role(area.pcns[0], area.director, title="Second director")
    row = factories.appointment(factories.person(), role, period=(OPEN_ENDED[0], day(ON)))
    factories.appointment(row.person, role, period=(PartialDate(last + ONE_DAY), None))
    outcome = ask(WhatIf([row], [], row.end, last, by_itself=True), Rights(factories.user(is_superuser=True))).outcome
    assert not [*outcome.gained, *outcome.settled]


def test_question_writes_nothing(area: SmallArea, client_of_editor: Client):
    before = Change.objects.count(), list(Appointment.objects.values("pk", "period"))
    page(client_of_editor, person=area.chair.person.slug, on=ON)
    assert (Change.objects.count(), list(Appointment.objects.values("pk", "period"))) == before


def test_only_what_is_ticked_is_given_up(area: SmallArea, client_of_editor: Client):
    seat = area.memberships[0]
    said = page(client_of_editor, person=seat.person.slug, membership=str(seat.pk), on=ON)
    assert "Seats given up" in said
    assert "Posts vacant" not in said


def test_term_that_is_not_renewed_is_asked_of_the_day_after_its_end(area: SmallArea, client_of_editor: Client):
    held = area.directors[0]
    with change(**factories.IN_TEST):
        Appointment.objects.filter(pk=held.pk).update(period=(held.period.lower, datetime.date(2027, 4, 1)))
    said = page(client_of_editor, appointment=str(held.pk), not_renewed="yes")
    assert "is not renewed after 31 March 2027" in said
    assert "Networks without a director" in said


def test_abolished_post_says_who_leaves_it(area: SmallArea, client_of_editor: Client):
    said = page(client_of_editor, role=area.chair.role.slug, on=ON)
    assert f"{area.chair.person.name} would leave it" in said


def test_abolished_post_empties_seats_that_are_drawn_from_something_else(area: SmallArea):
    group = factories.group(area.lmc, name="Forum", covers=area.place)
    factories.terms(group, [NewSeat("Committee", Category.CORE, area.lmc)], quorum=1)
    [seat] = group.terms.get().seats.all()
    factories.membership(seat, area.chair.person, area.chair)
    end = PartialDate(datetime.date.fromisoformat(ON))
    question = WhatIf([], [], end, end.last_day, role=area.chair.role)
    outcome = ask(question, Rights(factories.user(is_superuser=True))).outcome
    found = {(each.code, group.pk in each.groups) for each in outcome.gained}
    assert {("GL05", True), ("GL07", True)} <= found


def test_function_that_two_others_lead_still_is_not_settled_when_a_third_post_that_leads_it_goes(area: SmallArea):
    function, lead = factories.function("Urgent care"), factories.role_type("Urgent care lead")
    board = factories.organisation(Kind.LMC, name="Second committee")
    factories.link(board, LinkKind.COVERS, area.place)
    leading = [
        factories.role(of, lead, title=f"Lead {n}", functions={function: Part.LEADS})
        for n, of in enumerate([area.place, area.place, board])
    ]
    end = PartialDate(datetime.date.fromisoformat(ON))
    assert [each.roles for each in rules.find(end.date) if each.code == "GL12"] == [{post.pk for post in leading}]
    outcome = ask(WhatIf([], [], end, end.last_day, role=leading[2]), Rights(factories.user(is_superuser=True))).outcome
    assert "GL12" not in {each.code for each in [*outcome.gained, *outcome.settled]}


def test_seat_that_other_networks_lack_still_is_not_settled_when_one_network_ends_with_the_term(area: SmallArea):
    board = factories.group(area.lmc, kind=GroupKind.GP_PROVIDER_BOARD, name="Board", covers=area.place)
    factories.terms(board, [NewSeat("Committee", Category.CORE, area.lmc)])
    last = datetime.date.fromisoformat(ON)
    with change(**factories.IN_TEST):
        for row in (area.pcns[0], area.directors[0]):
            type(row).objects.filter(pk=row.pk).update(period=(row.period.lower, last + ONE_DAY))
    held = Appointment.objects.get(pk=area.directors[0].pk)
    question = WhatIf([held], [], held.end, last, by_itself=True)
    outcome = ask(question, Rights(factories.user(is_superuser=True))).outcome
    without = [[each.organisations for each in _of(board, rules.find(day))] for day in (last, question.after)]
    assert without == [[{pcn.pk for pcn in area.pcns}], [{area.pcns[1].pk}]]
    assert not [*_of(board, outcome.gained), *_of(board, outcome.settled)]


def _of(group: Group, findings: Sequence[Finding]) -> list[Finding]:
    """Those about a kind of organ from which a group draws no seat."""
    return [each for each in findings if each.about == f"group:{group.pk}:{Kind.PCN}"]


def test_seat_that_goes_on_in_another_membership_is_asked_about_to_its_end(area: SmallArea, client_of_editor: Client):
    seat = actions.end_membership(membership=area.memberships[1], end=day("2028-03-31"), **factories.IN_TEST)
    actions.seat_on_another_basis(
        membership=seat, basis="Long years of it", after=day("2027-06-30"), **factories.IN_TEST
    )
    said = page(client_of_editor, membership=str(seat.pk), not_renewed="yes")
    assert "is not renewed after 31 March 2028" in said
    assert "“PCN clinical directors”, from 1 July 2027" in page(client_of_editor, membership=str(seat.pk), on=ON)


def test_terms_without_an_end_are_answered_with_a_sentence(area: SmallArea, client_of_editor: Client):
    asked = {"appointment": str(area.chair.pk), "not_renewed": "yes"}
    assert client_of_editor.get(reverse("what-if"), asked).status_code == 400


def test_members_of_a_group_are_offered_with_the_ways_to_ask(area: SmallArea, client_of_editor: Client):
    seat = area.memberships[1]
    with change(**factories.IN_TEST):
        Membership.objects.filter(pk=seat.pk).update(period=(seat.period.lower, datetime.date(2027, 4, 1)))
    said = page(client_of_editor, group=area.group.slug)
    for each in area.memberships:
        assert each.person.name in said
        assert f"?membership={each.pk}" in said
    assert said.count("not_renewed=yes") == 1, "only a term that ends can be asked about like this"
    assert reverse("new-terms", args=[area.group.slug]) in said
    follows = page(client_of_editor, membership=str(seat.pk), not_renewed="yes")
    assert "is not renewed after 31 March 2027" in follows


def test_group_is_asked_about_by_its_editors_alone(area: SmallArea, client: Client):
    asked = {"group": area.group.slug}
    for account in (factories.user(), factories.editor(factories.small_area("Vale").icb)):
        client.force_login(account)
        assert client.get(reverse("what-if"), asked).status_code == 403
    client.force_login(factories.editor(area.icb))
    assert client.get(reverse("what-if"), asked).status_code == 200
    assert client.get(reverse("what-if"), {"group": "no-such-group"}).status_code == 404


def test_rights_are_asked_no_oftener_for_many_posts_than_for_few(area: SmallArea):
    person, rights = area.chair.person, Rights(factories.editor(area.icb))
    elsewhere = Rights(factories.editor(factories.small_area("Vale").icb))
    date = datetime.date(2026, 6, 1)

    def cost(of: Rights) -> int:
        assert of.is_editor  # grants are asked once for a page
        with CaptureQueriesContext(connection) as captured:
            held_by(person, date, of)
        return len(captured)

    few = cost(rights), cost(elsewhere)
    for number in range(8):
        factories.appointment(person, factories.role(area.pcns[0], area.director, title=f"Role {number}"))
    held, seats = held_by(person, date, rights)
    assert (cost(rights), cost(elsewhere)) == few
    assert len(held) == 9
    assert len(seats) == 1
    assert held_by(person, date, elsewhere) == ([], [])


def test_readers_and_editors_elsewhere_are_not_told(area: SmallArea, client: Client):
    address = f"{reverse('what-if')}?role={area.chair.role.slug}&on={ON}"
    assert client.get(address).status_code == 302
    client.force_login(factories.user())
    assert client.get(address).status_code == 403
    client.force_login(factories.editor(factories.small_area("Vale").icb))
    assert client.get(address).status_code == 403
    held = client.get(reverse("what-if"), {"person": area.chair.person.slug, "on": ON})
    assert "Posts vacant" not in held.content.decode()


@pytest.mark.django_db
@settings(
    max_examples=10, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(chances, st.data())
def test_what_if_says_what_happens(
    chance: tuple[random.Random, list[Period], list[datetime.date]], data: st.DataObject
):
    with transaction.atomic():
        register = make(chance)
        question = some_question(register, data)
        rights = Rights(factories.user(is_superuser=True))
        try:
            outcome = ask(question, rights).outcome
        except ValidationError as refusal:
            with pytest.raises(ValidationError, match=re.escape(str(refusal))), transaction.atomic():
                question.perform(by=rights.account, why=WHY)
        else:
            # Asked of everything: what a question concerns is not to be missed.
            before = tried(lambda: if_renewed(question)) if question.by_itself else rules.find(question.after)
            question.perform(by=rights.account, why=WHY)
            gained, settled = rules.compare(before, rules.find(question.after))
            assert_said(outcome, gained, settled)
        transaction.set_rollback(True)


def if_renewed(question: WhatIf) -> list[Finding]:
    question.renew(**factories.IN_TEST)
    return rules.find(question.after)


@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(chances, st.data())
def test_terms_that_are_tried_say_what_happens_when_they_are_adopted(
    chance: tuple[random.Random, list[Period], list[datetime.date]], data: st.DataObject
):
    with transaction.atomic():
        register = make(chance)
        rights = Rights(factories.user(is_superuser=True))
        group = data.draw(st.sampled_from(register.groups))
        start = PartialDate(data.draw(st.sampled_from(some_days(register) or [datetime.date(2019, 1, 1)])))
        adopt, sitting = some_terms(register, group, start, data)
        concerned = Concerned(groups={group.pk}, people={row.person_id for row in sitting}, date=start.date)
        try:
            outcome = outcome_of(rights, lambda: adopt(by=rights.account, why=WHY), lambda: concerned, why=WHY)
        except ValidationError as refusal:
            with pytest.raises(ValidationError, match=re.escape(str(refusal))), transaction.atomic():
                adopt(by=rights.account, why=WHY)
        else:
            before = rules.find(start.date)
            adopt(by=rights.account, why=WHY)
            gained, settled = rules.compare(before, rules.find(start.date))
            assert_said(outcome, gained, settled)
        transaction.set_rollback(True)


def some_terms(
    register: Register, group: Group, start: PartialDate, data: st.DataObject
) -> tuple[Callable[..., None], list[Membership]]:
    """Draft terms of a group, as a function that adopts them: some seats stay, some go, one is new, a condition is set; of
    those who sit, each goes over to some seat or leaves. And those who sit.
    """
    former = [seat for seat in register.seats if seat.terms.group == group and data.draw(st.booleans())]
    drawn_from = data.draw(st.sampled_from([None, Kind.PCN, register.organisations[0], *RoleType.objects.all()]))
    seats = [
        NewSeat(f"{seat.title} now", Category(seat.category), seat.role_type or seat.group or seat.organisation)
        for seat in former
    ] + [NewSeat("New", data.draw(st.sampled_from(Category)), drawn_from, number=2)]
    condition = NewEligibility(Condition.PROFESSION, profession=Profession.GP)
    sitting = list(Membership.objects.as_at(start.date).filter(seat__terms__group=group).order_by("pk"))
    places = [data.draw(st.sampled_from([None, *range(len(seats))])) for _ in sitting]

    def adopt(**who: Any) -> None:
        terms = actions.adopt_terms(
            group=group, version="2", start=start, seats=seats, eligibilities=[condition], quorum=2, **who
        )
        new = list(terms.seats.order_by("order"))
        members = [
            (copy(row), None if place is None else new[place]) for row, place in zip(sitting, places, strict=True)
        ]
        actions.seat_all_anew(members=members, start=start, **who)

    return adopt, sitting


def assert_said(outcome: Outcome, gained: list[Finding], settled: list[Finding]) -> None:
    """That a trial said what happened."""
    for said, happened in ((outcome.gained, gained), (outcome.settled, settled)):
        assert {each.key for each in said} == {each.key for each in happened}


def _end(row: Appointment | Membership) -> PartialDate | None:
    """When a term ends, recorded or by its length; None where no day is known."""
    end = end_of_term(row) if isinstance(row, Membership) else row.end
    return end if end and end.last_day else None


def some_question(register: Register, data: st.DataObject) -> WhatIf:
    """Somebody gives up all or some of what they hold, or a post is abolished, on some day; or a term is not renewed."""
    ending = [row for row in [*register.appointments, *register.memberships] if _end(row)]
    if ending and data.draw(st.booleans()):
        row = data.draw(st.sampled_from(ending))
        end = _end(row)
        held, seats = ([row], []) if isinstance(row, Appointment) else ([], [row])
        return WhatIf(held, seats, end, end.last_day, by_itself=True)
    day = data.draw(st.sampled_from(some_days(register) or [datetime.date(2019, 1, 1)]))
    if data.draw(st.booleans()):
        role = data.draw(st.sampled_from(register.roles))
        return WhatIf(list(Appointment.objects.filter(role=role)), [], PartialDate(day), day, role)
    person = data.draw(st.sampled_from(register.people))
    held = [row for row in Appointment.objects.filter(person=person) if data.draw(st.booleans())]
    seats = [row for row in Membership.objects.filter(person=person) if data.draw(st.booleans())]
    return WhatIf(held, seats, PartialDate(day), day)
