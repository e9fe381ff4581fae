"""Offers to take on a post, and their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from ics_leadership.facts import Source
from ics_leadership.history import change
from ics_leadership.periods import PartialDate
from ics_leadership.writing import keep
from memberships.models import Group, Person, PostOffer
from organisations.models import Organisation
from roles.models import Role, RoleType

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


class PostOffered(TypedDict, total=False):
    """What somebody would take on, and what they say of it: one role, a seat on one group, or a type of role in an area."""

    role: Role | None
    group: Group | None
    role_type: RoleType | None
    area: Organisation | None
    note: str
    source: Source | None


def offer_to_take_on(
    *,
    by: User | None,
    why: str,
    person: Person,
    start: PartialDate,
    end: PartialDate | None = None,
    **offered: Unpack[PostOffered],
) -> PostOffer:
    """Note that a person offers to take on a post. Raises ValidationError unless just one of role, group and type is said."""
    with change(by=by, why=why):
        return keep(PostOffer(person=person, **offered).between(start, end))


def end_post_offer(*, by: User | None, why: str, offer: PostOffer, end: PartialDate) -> PostOffer:
    """Note the last day on which an offer to take on a post stood."""
    with change(by=by, why=why):
        return keep(offer.between(offer.start, end))
