"""What the lists of people and of roles can be narrowed by: mostly who holds what on the day shown."""

from __future__ import annotations

import datetime
from typing import Any

import django_filters
from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.http import HttpRequest

from ics_leadership.lists import Column, ListFilters, SearchFilter
from ics_leadership.periods import ONE_DAY
from memberships import posts
from memberships.holdings import soon_after
from memberships.models import Appointment, Person, Profession
from memberships.models.appointments import AppointmentQuerySet
from organisations.filters import AreaFilter
from roles.filters import RoleFilters
from roles.models import ActsFor, Pathway, Role, RoleType

# In the words that readers see; the stored values have another alphabet.
PROFESSION_IN_WORDS = Case(
    *(When(profession=profession, then=Value(profession.label)) for profession in Profession),
    output_field=CharField(),
)


class HeldWithinFilter(AreaFilter):
    """People who hold a role of an organisation inside an area."""

    def filter(self, qs: QuerySet[Person], value: str) -> QuerySet[Person]:
        area = self.area
        if area:
            self.parent.held = self.parent.held.within(area, self.parent.date)
        return qs


class RoleTypeFilter(django_filters.ModelChoiceFilter):
    """People who hold a role of a type, named by its slug."""

    def __init__(self) -> None:
        super().__init__(label="Type of role", queryset=RoleType.objects.all(), to_field_name="slug")

    def filter(self, qs: QuerySet[Person], value: RoleType | None) -> QuerySet[Person]:
        if value:
            self.parent.held = self.parent.held.filter(role__role_type=value)
        return qs


class EndsSoonFilter(django_filters.ChoiceFilter):
    """Appointments of the day that end within so many months of it."""

    def __init__(self) -> None:
        choices = [("3", "within 3 months"), ("6", "within 6 months"), ("12", "within a year")]
        super().__init__(label="A role of theirs ends", choices=choices)

    def filter(self, qs: Any, value: str) -> Any:
        if not value:
            return qs
        date = self.parent.date
        return qs.as_at(date).filter(period__endswith__lte=soon_after(date, int(value)) + ONE_DAY)


class EndingFilter(EndsSoonFilter):
    """People who hold a role on the day that ends within so many months of it."""

    def filter(self, qs: QuerySet[Person], value: str) -> QuerySet[Person]:
        self.parent.held = super().filter(self.parent.held, value)
        return qs


class HolderFilters(ListFilters):
    """People by what they hold on a day. What is asked of roles must be true of one and the same appointment.

    `held` is the appointments of that day, narrowed by the filters as they are applied.
    """

    def __init__(self, request: HttpRequest, people: QuerySet[Person]) -> None:
        super().__init__(request, people)
        self.held = self.all_held = self.held_on(self.date)

    def held_on(self, date: datetime.date) -> AppointmentQuerySet:
        """The appointments of a day, with what their roles' remits say."""
        return Appointment.objects.as_at(date).with_remit(date)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        people = super().filter_queryset(queryset)
        if self.held is self.all_held:
            return people
        return people.filter(Exists(self.held.filter(person=OuterRef("pk"))))


class PersonFilters(HolderFilters):
    """What the list of people can be narrowed and sorted by."""

    columns = (
        Column("name", "Name", ("family_name", "given_names"), "A to Z", "Z to A", "name", "person_name"),
        Column(
            "profession",
            "Profession",
            (PROFESSION_IN_WORDS, "family_name", "given_names"),
            "A to Z",
            "Z to A",
            "profession",
        ),
    )
    q = SearchFilter()
    profession = django_filters.ChoiceFilter(label="Profession", choices=Profession.choices)
    within = HeldWithinFilter()
    role_type = RoleTypeFilter()
    acts_for = django_filters.ChoiceFilter(label="Acts for", choices=ActsFor.choices, method="acting_for")
    pathway = django_filters.ModelChoiceFilter(
        label="Pathway", queryset=Pathway.objects.all(), to_field_name="slug", method="on_pathway"
    )
    ending = EndingFilter()

    @property
    def in_force(self) -> dict[str, str]:
        """As of every list; but the API has those who hold nothing only where it is asked for everybody. It is not where roles
        are asked about: that would mean whoever held them at any time.
        """
        self.qs  # noqa: B018 settles whether anything is asked of what they hold
        return super().in_force | ({"period": "all"} if self.held is self.all_held else {})

    def acting_for(self, people: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        self.held = self.held.filter(acts_for=value)
        return people

    def on_pathway(self, people: QuerySet[Person], name: str, value: Pathway) -> QuerySet[Person]:
        self.held = self.held.filter(pathway_id=value.pk)
        return people


class HeldFilter(django_filters.ChoiceFilter):
    """Roles by whether somebody holds them on the day shown; of those that nobody holds, by whether the area is kept."""

    def __init__(self) -> None:
        choices = [("held", "Held"), ("vacant", "Vacant"), ("not_recorded", "Not recorded")]
        super().__init__(label="Held or vacant", choices=choices)

    def filter(self, qs: QuerySet[Role], value: str) -> QuerySet[Role]:
        if not value:
            return qs
        date = self.parent.date
        if value == "held":
            return qs.filter(posts.held(date))
        empty = qs.exclude(posts.held(date))
        return empty.filter(posts.kept(date)) if value == "vacant" else empty.exclude(posts.kept(date))


class HeldRoleFilters(RoleFilters):
    """What the list of roles can be narrowed and sorted by."""

    held = HeldFilter()

    @property
    def of_none_held(self) -> bool:
        """Whether only roles are asked for that nobody holds on the day."""
        return self.data.get("held", "") in ("vacant", "not_recorded")
