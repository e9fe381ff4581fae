"""What people, organisations, groups and seats can be narrowed by in the API: by what somebody holds there, or by virtue of it."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from ics_leadership.api.filters import (
    ApiFilters,
    CalledFilter,
    CurrentOrAll,
    ListedFilter,
    RecordFilter,
    UpdatedSince,
    ordered,
    ordered_by_change,
    ordered_by_period,
)
from ics_leadership.lists import PeriodFilter
from memberships.api_filters import ByWhoFilter, OnTheDay, PersonFilter, SittingFilter
from memberships.filters import PROFESSION_IN_WORDS, EndingFilter
from memberships.group_filters import KIND_IN_WORDS as GROUP_KIND_IN_WORDS
from memberships.models import Appointment, Group, GroupKind, Membership, Person, Profession
from organisations.filters import KIND_IN_WORDS, AreaFilter, BodyFilter, OrganisationFilter
from organisations.models import Kind, Organisation, Status
from roles.models import ActsFor, Pathway, RoleType


class ByWhatIsHeld(ApiFilters):
    """Records by what somebody holds. What is asked of roles must be true of one and the same appointment.

    `held` are the appointments of the day, or of all where other days are asked for, narrowed by the filters as they are applied.
    """

    def __init__(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        super().__init__(request, rows)
        held = Appointment.objects.as_at(self.date) if self.is_of_the_day else Appointment.objects.all()
        self.held = self.all_held = held.with_remit(self.date)

    def of(self) -> QuerySet[Any]:
        """What of `held`, or by virtue of it, belongs to the record that an outer query names."""
        raise NotImplementedError

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        return rows if self.held is self.all_held else rows.filter(Exists(self.of()))


class OfHeld(django_filters.Filter):
    """Records by what is true of what somebody holds there: it narrows `ByWhatIsHeld.held` as it would a table of appointments."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if value:
            self.parent.held = super().filter(self.parent.held, value)
        return qs


class HeldWithin(OfHeld, AreaFilter):
    """By the area in which it is held."""


class HeldAt(OfHeld, BodyFilter):
    """By the organisation in which it is held."""


class HeldThat(OfHeld, django_filters.ChoiceFilter):
    """By one of a few choices."""


class HeldListed(OfHeld, ListedFilter):
    """By what is in a short list."""


class HeldByPerson(OfHeld, PersonFilter):
    """By who holds it."""


class HeldForSeat(OfHeld, SittingFilter):
    """By the group on which they sit by virtue of it."""


class SittingOn(OnTheDay, RecordFilter):
    """People by the group on which they sit on the day, or sat."""

    def __init__(self) -> None:
        super().__init__(Group, "seat__terms__group")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        seats = super().filter(self.of_the_days(Membership.objects.all()), value)
        return qs.filter(pk__in=seats.order_by().values("person"))


class Leading(CurrentOrAll):
    """`current` for who holds a role or sits on a group on the day, `all` for everybody in the register."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value == "all":
            return qs
        date = self.parent.date
        holding, sitting = (each.objects.as_at(date).order_by().values("person") for each in (Appointment, Membership))
        return qs.filter(Q(pk__in=holding) | Q(pk__in=sitting))


class PeopleFilters(ByWhatIsHeld):
    """People by what they hold."""

    columns = (
        ordered("name", "family_name", "given_names"),
        ordered("profession", PROFESSION_IN_WORDS, "family_name", "given_names"),
        ordered_by_change(Person),
    )
    meanings = {
        "q": "Those whose name is roughly so. The code of an organisation goes into `organisation`, or into `within`.",
        "period": "`current`: those who hold a role or sit on a group on the day. `all`: everybody in the register.",
        "profession": "Those of a profession.",
        "within": "Those who hold a role inside an area on the day, which is named as everywhere.",
        "kind": "Those who hold a role in organisations of a kind.",
        "role_type": "Those who hold a type of role, by the name in its address.",
        "acts_for": "Those who hold a role that acts for this party on the day.",
        "pathway": "Those who hold a role that leads a field of care on the day, by the name in its address.",
        "ending": "Those who hold a role on the day that ends within so many months: `3`, `6` or `12`.",
        "person": "One of them, by number or by the name in their address.",
        "organisation": "Those who hold a role in an organisation, which is named as everywhere.",
        "group": "Those who sit on a group, by its number or the name in its address.",
    }
    q = CalledFilter(Person)
    period = Leading()
    profession = django_filters.ChoiceFilter(choices=Profession.choices)
    within = HeldWithin()
    kind = HeldThat(field_name="role__organisation__kind", choices=Kind.choices)
    role_type = HeldListed(RoleType.objects.all(), "role__role_type")
    acts_for = HeldThat(field_name="acts_for", choices=ActsFor.choices)
    pathway = HeldListed(Pathway.objects.all(), "remit__pathway")
    ending = EndingFilter()
    person = PersonFilter("pk")
    organisation = HeldAt("role__organisation")
    group = SittingOn()
    updated_since = UpdatedSince()

    def of(self) -> QuerySet[Any]:
        return self.held.filter(person=OuterRef("pk"))


class OrganisationFilters(ByWhatIsHeld):
    """Organisations by what they are, where they lie, whether they are open on the day, and who holds what in them."""

    columns = (
        ordered("name"),
        ordered("kind", KIND_IN_WORDS, "name"),
        ordered("ods_code"),
        *ordered_by_period("name"),
        ordered_by_change(Organisation),
    )
    meanings = {
        "q": (
            "Those whose name, short name or code is roughly so. Where it is exactly a code, in capitals or not, that an organisation "
            "bears or bore: those that bear or bore it, and no others; as ever, `period=all` asks for those of other days too."
        ),
        "period": (
            "`current`: those open on the day. `ended`: those that closed before it. `upcoming`: those that open after it. "
            "`all`: those of any day."
        ),
        "status": "Those of which ODS says so beside their dates.",
        "kind": "Those of a kind.",
        "role_type": "Those in which somebody holds a type of role, by the name in its address.",
        "acts_for": "Those in which somebody holds a role that acts for this party on the day.",
        "pathway": "Those in which somebody holds a role that leads a field of care on the day, by the name in its address.",
        "person": "Those in which a person holds a role, by number or by the name in their address.",
        "organisation": "One of them, by its number, the name in its address, or its ODS code on the day.",
        "group": "Those in which somebody holds a role by virtue of which they sit on a group, by its number or the name in its address.",
    }
    q = CalledFilter(Organisation)
    period = PeriodFilter()
    status = django_filters.ChoiceFilter(choices=Status.choices)
    within = AreaFilter()
    kind = django_filters.ChoiceFilter(choices=Kind.choices)
    role_type = HeldListed(RoleType.objects.all(), "role__role_type")
    acts_for = HeldThat(field_name="acts_for", choices=ActsFor.choices)
    pathway = HeldListed(Pathway.objects.all(), "remit__pathway")
    person = HeldByPerson("person")
    organisation = BodyFilter("pk")
    group = HeldForSeat()
    updated_since = UpdatedSince()

    def of(self) -> QuerySet[Any]:
        return self.held.filter(role__organisation=OuterRef("pk"))


class SeatAreaFilter(AreaFilter):
    """Memberships of groups inside an area on the day."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not self.area:
            return qs
        groups = Group.objects.within(self.area, self.parent.date)
        return qs.filter(seat__terms__group__in=groups.order_by().values("pk"))


