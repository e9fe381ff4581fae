"""Whom something may speak for, of the kept areas in which some posts lie."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from memberships import holdings
from memberships.bases import is_basis_for
from memberships.going_on import last_id
from memberships.models import (
    Appointment,
    Deputy,
    DrawnFrom,
    Membership,
    MentorOffer,
    Person,
    PersonSkill,
    PostOffer,
)
from memberships.places import place_of
from memberships.rules.scope import PLACE_OF_SEAT
from memberships.succession.candidates import Candidate, Reason
from memberships.succession.posts import WITH_ROLE, place_of_post, role_of
from organisations.models import KeptArea, Organisation
from organisations.models.areas import around_each, within, within_each
from organisations.rights import Rights
from roles.models import Role


class Pool:
    """Everybody whom something may speak for, of the kept areas in which some posts lie; `of` says of each post who of its own
    kept areas, so that what stands beside it on a page changes nothing.
    """

    def __init__(self, rows: Sequence[Any], date: datetime.date, rights: Rights) -> None:
        self.date = date
        areas, self.around, self.inside = _kept_around({place_of_post(row) for row in rows}, date)
        inside = within(areas, date)
        posts = Appointment.objects.with_remit(date).filter(role__organisation__in=inside)
        posts = posts.select_related("person", "employer", *(f"role__{name}" for name in WITH_ROLE))
        self.now = list(posts.as_at(date).order_by("person__family_name", "pk"))
        types = {role.role_type_id for row in rows if (role := role_of(row))}
        self.before = list(posts.ended(date).filter(role__role_type__in=types).order_by("person__family_name", "pk"))
        self.skills = _skills(date, areas, {row.person_id for row in rows if not isinstance(row, Role)})
        offers = holdings.offers_seen(date, rights).filter(
            Q(area__in=inside) | Q(area__in=set[int]().union(*self.around.values()))
        )
        self.offers: list[MentorOffer] = list(offers)
        self.post_offers = self._post_offers(rows, rights)
        self.seats = list(
            Membership.objects.as_at(date).filter(self._of_groups(rows)).select_related("person", "seat__terms__group")
        )
        deputies = Deputy.objects.as_at(date).annotate(for_last=last_id("membership")).filter(_deputising(rows))
        self.deputies = list(deputies.select_related("person", "membership"))
        self.followers = self._followers(rows)

    def _of_groups(self, rows: Iterable[Any]) -> Q:
        seats = [row.seat for row in rows if isinstance(row, Membership)]
        groups = {seat.group_id for seat in seats if seat.group_id} | {seat.terms.group_id for seat in seats}
        return Q(seat__terms__group__in=groups)

    def _post_offers(self, rows: Sequence[Any], rights: Rights) -> list[tuple[PostOffer, Collection[int]]]:
        """The offers to take on such posts, each with the organisations in whose roles of a type it stands."""
        roles = [role for row in rows if (role := role_of(row))]
        offers = holdings.post_offers_seen(self.date, rights).filter(
            Q(role__in=[role.pk for role in roles])
            | Q(role_type__in={role.role_type_id for role in roles})
            | Q(group__in={row.seat.terms.group_id for row in rows if isinstance(row, Membership)})
        )
        hosts = Organisation.objects.filter(pk__in={role.organisation_id for role in roles}).annotate(
            above=ArraySubquery(Organisation.objects.filter(pk__in=around_each(OuterRef("pk"), self.date)).values("pk"))
        )
        found = list(offers)
        above = dict(hosts.values_list("pk", "above")) if any(offer.area_id for offer in found) else {}
        return [(offer, {host for host, areas in above.items() if offer.area_id in areas}) for offer in found]

    def _followers(self, rows: Iterable[Any]) -> list[Any]:
        rows = list(rows)
        roles = [role.pk for row in rows if (role := role_of(row))]
        seats = [row.seat_id for row in rows if isinstance(row, Membership)]
        coming: list[Any] = list(
            Appointment.objects.upcoming(self.date).filter(role__in=roles).select_related("person")
        )
        return coming + list(Membership.objects.upcoming(self.date).filter(seat__in=seats).select_related("person"))

    def of(self, row: Any) -> list[Candidate]:
        """Those for whom something speaks in a post; whoever holds it or shares it apart."""
        found: dict[int, Candidate] = {}
        holders = self._holders(row)

        def add(person: Person, reason: Reason, on: Any) -> None:
            if person.pk not in holders:
                found.setdefault(person.pk, Candidate(person)).add(reason, on)

        for each in self.followers:
            if (isinstance(row, Membership) and _takes_over(each, row)) or (
                not isinstance(row, Membership) and getattr(each, "role_id", 0) == getattr(role_of(row), "pk", None)
            ):
                add(each.person, Reason.FOLLOWS, each)
        for deputy in self.deputies:
            if (
                deputy.for_last == row.pk
                if isinstance(row, Membership)
                else isinstance(row, Appointment) and deputy.membership.basis_appointment_id == row.pk
            ):
                add(deputy.person, Reason.DEPUTISES, deputy)
        for offer, inside in self.post_offers:
            if _is_offered(row, offer, inside):
                add(offer.person, Reason.OFFERED, offer)
        if isinstance(row, Membership):
            self._of_seat(row, add)
        else:
            self._of_role(row, add)
        self._skills_and_offers(row, holders, found)
        return list(found.values())

    def _holders(self, row: Any) -> set[int]:
        """Who has a post on the day: of a role all who share it."""
        role = role_of(row)
        sharing = {held.person_id for held in self.now if role and held.role_id == role.pk}
        return sharing if isinstance(row, Role) else {*sharing, row.person_id}

    def _near(self, row: Any, held: Sequence[Appointment]) -> list[Appointment]:
        """Of what people hold or held, that in the kept areas of a post."""
        return [each for each in held if each.role.organisation_id in self.inside[place_of_post(row)]]

    def _of_role(self, row: Any, add: Any) -> None:
        role = role_of(row)
        assert role
        for held in self._near(row, self.now):
            if held.role.role_type_id == role.role_type_id and held.role_id != role.pk:
                add(held.person, Reason.SAME_TYPE, held)
            elif held.role.organisation_id == role.organisation_id and held.role_id != role.pk:
                add(held.person, Reason.SAME_BODY, held)
        for held in self._near(row, self.before):
            if held.role.role_type_id == role.role_type_id:
                add(held.person, Reason.HELD_SAME_TYPE, held)

    def _of_seat(self, row: Membership, add: Any) -> None:
        seat = row.seat
        if seat.drawn_from == DrawnFrom.GROUP:
            for member in self.seats:
                if member.seat.terms.group_id == seat.group_id:
                    add(member.person, Reason.DRAWN_FROM, member)
            return
        place = place_of(row)
        for held in self._near(row, self.now):
            if is_basis_for(seat, held, self.date) and (place is None or place in (held.role, held.role.organisation)):
                add(held.person, Reason.DRAWN_FROM, held)

    def _skills_and_offers(self, row: Any, holders: Collection[int], found: dict[int, Candidate]) -> None:
        """Skills that whoever holds the post now has too; offers of those found otherwise, and for seats for experience of all."""
        place = place_of_post(row)
        inside, near = self.inside[place], self.inside[place] | self.around[place]
        used = {held.skill_id for held in self.skills.get(getattr(row, "person_id", 0), [])}
        for_experience = isinstance(row, Membership) and row.seat.drawn_from == DrawnFrom.EXPERIENCE
        for person_id, held_skills in self.skills.items():
            shared = [held for held in held_skills if held.skill_id in used and _is_of(held, inside)]
            if shared and person_id not in holders and (person_id in found or for_experience):
                candidate = found.setdefault(person_id, Candidate(shared[0].person))
                candidate.reasons[Reason.SKILLS] = shared
        for offer in self.offers:
            if offer.area_id not in near:
                continue
            if offer.person_id in found:
                found[offer.person_id].add(Reason.MENTORS, offer)
            elif for_experience and offer.person_id not in holders:
                found.setdefault(offer.person_id, Candidate(offer.person)).add(Reason.MENTORS, offer)


def _kept_around(
    places: Collection[int], date: datetime.date
) -> tuple[list[int], dict[int, set[int]], dict[int, set[int]]]:
    """The kept areas in which any of these organisations lies; for each organisation what it lies in, and what else lies in
    its kept areas.
    """
    above = Organisation.objects.filter(pk__in=around_each(OuterRef("pk"), date)).values("pk")
    rows = Organisation.objects.filter(pk__in=places).annotate(above=ArraySubquery(above))
    around = {pk: set(lies_in) for pk, lies_in in rows.values_list("pk", "above")}
    below = Organisation.objects.filter(pk__in=within_each(OuterRef("area"), date)).values("pk")
    kept = KeptArea.objects.as_at(date).filter(area__in=set[int]().union(*around.values()))
    areas = dict(kept.annotate(below=ArraySubquery(below)).values_list("area", "below"))
    inside = {pk: set[int]().union(*(areas[area] for area in areas.keys() & lies_in)) for pk, lies_in in around.items()}
    return list(areas), around, inside


def _is_of(held: Any, inside: Collection[int]) -> bool:
    """Whether who has a skill had a post or seat inside, or none anywhere."""
    return not held.of or not set(held.of).isdisjoint(inside)


def _takes_over(coming: Any, row: Membership) -> bool:
    """Whether somebody who is to come has the seat of a membership later than it begins, and not from the same day beside it."""
    begins = row.period.lower
    return getattr(coming, "seat_id", 0) == row.seat_id and (begins is None or coming.period.lower > begins)


def _is_offered(row: Any, offer: PostOffer, inside: Collection[int]) -> bool:
    """Whether an offer is one to take on a post; `inside` are the organisations that lie in the area that it names."""
    if isinstance(row, Membership):
        return offer.group_id == row.seat.terms.group_id
    role = role_of(row)
    assert role
    return offer.role_id == role.pk or (offer.role_type_id == role.role_type_id and role.organisation_id in inside)


def _deputising(rows: Iterable[Any]) -> Q:
    rows = list(rows)
    seats = [row.pk for row in rows if isinstance(row, Membership)]
    posts = [row.pk for row in rows if isinstance(row, Appointment)]
    return Q(for_last__in=seats) | Q(membership__basis_appointment__in=posts)


def _skills(date: datetime.date, areas: Sequence[int], holders: Collection[int]) -> dict[int, list[PersonSkill]]:
    """The skills of those who have, had or are to have a post or seat inside, of `holders`, and of who never had any, by
    their ids; each skill with the organisations `of` whose posts and groups its holder is or was.
    """
    posts = Appointment.objects.filter(person=OuterRef("person"))
    seats = Membership.objects.filter(person=OuterRef("person")).annotate(place=PLACE_OF_SEAT)
    inside = within(areas, date)
    rows: Any = PersonSkill.objects.as_at(date).filter(
        Q(Exists(posts.filter(role__organisation__in=inside)))
        | Q(Exists(seats.filter(place__in=inside)))
        | Q(~Exists(posts), ~Exists(seats))
        | Q(person__in=holders)
    )
    rows = rows.annotate(of=ArraySubquery(posts.values("role__organisation").union(seats.values("place"))))
    found: dict[int, list[PersonSkill]] = {}
    for row in rows.select_related("person", "skill").order_by("person__family_name", "skill__name", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found
