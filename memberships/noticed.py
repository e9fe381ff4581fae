"""What does not add up about one record, on its own page, for whoever may see it.

Whom nothing of it concerns costs their page no question: the rules are asked only for editors and analysts of findings, for
the people whom a page may concern, and where a group publishes what is found.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ics_leadership.accounts.models import Sight
from memberships import rules, todo
from memberships.models import PersonAccount, Terms
from memberships.presenters.findings import FindingLine, finding_lines
from organisations.rights import Rights


@dataclass(frozen=True)
class Noticed:
    """The findings about a record: those that wait, those that are managed, and whether the reader is to settle them."""

    waiting: list[FindingLine]
    managed: list[FindingLine]
    for_editors: bool

    def __bool__(self) -> bool:
        return bool(self.waiting or self.managed)


def noticed(rights: Rights, date: datetime.date, **about: Collection[int]) -> Noticed | None:
    """What the rules find about some people, roles, groups or organisations (as `rules.find_about` takes them), as far as the
    reader may see it; None where there is nobody to show it to.
    """
    if not _may_see_any(rights, date, about):
        return None
    found = rules.visible(rights, rules.find_about(date, **about))
    kept = rules.places_kept(rights, found)
    lines = finding_lines(found, todo.slugs, kept=kept)
    return Noticed(
        waiting=[line for line in lines if not line.how],
        managed=[line for line in lines if line.how],
        for_editors=bool(kept),
    )


def _may_see_any(rights: Rights, date: datetime.date, about: dict[str, Any]) -> bool:
    if not rights.is_signed_in:
        return False
    if rights.areas_seen(Sight.FINDINGS) != [] or PersonAccount.objects.filter(account=rights.account).exists():
        return True
    published = Terms.objects.as_at(date).filter(publishes_findings=True)
    return "groups" not in about or published.filter(group__in=about["groups"]).exists()
