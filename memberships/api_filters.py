"""What resources of the API about people, what they hold and where they sit can be narrowed by and ordered by."""

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
from memberships.merging import entry_now_at
from memberships.models import Appointment, Group, GroupKind, Membership, Person
from organisations.filters import AreaFilter, BodyFilter, OrganisationFilter
from organisations.models import Kind, Organisation
from roles.filters import HostedWithinFilter
from roles.models import ActsFor, Pathway, Role, RoleType


class PersonFilter(RecordFilter):
    """Rows about one person; the number and the name of an entry that was merged mean the one that stayed."""

    def __init__(self, path: str) -> None:
        super().__init__(Person, path)

    def record(self, value: str) -> Any:
        return entry_now_at(value) or super().record(value)


class OnTheDay:
    """What holds on the day asked about, or at any time where all days are."""

    parent: Any

    def of_the_days(self, rows: Any) -> Any:
        return rows if self.parent.data.get("period") == "all" else rows.as_at(self.parent.date)


class SittingFilter(OnTheDay, RecordFilter):
    """Appointments by virtue of which somebody sits on a group on the day, or sat at any time where all days are asked for."""

    def __init__(self) -> None:
        super().__init__(Group, "seat__terms__group")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        seats = self.of_the_days(Membership.objects.all())
        return qs.filter(pk__in=super().filter(seats, value).order_by().values("basis_appointment"))


class HoldingFilters(ApiFilters):
    """Appointments (see `Appointment.with_remit`) by who holds what, where, and on whose behalf."""

    meanings = {"group": "Those by virtue of which somebody sits on a group, by its number or the name in its address."}
    columns = (
        ordered("person_name", "person__family_name", "person__given_names"),
        ordered("role_title", "role__title"),
        ordered("organisation_name", "role__organisation__name"),
        *ordered_by_period(),
        ordered_by_change(Appointment),
    )
    q = CalledFilter(Person, "person")
    period = CurrentOrAll()
    within = AreaFilter()
    kind = django_filters.ChoiceFilter(field_name="role__organisation__kind", choices=Kind.choices)
    role_type = ListedFilter(RoleType.objects.all(), "role__role_type")
    acts_for = django_filters.ChoiceFilter(field_name="acts_for", choices=ActsFor.choices)
    pathway = ListedFilter(Pathway.objects.all(), "remit__pathway")
    person = PersonFilter("person")
    organisation = BodyFilter("role__organisation")
    group = SittingFilter()
    updated_since = UpdatedSince()


class SeatAreaFilter(AreaFilter):
    """Memberships of groups inside an area on the day."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not self.area:
            return qs
        groups = Group.objects.within(self.area, self.parent.date)
        return qs.filter(seat__terms__group__in=groups.order_by().values("pk"))


class SittingFilters(ApiFilters):
    """Memberships by who sits where, and by virtue of what."""

    meanings = {
        "within": "Those of groups inside an area on the day, which is named as everywhere.",
        "kind": "Those of groups of a kind.",
        "role_type": "Those by virtue of a type of role, by the name in its address.",
        "acts_for": "Those by virtue of a role that acts for this party on the day.",
        "pathway": "Those by virtue of a role that leads a field of care on the day, by the name in its address.",
        "organisation": "Those by virtue of a role in an organisation, which is named as everywhere.",
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
    role_type = ListedFilter(RoleType.objects.all(), "basis_appointment__role__role_type")
    acts_for = django_filters.ChoiceFilter(field_name="acts_for", choices=ActsFor.choices)
    pathway = ListedFilter(Pathway.objects.all(), "remit__pathway")
    person = PersonFilter("person")
    organisation = BodyFilter("basis_appointment__role__organisation")
    group = RecordFilter(Group, "seat__terms__group")
    updated_since = UpdatedSince()


class HeldWithin(AreaFilter):
    """People by the area in which they hold a role."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if self.area:
            self.parent.held = self.parent.held.within(self.area, self.parent.date)
        return qs


class HeldAt(BodyFilter):
    """People by the organisation in which they hold a role."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        self.parent.held = super().filter(self.parent.held, value)
        return qs


class HeldBy(django_filters.ChoiceFilter):
    """Records by what is true of a role that somebody holds."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value:
            self.parent.held = self.parent.held.filter(**{self.field_name: value})
        return qs


class HeldListed(ListedFilter):
    """The same, of what is in a short list."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        self.parent.held = super().filter(self.parent.held, value)
        return qs


class HeldByPerson(PersonFilter):
    """Records by who holds a role there."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        self.parent.held = super().filter(self.parent.held, value)
        return qs


