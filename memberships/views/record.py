"""Where an editor begins to record a change: the changes in plain words, and a search for whom or what they are about."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.errors import Refusal
from ics_leadership.periods import today
from memberships import finding, starting
from memberships.presenters.record import offers, offers_called, starts


@login_required
def record(request: HttpRequest) -> HttpResponse:
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_editor:
        raise PermissionDenied
    asked = request.GET.get("change", "")
    chosen = starting.kind_called(asked)
    if asked and (chosen is None or not chosen.of):
        raise Refusal(f"“{asked[:40]}” is no kind of change.", way_on=("Show all kinds of change", request.path))
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[: finding.MOST_LETTERS]
    found = starting.startable(words, rights, today()) if len(words) >= finding.LEAST_LETTERS else None
    context = {
        "q": words,
        "chosen": chosen,
        "starts": starts(found, chosen, today()) if found else [],
        "distant": found is not None and found.found.distant,
        "called": offers_called(words) if words and not chosen else [],
        "offers": [] if chosen or words else offers(),
    }
    return render(request, "record/record.html", context)
