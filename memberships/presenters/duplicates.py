"""Entries that may be one person's, in words: why they look alike, how they differ, what is chosen when they become one."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.text import capfirst

from ics_leadership import recorded
from ics_leadership.periods import Dated, today
from ics_leadership.words import count_words, day_words, list_words, period_words
from memberships.duplicates import Likeness, Pair
from memberships.merging import Clash, Reference, Resolution
from memberships.models import (
    Appointment,
    Deputy,
    InterestDeclaration,
    Membership,
    MentorOffer,
    Person,
    PersonAccount,
    PersonSkill,
)
from memberships.presenters.holdings import role_words
from memberships.presenters.reasons import Piece

NOTHING = "nothing"
ENTERED = "Entered"


@dataclass(frozen=True)
class Look:
    """Why two entries look like one person's: in a word, and for and against."""

    band: str
    score: int
    reasons: str
    against: str


def look(likeness: Likeness, *, numbers_shown: bool) -> Look:
    """A likeness in words; the registration number itself only for who may see both."""

    def said(against: bool) -> str:
        words = [
            f"{reason.words} ({reason.number})" if reason.number and numbers_shown else reason.words
            for reason in likeness.reasons
            if reason.against == against
        ]
        return f"{capfirst('; '.join(words))}." if words else ""

    return Look(likeness.band, likeness.score, said(against=False), said(against=True))


@dataclass(frozen=True)
class PairRow:
    """A row of the list. `merge` is empty where not both entries are the reader's to change."""

    first: Person
    second: Person
    lines: tuple[str, str]
    look: Look
    compare: str
    merge: str


def pair_row(pair: Pair, people: Mapping[int, Person], editable: Collection[int]) -> PairRow:
    """A row from a pair, its people with `roles_then` by id, and the ids of those that the reader may change."""
    first, second = people[pair.first], people[pair.second]
    both = pair.first in editable and pair.second in editable
    return PairRow(
        first=first,
        second=second,
        lines=(person_line(first), person_line(second)),
        look=look(pair.likeness, numbers_shown=both),
        compare=reverse("duplicate", args=[pair.first, pair.second]),
        merge=merge_address(first, second) if both else "",
    )


def merge_address(keep: Person, drop: Person) -> str:
    """The page on which two entries become one, the first of which stays."""
    return f"{reverse('merge-person', args=[keep.slug])}?with={drop.slug}"


def person_line(person: Person) -> str:
    """Profession and roles of today, which tell namesakes apart; from a person with `roles_then`."""
    held = [role_words(each.role) for each in person.roles_then]  # type: ignore[attr-defined]
    said = [person.get_profession_display(), list_words(held[:2]) or "no role today"]
    if len(held) > 2:
        said.append(count_words(len(held) - 2, "more role"))
    return "; ".join(part for part in said if part)


@dataclass(frozen=True)
class Facts:
    """What the register holds of one entry, for putting two side by side."""

    person: Person
    appointments: Sequence[Appointment]
    seats: Sequence[Membership]
    entered: datetime.datetime | None
    private_shown: bool


@dataclass(frozen=True)
class Beside:
    """One fact of two entries: `cells` in lines with links, one for each; `differs` when they do not say the same."""

    label: str
    cells: tuple[Sequence[Piece], Sequence[Piece]]

    @property
    def differs(self) -> bool:
        return self.label != ENTERED and [each.text for each in self.cells[0]] != [each.text for each in self.cells[1]]


def side_by_side(one: Facts, other: Facts) -> list[Beside]:
    """The facts of two entries; those that neither has, or the reader may not see, are left out."""
    cells = [_cells(one), _cells(other)]
    private = () if one.private_shown and other.private_shown else ("Registration", "Private note")
    labels = [label for label in cells[0] if label not in private]
    rows = [Beside(label, (cells[0][label], cells[1][label])) for label in labels]
    return [row for row in rows if row.cells[0] or row.cells[1]]


def _cells(facts: Facts) -> dict[str, list[Piece]]:
    person, on = facts.person, today()
    return {
        "Name": [Piece(person.name, person.get_absolute_url())],
        "Profession": _words(person.get_profession_display()),
        "Registration": _words(person.registration_number),
        "Work e-mail": _words(person.work_email),
        "Work telephone": _words(person.work_telephone),
        "Private note": _words(person.note),
        "Roles": [
            Piece(
                f"{role_words(each.role)}, {period_words(each, on)}",
                each.role.get_absolute_url(),
            )
            for each in facts.appointments
        ],
        "Seats": [
            Piece(
                f"{each.seat.title}, {each.seat.terms.group.name}, {period_words(each, on)}",
                each.seat.terms.group.get_absolute_url(),
            )
            for each in facts.seats
        ],
        ENTERED: _words(f"{facts.entered:%-d %B %Y}" if facts.entered else ""),
    }


