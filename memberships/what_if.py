"""What if somebody leaves, a term is not renewed, a post is abolished: asked of the register, which writes nothing.

The real actions are taken and taken back (`outcomes.outcome_of`), so that what is said here cannot disagree with what happens.
A `WhatIf` is the question, an `Answer` what came of it as plain rows; its words are `presenters.what_if`'s matter.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from ics_leadership.history import change
from ics_leadership.periods import ONE_DAY, PartialDate
from ics_leadership.writing import keep
from memberships import actions
from memberships.actions.closing import going_beyond
from memberships.holdings import soon_after
from memberships.models import Appointment, Deputy, Membership, Person
from memberships.outcomes import Concerned, Outcome, outcome_of
from memberships.rights import leads_here
from organisations.models import Organisation
from organisations.rights import Rights
from roles.models import Role

WHY = "What if"
FOR_GOOD = 100 * 12
"""So many months are more than any rule looks ahead."""


@dataclass(frozen=True)
class WhatIf:
    """What is given up, with the last day on which it is held. `role` is a post that is abolished.

    With `by_itself` it is time that takes it: the day after is compared with what it would be, were it renewed.
    """

    appointments: Sequence[Appointment]
    memberships: Sequence[Membership]
    end: PartialDate
    last_day: datetime.date
    role: Role | None = None
    by_itself: bool = False

    @property
    def after(self) -> datetime.date:
        """The first day without them, of which the rules are asked."""
        return self.last_day + ONE_DAY

    def first_day(self, row: Appointment | Membership) -> datetime.date:
        """The first day on which they would have had something given up: later than the day after, where it only begins then."""
        return max(self.after, row.period.lower or self.after)

    def perform(self, **who: Any) -> None:
        """Take the actions that would be taken, on rows of their own: what a trial takes back stays written in its rows."""
        if self.role:
            actions.end_role_and_holders(role=copy(self.role), end=self.end, **who)
        else:
            held, seats = [copy(row) for row in self.appointments], [copy(row) for row in self.memberships]
            actions.leave_posts(appointments=held, memberships=seats, end=self.end, **who)

    def renew(self, **who: Any) -> None:
        """Let what time takes go on instead, for good or until the same person has it again; where they have it at once, nothing
        needs to be renewed.
        """
        rows: list[Appointment | Membership] = [*self.appointments, *self.memberships]
        with change(**who):
            for row in rows:
                end = self._could_go_on_until(row)
                if end >= self.after:
                    keep(copy(row).between(row.start, PartialDate(end)))

    def _could_go_on_until(self, row: Appointment | Membership) -> datetime.date:
        what = {"role": row.role_id} if isinstance(row, Appointment) else {"seat": row.seat_id}
        theirs: Any = type(row)._default_manager.filter(going_beyond(self.last_day), person=row.person_id, **what)
        begin = [other.period.lower or self.after for other in theirs.exclude(pk=row.pk)]
        return min([*begin, soon_after(self.after, FOR_GOOD)]) - ONE_DAY

    def concerned(self) -> Concerned:
        """Whom it concerns, the groups of seats that rest on a role among them; `outcome_of` adds what the actions write."""
        held, seats = self.appointments, self.memberships
        resting = Membership.objects.filter(basis_appointment__in=[row.pk for row in held])
        return Concerned(
            people={row.person_id for row in held} | {row.person_id for row in seats},
            roles={row.role_id for row in held} | ({self.role.pk} if self.role else set()),
            groups={row.seat.terms.group_id for row in seats}
            | set(resting.values_list("seat__terms__group", flat=True)),
            organisations={row.role.organisation_id for row in held}
            | ({self.role.organisation_id} if self.role else set()),
            date=self.after,
        )


@dataclass(frozen=True)
class LeftPost:
    """A role given up: the first day on which it is vacant that they would have held it (None: others hold it throughout),
    and the others who hold it until then.
    """

    role: Role
    vacant_on: datetime.date | None
    others: Sequence[Person]


@dataclass(frozen=True)
class Answer:
    """What would come of it: findings, and for what is given up who holds it still and who deputises.

    `posts` are the roles given up; `seats` are those given up, with those that rest on a role given up; `beside` are the others
    in a seat on the first day on which it is given up, by membership; `deputies` those of the last day, by membership.
    """

    outcome: Outcome
    posts: Sequence[LeftPost]
    seats: Sequence[Membership]
    beside: dict[int, list[Person]]
    deputies: dict[int, list[Person]]


def ask(question: WhatIf, rights: Rights) -> Answer:
    """The answer to a question. Raises ValidationError where an action says that it cannot be so."""
    who = {"by": rights.account, "why": WHY}
    outcome = outcome_of(
        rights,
        lambda: question.perform(**who),
        question.concerned,
        why=WHY,
        instead_of=(lambda: question.renew(**who)) if question.by_itself else None,
    )
    held = [row.pk for row in question.appointments]
    seats = _seats_given_up(question, held)
    others = Appointment.objects.filter(
        going_beyond(question.last_day), role__in=[row.role_id for row in question.appointments]
    )
    beside = Membership.objects.filter(going_beyond(question.last_day), seat__in=[row.seat_id for row in seats])
    deputies = Deputy.objects.as_at(question.last_day).filter(membership__in=seats)
    others_beside = _by(beside.exclude(pk__in=[row.pk for row in seats]), "seat_id")
    return Answer(
        outcome,
        _posts(question, _by(others.exclude(pk__in=held), "role_id")),
        seats,
        {row.pk: _holding(others_beside.get(row.seat_id, ()), question.first_day(row)) for row in seats},
        {pk: [row.person for row in rows] for pk, rows in _by(deputies, "membership_id").items()},
    )


def _posts(question: WhatIf, others: dict[int, list[Appointment]]) -> list[LeftPost]:
    """The roles given up. Somebody may be named for one twice: in post now, and again from a later day."""
    given_up: dict[int, list[Appointment]] = {}
    for row in question.appointments:
        given_up.setdefault(row.role_id, []).append(row)
    return [_left_post(question, rows, others.get(role, ())) for role, rows in given_up.items()]


def _left_post(question: WhatIf, rows: Sequence[Appointment], others: Sequence[Appointment]) -> LeftPost:
    # It can fall vacant when they would have it, and when another leaves it in their time.
    days = {question.first_day(row) for row in rows}
    ends = {other.period.upper for other in others if other.period.upper}
    days |= {end for end in ends if any(end > question.first_day(row) and row.holds(end) for row in rows)}
    vacant_on = next((day for day in sorted(days) if not _holding(others, day)), None)
    until = vacant_on - ONE_DAY if vacant_on and vacant_on > question.after else min(days)
    return LeftPost(rows[0].role, vacant_on, _holding(others, until))


def _holding(rows: Sequence[Appointment] | Sequence[Membership], day: datetime.date) -> list[Person]:
    return [row.person for row in rows if row.holds(day)]


def _seats_given_up(question: WhatIf, held: Sequence[int]) -> list[Membership]:
    resting = of_people(Membership.objects.filter(basis_appointment__in=held), question.last_day)
    return list({row.pk: row for row in [*question.memberships, *resting]}.values())


def _by(rows: Any, key: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows.select_related("person").order_by("person__family_name", "pk"):
        found.setdefault(getattr(row, key), []).append(row)
    return found


def of_people(rows: Any, last_day: datetime.date) -> Any:
    """Memberships that go on beyond a day or begin later, with what is said of them."""
    named = rows.filter(going_beyond(last_day)).select_related(
        "person", "seat__terms__group__covers", "seat__terms__group__host"
    )
    return named.order_by("seat__terms__group__name", "seat__order", "pk")


def held_by(person: Person, last_day: datetime.date, rights: Rights) -> tuple[list[Appointment], list[Membership]]:
    """The appointments and seats that somebody would give up after a day: those that this account may change. Asks as many
    queries for many of them as for few.
    """
    held = Appointment.objects.filter(going_beyond(last_day), person=person).select_related(
        "person", "role__organisation", "role__role_type", "role__of_group__group"
    )
    appointments = list(held.order_by("role__title", "pk"))
    seats = list(of_people(Membership.objects.filter(person=person), last_day))
    if rights.is_administrator or leads_here(person, rights):
        return appointments, seats
    edited = rights.edited([*(row.role.organisation for row in appointments), *map(_place, seats)])
    return (
        [row for row in appointments if row.role.organisation_id in edited],
        [row for row in seats if _place(row).pk in edited],
    )


def _place(seat: Membership) -> Organisation:
    """The organisation in whose area a seat lies."""
    group = seat.seat.terms.group
    return group.covers or group.host
