"""Taking back: what a change did can be undone, what was withdrawn can be restored, and nothing is taken from under another."""

import pytest
from django.core.exceptions import ValidationError

from ics_leadership.history import Change, change, event_model
from ics_leadership.restoring import StandsInTheWay, undo, what_rests_on, withdraw
from memberships import actions as memberships
from memberships.actions.restoring import restore
from memberships.models import Appointment, Category, FundingLine, Membership, Person, Terms
from organisations.models import Kind
from roles.models import Remit, Role
from tests import factories
from tests.every_table import one_of_each
from tests.factories import IN_TEST, SmallArea
from tests.history.registers import commit, said
from tests.periods import NORMAL, day

BECAUSE = {"by": None, "why": "It was a mistake"}


def last_change() -> Change:
    return Change.objects.latest("pk")


def events_of(row):
    return event_model(type(row)).objects.filter(id=row.pk).order_by("pgh_id")


# --- undoing


def test_undoing_the_change_that_made_a_register_leaves_none(db: None):
    before = said()
    one_of_each()
    for each in Change.objects.order_by("-pk"):
        undo(change=each, **BECAUSE)
    commit()
    assert said() == before


def test_undoing_puts_back_what_was_changed_added_and_withdrawn_with_its_number(area: SmallArea):
    line = memberships.add_funding_line(
        appointment=area.chair, funding=memberships.Funding(factories.funding_source()), **IN_TEST
    )
    before = said()
    with change(**IN_TEST) as this:
        memberships.correct_person(person=area.chair.person, family_name="Bell", **IN_TEST)
        factories.person("Amina Yusuf")
        withdraw(row=line, **BECAUSE)
    assert said() != before
    undone = undo(change=this, **BECAUSE)
    assert said() == before
    assert undone.undoes == this
    assert FundingLine.objects.get() == line


def test_an_undone_change_can_be_made_again_by_undoing_that(area: SmallArea):
    memberships.correct_person(person=area.chair.person, family_name="Bell", **IN_TEST)
    after = said()
    undo(change=undo(change=last_change(), **BECAUSE), **BECAUSE)
    assert said() == after


def test_a_version_that_made_room_for_a_later_one_has_its_room_again(area: SmallArea):
    before = said()
    factories.terms(area.group, [], period=(day("2025-04-01"), None))
    assert Terms.objects.filter(group=area.group, period__endswith=None).count() == 1
    undo(change=last_change(), **BECAUSE)
    assert said() == before


def test_rows_that_changed_places_change_back(area: SmallArea):
    first, second = area.terms.seats.order_by("order")[:2]
    before = said()
    with change(**IN_TEST) as this:
        for row, order in ((first, 99), (second, 1), (first, 2)):
            row.order = order
            row.save()
    undo(change=this, **BECAUSE)
    assert said() == before


def test_a_row_that_was_changed_later_stands_in_the_way_and_is_named(area: SmallArea):
    person = area.chair.person
    memberships.correct_person(person=person, given_names="Amina", family_name="Bell", **IN_TEST)
    first = last_change()
    memberships.correct_person(person=person, title="Dr", **IN_TEST)
    assert [(each.model, each.id, str(each)) for each in what_rests_on(first)] == [
        (Person, person.pk, "person “Dr Amina Bell” was changed later")
    ]
    with pytest.raises(StandsInTheWay, match="“Dr Amina Bell” was changed later"):
        undo(change=first, **BECAUSE)
    undo(change=last_change(), **BECAUSE)
    undo(change=first, **BECAUSE)


def test_a_later_row_that_refers_to_one_that_would_go_stands_in_the_way(area: SmallArea):
    person = factories.person("Amina Yusuf")
    added = last_change()
    factories.appointment(person, area.chair.role, period=NORMAL)
    with pytest.raises(StandsInTheWay, match=r"appointment “Amina Yusuf, LMC Chair .*” rests on it"):
        undo(change=added, **BECAUSE)
    assert Person.objects.filter(pk=person.pk).exists()


