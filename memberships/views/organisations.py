"""One organisation: its facts, its place, its leaders."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ics_leadership.asked import asked_about
from ics_leadership.lists import SIZE_OF_THE_PAST, section
from ics_leadership.prepared import prepared
from memberships import posts, seating
from memberships.noticed import noticed
from memberships.presenters import organisations as words
from memberships.presenters.posts import post
from memberships.views.gone import gone
from organisations import standing
from organisations.models import ORGAN_KINDS, Kind, Organisation
from organisations.presenters import changed_by_hand, link_row, published_as_of


@prepared
def _at(slug: str) -> QuerySet[Organisation]:
    return Organisation.objects.select_related("source").filter(slug=slug)


@asked_about(
    "roles",
    "groups",
    "seats",
    "members",
    "covers",
    "successions",
    "coming_links",
    "former_holders",
    "former_roles",
    "former_groups",
    "former_links",
)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    date = request.as_at.date  # type: ignore[attr-defined]
    shown = next(iter(_at(slug=slug)), None)
    if shown is None:
        if moved := standing.at_former_address(slug):
            return redirect(f"{moved.get_absolute_url()}?{request.GET.urlencode()}".rstrip("?"))
        return gone(request, Organisation, slug)
    areas = seating.keeping(shown, date)
    about: Any = {"organisation": shown.pk, "date": date}
    links = standing.links_of(**about)
    inside = standing.inside_of(shown, date)

    def each(present: Any, **given: Any) -> Any:
        return lambda rows: [present(row, on=date, **given) for row in rows]

    roles = section(request, "roles", posts.posts_of.about(**about), each(post, kept=bool(areas)))
    members = section(request, "members", posts.members_of.about(**about), each(words.member))
    covers = section(request, "covers", standing.covered_by.about(**about))
    one_link = each(partial(link_row, organisation=shown))
    one_group = each(partial(words.group_line, organisation=shown))
    picture = words.above_and_below(shown, links, covers.rows, inside.by_kind, date)
    all_successions = standing.successions_of(organisation=shown.pk)
    succession = words.before_and_after(shown, all_successions)
    not_all_drawn = len(all_successions) > words.MOST_BOXES
    one_succession = partial(words.succession_row, organisation=shown)
    place = words.place(shown, standing.containing(**about), links)
    coming_links = section(request, "coming_links", standing.coming_links.about(**about), one_link)
    over: Any = partial(section, request, size=SIZE_OF_THE_PAST)
    past = {
        "former_holders": over("former_holders", posts.former_holders.about(**about), each(words.former_holder)),
        "former_roles": over("former_roles", posts.former_roles.about(**about)),
        "former_groups": over("former_groups", posts.former_groups.about(**about), one_group),
        "former_links": over("former_links", standing.former_links.about(**about), one_link),
    }
    context = {
        "organisation": shown,
        "absence": words.absence(shown, date),
        "has_table": shown.kind in (Kind.PRACTICE, *ORGAN_KINDS),
        "same_code": [(words.code_sentence(shown, other, date), other) for other in standing.sharing_code(shown)],
        "areas": areas,
        "findings": noticed(request.rights, date, organisations={shown.pk}),  # type: ignore[attr-defined]
        "key_facts": words.key_facts(shown, roles.rows, links, inside.by_kind, date),
        "roles": roles,
        "inside_counted": posts.posts_of_all(inside.ids, date) if inside.by_kind else None,
        "groups": section(request, "groups", posts.groups_of.about(**about), one_group),
        "seats": section(request, "seats", posts.seats_through.about(**about)),
        "members": members,
        "members_heading": words.members_heading(shown, members.total),
        "members_are_led": any(member.has_director for member in members.rows),
        "covers": covers,
        "has_place": picture or succession or place.others or coming_links.total,
        "place": place,
        "above_and_below": picture,
        "own_links": [(link, link_row(link, shown, date)) for link in links],
        "before_and_after": succession,
        "successions": section(
            request, "successions", all_successions, lambda rows: [one_succession(row) for row in rows]
        )
        if not_all_drawn
        else None,
        "coming_links": coming_links,
        "has_past": any(each_past.total for each_past in past.values()),
        **past,
        "changed_by_hand": changed_by_hand(shown),
        "published_as_of": published_as_of(shown),
    }
    return render(request, "organisations/organisation.html", context)
