"""People: the list, and one person's appointments and seats."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ics_leadership.asked import asked_about
from ics_leadership.lists import answer
from ics_leadership.prepared import prepared
from memberships import holdings, interests, private, proposals
from memberships.filters import PersonFilters
from memberships.merging import entry_now_at
from memberships.models import Person
from memberships.noticed import noticed
from memberships.presenters.interests import declared_line
from memberships.presenters.people import person_page, person_row
from memberships.presenters.proposals import asked_line
from memberships.rights import is_own, may_speak_for
from memberships.views.gone import gone


def person_list(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    people = holdings.with_roles(Person.objects.all(), date)
    return answer(
        request,
        "people",
        PersonFilters(request, people),
        present=lambda row: person_row(row, date),
        workbook="people-workbook",
        table="people",
        take_away="role-map-of-people",
        leads_to="role-map",
    )


@prepared
def _at(slug: str) -> QuerySet[Person]:
    return Person.objects.select_related("source").filter(slug=slug)


@asked_about()
def person(request: HttpRequest, slug: str) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    who = next(iter(_at(slug=slug)), None)
    if who is None and (now := entry_now_at(slug)):
        return redirect(request.as_at.keep(now.get_absolute_url()))  # type: ignore[attr-defined]
    if who is None:
        return gone(request, Person, slug)
    context = {
        "person": who,
        "shown": person_page(
            holdings.appointments_of(who, date), holdings.seats_of(who, date), holdings.deputising_of(who, date), date
        ),
        "skills": holdings.skills_of(who, date),
        "offers": holdings.offers_of(who, date, request.rights),  # type: ignore[attr-defined]
        "post_offers": holdings.post_offers_of(who, date, request.rights),  # type: ignore[attr-defined]
        "private": private.of_person(who, request.rights, date),  # type: ignore[attr-defined]
    }
    context["findings"] = noticed(request.rights, date, people={who.pk})  # type: ignore[attr-defined]
    return render(request, "people/person.html", context | _own_and_declared(request, who, date))


def _own_and_declared(request: HttpRequest, who: Person, date: datetime.date) -> dict[str, Any]:
    """What the person is asked, if it is they who look; and what they declared, for those who may see it."""
    rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_signed_in:
        return {}
    found: dict[str, Any] = {"may_speak_for": may_speak_for(who, rights)}
    if found["may_speak_for"] or interests.may_see_of_person(who, rights, date):
        found["declared"] = declared_line(interests.declared_by(who, date), date)
    if is_own(who, rights) and request.as_at.is_today:  # type: ignore[attr-defined]
        found["asked"] = [asked_line(each, date) for each in proposals.asked_of(who.pk, date)]
    return found
