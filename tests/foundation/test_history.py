"""History: nothing is written without saying who and why, nothing that was written is lost."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ics_leadership.accounts.models import User
from ics_leadership.facts import Source
from ics_leadership.history import RegisterEvent, change, event_model, event_models
from ics_leadership.models import Change
from memberships.models import (
    ErasedRow,
    ImportedRow,
    Message,
    Person,
    ProposalLetter,
    RememberedColumn,
    Snapshot,
    SpreadsheetImport,
    WeeklyLetter,
)
from organisations.models import (
    ImportedLink,
    PublishedFile,
    PublishedRegistration,
    PublishedStanding,
    PublishedTakeover,
)
from tests.every_table import one_of_each, tracked_models
from tests.factories import IN_TEST

Row = models.Model

NOT_TRACKED = {
    Snapshot: "it is kept as it was frozen",
    Change: "it is the history",
    ErasedRow: "it is all that is left of what history forgot",
    PublishedFile: "published data is only ever added to",
    PublishedRegistration: "published data is only ever added to",
    PublishedStanding: "published data is only ever added to",
    PublishedTakeover: "published data is only ever added to",
    ImportedLink: "how the import last settled a link, which is tracked itself",
    Message: "what readers wrote is no fact of the register, and is cleared in time",
    SpreadsheetImport: "on its way in; what it did to the register is its change",
    ImportedRow: "on its way in",
    RememberedColumn: "a convenience for one editor",
    ProposalLetter: "which letter went, so that none goes twice",
    WeeklyLetter: "which letter went, and who wants none",
}


def test_every_table_with_data_of_the_register_keeps_its_history():
    tables = {
        model
        for model in apps.get_models()
        if model._meta.app_label in ("ics_leadership", "organisations", "roles", "memberships")
        and not issubclass(model, RegisterEvent)
    }
    assert tables - set(tracked_models()) == set(NOT_TRACKED)


def commit() -> None:
    """Do what a commit does: let the deferred triggers stamp the changes so far."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# --- no write without a change


def columns_of(row: Row) -> list[str]:
    """The columns of a row's table that can be written."""
    return [field.column for field in row._meta.concrete_fields if not field.generated]


def save(row: Row) -> None:
    row.save(force_insert=True)


def bulk_create(row: Row) -> None:
    type(row).objects.bulk_create([row])


def copy(row: Row) -> None:
    names = ", ".join(f'"{name}"' for name in columns_of(row))
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
        if not field.generated
    ]
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY {row._meta.db_table} ({names}) FROM STDIN") as stream,
    ):
        stream.write_row(values)


@pytest.mark.django_db
@pytest.mark.parametrize("insert", [save, bulk_create, copy])
def test_no_table_takes_a_new_row_without_who_and_why(insert: Callable[[Row], None]):
    rows = one_of_each()
    with transaction.atomic():
        with change(**IN_TEST), connection.cursor() as cursor:
            # Foreign keys would be looked at only when this commits.
            for row in rows.values():
                cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        refusals = {model.__name__: refusal_of(partial(insert, row)) for model, row in rows.items()}
        transaction.set_rollback(True)
    assert refusals == {model.__name__: "change_id" for model in tracked_models()}


def another_source() -> Source:
    with change(**IN_TEST):
        return Source.objects.create(title="Another source")


def save_changed(row: Row, new: dict[str, Any]) -> None:
    for name, value in new.items():
        setattr(row, name, value)
    row.save()


def update(row: Row, new: dict[str, Any]) -> None:
    type(row).objects.filter(pk=row.pk).update(**new)


def update_raw(row: Row, new: dict[str, Any]) -> None:
    [(name, value)] = new.items()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {name} = %s WHERE id = %s", [value, row.pk])


