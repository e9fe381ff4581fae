"""On which day and where rules look, and about whom: kept areas, and inside them all there is or only what was asked."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from ics_leadership.supposed import Columns, supposing
from memberships.models import Appointment, Membership
from memberships.rules.findings import Finding
from organisations.models import Organisation, within

Paths = dict[str, tuple[str, ...]]
"""For people, roles, groups and organisations: the lookups from a model to those that its row may concern."""

Q_ = TypeVar("Q_", bound=QuerySet[Any])


@dataclass(frozen=True)
class Scope:
    """The day, the ids of all organisations inside the areas looked at, and whom and what to look for (None: all).

    `supposed` are rows of which the rules are asked instead of all that the register holds: of members or of holders of roles.
    """

    date: datetime.date
    inside: Sequence[int]
    sought: dict[str, frozenset[int]] | None = None
    supposed: Sequence[Columns] | None = None

    def holds(self, path: str) -> Q:
        """Whether the organisation at `path` lies inside."""
        return Q(**{f"{path}__in": RawSQL("SELECT unnest(%s::bigint[])", (list(self.inside),))})

    def narrow(self, rows: Q_, paths: Paths, *also: Q) -> Q_:
        """Of `rows` those that may concern what is sought, by one of `paths` or because of `also`.

        `concerns` decides, when the finding is made.
        """
        if self.sought is None:
            return rows
        asked = [Q(**{f"{path}__in": ids}) for what, ids in self.sought.items() if ids for path in paths.get(what, ())]
        asked += also
        if not asked:
            return rows.none()
        return rows.filter(pk__in=rows.model._default_manager.filter(reduce(or_, asked)).values("pk"))

    def concerns(self, finding: Finding) -> bool:
        """Whether a finding concerns anybody or anything that is sought."""
        return self.sought is None or any(ids & getattr(finding, what) for what, ids in self.sought.items())

    def seeks(self, what: str) -> frozenset[int]:
        """The ids of the people, roles, groups or organisations that are sought."""
        return self.sought.get(what, frozenset()) if self.sought else frozenset()

    def members(self) -> QuerySet[Any]:
        """Who sits that day on groups of that day whose place is inside; `place` is what the group covers, or its host."""
        rows: QuerySet[Any] = self._rows(Membership.objects.all())
        return (
            rows.annotate(place=PLACE_OF_SEAT)
            .filter(self.holds("place"), seat__terms__group__period__contains=self.date)
            .select_related("person", "seat__terms__group", "seat__clause")
            .order_by(*BY_SEAT)
        )

    def holders(self) -> QuerySet[Any]:
        """The appointments of that day to roles inside, with what their remits of the day say."""
        rows: QuerySet[Any] = self._rows(Appointment.objects.all()).with_remit(self.date)
        return rows.filter(self.holds("role__organisation"))

    def _rows(self, rows: Any) -> Any:
        """What of a model is so on the day; or what is supposed to be."""
        return (rows if self.supposed is None else supposing(rows, self.supposed)).as_at(self.date)


BY_SEAT = ("seat__terms__group__name", "seat__terms", "seat__order", "person__family_name", "pk")
PLACE_OF_SEAT = Coalesce(F("seat__terms__group__covers"), F("seat__terms__group__host"))


def scope(
    date: datetime.date,
    areas: Iterable[int] | None = None,
    sought: dict[str, Collection[int]] | None = None,
    supposed: Sequence[Columns] | None = None,
) -> Scope:
    """The kept areas of that day, or what of them lies inside `areas`; what is sought there, and what is supposed to be."""
    kept = Organisation.objects.kept_on(date)
    if areas is not None:
        kept = kept.filter(pk__in=within(areas, date))
    # Worked out once: every rule is put to the same organisations.
    inside = list(kept.order_by().values_list("pk", flat=True))
    sets = None if sought is None else {what: frozenset(ids) for what, ids in sought.items()}
    return Scope(date, inside, sets, supposed)
