"""Where a proposal stands: what the decision rule of the terms makes of the answers that count on a day.

Plain functions of values, without a query: what is loaded for them is `memberships.proposals`' matter, how it is said that
of `presenters.proposals`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ics_leadership.periods import ONE_DAY
from memberships.models import DecisionRule, Says


@dataclass(frozen=True)
class Said:
    """One answer: what, and on which day."""

    says: Says
    on: datetime.date


@dataclass(frozen=True)
class Asked:
    """One party: a group or an organ, since when it has been asked, and all that it answered, in order; `until` is the last
    day of an organ that closes.
    """

    name: str
    is_group: bool
    since: datetime.date
    answers: Sequence[Said] = ()
    until: datetime.date | None = None

    def says(self, on: datetime.date) -> Says | None:
        """The answer that counts on a day: the latest that was given by then, while there was anybody to give it."""
        last = min(on, self.until or on)
        return next((each.says for each in reversed(self.answers) if each.on <= last), None)

    def is_gone(self, on: datetime.date) -> bool:
        """Whether it closed before that day and had not answered."""
        return self.until is not None and self.until < on and self.says(on) is None


class Outcome(StrEnum):
    """What has become of a proposal."""

    OPEN = "open"
    AGREED = "agreed"
    STOPPED = "stopped"
    """Somebody objects whose consent is needed."""
    LOST = "lost"
    """The vote went against it, or nobody voted for it."""
    ANSWERED = "answered"
    """All have answered; the terms do not say what follows."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """Where a proposal stands, with the parties that count towards it; `first` are the groups that are to decide before.

    `heard` answered and do not count: their consent is not needed by the rule, or their vote came too late. Whoever has not
    voted in time is among those who are `waiting`. Who is `gone` closed before they answered, and counts no more.
    """

    outcome: Outcome
    agree: Sequence[Asked] = ()
    object: Sequence[Asked] = ()
    abstain: Sequence[Asked] = ()
    waiting: Sequence[Asked] = ()
    first: Sequence[Asked] = ()
    heard: Sequence[Asked] = ()
    gone: Sequence[Asked] = ()

    @property
    def counted(self) -> int:
        """How many count towards it."""
        return len(self.agree) + len(self.object) + len(self.abstain) + len(self.waiting)

    @property
    def is_settled(self) -> bool:
        return self.outcome is not Outcome.OPEN


def standing(
    rule: DecisionRule | str,
    asked: Iterable[Asked],
    *,
    on: datetime.date,
    answer_by: datetime.date | None = None,
    withdrawn_on: datetime.date | None = None,
) -> Standing:
    """Where a proposal stands on a day, by the rule of the terms in force when it was put.

    - Consensus, of the organs or of those at the table: all who count must agree, an objection stops it, who abstains
      stands aside; but not all may. Of the organs: groups that were asked are heard and do not count, unless nobody else
      was asked.
    - The group first, then every organ: until all groups have agreed it waits for them; then as of the organs.
    - Majority: more agree than object. Who abstains does not vote; nor does who has not by the last day, and what is said
      later is heard only. It is decided as soon as nobody who has still to vote can turn it.
    - The terms do not say: it is counted, no more.

    Who closed before they answered counts no more from the day after, by any rule; a vote that is over is not touched by it.
    """
    there = [each for each in asked if each.since <= on]
    if withdrawn_on and on >= withdrawn_on:
        # As it stood when it was withdrawn.
        found = standing(rule, there, on=withdrawn_on - ONE_DAY, answer_by=answer_by)
        return replace(found, outcome=Outcome.WITHDRAWN)
    closes = min(on, answer_by or on) if rule == DecisionRule.VOTE else on
    gone = [each for each in there if each.is_gone(closes)]
    parties = [each for each in there if each not in gone]
    asks_organs = any(not each.is_group for each in there)
    return replace(_by_rule(rule, parties, on, answer_by, asks_organs), gone=gone)


def _by_rule(
    rule: DecisionRule | str,
    parties: Sequence[Asked],
    on: datetime.date,
    answer_by: datetime.date | None,
    asks_organs: bool,
) -> Standing:
    if rule == DecisionRule.VOTE:
        return _majority(parties, on, answer_by)
    if rule == DecisionRule.CONSENSUS:
        return _consensus(parties, on)
    if rule == DecisionRule.ORGANS:
        organs, groups = _divided(parties)
        return _consensus(organs, on, heard=_spoken(groups, on)) if asks_organs else _consensus(groups, on)
    if rule == DecisionRule.TWO_STAGE:
        return _two_stage(parties, on, asks_organs)
    counted = _counted(parties, on)
    return counted if counted.waiting or not parties else replace(counted, outcome=Outcome.ANSWERED)


def _counted(parties: Iterable[Asked], on: datetime.date, heard: Sequence[Asked] = ()) -> Standing:
    by: dict[Says | None, list[Asked]] = {says: [] for says in (*Says, None)}
    for each in parties:
        by[each.says(on)].append(each)
    return Standing(Outcome.OPEN, by[Says.AGREES], by[Says.OBJECTS], by[Says.ABSTAINS], by[None], heard=heard)


def _divided(parties: Iterable[Asked]) -> tuple[list[Asked], list[Asked]]:
    """The organs, and the groups."""
    organs: list[Asked] = []
    groups: list[Asked] = []
    for each in parties:
        (groups if each.is_group else organs).append(each)
    return organs, groups


def _spoken(parties: Iterable[Asked], on: datetime.date) -> list[Asked]:
    return [each for each in parties if each.says(on)]


def _consensus(parties: Sequence[Asked], on: datetime.date, heard: Sequence[Asked] = ()) -> Standing:
    found = _counted(parties, on, heard)
    if found.object:
        return replace(found, outcome=Outcome.STOPPED)
    if found.waiting or not parties:
        return found
    return replace(found, outcome=Outcome.AGREED if found.agree else Outcome.LOST)


def _two_stage(parties: Sequence[Asked], on: datetime.date, asks_organs: bool) -> Standing:
    organs, groups = _divided(parties)
    before = _consensus(groups, on)
    if not asks_organs:
        return before
    if not groups or before.outcome is Outcome.AGREED:
        return _consensus(organs, on, heard=_spoken(groups, on))
    return replace(
        _counted(organs, on), outcome=before.outcome, first=before.object or before.waiting or before.abstain
    )


def _majority(parties: Sequence[Asked], on: datetime.date, answer_by: datetime.date | None) -> Standing:
    last = min(on, answer_by or on)
    heard = [each for each in parties if each.says(last) is None and each.says(on)]
    found = _counted(parties, last, heard)
    still_to_vote = len(found.waiting) if on <= (answer_by or on) else 0
    if len(found.agree) > len(found.object) + still_to_vote:
        return replace(found, outcome=Outcome.AGREED)
    if parties and len(found.object) >= len(found.agree) + still_to_vote:
        return replace(found, outcome=Outcome.LOST)
    return found
