"""Offers to mentor and unused skills, as rows of lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from ics_leadership.words import day_words, period_words
from memberships.models import MentorOffer, Person
from memberships.presenters.holdings import role_words


@dataclass(frozen=True)
class Offer:
    """What somebody offers, in what, where, until when; `roles` says what they hold on the day, `not_shown` that they did
    not agree to show it to everyone.
    """

    name: str
    href: str
    invented: bool
    profession: str
    offer: str
    skill: str
    area: str
    area_href: str
    until: str
    roles: Sequence[str]
    not_shown: bool


def offer_row(offer: MentorOffer) -> Offer:
    """A row from an offer whose person carries `roles_then`."""
    person = offer.person
    return Offer(
        name=person.name,
        href=person.get_absolute_url(),
        invented=person.invented,
        profession=person.get_profession_display(),
        offer=offer.offer,
        skill=offer.skill.name if offer.skill else "",
        area=offer.area.short_name or offer.area.name,
        area_href=offer.area.get_absolute_url(),
        until=day_words(offer.end_date, offer.end_precision) if offer.end_date else "No end set",
        roles=[role_words(held.role) for held in person.roles_then],  # type: ignore[attr-defined]
        not_shown=not offer.agreed_to_show,
    )


@dataclass(frozen=True)
class Unused:
    """Somebody with skills and no role: which skills and how they came by them, and what they held last."""

    name: str
    href: str
    invented: bool
    profession: str
    skills: Sequence[tuple[str, str]]
    last_held: str
    last_when: str


def unused_row(person: Person, on: datetime.date) -> Unused:
    """A row from a person as `mentoring.unused_skills` loads them."""
    last = next(iter(person.held_before), None)  # type: ignore[attr-defined]
    return Unused(
        name=person.name,
        href=person.get_absolute_url(),
        invented=person.invented,
        profession=person.get_profession_display(),
        skills=[(held.skill.name, held.gained_through) for held in person.skills_then],  # type: ignore[attr-defined]
        last_held=role_words(last.role) if last else "",
        last_when=period_words(last, on) if last else "",
    )
