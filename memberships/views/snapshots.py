"""Frozen exports as pages: freezing one, one's own, and what each is, for whoever follows its address from a citation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ics_leadership.accounts.models import User
from ics_leadership.asked import asked_about, refuse_unknown
from ics_leadership.errors import Refusal
from ics_leadership.lists import page_asked
from ics_leadership.taking_away import counted
from memberships.actions.snapshots import freeze
from memberships.freezing import days_of, request_for, to_freeze
from memberships.frozen import Frozen
from memberships.models import Snapshot
from memberships.parameters import in_words
from memberships.presenters.snapshots import proposed, snapshot_line, snapshot_page
from memberships.rights import may_read_snapshot


@require_safe
@login_required
def own_snapshots(request: HttpRequest) -> HttpResponse:
    """The snapshots that whoever is signed in made, the latest first."""
    refuse_unknown(request, ("page",))
    rows = Snapshot.objects.filter(by=request.user.pk).defer("content", "people")
    page = page_asked(request, rows)
    context = {"page": page, "lines": [snapshot_line(each) for each in page.object_list]}
    return render(request, "snapshots/list.html", context)


@login_required
def new_snapshot(request: HttpRequest) -> HttpResponseBase:
    """Shows what would be frozen, with its parameters and both dates, and freezes it when that is sent."""
    if request.method == "POST":
        return _freeze(request)
    frozen = _to_freeze(request, request.GET.get("format", ""))
    shown = proposed(frozen, in_words(frozen.asked, *days_of(frozen)))
    return render(request, "snapshots/new.html", {"shown": shown, "of": request.GET["of"]})


@counted
def _freeze(request: HttpRequest) -> HttpResponseBase:
    assert isinstance(request.user, User)
    frozen = _to_freeze(request, request.POST.get("format") or request.GET.get("format", ""))
    snapshot = freeze(by=request.user, frozen=frozen)
    messages.success(request, "It is frozen. This page is its permanent address.")
    return redirect("snapshot", key=snapshot.key)


def _to_freeze(request: HttpRequest, form: str) -> Frozen:
    refuse_unknown(request, ("of", "format"))
    address = request.GET.get("of", "")
    if not address:
        raise Refusal(
            "Say what to freeze: begin at a page that offers an export.", way_on=("Your snapshots", "/snapshots")
        )
    return to_freeze(*request_for(request, address, form))


@asked_about()
@require_safe
def snapshot(request: HttpRequest, key: str) -> HttpResponse:
    """What a frozen export is: when it was frozen, what was asked, how large it is, its hash, and how to cite it."""
    found = Snapshot.objects.select_related("by").defer("content", "people").filter(key=key).first()
    if found is None:
        raise Http404("There is no snapshot at this address. Check the last ten letters and digits of it.")
    rights = request.rights  # type: ignore[attr-defined]
    is_open = may_read_snapshot(found, rights)
    shown = snapshot_page(
        found,
        in_words(found.asked, *days_of(found)) if is_open else [],
        address=request.build_absolute_uri(reverse("snapshot", args=[key])),
        names_shown=rights.is_signed_in,
        is_closed=not is_open,
    )
    return render(request, "snapshots/snapshot.html", {"shown": shown, "is_own": found.by_id == request.user.pk})
