"""The first page: what the register is, the ways in, the kept areas, what changed lately, what ends soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.asked import asked_about
from ics_leadership.lists import page_asked
from ics_leadership.periods import today
from memberships import outlook, proposals
from memberships.holdings import SOON_IN_MONTHS
from memberships.latest import recorded_lately
from memberships.presenters.home import endings, recorded_line
from memberships.presenters.proposals import asked_line
from roles.models import Pathway

LINES = 8
# Every number of an area is counted as the page is asked for.
AREAS = 10


@asked_about("page")
def home(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    context = {
        "pathways": Pathway.objects.all(),
        "areas": page_asked(request, outlook.kept_areas(date), size=AREAS),
        "endings": endings(outlook.roles_ending(date)[:LINES], outlook.seats_ending(date)[:LINES], LINES),
        "soon_in_months": SOON_IN_MONTHS,
        "lately": [recorded_line(recorded, date) for recorded in recorded_lately(date, LINES)],
    }
    rights = request.rights  # type: ignore[attr-defined]
    if rights.is_signed_in and (own := proposals.entry_of(rights)):
        context["asked"] = [asked_line(each, today()) for each in proposals.asked_of(own, today())]
    return render(request, "home/home.html", context)
