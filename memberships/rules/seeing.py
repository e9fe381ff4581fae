"""Who may see which findings (the editors of the area, analysts to whom it was granted, whom they concern), and manage them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ics_leadership.accounts.models import Sight
from memberships.models import PersonAccount
from memberships.rules.findings import Finding
from organisations.models import KeptArea, Organisation, within
from organisations.models.areas import around
from organisations.rights import Rights


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
    own = set(PersonAccount.objects.filter(account=rights.account).values_list("person_id", flat=True))
    inside = {date: _inside(areas, date) for date in {finding.as_at for finding in found}}
    return [finding for finding in found if finding.place in inside[finding.as_at] or finding.people & own]


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
