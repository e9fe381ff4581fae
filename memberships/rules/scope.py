"""On which day and where rules look, and about whom: kept areas, and inside them all there is or only what was asked."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from ics_leadership.supposed import Columns, supposing
from memberships.models import Appointment, Eligibility, Group, Membership, RegisterOfInterests, Terms
from memberships.rules.findings import Finding
from organisations.models import Organisation, within

Paths = dict[str, tuple[str, ...]]
"""For people, roles, groups, organisations and functions: the lookups from a model to those that its row may concern."""

THROUGH_HELD: Paths = {
    "people": ("person",),
    "groups": ("seat__terms__group",),
    "roles": ("person__appointments__role",),
    "organisations": (
        "person__appointments__role__organisation",
        "person__appointments__employer",
        "seat__terms__group__terms__eligibilities__organisation",
    ),
}
"""Whom and what a membership may concern by what its member holds, and by the terms of its group: all that it may."""

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
        asked = {path: ids for what, ids in self.sought.items() if ids for path in paths.get(what, ())}
        if not asked and not also:
            return rows.none()
        concerned = reduce(or_, (*(Q(**{f"{path}__in": ids}) for path, ids in asked.items()), *also))
        if any(_leads_to_many(rows.model, path) for path in asked):
            # A row with two of them would be found twice.
            concerned = Q(pk__in=rows.model._default_manager.filter(concerned).values("pk"))
        return rows.filter(concerned)

    def looks_for(self, paths: Paths) -> bool:
        """Whether anything is sought, or everything is, that a row may concern by `paths`."""
        return self.sought is None or any(self.sought.get(what) for what in paths)

    def concerns(self, finding: Finding) -> bool:
        """Whether a finding concerns anybody or anything that is sought."""
        return self.sought is None or any(ids & getattr(finding, what) for what, ids in self.sought.items())

    def seeks(self, what: str) -> frozenset[int]:
        """The ids of the people, roles, groups, organisations or functions that are sought."""
        return self.sought.get(what, frozenset()) if self.sought else frozenset()

    def members_by(self, paths: Paths) -> QuerySet[Any]:
        """Those of `members` who may concern what is sought by `paths`."""
        if self.sought is not None and paths is THROUGH_HELD:
            return self.members.filter(pk__in=self._sitting)
        return self.narrow(self.members, paths)

    @cached_property
    def members(self) -> QuerySet[Any]:
        """Who sits that day on groups of that day whose place is inside; `place` is what the group covers, or its host."""
        rows: QuerySet[Any] = self._rows(Membership.objects.all())
        return (
            rows.annotate(place=PLACE_OF_SEAT)
            .filter(self.holds("place"), seat__terms__group__period__contains=self.date)
            .select_related("person", "seat__terms__group", "seat__clause")
            .order_by(*BY_SEAT)
        )

    @cached_property
    def groups_sat_on(self) -> list[Any]:
        """The groups of all members who may concern what is sought, with what the terms in force ask of them: the
        `conditions` that they set, whether they keep a register of interests (`declaring`); and whether any terms of
        theirs were limited to some in a row (`limited`).
        """
        if not self._sitting:
            return []
        ever = Terms.objects.filter(group=OuterRef("pk"))
        asked = Eligibility.objects.filter(terms__group=OuterRef("pk"), terms__period__contains=self.date)
        groups = Group.objects.filter(pk__in=set(self._sitting.values())).annotate(
            conditions=ArraySubquery(asked.order_by().values("condition").distinct()),
            declaring=Exists(ever.as_at(self.date).exclude(interests=RegisterOfInterests.NONE)),
            limited=Exists(ever.filter(term_limit__isnull=False)),
        )
        return list(groups)

    @cached_property
    def _sitting(self) -> dict[int, int]:
        """The ids of who sits that day and may concern what is sought, each with the id of the group."""
        rows = self.narrow(Membership.objects.as_at(self.date), THROUGH_HELD)
        return dict(rows.order_by().values_list("pk", "seat__terms__group"))

    @cached_property
    def holders(self) -> QuerySet[Any]:
        """The appointments of that day to roles inside, with what their remits of the day say."""
        rows: QuerySet[Any] = self._rows(Appointment.objects.all()).with_remit(self.date)
        return rows.filter(self.holds("role__organisation"))

    def _rows(self, rows: Any) -> Any:
        """What of a model is so on the day; or what is supposed to be."""
        return (rows if self.supposed is None else supposing(rows, self.supposed)).as_at(self.date)


def _leads_to_many(model: type[Model], path: str) -> bool:
    """Whether a row of a model may have several of what is at a path."""
    name, _, onward = path.partition("__")
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return field.one_to_many or field.many_to_many or bool(onward and _leads_to_many(field.related_model, onward))


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
