"""Groups: the list, and who sits on one and why."""

from dataclasses import replace
from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership.asked import asked_about
from ics_leadership.lists import SIZE_OF_THE_PAST, answer, section
from ics_leadership.pictures import stack
from ics_leadership.prepared import prepared
from memberships import interests, private, proposals, seating
from memberships.group_filters import GroupFilters
from memberships.models import Group
from memberships.noticed import noticed
from memberships.presenters import groups as words
from memberships.presenters import sitting as sitting_words
from memberships.presenters.proposals import proposal_line
from memberships.presenters.reasons import version_words
from memberships.presenters.versions import versions as versions_shown
from memberships.views.gone import gone


def group_list(request: HttpRequest) -> HttpResponse:
    """All groups of the day shown, narrowed, sorted and paged."""
    on = request.as_at.date  # type: ignore[attr-defined]
    groups = seating.with_table(Group.objects.select_related("covers", "host"), on)
    return answer(
        request,
        "groups",
        GroupFilters(request, groups),
        present=partial(words.group_row, on=on),
        workbook="groups-workbook",
        table="groups",
        take_away="role-map-of-groups",
        leads_to="role-map",
    )


@prepared
def _at(slug: str) -> QuerySet[Group]:
    return Group.objects.select_related("host", "covers", "source").filter(slug=slug)


@asked_about("upcoming", "past", "earlier")
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One group as at the day shown: who sits and why, its terms, its remit, whom it answers to, who sat before."""
    this = next(iter(_at(slug=slug)), None)
    if this is None:
        return gone(request, Group, slug)
    on = request.as_at.date  # type: ignore[attr-defined]
    versions = seating.versions_of_terms(this, on)
    members = seating.members(versions, on)
    others = {
        "upcoming": section(request, "upcoming", members.upcoming),
        "past": section(request, "past", members.past, size=SIZE_OF_THE_PAST),
        "earlier": section(request, "earlier", members.earlier, size=SIZE_OF_THE_PAST),
    }
    seating.add_reasons([*members.sitting, *(row for part in others.values() for row in part.rows)], on)
    in_force = next((terms for terms in versions if terms.holds(on)), None)
    former = [terms for terms in versions if terms.end_date and terms.end_date < on]
    areas = seating.keeping(this.covers or this.host, on)
    absence = words.absence(this, on)
    # A group that is not there on the day has no seats to fill.
    provided = None if absence else in_force
    funding = seating.funding(this, on)
    table = sitting_words.table(
        members.sitting,
        provided,
        on=on,
        kept=bool(areas),
        history=members.of_those_who_sit,
        last_held=members.last_held,
        evidence=private.evidence_of(members.sitting, request.rights),  # type: ignore[attr-defined]
    )
    sectors = words.sector_rows(
        members.sitting, provided, seating.sectors_on_last_days(former), former, on=on, kept=bool(areas)
    )
    remits = [words.remit_words(remit, on) for remit in seating.versions_of_remit(this)]
    return render(
        request,
        "groups/group.html",
        {
            "group": this,
            "amounts": private.of_group(this, request.rights, on),  # type: ignore[attr-defined]
            "absence": absence,
            "findings": noticed(request.rights, on, groups={this.pk}),  # type: ignore[attr-defined]
            "areas": areas,
            "proposals": [
                proposal_line(each, on)
                for each in proposals.open_ones_of(this, request.rights, on)  # type: ignore[attr-defined]
            ],
            "has_interests": interests.may_see_register(this, request.rights, on),  # type: ignore[attr-defined]
            "table": table,
            "key_facts": words.key_facts(table, words.endings(this, members, in_force, funding, on)),
            "unseated": sitting_words.unseated(members.sitting, in_force),
            "in_force": in_force,
            "in_force_name": version_words(in_force) if in_force else "",
            "sectors": stack(sectors) if sectors else None,
            "versions": versions_shown(versions, on),
            "remits": remits,
            "remit_in_force": any(remit.in_force for remit in remits),
            "lines": seating.reporting_lines(this, on),
            "reported_to_by": seating.reported_to_by(this, on),
            "funding": funding,
            "influences": seating.influences(this, on),
            **{name: replace(part, rows=words.other_members(part.rows, on)) for name, part in others.items()},
        },
    )
