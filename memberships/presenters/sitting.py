"""Who sits on a group, how and since when, and which of its seats nobody holds: rows for the group's page.

The sentence beside each name is left to `presenters/reasons.py`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ics_leadership.periods import ONE_DAY, Precision
from ics_leadership.words import count_words, day_words, period_words, span_words
from memberships.going_on import last_in_turn
from memberships.holdings import soon_after
from memberships.models import Category, DrawnFrom, Membership, Terms
from memberships.presenters.holdings import acts_for_words
from memberships.presenters.paying import paid_pieces
from memberships.presenters.reasons import Piece, Reason, reason, terms_words, version_words
from memberships.presenters.terms import capital, drawn_from_words, months_words, open_for_words
from memberships.seating import AT_THE_TABLE


@dataclass(frozen=True)
class Sitter:
    """Somebody in a seat.

    `kind` is what `acts_for` says of the day; `paid` says who pays for the post by virtue of which they sit, a sentence for
    each source, never how much; `tags` are pairs of text and kind.
    """

    row: Membership
    name: str
    href: str
    kind: str
    when: str
    aside: list[str]
    tags: list[tuple[str, str]]
    reason: Reason
    paid: Sequence[Sequence[Piece]]
    invented: bool


@dataclass(frozen=True)
class OpenSeat:
    """Places of a seat in which nobody sits: vacant, or, where nobody keeps the area, not recorded."""

    seat: int
    """Its number, by which it is filled."""
    label: str
    vacant: bool
    title: str
    why: str
    terms: str


@dataclass(frozen=True)
class TablePart:
    """Those who sit in one way: chair, core members, in attendance, observers."""

    heading: str
    anchor: str
    count: str
    rows: list[Sitter | OpenSeat]


HEADINGS = {
    Category.CHAIR: "Chair",
    Category.CORE: "Core members",
    Category.ATTENDING: "In attendance",
    Category.OBSERVER: "Observers",
}


def table(
    sitting: Sequence[Membership],
    terms: Terms | None,
    *,
    on: datetime.date,
    kept: bool,
    history: Iterable[Membership],
    last_held: Mapping[int, Membership],
    evidence: Mapping[int, str],
) -> list[TablePart]:
    """Who sits on the day `on`, by how they sit, with the seats of the version in force that nobody holds.

    `history` are all memberships in the group of those who sit; `last_held` says who left each seat last; `evidence` are
    those of appointments, by id, that the reader may see.
    """
    histories = _by_person(history)
    seats: list[Any] = list(terms.seats.all()) if terms else []
    parts = []
    for category, heading in HEADINGS.items():
        rows: list[Sitter | OpenSeat] = []
        mine = [membership for membership in sitting if membership.seat.category == category]
        for seat in (seat for seat in seats if seat.category == category):
            rows += [
                _sitter(row, histories[row.person_id], on, evidence, kept=kept)
                for row in mine
                if row.seat_id == seat.pk
            ]
            if seat.open and terms:
                rows.append(_open_seat(seat, terms, last_held.get(seat.pk), kept=kept))
        in_force = {seat.pk for seat in seats}
        rows += [
            _sitter(row, histories[row.person_id], on, evidence, kept=kept)
            for row in mine
            if row.seat_id not in in_force
        ]
        if rows:
            parts.append(TablePart(heading, category.replace("_", "-"), _count(mine, seats, category, kept=kept), rows))
    return parts


def _count(sitting: Sequence[Membership], seats: Iterable[Any], category: Category, *, kept: bool) -> str:
    """How many of the seats under the terms are held, as words; empty where the row of a single seat says it all."""
    places = sum(seat.places for seat in seats if seat.category == category)
    people = len({row.person_id for row in sitting})
    if category == Category.CHAIR and people == places == 1:
        return ""
    if not people:
        if places == 1:
            return "Vacant" if kept else ""
        return f"{count_words(places, 'seat')}{', all vacant' if kept else ''}"
    if not places:
        return count_words(people, "person", "people")
    return f"{count_words(people, 'person', 'people')}, {count_words(places, 'seat')}"


def _by_person(memberships: Iterable[Membership]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {}
    for membership in memberships:
        found.setdefault(membership.person_id, []).append(membership)
    return found


def _sitter(
    membership: Membership,
    history: Sequence[Membership],
    on: datetime.date,
    evidence: Mapping[int, str],
    *,
    kept: bool,
) -> Sitter:
    person, seat = membership.person, membership.seat
    kind = acts_for(membership, on)
    last = last_in_turn(membership, history)
    when = stay_words(membership, last, on)
    vote = ("Voting, " if seat.voting else "No vote, ") if seat.category in AT_THE_TABLE else ""
    aside = [capital(f"{vote}{when}")]
    first = member_since(membership, history)
    if first != membership and first.start_date:
        aside.append(f"Member since {_since(first)}")
    return Sitter(
        row=membership,
        name=person.name,
        href=person.get_absolute_url(),
        kind=kind,
        when=when,
        aside=aside,
        tags=[*([(kind_words(kind), kind)] if kind else []), *_tags(membership, last, on)],
        reason=reason_of(membership, on, evidence.get(membership.basis_appointment_id or 0, "")),
        paid=_paid(membership, on, kept=kept),
        invented=person.invented,
    )


def _paid(membership: Membership, on: datetime.date, *, kept: bool) -> list[Sequence[Piece]]:
    """Who pays for the post by virtue of which somebody sits; nothing of a post that is not held, or of experience."""
    basis: Any = membership.basis_appointment
    if basis is None or not basis.holds(on):
        return []
    lines: list[Sequence[Piece]] = [paid_pieces(line) for line in basis.paid_then]
    return lines or ([(Piece("not recorded"),)] if kept else [])


def reason_of(membership: Membership, on: datetime.date, evidence: str = "") -> Reason:
    """The sentence for a membership as `seating.with_reasons` loads it."""
    appointment = membership.basis_appointment
    holders = [holding.person for holding in appointment.role.holders_then] if appointment else []  # type: ignore[attr-defined]
    deputies = membership.deputies_then  # type: ignore[attr-defined]
    return reason(membership, on=on, holders=holders, deputies=deputies, evidence=evidence)


def acts_for(membership: Membership, on: datetime.date) -> str:
    """On whose behalf the basis of a membership acts (a value of `ActsFor`), or `experience`.

    Empty where the appointment is not held on the day `on`, because it acts for nobody then.
    """
    appointment: Any = membership.basis_appointment
    if appointment is None:
        return DrawnFrom.EXPERIENCE
    return appointment.acts_for if appointment.holds(on) else ""


def kind_words(kind: str) -> str:
    """What the colour at the edge of a name means.

    >>> kind_words("general_practice"), kind_words("experience")
    ('Acts for general practice', 'For experience')
    """
    return "For experience" if kind == DrawnFrom.EXPERIENCE else f"Acts {acts_for_words(kind)}"


def _tags(membership: Membership, last: Membership, on: datetime.date) -> list[tuple[str, str]]:
    tags = []
    seat = membership.seat
    if not seat.terms.holds(on):
        tags.append((f"Seat of {version_words(seat.terms)}", "ended"))
    ends = seat_ending(last)
    # Whoever serves beyond a term is for the editors of the area to see.
    if ends and on <= ends.date <= soon_after(on, seat.terms.warning_months):
        tags.append((f"Until {ends.when}", "soon"))
    return tags


def stay_words(membership: Membership, last: Membership, on: datetime.date) -> str:
    """The period of a membership in words, to the end of the last that follows it in turn."""
    return span_words(
        membership.start_date,
        membership.start_precision,
        last.end_date,
        last.end_precision,
        has_end=last.has_end,
        on=on,
    )


def member_since(membership: Membership, history: Iterable[Membership]) -> Membership:
    """The first of the memberships in the group that lead up to this one without a gap, seat by seat.

    Where nobody knows on which day an earlier one ended, nothing is claimed about the time between.
    """
    first = membership
    earlier = sorted((row for row in history if row.period.upper), key=lambda row: row.period.upper, reverse=True)
    for row in earlier:
        starts = first.period.lower
        begins = row.period.lower or datetime.date.min
        vague = row.end_precision in (Precision.BY, Precision.UNKNOWN)
        if starts and begins < starts <= row.period.upper and not vague:
            first = row
    return first


def _open_seat(seat: Any, terms: Terms, last: Membership | None, *, kept: bool) -> OpenSeat:
    label = "Vacant" if kept else "Not recorded"
    if seat.places > 1:
        label += f": {seat.open} of {seat.places} seats"
    clause = f", clause {seat.clause.number}" if seat.clause else ""
    return OpenSeat(
        seat=seat.pk,
        label=label,
        vacant=kept,
        title=seat.title,
        why=_why_open(seat, terms, last, kept=kept),
        terms=f"Seat “{seat.title}”, {terms_words(terms)}{clause}",
    )


def _why_open(seat: Any, terms: Terms, last: Membership | None, *, kept: bool) -> str:
    whom = f"{'It is' if seat.places == 1 else 'They are'} drawn from {drawn_from_words(seat)}."
    if not kept:
        return f"Nobody keeps this area, so nobody may have recorded who sits here. {whom}"
    if seat.open < seat.places:
        held = seat.places - seat.open
        named = f"Nobody sits for {open_for_words(seat.open_for)}." if seat.open_for else whom
        return (
            f"The terms provide {count_words(seat.places, 'seat')}; {held} {'is' if held == 1 else 'are'} held. {named}"
        )
    if last:
        return f"Nobody has sat here since {last.person.name} left{_left(last)}. {whom}"
    if terms.start_date:
        return f"Nobody has sat here since these terms came into force ({_since(terms)}). {whom}"
    return f"Nobody sits here. {whom}"


def _left(membership: Membership) -> str:
    date, precision = membership.end_date, Precision(membership.end_precision)
    if date is None:
        return ", on a day that is not known"
    if precision == Precision.BY:
        return f" (by {day_words(date)})"
    return f" {'on' if precision == Precision.DAY else 'in'} {day_words(date, precision)}"


def _since(row: Any) -> str:
    if row.start_precision == Precision.BY:
        return f"{day_words(row.start_date)} or earlier"
    return day_words(row.start_date, row.start_precision)


def unseated(sitting: Iterable[Membership], in_force: Terms | None) -> int:
    """How many people sit in seats of another version of the terms than the one in force."""
    return len({row.person_id for row in sitting if in_force and row.seat.terms_id != in_force.pk})


# --- as a document lists them


@dataclass(frozen=True)
class SeatTaken:
    """A seat as a document lists it: its title, who sits in it and by virtue of what, and what of it nobody holds."""

    title: str
    category: str
    members: list[tuple[str, str, str]]
    """Name, address of the person, and since when and by virtue of what they sit."""
    open: str


def seats_taken(terms: Terms, sitting: Iterable[Membership], on: datetime.date, *, kept: bool) -> list[SeatTaken]:
    """The seats of a version with who sits in each on the day `on`."""
    members: dict[int, list[tuple[str, str, str]]] = {}
    for row in sitting:
        basis = row.basis_appointment
        by = basis.role.title if basis else row.basis_experience
        if basis and basis.period.upper and basis.period.upper <= on:
            by = f"formerly {by}"
        line = f"{by}, {period_words(row, on)}"
        members.setdefault(row.seat_id, []).append((row.person.name, row.person.get_absolute_url(), line))
    return [
        SeatTaken(
            seat.title,
            seat.get_category_display(),
            members.get(seat.pk, []),
            _open_words(seat, kept=kept),
        )
        for seat in terms.seats.all()
    ]


def _open_words(seat: Any, *, kept: bool) -> str:
    if not seat.open:
        return ""
    words = "Vacant" if kept else "Not recorded"
    if seat.places > 1:
        words += f": {seat.open} of {seat.places}"
    return f"{words} ({open_for_words(seat.open_for)})" if seat.open_for else words


# --- until when they sit


@dataclass(frozen=True, order=True)
class Ending:
    """Something that ends, the last day of it and what it is."""

    date: datetime.date
    precision: str = field(compare=False)
    what: str = field(compare=True)
    href: str = field(compare=False, default="")

    @property
    def when(self) -> str:
        return day_words(self.date, self.precision)


def seat_ending(membership: Membership) -> Ending | None:
    """When a membership ends: as recorded, else as the length of a term under its terms makes it.

    Until when somebody sits is asked of the last in turn (`going_on`).
    """
    person = membership.person
    if membership.has_end:
        if membership.end_date is None:
            return None
        return Ending(membership.end_date, membership.end_precision, f"{person.name}’s seat", person.get_absolute_url())
    months, start = membership.seat.terms.term_months, membership.start_date
    if not (months and start and membership.start_precision in (Precision.DAY, Precision.MONTH)):
        return None
    last_day = soon_after(start, months) - ONE_DAY
    return Ending(
        last_day,
        membership.start_precision,
        f"{person.name}’s term of {months_words(months)}",
        person.get_absolute_url(),
    )
