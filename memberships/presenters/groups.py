"""A group in words and rows: what a reader wants first, what ends next, whom its seats come from, what it is for.

Who sits on it is left to `presenters/sitting.py`, what its terms say and how they changed to `presenters/terms.py`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ics_leadership.periods import ONE_DAY, Precision
from ics_leadership.pictures import Part, StackRow
from ics_leadership.words import count_words, day_words, period_words
from memberships.going_on import last_in_turn
from memberships.models import Category, DrawnFrom, Group, GroupFunding, GroupRemit, Membership, Person, Terms
from memberships.places import taking_places
from memberships.presenters.reasons import Piece, terms_words, version_words
from memberships.presenters.sitting import (
    HEADINGS,
    Ending,
    OpenSeat,
    Sitter,
    TablePart,
    reason_of,
    seat_ending,
)
from memberships.presenters.terms import capital
from memberships.seating import AT_THE_TABLE, NO_ROLE, Members
from organisations.models import Organisation, Sector
from roles.models import Part as PartPlayed

# --- first, for a phone


@dataclass(frozen=True)
class KeyFacts:
    """What a reader with a phone wants first; `open` are the core seats that nobody holds."""

    chairs: list[Sitter | OpenSeat]
    core: list[Sitter]
    open: list[OpenSeat]
    next: list[Ending]


SHOWN_ENDINGS = 3


def key_facts(parts: Iterable[TablePart], ends: Sequence[Ending]) -> KeyFacts:
    """The chair, the core members' names and what ends next, out of who sits and what ends."""
    rows = {part.heading: part.rows for part in parts}
    core = rows.get(HEADINGS[Category.CORE], [])
    return KeyFacts(
        chairs=rows.get(HEADINGS[Category.CHAIR], []),
        core=[row for row in core if isinstance(row, Sitter)],
        open=[row for row in core if isinstance(row, OpenSeat)],
        next=list(ends[:SHOWN_ENDINGS]),
    )


# --- what ends next


def endings(
    group: Group, members: Members, terms: Terms | None, funding: Iterable[GroupFunding], on: datetime.date
) -> list[Ending]:
    """What is known to end from the day `on`, the next first: group, seats, the appointments under them, terms, funding."""
    found = [Ending(group.end_date, group.end_precision, "The group itself")] if group.end_date else []
    for membership in members.sitting:
        seat = seat_ending(last_in_turn(membership, members.of_those_who_sit))
        basis = membership.basis_appointment
        if seat:
            found.append(seat)
        if basis and basis.end_date and (not seat or basis.end_date < seat.date):
            what = f"{membership.person.name}’s appointment as {basis.role.title}"
            found.append(Ending(basis.end_date, basis.end_precision, what, membership.person.get_absolute_url()))
    if terms and terms.end_date:
        found.append(Ending(terms.end_date, terms.end_precision, capital(terms_words(terms)), "#terms"))
    if terms and terms.review_on:
        found.append(Ending(terms.review_on, Precision.DAY, "Terms of reference to be reviewed", "#terms"))
    for line in funding:
        if line.end_date:
            found.append(Ending(line.end_date, line.end_precision, f"Funding: {line.funding_source}"))
    return sorted({ending for ending in found if ending.date >= on})


# --- whom the seats come from

VACANT = "vacant"
_SECTOR_LABELS = {
    **dict(Sector.choices),
    DrawnFrom.EXPERIENCE.value: "For experience",
    NO_ROLE: "No role on this day",
    VACANT: "Vacant",
}


def sector_rows(
    sitting: Sequence[Membership],
    terms: Terms | None,
    former: Mapping[int, Mapping[str, int]],
    versions: Iterable[Terms],
    *,
    on: datetime.date,
    kept: bool,
) -> list[StackRow]:
    """Bars of seats by sector: at the table on the day `on`, in attendance, and at the table when each former version
    of the terms ended (`former`, by the version's id)."""
    rows = []
    seated = taking_places(sitting)
    at_table = _by_sector((row for row in seated if row.seat.category in AT_THE_TABLE), on)
    if terms and kept:
        seats: list[Any] = [seat for seat in terms.seats.all() if seat.category in AT_THE_TABLE]
        at_table[VACANT] = sum(seat.open for seat in seats)
    around_it = _by_sector((row for row in seated if row.seat.category not in AT_THE_TABLE), on)
    for label, counts in (
        (f"Chair and core members, {day_words(on)}", at_table),
        ("In attendance and observing", around_it),
        *(
            (f"Chair and core members, {day_words(version.end_date)} ({version_words(version)})", former[version.pk])
            for version in versions
            if version.pk in former
        ),
    ):
        if sum(counts.values()):
            rows.append(_stack_row(label, counts))
    return rows


