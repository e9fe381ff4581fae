"""An import is one change: all of it or none, once, as it was confirmed, and undone whole."""

import datetime
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ics_leadership.accounts.models import User
from ics_leadership.history import Change, event_model
from ics_leadership.periods import PartialDate, Precision
from memberships import actions, tasks
from memberships.models import Appointment, Person, RememberedColumn, SpreadsheetImport, Stage, Verdict
from memberships.spreadsheets import clearing, importing, underway, undoing
from memberships.spreadsheets.columns import ListKind
from roles.models import FundingKind
from tests import factories
from tests.factories import SmallArea
from tests.history.registers import commit, said
from tests.periods import day
from tests.spreadsheets.bringing_in import brought_in, previewed, row, undone, verdicts

TWO_NEW = """
    Name,Profession,Role,PCN,From
    Dr Jo Bloggs,GP,PCN Pharmacy Lead,West Norwich,2021
    Al Green,Pharmacist,PCN Pharmacy Lead,East Norwich,2022
"""


def prepared(area: SmallArea) -> User:
    """An editor of the area, in whose networks there is a role to hold."""
    role_type = factories.role_type("PCN Pharmacy Lead")
    for pcn in area.pcns:
        factories.role(pcn, role_type)
    return factories.editor(area.icb)


@pytest.fixture
def editor(area: SmallArea) -> User:
    return prepared(area)


def test_nothing_is_written_before_the_confirmation(editor):
    before = said()
    this = previewed(TWO_NEW, editor)
    importing.decide(row(this, 2), "left out", "yes")
    assert said() == before
    assert this.stage == Stage.PREVIEWED


def test_an_import_is_one_change_with_its_name_that_every_row_knows(editor):
    this = brought_in(previewed(TWO_NEW, editor))
    assert this.stage == Stage.APPLIED
    assert (this.change.name, this.change.why, this.change.by) == ("Our list", "Moving from our spreadsheet", editor)
    commit()
    for model in (Person, Appointment):
        assert set(event_model(model).objects.filter(change=this.change.pk).values_list("id", flat=True)) == set(
            model.objects.filter(
                pk__in=event_model(model).objects.filter(change=this.change.pk).values("id")
            ).values_list("pk", flat=True)
        )
    assert event_model(Person).objects.filter(change=this.change.pk).count() == 2


def test_an_import_is_the_change_of_who_confirms_it(area, editor):
    this, colleague = previewed(TWO_NEW, editor), factories.editor(area.icb)
    importing.confirm(this, by=colleague, why="Checked", token=uuid.uuid4())
    importing.bring_in(this.pk)
    this.refresh_from_db()
    assert this.change.by == colleague


def test_a_row_that_was_left_out_stays_out(editor):
    this = previewed(TWO_NEW, editor)
    importing.decide(row(this, 2), "left out", "yes")
    brought_in(this)
    assert not Person.objects.filter(family_name="Bloggs").exists()
    assert Person.objects.filter(family_name="Green").exists()


def test_a_form_sent_twice_and_a_task_given_twice_bring_it_in_once(editor):
    this = previewed(TWO_NEW, editor)
    token = uuid.uuid4()
    assert importing.confirm(this, by=editor, why="Moving", token=token)
    assert not importing.confirm(this, by=editor, why="Moving", token=token)
    tasks.bring_in_import(this.pk)
    tasks.bring_in_import(this.pk)
    assert Person.objects.filter(family_name="Bloggs").count() == 1
    assert Change.objects.filter(name="Our list").count() == 1


def test_what_somebody_else_recorded_meanwhile_is_shown_again_and_nothing_is_brought_in(area, editor):
    this = previewed(TWO_NEW, editor)
    jo = factories.person("Jo Bloggs", title="Dr")
    factories.appointment(
        jo, area.pcns[1].roles.get(role_type__name="PCN Pharmacy Lead"), period=(day("2021-05-01"), None)
    )
    brought_in(this)
    assert this.stage == Stage.PREVIEWED
    assert this.problem == importing.CHANGED_MEANWHILE
    assert not Person.objects.filter(family_name="Green").exists()
    assert verdicts(this) == [Verdict.HELD, Verdict.NEW]
    assert [each.judgement["changed"] for each in this.rows.all()] == [True, False]
    brought_in(this)
    assert this.stage == Stage.APPLIED
    assert Person.objects.filter(family_name="Bloggs").count() == 1


