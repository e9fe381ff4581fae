"""Lists as Excel workbooks, and the workbook to start from. Which rows a list has is the business of its page."""

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from functools import partial
from threading import BoundedSemaphore

from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from ics_leadership.taking_away import counted
from memberships import mentoring, posts, seating
from memberships.destination_filters import DestinationFilters
from memberships.filters import HeldRoleFilters, PersonFilters
from memberships.group_filters import GroupFilters
from memberships.mentoring import OfferFilters, UnusedSkillFilters
from memberships.models import Group, Person
from memberships.spreadsheets import exported
from memberships.spreadsheets.columns import ListKind
from memberships.spreadsheets.exported import Row
from memberships.spreadsheets.exporting import workbook
from memberships.spreadsheets.sight import Seen
from memberships.spreadsheets.template import template
from memberships.views.gone import gone
from organisations.filters import OrganisationFilters
from organisations.models import Link, LinkKind, Organisation
from organisations.rights import Rights

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

AT_ONCE = 3
"""So many lists a process writes at once; pages are answered meanwhile."""

PATIENCE = 20
"""Seconds for which one more waits for its turn."""

_turns = BoundedSemaphore(AT_ONCE)


@counted
def people(request: HttpRequest) -> HttpResponseBase:
    filters = PersonFilters(request, Person.objects.all())
    return _answer(request, ListKind.PEOPLE, "people", partial(exported.people, filters.qs))


@counted
def roles(request: HttpRequest) -> HttpResponseBase:
    filters = HeldRoleFilters(request, posts.listed(_day(request)))
    return _answer(request, ListKind.ROLES, "roles", partial(exported.roles, filters.qs))


@counted
def groups(request: HttpRequest) -> HttpResponseBase:
    on = _day(request)
    filters = GroupFilters(request, seating.with_table(Group.objects.select_related("covers", "host"), on))
    return _answer(request, ListKind.GROUPS, "groups", partial(exported.groups, filters.qs))


@counted
def seats(request: HttpRequest, slug: str) -> HttpResponseBase:
    group = Group.objects.filter(slug=slug).first()
    if group is None:
        return gone(request, Group, slug)
    page = group.get_absolute_url()
    return _answer(request, ListKind.SEATS, f"seats-{slug}"[:80], partial(exported.seats, group), page=page)


@counted
def organisations(request: HttpRequest) -> HttpResponseBase:
    above = Link.objects.as_at(_day(request)).exclude(kind=LinkKind.COVERS).select_related("other")
    listed = Organisation.objects.prefetch_related(
        Prefetch("links", queryset=above.order_by("other__name", "pk"), to_attr="above")
    )
    filters = OrganisationFilters(request, listed)
    return _answer(request, ListKind.ORGANISATIONS, "organisations", partial(exported.organisations, filters.qs))


@counted
def mentors(request: HttpRequest) -> HttpResponseBase:
    filters = OfferFilters(request, mentoring.offers(_day(request), _rights(request)))
    return _answer(request, ListKind.OFFERS, "mentors", partial(exported.offers, filters.qs))


@counted
def unused_skills(request: HttpRequest) -> HttpResponseBase:
    filters = UnusedSkillFilters(request, mentoring.unused_skills(_day(request)))
    return _answer(request, ListKind.SKILLS, "unused-skills", partial(exported.skills, filters.qs))


@counted
def then_and_now(request: HttpRequest) -> HttpResponseBase:
    """Those who are meant, with what they hold on the second day: a list of people like any other, to be edited."""
    filters = DestinationFilters(request, Person.objects.all())
    request.as_at = replace(request.as_at, date=filters.now, asked=True)  # type: ignore[attr-defined]
    rows = partial(exported.then_and_now, filters.qs, filters.then)
    return _answer(request, ListKind.PEOPLE, "then-and-now", rows, also=("held_then",))


def template_workbook(request: HttpRequest, kind: str) -> HttpResponseBase:
    """An empty list of a kind, with what can be chosen in its columns and an example."""
    if kind not in ListKind.values:
        raise Http404("There is no workbook to start such a list from.")
    return FileResponse(
        template(ListKind(kind)), as_attachment=True, filename=f"{kind}-to-fill-in.xlsx", content_type=XLSX
    )


def _day(request: HttpRequest) -> datetime.date:
    date: datetime.date = request.as_at.date  # type: ignore[attr-defined]
    return date


def _rights(request: HttpRequest) -> Rights:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    return rights


def _answer(
    request: HttpRequest,
    kind: ListKind,
    name: str,
    rows: Callable[[datetime.date, Seen], Iterable[Row]],
    *,
    page: str = "",
    also: Collection[str] = (),
) -> HttpResponseBase:
    """The list as a file, once it is whole; a page that asks to try again while others are being written.

    `page` is the address of the page that lists the same, the one called `name` unless another is given; `also` the keys
    of columns that it has beside those of every list of its kind.
    """
    if not _turns.acquire(timeout=PATIENCE):
        return _busy(request)
    try:
        date = _day(request)
        address = request.build_absolute_uri(request.get_full_path().replace(request.path, page or reverse(name), 1))
        file = workbook(kind, rows, date=date, rights=_rights(request), address=address, also=also)
    finally:
        _turns.release()
    return FileResponse(file, as_attachment=True, filename=f"{name}-{date.isoformat()}.xlsx", content_type=XLSX)


def _busy(request: HttpRequest) -> HttpResponse:
    answer = render(request, "errors/busy.html", status=503)
    answer["Retry-After"] = "30"
    return answer
