"""Who could follow: the posts in kept areas whose terms end within a horizon, and for each the people whom something speaks for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.asked import refuse_unknown
from ics_leadership.lists import page_asked
from memberships import asked
from memberships.holdings import soon_after
from memberships.presenters.succession import post
from memberships.succession import posts_ending, with_candidates
from roles.models import Role

HORIZONS = {"3": "3 months", "6": "6 months", "12": "a year", "24": "two years"}
KINDS = {"": "Roles and seats", "roles": "Roles", "seats": "Seats"}
ASKED = ("within", "horizon", "kind", "group", "role", "as_at", "known_at", "page")
POSTS = 10


def succession(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    refuse_unknown(request, ASKED)
    horizon = asked.choice(request, "horizon", HORIZONS, "12")
    kind = asked.choice(request, "kind", KINDS, "")
    area, group, role = asked.area(request, date), asked.group(request), _role(request)
    whenever = (group or role) and not request.GET.get("horizon")
    posts = posts_ending(
        date,
        None if whenever else soon_after(date, int(horizon)),
        inside=asked.kept_inside(area, date),
        kind=kind,
        group=group,
        role=role,
    )
    page = page_asked(request, posts, size=POSTS)
    endings = with_candidates(list(page.object_list), date, request.rights) if posts else []  # type: ignore[attr-defined]
    context = {
        "page": page,
        "posts": [post(each, date, alone=len(endings) == 1) for each in endings],
        "area": area,
        "group": group,
        "role": role,
        "areas": asked.areas_offered(date),
        "horizons": HORIZONS.items(),
        "horizon": "" if whenever else horizon,
        "within_words": HORIZONS[horizon],
        "kinds": KINDS.items(),
        "kind": kind,
    }
    return render(request, "succession/list.html", context)


def _role(request: HttpRequest) -> Role | None:
    slug = request.GET.get("role", "")
    role: Role | None = Role.objects.filter(slug=slug).first() if slug else None
    if slug and role is None:
        raise Http404("The register has no role at this address.")
    return role
