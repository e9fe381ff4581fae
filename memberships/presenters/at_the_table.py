"""At whose table, in words: the way from an organisation to each seat held for it, and the cells of organs and groups."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ics_leadership.words import list_words, period_words
from memberships.at_the_table import Cell, Gap, Level, held_for, is_representative, level_of
from memberships.models import Membership, Nature
from memberships.presenters.reasons import Piece, organisation_piece, person_piece
from organisations.models import Organisation

LEVELS = {
    Level.NEIGHBOURHOOD: "In the neighbourhood",
    Level.PLACE: "At place",
    Level.SYSTEM: "At system level",
}
EXPERIENCE = "Experience at the table"
UNSAID = "The terms do not say whether it represents"
GAPS = {
    Gap.ELSEWHERE: "Not of its area",
    Gap.VACANT: "Vacant",
    Gap.SHARED: "Others fill the seat it shares",
    Gap.NO_SEAT: "No seat drawn from it",
    Gap.NO_TERMS: "No terms recorded",
}
COUNTED = {Gap.VACANT: "where a seat is vacant", Gap.NO_SEAT: "where no seat is drawn from the organ"}
"""Gaps that are counted, after their number."""

HEADINGS = (
    "Organ",
    "Kind of organ",
    "Group",
    "Level",
    "What the terms say it is",
    "Standing",
    "Person",
    "By virtue of",
    "Category",
    "Period",
)


@dataclass(frozen=True)
class Path:
    """The way from an organisation to a table, step by step; `speaks` whether it is spoken for there, None if unsaid."""

    steps: Sequence[Piece]
    end: str
    speaks: bool | None
    how: str


def paths(organisation: Organisation, seats: Iterable[Membership], on: datetime.date) -> dict[str, list[Path]]:
    """The ways by the heading of their level; only levels at which anybody sits."""
    found: dict[str, list[Path]] = {}
    for level, heading in LEVELS.items():
        of_level = [_path(organisation, seat, on) for seat in seats if level_of(seat.seat.terms.group) == level]
        if of_level:
            found[heading] = of_level
    return found


def _path(organisation: Organisation, seat: Membership, on: datetime.date) -> Path:
    organ, group = held_for(seat), seat.seat.terms.group
    steps = [organisation_piece(organisation)]
    if organ != organisation:
        steps.append(organisation_piece(organ))
    steps += [
        Piece(f"{by_virtue_words(seat)}: {seat.person.name}", seat.person.get_absolute_url()),
        Piece(group.name, group.get_absolute_url()),
    ]
    clause = f", clause {seat.seat.clause.number}" if seat.seat.clause else ""
    how = f"{seat.seat.get_category_display()}, “{seat.seat}”{clause}; {period_words(seat, on)}"
    speaks = is_representative(seat.nature)  # type: ignore[attr-defined]
    if speaks is False:
        end = f"{EXPERIENCE}: by its terms the group represents nobody, so the way ends here."
    elif speaks is None:
        end = f"{UNSAID}."
    else:
        end = f"Sits there for {organ.name}: by its terms the group represents."
    return Path(steps, end, speaks, how)


def by_virtue_words(seat: Any) -> str:
    """By what right somebody sits for an organ: the type of their role there, or that it put them forward."""
    return seat.basis_appointment.role.role_type.name if seat.by_role else "Put forward"


@dataclass(frozen=True)
class Shown:
    """A cell: who sits with the page of each, or the words of the gap; and whether it is experience only."""

    group: str
    people: Sequence[Piece]
    gap: str
    experience: bool


def shown(cell: Cell) -> Shown:
    people = [person_piece(each.person) for each in cell.members]
    return Shown(
        cell.group.name,
        people,
        GAPS[cell.gap] if cell.gap else "",
        is_representative(cell.nature) is False and bool(people),
    )


def standing_words(cell: Cell) -> str:
    if cell.gap:
        return GAPS[cell.gap]
    return EXPERIENCE if is_representative(cell.nature) is False else "Sits"


def file_rows(table: Iterable[Sequence[Cell]], on: datetime.date) -> list[list[str]]:
    """A row for each who sits for an organ on a group, and one for each gap, under `HEADINGS`."""
    rows = []
    for cell in (cell for row in table for cell in row):
        start = [
            cell.organ.name,
            cell.organ.get_kind_display(),
            cell.group.name,
            level_of(cell.group).value,
            Nature(cell.nature).label,
            standing_words(cell),
        ]
        for each in cell.members:
            rows.append(
                [
                    *start,
                    each.person.name,
                    each.basis_appointment.role.title if each.basis_appointment else f"Put forward by {cell.organ}",
                    each.seat.get_category_display(),
                    period_words(each, on),
                ]
            )
        if not cell.members:
            rows.append([*start, "", "", "", ""])
    return rows


def gaps_sentence(table: Sequence[Sequence[Cell]]) -> str:
    """How many gaps of each sort there are among the cells shown."""
    counted = {gap: sum(cell.gap == gap for row in table for cell in row) for gap in COUNTED}
    said = [f"{number} {COUNTED[gap]}" for gap, number in counted.items() if number]
    return f"Gaps among these: {list_words(said)}." if said else "No gaps among these."
