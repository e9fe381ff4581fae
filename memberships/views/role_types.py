"""The types of role: what is usual for each, which of them lead what hosts them, and how many roles there are of each."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.asked import asked_about
from roles.models import RoleType


@asked_about()
def role_types(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    types = RoleType.objects.annotate(number=Count("roles", filter=Q(roles__period__contains=date))).order_by("name")
    editable = request.rights.is_administrator and request.as_at.is_today  # type: ignore[attr-defined]
    return render(request, "roles/types.html", {"types": types, "editable": editable})
