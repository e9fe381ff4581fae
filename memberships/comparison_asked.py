"""What two states of the register an address asks to compare: the same questions for the page and the API."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from ics_leadership import as_at, known_at
from ics_leadership.as_at import AsAt
from ics_leadership.asked import refuse_unknown
from ics_leadership.errors import Refusal
from ics_leadership.periods import today
from memberships import asked
from memberships.comparing import Comparison, States
from memberships.exports.differences import MEMBERSHIPS, Subject
from memberships.models import Group
from organisations.filters import NotThen
from organisations.models import Organisation

NAMES = ("as_at", "known_at", "from_day", "to_day", "from_known", "to_known", "within")


def states_asked(request: HttpRequest, also: tuple[str, ...] = ()) -> States | None:
    """The two states that an address means; None where it names nothing to compare.

    What is compared with is now, unless said otherwise; and that is the moment of knowledge that is shown. Raises Refusal for what
    is no day or moment, and for two of both.
    """
    refuse_unknown(request, (*NAMES, *also))
    shown: AsAt = request.as_at  # type: ignore[attr-defined]
    return states_of(request.GET, shown)


def states_of(said: Mapping[str, Any], shown: AsAt) -> States | None:
    """The same of parameters, where a day and a moment of knowledge are `shown`."""
    days, moments = ([said.get(f"{end}_{what}", "").strip() for end in ("from", "to")] for what in ("day", "known"))
    if any(days) and any(moments):
        raise Refusal(
            "Compare either two days, as known alike, or one day as known at two moments: not both at once, because a "
            "difference could then be either."
        )
    if any(moments):
        if not moments[0]:
            raise Refusal("Say from which moment to compare: “from_known”. Without “to_known” it is compared with now.")
        now = shown.known or known_at.parse(today().isoformat())
        first, second = known_at.parse(moments[0]), known_at.parse(moments[1]) if moments[1] else now
        if shown.known and second.moment > shown.known.moment:
            raise Refusal(
                f"As it was known {shown.known.words}, the register knows nothing later. Leave “known_at” out, or give an "
                "earlier “to_known”."
            )
        if first.moment > second.moment:
            raise Refusal(
                "The moment to compare from is later than the one that it is compared with: give the earlier first."
            )
        return States((shown.date, shown.date), (first, second), shown.known)
    if any(days):
        if not days[0]:
            raise Refusal("Say from which day to compare: “from_day”. Without “to_day” it is compared with today.")
        first_day, second_day = (as_at.parse(day) if day else today() for day in days)
        if first_day > second_day:
            raise Refusal(
                "The day to compare from is later than the one that it is compared with: give the earlier first."
            )
        return States((first_day, second_day), None, shown.known)
    return None


def said_in_full(comparison: Comparison) -> dict[str, str]:
    """What a comparison means as parameters that mean the same whenever they are asked: nothing is left to “today” and “now”."""
    said = {"of": comparison.of.name}
    first, second = (day.isoformat() for day in comparison.days)
    if comparison.moments:
        from_known, to_known = (each.lasting for each in comparison.moments)
        said |= {"as_at": first, "from_known": from_known, "to_known": to_known}
    else:
        said |= {"from_day": first, "to_day": second}
    return said | ({"known_at": comparison.known.lasting} if comparison.known else {})


Areas = tuple[Organisation, Organisation] | None
"""The area on either side; None for everywhere."""


def areas_asked(request: HttpRequest, states: States) -> Areas:
    """The area to which each side is narrowed: of a code, who bears it on that day, or else who does on the other.

    Raises Refusal for what is none on either day, and for what is two on one.
    """
    found = [_area_on(request, day) for day in states.days]
    earlier, later = (each for each, _ in found)
    if whole := later or earlier:
        return earlier or whole, whole
    if refusal := found[-1][1]:
        raise refusal
    return None


def _area_on(request: HttpRequest, date: datetime.date) -> tuple[Organisation | None, NotThen | None]:
    """The area that is named, of a day, and why there is none."""
    try:
        return asked.area(request, date), None
    except NotThen as refusal:
        return None, refusal


def compared(of: Subject, states: States, areas: Areas) -> Comparison:
    """The comparison of a subject in two states, of an area if there is one, as it lies on each of the days."""
    inside = None
    if areas:
        earlier, later = (_inside(of, area, day) for area, day in zip(areas, states.days, strict=True))
        inside = earlier, later
    return Comparison(states.days, states.moments, states.known, inside, of)


def _inside(of: Subject, area: Organisation, date: datetime.date) -> list[int]:
    found = Group.objects.within(area, date) if of is MEMBERSHIPS else Organisation.objects.within(area, date)
    return list(found.order_by().values_list("pk", flat=True))
