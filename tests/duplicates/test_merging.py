"""One person who was entered twice is made one, with everything that both entries held."""

from typing import TypeVar

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, F, Model, UniqueConstraint

from ics_leadership.accounts.models import User
from ics_leadership.history import change, event_model
from ics_leadership.periods import PartialDate
from ics_leadership.writing import keep
from memberships import actions
from memberships.merging import (
    SAME_THING,
    SETTLED_APART,
    Resolution,
    clashes,
    moving,
    references,
    sensible,
)
from memberships.models import (
    Answer,
    Appointment,
    Deputy,
    DistinctPeople,
    FundingLine,
    Interest,
    InterestCategory,
    InterestDeclaration,
    Membership,
    MentorOffer,
    MergedPerson,
    Person,
    PersonAccount,
    PersonSkill,
    Profession,
    Proposal,
    ProposalParty,
    Says,
)
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.periods import day, known_by, year

THIS, THAT, WIDEN, APART = Resolution.THIS, Resolution.THAT, Resolution.WIDEN, Resolution.APART


@pytest.fixture
def amina(area: SmallArea) -> Person:
    """The director of the East network, as she was entered first."""
    return area.directors[0].person


@pytest.fixture
def again(area: SmallArea) -> Person:
    """The same director, entered again."""
    return factories.person("Amina Yusuf-Calder")


def merge(keep: Person, drop: Person, resolution: Resolution | None = None, **options) -> Person:
    if resolution:
        options["resolutions"] = {clash.key: resolution for clash in clashes(keep, drop)}
    return actions.merge_people(keep=keep, drop=drop, **options, **IN_TEST)


def since(date: str, end: str = "") -> tuple[PartialDate, PartialDate | None]:
    return day(date), day(end) if end else None


# --- everything moves


def row_of_every_reference(area: SmallArea, person: Person) -> dict[str, object]:
    """A row of each foreign key to people that refers to `person`, by table and column."""
    skill, facts = factories.skill(), {"start": day("2020-01-01"), **IN_TEST}
    post = factories.role(area.lmc, area.director)
    appointment = factories.appointment(person, post)
    proposal = _kept(
        Proposal(group=area.group, slug="rota", title="One rota", sponsor=person, put_on=day("2024-04-01").date)
    )
    asked_on = day("2024-04-01").date
    party = _kept(ProposalParty(proposal=proposal, organisation=area.lmc, asked_on=asked_on))
    return {
        "Appointment.person": appointment,
        "Membership.person": factories.membership(area.seat("Experienced leader"), person, "Long experience"),
        "Membership.attends_for": factories.membership(
            area.seat("System clinical lead"), factories.person(), "Sent", attends_for=person
        ),
        "Deputy.person": actions.add_deputy(membership=area.memberships[0], person=person, **facts),
        "PersonSkill.person": actions.add_skill_to_person(person=person, skill=skill, **facts),
        "MentorOffer.person": actions.offer_to_mentor(person=person, area=area.place, offer="An hour", **facts),
        "PostOffer.person": actions.offer_to_take_on(person=person, role=post, **facts),
        "PersonAccount.person": _kept(
            PersonAccount(person=person, account=User.objects.create_user("amina@example.org"))
        ),
        "Interest.person": _kept(
            Interest(person=person, category=InterestCategory.PERSONAL, what="Governor of a school").between(
                day("2020-01-01"), None
            )
        ),
        "InterestDeclaration.person": _kept(InterestDeclaration(person=person, declared_on=day("2024-04-01").date)),
        "Proposal.sponsor": proposal,
        "Answer.person": _kept(
            Answer(
                party=party, says=Says.AGREES, given_on=day("2024-05-01").date, person=person, by_right_of=appointment
            )
        ),
    }


R = TypeVar("R", bound=Model)


def _kept(row: R) -> R:
    with change(**IN_TEST):
        return keep(row)


def test_whatever_refers_to_the_entry_that_goes_refers_to_the_one_that_stays(
    area: SmallArea, amina: Person, again: Person
):
    rows = row_of_every_reference(area, again)
    every = {f"{each.model.__name__}.{each.field}" for each in references(Person) if each.model not in SETTLED_APART}
    assert set(rows) == every, "a new way to refer to people needs a row here"
    assert {f"{each.model.__name__}.{each.field}" for each, _ in moving(again)} == every
    merge(amina, again)
    for name, row in rows.items():
        row.refresh_from_db()
        assert getattr(row, name.partition(".")[2]) == amina, name
    assert not Person.objects.filter(pk=again.pk).exists()


def named_in(constraint: BaseConstraint) -> set[str]:
    """The columns that a constraint compares among rows."""
    if isinstance(constraint, UniqueConstraint):
        return set(constraint.fields)
    if isinstance(constraint, ExclusionConstraint):
        parts = [
            part for one, _ in constraint.expressions for part in ([one] if isinstance(one, str) else one.flatten())
        ]
        return {getattr(part, "name", part) for part in parts if isinstance(part, str | F)}
    return set()


