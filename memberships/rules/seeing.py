"""Who may see which findings, and who manages them.

The editors of the area see them, analysts to whom it was granted, and whom they concern; everybody who is signed in where
the terms of a group that they concern publish them. Nobody else: the public is shown no list of failings with names on it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ics_leadership.accounts.models import Sight
from memberships.models import PersonAccount, Terms
from memberships.rules.findings import Finding
from memberships.rules.interests import Undeclared
from organisations.models import KeptArea, Organisation, within
from organisations.models.areas import around
from organisations.rights import Rights

FOR_EDITORS = {Undeclared.code}
"""Rules whose findings no group publishes."""


def visible(rights: Rights, findings: Iterable[Finding]) -> list[Finding]:
    """Those of `findings` that may be seen, in their order. Nobody who is not signed in sees any.

    Asks one query about areas for each day that findings are of, and one about the person's own entry.
    """
    found = list(findings)
    if not rights.is_signed_in or not found:
        return []
    areas = rights.areas_seen(Sight.FINDINGS)
    if areas is None:
        return found
    published = _publishing({finding.as_at for finding in found})
    links = PersonAccount.objects.filter(account=rights.account if rights.are_for(Sight.FINDINGS) else None)
    own = set(links.values_list("person_id", flat=True))
    inside = {date: _inside(areas, date) for date in {finding.as_at for finding in found}}
    return [
        finding
        for finding in found
        if finding.place in inside[finding.as_at]
        or finding.people & own
        or (finding.code not in FOR_EDITORS and finding.groups & published[finding.as_at])
    ]


def places_kept(rights: Rights, findings: Iterable[Finding]) -> set[int]:
    """The ids of those places of `findings`, of one day, that the reader edits: who is to settle what is found there."""
    found = list(findings)
    if not rights.is_editor or not found:
        return set()
    places = {finding.place for finding in found}
    return places if rights.is_administrator else places & _inside(rights.areas, found[0].as_at)


def _publishing(dates: set[datetime.date]) -> dict[datetime.date, set[int]]:
    """The ids of the groups whose terms in force publish what is found about them, by day."""
    return {
        date: set(Terms.objects.as_at(date).filter(publishes_findings=True).values_list("group", flat=True))
        for date in dates
    }


def _inside(areas: list[int], date: datetime.date) -> set[int]:
    if not areas:
        return set()
    return set(Organisation.objects.filter(pk__in=within(areas, date)).values_list("pk", flat=True))


def managed_in(rights: Rights, finding: Finding) -> Organisation | None:
    """The kept area for which its editors write down how a finding is managed; None for whoever is none of them."""
    kept = KeptArea.objects.as_at(finding.as_at).filter(area__in=around([finding.place], finding.as_at))
    first = kept.select_related("area").order_by("area__name", "pk").first()
    if first is None or not (rights.is_administrator or finding.place in _inside(rights.areas, finding.as_at)):
        return None
    area: Organisation = first.area
    return area
