"""The page that shows two states of the register side by side, and how each difference came about."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.lists import section
from memberships.asked import areas_offered
from memberships.comparing import Comparison, Differences
from memberships.comparison_asked import States, area_asked, compared, states_asked
from memberships.exports.differences import APPOINTMENTS, MEANINGS, MEMBERSHIPS, Subject
from memberships.presenters.comparing import Compared, compared_words, difference_line, side_words
from organisations.models import Organisation

PARTS = (("roles", "Roles", APPOINTMENTS), ("seats", "Seats", MEMBERSHIPS))


def compare(request: HttpRequest) -> HttpResponse:
    """What differs between two days, or between what was known of one day at two moments: of roles held and of seats."""
    states = states_asked(request, ("known_at", *(name for name, _, _ in PARTS)))
    context: dict[str, Any] = {
        "areas": areas_offered(request.as_at.date),  # type: ignore[attr-defined]
        "asked": request.GET,
        "meanings": MEANINGS.values(),
    }
    if states:
        area = area_asked(request, states)
        if area and area not in context["areas"]:
            context["areas"].insert(0, area)
        context |= {
            "area": area,
            "day_of_moments": request.GET.get("as_at") if states[1] else None,
            "sides": side_words(states),
            "compared": compared_words(states, area),
            "parts": [_part(request, name, title, of, states, area) for name, title, of in PARTS],
        }
    return render(request, "comparing/compare.html", context)


def _part(
    request: HttpRequest, name: str, title: str, of: Subject, states: States, area: Organisation | None
) -> Compared:
    comparison: Comparison = compared(of, states, area)
    found = Differences(comparison)
    rows = section(request, name, found, lambda rows: [difference_line(row, comparison) for row in rows])
    return Compared(title, of.name, rows, [(said, found.counts.get(kind, 0)) for kind, said in MEANINGS.items()])