class SittingFilters(ByWhatIsHeld):
    """Memberships by who sits where, and by virtue of what: a post that has ended by the day is none."""

    meanings = {
        "within": "Those of groups inside an area on the day, which is named as everywhere.",
        "kind": "Those of groups of a kind.",
        "role_type": "Those by virtue of a type of role held on the day, by the name in its address.",
        "acts_for": "Those by virtue of a role that acts for this party on the day.",
        "pathway": "Those by virtue of a role that leads a field of care on the day, by the name in its address.",
        "organisation": "Those by virtue of a role held on the day in an organisation, which is named as everywhere.",
    }
    columns = (
        ordered("person_name", "person__family_name", "person__given_names"),
        ordered("group_name", "seat__terms__group__name"),
        ordered("seat", "seat__title"),
        *ordered_by_period(),
        ordered_by_change(Membership),
    )
    q = CalledFilter(Person, "person")
    period = CurrentOrAll()
    within = SeatAreaFilter()
    kind = django_filters.ChoiceFilter(field_name="seat__terms__group__kind", choices=GroupKind.choices)
    role_type = HeldListed(RoleType.objects.all(), "role__role_type")
    acts_for = HeldThat(field_name="acts_for", choices=ActsFor.choices)
    pathway = HeldListed(Pathway.objects.all(), "remit__pathway")
    person = PersonFilter("person")
    organisation = HeldAt("role__organisation")
    group = RecordFilter(Group, "seat__terms__group")
    updated_since = UpdatedSince()

    def of(self) -> QuerySet[Any]:
        return self.held.filter(pk=OuterRef("basis_appointment"))


class HostOrArea(OrganisationFilter):
    """Groups that an organisation hosts, and those that cover its area."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(Q(host=self.area) | Q(covers=self.area)) if self.area else qs


class GroupFilters(ByWhatIsHeld):
    """Groups by what they are, whose they are, who sits on them and by virtue of what."""

    columns = (
        ordered("name"),
        ordered("kind", GROUP_KIND_IN_WORDS, "name"),
        ordered("host_name", "host__name"),
        ordered("covers_name", "covers__name", "name"),
        *ordered_by_period("name"),
        ordered_by_change(Group),
    )
    meanings = {
        "q": "Those whose name is roughly so. The code of an organisation goes into `organisation`, or into `within`.",
        "period": (
            "`current`: those that there are on the day. `ended`: those that ended before it. `upcoming`: those that begin after it. "
            "`all`: those of any day."
        ),
        "within": "Those whose area, or host where no area is recorded, lies inside an area on the day, which is named as everywhere.",
        "kind": "Those of a kind.",
        "role_type": "Those on which somebody sits by virtue of a type of role, by the name in its address.",
        "acts_for": "Those on which somebody sits by virtue of a role that acts for this party on the day.",
        "pathway": "Those on which somebody sits by virtue of a role that leads a field of care on the day, by the name in its address.",
        "person": "Those on which a person sits, by number or by the name in their address.",
        "organisation": "Those that an organisation hosts, or whose area it is; it is named as everywhere.",
        "group": "One of them, by its number or the name in its address.",
    }
    q = CalledFilter(Group)
    period = PeriodFilter()
    within = AreaFilter()
    kind = django_filters.ChoiceFilter(choices=GroupKind.choices)
    role_type = HeldListed(RoleType.objects.all(), "role__role_type")
    acts_for = HeldThat(field_name="acts_for", choices=ActsFor.choices)
    pathway = HeldListed(Pathway.objects.all(), "remit__pathway")
    person = ByWhoFilter(Membership, "seat__terms__group")
    organisation = HostOrArea()
    group = RecordFilter(Group, "pk")
    updated_since = UpdatedSince()

    def of(self) -> QuerySet[Any]:
        seats = Membership.objects.as_at(self.date) if self.is_of_the_day else Membership.objects.all()
        return seats.filter(seat__terms__group=OuterRef("pk"), basis_appointment__in=self.held.order_by().values("pk"))
