"""The resources of the API. They stand here, above all whose data they show: each can be narrowed by who holds what."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from ics_leadership.accounts.models import Sight
from ics_leadership.api.filters import ABOUT_THE_ANSWER
from ics_leadership.api.resource import Resource
from ics_leadership.errors import Refusal
from ics_leadership.formats import BUNDLE, FORMATS, Export
from ics_leadership.periods import today
from ics_leadership.recorded import SIGNED_IN
from ics_leadership.words import list_words
from memberships.api_filters import PostFilters
from memberships.api_filters_by_holding import GroupFilters, OrganisationFilters, PeopleFilters, SittingFilters
from memberships.api_filters_of_holdings import HoldingFilters
from memberships.api_findings import Findings
from memberships.exports.appointments import APPOINTMENTS
from memberships.exports.groups import GROUPS
from memberships.exports.memberships import MEMBERSHIPS
from memberships.exports.people import PEOPLE
from memberships.exports.popolo import POPOLO
from memberships.exports.role_map import ROLE_MAP
from memberships.exports.roles import ROLES
from memberships.models import Appointment, Group, Membership, MergedPerson, Person
from memberships.rights import people_seen
from memberships.tombstones import tombstone_of
from organisations.exports import ORGANISATIONS
from organisations.models import Organisation, within
from roles.models import Role


def private_to_see(request: HttpRequest, *sights: Sight) -> dict[str, Sequence[int] | None]:
    """Of those facts that not everybody sees, what the reader may see, and of which organisations (None: of all)."""
    rights: Any = request.rights  # type: ignore[attr-defined]
    found = {sight: rights.areas_seen(sight) for sight in sights}
    return {sight: areas and _inside(areas) for sight, areas in found.items() if areas is None or areas}


def _inside(areas: Sequence[int]) -> list[int]:
    return list(Organisation.objects.filter(pk__in=within(areas, today())).order_by().values_list("pk", flat=True))


def _understood(resource: Resource, asked: HttpRequest) -> HttpRequest:
    """What is asked of all tables as one that is worked out about the day understands it."""
    if not resource.is_worked_out:
        return asked
    understood = asked.GET.copy()
    for name in asked.GET:
        if name not in (*resource.filters.base_filters, *resource.filters.beside):
            del understood[name]
    narrower = copy(asked)
    narrower.GET = understood  # type: ignore[assignment]
    return narrower


MEANS_ANOTHER_THING = ("kind",)
"""What every table can be narrowed by, but each by values of its own."""


class OfPeople(Resource):
    """A table whose rows are about people, and may have been erased with them."""

    rows_are_erased = True

    def erased_on(self, model: type[Model], record: int) -> datetime.date | None:
        tombstone = tombstone_of(model, record)
        return tombstone.erased_on if tombstone else None


def _held(asked: HttpRequest) -> QuerySet[Any]:
    """Appointments, with their role's remit of the day where that is what they are narrowed by."""
    by_remit = any(asked.GET.get(name) for name in ("acts_for", "open_to", "pathway"))
    held: QuerySet[Any] = Appointment.objects.all()
    return held.with_remit(asked.as_at.date) if by_remit else held  # type: ignore[attr-defined]


class RoleMap(OfPeople):
    """Who holds which role, for whom they act, who pays and where they sit, as at a day."""

    table = ROLE_MAP
    filters = HoldingFilters
    formats = FORMATS | {each.name: each for each in (POPOLO, BUNDLE)}

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        return _held(asked)

    def sees(self, asked: HttpRequest) -> Mapping[str, Sequence[int] | None]:
        return private_to_see(asked, Sight.AMOUNTS)

    def beside(self, asked: HttpRequest) -> Sequence[Export]:
        others = [resource() for resource in RESOURCES if resource is not RoleMap]
        kept = [each for each in others if not each.is_worked_out]
        shared = [
            name
            for name in self.filters.base_filters
            if name not in MEANS_ANOTHER_THING and all(name in each.filters.base_filters for each in kept)
        ]
        for name, value in asked.GET.items():
            if value and name not in (*shared, *ABOUT_THE_ANSWER):
                raise Refusal(
                    f"“{name[:40]}” is not true of every table, so that a bundle cannot be narrowed by it."
                    f" It can be asked about {list_words([*shared, 'as_at', 'known_at', 'neutralise'])}."
                )
        # What is worked out is so for whoever asks, and a past state is shown as everybody sees it.
        there = kept if "known_at" in asked.GET else others
        return [each.whole(_understood(each, asked)) for each in there if self._may_read(each)]

    def _may_read(self, resource: Resource) -> bool:
        return all(each.has_permission(self.request, resource) for each in resource.get_permissions())


