"""Finding people, organisations, roles and groups by roughly what they are called, with what tells namesakes apart.

How names are compared is the business of `ics_leadership.search`; what is said of those found, that of
`presenters.search`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Case, F, Prefetch, QuerySet, When
from django.db.models.functions import Length
from django.utils.text import slugify

from ics_leadership.prepared import OneOf, Prepared, prepared, prepared_beside
from memberships.models import Appointment, Group, Person
from organisations.models import Link, LinkKind, Organisation
from roles.models import Role

LEAST_LETTERS = 2
MOST_LETTERS = 200
OF_EACH = 8
"""How many of each kind a search shows; the list of that kind holds the rest."""

OF_EACH_DISTANT = 4
MUCH_LESS_LIKE = 0.4
"""What is so much less like what was asked than the likest thing found is noise beside it."""

CLOSE = 1 - MUCH_LESS_LIKE
"""How like something has to be to stand beside what is called exactly so."""

DISTANT = 0.3
"""Two letters that changed places in a short name leave a third of it."""

_LIKE_A_CODE = re.compile(r"(?=.*[0-9])[A-Z0-9]{3,12}")


@dataclass(frozen=True)
class Found:
    """The likeliest of each kind, one more than `OF_EACH` where there are more.

    `distant` when nothing is called so, and these are only the nearest names.
    """

    people: list[Person]
    groups: list[Group]
    roles: list[Role]
    organisations: list[Organisation]
    distant: bool = False

    @property
    def anything(self) -> bool:
        return bool(self.people or self.groups or self.roles or self.organisations)


def find(words: str, date: datetime.date) -> Found:
    """What is called roughly `words`, at least `LEAST_LETTERS` long, or has that ODS code, or else one that begins so.

    People have `appointments_ever`, with role and organisation, the latest first; organisations `above`, the links of
    that day to what they are part of; roles `held_then`, their appointments of that day. Asks a fixed number of
    queries at most.
    """
    found = _found(words, date)
    _appointments_of(found.people)
    _holders_of(found.roles, date=date)
    _what_is_above(found.organisations, date=date)
    return found


def _found(words: str, date: datetime.date) -> Found:
    """What is found, without what is told of it beside its name."""
    code = words.upper()
    if _LIKE_A_CODE.fullmatch(code):
        coded = Organisation.objects.filter(ods_code__startswith=code)
        if organisations := list(coded.order_by("ods_code", "period", "pk")[: OF_EACH + 1]):
            bearers = [each for each in organisations if each.ods_code == code]
            return Found([], [], [], bearers or organisations)
    found = _likeliest(words, date)
    found = replace(found, people=[*_formerly(words, found.people), *found.people][: OF_EACH + 1])
    if found.anything:
        return found
    distant = [likest(words=words, date=date, at_least=str(DISTANT))[:OF_EACH_DISTANT] for likest in _LIKEST]
    return replace(_without_noise(distant), distant=True)


def _formerly(words: str, found: list[Person]) -> list[Person]:
    """People who have another name now, into whose entry one of a name that held `words` was merged."""
    former = slugify(words)
    if len(former) < LEAST_LETTERS:
        return []
    return _merged_under(former=former, found=[person.pk for person in found])


@prepared
def _merged_under(former: str, found: list[int]) -> QuerySet[Person]:
    others = Person.objects.filter(merged__former_slug__contains=former).exclude(OneOf(F("pk"), found))
    return others.distinct().order_by("folded", "pk")[:OF_EACH]


@prepared_beside(Person)
def _appointments_of() -> list[Prefetch[Any]]:
    ever = Appointment.objects.select_related("role__organisation", "role__of_group__group").order_by("-period", "pk")
    return [Prefetch("appointments", ever, to_attr="appointments_ever")]


@prepared_beside(Role)
def _holders_of(date: datetime.date) -> list[Prefetch[Any]]:
    then = Appointment.objects.as_at(date).select_related("person").order_by("person__family_name", "pk")
    return [Prefetch("appointments", then, to_attr="held_then")]


@prepared_beside(Organisation)
def _what_is_above(date: datetime.date) -> list[Prefetch[Any]]:
    above = Link.objects.as_at(date).exclude(kind=LinkKind.COVERS).select_related("other").order_by("other__name")
    return [Prefetch("links", above, to_attr="above")]


def _likeliest(words: str, date: datetime.date) -> Found:
    """At most so many of each kind; none that is much less like than the likest of all."""
    found = [likest(words=words, date=date, at_least=str(CLOSE)) for likest in _LIKEST]
    best = _best(found)
    if best < 1:
        at_least = str(max(settings.NAMES_ALIKE, best - MUCH_LESS_LIKE))
        found = [
            rows if _is_full_of_close_ones(rows) else likest(words=words, date=date, at_least=at_least)
            for likest, rows in zip(_LIKEST, found, strict=True)
        ]
    return _without_noise(found)


def _is_full_of_close_ones(rows: Sequence[Any]) -> bool:
    """Whether nothing that is less like could still be among the likest of a kind. Some only hold the words, and are less like."""
    return len(rows) > OF_EACH and rows[-1].likeness >= CLOSE


def _best(found: Iterable[Sequence[Any]]) -> float:
    return max((row.likeness for kind in found for row in kind), default=0.0)


def _without_noise(found: Sequence[Sequence[Any]]) -> Found:
    least = _best(found) - MUCH_LESS_LIKE
    people, groups, roles, organisations = ([row for row in kind if row.likeness >= least] for kind in found)
    return Found(people, groups, roles, organisations)


@prepared
def _likest_people(words: str, date: datetime.date, at_least: str) -> QuerySet[Person]:
    return _likest(Person.objects, words, at_least)


@prepared
def _likest_groups(words: str, date: datetime.date, at_least: str) -> QuerySet[Group]:
    return _likest(Group.objects.select_related("host", "covers"), words, at_least, _in_being(date))


@prepared
def _likest_roles(words: str, date: datetime.date, at_least: str) -> QuerySet[Role]:
    return _likest(Role.objects.select_related("organisation", "of_group__group"), words, at_least, _in_being(date))


@prepared
def _likest_organisations(words: str, date: datetime.date, at_least: str) -> QuerySet[Organisation]:
    return _likest(Organisation.objects, words, at_least, _in_being(date))


def _in_being(date: datetime.date) -> Case:
    return Case(When(period__contains=date, then=0), default=1)


def _likest(rows: Any, words: Any, at_least: Any, *first: Any) -> Any:
    # Of what is equally like, the shortest name has least beside what was asked.
    return rows.called(words, at_least).order_by("-likeness", *first, Length("folded"), "folded", "pk")[: OF_EACH + 1]


_LIKEST: Sequence[Prepared[Any]] = (_likest_people, _likest_groups, _likest_roles, _likest_organisations)
