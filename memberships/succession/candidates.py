"""People whom something speaks for, and what does."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from memberships.could_sit import Verdict
from memberships.models import Person
from roles.models import OpenTo


class Reason(IntEnum):
    """What can speak for somebody, in the order in which people are shown."""

    FOLLOWS = 1
    DEPUTISES = 2
    OFFERED = 3
    DRAWN_FROM = 4
    SAME_TYPE = 5
    HELD_SAME_TYPE = 6
    SAME_BODY = 7
    SKILLS = 8
    MENTORS = 9


@dataclass
class Candidate:
    """Somebody whom something speaks for: each reason with the rows that it rests on; and whether they may have the seat,
    or to whom the role is open, where it is not open to them. A reader who is not told of that finds neither.
    """

    person: Person
    reasons: dict[Reason, list[Any]] = field(default_factory=dict)
    verdict: Verdict | None = None
    closed_to: OpenTo | None = None

    @property
    def is_kept_off(self) -> bool:
        return self.closed_to is not None or (self.verdict is not None and not self.verdict.nothing_does)

    @property
    def is_expected(self) -> bool:
        """Whether they deputise or are recorded to follow, or offered it and do not have it yet, and so are named though
        something keeps them off.
        """
        has_it = self.verdict is not None and self.verdict.sits
        return not self.reasons.keys().isdisjoint((Reason.FOLLOWS, Reason.DEPUTISES)) or (
            Reason.OFFERED in self.reasons and not has_it
        )

    def add(self, reason: Reason, row: Any) -> None:
        self.reasons.setdefault(reason, []).append(row)
