"""Doing what confirmed rows say: their steps, taken through the register's own actions, in one change.

Whatever is refused names the row that it was refused for. The change, and with it the transaction, is the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from ics_leadership.history import Change, replayed
from ics_leadership.refusals import in_words
from memberships import actions
from memberships.spreadsheets.verdicts import Judgement, Known, Made, Step
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
    records = _records(judgements)
    made: dict[str, Model] = {}
    with replayed(change):
        for judgement in counted(judgements):
            try:
                with in_words():
                    for step in judgement.steps:
                        _take(step, change, records, made)
            except ValidationError as refusal:
                raise Refused(judgement.row.number, refusal) from refusal


def _take(step: Step, change: Change, records: Mapping[Known, Model], made: dict[str, Model]) -> None:
    if step.makes and step.makes in made:
        return

    def given(fact: Any) -> Any:
        if isinstance(fact, Known):
            return records[fact]
        return made[fact.key] if isinstance(fact, Made) else fact

    facts = {name: given(fact) for name, fact in step.facts.items()}
    row = ACTIONS[step.action](by=change.by, why=change.why, **facts)
    if step.makes:
        made[step.makes] = row


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