def delete_raw(row: Row, _: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


@pytest.mark.django_db
@pytest.mark.parametrize("write", [save_changed, update, update_raw, delete_raw])
def test_no_row_is_changed_or_removed_without_who_and_why(write: Callable[[Row, dict[str, Any]], None]):
    rows = one_of_each()
    source = another_source()
    assert {
        model.__name__: refusal_of(
            partial(write, row, {"title": "Another title"} if model is Source else {"source_id": source.pk})
        )
        for model, row in rows.items()
    } == {model.__name__: "change_id" for model in tracked_models()}


def test_writing_what_the_register_says_already_is_no_change(db: None):
    with change(**IN_TEST):
        person = Person.objects.create(slug="one", family_name="One")
    person.save()
    assert event_model(Person).objects.count() == 1


def refusal_of(write: Callable[[], Any]) -> str | None:
    """The column for want of which the database refuses; None when it does not."""
    try:
        with transaction.atomic():
            write()
    except IntegrityError as refusal:
        return refusal.__cause__.diag.column_name
    return None


@pytest.mark.django_db
def test_a_change_says_why():
    with pytest.raises(ValidationError, match="Say why the register changes"), change(by=None, why=""):
        pass


# --- nothing is lost


def test_no_table_of_the_register_is_ever_emptied(db: None):
    tables = [model._meta.db_table for model in (*tracked_models(), *event_models(), Change)]

    def refused(table: str) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {table} CASCADE")
        except DatabaseError as refusal:
            return "No table of the register is ever emptied" in str(refusal)
        return False

    assert [table for table in tables if not refused(table)] == []


def test_no_event_is_altered_or_removed(db: None):
    rows = one_of_each()
    commit()

    def accepted(statement: str) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            return False
        return True

    tables = [model._meta.db_table for model in event_models()]
    assert [table for table in tables if accepted(f"DELETE FROM {table}")] == []
    assert [table for table in tables if accepted(f"UPDATE {table} SET change_id = change_id + 1")] == []
    assert [table for table in tables if accepted(f"UPDATE {table} SET id = id + 1")] == []
    for time in ("known_from", "shown_from"):
        earlier = f"SET {time} = {time} - interval '1 day'"
        assert [table for table in tables if accepted(f"UPDATE {table} {earlier}")] == []
    with change(**IN_TEST):
        Person.objects.filter(pk=rows[Person].pk).update(family_name="Bell")
    commit()
    person_events = event_model(Person)._meta.db_table
    assert not accepted(f"UPDATE {person_events} SET known_to = now() WHERE known_to IS NOT NULL")
    changes = Change._meta.db_table
    assert not accepted(f"UPDATE {changes} SET recorded_at = now()")
    assert not accepted(f"DELETE FROM {changes}")
    assert not accepted(f"UPDATE {changes} SET why = 'another reason'")


def test_every_write_is_an_event_of_its_change(db: None):
    editor = User.objects.create_user("editor@example.org")
    with change(by=editor, why="Election of March"):
        person = Person.objects.create(slug="amina-yusuf", given_names="Amina", family_name="Yusuf")
    with change(by=editor, why="Married"):
        Person.objects.filter(pk=person.pk).update(family_name="Yusuf-Bell")
    with change(by=None, why="Never was here"):
        person.delete()
    events = event_model(Person).objects.order_by("pgh_id")
    assert list(events.values_list("pgh_label", "family_name", "change__by", "change__why")) == [
        ("insert", "Yusuf", editor.pk, "Election of March"),
        ("update", "Yusuf-Bell", editor.pk, "Married"),
        ("delete", "Yusuf-Bell", None, "Never was here"),
    ]


# --- the block


def test_a_change_inside_another_joins_it(db: None):
    with change(by=None, why="outer") as outer:
        with change(by=None, why="inner") as inner:
            person = Person.objects.create(slug="one", family_name="One")
        Person.objects.create(slug="two", family_name="Two")
    assert inner == outer
    assert person in Person.objects.all()
    assert set(event_model(Person).objects.values_list("change", flat=True)) == {outer.pk}
    assert Change.objects.get().why == "outer"


def setting() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('register.change', true)")
        return cursor.fetchone()[0]


def test_a_block_that_fails_leaves_nothing_behind(db: None):
    with pytest.raises(ValidationError), change(**IN_TEST):
        [Person.objects.create(slug=slug, family_name=name) for slug, name in (("one", "One"), ("nobody", ""))]
    assert not Person.objects.exists()
    assert not Change.objects.exists()
    assert not event_model(Person).objects.exists()
    assert not setting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(slug="one", family_name="One")


def test_a_block_that_fails_inside_another_leaves_the_other_as_it_was(db: None):
    with change(**IN_TEST) as outer:
        with pytest.raises(ValidationError), change(**IN_TEST):
            Person.objects.create(slug="nobody", family_name="")
        Person.objects.create(slug="one", family_name="One")
    assert list(event_model(Person).objects.values_list("slug", "change")) == [("one", outer.pk)]


def test_nothing_is_written_after_the_block(db: None):
    with change(**IN_TEST):
        person = Person.objects.create(slug="one", family_name="One")
    person.family_name = "Two"
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save()


# --- what was known when


def test_a_change_may_be_dated_in_the_past_but_not_behind_the_last(db: None):
    moments = [datetime.datetime(year, 4, 1, 9, tzinfo=datetime.UTC) for year in (2015, 2014, 2016)]
    for number, moment in enumerate(moments):
        with change(by=None, why=f"entry {number}", at=moment):
            Person.objects.create(slug=f"person-{number}", family_name="Someone")
        commit()
    assert list(Change.objects.order_by("position").values_list("why", "recorded_at")) == [
        ("entry 0", moments[0]),
        ("entry 1", moments[0]),
        ("entry 2", moments[2]),
    ]
    assert list(event_model(Person).objects.order_by("pgh_id").values_list("known_from", flat=True)) == [
        moments[0],
        moments[0],
        moments[2],
    ]


Step = tuple[str, int]
steps = st.tuples(st.sampled_from(["save", "save", "delete", "bulk"]), st.integers(0, 2))


def take(step: Step, number: int) -> None:
    """Write to one of three people, who come and go, under names that tell the steps apart."""
    what, who = step
    known = Person.objects.filter(slug=f"person-{who}")
    if what == "delete":
        known.delete()
    elif what == "bulk":
        Person.objects.update(family_name=f"Everyone {number}")
    elif not known.update(family_name=f"Name {number}"):
        Person.objects.create(pk=who + 1, slug=f"person-{who}", family_name=f"Name {number}")


def rows_of(queryset: models.QuerySet[Any]) -> set[tuple[Any, ...]]:
    return set(queryset.values_list(*(field.attname for field in Person._meta.concrete_fields)))


@pytest.mark.django_db
@settings(max_examples=60)
@given(st.lists(st.lists(steps, min_size=1, max_size=4), min_size=1, max_size=5))
def test_events_tell_what_the_register_said_after_every_change(changes: list[list[Step]]):
    events = event_model(Person).objects
    said: list[tuple[datetime.datetime, set[tuple[Any, ...]]]] = []
    with transaction.atomic():
        for each in changes:
            with change(**IN_TEST) as this:
                for number, step in enumerate(each):
                    take(step, number)
            commit()
            this.refresh_from_db()
            said.append((this.recorded_at, rows_of(Person.objects)))
        assert rows_of(events.filter(known_to=None)) == said[-1][1]
        for moment, rows in said:
            assert rows_of(events.filter(known_from__lte=moment).exclude(known_to__lte=moment)) == rows
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT count(*) FROM {events.model._meta.db_table} one JOIN {events.model._meta.db_table} other
                USING (id) WHERE one.pgh_id < other.pgh_id AND tstzrange(one.known_from, one.known_to)
                && tstzrange(other.known_from, other.known_to)"""
            )
            assert cursor.fetchone() == (0,)
        assert not events.filter(known_from=None).exists()
        transaction.set_rollback(True)
