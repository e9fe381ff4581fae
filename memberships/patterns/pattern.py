"""What a pattern of terms consists of: clauses, seats and conditions of a kind of group, to be changed before they are adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from memberships.models import Category, Condition, GroupKind, Topic
from organisations.models import Kind
from roles.models import ActsFor, OpenTo, RoleType


@dataclass(frozen=True)
class NeededType:
    """A type of role that seats are drawn from; the register may call it by this name or this plural, or lack it."""

    key: str
    name: str
    plural: str
    acts_for: ActsFor
    open_to: OpenTo
    accountable: bool = False

    def unsaved(self) -> RoleType:
        """The type as it would be made."""
        return RoleType(
            name=self.name,
            plural=self.plural,
            acts_for=self.acts_for,
            open_to=self.open_to,
            accountable=self.accountable,
        )


class Near(Enum):
    """What a pattern can only name once it is known for which group: something near that group."""

    HOST = "the organisation that hosts the group"
    BOARD = "the integrated care board of the area"


@dataclass(frozen=True)
class PatternSeat:
    """A seat: `drawn_from` a type of role, a kind of organisation, the host, or None for people with experience.

    `each_constituency` makes it a seat for each place inside the group's area, named after it, where there are places.
    """

    title: str
    category: Category
    drawn_from: NeededType | Kind | Near | None
    clause: str
    number: int = 1
    each: bool = False
    voting: bool = False
    quorum_of: int | None = None
    each_constituency: bool = False


@dataclass(frozen=True)
class PatternCondition:
    """A condition of eligibility; `of` is the kind of thing that it is about: a body near, a profession, months, a seat."""

    condition: Condition
    clause: str
    of: Near | str | int | None = None
    seat: str = ""


@dataclass(frozen=True)
class Pattern:
    """Terms for a kind of group. `facts` are fields of the form of terms, `clauses` number, text, and what it is about."""

    key: str
    kind: GroupKind
    name: str
    summary: str
    facts: Mapping[str, Any]
    clauses: Sequence[tuple[str, str, Topic | str]]
    seats: Sequence[PatternSeat]
    conditions: Sequence[PatternCondition] = field(default_factory=tuple)

    @property
    def needs(self) -> list[NeededType]:
        """The types of role that its seats are drawn from, each once."""
        types = [seat.drawn_from for seat in self.seats if isinstance(seat.drawn_from, NeededType)]
        return list(dict.fromkeys(types))
