"""The first page: what the register is, the ways in, the kept areas, what changed lately, what ends soon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.lists import page_asked
from memberships import outlook
from memberships.holdings import SOON_IN_MONTHS
from memberships.latest import recorded_lately
from memberships.presenters.home import endings, recorded_line
from roles.models import Pathway

LINES = 8
# Every number of an area is counted as the page is asked for.
AREAS = 10


def home(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    context = {
        "pathways": Pathway.objects.all(),
        "areas": page_asked(request, outlook.kept_areas(date), size=AREAS),
        "endings": endings(outlook.roles_ending(date)[:LINES], outlook.seats_ending(date)[:LINES], LINES),
        "soon_in_months": SOON_IN_MONTHS,
        "lately": [recorded_line(recorded, date) for recorded in recorded_lately(date, LINES)],
    }
    return render(request, "home/home.html", context)
