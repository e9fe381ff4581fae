"""A role with who holds it, as several pages say it: the holders, those to come, and how it stands when empty."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ics_leadership.periods import Dated, Precision
from ics_leadership.words import period_words
from memberships.models import Appointment, Group, HowAppointed
from memberships.presenters.holdings import ends_soon
from roles.models import ActsFor, Role

# More holders than these stand lower on the page only.
MOST_NAMED = 4


@dataclass(frozen=True)
class Holder:
    """Somebody in a role, or to come into it."""

    name: str
    href: str
    when: str
    ends_soon: str
    how: str
    invented: bool


def holder(appointment: Appointment, on: datetime.date) -> Holder:
    return Holder(
        name=appointment.person.name,
        href=appointment.person.get_absolute_url(),
        when=period_words(appointment, on),
        ends_soon=ends_soon(appointment, on),
        how=appointment.get_how_display() if appointment.how in (HowAppointed.ACTING, HowAppointed.INTERIM) else "",
        invented=appointment.person.invented,
    )


def may_be_held(appointments: Iterable[Dated], on: datetime.date) -> bool:
    """Whether the next to hold a role after a day is only known to hold it by then, and so may have held it before."""
    begins = [
        (each.period.lower, each.start_precision)
        for each in appointments
        if each.period.lower and each.period.lower > on
    ]
    first = min((lower for lower, _ in begins), default=None)
    return (first, Precision.BY) in begins


@dataclass(frozen=True)
class Post:
    """A role with who holds it on a day; where nobody does it is vacant, or else not recorded."""

    title: str
    href: str
    kind: str
    group: Group | None
    acts_for: str
    acts_for_label: str
    holders: Sequence[Holder]
    coming: Sequence[Holder]
    is_vacant: bool


def post(role: Role, on: datetime.date, *, kept: bool) -> Post:
    """A role as `posts.posts_of` gives it; `kept` says whether somebody keeps its area on that day."""
    holders = [holder(each, on) for each in role.holders_then]  # type: ignore[attr-defined]
    coming = getattr(role, "holders_next", ())
    of_group = getattr(role, "of_group", None)
    return Post(
        title=role.title,
        href=role.get_absolute_url(),
        kind=role.role_type.name,
        group=of_group.group if of_group else None,
        acts_for=role.acts_for,  # type: ignore[attr-defined]
        acts_for_label=ActsFor(role.acts_for).label,  # type: ignore[attr-defined]
        holders=holders,
        coming=[holder(each, on) for each in coming],
        is_vacant=kept and not holders and not may_be_held(coming, on),
    )


class Named(Protocol):
    """Somebody with a page, and since or until when they are something."""

    @property
    def name(self) -> str: ...
    @property
    def href(self) -> str: ...
    @property
    def when(self) -> str: ...


def names_first(holders: Sequence[Named]) -> list[dict[str, str]]:
    """The holders of a role as values of a key fact: a few by name, the others as a number."""
    values = [{"text": each.name, "href": each.href, "line": each.when} for each in holders[:MOST_NAMED]]
    if len(holders) > MOST_NAMED:
        values.append({"text": f"and {len(holders) - MOST_NAMED} more"})
    return values
