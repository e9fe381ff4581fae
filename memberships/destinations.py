"""Then and now: what those who held something on one day hold on another.

Every function asks a fixed number of queries or gives a queryset for the page to cut up. Who is meant is settled by
`destination_filters`, what is said of them left to the presenters.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from memberships.holdings import holding_something, in_post, sitting_somewhere
from memberships.models import Appointment, Membership, Person
from roles.models import RoleType

NOTHING = "nothing"
SEAT_ONLY = "seat"
"""What people may hold now beside a role that acts for somebody: nothing recorded, or a seat and no role."""


def seated(date: datetime.date) -> QuerySet[Membership]:
    """The seats of that day with the groups that they are on."""
    seats: QuerySet[Membership] = Membership.objects.as_at(date)
    return seats.select_related("seat__terms__group").order_by("seat__terms__group__name", "pk")


def with_both_days(
    people: QuerySet[Person],
    held: QuerySet[Appointment],
    sat: QuerySet[Membership],
    then: datetime.date,
    now: datetime.date,
) -> QuerySet[Person]:
    """People with those of `held` and `sat` that were theirs, and all that is theirs now.

    Gives `matched_then`, `seats_then`, `roles_now` and `seats_now`, each role with `acts_for` as at its day.
    """
    return people.prefetch_related(
        Prefetch("appointments", in_post(then).filter(pk__in=held.values("pk")), to_attr="matched_then"),
        Prefetch("memberships", seated(then).filter(pk__in=sat.values("pk")), to_attr="seats_then"),
        Prefetch("appointments", in_post(now), to_attr="roles_now"),
        Prefetch("memberships", seated(now), to_attr="seats_now"),
    )


def holding(people: QuerySet[Person], what: str, now: datetime.date) -> QuerySet[Person]:
    """Those of the people who now hold a role that acts for `what`, or `SEAT_ONLY`, or `NOTHING`."""
    if what == NOTHING:
        return people.exclude(holding_something(now)).exclude(sitting_somewhere(now))
    if what == SEAT_ONLY:
        return people.exclude(holding_something(now)).filter(sitting_somewhere(now))
    acting = Appointment.objects.as_at(now).with_remit(now).filter(acts_for=what)
    return people.filter(pk__in=acting.values("person"))


def counts(people: QuerySet[Person], now: datetime.date) -> dict[str, int]:
    """How many of the people hold what now, by what `holding` calls it, and `all` of them.

    Somebody who acts for two is counted under both.
    """
    acting: Any = Appointment.objects.as_at(now).with_remit(now).filter(person__in=people.order_by().values("pk"))
    counted = dict(acting.order_by().values_list("acts_for").annotate(Count("person", distinct=True)))
    has_role, has_seat = holding_something(now), sitting_somewhere(now)
    return counted | people.order_by().aggregate(
        **{
            "all": Count("pk"),
            SEAT_ONLY: Count("pk", filter=Q(has_seat) & ~Q(has_role)),
            NOTHING: Count("pk", filter=~Q(has_seat) & ~Q(has_role)),
        }
    )


def types_held(date: datetime.date) -> list[RoleType]:
    """The types of role that were held on that day with `holders`, how many people held them, the most first."""
    held = Q(roles__appointments__period__contains=date)
    types = RoleType.objects.annotate(holders=Count("roles__appointments__person", filter=held, distinct=True))
    return list(types.filter(holders__gt=0).order_by("-holders", "name"))
