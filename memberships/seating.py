"""Who sits on a group on a day, with all that it takes to say why; and what the rest of a group's page is made from.

Every function asks a fixed number of queries, however many people sit. What is said of the rows is left to the
presenters.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from ics_leadership.prepared import OneOf, prepared, prepared_beside
from memberships.models import (
    Appointment,
    Category,
    Deputy,
    DrawnFrom,
    Eligibility,
    FundingLine,
    Group,
    GroupFunding,
    GroupRemit,
    GroupRemitFunction,
    Influence,
    Membership,
    ReportingLine,
    Seat,
    Terms,
)
from memberships.places import add_open_places, open_places, replaced_on
from organisations.models import KeptArea, Organisation
from organisations.models.areas import around
from organisations.standing import in_kept_area

AT_THE_TABLE = (Category.CHAIR, Category.CORE)
"""How those sit who decide; the others listen and advise."""

NO_ROLE = "other"
"""The sector, so to speak, of a seat whose holder does not hold the role by virtue of which they sit on the day."""


def with_reasons(memberships: QuerySet[Membership], date: datetime.date) -> QuerySet[Membership]:
    """Memberships with what `presenters.reasons.reason` needs as at that day.

    The basis has its role's remit of the day (see `AppointmentQuerySet.with_remit`), the role of the basis its
    `holders_then`, the membership its `deputies_then`.
    """
    return memberships.select_related(
        "person", "seat__terms__group", "seat__clause", "put_forward_by", "attends_for"
    ).prefetch_related(*_reasons(date))


def _reasons(date: datetime.date) -> list[Prefetch[Any]]:
    appointments = Appointment.objects.with_remit(date).select_related(
        "role__organisation", "role__role_type", "role__of_group__group", "made_by"
    )
    holders = Appointment.objects.as_at(date).select_related("person").order_by("person__family_name", "pk")
    deputies = Deputy.objects.as_at(date).select_related("person").order_by("person__family_name", "pk")
    return [
        Prefetch("basis_appointment", appointments),
        Prefetch("basis_appointment__role__appointments", holders, to_attr="holders_then"),
        Prefetch("deputies", deputies, to_attr="deputies_then"),
    ]


def _paid(date: datetime.date) -> Prefetch[Any]:
    lines = FundingLine.objects.as_at(date).select_related("funding_source", "payer").order_by("period", "pk")
    return Prefetch("basis_appointment__funding_lines", lines, to_attr="paid_then")


def sitting(group: Group, date: datetime.date) -> list[Membership]:
    """Who sits on that day: by category, seat and name. The basis of each has what pays for it then as `paid_then`."""
    rows = with_reasons(Membership.objects.filter(seat__terms__group=group).as_at(date), date)
    return list(rows.prefetch_related(_paid(date)).order_by("seat__terms__period", "seat__order", *_BY_NAME))


@dataclass(frozen=True)
class Members:
    """All memberships of a group, as they share out on a day: who sits, in the order of `sitting`; who is to sit, the
    next first; who left, the last first. Why they sit is there only once `add_reasons` has loaded it."""

    sitting: list[Membership]
    upcoming: list[Membership]
    ended: list[Membership]

    @cached_property
    def past(self) -> list[Membership]:
        """The seats that were left by people who no longer sit."""
        return [row for row in self.ended if row.person_id not in self._seated]

    @cached_property
    def earlier(self) -> list[Membership]:
        """The seats that were left by people who still sit."""
        return [row for row in self.ended if row.person_id in self._seated]

    @cached_property
    def of_those_who_sit(self) -> list[Membership]:
        """All memberships of those who sit, under any version of the terms."""
        return [row for row in (*self.sitting, *self.upcoming, *self.ended) if row.person_id in self._seated]

    @cached_property
    def last_held(self) -> dict[int, Membership]:
        """For each seat that somebody left: who did last, by the seat's id."""
        return {row.seat_id: row for row in reversed(self.ended)}

    @cached_property
    def _seated(self) -> set[int]:
        return {row.person_id for row in self.sitting}


