"""Whom to ask, by pathway."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.errors import Refusal
from ics_leadership.filter_panel import FilterField, FilterPanel
from ics_leadership.lists import SHARED_NAMES, address_without, section
from ics_leadership.words import list_words
from memberships import asking
from memberships.presenters import ask as words
from memberships.presenters.groups import group_row
from organisations.filters import area_named
from organisations.models import Organisation
from roles.models import Pathway

SECTIONS = ("system", "practice", "groups", "officers")
KNOWN = ("within", "pathway", *SECTIONS, *SHARED_NAMES)

MOST_IN_OVERVIEW = 200
"""More roles than this in one overview of all pathways would be a directory; readers then choose where they ask first."""


def ask(request: HttpRequest) -> HttpResponse:
    """One pathway, or all of them, in one area or wherever somebody keeps one."""
    for name in request.GET:
        if name not in KNOWN:
            raise _refusal(
                request, name, f"This page has no question “{name[:40]}”. It knows {list_words(list(KNOWN[:2]))}."
            )
    on = request.as_at.date  # type: ignore[attr-defined]
    pathways = list(Pathway.objects.all())
    pathway = _pathway(request, pathways)
    organisation = _organisation(request)
    choices = asking.areas(on)
    area = asking.area_of(organisation, on)
    return render(
        request,
        "ask/ask.html",
        {
            "pathway": pathway,
            "pathways": pathways,
            "organisation": organisation,
            "where": words.where(organisation, choices),
            "nobody_keeps_it": not choices if organisation is None else not asking.is_kept(organisation, on),
            "panel": _panel(choices, organisation, pathways, pathway),
            **(_one(request, area, pathway) if pathway else _all(area, pathways)),
            "groups": section(
                request,
                "groups",
                asking.speaking_groups(area),
                lambda groups: [group_row(group, on) for group in groups],
            ),
            "officers": section(request, "officers", asking.committee_officers(area), partial(words.leads, on=on)),
            "directors": asking.accountable_directors(area),
        },
    )


def _one(request: HttpRequest, area: asking.Area, pathway: Pathway) -> dict[str, object]:
    on = area.date
    return {
        "system": section(request, "system", asking.system_leads(area, pathway), partial(words.leads, on=on)),
        "practice": section(request, "practice", asking.practice_leads(area, pathway), partial(words.leads, on=on)),
    }


def _all(area: asking.Area, pathways: list[Pathway]) -> dict[str, object]:
    system = list(asking.system_leads(area)[: MOST_IN_OVERVIEW + 1])
    practice = list(asking.practice_leads(area)[: MOST_IN_OVERVIEW + 1])
    too_many = max(len(system), len(practice)) > MOST_IN_OVERVIEW
    return {
        "too_many": too_many,
        "rows": [] if too_many else words.by_pathway(pathways, system, practice, area.date),
    }


def _refusal(request: HttpRequest, name: str, sentence: str) -> Refusal:
    return Refusal(sentence, way_on=("Ask without it", address_without(request, name)))


def _pathway(request: HttpRequest, pathways: list[Pathway]) -> Pathway | None:
    asked = request.GET.get("pathway", "")
    if not asked:
        return None
    found = next((pathway for pathway in pathways if pathway.slug == asked), None)
    if found is None:
        known = list_words([pathway.slug for pathway in pathways]) or "none yet"
        raise _refusal(request, "pathway", f"“{asked[:40]}” is no pathway of this register. It knows {known}.")
    return found


def _organisation(request: HttpRequest) -> Organisation | None:
    asked = request.GET.get("within", "").strip()
    if not asked:
        return None
    try:
        return area_named(asked, request.as_at.date)  # type: ignore[attr-defined]
    except Refusal as refusal:
        raise _refusal(request, "within", refusal.sentence) from None


def _panel(
    areas: list[Organisation], organisation: Organisation | None, pathways: list[Pathway], pathway: Pathway | None
) -> FilterPanel:
    offered = [(area.slug, area.name) for area in areas]
    if organisation and organisation not in areas:
        offered.insert(0, (organisation.slug, organisation.name))
    return FilterPanel(
        [
            FilterField("within", "Where", organisation.slug if organisation else "", offered),
            FilterField(
                "pathway", "About", pathway.slug if pathway else "", [(each.slug, each.name) for each in pathways]
            ),
        ]
    )
