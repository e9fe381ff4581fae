"""Whether somebody may have a seat of a group, seat by seat, and what keeps them off."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from memberships.could_sit import Verdict, verdicts
from memberships.models import Group, Person, Seat, Terms
from memberships.places import with_open_places


@dataclass(frozen=True)
class SeatAsked:
    """A seat, how many of its places are free, and whether somebody may have it."""

    seat: Seat
    free: int
    verdict: Verdict


def why_not(person: Person, group: Group, date: datetime.date) -> list[SeatAsked]:
    """For each seat of the terms in force on a day: what keeps a person off it, or that nothing does."""
    terms = Terms.objects.as_at(date).filter(group=group).first()
    named: Any = with_open_places(Seat.objects.filter(terms=terms), date)
    seats = list(named.select_related("clause", "role_type", "organisation", "group", "terms__group").order_by("order"))
    said = verdicts([(seat, person) for seat in seats], date)
    return [SeatAsked(seat, seat.open, verdict) for seat, verdict in zip(seats, said, strict=True)]
