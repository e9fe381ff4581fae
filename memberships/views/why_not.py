"""For editors: what keeps somebody off a group's seats, or that nothing does."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.errors import Refusal
from ics_leadership.periods import today
from memberships import holdings, seating
from memberships.models import Group, Person
from memberships.presenters.why_not import seat_line
from memberships.rights import in_group, may_change
from memberships.views.gone import gone
from memberships.why_not import why_not

OFFERED = 8
"""So many people of a name are offered."""


@login_required
def why_not_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether a person may have a seat of a group today, seat by seat; without a person, a search for one."""
    group = Group.objects.select_related("covers", "host").filter(slug=slug).first()
    if group is None:
        return gone(request, Group, slug)
    rights = request.rights  # type: ignore[attr-defined]
    if not may_change(group, rights):
        raise PermissionDenied
    q, asked = request.GET.get("q", "").strip()[:200], request.GET.get("person", "")
    context = {"group": group, "q": q, "kept": bool(seating.keeping(group.covers or group.host, today()))}
    if asked:
        person = Person.objects.filter(slug=asked).first()
        if person is None:
            raise Refusal(
                f"“{asked[:40]}” is nobody in this register.", way_on=("Ask about somebody else", request.path)
            )
        context["person"] = person
        context["lines"] = [seat_line(each) for each in why_not(person, group, today())]
    elif q:
        context["found"] = holdings.with_roles(Person.objects.called(q), today())[:OFFERED]
    return render(request, "groups/why_not.html", context)


@login_required
def why_not_of_person(request: HttpRequest, slug: str) -> HttpResponse:
    """The groups of the reader's areas, to ask of each whether a person may have a seat of it."""
    person = Person.objects.filter(slug=slug).first()
    if person is None:
        return gone(request, Person, slug)
    rights = request.rights  # type: ignore[attr-defined]
    if not may_change(person, rights):
        raise PermissionDenied
    groups = Group.objects.as_at(today())
    if not rights.is_administrator:
        groups = groups.filter(in_group(rights, ""))
    groups = groups.select_related("covers", "host").order_by("name", "pk")
    return render(request, "people/why_not.html", {"person": person, "groups": groups})
