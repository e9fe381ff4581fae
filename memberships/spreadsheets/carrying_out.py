"""Doing what confirmed rows say: their steps, taken through the register's own actions, in one change.

Whatever is refused names the row that it was refused for. The change, and with it the transaction, is the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from ics_leadership.gathering import Gathering, gathering
from ics_leadership.history import Change, replayed
from ics_leadership.refusals import in_words
from memberships import actions
from memberships.spreadsheets.verdicts import Judgement, Known, Made
from organisations import actions as organisations
from roles import actions as roles

Action = Callable[..., Any]


def _add_funding_line(*, by: Any, why: str, appointment: Any, **money: Any) -> Any:
    return actions.add_funding_line(by=by, why=why, appointment=appointment, funding=actions.Funding(**money))


ACTIONS: Mapping[str, Action] = {
    "add_person": actions.add_person,
    "correct_person": actions.correct_person,
    "add_role": roles.add_role,
    "appoint": actions.appoint,
    "correct_appointment": actions.correct_appointment,
    "end_appointment": actions.end_appointment,
    "add_funding_line": _add_funding_line,
    "correct_funding_line": actions.correct_funding_line,
    "correct_role": roles.correct_role,
    "seat_member": actions.seat_member,
    "correct_membership": actions.correct_membership,
    "end_membership": actions.end_membership,
    "add_skill": actions.add_skill,
    "add_skill_to_person": actions.add_skill_to_person,
    "correct_skill_of_person": actions.correct_skill_of_person,
    "offer_to_mentor": actions.offer_to_mentor,
    "correct_offer": actions.correct_offer,
    "add_group": actions.add_group,
    "correct_group": actions.correct_group,
    "add_organisation": organisations.add_organisation,
    "correct_organisation": organisations.correct_organisation,
    "close_organisation": organisations.close_organisation,
    "link": organisations.link,
}


ADDING = frozenset(
    ["add_person", "appoint", "add_funding_line", "seat_member", "add_skill_to_person", "offer_to_mentor"]
)
"""Those that only add rows, and read nothing of what was added before."""

AT_ONCE = 500
"""So many rows of a sheet, at most, are added together."""


class Refused(Exception):
    """The register does not take a row; `sentence` says which and why."""

    def __init__(self, number: int, refusal: ValidationError) -> None:
        self.sentence = f"Row {number}: {' '.join(refusal.messages)}"
        super().__init__(self.sentence)


def carry_out(
    judgements: Sequence[Judgement], change: Change, counted: Callable[[Sequence[Judgement]], Iterable[Judgement]]
) -> None:
    """Take the steps of these rows within `change`; `counted` gives the rows one by one, noting how many were given.

    Raises Refused, after which nothing of the change may be kept.
    """
    carrying = _Carrying(change, _records(judgements))
    with replayed(change), gathering() as this:
        for together in carrying.together(counted(judgements)):
            if len(together) == 1 or not carrying.add(together, this):
                for judgement in together:
                    carrying.take(judgement)


class _Carrying:
    """Takes the steps of one row after the other, with what earlier ones made."""

    def __init__(self, change: Change, records: Mapping[Known, Model]) -> None:
        self._change = change
        self._records = records
        self._made: dict[str, Model] = {}

    def together(self, judgements: Iterable[Judgement]) -> Iterator[list[Judgement]]:
        """The rows in their order: those that only add one after the other together, the others one by one."""
        waiting: list[Judgement] = []
        for judgement in judgements:
            only_adds = all(step.action in ADDING or step.makes in self._made for step in judgement.steps)
            if waiting and (not only_adds or len(waiting) == AT_ONCE):
                yield waiting
                waiting = []
            if only_adds:
                waiting.append(judgement)
            else:
                yield [judgement]
        if waiting:
            yield waiting

    def add(self, judgements: Sequence[Judgement], gathering: Gathering) -> bool:
        """Take the steps of rows that only add, and write what they add together; whether the database takes it all.

        If not, it is as if nothing had been tried: one by one it will be seen which row is refused.
        """
        before = set(self._made)
        try:
            with transaction.atomic(), gathering.adds():
                for judgement in judgements:
                    self._take_steps(judgement)
        except IntegrityError:
            self._made = {key: self._made[key] for key in before}
            gathering.forget_addresses()
            return False
        return True

    def take(self, judgement: Judgement) -> None:
        """Take the steps of a row. Raises Refused."""
        try:
            with in_words():
                self._take_steps(judgement)
        except ValidationError as refusal:
            raise Refused(judgement.row.number, refusal) from refusal

    def _take_steps(self, judgement: Judgement) -> None:
        for step in judgement.steps:
            if step.makes and step.makes in self._made:
                continue
            facts = {name: self._given(fact) for name, fact in step.facts.items()}
            row = ACTIONS[step.action](by=self._change.by, why=self._change.why, **facts)
            if step.makes:
                self._made[step.makes] = row

    def _given(self, fact: Any) -> Any:
        if isinstance(fact, Known):
            return self._records[fact]
        return self._made[fact.key] if isinstance(fact, Made) else fact


def _records(judgements: Iterable[Judgement]) -> dict[Known, Model]:
    """The records that the steps refer to, those to be changed locked until the change is through."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for judgement in judgements:
        for step in judgement.steps:
            for fact in step.facts.values():
                if isinstance(fact, Known):
                    wanted[fact.model].add(fact.pk)
    found: dict[Known, Model] = {}
    for model, ids in wanted.items():
        # In one order, so that two who import at once wait for each other and do not lock each other out.
        for row in model._default_manager.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"):
            found[Known(model, row.pk)] = row
    return found
