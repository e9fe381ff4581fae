"""A then-and-now in words: a person with what they held and what they hold, and how many hold what."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from ics_leadership.words import day_words, period_words
from memberships.destinations import NOTHING, SEAT_ONLY
from memberships.models import Category, Membership, Person
from memberships.presenters.holdings import RoleLine, acts_for_words, role_lines
from roles.models import ActsFor, RoleType


@dataclass(frozen=True)
class GroupSeat:
    """A seat in one line: how somebody sits, on which group, since or until when."""

    category: str
    group: str
    href: str
    when: str


@dataclass(frozen=True)
class Destination:
    """Somebody with what they held then, of what was asked, and all that they hold now."""

    name: str
    href: str
    invented: bool
    profession: str
    roles_then: Sequence[RoleLine]
    seats_then: Sequence[GroupSeat]
    roles_now: Sequence[RoleLine]
    seats_now: Sequence[GroupSeat]


def destination(person: Person, then: datetime.date, now: datetime.date) -> Destination:
    """A row from a person as `destinations.with_both_days` loads them; what was held then leads to its pages of then."""
    return Destination(
        name=person.name,
        href=person.get_absolute_url(),
        invented=person.invented,
        profession=person.get_profession_display(),
        roles_then=[
            replace(line, href=_on(line.href, then), body_href=_on(line.body_href, then))
            for line in role_lines(person.matched_then, then)  # type: ignore[attr-defined]
        ],
        seats_then=[
            replace(line, href=_on(line.href, then))
            for line in (_seat(seat, then) for seat in person.seats_then)  # type: ignore[attr-defined]
        ],
        roles_now=role_lines(person.roles_now, now),  # type: ignore[attr-defined]
        # One seat a group: under which terms, and for how long, is on the group's page.
        seats_now=list({line.group: line for line in (_seat(seat, now) for seat in person.seats_now)}.values()),  # type: ignore[attr-defined]
    )


def _seat(seat: Membership, on: datetime.date) -> GroupSeat:
    group = seat.seat.terms.group
    return GroupSeat(Category(seat.seat.category).label, group.name, group.get_absolute_url(), period_words(seat, on))


def _on(address: str, date: datetime.date) -> str:
    """The address of a page as at a day, which the day of this page then leaves alone."""
    return f"{address}?as_at={date.isoformat()}"


@dataclass(frozen=True)
class Tally:
    """So many who hold something now; `value` is what the filter `holds` calls it."""

    value: str
    number: int
    words: str
    kind: str


def tallies(counts: Mapping[str, int]) -> list[Tally]:
    """What those who are meant hold now, from `destinations.counts`: each kind that anybody holds, and nothing always."""
    lines = [
        Tally(value, counts[value], f"hold{_s(counts[value])} a role that acts {acts_for_words(value)}", value)
        for value in ActsFor.values
        if counts.get(value)
    ]
    if counts[SEAT_ONLY]:
        number = counts[SEAT_ONLY]
        lines.append(Tally(SEAT_ONLY, number, f"{'has' if number == 1 else 'have'} a seat, but no role", "experience"))
    return [*lines, Tally(NOTHING, counts[NOTHING], "nothing recorded", NOTHING)]


def any_counted_twice(counts: Mapping[str, int]) -> bool:
    """Whether somebody is counted under more than one of the kinds of role."""
    with_role = counts["all"] - counts[SEAT_ONLY] - counts[NOTHING]
    return sum(counts.get(value, 0) for value in ActsFor.values) > with_role


def _s(number: int) -> str:
    return "s" if number == 1 else ""


def starting_points(types: Sequence[RoleType], then: datetime.date, now: datetime.date) -> list[tuple[str, int, str]]:
    """Types of role held then, each with how many people held them and the address that asks about these."""
    days = {"then": then.isoformat(), "now": now.isoformat()}
    return [
        (each.plural, each.holders, f"{reverse('then-and-now')}?{urlencode({'role_type': each.slug, **days})}")  # type: ignore[attr-defined]
        for each in types
    ]


def days_words(then: datetime.date, now: datetime.date, today: datetime.date) -> tuple[str, str]:
    """How the page names its two days."""
    return day_words(then), "today" if now == today else day_words(now)