def test_what_a_row_referred_to_must_still_be_there(area: SmallArea):
    practice = factories.organisation(Kind.FEDERATION, name="Fenland Federation")
    memberships.correct_appointment(
        appointment=area.chair, start=area.chair.start, end=None, employer=practice, **IN_TEST
    )
    memberships.correct_appointment(appointment=area.chair, start=area.chair.start, end=None, employer=None, **IN_TEST)
    emptied = last_change()
    withdraw(row=practice, **BECAUSE)
    with pytest.raises(StandsInTheWay, match="organisation “Fenland Federation” is no longer there"):
        undo(change=emptied, **BECAUSE)


def test_what_came_later_in_the_place_of_a_row_is_a_refusal_in_words(area: SmallArea):
    withdraw(row=factories.appointment(factories.person(), area.chair.role), **BECAUSE)
    withdrawn = last_change()
    event = event_model(Appointment).objects.filter(change=withdrawn).get()
    factories.appointment(Person.objects.get(pk=event.person_id), area.chair.role)
    with pytest.raises(ValidationError, match="This person holds this role already"):
        undo(change=withdrawn, **BECAUSE)


def test_undoing_cannot_leave_somebody_sitting_by_virtue_of_anothers_appointment(area: SmallArea):
    other = factories.person()
    with change(**IN_TEST) as moved:
        Membership.objects.filter(person=area.chair.person).update(person=other)
        Appointment.objects.filter(pk=area.chair.pk).update(person=other)
    area.chair.refresh_from_db()
    factories.membership(area.seat("Experienced leader"), other, area.chair)
    with pytest.raises(ValidationError, match="is their own"):
        undo(change=moved, **BECAUSE)


def test_the_address_of_what_was_withdrawn_stays_its_own(area: SmallArea):
    withdraw(row=factories.person("Amina Yusuf"), **BECAUSE)
    withdrawn = last_change()
    namesake = factories.person("Amina Yusuf")
    back = restore(event=event_model(Person).objects.get(change=withdrawn), **BECAUSE)
    assert (namesake.slug, back.slug) == ("amina-yusuf-2", "amina-yusuf")


def test_a_change_that_withdrew_is_undone_though_a_namesake_was_entered_since(area: SmallArea):
    group = factories.group(area.place, name="Leadership group")
    address = group.slug
    withdraw(row=group, **BECAUSE)
    withdrawn = last_change()
    namesake = factories.group(area.place, name="Leadership group")
    undo(change=withdrawn, **BECAUSE)
    group.refresh_from_db()
    assert (group.slug, namesake.slug) == (address, f"{address}-2")


def test_what_comes_to_rest_on_a_row_while_it_goes_is_a_refusal_in_words(area: SmallArea):
    line = FundingLine(appointment_id=0, funding_source=factories.funding_source()).between(*NORMAL)

    def write() -> None:
        with change(**IN_TEST):
            FundingLine.objects.bulk_create([line])
            commit()

    with pytest.raises(ValidationError, match="Somebody has just withdrawn"):
        write()


# --- restoring


def test_one_field_is_restored_and_the_others_stay(area: SmallArea):
    person = area.chair.person
    was = events_of(person).first()
    memberships.correct_person(person=person, given_names="Amina", family_name="Bell", **IN_TEST)
    restore(event=was, fields=["family_name"], **BECAUSE)
    person.refresh_from_db()
    assert (person.given_names, person.family_name) == ("Amina", was.family_name)


def test_both_ends_of_a_period_are_restored_as_they_were_known(area: SmallArea):
    was = events_of(area.chair).last()
    memberships.end_appointment(appointment=area.chair, end=day("2026-03-31"), **IN_TEST)
    restore(event=was, fields=["period"], **BECAUSE)
    area.chair.refresh_from_db()
    assert (area.chair.period, area.chair.start_precision) == (was.period, was.start_precision)