class HeldForSeat(SittingFilter):
    """Records by the group on which somebody sits by virtue of a role that they hold there."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        self.parent.held = super().filter(self.parent.held, value)
        return qs


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


class ByWhatIsHeld(ApiFilters):
    """Records by what somebody holds. What is asked of roles must be true of one and the same appointment.

    `held` are the appointments of the day, or of all, narrowed by the filters as they are applied.
    """

    def __init__(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        super().__init__(request, rows)
        held = Appointment.objects.all() if self.data.get("period") == "all" else Appointment.objects.as_at(self.date)
        self.held = self.all_held = held.with_remit(self.date)

    def of(self) -> QuerySet[Any]:
        """What of `held`, or by virtue of it, belongs to the record that an outer query names."""
        raise NotImplementedError

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        return rows if self.held is self.all_held else rows.filter(Exists(self.of()))


class PeopleFilters(ByWhatIsHeld):
    """People by what they hold."""

    columns = (ordered("name", "family_name", "given_names"), ordered("profession"), ordered_by_change(Person))
    meanings = {
        "q": "Those whose name is roughly so.",
        "period": "`current`: those who hold a role or sit on a group on the day. `all`: everybody in the register.",
        "within": "Those who hold a role inside an area on the day, which is named as everywhere.",
        "kind": "Those who hold a role in organisations of a kind.",
        "role_type": "Those who hold a type of role, by the name in its address.",
        "acts_for": "Those who hold a role that acts for this party on the day.",
        "pathway": "Those who hold a role that leads a field of care on the day, by the name in its address.",
        "person": "One of them, by number or by the name in their address.",
        "organisation": "Those who hold a role in an organisation, which is named as everywhere.",
        "group": "Those who sit on a group, by its number or the name in its address.",
    }
    q = CalledFilter(Person)
    period = Leading()
    within = HeldWithin()
    kind = HeldBy(field_name="role__organisation__kind", choices=Kind.choices)
    role_type = HeldListed(RoleType.objects.all(), "role__role_type")
    acts_for = HeldBy(field_name="acts_for", choices=ActsFor.choices)
    pathway = HeldListed(Pathway.objects.all(), "remit__pathway")
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
        ordered("ods_code"),
        *ordered_by_period(),
        ordered_by_change(Organisation),
    )
    meanings = {
        "q": "Those whose name, short name or code is roughly so.",
        "period": "`current`: those open on the day. `all`: those of any day.",
        "kind": "Those of a kind.",
        "role_type": "Those in which somebody holds a type of role, by the name in its address.",
        "acts_for": "Those in which somebody holds a role that acts for this party on the day.",
        "pathway": "Those in which somebody holds a role that leads a field of care on the day, by the name in its address.",
        "person": "Those in which a person holds a role, by number or by the name in their address.",
        "organisation": "One of them, by its number, the name in its address, or its ODS code on the day.",
        "group": "Those in which somebody holds a role by virtue of which they sit on a group, by its number or the name in its address.",
    }
    q = CalledFilter(Organisation)
    period = CurrentOrAll()
    within = AreaFilter()
    kind = django_filters.ChoiceFilter(choices=Kind.choices)
    role_type = HeldListed(RoleType.objects.all(), "role__role_type")
    acts_for = HeldBy(field_name="acts_for", choices=ActsFor.choices)
    pathway = HeldListed(Pathway.objects.all(), "remit__pathway")
    person = HeldByPerson("person")
    organisation = BodyFilter("pk")
    group = HeldForSeat()
    updated_since = UpdatedSince()

    def of(self) -> QuerySet[Any]:
        return self.held.filter(role__organisation=OuterRef("pk"))


class ByWhoFilter(OnTheDay, PersonFilter):
    """Records by who holds them on the day, or held them: by the rows of `dated`, whose path `of` leads to the record."""

    def __init__(self, dated: type[Appointment | Membership], of: str) -> None:
        super().__init__("person")
        self.dated = dated
        self.of = of

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        theirs = super().filter(self.of_the_days(self.dated.objects.all()), value)
        return qs.filter(pk__in=theirs.order_by().values(self.of))


class PostFilters(ApiFilters):
    """Roles, held or not, with their remit as at the day (`RoleQuerySet.with_remit`)."""

    columns = (
        ordered("title"),
        ordered("role_type", "role_type__name"),
        ordered("organisation_name", "organisation__name"),
        *ordered_by_period(),
        ordered_by_change(Role),
    )
    meanings = {
        "q": "Those whose title is roughly so.",
        "period": "`current`: those that exist on the day. `all`: those of any day.",
        "person": "Those that a person holds, by number or by the name in their address.",
        "group": "Those that belong to a group, by its number or the name in its address.",
    }
    q = CalledFilter(Role)
    period = CurrentOrAll()
    within = HostedWithinFilter()
    kind = django_filters.ChoiceFilter(field_name="organisation__kind", choices=Kind.choices)
    role_type = ListedFilter(RoleType.objects.all(), "role_type")
    acts_for = django_filters.ChoiceFilter(field_name="acts_for", choices=ActsFor.choices)
    pathway = ListedFilter(Pathway.objects.all(), "remit__pathway")
    person = ByWhoFilter(Appointment, "role")
    organisation = BodyFilter("organisation")
    group = RecordFilter(Group, "of_group__group")
    updated_since = UpdatedSince()


class HostOrArea(OrganisationFilter):
    """Groups that an organisation hosts, and those that cover its area."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(Q(host=self.area) | Q(covers=self.area)) if self.area else qs


class GroupFilters(ByWhatIsHeld):
    """Groups by what they are, whose they are, who sits on them and by virtue of what."""

    columns = (
        ordered("name"),
        ordered("host_name", "host__name"),
        *ordered_by_period(),
        ordered_by_change(Group),
    )
    meanings = {
        "q": "Those whose name is roughly so.",
        "period": "`current`: those that there are on the day. `all`: those of any day.",
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
    period = CurrentOrAll()
    within = AreaFilter()
    kind = django_filters.ChoiceFilter(choices=GroupKind.choices)
    role_type = HeldListed(RoleType.objects.all(), "role__role_type")
    acts_for = HeldBy(field_name="acts_for", choices=ActsFor.choices)
    pathway = HeldListed(Pathway.objects.all(), "remit__pathway")
    person = ByWhoFilter(Membership, "seat__terms__group")
    organisation = HostOrArea()
    group = RecordFilter(Group, "pk")
    updated_since = UpdatedSince()

    def of(self) -> QuerySet[Any]:
        seats = Membership.objects.all() if self.data.get("period") == "all" else Membership.objects.as_at(self.date)
        return seats.filter(seat__terms__group=OuterRef("pk"), basis_appointment__in=self.held.order_by().values("pk"))