class Organisations(Resource):
    """What organisations there are on a day, where they lie, and what came before and after them."""

    table = ORGANISATIONS
    filters = OrganisationFilters

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        every: QuerySet[Any] = Organisation.objects.all()
        return every


class People(OfPeople):
    """Who there is: everybody who holds a role or sits on a group on the day, or has ever been recorded."""

    table = PEOPLE
    filters = PeopleFilters
    rows_are_merged = True

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        return Person.objects.all()

    def sees(self, asked: HttpRequest) -> Mapping[str, Sequence[int] | None]:
        rights: Any = asked.rights  # type: ignore[attr-defined]
        if not rights.is_signed_in:
            return {}
        found: dict[str, Sequence[int] | None] = {SIGNED_IN: None}
        for sight in (Sight.REGISTRATION_NUMBERS, Sight.NOTES):
            if not rights.are_for(sight):
                continue
            of_all = rights.areas_seen(sight) is None
            people = None if of_all else list(people_seen(sight, rights).order_by().values_list("pk", flat=True))
            if people != []:
                found[sight] = people
        return found

    def complete_for(self, table: str, narrowed: Mapping[str, str]) -> bool:
        """Whoever holds what is asked for is there, however it is narrowed but by when rows were written; and whoever sits
        anywhere on the day, where nothing narrows it.
        """
        if table in (ROLE_MAP.name, APPOINTMENTS.name):
            return "updated_since" not in narrowed
        return table == MEMBERSHIPS.name and not narrowed.keys() - {"period"}

    def stays_as(self, record: int) -> int | None:
        return MergedPerson.objects.filter(former_id=record).values_list("survivor_id", flat=True).first()


class Roles(Resource):
    """What posts there are on a day, whether or not anybody holds them."""

    table = ROLES
    filters = PostFilters

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        posts: QuerySet[Any] = Role.objects.with_remit(asked.as_at.date)  # type: ignore[attr-defined]
        return posts


class Appointments(OfPeople):
    """Who holds which role on a day, how they came to it and who pays."""

    table = APPOINTMENTS
    filters = HoldingFilters

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        return _held(asked)

    def complete_for(self, table: str, narrowed: Mapping[str, str]) -> bool:
        """The role map has the same appointments, whatever is asked."""
        return table == ROLE_MAP.name or super().complete_for(table, narrowed)

    def sees(self, asked: HttpRequest) -> Mapping[str, Sequence[int] | None]:
        return private_to_see(asked, Sight.AMOUNTS, Sight.NOTES)


class Groups(Resource):
    """What groups there are on a day, and what their terms say."""

    table = GROUPS
    filters = GroupFilters

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        groups: QuerySet[Any] = Group.objects.all()
        return groups

    def sees(self, asked: HttpRequest) -> Mapping[str, Sequence[int] | None]:
        return private_to_see(asked, Sight.AMOUNTS)


class Memberships(OfPeople):
    """Who sits on which group, in which seat and why, as at a day."""

    table = MEMBERSHIPS
    filters = SittingFilters

    def rows(self, asked: HttpRequest) -> QuerySet[Any]:
        sitting: QuerySet[Any] = Membership.objects.all()
        return sitting


RESOURCES: Sequence[type[Resource]] = (
    RoleMap,
    Organisations,
    People,
    Roles,
    Appointments,
    Groups,
    Memberships,
    Findings,
)
"""Every table of the API: each has an address of its own, and is in the bundle."""
