"""Whoever is erased is named nowhere any more, in the register or its history; what rested on them is gone by number."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ics_leadership.accounts.models import Standing, Token, User
from ics_leadership.accounts.tokens import make_token
from ics_leadership.history import Change, change, event_model
from ics_leadership.known import as_known_at
from ics_leadership.periods import today
from ics_leadership.restoring import restore, undo, withdraw
from memberships import actions
from memberships.actions.erasing import Erased, erase_person
from memberships.actions.identity import link_account
from memberships.actions.merging import merge_people
from memberships.models import (
    Answer,
    Appointment,
    ErasedRow,
    ImportedRow,
    ManagedFinding,
    Membership,
    MergedPerson,
    Message,
    Person,
    PersonAccount,
    Proposal,
    SpreadsheetImport,
    Verdict,
)
from tests import factories
from tests.every_table import one_of_each, tracked_models
from tests.factories import IN_TEST, SmallArea
from tests.history.registers import commit, retold, said
from tests.history.test_replay import Pick, examples, funded_area

__all__ = ["funded_area"]

BY_REQUEST = {"by": None, "why": "Asked for it in writing"}
FAMILY = "Quillfeather"


def tables_that_hold(word: str) -> set[str]:
    """The tables of which any row says a word, in whatever column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = set()
        for name in names:
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{name}" AS row WHERE row::text ILIKE %s)', [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.add(name)
    return found


@pytest.fixture
def known_everywhere(db: None) -> Person:
    """Somebody of whom every table says something, some in the words of others."""
    factories.grant(factories.user(), Standing.ADMINISTRATOR)
    rows = one_of_each()
    person = rows[PersonAccount].person
    actions.correct_person(
        person=person,
        given_names="Zebedee John",
        family_name=FAMILY,
        work_email="z.quillfeather@example.org",
        registration_number="7654321",
        note="Zebedee",
        **IN_TEST,
    )
    merge_people(keep=person, drop=factories.person(f"Zebedee {FAMILY}"), **IN_TEST)
    account = rows[PersonAccount].account
    User.objects.filter(pk=account.pk).update(name=f"Zebedee {FAMILY}", email="zebedee.quillfeather@example.org")
    make_token(account=User.objects.get(pk=account.pk), name="Mine", sees=(), until=today())
    colleague = Membership.objects.exclude(person=person).first()
    with change(by=account, why=f"Took over from Zebedee {FAMILY}"):
        Membership.objects.filter(pk=colleague.pk).update(attends_for=person)
        Proposal.objects.update(sponsor=person, text=f"As zebedee quillfeather said, it is {FAMILY}, Zebedee’s idea.")
        other = Person.objects.get(pk=colleague.person_id)
        other.note = f"Shares a practice with ZEBEDEE JOHN {FAMILY.upper()} (7654321)."
        other.save()
    held = Appointment.objects.filter(person=person).first()
    with change(**IN_TEST):
        ManagedFinding.objects.create(
            rule="GL01",
            subject=f"appointment:{held.pk}/group:1",
            area=rows[ManagedFinding].area,
            how=f"{FAMILY} knows.",
            since=today(),
        )
    Message.objects.create(
        page=f"/people/{person.slug}?as_at=2026-01-01", about=str(person), as_at=today(), text="Wrong."
    )
    Message.objects.create(page="/roles", about="Roles", as_at=today(), text=f"Is Zebedee {FAMILY} still there?")
    sheet = SpreadsheetImport.objects.create(
        name="Leaders", by=factories.user(), file_name="leaders.csv", content=f"Zebedee,{FAMILY}".encode()
    )
    ImportedRow.objects.create(of=sheet, number=2, cells=["Zebedee", FAMILY], verdict=Verdict.NEW)
    ImportedRow.objects.create(of=sheet, number=3, cells=["Amina", "Yusuf"], verdict=Verdict.NEW)
    commit()
    person.refresh_from_db()
    return person


def test_no_table_holds_the_name_of_whom_was_erased(known_everywhere: Person):
    assert len(tables_that_hold(FAMILY)) > 8
    erase_person(person_id=known_everywhere.pk, **BY_REQUEST)
    commit()
    assert tables_that_hold(FAMILY) == set()
    assert tables_that_hold("Zebedee") == set()
    assert tables_that_hold("7654321") == set()
    assert said() == retold()


