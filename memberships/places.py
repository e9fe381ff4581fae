"""The places of seats on a day: how many each seat has, who takes one, and which nobody holds, for whom.

Where a seat is for each of several (every network, every holder of a type of role), a place belongs to one of them: who
sits by virtue of a role there, or was put forward by it, takes its place and nobody else's. Every page, list and rule asks
here, so that they cannot disagree.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, JSONObject

from ics_leadership.prepared import OneOf, prepared
from memberships.models import DrawnFrom, Membership, Seat
from organisations.models import Organisation
from organisations.models.areas import within_each
from roles.models import Role


def replaced_on(date: Any) -> Exists:
    """Whether a membership's person sits on that day, which may be an expression, in place of somebody in the same seat, and
    takes no place of it.
    """
    return Exists(Membership.objects.as_at(date).filter(seat=OuterRef("seat"), person=OuterRef("attends_for")))


def taken_on(date: datetime.date) -> Coalesce:
    """How many people hold a place of a seat on that day, for annotations of seats."""
    return _counted(_holding(date).filter(seat=OuterRef("pk")))


def taking_places(sitting: Iterable[Membership]) -> list[Membership]:
    """Of those who sit on one day, those who take a place of their seat: all but those whom `replaced_on` picks out."""
    rows = list(sitting)
    holders = {(row.seat_id, row.person_id) for row in rows}
    return [row for row in rows if (row.seat_id, row.attends_for_id) not in holders]


def open_places(date: datetime.date) -> Case:
    """How many places of a seat nobody holds on that day, for annotations of seats `with_places`."""
    holding = _holding(date)
    return Case(
        When(each=False, then=Greatest(F("places") - taken_on(date), 0)),
        When(drawn_from=DrawnFrom.KIND, then=_total(_missed(_bodies(date, holding)))),
        default=_total(_missed(_posts(date, holding))),
        output_field=IntegerField(),
    )


def open_for(date: datetime.date) -> Case:
    """For whom somebody is missing in a seat for each of several, by name, for annotations of seats `with_places`.

    A list of dicts: `name` of the organisation, its `slug`, how many are `missing`. Empty for seats that all share.
    """
    holding = _holding(date)
    nobody: Any = Value([], output_field=ArrayField(JSONField()))
    return Case(
        When(each=False, then=nobody),
        When(drawn_from=DrawnFrom.KIND, then=_named(_missed(_bodies(date, holding)), "")),
        default=_named(_missed(_posts(date, holding)), "organisation__"),
    )


def with_open_places(seats: Any, date: datetime.date) -> Any:
    """Seats with `places`, how many of these are `open` on that day, and `open_for` whom."""
    return seats.with_places(date).annotate(open=open_places(date), open_for=open_for(date))


def add_open_places(seats: Iterable[Any], date: datetime.date) -> None:
    """Give seats that are there already what `with_open_places` gives those of a list.

    Asks at most three short queries, each about no more than these seats need; the long one takes a page longer to write.
    """
    seats = list(seats)
    shared = [seat.pk for seat in seats if not seat.each]
    taken = dict(_taken(seats=shared, date=date)) if shared else {}
    of_each: dict[int, list[dict[str, Any]]] = {}
    for source, those in ((DrawnFrom.KIND, _for_bodies), (DrawnFrom.ROLE_TYPE, _for_posts)):
        asked = [seat.pk for seat in seats if seat.each and seat.drawn_from == source]
        of_each.update(those(seats=asked, date=date) if asked else ())
    for seat in seats:
        everybody = of_each.get(seat.pk, [])
        seat.open_for = [each for each in everybody if each["missing"] > 0]
        if seat.each:
            seat.places = seat.number * len(everybody)
            seat.open = sum(each["missing"] for each in seat.open_for)
        else:
            seat.places = seat.number
            seat.open = max(seat.number - taken[seat.pk], 0)


@prepared
def _taken(seats: list[int], date: datetime.date) -> QuerySet[Seat, tuple[int, int]]:
    shared: QuerySet[Seat] = Seat.objects.filter(OneOf(F("pk"), seats)).order_by()
    return shared.values_list("pk", taken_on(date))


@prepared
def _for_bodies(seats: list[int], date: datetime.date) -> QuerySet[Seat, tuple[int, list[dict[str, Any]]]]:
    return _each_of(seats, _named(_bodies(date, _holding(date)), ""))


@prepared
def _for_posts(seats: list[int], date: datetime.date) -> QuerySet[Seat, tuple[int, list[dict[str, Any]]]]:
    return _each_of(seats, _named(_posts(date, _holding(date)), "organisation__"))


def _each_of(seats: list[int], those: ArraySubquery) -> QuerySet[Seat, tuple[int, list[dict[str, Any]]]]:
    rows: QuerySet[Seat] = Seat.objects.filter(OneOf(F("pk"), seats)).with_area().order_by()
    return rows.values_list("pk", those)


def _holding(date: datetime.date) -> QuerySet[Membership]:
    """Those who take a place of their seat on that day."""
    rows: QuerySet[Membership] = Membership.objects.as_at(date).filter(~replaced_on(date))
    return rows


def place_of(member: Membership) -> Role | Organisation | None:
    """To what the place belongs that somebody takes in a seat for each of several, as `_posts` and `_bodies` count it.

    None in seats that all share. Reads the basis with its role and organisation, and who put them forward.
    """
    seat, basis = member.seat, member.basis_appointment
    if not seat.each:
        return None
    if basis and seat.drawn_from == DrawnFrom.ROLE_TYPE and basis.role.role_type_id == seat.role_type_id:
        role: Role = basis.role
        return role
    if basis and seat.drawn_from == DrawnFrom.KIND and basis.role.organisation.kind == seat.organisation_kind:
        body: Organisation = basis.role.organisation
        return body
    sent: Organisation | None = member.put_forward_by
    return sent


def places_of(seat: Seat, date: datetime.date) -> Any:
    """A seat afresh, as `with_open_places` has it on a day."""
    return with_open_places(Seat.objects.filter(pk=seat.pk), date).get()


def _bodies(date: datetime.date, holding: QuerySet[Membership]) -> QuerySet[Any]:
    """The organisations that a seat for each of a kind is for, with how many are `missing` of each.

    Whoever sits by virtue of a role elsewhere sits for the body that put them forward.
    """
    of_its_own = Q(basis_appointment__role__organisation=OuterRef("pk"))
    elsewhere = Q(basis_appointment=None) | ~Q(basis_appointment__role__organisation__kind=OuterRef("kind"))
    sitting = holding.filter(of_its_own | elsewhere & Q(put_forward_by=OuterRef("pk")), seat=OuterRef(OuterRef("pk")))
    bodies = Organisation.objects.as_at(date).filter(
        kind=OuterRef("organisation_kind"), pk__in=within_each(OuterRef("area"), date)
    )
    return _missing(bodies, sitting)


def _posts(date: datetime.date, holding: QuerySet[Membership]) -> QuerySet[Any]:
    """The roles that a seat for each of a type is for, with how many are `missing` of each, as with organisations."""
    of_its_own = Q(basis_appointment__role=OuterRef("pk"))
    elsewhere = Q(basis_appointment=None) | ~Q(basis_appointment__role__role_type=OuterRef("role_type"))
    sitting = holding.filter(
        of_its_own | elsewhere & Q(put_forward_by=OuterRef("organisation")), seat=OuterRef(OuterRef("pk"))
    )
    posts = Role.objects.as_at(date).filter(
        role_type=OuterRef("role_type"), organisation__in=within_each(OuterRef("area"), date)
    )
    return _missing(posts, sitting)


def _missing(those: QuerySet[Any], sitting: QuerySet[Membership]) -> QuerySet[Any]:
    missing = ExpressionWrapper(OuterRef("number") - _counted(sitting), output_field=IntegerField())
    return those.annotate(missing=missing).order_by()


def _missed(those: QuerySet[Any]) -> QuerySet[Any]:
    return those.filter(missing__gt=0)


def _counted(sitting: QuerySet[Membership]) -> Coalesce:
    counted = sitting.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _total(those: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(those.annotate(all=Value(1)).values("all").annotate(n=Sum("missing")).values("n")), 0)


def _named(those: QuerySet[Any], path: str) -> ArraySubquery:
    named = JSONObject(name=f"{path}name", slug=f"{path}slug", missing="missing")
    return ArraySubquery(those.order_by(f"{path}name", "pk").values(body=named))
