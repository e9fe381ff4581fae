"""Two people who were made one by mistake are two again, as they were, and what was learnt since is kept."""

import pytest
from django.core.exceptions import ValidationError

from ics_leadership.history import event_model
from ics_leadership.restoring import restore, undo, withdraw
from memberships import actions
from memberships.actions.unmerging import added_since, merging_change
from memberships.merging import Resolution, clashes
from memberships.models import Appointment, DistinctPeople, Membership, MergedPerson, Person
from tests import factories
from tests.duplicates.register import facts
from tests.factories import IN_TEST, SmallArea
from tests.periods import day


@pytest.fixture
def one(area: SmallArea) -> Person:
    return area.directors[0].person


@pytest.fixture
def other(area: SmallArea) -> Person:
    """A namesake who holds the other network's post, and has been entered for the first one's too."""
    return area.directors[1].person


def merge(keep: Person, drop: Person, resolution: Resolution = Resolution.WIDEN) -> MergedPerson:
    former = drop.pk
    resolutions = {clash.key: resolution for clash in clashes(keep, drop)}
    actions.merge_people(keep=keep, drop=drop, resolutions=resolutions, **IN_TEST)
    return MergedPerson.objects.get(former_id=former)


def unmerge(merged: MergedPerson, *goes: str) -> Person:
    return actions.unmerge_people(merged=merged, goes=goes, **IN_TEST)


@pytest.mark.parametrize("resolution", [Resolution.THIS, Resolution.THAT, Resolution.WIDEN])
def test_both_are_as_they_were(area: SmallArea, one: Person, other: Person, resolution: Resolution):
    again = factories.appointment(other, area.directors[0].role, employer=area.icb)
    factories.membership(area.seat("Experienced leader"), other, again)
    for appointment in (area.directors[0], again):
        line = actions.Funding(factories.funding_source())
        actions.add_funding_line(appointment=appointment, funding=line, **IN_TEST)
    actions.say_two_people(one=other, other=area.chair.person, **IN_TEST)
    before = facts()
    merged = merge(one, other, resolution)
    assert facts() != before
    unmerge(merged)
    assert facts() == before


def test_unmerging_says_which_change_it_undoes(one: Person, other: Person):
    merged = merge(one, other)
    merging = merging_change(merged)
    unmerge(merged)
    assert merging.undone_by.count() == 1


def test_what_was_corrected_since_stays_corrected(area: SmallArea, one: Person, other: Person):
    moved = area.directors[1]
    merged = merge(one, other)
    moved.refresh_from_db()
    actions.correct_appointment(appointment=moved, start=day("2022-05-01"), end=None, evidence="Minutes", **IN_TEST)
    one.refresh_from_db()
    actions.correct_person(person=one, work_telephone="01632 960001", **IN_TEST)
    unmerge(merged)
    moved.refresh_from_db()
    one.refresh_from_db()
    assert (moved.person, moved.start, moved.evidence) == (other, day("2022-05-01"), "Minutes")
    assert one.work_telephone == "01632 960001"


def test_what_was_withdrawn_since_stays_withdrawn(area: SmallArea, one: Person, other: Person):
    seat = factories.membership(area.seat("Experienced leader"), other, "Long experience")
    merged = merge(one, other)
    withdraw(row=Membership.objects.get(pk=seat.pk), **IN_TEST)
    unmerge(merged)
    assert not Membership.objects.filter(pk=seat.pk).exists()


def test_what_was_added_since_goes_where_somebody_says(area: SmallArea, one: Person, other: Person):
    merged = merge(one, other)
    stays = factories.appointment(one, factories.role(area.lmc, area.director))
    goes = factories.appointment(one, factories.role(area.pcns[1], area.director))
    seat = factories.membership(area.seat("Experienced leader"), one, goes)
    added = added_since(merged)
    assert [(each.row, each.goes) for each in added] == [(stays, False), (goes, True)], "guessed by the organisation"
    unmerge(merged, *(each.key for each in added if each.goes))
    for row in (stays, goes, seat):
        row.refresh_from_db()
    assert (stays.person, goes.person) == (one, other)
    assert seat.person == other, "it rests on the appointment"


def test_nothing_that_was_there_before_counts_as_added_since(area: SmallArea, one: Person, other: Person):
    assert added_since(merge(one, other)) == []


def test_later_merge_into_the_same_entry_is_undone_first(area: SmallArea, one: Person, other: Person):
    first = merge(one, other)
    second = merge(one, factories.person("A Third"))
    with pytest.raises(ValidationError, match="Undo that merge first"):
        unmerge(first)
    unmerge(second)
    unmerge(first)
    assert not MergedPerson.objects.exists()


def test_entry_whose_survivor_was_merged_on_comes_back_after_that_one(area: SmallArea, one: Person, other: Person):
    before = facts()
    first = merge(one, other)
    second = merge(area.chair.person, one)
    first.refresh_from_db()
    with pytest.raises(ValidationError, match="Undo that merge first"):
        unmerge(first)
    unmerge(second)
    first.refresh_from_db()
    unmerge(first)
    assert facts() == before


def test_entry_that_somebody_restored_from_its_history_gets_back_what_it_held(one: Person, other: Person):
    before = facts()
    merged = merge(one, other)
    restore(event=event_model(Person).objects.filter(id=other.pk).latest("pgh_id"), **IN_TEST)
    assert unmerge(merged) == other
    assert facts() == before


def test_what_led_to_the_entry_can_be_withdrawn_and_restored_before_it_is_taken_apart(one: Person, other: Person):
    before = facts()
    merged = merge(one, other)
    withdraw(row=merged, **IN_TEST)
    restore(event=event_model(MergedPerson).objects.filter(former_id=other.pk).latest("pgh_id"), **IN_TEST)
    unmerge(MergedPerson.objects.get())
    assert facts() == before


def test_merge_undone_as_a_change_and_done_again_can_be_taken_apart(one: Person, other: Person):
    before = facts()
    merged = merge(one, other)
    undone = undo(change=merging_change(merged), **IN_TEST)
    assert facts() == before
    undo(change=undone, **IN_TEST)
    unmerge(MergedPerson.objects.get())
    assert facts() == before


def test_that_they_are_two_people_is_remembered_until_it_is_taken_back(one: Person, other: Person):
    said = actions.say_two_people(one=other, other=one, **IN_TEST)
    with pytest.raises(ValidationError, match="knows already"):
        actions.say_two_people(one=one, other=other, **IN_TEST)
    actions.take_back_two_people(said=said, **IN_TEST)
    assert not DistinctPeople.objects.exists()


def test_appointment_of_a_person_merged_since_comes_back_to_whoever_they_are_now(area: SmallArea, one: Person):
    other, third = factories.person("A Two"), factories.person("A Three")
    seat = area.seat("System clinical lead")
    factories.membership(seat, one, "Sent")
    factories.membership(seat, other, "Sent", attends_for=third)
    merged = merge(one, other, Resolution.THIS)
    merge(area.chair.person, third)
    restored = unmerge(merged)
    assert Membership.objects.get(person=restored).attends_for == area.chair.person
    assert Appointment.objects.filter(person=one).count() == 1