def test_an_import_that_is_confirmed_a_day_later_brings_in_what_was_shown(editor):
    this = previewed("Name,Role,PCN\nJo Bloggs,PCN Pharmacy Lead,West Norwich", editor)
    day_of_sheet = timezone.localdate(this.uploaded_at)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        brought_in(this)
    assert this.stage == Stage.APPLIED
    assert Appointment.objects.get(person__family_name="Bloggs").start == PartialDate(day_of_sheet, Precision.BY)


def test_what_the_register_refuses_brings_nothing_in_and_names_the_row(area, editor, monkeypatch):
    this = previewed(TWO_NEW, editor)
    other = factories.person()
    role = area.pcns[1].roles.get(role_type__name="PCN Pharmacy Lead")

    def too_late(person, role, **facts):
        if person.family_name == "Bloggs":
            return actions.appoint(person=person, role=role, **facts)
        # What somebody else committed between the last look and the write, the database alone can see.
        factories.appointment(other, role, period=(day("2021-05-01"), None))
        return actions.appoint(person=other, role=role, **facts)

    monkeypatch.setitem(importing.carry_out.__globals__["ACTIONS"], "appoint", too_late)
    before = Person.objects.count()
    brought_in(this)
    assert this.stage == Stage.PREVIEWED
    assert this.problem.startswith("Nothing was brought in. Row 3: This person holds this role already")
    assert Person.objects.count() == before
    assert not role.appointments.exists()


def test_namesakes_of_one_list_get_addresses_of_their_own(editor):
    factories.person("Jo Bloggs", profession="nurse")
    this = previewed(
        """
        Name,Role,PCN
        Jo Bloggs (GP),PCN Pharmacy Lead,West Norwich
        Jo Bloggs (pharmacist),PCN Pharmacy Lead,East Norwich
        """,
        editor,
    )
    for each in this.rows.all():
        importing.decide(each, "person", "new")
    brought_in(this)
    slugs = Person.objects.filter(family_name="Bloggs").order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["jo-bloggs", "jo-bloggs-2", "jo-bloggs-3"]


def test_a_long_list_is_written_in_as_many_questions_as_a_short_one(editor):
    def asked(rows: int, family: str) -> int:
        names = [f"Sam {family}{chr(97 + number)}" for number in range(rows)]
        lines = [f"{name},PCN Pharmacy Lead,East Norwich,2022,East Norwich" for name in names]
        this = previewed("Name,Role,PCN,From,Paid by\n" + "\n".join(lines), editor)
        with CaptureQueriesContext(connection) as queries:
            brought_in(this)
        assert Appointment.objects.filter(person__family_name__startswith=family).count() == rows
        return len(queries)

    factories.funding_source(FundingKind.PCN_CONTRACT)
    assert asked(25, "Longer") == asked(5, "Short")


def test_the_database_is_told_to_count_what_a_long_list_brought(editor, monkeypatch):
    monkeypatch.setattr(importing, "MANY", 2)
    with CaptureQueriesContext(connection) as queries:
        brought_in(previewed(TWO_NEW, editor))
    assert [each["sql"] for each in queries if each["sql"].startswith("ANALYZE")] == ["ANALYZE"]


def test_two_workers_are_never_at_one_import(editor):
    this = previewed(TWO_NEW, editor)
    importing.confirm(this, by=editor, why="Moving", token=uuid.uuid4())
    with underway.alone_with(this.pk) as mine:
        assert mine
        assert underway.is_worked_on(this.pk)
    assert not underway.is_worked_on(this.pk)


def test_work_that_nobody_is_at_and_nobody_will_begin_has_stopped(editor):
    this = previewed(TWO_NEW, editor)
    importing.confirm(this, by=editor, why="Moving", token=uuid.uuid4())
    this.refresh_from_db()
    assert not underway.has_stopped(this)
    this.asked_at = timezone.now() - underway.PATIENCE - datetime.timedelta(seconds=1)
    assert underway.has_stopped(this)
    with underway.alone_with(this.pk):
        assert not underway.has_stopped(this)


def test_what_a_heading_means_is_remembered_for_next_time(editor):
    this = importing.upload(by=editor, name="", file_name="list.csv", content=b"Whoever,Body\nJo Bloggs,West Norwich")
    importing.match(this, sheet="", kind=ListKind.PEOPLE, heading_row=0, columns={0: "name", 1: ""})
    assert importing.remembered(editor) == {"whoever": "name", "body": ""}
    importing.match(this, sheet="", kind=ListKind.PEOPLE, heading_row=0, columns={0: "name", 1: "network"})
    assert importing.remembered(editor)["body"] == "network"
    assert not RememberedColumn.objects.exclude(by=editor).exists()


