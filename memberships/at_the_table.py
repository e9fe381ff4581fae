"""At whose table general practice sits: by what right, and where nobody does.

A practice sits nowhere itself: its network, federation and committee do, by those who hold a role of theirs that acts for
general practice, and by whom they put forward. Where the terms say that a group is none that represents anybody, whoever sits there brings experience,
and speaks for nobody. Leads of the system are never among them. Every function asks a fixed number of queries.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from memberships.asking import FOR_THE_SYSTEM
from memberships.models import Appointment, DrawnFrom, Group, Membership, Nature, Seat, Terms
from memberships.places import open_places
from memberships.rules.scope import PLACE_OF_SEAT
from memberships.seating import AT_THE_TABLE
from organisations.models import ORGAN_KINDS, Kind, Organisation
from organisations.models.areas import around, within
from organisations.surroundings import surroundings
from roles.models import ActsFor, Role

Q_ = QuerySet[Any]


class Level(StrEnum):
    """How wide the area of a group is."""

    NEIGHBOURHOOD = "neighbourhood"
    PLACE = "place"
    SYSTEM = "system"


_LEVELS = {
    Kind.PCN: Level.NEIGHBOURHOOD,
    Kind.PRACTICE: Level.NEIGHBOURHOOD,
    Kind.PLACE: Level.PLACE,
    Kind.SUB_ICB: Level.PLACE,
    Kind.CCG: Level.PLACE,
    Kind.PCT: Level.PLACE,
    Kind.LOCAL_AUTHORITY: Level.PLACE,
    Kind.FEDERATION: Level.PLACE,
}


def level_of(group: Group) -> Level:
    """The level of a group, by what it covers or, where no area is recorded, by its host."""
    return _LEVELS.get(Kind((group.covers or group.host).kind), Level.SYSTEM)


def organs_for(organisation: Organisation, date: datetime.date) -> list[Organisation]:
    """The organs that act on behalf of an organisation on that day: itself, and those in which it lies."""
    organs: Q_ = Organisation.objects.as_at(date).filter(pk__in=around([organisation.pk], date), kind__in=ORGAN_KINDS)
    return sorted(organs.order_by("name", "pk"), key=lambda each: ORGAN_KINDS.index(each.kind))


def _seats_of(organs: Any, date: datetime.date) -> Q_:
    """Seats of that day that are held for organs: by virtue of a role of theirs that acts for general practice and is held
    that day, or because they put somebody forward who holds such a role elsewhere, or sits for experience and leads for
    nobody else.

    Each has the `nature` of the terms in force that day, the `place` of its group, and `by_role` if it is held by virtue of
    a role of one of these organs.
    """
    held = Appointment.objects.as_at(date).with_remit(date)
    acting = held.filter(acts_for=ActsFor.GENERAL_PRACTICE, role__of_group=None, pk=OuterRef("basis_appointment"))
    otherwise = held.filter(acts_for__in=FOR_THE_SYSTEM, person=OuterRef("person"))
    nature = Terms.objects.as_at(date).filter(group=OuterRef("seat__terms__group")).values("nature")[:1]
    rows: Q_ = Membership.objects.as_at(date).filter(seat__terms__group__period__contains=date)
    rows = rows.annotate(
        by_role=Exists(acting.filter(role__organisation__in=organs)),
        nature=Coalesce(nature, "seat__terms__nature"),
        place=PLACE_OF_SEAT,
    ).filter(
        Q(by_role=True) | Q(Exists(acting) | Q(basis_appointment=None) & ~Exists(otherwise), put_forward_by__in=organs)
    )
    return rows.select_related(
        "person",
        "put_forward_by",
        "seat__terms__group__covers",
        "seat__terms__group__host",
        "seat__clause",
        "basis_appointment__role__organisation",
        "basis_appointment__role__role_type",
    ).order_by("seat__terms__group__name", "seat__order", "person__family_name", "pk")


def held_for(row: Any) -> Organisation:
    """The organ for which one of the seats of `_seats_of` is held: that of the role, else the one that put them forward."""
    organ: Organisation = row.basis_appointment.role.organisation if row.by_role else row.put_forward_by
    return organ


def seats_for(organisation: Organisation, date: datetime.date) -> tuple[list[Organisation], list[Membership]]:
    """The organs that act for an organisation, and the seats that people hold for them on that day.

    A committee or federation acts for many: of its seats those count that are in groups of the organisation's own
    neighbourhood, place or system; those in groups of another place are for practices there.
    """
    organs = organs_for(organisation, date)
    if not organs:
        return [], []
    its_own = {each.pk for each in organs if each == organisation or each.kind == Kind.PCN}
    there = Organisation.objects.filter(pk__in=around([organisation.pk], date))
    places = there.filter(kind__in=[kind for kind, level in _LEVELS.items() if level == Level.PLACE])
    beside = Organisation.objects.filter(pk__in=within(places.values("pk"), date)).exclude(
        kind__in=[kind for kind, level in _LEVELS.items() if level == Level.NEIGHBOURHOOD]
    )
    near = Q(place__in=there.values("pk")) | Q(place__in=beside.values("pk"))
    rows = _seats_of([each.pk for each in organs], date).annotate(is_near=ExpressionWrapper(near, BooleanField()))
    return organs, [row for row in rows if row.is_near or held_for(row).pk in its_own]


def is_representative(nature: str) -> bool | None:
    """Whether the terms say that a group represents; None where they do not say."""
    return {Nature.REPRESENTATIVE.value: True, Nature.EXPERT.value: False}.get(nature)


class Gap(StrEnum):
    """Why nobody sits for an organ on a group; it is no gap that nobody does for an organ that lies elsewhere."""

    ELSEWHERE = "elsewhere"
    VACANT = "vacant"
    SHARED = "shared"
    NO_SEAT = "no_seat"
    NO_TERMS = "no_terms"


@dataclass(frozen=True)
class Cell:
    """Who sits for an organ on a group, or why nobody does."""

    organ: Organisation
    group: Group
    nature: str
    members: Sequence[Membership]
    gap: Gap | None


def groups_within(area: Organisation, date: datetime.date) -> Q_:
    """The groups of an area on that day, the widest first by name."""
    groups: Q_ = Group.objects.as_at(date).within(area, date)
    return groups.select_related("covers", "host").order_by("name", "pk")


def organs_within(area: Organisation, date: datetime.date) -> Q_:
    """The networks, federations and committees of an area on that day."""
    inside: Q_ = Organisation.objects.as_at(date).filter(pk__in=within([area.pk], date), kind__in=ORGAN_KINDS)
    return inside.order_by("kind", "name", "pk")


def cells(organs: Sequence[Organisation], groups: Sequence[Group], date: datetime.date) -> list[list[Cell]]:
    """For each organ its cells, one for each group."""
    keys = [each.pk for each in organs]
    members: dict[tuple[int, int], list[Membership]] = {}
    for row in _seats_of(keys, date).filter(seat__terms__group__in=groups):
        members.setdefault((held_for(row).pk, row.seat.terms.group_id), []).append(row)
    terms = {each.group_id: each for each in Terms.objects.as_at(date).filter(group__in=groups)}
    seats: dict[int, list[Any]] = {}
    in_force = Seat.objects.with_places(date).filter(terms__in=terms.values(), category__in=AT_THE_TABLE)
    for seat in in_force.annotate(missing=open_places(date)).select_related("terms"):
        seats.setdefault(seat.terms.group_id, []).append(seat)
    posts = set(
        Role.objects.as_at(date).filter(of_group=None, organisation__in=keys).values_list("organisation", "role_type")
    )

    area_of = {group.pk: group.covers_id or group.host_id for group in groups}
    near = surroundings({*keys, *area_of.values()}, date)

    def gap(organ: Organisation, group: Group) -> Gap:
        is_of, lies_in = (asked(organ.pk, area_of[group.pk]) for asked in (near.is_of, near.lies_in))
        drawn = [seat for seat in seats.get(group.pk, []) if _is_drawn_from(seat, organ, posts, is_of, lies_in)]
        if drawn:
            return Gap.VACANT if any(seat.each or seat.missing for seat in drawn) else Gap.SHARED
        if not is_of:
            return Gap.ELSEWHERE
        return Gap.NO_SEAT if group.pk in terms else Gap.NO_TERMS

    def cell(organ: Organisation, group: Group) -> Cell:
        sitting = members.get((organ.pk, group.pk), [])
        nature = terms[group.pk].nature if group.pk in terms else Nature.UNSAID.value
        return Cell(organ, group, nature, sitting, None if sitting else gap(organ, group))

    return [[cell(organ, group) for group in groups] for organ in organs]


def _is_drawn_from(seat: Seat, organ: Organisation, posts: set[tuple[int, int]], is_of: bool, lies_in: bool) -> bool:
    """Whether a seat is drawn from an organ: from any that is of the group's area, where it is for each of several from those
    that lie in it, and by name from wherever.
    """
    if seat.drawn_from == DrawnFrom.ORGANISATION:
        return seat.organisation_id == organ.pk
    if not (lies_in if seat.each else is_of):
        return False
    match seat.drawn_from:
        case DrawnFrom.KIND:
            return seat.organisation_kind == organ.kind
        case DrawnFrom.ROLE_TYPE:
            return (organ.pk, seat.role_type_id) in posts
    return False