def test_money_moves_with_the_dates_of_an_appointment_that_are_restored(area: SmallArea):
    held = factories.appointment(
        factories.person(), area.chair.role, funding=[memberships.Funding(factories.funding_source())]
    )
    was = events_of(held).last()
    memberships.correct_appointment(appointment=held, start=held.start, end=day("2027-06-30"), **IN_TEST)
    restore(event=was, fields=["period"], **BECAUSE)
    assert FundingLine.objects.get().period == was.period


def test_deputies_move_with_the_end_of_a_seat_that_is_restored(area: SmallArea):
    seat = area.memberships[0]
    was = events_of(seat).last()
    deputy = memberships.add_deputy(membership=seat, person=factories.person(), start=seat.start, **IN_TEST)
    memberships.correct_membership(membership=seat, start=seat.start, end=day("2027-06-30"), **IN_TEST)
    restore(event=was, fields=["period"], **BECAUSE)
    deputy.refresh_from_db()
    assert deputy.period.upper == was.period.upper


def test_restoring_what_the_register_says_already_is_refused(area: SmallArea):
    with pytest.raises(ValidationError, match="says so already"):
        restore(event=events_of(area.chair).last(), **BECAUSE)


def test_an_appointment_that_was_withdrawn_comes_back_with_its_money_and_its_number(area: SmallArea):
    withdrawn = factories.appointment(
        factories.person(), area.chair.role, funding=[memberships.Funding(factories.funding_source())]
    )
    before = said()
    withdraw(row=Appointment.objects.get(pk=withdrawn.pk), **BECAUSE)
    assert not FundingLine.objects.exists()
    assert restore(event=events_of(withdrawn).last(), **BECAUSE) == withdrawn
    assert said() == before


def test_a_field_of_a_record_that_is_gone_cannot_come_back_alone(area: SmallArea):
    person = factories.person()
    withdraw(row=person, **BECAUSE)
    with pytest.raises(ValidationError, match="whole"):
        restore(event=events_of(person).last(), fields=["title"], **BECAUSE)


def test_what_is_restored_needs_what_it_refers_to(area: SmallArea):
    person = factories.person("Amina Yusuf")
    appointment = factories.appointment(person, area.chair.role)
    withdraw(row=appointment, **BECAUSE)
    withdraw(row=person, **BECAUSE)
    with pytest.raises(StandsInTheWay, match="person “Amina Yusuf” is no longer there"):
        restore(event=events_of(appointment).last(), **BECAUSE)


# --- withdrawing


def test_what_others_rest_on_is_not_withdrawn_and_they_are_named(area: SmallArea):
    with pytest.raises(StandsInTheWay, match=r"membership “.*Chair.*” rests on it"):
        withdraw(row=area.chair, **BECAUSE)
    assert Appointment.objects.filter(pk=area.chair.pk).exists()


def test_a_role_goes_with_its_remit_and_a_group_with_its_terms(area: SmallArea):
    role = factories.role(area.lmc, area.director)
    withdraw(row=role, **BECAUSE)
    assert not Remit.objects.filter(role=role.pk).exists()
    before = said()
    group = factories.group(area.lmc, remit="To meet.")
    factories.terms(group, [memberships.NewSeat("Chair", Category.CHAIR, None)])
    withdraw(row=group, **BECAUSE)
    assert said() == before
    assert not Role.objects.filter(pk=role.pk).exists()


def test_what_was_withdrawn_meanwhile_does_not_come_back_by_what_somebody_writes(area: SmallArea):
    held = Appointment.objects.get(pk=area.chair.pk)
    with change(**IN_TEST):
        Membership.objects.filter(basis_appointment=held).delete()
    withdraw(row=area.chair, **IN_TEST)
    with pytest.raises(ValidationError, match="taken out of the register meanwhile"):
        memberships.end_appointment(appointment=held, end=day("2031-03-31"), **IN_TEST)
    assert not Appointment.objects.filter(pk=held.pk).exists()
    assert factories.person("Still Writing").pk, "the connection goes on"