def _by_sector(memberships: Iterable[Membership], on: datetime.date) -> Counter[str]:
    return Counter(_sector(row, on) for row in memberships)


def _sector(membership: Membership, on: datetime.date) -> str:
    basis = membership.basis_appointment
    if basis is None:
        return DrawnFrom.EXPERIENCE.value
    return basis.role.organisation.sector if basis.holds(on) else NO_ROLE


def _stack_row(label: str, counts: Mapping[str, int]) -> StackRow:
    vacant = counts.get(VACANT, 0)
    line = count_words(sum(counts.values()), "seat") + (f", {vacant} of them vacant" if vacant else "")
    parts = [Part(kind, name, counts[kind], "#who-sits") for kind, name in _SECTOR_LABELS.items() if counts.get(kind)]
    return StackRow(label, parts, line)


# --- what the group is for


@dataclass(frozen=True)
class RemitWords:
    """A version of the remit: its summary and, for each part that the group plays, the functions."""

    title: str
    in_force: bool
    summary: str
    parts: list[tuple[str, list[str]]]


def remit_words(remit: GroupRemit, on: datetime.date) -> RemitWords:
    """A version of what the group is responsible for."""
    parts = []
    for part in PartPlayed:
        functions = [row.function.name for row in remit.functions.all() if row.part == part]
        if functions:
            parts.append((capital(part.label), functions))
    return RemitWords(f"Remit {period_words(remit, on)}", remit.holds(on), remit.summary, parts)


# --- who sat, who will


@dataclass(frozen=True)
class OtherMember:
    """Somebody who sat on the group, or is to: how, when, and why."""

    name: str
    href: str
    category: str
    when: str
    reason: tuple[Piece, ...]
    invented: bool


def other_members(memberships: Iterable[Membership], on: datetime.date) -> list[OtherMember]:
    """Rows for those who no longer sit, or do not sit yet."""
    return [
        OtherMember(
            name=row.person.name,
            href=row.person.get_absolute_url(),
            category=Category(row.seat.category).label,
            when=capital(period_words(row, on)),
            reason=reason_of(row, on).pieces,
            invented=row.person.invented,
        )
        for row in memberships
    ]


# --- whether there is such a group on the day


@dataclass(frozen=True)
class Absence:
    """That there was no such group on the day shown, and a day on which there was."""

    sentence: str
    date: datetime.date


def absence(group: Group, on: datetime.date) -> Absence | None:
    """What to say on a day before the group began or after it ended; None on the days between."""
    lower, upper = group.period.lower, group.period.upper
    if lower and on < lower:
        if group.start_precision == Precision.BY:
            first = f"This group is first recorded on {day_words(lower)}"
            return Absence(f"{first}; the register does not know since when it existed.", lower)
        begins = period_words(group, lower).removesuffix(" (not yet begun)")
        return Absence(f"This group had not begun on {day_words(on)}. The register has it {begins}.", lower)
    if upper and upper <= on:
        return Absence(f"This group had ended by {day_words(on)}. It ran {period_words(group, on)}.", upper - ONE_DAY)
    return None


# --- a row of the list


@dataclass(frozen=True)
class GroupRow:
    """A group in the list. `chairs` are pairs of name and address; `no_chair` and `open` say what is not held."""

    name: str
    href: str
    invented: bool
    kind: str
    covers: Organisation | None
    host: Organisation
    chairs: list[tuple[str, str]]
    no_chair: str
    sitting: int
    open: str
    standing: str
    vacant: bool


def group_row(group: Any, on: datetime.date) -> GroupRow:
    """A row from a group as `seating.with_table` loads it."""
    chairs = [Person(**named) for named in group.chairs]
    there = group.holds(on)
    vacant = group.is_kept and group.has_terms and there
    return GroupRow(
        name=group.name,
        href=group.get_absolute_url(),
        invented=group.invented,
        kind=group.get_kind_display(),
        covers=group.covers,
        host=group.host,
        chairs=[(chair.name, chair.get_absolute_url()) for chair in chairs],
        no_chair="Vacant" if vacant else "Not recorded" if there else "",
        sitting=group.sitting,
        open=count_words(group.open_seats, "seat") if vacant and group.open_seats else "",
        standing="" if there else capital(period_words(group, on)),
        vacant=vacant,
    )
