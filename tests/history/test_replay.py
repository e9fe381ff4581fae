"""Whatever is done to a register, its history retells it, what is refused changes nothing, and all can be taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ics_leadership.accounts.models import Standing, User
from ics_leadership.history import Change, event_model
from ics_leadership.restoring import undo, withdraw
from ics_leadership.typed_dates import start_as_typed
from memberships import actions as memberships
from memberships.actions.confirming import confirm
from memberships.actions.merging import merge_people
from memberships.actions.restoring import restore
from memberships.actions.unmerging import unmerge_people
from memberships.models import (
    Appointment,
    Clause,
    FundingLine,
    Group,
    Membership,
    MergedPerson,
    Person,
    Seat,
    Terms,
    Verdict,
)
from organisations.models import Link, Organisation
from roles.models import FundingSource, Remit, Role
from tests import factories
from tests.factories import IN_TEST, SmallArea
from tests.history.registers import commit, retold, said
from tests.periods import ADJACENT_LATER, EARLIER, LATER, NORMAL, OPEN_ENDED, day
from tests.spreadsheets.bringing_in import brought_in, previewed, verdicts

PERIODS = [NORMAL, OPEN_ENDED, EARLIER, ADJACENT_LATER, LATER]
TAKEN_BACK = (Person, Appointment, FundingLine, Membership, Role, Remit, Group, Terms, Seat, Clause, Link, Organisation)

KEEPER = "keeper@example.org"
"""Who brings spreadsheets in."""


class Pick:
    """Rows and words chosen by the numbers of an example, so that it can be told again; the latest rows first."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = iter(numbers)

    def below(self, many: int) -> int:
        return next(self.numbers, 0) % many

    def one(self, things: list[Any]) -> Any:
        return things[self.below(len(things))]

    def row(self, model: type[models.Model]) -> Any:
        rows = model._default_manager.order_by("-pk")
        number = rows.count()
        if not number:
            raise ValidationError(f"There is no {model._meta.verbose_name}.")
        return rows[self.below(number)]


def add_person(pick: Pick) -> None:
    factories.person(f"Amina Yusuf{pick.below(3)}")


def appoint(pick: Pick) -> None:
    money = [memberships.Funding(pick.row(FundingSource))] if pick.below(2) else []
    factories.appointment(pick.row(Person), pick.row(Role), period=pick.one(PERIODS), funding=money)


def correct_person(pick: Pick) -> None:
    memberships.correct_person(person=pick.row(Person), family_name=f"Bell{pick.below(3)}", **IN_TEST)


def correct_appointment(pick: Pick) -> None:
    start, end = pick.one(PERIODS)
    memberships.correct_appointment(appointment=pick.row(Appointment), start=start, end=end, **IN_TEST)


def end_appointment(pick: Pick) -> None:
    memberships.end_appointment(appointment=pick.row(Appointment), end=day("2025-06-30"), **IN_TEST)


def seat_member(pick: Pick) -> None:
    basis = pick.row(Appointment)
    factories.membership(pick.row(Seat), basis.person, basis, period=pick.one(PERIODS))


def adopt_terms(pick: Pick) -> None:
    factories.terms(pick.row(Group), [], period=pick.one(PERIODS))


def say_still_true(pick: Pick) -> None:
    confirm(by=None, records=[pick.row(Person), pick.row(Group)])


def end_group(pick: Pick) -> None:
    memberships.end_group(group=pick.row(Group), end=day("2026-01-31"), **IN_TEST)


def merge(pick: Pick) -> None:
    merge_people(keep=pick.row(Person), drop=pick.row(Person), **IN_TEST)


def unmerge(pick: Pick) -> None:
    unmerge_people(merged=pick.row(MergedPerson), **IN_TEST)


def import_a_spreadsheet(pick: Pick) -> None:
    role, name = pick.row(Role), f"Amina Yusuf{pick.below(3)}"
    start, _ = pick.one(PERIODS)
    cells = [name, role.title, role.organisation.name, start_as_typed(start)]
    sheet = "Name,Role,Organisation,From\n" + ",".join(f'"{cell}"' for cell in cells)
    this = previewed(sheet, User.objects.get(email=KEEPER))
    if verdicts(this)[0] not in (Verdict.NEW, Verdict.CHANGES):
        raise ValidationError("The sheet says nothing new, or nothing that is clear.")
    brought_in(this)


def withdraw_something(pick: Pick) -> None:
    withdraw(row=pick.row(pick.one(list(TAKEN_BACK))), **IN_TEST)


def restore_something(pick: Pick) -> None:
    former = [event_model(model)._default_manager.exclude(known_to=None).order_by("-pgh_id") for model in TAKEN_BACK]
    events = [event for rows in former for event in rows[:3]]
    if not events:
        raise ValidationError("Nothing was otherwise before.")
    event = pick.one(events)
    fields = [None, None, ["period"], ["family_name"]][pick.below(4)]
    restore(event=event, fields=fields if fields and hasattr(event, fields[0]) else None, **IN_TEST)


def undo_something(pick: Pick) -> None:
    undo(change=pick.row(Change), **IN_TEST)


STEPS = [
    add_person,
    appoint,
    appoint,
    correct_person,
    correct_appointment,
    end_appointment,
    seat_member,
    adopt_terms,
    say_still_true,
    end_group,
    merge,
    unmerge,
    import_a_spreadsheet,
    withdraw_something,
    withdraw_something,
    restore_something,
    restore_something,
    undo_something,
    undo_something,
]
examples = st.lists(
    st.tuples(st.sampled_from(STEPS), st.lists(st.integers(0, 12), min_size=5, max_size=5)), min_size=2, max_size=9
)


@settings(max_examples=20)
@given(examples)
@pytest.mark.usefixtures("funded_area")
def test_history_retells_the_register_and_undoing_all_gives_the_first_state_back(
    steps: list[tuple[Callable[[Pick], None], list[int]]],
):
    with transaction.atomic():
        first, last = said(), Change.objects.latest("pk").pk
        for step, numbers in steps:
            before = said()
            try:
                with transaction.atomic():
                    step(Pick(numbers))
                    commit()
            except ValidationError:
                assert said() == before
            assert retold() == said()
        for each in Change.objects.filter(pk__gt=last).order_by("-pk"):
            undo(change=each, **IN_TEST)
            commit()
        assert said() == first
        assert retold() == first
        transaction.set_rollback(True)


@pytest.fixture
def funded_area(area: SmallArea) -> SmallArea:
    """A kept area in which a pot pays."""
    factories.funding_source()
    factories.grant(factories.user(email=KEEPER), Standing.EDITOR, area.icb)
    commit()
    return area
