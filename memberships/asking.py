"""Whom to ask: who leads a pathway for the system on a day, and who speaks for general practice.

The two are never one list: a system lead, even a GP, acts for all providers. What is said of the rows is left to the
presenters.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL

from memberships.models import Appointment, Group, GroupKind
from memberships.posts import listed
from memberships.seating import with_table
from organisations.models import KeptArea, Kind, Organisation
from organisations.models.areas import around, within
from roles.models import ActsFor, Pathway, Role, RoleType

FOR_THE_SYSTEM = (ActsFor.SYSTEM, ActsFor.COMMISSIONER)

SPEAK_FOR_GENERAL_PRACTICE = (
    GroupKind.GP_LEADERSHIP_GROUP,
    GroupKind.LMC_COMMITTEE,
    GroupKind.PCN_DIRECTORS_FORUM,
    GroupKind.GP_PROVIDER_BOARD,
    GroupKind.FEDERATION_BOARD,
)
"""The kinds of group whose chair speaks for practices, in the order in which one would turn to them."""


@dataclass(frozen=True)
class Area:
    """Where somebody asks on a day: the ids of all organisations that they might turn to there."""

    organisations: Sequence[int]
    date: datetime.date

    def holds(self, path: str) -> Q:
        """Whether the organisation at `path` is one to turn to."""
        return Q(**{f"{path}__in": RawSQL("SELECT unnest(%s::bigint[])", (self.organisations,))})


def area_of(organisation: Organisation | None, date: datetime.date) -> Area:
    """One organisation, or everything that somebody keeps on that day, with all that lies inside and around it.

    Who leads for a whole system leads for each place in it, so the way up counts as much as the way down.
    """
    asked = [organisation.pk] if organisation else list(KeptArea.objects.as_at(date).values_list("area_id", flat=True))
    # Worked out once: every question on the page is put to the same organisations.
    there = Organisation.objects.filter(Q(pk__in=within(asked, date)) | Q(pk__in=around(asked, date)))
    return Area(list(there.order_by().values_list("pk", flat=True)), date)


def areas(date: datetime.date) -> list[Organisation]:
    """The areas to choose from: those that are kept on that day, and the places inside them."""
    kept = Organisation.objects.filter(kept__period__contains=date)
    places = Organisation.objects.as_at(date).kept_on(date).filter(kind=Kind.PLACE)
    return list(Organisation.objects.filter(Q(pk__in=kept) | Q(pk__in=places)).order_by("name", "pk"))


def is_kept(organisation: Organisation, date: datetime.date) -> bool:
    """Whether somebody keeps the area of an organisation on that day."""
    return Organisation.objects.filter(pk__in=around([organisation.pk], date), kept__period__contains=date).exists()


def system_leads(area: Area, pathway: Pathway | None = None) -> QuerySet[Role]:
    """Roles of that day that lead a pathway, or any, for the system or the commissioner, with their holders."""
    return _leading(area, FOR_THE_SYSTEM, pathway)


def practice_leads(area: Area, pathway: Pathway | None = None) -> QuerySet[Role]:
    """Roles of that day that act for general practice on a pathway, or on any, with their holders."""
    return _leading(area, (ActsFor.GENERAL_PRACTICE,), pathway)


def _leading(area: Area, acts_for: tuple[ActsFor, ...], pathway: Pathway | None) -> QuerySet[Role]:
    roles: Any = listed(area.date)
    roles = roles.filter(area.holds("organisation"), period__contains=area.date, acts_for__in=acts_for)
    roles = roles.filter(pathway_id=pathway.pk) if pathway else roles.filter(pathway_id__isnull=False)
    ordered: QuerySet[Role] = roles.order_by("organisation__name", "title", "pk")
    return ordered


def committee_officers(area: Area) -> QuerySet[Role]:
    """Roles of that day in local medical committees that act for general practice, with their holders."""
    roles: Any = listed(area.date)
    officers: QuerySet[Role] = roles.filter(
        area.holds("organisation"),
        period__contains=area.date,
        organisation__kind=Kind.LMC,
        acts_for=ActsFor.GENERAL_PRACTICE,
        pathway_id=None,
        of_group=None,
    )
    return officers.order_by("organisation__name", "title", "pk")


def speaking_groups(area: Area) -> QuerySet[Group]:
    """The groups of that day that speak for general practice, with their chairs (see `seating.with_table`)."""
    turn = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(SPEAK_FOR_GENERAL_PRACTICE)),
        output_field=IntegerField(),
    )
    there = area.holds("covers") | Q(covers=None) & area.holds("host")
    groups = Group.objects.as_at(area.date).filter(there, kind__in=SPEAK_FOR_GENERAL_PRACTICE)
    return with_table(groups.select_related("covers", "host"), area.date).order_by(turn, "name", "pk")


def accountable_directors(area: Area) -> list[RoleType]:
    """The types of role whose holders are the named accountable directors of their networks, with `holders` in the area."""
    held = Appointment.objects.as_at(area.date).filter(
        area.holds("role__organisation"), role__role_type__accountable=True
    )
    people = held.order_by().values("role__role_type").annotate(people=Count("person", distinct=True)).values("people")
    types: Any = RoleType.objects.filter(accountable=True).annotate(
        holders=Subquery(people.filter(role__role_type=OuterRef("pk")))
    )
    return list(types.filter(holders__gt=0).order_by("name"))