def members(versions: Iterable[Terms], date: datetime.date) -> Members:
    """Who sits, sat or will sit under these versions of a group's terms, which `versions_of_terms` loaded."""
    seats = {seat.pk: seat for terms in versions for seat in terms.seats.all()}
    found = Members([], [], [])
    for row in _in_seats(seats=list(seats)):
        row.seat = seats[row.seat_id]
        part = found.sitting if row.holds(date) else found.ended if row.is_over(date) else found.upcoming
        part.append(row)
    found.sitting.sort(key=lambda row: (*_as_ordered(row.seat.terms.period), row.seat.order))
    found.upcoming.sort(key=lambda row: row.period.lower)
    found.ended.sort(key=lambda row: row.period.upper, reverse=True)
    return found


@prepared
def _in_seats(seats: list[int]) -> QuerySet[Membership]:
    rows: QuerySet[Membership] = Membership.objects.filter(OneOf(F("seat"), seats))
    return rows.select_related("person", "put_forward_by", "attends_for").order_by(*_BY_NAME)


def _as_ordered(period: Any) -> tuple[datetime.date, datetime.date]:
    return period.lower or datetime.date.min, period.upper or datetime.date.max


def add_reasons(memberships: Iterable[Membership], date: datetime.date) -> None:
    """Load what `with_reasons` and `sitting` load, and `members` does not, for those of a group that are to be shown."""
    _reasons_and_paid(list(memberships), date=date)


@prepared_beside(Membership)
def _reasons_and_paid(date: datetime.date) -> list[Prefetch[Any]]:
    return [*_reasons(date), _paid(date)]


_BY_NAME = ("person__family_name", "person__given_names", "pk")


def versions_of_terms(group: Group, date: datetime.date) -> list[Terms]:
    """All versions of a group's terms with their clauses, conditions and seats as at that day, the newest first."""
    versions = _versions_of_terms(group=group.pk)
    for terms in versions:
        terms.group = group
    add_open_places([seat for terms in versions for seat in terms.seats.all()], date)
    return versions


@prepared
def _versions_of_terms(group: int) -> QuerySet[Terms]:
    seats = Seat.objects.select_related("clause", "role_type", "organisation", "group")
    conditions = Eligibility.objects.select_related("clause", "seat", "other_seat", "organisation")
    versions: QuerySet[Terms] = Terms.objects.filter(group=group).select_related("source")
    return versions.prefetch_related(
        "clauses", Prefetch("seats", seats), Prefetch("eligibilities", conditions)
    ).order_by(*_NEWEST_FIRST)


_NEWEST_FIRST = (F("period__startswith").desc(nulls_last=True), "-pk")


def versions_of_remit(group: Group) -> list[GroupRemit]:
    """All versions of a group's remit with the part that it plays in each function, the newest first."""
    return _versions_of_remit(group=group.pk)


@prepared
def _versions_of_remit(group: int) -> QuerySet[GroupRemit]:
    functions = GroupRemitFunction.objects.select_related("function").order_by("function__name")
    versions: QuerySet[GroupRemit] = GroupRemit.objects.filter(group=group)
    return versions.prefetch_related(Prefetch("functions", functions)).order_by(*_NEWEST_FIRST)


def sectors_on_last_days(versions: Iterable[Terms]) -> dict[int, dict[str, int]]:
    """Seats held at the table on the last day of each version, counted by sector and by the version's id.

    The sector is that of the organisation that hosts the role by virtue of which somebody sits; seats held for
    experience are counted under `experience`, those whose basis was not held on that day under `NO_ROLE`.
    """
    ended = [version.pk for version in versions if version.end_date]
    counted: dict[int, dict[str, int]] = {}
    for version_id, sector, seats in _sectors_on_last_days(versions=ended) if ended else ():
        counted.setdefault(version_id, {})[sector] = seats
    return counted


@prepared
def _sectors_on_last_days(versions: list[int]) -> QuerySet[Membership, tuple[int, str, int]]:
    last_day = Func(F("seat__terms__period"), template="(upper(%(expressions)s) - 1)", output_field=DateField())
    held: QuerySet[Membership] = Membership.objects.alias(last_day=last_day).filter(
        ~replaced_on(OuterRef("last_day")),
        OneOf(F("seat__terms"), versions),
        period__contains=F("last_day"),
        seat__category__in=AT_THE_TABLE,
    )
    sector = Case(
        When(basis_appointment=None, then=Value(DrawnFrom.EXPERIENCE.value)),
        When(
            basis_appointment__period__contains=F("last_day"), then=F("basis_appointment__role__organisation__sector")
        ),
        default=Value(NO_ROLE),
    )
    return held.annotate(sector=sector).values_list("seat__terms_id", "sector").annotate(seats=Count("pk"))


