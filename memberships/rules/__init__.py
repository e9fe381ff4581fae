"""What does not add up in the kept areas: the rules, what they find, and who may see it.

The rules warn and explain; people decide. `find` asks them all about everything that is kept, `find_about` about what a
change touches, and `compare` says what the change would bring about and settle. Which pages show findings is left to
them; how a finding is managed is written down by `memberships.actions.managed`.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from memberships.rules.bodies import LeftOpen
from memberships.rules.eligibility import AlsoInAnotherSeat, NotForPractices, OtherProfession, ServedTooLong
from memberships.rules.findings import Finding, Page, Way, compare, with_managed
from memberships.rules.functions import FunctionsLed
from memberships.rules.interests import Undeclared
from memberships.rules.members import BasisEnded, ConflictedMember, KeptOffMember, UnfittingBasis
from memberships.rules.posts import HolderNotGP, LeaderUnpaid, NetworkWithoutDirector
from memberships.rules.rule import Rule
from memberships.rules.scope import Scope, scope
from memberships.rules.seats import SeatUnfilled
from memberships.rules.seeing import managed_in, visible
from memberships.rules.terms import OrganWithoutVoice, TermsOutworn

RULES: tuple[Rule, ...] = (
    ConflictedMember(),
    KeptOffMember(),
    UnfittingBasis(),
    BasisEnded(),
    SeatUnfilled(),
    OrganWithoutVoice(),
    TermsOutworn(),
    NetworkWithoutDirector(),
    HolderNotGP(),
    LeaderUnpaid(),
    LeftOpen(),
    FunctionsLed(),
    NotForPractices(),
    OtherProfession(),
    AlsoInAnotherSeat(),
    ServedTooLong(),
    Undeclared(),
)
"""In the order of `domain.md`; then what groups ask of members in their own terms."""


KEEPING_OFF = tuple(
    rule
    for rule in RULES
    if isinstance(
        rule,
        ConflictedMember
        | KeptOffMember
        | UnfittingBasis
        | LeaderUnpaid
        | NotForPractices
        | OtherProfession
        | AlsoInAnotherSeat
        | ServedTooLong,
    )
)
"""The rules about who should not have a seat."""


def find(date: datetime.date, areas: Iterable[int] | None = None) -> list[Finding]:
    """Everything that the rules find on a day in the kept areas, or in what of them lies inside the organisations
    `areas`; rule by rule, and what was written down about each finding. Asks a fixed number of queries.
    """
    return _found(scope(date, areas))


def find_by(rule: Rule, date: datetime.date, areas: Iterable[int] | None = None) -> list[Finding]:
    """What `find` finds by one rule."""
    return _found(scope(date, areas), (rule,))


def find_about(
    date: datetime.date,
    *,
    people: Collection[int] = (),
    roles: Collection[int] = (),
    groups: Collection[int] = (),
    organisations: Collection[int] = (),
) -> list[Finding]:
    """What `find` finds in the kept areas that concerns any of these, by their ids; asked of them alone."""
    sought = {"people": people, "roles": roles, "groups": groups, "organisations": organisations}
    return _found(scope(date, sought=sought))


def find_keeping_off(date: datetime.date, people: Collection[int]) -> list[Finding]:
    """What `find` finds about some people by the rules that say who should not have a seat."""
    return _found(scope(date, sought={"people": people}), KEEPING_OFF)


def _found(where: Scope, by: Iterable[Rule] = RULES) -> list[Finding]:
    if not where.inside:
        return []
    return with_managed(finding for rule in by for finding in rule.find(where) if where.concerns(finding))


__all__ = [
    "KEEPING_OFF",
    "RULES",
    "Finding",
    "Page",
    "Rule",
    "Way",
    "compare",
    "find",
    "find_about",
    "find_by",
    "find_keeping_off",
    "managed_in",
    "visible",
]
