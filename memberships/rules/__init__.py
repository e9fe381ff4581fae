"""What does not add up in the kept areas: the rules, what they find, and who may see it.

The rules warn and explain; people decide. `find` asks them all about everything that is kept, `find_about` about a few
records, `look_about` about what a change touches, and `compare` says what the change would bring about and settle. Which
pages show findings is left to them; how a finding is managed is written down by `memberships.actions.managed`.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ics_leadership.periods import Precision
from memberships.rules.bodies import LeftOpen
from memberships.rules.eligibility import (
    AlsoInAnotherSeat,
    NotForPractices,
    OtherProfession,
    PaidAsForbidden,
    ServedTooLong,
)
from memberships.rules.findings import Finding, Page, Way, compare, with_managed
from memberships.rules.functions import FunctionsLed
from memberships.rules.interests import Undeclared
from memberships.rules.member_rule import MemberRule
from memberships.rules.members import BasisEnded, ConflictedMember, KeptOffMember, UnfittingBasis
from memberships.rules.posts import HolderNotGP, LeaderUnpaid, NetworkWithoutDirector, not_open_to_holder
from memberships.rules.rule import Rule
from memberships.rules.scope import Scope, scope
from memberships.rules.seats import SeatUnfilled
from memberships.rules.seeing import managed_in, places_kept, visible
from memberships.rules.terms import OrganWithoutVoice, TermsOutworn
from roles.models import OpenTo

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


KEEPING_OFF: tuple[MemberRule, ...] = (
    ConflictedMember(),
    KeptOffMember(),
    UnfittingBasis(),
    NotForPractices(),
    OtherProfession(),
    AlsoInAnotherSeat(),
    ServedTooLong(),
    PaidAsForbidden(),
)
"""The rules about who should not have a seat."""


@dataclass(frozen=True)
class Seating:
    """A seat, a person and the appointment by virtue of which they would sit (None: for experience), by their ids."""

    seat: int
    person: int
    basis: int | None


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
    functions: Collection[int] = (),
) -> list[Finding]:
    """What `find` finds in the kept areas that concerns any of these, by their ids; asked of them alone."""
    sought = {
        "people": people,
        "roles": roles,
        "groups": groups,
        "organisations": organisations,
        "functions": functions,
    }
    return _found(scope(date, sought=sought))


def look_about(date: datetime.date, **sought: Collection[int]) -> tuple[list[Finding], list[Finding]]:
    """What `find_about` finds of the same; and with it what else the rules come across, of which nothing is said that was
    written down about it.

    A finding that several share may concern others on another day: it is there still, though not among the first.
    """
    where = scope(date, sought=sought)
    met = list(_met(where))
    return with_managed(finding for finding in met if where.concerns(finding)), met


def find_keeping_off(date: datetime.date, seatings: Sequence[Seating]) -> list[list[Finding]]:
    """For each of `seatings`, what the rules would find about it if somebody began to sit so on that day.

    The rules are asked about all of them at once, each beside what the register holds and none beside another.
    """
    rows = [
        {
            "id": -number,
            "seat_id": each.seat,
            "person_id": each.person,
            "basis_appointment_id": each.basis,
            **_from(date),
        }
        for number, each in enumerate(seatings, 1)
    ]
    where, found = scope(date, supposed=rows), {f"membership:{row['id']}": [] for row in rows}  # type: ignore[var-annotated]
    for rule in KEEPING_OFF if rows and where.inside else ():
        for finding in rule.find(where):
            found[finding.about].append(finding)
    return list(found.values())


def find_closed_to(date: datetime.date, holdings: Sequence[tuple[int, int]]) -> list[OpenTo | None]:
    """For each of `holdings`, a role and a person by their ids: to whom the role is open on that day, where it is not open
    to them; None where it is.
    """
    rows = [
        {"id": -number, "role_id": role, "person_id": person, **_from(date)}
        for number, (role, person) in enumerate(holdings, 1)
    ]
    where, found = scope(date, supposed=rows), dict.fromkeys((row["id"] for row in rows), None)
    if rows:
        found |= {pk: OpenTo(open_to) for pk, open_to in not_open_to_holder(where).values_list("pk", "open_to")}
    return list(found.values())


def _from(date: datetime.date) -> dict[str, str]:
    """The columns of a row that is so from a day on."""
    return {"period": f"[{date},)", "start_precision": Precision.DAY, "end_precision": Precision.DAY}


def _found(where: Scope, by: Iterable[Rule] = RULES) -> list[Finding]:
    return with_managed(finding for finding in _met(where, by) if where.concerns(finding))


def _met(where: Scope, by: Iterable[Rule] = RULES) -> Iterator[Finding]:
    """All that the rules come across, whether it concerns what is sought or not."""
    for rule in by if where.inside else ():
        if rule.may_find(where):
            yield from rule.find(where)


__all__ = [
    "KEEPING_OFF",
    "RULES",
    "Finding",
    "Page",
    "Rule",
    "Seating",
    "Way",
    "compare",
    "find",
    "find_about",
    "find_by",
    "find_closed_to",
    "find_keeping_off",
    "look_about",
    "managed_in",
    "places_kept",
    "visible",
]
