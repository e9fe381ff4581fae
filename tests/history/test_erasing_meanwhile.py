"""Erasing somebody while another editor brings them back: whichever comes first, nothing of them is left in the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from ics_leadership.history import Change, event_model
from ics_leadership.restoring import restore, undo, withdraw
from memberships import actions
from memberships.actions.erasing import erase_person
from memberships.actions.merging import merge_people
from memberships.actions.unmerging import unmerge_people
from memberships.models import ErasedRow, MergedPerson, Person
from tests import factories
from tests.factories import IN_TEST

BY_REQUEST = {"by": None, "why": "Asked for it in writing"}
PATIENCE = 60


def withdrawn(person: Person) -> Callable[[], object]:
    withdraw(row=person, **IN_TEST)
    gone = event_model(Person).objects.filter(id=person.pk).latest("pgh_id")
    return lambda: restore(event=gone, **IN_TEST)


def withdrawn_by_a_change(person: Person) -> Callable[[], object]:
    withdraw(row=person, **IN_TEST)
    return lambda: undo(change=Change.objects.latest("position"), **IN_TEST)


def merged_away(person: Person) -> Callable[[], object]:
    """The entry of another was merged into theirs, and is taken out of it again."""
    merge_people(keep=person, drop=factories.person("Ada Other"), **IN_TEST)
    return lambda: unmerge_people(merged=MergedPerson.objects.get(), **IN_TEST)


@contextmanager
def meanwhile(action: Callable[[], object]) -> Iterator[Future[object]]:
    """Somebody else does a thing while this transaction is open, and comes to wait for its end. Gives what comes of it."""

    def done() -> object:
        try:
            return action()
        finally:
            connection.close()

    outcome: Future[object] = Future()
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            yield outcome
            work = other.submit(done)
            wait_for_somebody_to_wait()
        try:
            outcome.set_result(work.result(PATIENCE))
        except ValidationError as refusal:
            outcome.set_exception(refusal)


def wait_for_somebody_to_wait() -> None:
    """Return when a transaction of this register waits for one of those locks that are asked for by name."""
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database()))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    pytest.fail("Nobody waited.")


def nothing_is_left_of(number: int) -> bool:
    return (
        not Person.objects.filter(pk=number).exists()
        and not event_model(Person).objects.filter(id=number).exists()
        and ErasedRow.objects.filter(table="memberships.person", row_id=number).exists()
    )


@pytest.mark.parametrize("gone", [withdrawn, withdrawn_by_a_change])
@pytest.mark.usefixtures("committing")
def test_whoever_is_being_brought_back_is_erased_once_they_are_there(gone: Callable[[Person], Callable[[], object]]):
    person = factories.person("Wren Quillfeather")
    bring_back = gone(person)
    with meanwhile(lambda: erase_person(person_id=person.pk, **BY_REQUEST)):
        bring_back()
    assert nothing_is_left_of(person.pk)


@pytest.mark.usefixtures("committing")
def test_whoever_was_erased_first_is_not_brought_back():
    person = factories.person("Wren Quillfeather")
    bring_back = withdrawn(person)
    with meanwhile(bring_back) as refused:
        erase_person(person_id=person.pk, **BY_REQUEST)
    with pytest.raises(ValidationError, match="erased meanwhile"):
        refused.result()
    assert nothing_is_left_of(person.pk)


@pytest.mark.usefixtures("committing")
def test_whoever_is_erased_does_not_come_back_by_what_somebody_else_writes():
    person = factories.person("Wren Quillfeather")
    read_before = Person.objects.get(pk=person.pk)
    erase_person(person_id=person.pk, **BY_REQUEST)
    with pytest.raises(ValidationError, match="taken out of the register meanwhile"):
        actions.correct_person(person=read_before, family_name="Bell", **IN_TEST)
    assert nothing_is_left_of(person.pk)


@pytest.mark.usefixtures("committing")
def test_an_entry_that_is_being_taken_out_of_another_stays_when_that_is_erased():
    person = factories.person("Wren Quillfeather")
    take_apart = merged_away(person)
    with meanwhile(lambda: erase_person(person_id=person.pk, **BY_REQUEST)):
        take_apart()
    assert nothing_is_left_of(person.pk)
    [other] = Person.objects.all()
    assert other.name == "Ada Other"
    assert not ErasedRow.objects.filter(row_id=other.pk).exists()
