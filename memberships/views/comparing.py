"""The page that shows two states of the register side by side, and how each difference came about."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.errors import Refusal
from ics_leadership.lists import section
from memberships.asked import areas_offered
from memberships.comparing import Differences, States
from memberships.comparison_asked import Areas, areas_asked, compared, states_asked
from memberships.exports.differences import APPOINTMENTS, MEMBERSHIPS, Subject
from memberships.presenters.comparing import (
    Compared,
    compared_words,
    count_words_of,
    difference_line,
    files_of,
    side_words,
)
from organisations.models import Organisation

DIFFERENCES_SHOWN = 10
"""So many differences of each part stand on a page: each has several lines on a phone, and the files have all."""
PARTS = (("roles", "Roles", "Role", APPOINTMENTS), ("seats", "Seats", "Seat", MEMBERSHIPS))


def compare(request: HttpRequest) -> HttpResponse:
    """What differs between two days, or between what was known of one day at two moments: of roles held and of seats.

    What cannot be compared is refused above the forms in which it can be asked otherwise.
    """
    areas = areas_offered(request.as_at.date)  # type: ignore[attr-defined]
    context: dict[str, Any] = {"areas": areas, "asked": request.GET, "within": request.GET.get("within", "")}
    try:
        states = states_asked(request, tuple(name for name, *_ in PARTS))
        if states:
            context |= _answer(request, states, areas)
    except Refusal as refusal:
        context |= {"problems": [_problem(request, refusal)], "way_on": refusal.way_on}
        return render(request, "comparing/compare.html", context, status=HTTPStatus.BAD_REQUEST)
    return render(request, "comparing/compare.html", context)


def _problem(request: HttpRequest, refusal: Refusal) -> dict[str, str]:
    """What is wrong, as the summary over the page says it: with a link to the question, unless another way leads on."""
    if refusal.way_on:
        return {"text": refusal.sentence}
    of_moments = any(request.GET.get(name) for name in ("from_known", "to_known"))
    return {"text": refusal.sentence, "href": "#from-known" if of_moments else "#from-day"}


def _answer(request: HttpRequest, states: States, areas: list[Organisation]) -> dict[str, Any]:
    found = areas_asked(request, states)
    if found and found[-1] not in areas:
        areas.insert(0, found[-1])
    return {
        "within": found[-1].slug if found else "",
        "sides": side_words(states),
        "compared": compared_words(states, found),
        "parts": [_part(request, *part, states, found) for part in PARTS],
    }


def _part(
    request: HttpRequest, name: str, title: str, noun: str, of: Subject, states: States, areas: Areas
) -> Compared:
    comparison = compared(of, states, areas)
    found = Differences(comparison)
    rows = section(
        request, name, found, lambda rows: [difference_line(row, comparison) for row in rows], DIFFERENCES_SHOWN
    )
    files = files_of(request.GET, of, states)
    return Compared(title, noun, rows, count_words_of(comparison, found.counts), **files)