def test_what_rests_on_a_person_goes_by_number_and_what_others_said_stays(known_everywhere: Person):
    kept = {model: model._default_manager.count() for model in tracked_models()}
    held = set(Appointment.objects.filter(person=known_everywhere).values_list("pk", flat=True))
    answer, proposal = Answer.objects.get(), Proposal.objects.get()
    erased: Erased = erase_person(person_id=known_everywhere.pk, **BY_REQUEST)
    commit()
    tombstones = ErasedRow.objects.filter(table="memberships.appointment")
    assert set(tombstones.values_list("row_id", flat=True)) == held
    assert set(tombstones.values_list("erased_on", flat=True)) == {today()}
    assert (erased.messages, erased.imported, erased.accounts) == (1, 1, 1)
    for model, number in kept.items():
        gone = ErasedRow.objects.filter(table=model._meta.label_lower).count()
        assert model._default_manager.count() >= number - gone, model
        assert bool(gone) == (model in erased.rows), model
    answer.refresh_from_db()
    proposal.refresh_from_db()
    assert (answer.person, answer.by_right_of, proposal.sponsor) == (None, None, None)
    assert proposal.text == "As [erased] said, it is [erased]’s idea."
    assert not Membership.objects.filter(attends_for__isnull=False).exists()
    assert list(ImportedRow.objects.values_list("cells", flat=True)) == [["Amina", "Yusuf"]]
    assert bytes(SpreadsheetImport.objects.get().content) == b""


def test_account_of_whom_was_erased_is_closed_and_says_whose_it_was_no_more(known_everywhere: Person):
    account = PersonAccount.objects.get(person=known_everywhere).account
    erase_person(person_id=known_everywhere.pk, **BY_REQUEST)
    account.refresh_from_db()
    assert not account.is_active
    assert not account.check_password("a long pass phrase")
    assert str(account) == "An account that was erased"
    assert not Token.objects.filter(user=account).exists()
    assert Change.objects.filter(by=account).get().why == "Took over from [erased]"


def test_nothing_of_them_was_ever_known(known_everywhere: Person):
    before = Change.objects.exclude(position=None).latest("position").recorded_at
    erase_person(person_id=known_everywhere.pk, **BY_REQUEST)
    commit()
    with as_known_at(before):
        assert not Person.objects.filter(pk=known_everywhere.pk).exists()
        assert not Appointment.objects.filter(person=known_everywhere.pk).exists()
        assert not Membership.objects.filter(attends_for=known_everywhere.pk).exists()
    for model in (Person, Appointment, Membership):
        erased = ErasedRow.objects.filter(table=model._meta.label_lower).values("row_id")
        assert not event_model(model).objects.filter(id__in=erased).exists()


def test_somebody_who_was_withdrawn_can_be_erased_too(db: None):
    person = factories.person(f"Zebedee {FAMILY}")
    commit()
    withdraw(row=person, **IN_TEST)
    commit()
    assert tables_that_hold(FAMILY) == {"memberships_personevent"}
    erase_person(person_id=person.pk, **BY_REQUEST)
    commit()
    assert tables_that_hold(FAMILY) == set()


def test_erasing_leaves_namesakes_and_what_they_share_alone(db: None):
    person = factories.person(f"Zebedee {FAMILY}", work_telephone="01603 555 0100")
    namesake = factories.person(f"Zebedee {FAMILY}", work_telephone="01603 555 0100")
    commit()
    erase_person(person_id=person.pk, **BY_REQUEST)
    commit()
    slug = namesake.slug
    namesake.refresh_from_db()
    assert (namesake.name, namesake.slug, namesake.work_telephone) == (f"Zebedee {FAMILY}", slug, "01603 555 0100")


