"""A pattern of terms as the form of terms starts from it, for a group: with what the register has for it, and what it lacks."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from memberships.forms.terms_rows import NEW_TYPE
from memberships.models import Condition, DrawnFrom, Group
from memberships.patterns import Near, NeededType, Pattern, PatternCondition, PatternSeat
from organisations.models import Kind, Organisation
from organisations.models.areas import around
from roles.models import RoleType


@dataclass(frozen=True)
class Beginning:
    """What a pattern becomes for a group: the fields and rows of the form, and the types of role that are still to be made."""

    typed: dict[str, Any]
    new_types: Sequence[NeededType]


def beginning(pattern: Pattern, group: Group, date: datetime.date) -> Beginning:
    """A pattern for a group as its area is on a day: constituencies are the places there, the board that of the area.

    Where the register has no type of role of the name or plural that a seat is drawn from, the seat names it as a new one.
    """
    types = _types_there(pattern)
    area = group.covers or group.host
    boards = list(
        Organisation.objects.as_at(date).filter(kind=Kind.ICB, pk__in=around([area.pk], date)).order_by("name", "pk")
    )
    constituencies = list(
        Organisation.objects.as_at(date)
        .filter(kind=Kind.PLACE, pk__in=Organisation.objects.within(area, date).values("pk"))
        .exclude(pk=area.pk)
        .order_by("name", "pk")
        if any(seat.each_constituency for seat in pattern.seats)
        else ()
    )
    clauses = [{"number": number, "text": text, "about": about} for number, text, about in pattern.clauses]
    seats = [row for seat in pattern.seats for row in _seat_rows(seat, group, types, constituencies)]
    conditions = [row for each in pattern.conditions for row in _condition_rows(each, boards)]
    typed = {**pattern.facts, "clause": clauses, "seat": seats, "condition": conditions, "pattern": pattern.key}
    return Beginning(typed, [each for each in pattern.needs if each.key not in types])


def _types_there(pattern: Pattern) -> dict[str, RoleType]:
    """The types of role that a pattern needs and the register has, by the pattern's key."""
    called = Q(pk=None)
    for needed in pattern.needs:
        called |= Q(name__iexact=needed.name) | Q(plural__iexact=needed.plural)
    there = list(RoleType.objects.filter(called).order_by("pk"))
    return {
        needed.key: found
        for needed in pattern.needs
        for found in there
        if needed.name.casefold() == found.name.casefold() or needed.plural.casefold() == found.plural.casefold()
    }


def _seat_rows(
    seat: PatternSeat, group: Group, types: Mapping[str, RoleType], constituencies: Sequence[Organisation]
) -> Iterator[dict[str, Any]]:
    """The row of a seat; of one for constituencies, a row for each."""
    places = constituencies if seat.each_constituency else ()
    for title in [f"{seat.title}, {place.name}" for place in places] or [seat.title]:
        yield {
            "title": title,
            "category": seat.category,
            "drawn_from": _drawn_from(seat, group, types),
            "number": seat.number,
            "each": seat.each,
            "voting": seat.voting,
            "quorum_of": seat.quorum_of,
            "clause": seat.clause,
        }


def _drawn_from(seat: PatternSeat, group: Group, types: Mapping[str, RoleType]) -> str:
    match seat.drawn_from:
        case NeededType(key=key) if key in types:
            return f"{DrawnFrom.ROLE_TYPE}:{types[key].pk}"
        case NeededType(key=key):
            return f"{NEW_TYPE}:{key}"
        case Near():
            return f"{DrawnFrom.ORGANISATION}:{group.host_id}"
        case None:
            return f"{DrawnFrom.EXPERIENCE}:"
        case kind:
            return f"{DrawnFrom.KIND}:{kind}"


def _condition_rows(row: PatternCondition, boards: Sequence[Organisation]) -> Iterator[dict[str, Any]]:
    """The row of a condition; of one about the board, a row for each board there is, or one that asks which."""
    of_what = row.of if row.condition == Condition.PROFESSION else ""
    typed = {"what": f"{row.condition}:{of_what}", "seat": row.seat, "clause": row.clause}
    if row.condition == Condition.NOT_ENGAGED_BY:
        for board in boards or (None,):
            yield typed | {"organisation": board}
    elif row.condition == Condition.LONGEST_SERVICE:
        yield typed | {"months": row.of}
    elif row.condition == Condition.NOT_ALSO_IN:
        yield typed | {"other_seat": row.of}
    else:
        yield typed