def test_every_table_that_holds_one_row_of_a_person_at_a_time_is_resolved():
    one_at_a_time = {
        each.model
        for each in references(Person)
        if each.model._meta.get_field(each.field).unique
        or any(each.field in named_in(constraint) for constraint in each.model._meta.constraints)
    }
    assert one_at_a_time - set(SETTLED_APART) == set(SAME_THING)


def test_former_number_and_address_lead_to_the_entry_that_stays(amina: Person, again: Person):
    former = again.pk
    merge(amina, again)
    merged = MergedPerson.objects.get()
    assert (merged.survivor, merged.former_id, merged.former_slug) == (amina, former, "amina-yusuf-calder")


def test_address_of_an_entry_that_went_is_given_to_no_namesake(amina: Person, again: Person):
    merge(amina, again)
    assert factories.person("Amina Yusuf-Calder").slug == "amina-yusuf-calder-2"


def test_former_addresses_of_an_entry_that_goes_lead_on(amina: Person, again: Person):
    third = factories.person("A Yusuf")
    merge(again, third)
    merge(amina, again)
    assert {each.survivor for each in MergedPerson.objects.all()} == {amina}


# --- field by field


def test_fact_that_only_one_entry_has_is_taken_from_it(area: SmallArea):
    one = factories.person("Amina Yusuf", work_email="", note="Prefers Tuesdays")
    other = factories.person("Amina Yusuf", work_email="amina@example.org", note="Chairs well")
    merge(one, other)
    one.refresh_from_db()
    assert (one.work_email, one.note) == ("amina@example.org", "Prefers Tuesdays\n\nChairs well")


def test_each_fact_is_taken_from_the_entry_that_was_chosen(area: SmallArea):
    one = factories.person("Amina Yusuf", profession=Profession.GP, work_telephone="1")
    other = factories.person("Amina Calder", profession=Profession.NURSE, work_telephone="2")
    merge(one, other, fields={"family_name": THAT, "profession": THIS})
    one.refresh_from_db()
    assert (one.name, one.profession, one.work_telephone, one.slug) == ("Amina Calder", "gp", "1", "amina-yusuf")


def test_every_fact_of_a_person_can_be_chosen(amina: Person, again: Person):
    given_by_the_register = {"id", "slug", "folded", "confirmed_on", "invented"}
    assert set(sensible(amina, again)) == {field.name for field in Person._meta.fields} - given_by_the_register


# --- what both say at once


def test_nothing_is_merged_while_it_is_not_said_which_appointment_stays(area: SmallArea, amina: Person, again: Person):
    factories.appointment(again, area.directors[0].role)
    with pytest.raises(ValidationError, match="both entries say at once"):
        merge(amina, again)
    assert Person.objects.filter(pk=again.pk).exists()


@pytest.mark.parametrize(
    ("resolution", "start", "end"),
    [
        (THIS, day("2019-04-01"), day("2022-03-31")),
        (THAT, day("2021-04-01"), day("2024-03-31")),
        (WIDEN, day("2019-04-01"), day("2024-03-31")),
    ],
)
def test_overlapping_appointments_become_the_one_that_was_chosen(
    area: SmallArea, resolution: Resolution, start: PartialDate, end: PartialDate
):
    one, other, role = factories.person("A One"), factories.person("A Two"), area.chair.role
    factories.appointment(one, role, period=since("2019-04-01", "2022-03-31"))
    factories.appointment(other, role, period=since("2021-04-01", "2024-03-31"))
    merge(one, other, resolution)
    left = Appointment.objects.get(person=one)
    assert (left.start, left.end) == (start, end)


def test_seats_and_money_that_rest_on_an_appointment_that_goes_rest_on_the_one_that_stays(
    area: SmallArea, amina: Person, again: Person
):
    stays, goes = area.directors[0], factories.appointment(again, area.directors[0].role, employer=area.icb)
    seat = factories.membership(area.seat("Experienced leader"), again, goes)
    line = actions.add_funding_line(
        appointment=goes, funding=actions.Funding(factories.funding_source(), payer=area.icb), **IN_TEST
    )
    merge(amina, again, THIS)
    for row in (stays, seat, line):
        row.refresh_from_db()
    assert (seat.person, seat.basis_appointment, line.appointment) == (amina, stays, stays)
    assert stays.employer == area.icb, "what the one that stays did not say"


def test_money_that_both_record_is_not_counted_twice(area: SmallArea, amina: Person, again: Person):
    pot = factories.funding_source()
    for appointment in (area.directors[0], factories.appointment(again, area.directors[0].role)):
        actions.add_funding_line(appointment=appointment, funding=actions.Funding(pot), **IN_TEST)
    merge(amina, again, THIS)
    assert FundingLine.objects.count() == 1