def test_an_import_is_undone_whole_in_a_change_of_its_own(editor):
    before = said()
    this = brought_in(previewed(TWO_NEW, editor))
    commit()
    assert undone(this, by=editor)
    assert said() == before
    assert Change.objects.get(undoes=this.change).why == "By mistake"
    assert (this.stage, this.problem) == (Stage.APPLIED, "")
    assert not undone(this, by=editor)


def test_an_import_on_which_something_rests_says_what(area, editor):
    this = brought_in(previewed(TWO_NEW, editor))
    commit()
    held = Appointment.objects.get(person__family_name="Bloggs")
    factories.membership(area.seat("PCN clinical directors"), held.person, held)
    commit()
    assert [str(each) for each in undoing.in_the_way(this)]
    undone(this, by=editor)
    assert (this.stage, this.problem) == (Stage.APPLIED, undoing.IN_THE_WAY)
    assert Appointment.objects.filter(pk=held.pk).exists()


def test_an_upload_is_thrown_away_until_it_is_brought_in(editor):
    assert clearing.discard(previewed(TWO_NEW, editor))
    assert not SpreadsheetImport.objects.exists()
    under_way = previewed(TWO_NEW, editor)
    importing.confirm(under_way, by=editor, why="Moving", token=uuid.uuid4())
    assert not clearing.discard(under_way)
    importing.bring_in(under_way.pk)
    assert not clearing.discard(under_way)


def test_old_uploads_are_cleared_and_what_they_brought_in_stays(editor, settings):
    settings.IMPORTS_KEPT_DAYS = 30
    done, waiting, recent = (
        brought_in(previewed(TWO_NEW, editor)),
        previewed(TWO_NEW, editor),
        previewed(TWO_NEW, editor),
    )
    long_ago = timezone.now() - datetime.timedelta(days=31)
    SpreadsheetImport.objects.filter(pk__in=[done.pk, waiting.pk]).update(uploaded_at=long_ago)
    tasks.clear_old_imports()
    done.refresh_from_db()
    assert (done.stage, bytes(done.content), done.rows.count()) == (Stage.APPLIED, b"", 0)
    assert not SpreadsheetImport.objects.filter(pk=waiting.pk).exists()
    assert recent.rows.count() == 2
    assert Person.objects.filter(family_name="Bloggs").exists()
    commit()
    assert undone(done, by=editor)


# --- whatever a sheet says

NAMES = st.sampled_from(["Dr Jo Bloggs", "Jo Bloggs", "Al Green (pharmacist)", "Siân O’Neill-Lee", "Vacant", "", "X"])
ROLES = st.sampled_from(["PCN Pharmacy Lead", "PCN Manager", "PCN Manager; PCN Pharmacy Lead", "Astronaut", ""])
BODIES = st.sampled_from(["East Norwich", "West Norwich PCN", "Norwich LMC", "Atlantis", ""])
DAYS = st.sampled_from(["2021", "Apr 2019", "01/05/2022", "by 2020", "not known", "rubbish", ""])
ROWS = st.lists(st.tuples(NAMES, ROLES, BODIES, DAYS, DAYS), min_size=1, max_size=8)


class WhateverASheetSays(TestCase):
    @example([("X", "PCN Pharmacy Lead", "East Norwich", "2021", "2021")])
    @settings(max_examples=6, suppress_health_check=list(HealthCheck))
    @given(ROWS)
    def test_undoing_what_was_brought_in_gives_the_former_register(self, rows):
        area = factories.small_area()
        editor = prepared(area)
        factories.role_type("PCN Manager")
        commit()
        before = said()
        sheet = "Name,Role,PCN,From,Until\n" + "\n".join(",".join(each) for each in rows)
        this = previewed(sheet, editor)
        assert said() == before
        if not this.rows.filter(judgement__brought_in=True).exists():
            return
        brought_in(this)
        assert this.stage == Stage.APPLIED, this.problem
        commit()
        # What was brought in is held: the same sheet once more has nothing new about the rows that came in.
        again = previewed(sheet, editor)
        came = set(this.rows.filter(judgement__brought_in=True).values_list("number", flat=True))
        assert not again.rows.filter(number__in=came, verdict__in=[Verdict.NEW, Verdict.CHANGES]).exists()
        undone(this, by=editor)
        assert said() == before
