"""Who may see which findings: the editors of the area, analysts to whom findings were granted, and whom they concern."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from ics_leadership.accounts.models import Sight
from memberships.models import PersonAccount
from memberships.rules.findings import Finding
from organisations.models import Organisation, within
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