def _words(text: str) -> list[Piece]:
    return [Piece(text)] if text else []


# --- choosing, when two become one


def fact_choices(field: Any, keep: Person, drop: Person) -> list[tuple[str, str]]:
    """What can be chosen for one fact of a person."""
    choices = [
        (Resolution.THIS.value, f"{_said(keep, field)} (the entry that stays)"),
        (Resolution.THAT.value, f"{_said(drop, field)} (the entry that goes)"),
    ]
    if field.name == "note" and keep.note and drop.note:
        choices.append((Resolution.WIDEN.value, "Both, one after the other"))
    return choices


def _said(person: Person, field: Any) -> str:
    if field.choices:
        return str(getattr(person, f"get_{field.name}_display")() or capfirst(NOTHING))
    value = getattr(person, field.name)
    return f"“{value}”" if value else capfirst(NOTHING)


_BOTH: dict[type[Model], str] = {
    Appointment: "Both hold or held",
    Membership: "Both sit or sat as",
    PersonSkill: "Both have the skill",
    PersonAccount: "Both have an account",
    Deputy: "Both sit in for",
    InterestDeclaration: "Both declared interests on",
}


def clash_label(clash: Clash) -> str:
    """What both entries say at once: "Both hold or held PCN Clinical Director, Tarrow Vale PCN"."""
    about = _about(clash.of_kept[0])
    return f"{_BOTH[clash.model]} {about}" if about else _BOTH[clash.model]


def clash_choices(clash: Clash) -> list[tuple[str, str]]:
    """What can become of it, each in words that say which rows stay."""
    words = {
        Resolution.THIS: f"{_rows(clash.of_kept)} (the entry that stays)",
        Resolution.THAT: f"{_rows(clash.of_dropped)} (the entry that goes)",
        Resolution.WIDEN: "One, from the earliest start to the latest end of both",
        Resolution.APART: "Keep both: they are not the same",
    }
    return [(each.value, words[each]) for each in clash.choices]


def _about(row: Any) -> str:
    if isinstance(row, Appointment):
        return role_words(row.role)
    if isinstance(row, Membership):
        return f"{row.seat.title}, {row.seat.terms.group.name}"
    if isinstance(row, PersonSkill):
        return row.skill.name
    if isinstance(row, InterestDeclaration):
        return day_words(row.declared_on)
    if isinstance(row, Deputy):
        return f"{row.membership.person.name}, {row.membership.seat.terms.group.name}"
    return ""


def _rows(rows: Sequence[Any]) -> str:
    return str(capfirst("; ".join(_details(row) for row in rows)))


def _details(row: Any) -> str:
    said: list[str] = []
    if isinstance(row, PersonAccount):
        said.append(str(row.account.email))
    if isinstance(row, Dated):
        said.append(period_words(row, today()))
    if isinstance(row, Appointment):
        said += [row.get_how_display().lower(), _by("made by", row.made_by), _by("employed by", row.employer)]
    if isinstance(row, Membership):
        said.append(_by("as", row.basis_appointment and row.basis_appointment.role) or f"for {row.basis_experience}")
        said.append(_by("put forward by", row.put_forward_by))
    if isinstance(row, PersonSkill):
        said.append(_by("through", row.gained_through))
    return ", ".join(part for part in said if part)


def _by(word: str, of: object) -> str:
    return f"{word} {of}" if of else ""


# --- what moves, and what was added since


@dataclass(frozen=True)
class Moving:
    """Rows of one kind that move with an entry."""

    title: str
    rows: Sequence[str]


_MOVES = {"attends_for": "Attended for by others"}


def moving_rows(found: Sequence[tuple[Reference, Sequence[Any]]], resolved: Sequence[Clash]) -> list[Moving]:
    """Everything that moves, by kind, but for what both entries say: that is resolved."""
    chosen = {(clash.model, pk) for clash in resolved for pk in clash.pks}
    kinds = [
        Moving(
            _MOVES.get(reference.field) or _kind(reference.model),
            [row_words(row) for row in rows if (reference.model, row.pk) not in chosen],
        )
        for reference, rows in found
    ]
    return [kind for kind in kinds if kind.rows]


def _kind(model: type[Model]) -> str:
    return str(capfirst(model._meta.verbose_name_plural))


def row_words(row: Any) -> str:
    """A row that refers to somebody, as a line of a list that is about them."""
    details = _details(row)
    name = (_about(row) or _other_words(row)).strip()
    return ", ".join(part for part in (name, details) if part)


def _other_words(row: Any) -> str:
    if isinstance(row, MentorOffer):
        return row.offer
    return "" if isinstance(row, PersonAccount) else recorded.of(type(row)).name(row)
