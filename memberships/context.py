"""What every page has to say about a register that holds an invented system: which area it is."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from ics_leadership.periods import today
from ics_leadership.words import list_words
from organisations.models import KeptArea, Kind

DEMONSTRATION = "demonstration"
"""Where the cache holds the invented areas in words, so that pages need not ask the database."""
SECONDS = 60


def demonstration(request: HttpRequest) -> dict[str, str]:
    """Context processor: `demonstration` names the invented areas that are kept, empty where there are none."""
    return {"demonstration": cache.get_or_set(DEMONSTRATION, _invented_areas, SECONDS) or ""}


def _invented_areas() -> str:
    kept = KeptArea.objects.as_at(today()).filter(area__invented=True).exclude(area__kind=Kind.LMC)
    return list_words([area.short_name or area.name for area in (row.area for row in kept.select_related("area"))])
