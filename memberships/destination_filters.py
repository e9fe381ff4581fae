"""What a then-and-now asks: the two days, who is meant on the first, and what they hold on the second."""

from __future__ import annotations

import datetime
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from ics_leadership.as_at import parse
from ics_leadership.errors import Refusal
from ics_leadership.lists import Column
from memberships import destinations
from memberships.filters import HeldWithinFilter, HolderFilters, RoleTypeFilter
from memberships.models import Group, GroupKind, Membership, Person
from organisations.filters import AreaField, area_named
from organisations.models import Kind, Organisation
from roles.models import ActsFor, Role

LAST_DAY_OF_CCGS = datetime.date(2022, 6, 30)
# Networks, and the boards that each has of its own, are too many to choose from, though an address may name any.
NOT_OFFERED = (GroupKind.PCN_BOARD,)
HOSTS_NOT_OFFERED = (Kind.PCN, Kind.PRACTICE)


class HostFilter(django_filters.Filter):
    """People who held a role of one organisation, named by its slug or ODS code; called `organisation`."""

    @property
    def asked(self) -> str:
        return str(self.parent.data.get("organisation", "")).strip()

    @cached_property
    def host(self) -> Organisation | None:
        if not self.asked:
            return None
        try:
            return area_named(self.asked, self.parent.date)
        except Refusal as refusal:
            raise self.parent.refusal("organisation", refusal.sentence) from None

    @cached_property
    def field(self) -> AreaField:
        """The organisations that had roles on the day to choose from, and the one asked for, whatever it is."""
        hosts = Organisation.objects.filter(pk__in=Role.objects.as_at(self.parent.date).values("organisation"))
        offered = hosts.exclude(kind__in=HOSTS_NOT_OFFERED).order_by("name", "pk")
        choices = list(offered.values_list("slug", "name"))
        if self.host and self.asked not in dict(choices):
            choices.insert(0, (self.asked, self.host.name))
        return AreaField(label="Held a role of", required=False, choices=choices)

    def filter(self, qs: QuerySet[Person], value: str) -> QuerySet[Person]:
        if self.host:
            self.parent.held = self.parent.held.filter(role__organisation=self.host)
        return qs


class GroupField(forms.CharField):
    """Any group's slug; `choices` are those worth offering."""

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices


class SatOnFilter(django_filters.Filter):
    """People who sat on a group, named by its slug; called `group` in the address."""

    @cached_property
    def group(self) -> Group | None:
        asked = self.parent.data.get("group", "").strip()
        if not asked:
            return None
        found = Group.objects.filter(slug=asked[:200]).first() if "\0" not in asked else None
        if found is None:
            raise self.parent.refusal("group", f"“{asked[:40]}” is no group of this register.")
        return found

    @cached_property
    def field(self) -> GroupField:
        """The groups of the day to choose from, and the one asked for, whatever it is."""
        groups = Group.objects.as_at(self.parent.date).exclude(kind__in=NOT_OFFERED)
        choices = list(groups.order_by("name", "pk").values_list("slug", "name"))
        if self.group and self.group.slug not in dict(choices):
            choices.insert(0, (self.group.slug, self.group.name))
        return GroupField(label="Sat on", required=False, choices=choices)

    def filter(self, qs: QuerySet[Person], value: str) -> QuerySet[Person]:
        if self.group:
            self.parent.sat = Membership.objects.filter(seat__terms__group=self.group)
        return qs


class DestinationFilters(HolderFilters):
    """Who is meant on the first day, and what they hold on the second.

    Filters by role, organisation and area are about appointments of the day `then` (`date`, `held`); `sat` are the
    memberships asked for, of whatever day.
    """

    columns = (Column("name", "Name", ("family_name", "given_names"), "A to Z", "Z to A"),)
    then = django_filters.DateFilter(label="Then", method="is_a_day", initial=LAST_DAY_OF_CCGS)
    now = django_filters.DateFilter(label="Now", method="is_a_day")
    role_type = RoleTypeFilter()
    group = SatOnFilter()
    organisation = HostFilter()
    within = HeldWithinFilter()
    holds = django_filters.ChoiceFilter(
        label="Holds now",
        choices=[
            *((value, f"A role that acts for {label[0].lower()}{label[1:]}") for value, label in ActsFor.choices),
            (destinations.SEAT_ONLY, "A seat, but no role"),
            (destinations.NOTHING, "Nothing recorded"),
        ],
        method="is_applied_last",
    )

    def __init__(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        super().__init__(request, people)
        self.now = self._day("now", self.date)
        self.filters["now"].extra["initial"] = self.date
        self.date = self.then = self._day("then", LAST_DAY_OF_CCGS)
        self.held = self.all_held = self.held_on(self.then)
        self.sat = Membership.objects.none()
        self._everyone = people

    @property
    def everyone(self) -> QuerySet[Person]:
        """All who are meant, whatever they hold `now`."""
        self.qs  # noqa: B018 settles who is meant
        return self._everyone

    @property
    def is_asked(self) -> bool:
        """Whether the address says who is meant: everybody would be nobody in particular."""
        return any(self.data.get(name) for name in ("role_type", "group", "organisation", "within"))

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        people = super().filter_queryset(queryset)
        if not self.is_asked:
            people = people.none()
        if self.data.get("group"):
            people = people.filter(Exists(self.sat.as_at(self.then).filter(person=OuterRef("pk"))))
        self._everyone = people
        if holds := self.data.get("holds"):
            people = destinations.holding(people, holds, self.now)
        return destinations.with_both_days(people, self.held, self.sat, self.then, self.now)

    def _day(self, name: str, usual: datetime.date) -> datetime.date:
        asked = self.data.get(name)
        if not asked:
            return usual
        try:
            return parse(asked)
        except Refusal as refusal:
            raise self.refusal(name, refusal.sentence) from None

    def is_a_day(self, people: QuerySet[Person], name: str, value: datetime.date) -> QuerySet[Person]:
        """Narrows nothing: the days say when the other filters are asked."""
        return people

    def is_applied_last(self, people: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Narrows nothing yet: those who are meant are counted before some of them are looked at."""
        return people
