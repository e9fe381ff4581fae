"""The rule about interests that nobody declared: DI01. What was declared is told nowhere in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Subquery

from ics_leadership.periods import PartialDate
from ics_leadership.words import day_words
from memberships.holdings import soon_after
from memberships.models import Category, InterestDeclaration, RegisterOfInterests, Terms
from memberships.rules.findings import Finding, Page, Way
from memberships.rules.member_rule import MemberRule
from memberships.rules.scope import Scope
from memberships.rules.seats import MEMBER
from memberships.rules.wording import member_pieces, start_of

A_YEAR = 12
"""In months."""


class Undeclared(MemberRule):
    """Somebody sits on a group that keeps a register of interests, and has declared none, or nothing, within a year.

    That there is nothing to declare is a declaration too. Without it nobody can say on what a member should not vote.
    """

    code = "DI01"
    source = "The group keeps a register of interests; NHS bodies ask for a declaration every year."
    through = MEMBER

    def may_apply(self, group: Any) -> bool:
        return bool(group.declaring)

    def find(self, scope: Scope) -> Iterable[Finding]:
        keeping = Terms.objects.as_at(scope.date).exclude(interests=RegisterOfInterests.NONE)
        declared = InterestDeclaration.objects.filter(person=OuterRef("person"), declared_on__lte=scope.date)
        year_ago = soon_after(scope.date, -A_YEAR)
        members: Any = (
            self.members(scope)
            .exclude(seat__category=Category.OBSERVER)
            .filter(
                Exists(keeping.filter(group=OuterRef("seat__terms__group"))),
                ~Exists(declared.filter(declared_on__gt=year_ago)),
            )
            .annotate(
                declared_last=Subquery(
                    declared.order_by().values("person").annotate(last=Max("declared_on")).values("last")
                )
            )
        )
        for member in members:
            last = member.declared_last
            said = f"since {day_words(last)}" if last else "so far"
            yield self.finding(
                scope,
                member,
                [],
                member_pieces(member),
                f", has not declared interests {said}.",
                since=PartialDate(soon_after(last, A_YEAR)) if last else start_of(member),
                ways=(Way("Record what they declared", Page.DECLARE, member.person_id),),
            )
