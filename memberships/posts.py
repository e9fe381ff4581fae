"""Roles as posts: who holds them on a day, and whether one that nobody holds is vacant or simply not recorded.

Vacant is said where somebody keeps the area; elsewhere the register claims nothing. Every function asks a fixed number of
queries or gives a queryset for the page to cut up; what is said of the rows is left to the presenters.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.lookups import IsNull

from ics_leadership.prepared import OneOf, prepared
from memberships.models import Appointment, FundingLine, Group, Membership
from memberships.models.appointments import AppointmentQuerySet
from organisations import standing
from organisations.models import Link, Organisation
from roles.models import Remit, RemitFunction, Role

_BY_NAME = ("person__family_name", "person__given_names", "pk")


def held(date: datetime.date) -> Q:
    """Whether somebody holds a role on that day, for filters of roles.

    All that is held is read once: asked role by role, it cost twice as much in a national register.
    """
    return Q(pk__in=Appointment.objects.as_at(date).values("role"))


def kept(date: datetime.date) -> Q:
    """Whether a role's organisation lies in an area that somebody keeps on that day, for filters of roles."""
    return Q(organisation__in=Organisation.objects.kept_on(date).values("pk"))


def with_holders(roles: QuerySet[Role], date: datetime.date) -> QuerySet[Role]:
    """Roles with `holders_then`, the appointments to each on that day, and what their remit of the day says."""
    holders = Appointment.objects.as_at(date).select_related("person").order_by(*_BY_NAME)
    return (
        roles.with_remit(date)  # type: ignore[attr-defined]
        .select_related("role_type", "organisation", "of_group__group", "remit__pathway")
        .prefetch_related(Prefetch("appointments", holders, to_attr="holders_then"))
    )


def listed(date: datetime.date) -> QuerySet[Role]:
    """All roles, of any day, with `holders_then` and `is_kept` as at that day, for lists."""
    return with_holders(Role.objects.all(), date).annotate(is_kept=standing.in_kept_area(date, "organisation"))


# --- of an organisation


@prepared
def posts_of(organisation: int, date: datetime.date) -> QuerySet[Role]:
    """The roles of an organisation on that day with `holders_then` and `holders_next`.

    The accountable come first, those of groups that it hosts last.
    """
    coming = Appointment.objects.upcoming(date).select_related("person").order_by("period__startswith", "pk")
    roles = with_holders(Role.objects.as_at(date).filter(organisation=organisation), date)
    return roles.prefetch_related(Prefetch("appointments", coming, to_attr="holders_next")).order_by(
        F("role_type__accountable").desc(), IsNull(F("of_group__pk"), False), "title", "pk"
    )


@prepared
def former_roles(organisation: int, date: datetime.date) -> QuerySet[Role]:
    """The roles of an organisation that ended before that day, the last to end first."""
    roles: QuerySet[Role] = Role.objects.ended(date).filter(organisation=organisation)
    return roles.order_by(F("period__endswith").desc(), "title", "pk")


@prepared
def former_holders(organisation: int, date: datetime.date) -> QuerySet[Appointment]:
    """Who held roles of an organisation until before that day, the last to leave first."""
    rows: QuerySet[Appointment] = Appointment.objects.ended(date).filter(role__organisation=organisation)
    return rows.select_related("person", "role").order_by(F("period__endswith").desc(), *_BY_NAME)


@prepared
def groups_of(organisation: int, date: datetime.date) -> QuerySet[Group]:
    """The groups of that day that an organisation hosts or that cover it."""
    groups: QuerySet[Group] = Group.objects.as_at(date).filter(Q(host=organisation) | Q(covers=organisation))
    return groups.select_related("host", "covers").order_by("name", "pk")


@prepared
def former_groups(organisation: int, date: datetime.date) -> QuerySet[Group]:
    """The groups that an organisation hosted or that covered it, which ended before that day; the last to end first."""
    groups: QuerySet[Group] = Group.objects.ended(date).filter(Q(host=organisation) | Q(covers=organisation))
    return groups.select_related("host", "covers").order_by(F("period__endswith").desc(), "name", "pk")


@prepared
def seats_through(organisation: int, date: datetime.date) -> QuerySet[Membership]:
    """Seats held on that day by virtue of a role of an organisation, by group."""
    rows: QuerySet[Membership] = Membership.objects.as_at(date).filter(
        basis_appointment__role__organisation=organisation
    )
    return rows.select_related("person", "seat__terms__group", "basis_appointment__role").order_by(
        "seat__terms__group__name", "seat__order", *_BY_NAME
    )


def posts_of_all(organisations: Collection[int], date: datetime.date) -> dict[str, int]:
    """How many roles there are in several organisations, by their ids, on that day, as `all` and `held`."""
    counted = _counted_of_all(organisations=list(organisations), date=date)
    return dict(zip(("all", "held"), counted[0] if counted else (0, 0), strict=True))


@prepared
def _counted_of_all(organisations: list[int], date: datetime.date) -> QuerySet[Role, tuple[int, int]]:
    roles: QuerySet[Role] = Role.objects.as_at(date).filter(OneOf(F("organisation"), organisations))
    # Asked of each role there, of which there are few beside all that are held in a country.
    is_held = Exists(Appointment.objects.as_at(date).filter(role=OuterRef("pk")))
    together = roles.order_by().annotate(together=Value(1)).values("together")
    counted = together.annotate(all=Count("pk"), held=Count("pk", filter=is_held))
    return counted.values_list("all", "held")


@prepared
def members_of(organisation: int, date: datetime.date) -> QuerySet[Link]:
    """The links of `standing.members_of` with `is_kept`, whose organisation has `accountable_then`: its roles whose holder is
    accountable.
    """
    roles = with_holders(Role.objects.as_at(date).filter(role_type__accountable=True), date)
    links = standing.members_of(organisation, date).annotate(is_kept=standing.in_kept_area(date, "organisation"))
    return links.prefetch_related(Prefetch("organisation__roles", roles, to_attr="accountable_then"))


# --- of one role


def remits_of(role: Role) -> list[Remit]:
    """Every version of a role's remit with the part that it plays in each function, the newest first."""
    functions = RemitFunction.objects.select_related("function").order_by("function__name")
    versions = Remit.objects.filter(role=role).select_related("pathway", "source")
    return list(
        versions.prefetch_related(Prefetch("functions", functions)).order_by(
            F("period__startswith").desc(nulls_last=True), "-pk"
        )
    )


def holders_of(role: Role) -> AppointmentQuerySet:
    """Everyone who held, holds or is to hold a role, the latest first, with how they came to it and who pays."""
    lines = FundingLine.objects.select_related("funding_source", "payer").order_by("period", "funding_source__name")
    rows: AppointmentQuerySet = Appointment.objects.filter(role=role)
    return (
        rows.select_related("person", "made_by", "employer", "source")
        .prefetch_related(Prefetch("funding_lines", lines))
        .order_by(F("period__startswith").desc(nulls_last=True), *_BY_NAME)
    )


def seats_by_virtue_of(role: Role, date: datetime.date) -> QuerySet[Membership]:
    """Seats held on that day by virtue of a role, by group."""
    rows: QuerySet[Membership] = Membership.objects.as_at(date).filter(basis_appointment__role=role)
    return rows.select_related("person", "seat__terms__group").order_by("seat__terms__group__name", *_BY_NAME)