def test_money_for_days_outside_the_appointment_that_stays_is_refused(area: SmallArea):
    one, other, role = factories.person("A One"), factories.person("A Two"), area.chair.role
    factories.appointment(one, role, period=since("2019-04-01", "2022-03-31"))
    longer = factories.appointment(other, role, period=since("2021-04-01", "2024-03-31"))
    actions.add_funding_line(appointment=longer, funding=actions.Funding(factories.funding_source()), **IN_TEST)
    with pytest.raises(ValidationError, match="outside the appointment that stays"):
        merge(one, other, THIS)
    merge(one, other, WIDEN)


def test_widest_period_is_as_exact_as_either_entry_knows_it(area: SmallArea):
    one, other, role = factories.person("A One"), factories.person("A Two"), area.chair.role
    factories.appointment(one, role, period=(year(2019), day("2024-03-31")))
    factories.appointment(other, role, period=(day("2019-04-01"), year(2024)))
    merge(one, other, WIDEN)
    left = Appointment.objects.get(person=one)
    assert (left.start, left.end) == (day("2019-04-01"), day("2024-03-31"))


def test_periods_that_may_not_overlap_may_stay_apart(area: SmallArea):
    one, other, role = factories.person("A One"), factories.person("A Two"), area.chair.role
    factories.appointment(one, role, period=(year(2018), year(2019)))
    factories.appointment(other, role, period=(year(2019), year(2020)))
    [clash] = clashes(one, other)
    assert APART in clash.choices
    merge(one, other, APART)
    assert Appointment.objects.filter(person=one).count() == 2


def test_periods_that_certainly_overlap_cannot_stay_apart(area: SmallArea, amina: Person, again: Person):
    factories.appointment(again, area.directors[0].role)
    with pytest.raises(ValidationError, match="both entries say at once"):
        merge(amina, again, APART)


def test_appointments_to_one_role_at_different_times_both_stay(area: SmallArea):
    one, other, role = factories.person("A One"), factories.person("A Two"), area.chair.role
    factories.appointment(one, role, period=since("2015-04-01", "2017-03-31"))
    factories.appointment(other, role, period=since("2018-04-01", "2019-03-31"))
    assert clashes(one, other) == []
    merge(one, other)
    assert Appointment.objects.filter(person=one).count() == 2


def test_same_seat_skill_and_account_of_both_entries_are_resolved(area: SmallArea):
    one, other, skill = factories.person("A One"), factories.person("A Two"), factories.skill()
    for number, person in enumerate((one, other)):
        seat = factories.membership(area.seat("Experienced leader"), person, "Experience")
        actions.add_deputy(membership=seat, person=area.chair.person, start=day("2021-01-01"), **IN_TEST)
        actions.add_skill_to_person(person=person, skill=skill, start=known_by("2022-01-01"), **IN_TEST)
        _kept(PersonAccount(person=person, account=User.objects.create_user(f"{number}@example.org")))
    assert [clash.model for clash in clashes(one, other)] == [Membership, PersonSkill, PersonAccount]
    merge(one, other, THAT)
    assert {Membership.objects.get(person=one).basis_experience, PersonSkill.objects.get().person} == {
        "Experience",
        one,
    }
    assert PersonAccount.objects.get().account.email == "1@example.org"
    assert Deputy.objects.get().membership.person == one


def test_an_appointment_known_to_have_ended_in_one_entry_alone_suggests_nothing(
    area: SmallArea, amina: Person, again: Person
):
    factories.appointment(again, area.directors[0].role, period=since("2020-01-01", "2024-03-31"))
    assert [clash.suggested for clash in clashes(amina, again)] == [None]


def test_nobody_deputises_or_attends_for_themselves(area: SmallArea, amina: Person, again: Person):
    actions.add_deputy(membership=area.memberships[1], person=again, start=day("2021-01-01"), **IN_TEST)
    sent = factories.membership(area.seat("System clinical lead"), again, "Sent", attends_for=amina)
    assert area.memberships[1].person == amina
    merge(amina, again)
    sent.refresh_from_db()
    assert (Deputy.objects.count(), sent.person, sent.attends_for) == (0, amina, None)


# --- who is who


def test_what_was_said_of_who_is_two_people_is_said_of_the_entry_that_stays(area: SmallArea):
    one, other, third = (factories.person(f"A {n}") for n in ("One", "Two", "Three"))
    actions.say_two_people(one=third, other=other, **IN_TEST)
    actions.say_two_people(one=one, other=other, **IN_TEST)
    merge(one, other)
    said = DistinctPeople.objects.get()
    assert (said.first, said.second) == (one, third)


def test_nobody_is_merged_with_themselves(amina: Person):
    with pytest.raises(ValidationError, match="merged with themselves"):
        merge(amina, amina)


def test_nobody_real_is_merged_with_an_invented_person(amina: Person):
    with pytest.raises(ValidationError, match="of the demonstration"):
        merge(amina, factories.person("Amina Yusuf", invented=True))


def test_merging_says_nothing_new_about_rows_that_it_does_not_alter(area: SmallArea, amina: Person, again: Person):
    merge(amina, again)
    assert event_model(Appointment).objects.filter(id=area.directors[0].pk).count() == 1
    assert not MentorOffer.objects.exists()
