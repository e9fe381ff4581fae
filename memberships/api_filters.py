"""What roles can be narrowed by and ordered by in the API, and the filters that it has in common with other resources."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from ics_leadership.api.filters import (
    ApiFilters,
    CalledFilter,
    ListedFilter,
    RecordFilter,
    UpdatedSince,
    ordered,
    ordered_by_change,
    ordered_by_period,
)
from ics_leadership.lists import PeriodFilter
from memberships.filters import HeldFilter
from memberships.merging import entry_now_at
from memberships.models import Appointment, Group, Membership, Person
from organisations.filters import BodyFilter
from organisations.models import Kind
from roles.filters import HostedWithinFilter
from roles.models import ActsFor, OpenTo, Pathway, Role, RoleType


class PersonFilter(RecordFilter):
    """Rows about one person; the number and the name of an entry that was merged mean the one that stayed."""

    def __init__(self, path: str) -> None:
        super().__init__(Person, path)

    def record(self, value: str) -> Any:
        return entry_now_at(value) or super().record(value)


class OnTheDay:
    """What holds on the day asked about, or at any time where other days are."""

    parent: Any

    def of_the_days(self, rows: Any) -> Any:
        return rows.as_at(self.parent.date) if self.parent.is_of_the_day else rows


class SittingFilter(OnTheDay, RecordFilter):
    """Appointments by virtue of which somebody sits on a group on the day, or sat at any time where all days are asked for."""

    def __init__(self) -> None:
        super().__init__(Group, "seat__terms__group")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        seats = self.of_the_days(Membership.objects.all())
        return qs.filter(pk__in=super().filter(seats, value).order_by().values("basis_appointment"))


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
        ordered("role_type", "role_type__name", "title"),
        ordered("organisation_name", "organisation__name", "title"),
        *ordered_by_period(),
        ordered_by_change(Role),
    )
    meanings = {
        "q": "Those whose title is roughly so. The code of an organisation goes into `organisation`, or into `within`.",
        "period": (
            "`current`: those that exist on the day. `ended`: those that ended before it. `upcoming`: those that begin after it. "
            "`all`: those of any day."
        ),
        "open_to": "Those to which these may be appointed, as their remit of the day says.",
        "held": (
            "`held`: those that somebody holds on the day. `vacant`: those that nobody holds, in an area that somebody keeps. "
            "`not_recorded`: those whose holder nobody has recorded, elsewhere."
        ),
        "person": "Those that a person holds, by number or by the name in their address.",
        "group": "Those that belong to a group, by its number or the name in its address.",
    }
    q = CalledFilter(Role)
    period = PeriodFilter()
    within = HostedWithinFilter()
    kind = django_filters.ChoiceFilter(field_name="organisation__kind", choices=Kind.choices)
    role_type = ListedFilter(RoleType.objects.all(), "role_type")
    acts_for = django_filters.ChoiceFilter(field_name="acts_for", choices=ActsFor.choices)
    open_to = django_filters.ChoiceFilter(field_name="open_to", choices=OpenTo.choices)
    pathway = ListedFilter(Pathway.objects.all(), "remit__pathway")
    held = HeldFilter()
    person = ByWhoFilter(Appointment, "role")
    organisation = BodyFilter("organisation")
    group = RecordFilter(Group, "of_group__group")
    updated_since = UpdatedSince()
