"""What rules about one membership have in common: what its member holds, which conditions they are to fulfil, what settles it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, Prefetch, Q, QuerySet

from ics_leadership.periods import PartialDate, Precision
from ics_leadership.words import list_words
from memberships.models import Appointment, Eligibility, Membership
from memberships.presenters.reasons import Piece
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.rule import Rule
from memberships.rules.scope import Paths, Scope
from memberships.rules.wording import ALWAYS, sentence
from memberships.seating import AT_THE_TABLE

THROUGH_BASIS: Paths = {
    "people": ("person",),
    "groups": ("seat__terms__group",),
    "roles": ("basis_appointment__role",),
    "organisations": ("basis_appointment__role__organisation", "basis_appointment__employer"),
}
"""Whom and what a membership may concern by the appointment that it rests on."""

BASIS_NAMED = ("basis_appointment__role__organisation", "basis_appointment__role__of_group__group")


class MemberRule(Rule):
    """A rule about one membership and what its member holds."""

    through: ClassVar[Paths]
    """Whom and what of those that a membership may concern a finding names."""

    def may_find(self, scope: Scope) -> bool:
        if scope.sought is None:
            return True
        return scope.looks_for(self.through) and any(map(self.may_apply, scope.groups_sat_on))

    def may_apply(self, group: Any) -> bool:
        """Whether anything could be found about members of one of `Scope.groups_sat_on`."""
        return True

    def members(self, scope: Scope) -> QuerySet[Any]:
        """The members of the scope about whom anything could be found."""
        return scope.members_by(self.through)

    def finding(
        self,
        scope: Scope,
        member: Any,
        appointments: Sequence[Appointment],
        *pieces: str | Iterable[Piece],
        since: PartialDate | None,
        ways: Iterable[Way],
        keeping_off: Sequence[int] = (),
        conditions: Sequence[Eligibility] = (),
    ) -> Finding:
        """What follows from a membership, `appointments` of its member, terms that keep off the people of bodies, and
        conditions that they set.
        """
        bodies = {each.role.organisation_id for each in appointments} | {each.employer_id for each in appointments}
        return Finding(
            code=self.code,
            as_at=scope.date,
            about=f"membership:{member.pk}",
            rests_on=(
                *(f"appointment:{each.pk}" for each in appointments),
                *(f"organisation:{each}" for each in keeping_off),
                *(f"eligibility:{each.pk}" for each in conditions),
            ),
            pieces=sentence(*pieces),
            place=member.place,
            people=frozenset({member.person_id}),
            roles=frozenset(each.role_id for each in appointments),
            groups=frozenset({member.seat.terms.group_id}),
            organisations=frozenset(body for body in {*bodies, *keeping_off} if body),
            since=since,
            ways=tuple(ways),
        )


def conditions_on(date: datetime.date) -> QuerySet[Eligibility]:
    """Of a membership that an outer query names: the conditions of the terms in force that its member has to fulfil."""
    return Eligibility.objects.annotate(
        category=ExpressionWrapper(OuterRef("seat__category"), output_field=CharField())
    ).filter(
        Q(seat=OuterRef("seat")) | Q(seat=None, category__in=AT_THE_TABLE),
        terms__group=OuterRef("seat__terms__group"),
        terms__period__contains=date,
    )


ACTING: dict[str, Any] = {
    "acting_from": F("remit__period__startswith"),
    "acting_precision": F("remit__start_precision"),
}


def acting_from(row: Any) -> PartialDate:
    """Since when a role has acted as it does: since the version of its remit that is in force, if any is."""
    return PartialDate(row.acting_from, Precision(row.acting_precision)) if row.acting_from else ALWAYS


def held_as(appointments: QuerySet[Appointment], name: str) -> Prefetch[Any]:
    """The appointments of a membership's person, with what a sentence says of them, as `person.<name>`."""
    named = appointments.select_related("role__organisation", "role__of_group__group", "employer")
    return Prefetch("person__appointments", named.order_by("period", "pk"), to_attr=name)


def ways_out(member: Membership, held: Iterable[Appointment]) -> list[Way]:
    return [
        Way("End their membership", Page.END_MEMBERSHIP, member.pk),
        *(Way(f"End their time as {each.role.title}", Page.END_APPOINTMENT, each.pk) for each in held),
    ]


def clauses_words(numbers: Sequence[str]) -> str:
    """Clauses by their numbers, in brackets: " (clauses 2 and 7)"; nothing for none."""
    return f" ({'clause' if len(numbers) == 1 else 'clauses'} {list_words(list(numbers))})" if numbers else ""
