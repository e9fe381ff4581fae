"""What pages about what comes are asked in their addresses: an area, a group, a choice of few."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from ics_leadership.errors import Refusal
from ics_leadership.lists import address_without
from ics_leadership.words import list_words
from memberships.models import Group
from organisations.filters import AREA_KINDS, area_named
from organisations.models import Organisation
from organisations.models.areas import within


def choice(request: HttpRequest, name: str, choices: Collection[str], usual: str) -> str:
    """One of a few values, the usual one where none is asked for. Raises Refusal for any other."""
    value = request.GET.get(name) or usual
    if value not in choices:
        raise Refusal(
            f"“{value[:40]}” is no value of “{name}”. It can be {list_words([each for each in choices if each])}.",
            way_on=("Show the page without it", address_without(request, name)),
        )
    return value


def area(request: HttpRequest, date: datetime.date) -> Organisation | None:
    """The organisation that `within` names. Raises Refusal as `area_named` does."""
    asked = request.GET.get("within", "").strip()
    return area_named(asked, date) if asked else None


def group(request: HttpRequest) -> Group | None:
    """The group that `group` names. Raises Refusal where there is none."""
    slug = request.GET.get("group", "").strip()
    found: Group | None = Group.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        raise Refusal(
            "The register has no such group.", way_on=("Show the page without it", address_without(request, "group"))
        )
    return found


def kept_inside(area: Organisation | None, date: datetime.date) -> Any:
    """Ids of the organisations of kept areas, or of what of them lies inside an area, for use after `__in`."""
    kept = Organisation.objects.kept_on(date)
    return (kept.filter(pk__in=within([area.pk], date)) if area else kept).order_by().values("pk")


def areas_offered(date: datetime.date) -> list[Organisation]:
    """The kept areas and what is an area inside them, to choose from; of those that were there on the day."""
    kept = Organisation.objects.as_at(date).kept_on(date).filter(kind__in=AREA_KINDS)
    return list(kept.order_by("name", "pk"))
