"""What ends when: a page of months, and a feed that calendars follow.

Where one must sign in to read, a calendar program cannot: the feed then needs an address with a key of somebody's own, which
their account page makes and takes back.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ics_leadership.accounts.actions import account_of_feed, end_feed_address, new_feed_address
from ics_leadership.accounts.models import User
from ics_leadership.asked import refuse_unknown
from ics_leadership.lists import address_without
from memberships import asked
from memberships.calendar import events
from memberships.holdings import soon_after
from memberships.presenters.calendar import feed, months
from organisations.rights import Rights

HORIZONS = {"3": "3 months", "6": "6 months", "12": "a year", "24": "two years"}
ASKED = ("within", "horizon", "group", "as_at", "known_at")


def calendar(request: HttpRequest) -> HttpResponse:
    context = _asked(request, request.rights)  # type: ignore[attr-defined]
    query = address_without(request, "as_at").replace(request.path, "", 1)
    context |= {
        "months": months(context["events"]),
        "areas": asked.areas_offered(request.as_at.date),  # type: ignore[attr-defined]
        "horizons": HORIZONS.items(),
        "feed": reverse("calendar-feed") + query,
        "feed_is_open": settings.PUBLIC_READING,
    }
    return render(request, "calendar/calendar.html", context)


def _asked(request: HttpRequest, rights: Rights, also: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the address asks for, and the events that it means. Raises Refusal for what it cannot be asked."""
    date = request.as_at.date  # type: ignore[attr-defined]
    refuse_unknown(request, (*ASKED, *also))
    horizon = asked.choice(request, "horizon", HORIZONS, "12")
    area, group = asked.area(request, date), asked.group(request)
    found = events(date, soon_after(date, int(horizon)), rights, inside=asked.kept_inside(area, date), group=group)
    return {"area": area, "group": group, "horizon": horizon, "within_words": HORIZONS[horizon], "events": found}


@login_not_required
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The same as iCalendar, for who may read: everybody, who is signed in, or whose key the address has."""
    rights: Rights = request.rights  # type: ignore[attr-defined]
    if key := request.GET.get("key"):
        rights = Rights(account_of_feed(key))
    if not rights.is_signed_in and (key or not settings.PUBLIC_READING):
        return HttpResponse(
            "This address of a calendar is not, or no longer, valid.\n", status=403, content_type="text/plain"
        )
    found = _asked(request, rights, ("key",))
    name = f"{settings.REGISTER_NAME}: {found['group'] or found['area'] or 'what ends'}"
    text = feed(found["events"], name, request.build_absolute_uri, timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


@login_required
@require_POST
def new_address(request: HttpRequest) -> HttpResponse:
    """Make an address of one's own for the feed, in the place of a former one; it is shown this once."""
    key = new_feed_address(account=_signed_in(request))
    address = request.build_absolute_uri(f"{reverse('calendar-feed')}?key={key}")
    return render(request, "calendar/address.html", {"address": address})


@login_required
@require_POST
def end_address(request: HttpRequest) -> HttpResponse:
    """Let the address answer no longer."""
    end_feed_address(account=_signed_in(request))
    return redirect("your-account")
