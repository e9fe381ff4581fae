"""Whether somebody may have a seat on a day: by virtue of what, and what keeps them off. "Why not" and "who could follow"
both ask here, and the rules are asked what they would find; so no two pages disagree, nor what is found afterwards.

A seat that is drawn from a type of role or a kind of organisation is drawn from those of the group's area (`surroundings`): a
body that lies in another network, place, system or region than what the group covers is none of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from memberships import rules
from memberships.bases import bases_of_each, is_basis_for
from memberships.models import Appointment, DrawnFrom, Membership, Person, Seat
from memberships.rules import Finding, Seating
from organisations.surroundings import surroundings
from roles.models import Role


@dataclass(frozen=True)
class Verdict:
    """Whether somebody may have a seat.

    `basis` is the appointment by virtue of which they would sit (None: their experience, or nothing fits). `wanting` says
    that they hold nothing such as the seat is drawn from, unless `elsewhere`; `sits` that they have it; `findings` what the
    rules would find.
    """

    basis: Appointment | None = None
    wanting: bool = False
    elsewhere: Sequence[Appointment] = ()
    sits: bool = False
    findings: Sequence[Finding] = ()

    @property
    def nothing_does(self) -> bool:
        """Whether nothing keeps them off."""
        return not (self.wanting or self.sits or self.findings)


def verdicts(asked: Sequence[tuple[Seat, Person]], date: datetime.date) -> list[Verdict]:
    """For each seat and person, whether they may have it on that day. Asks a fixed number of queries.

    Of several posts that would give somebody a seat, the latest with which nothing keeps them off is their basis.
    """
    people = {person.pk for _, person in asked}
    held = bases_of_each(people)
    seats, groups = set(), set()
    for person, seat, group in (
        Membership.objects.as_at(date).filter(person__in=people).values_list("person", "seat", "seat__terms__group")
    ):
        seats.add((seat, person))
        groups.add((group, person))
    there = _in_one_place([seat for seat, _ in asked], held.values(), date)
    fitting = [_bases(seat, person, held.get(person.pk, []), groups, date) for seat, person in asked]
    chances = [
        [row for row in bases if row is None or there(seat, row)] if (seat.pk, person.pk) not in seats else []
        for (seat, person), bases in zip(asked, fitting, strict=True)
    ]
    seatings = [
        Seating(seat.pk, person.pk, basis.pk if basis else None)
        for (seat, person), bases in zip(asked, chances, strict=True)
        for basis in bases
    ]
    found = iter(rules.find_keeping_off(date, seatings))
    return [
        Verdict(sits=True)
        if (seat.pk, person.pk) in seats
        else min(
            [Verdict(basis, findings=next(found)) for basis in bases],
            key=lambda verdict: len(verdict.findings) > 0,
            default=Verdict(wanting=True, elsewhere=[row for row in fits if row]),
        )
        for (seat, person), bases, fits in zip(asked, chances, fitting, strict=True)
    ]


def _bases(
    seat: Seat,
    person: Person,
    held: Sequence[Appointment],
    groups: set[tuple[int, int]],
    date: datetime.date,
) -> list[Appointment | None]:
    """By virtue of what somebody could have a seat; None stands for what they bring without a post."""
    if seat.drawn_from == DrawnFrom.EXPERIENCE:
        return [None]
    if seat.drawn_from == DrawnFrom.GROUP:
        return [None] if (seat.group_id, person.pk) in groups else []
    return [row for row in held if is_basis_for(seat, row, date)]


def _in_one_place(
    seats: Sequence[Seat], held: Iterable[Sequence[Appointment]], date: datetime.date
) -> Callable[[Seat, Appointment], bool]:
    """Whether an appointment is to a role of the area of a seat's group, as far as that decides; asked in one query."""
    areas = {seat.pk: seat.terms.group.covers_id or seat.terms.group.host_id for seat in seats}
    posts = {row.pk: _area_of(row.role) for rows in held for row in rows}
    near = surroundings({*areas.values(), *posts.values()}, date)

    def there(seat: Seat, row: Appointment) -> bool:
        if seat.drawn_from not in (DrawnFrom.ROLE_TYPE, DrawnFrom.KIND):
            return True
        return near.is_of(posts[row.pk], areas[seat.pk])

    return there


def _area_of(role: Role) -> int:
    """Where a role is: a role of a group is where the group is."""
    of_group = getattr(role, "of_group", None)
    return (of_group and of_group.group.covers_id) or role.organisation_id
