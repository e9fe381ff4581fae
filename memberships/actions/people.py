"""Changes to people: who they are, what they can do, what they offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from ics_leadership.writing import free_slug, keep
from memberships.models import MentorOffer, Person, PersonSkill, Profession, Skill
from organisations.models import Organisation

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


class PersonFacts(TypedDict, total=False):
    """What may be known of a person beside the name they are called by."""

    title: str
    profession: Profession
    registration_number: str
    work_email: str
    work_telephone: str
    note: str
    invented: bool
    source: Source | None


class NamedPersonFacts(PersonFacts, total=False):
    """The same with the parts of the name."""

    given_names: str
    family_name: str


def add_person(
    *, by: User | None, why: str, family_name: str, given_names: str = "", **facts: Unpack[PersonFacts]
) -> Person:
    """Add a person. A namesake of somebody in the register gets an address of their own."""
    with change(by=by, why=why):
        slug = free_slug(Person, given_names, family_name)
        return keep(Person(slug=slug, family_name=family_name, given_names=given_names, **facts))


def correct_person(*, by: User | None, why: str, person: Person, **facts: Unpack[NamedPersonFacts]) -> Person:
    """Change what is known of a person, their name too; what is left out stays, and so does their address."""
    with change(by=by, why=why):
        return keep(person, **facts)


def add_skill(*, by: User | None, why: str, name: str, source: Source | None = None) -> Skill:
    """Add a skill to the list of those that people can hold."""
    with change(by=by, why=why):
        return keep(Skill(slug=free_slug(Skill, name), name=name, source=source))


def add_skill_to_person(
    *,
    by: User | None,
    why: str,
    person: Person,
    skill: Skill,
    start: PartialDate,
    end: PartialDate | None = None,
    gained_through: str = "",
    source: Source | None = None,
) -> PersonSkill:
    """Say that a person holds a skill, and how they came by it. Refused when they certainly hold it already on one of
    these days."""
    with change(by=by, why=why):
        held = PersonSkill(person=person, skill=skill, gained_through=gained_through, source=source)
        return keep(held.between(start, end))


class SkillHeldFacts(TypedDict, total=False):
    """What may be known of a skill that somebody holds beside person and period."""

    skill: Skill
    gained_through: str
    source: Source | None


def correct_skill_of_person(
    *,
    by: User | None,
    why: str,
    held: PersonSkill,
    start: PartialDate,
    end: PartialDate | None,
    **facts: Unpack[SkillHeldFacts],
) -> PersonSkill:
    """Say anew since when or until when somebody held a skill, and what else was recorded wrongly; what is left out stays."""
    with change(by=by, why=why):
        return keep(held.between(start, end), **facts)


def offer_to_mentor(
    *,
    by: User | None,
    why: str,
    person: Person,
    area: Organisation,
    offer: str,
    start: PartialDate,
    end: PartialDate | None = None,
    skill: Skill | None = None,
    agreed_to_show: bool = False,
    source: Source | None = None,
) -> MentorOffer:
    """Note what a person offers to teach or advise on, and in which area; for everyone to see only if they agreed."""
    with change(by=by, why=why):
        made = MentorOffer(
            person=person, area=area, offer=offer, skill=skill, agreed_to_show=agreed_to_show, source=source
        )
        return keep(made.between(start, end))


class OfferFacts(TypedDict, total=False):
    """What may be known of an offer to mentor beside person and period."""

    area: Organisation
    offer: str
    skill: Skill | None
    agreed_to_show: bool
    source: Source | None


def correct_offer(
    *,
    by: User | None,
    why: str,
    offered: MentorOffer,
    start: PartialDate,
    end: PartialDate | None,
    **facts: Unpack[OfferFacts],
) -> MentorOffer:
    """Say anew what somebody offers, where, for how long, and whether everyone may see it; what is left out stays."""
    with change(by=by, why=why):
        return keep(offered.between(start, end), **facts)
