"""What two states of the role map an address asks to compare: the same questions for the page and the API."""

from __future__ import annotations

import datetime

from django.http import HttpRequest

from ics_leadership import as_at, known_at
from ics_leadership.errors import Refusal
from ics_leadership.periods import today
from memberships import asked
from memberships.comparing import Comparison
from organisations.models import Organisation

NAMES = ("as_at", "from_day", "to_day", "from_known", "to_known", "within")


def comparison_asked(request: HttpRequest, also: tuple[str, ...] = ()) -> Comparison | None:
    """The comparison that an address means; None where it names nothing to compare.

    Raises Refusal for what is no day or moment, for two of both, and for a state that is compared with nothing.
    """
    asked.refuse_unknown(request, (*NAMES, *also))
    days, moments = (
        [request.GET.get(f"{end}_{what}", "").strip() for end in ("from", "to")] for what in ("day", "known")
    )
    if any(days) and any(moments):
        raise Refusal(
            "Compare either two days, as known now, or one day as known at two moments: not both at once, because a "
            "difference could then be either."
        )
    if any(moments):
        if not moments[0]:
            raise Refusal("Say from which moment to compare: “from_known”. Without “to_known” it is compared with now.")
        first, second = known_at.parse(moments[0]), known_at.parse(moments[1] or today().isoformat())
        day = request.as_at.date  # type: ignore[attr-defined]
        ordered = (first, second) if first.moment <= second.moment else (second, first)
        return Comparison((day, day), ordered, _inside(request, day))
    if any(days):
        if not days[0]:
            raise Refusal("Say from which day to compare: “from_day”. Without “to_day” it is compared with today.")
        first_day, second_day = sorted(as_at.parse(day) if day else today() for day in days)
        return Comparison((first_day, second_day), None, _inside(request, second_day))
    return None


def _inside(request: HttpRequest, day: datetime.date) -> list[int] | None:
    area = asked.area(request, day)
    if area is None:
        return None
    return list(Organisation.objects.within(area, day).order_by().values_list("pk", flat=True))