def keeping(organisation: Organisation, date: datetime.date) -> list[KeptArea]:
    """The kept areas inside which an organisation lies on that day, with who keeps them."""
    return _keeping(organisation=organisation.pk, date=date)


@prepared
def _keeping(organisation: int, date: datetime.date) -> QuerySet[KeptArea]:
    areas: QuerySet[KeptArea] = KeptArea.objects.as_at(date).filter(area__in=around([organisation], date))
    return areas.select_related("area", "keeper").order_by("area__name")


def reporting_lines(group: Group, date: datetime.date) -> list[ReportingLine]:
    """To whom a group reports on that day."""
    return _reporting_lines(group=group.pk, date=date)


@prepared
def _reporting_lines(group: int, date: datetime.date) -> QuerySet[ReportingLine]:
    lines: QuerySet[ReportingLine] = ReportingLine.objects.filter(group=group).as_at(date)
    return lines.select_related("to_group", "to_organisation").order_by("pk")


def reported_to_by(group: Group, date: datetime.date) -> list[ReportingLine]:
    """Which groups report to this one on that day."""
    return _reported_to_by(group=group.pk, date=date)


@prepared
def _reported_to_by(group: int, date: datetime.date) -> QuerySet[ReportingLine]:
    lines: QuerySet[ReportingLine] = ReportingLine.objects.filter(to_group=group).as_at(date)
    return lines.select_related("group").order_by("group__name")


def funding(group: Group, date: datetime.date) -> list[GroupFunding]:
    """Who funds a group on that day; the amounts are not loaded, because not everyone may see them."""
    return _funding(group=group.pk, date=date)


@prepared
def _funding(group: int, date: datetime.date) -> QuerySet[GroupFunding]:
    lines: QuerySet[GroupFunding] = GroupFunding.objects.filter(group=group).as_at(date).defer("annual_amount")
    return lines.select_related("funding_source", "payer").order_by("pk")


def influences(group: Group, date: datetime.date) -> list[Influence]:
    """The bodies that a group is there to influence on that day."""
    return _influences(group=group.pk, date=date)


@prepared
def _influences(group: int, date: datetime.date) -> QuerySet[Influence]:
    lines: QuerySet[Influence] = Influence.objects.filter(group=group).as_at(date)
    return lines.select_related("organisation").order_by("organisation__name")


def with_table(groups: QuerySet[Group], date: datetime.date) -> QuerySet[Group]:
    """Groups with what a list says of their table on that day.

    `chairs`: what each chair is called and their slug; `sitting`: how many people sit, in whatever way; `open_seats`:
    how many places of chair and core members nobody holds, under the terms in force; `has_terms`; `is_kept`: whether
    somebody keeps the area.
    """
    of_group = {"seat__terms__group": OuterRef("pk")}
    chairs = Membership.objects.as_at(date).filter(**of_group, seat__category=Category.CHAIR).order_by(*_BY_NAME)
    people = Membership.objects.as_at(date).filter(**of_group).order_by().values("seat__terms__group")
    in_force = {"terms__group": OuterRef("pk"), "terms__period__contains": date}
    places = (
        Seat.objects.with_places(date)
        .filter(**in_force, category__in=AT_THE_TABLE)
        .order_by()
        .annotate(open=open_places(date))
        .values("terms__group")
        .annotate(total=Sum("open"))
        .values("total")
    )
    named = {name: f"person__{name}" for name in ("slug", "title", "given_names", "family_name")}
    return groups.alias(area=Coalesce("covers", "host")).annotate(
        chairs=ArraySubquery(chairs.values(chair=JSONObject(**named))),
        sitting=Coalesce(Subquery(people.annotate(n=Count("person", distinct=True)).values("n")), 0),
        open_seats=Coalesce(Subquery(places), 0),
        has_terms=Exists(Terms.objects.as_at(date).filter(group=OuterRef("pk"))),
        is_kept=in_kept_area(date, "area"),
    )
