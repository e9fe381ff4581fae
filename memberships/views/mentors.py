"""Who offers to mentor, and whose skills nobody uses."""

from django.http import HttpRequest, HttpResponse

from ics_leadership.lists import answer
from memberships import mentoring
from memberships.mentoring import OfferFilters, UnusedSkillFilters, unused_skills
from memberships.presenters.mentors import offer_row, unused_row

# The page of offers shows so many of those whose skills are unused, and leads to the list of all.
FIRST_UNUSED = 8


def mentor_list(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    offers = mentoring.offers(date, request.rights)  # type: ignore[attr-defined]
    unused = unused_skills(date)
    return answer(
        request,
        "mentors",
        OfferFilters(request, offers),
        present=offer_row,
        workbook="mentors-workbook",
        context={
            "unused": [unused_row(person, date) for person in unused[:FIRST_UNUSED]],
            "unused_count": unused.count(),
        },
    )


def unused_skill_list(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    filters = UnusedSkillFilters(request, unused_skills(date))
    return answer(
        request,
        "unused_skills",
        filters,
        present=lambda person: unused_row(person, date),
        workbook="unused-skills-workbook",
    )
