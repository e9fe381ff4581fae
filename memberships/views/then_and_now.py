"""Who held what on one day, and what they hold on another."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from ics_leadership.lists import answer
from ics_leadership.periods import today
from memberships import destinations
from memberships.destination_filters import DestinationFilters
from memberships.models import Person
from memberships.presenters.then_and_now import any_counted_twice, days_words, destination, starting_points, tallies


def then_and_now(request: HttpRequest) -> HttpResponse:
    filters = DestinationFilters(request, Person.objects.all())
    then, now = filters.then, filters.now
    # Everything that the page leads to is about the second of its days, unless it says otherwise.
    request.as_at = replace(request.as_at, date=now, asked=True)  # type: ignore[attr-defined]
    asked = filters.is_asked
    counts = destinations.counts(filters.everyone, now) if asked else {}
    then_words, now_words = days_words(then, now, today())
    return answer(
        request,
        "then_and_now",
        filters,
        present=lambda person: destination(person, then, now),
        workbook="then-and-now-workbook",
        context={
            "asked": asked,
            "then_words": then_words,
            "now_words": now_words,
            "everyone": counts.get("all", 0),
            "tallies": tallies(counts) if asked else [],
            "any_counted_twice": asked and any_counted_twice(counts),
            "holds": request.GET.get("holds", ""),
            "starting_points": [] if asked else starting_points(destinations.types_held(then), then, now),
        },
    )
