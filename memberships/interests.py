"""Declared interests, and who may see them: of one person, and the register that a group keeps of its members'.

A person's interests are for themselves, their editors and analysts who were granted it; where a group on which they sit on
the day that is shown publishes its register, for everybody who is signed in. A register that is kept and not published is
for the editors of the group's area and those analysts; where the terms of the day keep none, there is none.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery

from ics_leadership.accounts.models import Sight
from memberships.models import (
    Group,
    Interest,
    InterestDeclaration,
    Membership,
    Person,
    RegisterOfInterests,
    Terms,
)
from memberships.rights import sees_of_person
from organisations.rights import Rights


def may_see_of_person(person: Person, rights: Rights, date: datetime.date) -> bool:
    """Whether the interests of a person may be seen as they stood on that day."""
    if not rights.is_signed_in:
        return False
    return sees_of_person(person, Sight.INTERESTS, rights) or sits_where_published(person, date)


def sits_where_published(person: Person, date: datetime.date) -> bool:
    """Whether somebody sits on that day on a group whose terms of that day publish its register of interests."""
    publish = Terms.objects.as_at(date).filter(interests=RegisterOfInterests.PUBLISHED).values("group")
    return Membership.objects.as_at(date).filter(person=person, seat__terms__group__in=publish).exists()


def kept_by(group: Group, date: datetime.date) -> RegisterOfInterests:
    """Whether a group keeps a register of its members' interests on that day, and publishes it."""
    terms = Terms.objects.as_at(date).filter(group=group).only("interests").first()
    return RegisterOfInterests(terms.interests) if terms else RegisterOfInterests.NONE


def may_see_register(group: Group, rights: Rights, date: datetime.date) -> bool:
    """Whether there is a register of a group's interests on that day that may be seen."""
    if not rights.is_signed_in:
        return False
    kept = kept_by(group, date)
    if kept == RegisterOfInterests.NONE:
        return False
    return kept == RegisterOfInterests.PUBLISHED or rights.sees(Sight.INTERESTS, group.covers or group.host)


@dataclass(frozen=True)
class Declared:
    """What somebody had declared by a day: the interests of that day, and when they last declared; None: never."""

    person: Person
    interests: list[Interest]
    last: datetime.date | None


def declared_by(person: Person, date: datetime.date) -> Declared:
    """What one person had declared by that day."""
    made = InterestDeclaration.objects.filter(person=person, declared_on__lte=date)
    last = made.aggregate(last=Max("declared_on"))["last"]
    return Declared(person, list(_of_that_day(date).filter(person=person)), last)


def register_of(group: Group, date: datetime.date) -> list[Declared]:
    """What each who sits on a group on that day had declared, by name."""
    sitting = Membership.objects.as_at(date).filter(seat__terms__group=group).values("person")
    made = InterestDeclaration.objects.filter(person=OuterRef("pk"), declared_on__lte=date)
    people = Person.objects.filter(pk__in=sitting).annotate(
        last=Subquery(made.order_by("-declared_on").values("declared_on")[:1])
    )
    declared = people.prefetch_related(Prefetch("interests", _of_that_day(date), to_attr="interests_then"))
    return [
        Declared(each, each.interests_then, each.last) for each in declared.order_by("family_name", "given_names", "pk")
    ]


def _of_that_day(date: datetime.date) -> QuerySet[Interest]:
    rows: QuerySet[Interest] = Interest.objects.as_at(date)
    return rows.select_related("body", "source").order_by("category", "period__startswith", "pk")
