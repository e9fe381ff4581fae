"""Roles: the list, and one role with its remit and holders."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.asked import asked_about
from ics_leadership.lists import answer, section
from memberships import posts, seating
from memberships.filters import HeldRoleFilters
from memberships.models import Appointment
from memberships.noticed import noticed
from memberships.presenters import roles as words
from memberships.presenters.posts import may_be_held
from memberships.views.gone import gone
from roles.models import Role


def role_list(request: HttpRequest) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    filters = HeldRoleFilters(request, posts.listed(date))
    # Who holds what nobody holds would be an empty file.
    is_held = not filters.of_none_held
    return answer(
        request,
        "roles",
        filters,
        present=lambda row: words.role_row(row, date),
        workbook="roles-workbook",
        table="roles",
        take_away="role-map-of-roles" if is_held else "",
        leads_to="role-map" if is_held else "",
    )


@asked_about("in_post", "holders", "coming", "seats")
def role(request: HttpRequest, slug: str) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    roles = Role.objects.select_related("role_type", "organisation", "of_group__group", "source")
    shown = roles.filter(slug=slug).first()
    if shown is None:
        return gone(request, Role, slug)
    # Of a role that has ended, or is to come, its own days tell whether the area was kept.
    areas = seating.keeping(shown.organisation, words.nearest_day(shown, date))
    remits = posts.remits_of(shown)
    versions = words.remit_versions(remits, date)
    now = next((version for version in versions if version.in_force), None)

    def tenures(rows: Iterable[Appointment]) -> list[words.Tenure]:
        return [words.tenure(row, date) for row in rows]

    holders = posts.holders_of(shown)
    in_post = section(request, "in_post", holders.as_at(date), tenures)
    of_all_time = section(request, "holders", holders)
    # Of holders cut into pages, no page alone shows the gaps between them.
    empty = [] if of_all_time.is_paged else words.gaps(shown, of_all_time.rows, areas, date)
    absence = words.absence(shown, date)
    vacant = bool(areas) and not in_post.rows and not may_be_held(of_all_time.rows, date)
    context = {
        "role": shown,
        "absence": absence,
        "findings": noticed(request.rights, date, roles={shown.pk}),  # type: ignore[attr-defined]
        "areas": areas,
        "vacant": vacant,
        "key_facts": None if absence else words.key_facts(shown, in_post.rows, now, vacant=vacant),
        "versions": versions,
        "now": now,
        "usual": words.usual_words(shown),
        "in_post": in_post,
        "coming": section(request, "coming", holders.upcoming(date), tenures),
        "seats": section(request, "seats", posts.seats_by_virtue_of(shown, date)),
        "holders": of_all_time,
        "spells": words.spells(of_all_time.rows, empty, date),
        "picture": words.holders_picture(shown, of_all_time.rows, empty, remits, date),
    }
    return render(request, "roles/role.html", context)