def test_what_was_recorded_of_somebody_by_mistake_stays_with_whose_it_is(area: SmallArea):
    wrong, held = factories.person(f"Zebedee {FAMILY}"), area.directors[0]
    right = held.person
    with change(**IN_TEST):
        Membership.objects.filter(basis_appointment=held).delete()
        Appointment.objects.filter(pk=held.pk).update(person=wrong)
    commit()
    with change(**IN_TEST):
        Appointment.objects.filter(pk=held.pk).update(person=right)
    commit()
    erase_person(person_id=wrong.pk, **BY_REQUEST)
    commit()
    assert Appointment.objects.get(pk=held.pk).person == right
    assert not event_model(Appointment).objects.filter(person=wrong.pk).exists()
    assert said() == retold()


@pytest.mark.parametrize("why", [f"Zebedee {FAMILY} asked for it", "z.quillfeather@example.org wrote to us"])
def test_reason_may_not_name_whom_it_is_about(db: None, why: str):
    person = factories.person(f"Zebedee {FAMILY}", work_email="z.quillfeather@example.org")
    with pytest.raises(ValidationError, match="may not name whom it is about"):
        erase_person(person_id=person.pk, by=None, why=why)


def test_nobody_is_erased_twice_nor_under_a_former_number_nor_by_themselves(db: None):
    person, former = factories.person(f"Zebedee {FAMILY}"), factories.person(f"Zeb {FAMILY}")
    merge_people(keep=person, drop=former, **IN_TEST)
    factories.grant(factories.user(), Standing.ADMINISTRATOR)
    account = factories.user()
    link_account(person=person, account=account, **IN_TEST)
    with pytest.raises(ValidationError, match="was merged into another"):
        erase_person(person_id=former.pk, **BY_REQUEST)
    with pytest.raises(ValidationError, match="your own entry"):
        erase_person(person_id=person.pk, by=account, why="Asked for it in writing")
    erase_person(person_id=person.pk, **BY_REQUEST)
    with pytest.raises(ValidationError, match="no such person, or they were erased already"):
        erase_person(person_id=person.pk, **BY_REQUEST)


def test_entry_that_was_merged_and_restored_goes_with_the_one_it_was_merged_into(db: None):
    person, former = factories.person(f"Zebedee {FAMILY}"), factories.person(f"Zeb {FAMILY}")
    number = former.pk
    merge_people(keep=person, drop=former, **IN_TEST)
    restore(event=event_model(Person).objects.filter(id=number).latest("pgh_id"), **IN_TEST)
    commit()
    with pytest.raises(ValidationError, match="Erase that one, and this goes with it"):
        erase_person(person_id=number, **BY_REQUEST)
    erase_person(person_id=person.pk, **BY_REQUEST)
    commit()
    assert not Person.objects.filter(pk__in=[person.pk, number]).exists()
    assert tables_that_hold(FAMILY) == set()


def test_undoing_brings_nobody_back(known_everywhere: Person):
    erase_person(person_id=known_everywhere.pk, **BY_REQUEST)
    commit()
    undo(change=Change.objects.latest("position"), **IN_TEST)
    commit()
    assert tables_that_hold(FAMILY) == set()
    assert not MergedPerson.objects.exists()


@settings(max_examples=15)
@given(examples, st.integers(0, 12))
@pytest.mark.usefixtures("funded_area")
def test_history_still_retells_the_register_whatever_was_done_before_somebody_was_erased(steps: list, whom: int):
    with transaction.atomic():
        for step, numbers in steps:
            try:
                with transaction.atomic():
                    step(Pick(numbers))
                    commit()
            except ValidationError:
                continue
        moments = list(
            Change.objects.exclude(position=None).order_by("-position").values_list("recorded_at", flat=True)
        )
        if not Person.objects.exists():  # what was done may have taken everybody away
            factories.person()
        person = Pick([whom]).row(Person)
        # An entry that was merged may stand again beside the one that it was merged into, with which it goes.
        while merged := MergedPerson.objects.filter(former_id=person.pk).first():
            person = merged.survivor
        erase_person(person_id=person.pk, **BY_REQUEST)
        commit()
        assert retold() == said()
        for moment in moments[:3]:
            with as_known_at(moment):
                people = set(Person.objects.values_list("pk", flat=True))
                assert person.pk not in people
                assert set(Appointment.objects.values_list("person", flat=True)) <= people
                assert set(Membership.objects.values_list("person", flat=True)) <= people
        transaction.set_rollback(True)
