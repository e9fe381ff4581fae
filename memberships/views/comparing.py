"""The page that shows two states of the role map side by side, and how each difference came about."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from memberships.asked import areas_offered
from memberships.comparing import MEANINGS, Comparison, counted, differences
from memberships.comparison_asked import comparison_asked
from memberships.presenters.comparing import difference_line, side_words

MOST = 200


def compare(request: HttpRequest) -> HttpResponse:
    """What differs between two days, or between what was known of one day at two moments."""
    comparison = comparison_asked(request, ("known_at",))
    context = {"areas": areas_offered(request.as_at.date), "asked": request.GET, "meanings": MEANINGS.values()}  # type: ignore[attr-defined]
    return render(request, "comparing/compare.html", context | (_told(comparison) if comparison else {}))


def _told(comparison: Comparison) -> dict[str, object]:
    counts = counted(comparison)
    return {
        "sides": side_words(comparison),
        "counts": [(MEANINGS[kind], number) for kind, number in counts.items()],
        "total": sum(counts.values()),
        "lines": [difference_line(row, comparison) for row in differences(comparison, MOST)],
        "most": MOST,
    }
