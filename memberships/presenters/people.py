"""One person in words: what they hold on a day and why, what was before, what is planned, and all over the years."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ics_leadership.periods import Dated
from ics_leadership.pictures import Bar, Timeline, TimelineRow, timeline
from ics_leadership.words import count_words, list_words, period_words
from memberships.going_on import last_in_turn
from memberships.models import Appointment, Category, Deputy, Group, Membership, Person
from memberships.presenters.holdings import (
    Post,
    RoleLine,
    bar,
    body_name,
    ends_soon,
    post,
    rank,
    role_line,
    role_lines,
    role_words,
)
from memberships.presenters.reasons import Piece, reason
from memberships.presenters.sitting import acts_for, stay_words
from roles.models import ActsFor, Role

EXPERIENCE = "experience"


@dataclass(frozen=True)
class SeatLine:
    """A seat somebody has, had or will have: on which group, how they sit, why, when."""

    row: Membership
    group: str
    href: str
    invented: bool
    category: str
    voting: bool
    kind: str
    why: Sequence[Piece]
    when: str
    ends_soon: str


@dataclass(frozen=True)
class Spell:
    """A row of the tables of what was before and of what is planned."""

    title: str
    href: str
    body: str
    body_href: str
    acts_for: str
    when: str


@dataclass(frozen=True)
class PersonPage:
    summary: str
    posts: Sequence[Post]
    seats: Sequence[SeatLine]
    deputises: Sequence[Deputy]
    planned: Sequence[Spell]
    before: Sequence[Spell]
    picture: Timeline | None


def person_page(
    appointments: Sequence[Appointment], seats: Sequence[Membership], deputises: Sequence[Deputy], on: datetime.date
) -> PersonPage:
    """The page's rows, from what `holdings` loads of one person."""
    posts = sorted((post(row, on) for row in appointments if row.holds(on)), key=lambda held: rank(held.line.acts_for))
    sits = [_seat_line(row, last_in_turn(row, seats), on) for row in seats if row.holds(on)]
    return PersonPage(
        summary=_summary(len(posts), len(sits)),
        posts=posts,
        seats=sits,
        deputises=deputises,
        planned=_spells(appointments, seats, on, _begins_after),
        before=_spells(appointments, seats, on, Dated.is_over)[::-1],
        picture=_picture(appointments, seats, on) if appointments or seats else None,
    )


def _summary(posts: int, seats: int) -> str:
    held = [count_words(posts, "role")] if posts else []
    held += [f"{count_words(seats, 'seat')} on {'a group' if seats == 1 else 'groups'}"] if seats else []
    return f"Holds {list_words(held)}." if held else ""


def _seat_line(membership: Membership, last: Membership, on: datetime.date) -> SeatLine:
    """A seat with the reason for it, from a membership as `seating.with_reasons` loads it, and the `last` in turn."""
    group = membership.seat.terms.group
    basis: Any = membership.basis_appointment
    holders = [held.person for held in basis.role.holders_then] if basis else []
    why = reason(membership, on=on, holders=holders, deputies=membership.deputies_then)  # type: ignore[attr-defined]
    return SeatLine(
        row=membership,
        group=group.name,
        href=group.get_absolute_url(),
        invented=group.invented,
        category=Category(membership.seat.category).label,
        voting=membership.seat.voting,
        kind=acts_for(membership, on),
        why=(*why.basis, *why.seat),
        when=stay_words(membership, last, on),
        ends_soon=ends_soon(last, on),
    )


def _begins_after(row: Dated, on: datetime.date) -> bool:
    return row.period.lower is not None and row.period.lower > on


def _spells(
    appointments: Sequence[Appointment],
    seats: Sequence[Membership],
    on: datetime.date,
    wanted: Callable[[Dated, datetime.date], bool],
) -> list[Spell]:
    rows: list[tuple[Dated, Spell]] = [(row, _role_spell(row, on)) for row in appointments if wanted(row, on)]
    rows += [(row, _seat_spell(row, on)) for row in seats if wanted(row, on)]
    return [spell for row, spell in sorted(rows, key=lambda pair: pair[0].period.lower or datetime.date.min)]


def _role_spell(appointment: Appointment, on: datetime.date) -> Spell:
    line = role_line(appointment, on, appointment.acted_for)  # type: ignore[attr-defined]
    return Spell(line.title, line.href, line.body, line.body_href, ActsFor(line.acts_for).label, line.when)


def _seat_spell(membership: Membership, on: datetime.date) -> Spell:
    group = membership.seat.terms.group
    return Spell(_seat_words(membership), "", group.name, group.get_absolute_url(), "", period_words(membership, on))


def _seat_words(membership: Membership) -> str:
    """How somebody sits: "Core member: PCN clinical directors"; the seat's title alone where it says as much."""
    category, title = Category(membership.seat.category).label, membership.seat.title
    return title if category.casefold() in title.casefold() else f"{category}: {title}"


def _picture(appointments: Sequence[Appointment], seats: Sequence[Membership], on: datetime.date) -> Timeline:
    """A row for each role, then one for each group, each in the order in which they began."""
    roles: dict[Role, list[Bar]] = {}
    for held in appointments:
        kind = held.acts_for if held.holds(on) else held.acted_for  # type: ignore[attr-defined]
        href = held.role.get_absolute_url()
        roles.setdefault(held.role, []).append(bar(held, body_name(held.role), href, kind, on))
    groups: dict[Group, list[Bar]] = {}
    for seat in seats:
        group = seat.seat.terms.group
        basis: Any = seat.basis_appointment
        kind = basis.acts_for if basis else EXPERIENCE
        groups.setdefault(group, []).append(bar(seat, _seat_words(seat), group.get_absolute_url(), kind, on))
    rows = [TimelineRow(role_words(role), bars, role.get_absolute_url(), _when(bars)) for role, bars in roles.items()]
    rows += [
        TimelineRow(f"Seat: {group.name}", bars, group.get_absolute_url(), _when(bars))
        for group, bars in groups.items()
    ]
    return timeline(rows, on=on)


def _when(bars: Sequence[Bar]) -> str:
    return bars[0].when if len(bars) == 1 else count_words(len(bars), "spell")


@dataclass(frozen=True)
class PersonRow:
    """A person in a list, with what they hold on the day shown."""

    name: str
    href: str
    invented: bool
    profession: str
    roles: Sequence[RoleLine]


def person_row(person: Person, on: datetime.date) -> PersonRow:
    """A row from a person that carries `roles_then` (see `holdings.with_roles`)."""
    return PersonRow(
        name=person.name,
        href=person.get_absolute_url(),
        invented=person.invented,
        profession=person.get_profession_display(),
        roles=role_lines(person.roles_then, on),  # type: ignore[attr-defined]
    )
