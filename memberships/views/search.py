"""Search over everything, as one types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.asked import asked_about
from ics_leadership.errors import Refusal
from memberships import finding
from memberships.presenters.search import instead_words, results


@asked_about("q")
def search(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    words = " ".join(request.GET.get("q", "").split())
    way_on = ("Search for something else", request.path)
    if len(words) > finding.MOST_LETTERS:
        raise Refusal(f"The register can look for up to {finding.MOST_LETTERS} letters at a time.", way_on=way_on)
    found = finding.find(words, date) if len(words) >= finding.LEAST_LETTERS else None
    context = {
        "q": words,
        "kinds": results(found, words, date) if found else [],
        "instead": instead_words(words, found),
    }
    return render(request, "search/search.html", context)
