"""Who could follow whom: the roles and seats whose terms end soon, and for each the people whom something speaks for.

What speaks for somebody is a list of plain facts, each of which the page shows (`Reason`); nobody is given a score. People
stand in the order of the first fact that speaks for them, then by name. What keeps somebody off is asked where "why not" asks
it (`could_sit`; for roles, to whom they are open). It is said of those who would be expected: who deputises, who is recorded to
follow, and who offered it; others whom it keeps off are left out. It is told to those alone who see the findings of the area.

Everything is asked in a fixed number of queries for a page of posts.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ics_leadership.accounts.models import Sight
from memberships import rules
from memberships.could_sit import verdicts
from memberships.models import Appointment, Membership
from memberships.succession.candidates import Candidate, Reason
from memberships.succession.pool import Pool
from memberships.succession.posts import Post, loaded, place_of_post, posts_ending, role_of
from organisations.models import Organisation
from organisations.models.areas import within
from organisations.rights import Rights
from roles.models import Role

__all__ = ["Candidate", "Ending", "Post", "Reason", "posts_ending", "with_candidates"]


@dataclass(frozen=True)
class Ending:
    """A role or seat whose term ends, who holds it, and who could follow. `held` is None for a role that is vacant."""

    held: Appointment | Membership | None
    role: Role | None
    candidates: Sequence[Candidate]


def with_candidates(posts: Sequence[Post], date: datetime.date, rights: Rights) -> list[Ending]:
    """The posts with the people who could follow, as at a day."""
    rows = loaded(posts, date)
    pool = Pool(rows, date, rights)
    found = [(row, pool.of(row)) for row in rows]
    _judge(found, date)
    told_in = _told_in(rights, date)
    return [
        Ending(
            row if not isinstance(row, Role) else None,
            role_of(row),
            _in_order(candidates, told_in is None or place_of_post(row) in told_in),
        )
        for row, candidates in found
    ]


def _judge(found: Sequence[tuple[Any, Sequence[Candidate]]], date: datetime.date) -> None:
    """Say of each candidate for a post whether they may have it."""
    for_seats = [(row.seat, each) for row, those in found if isinstance(row, Membership) for each in those]
    for_roles = [(role.pk, each) for row, those in found if (role := role_of(row)) for each in those]
    said = verdicts([(seat, each.person) for seat, each in for_seats], date)
    for (_, candidate), verdict in zip(for_seats, said, strict=True):
        candidate.verdict = verdict
    closed = rules.find_closed_to(date, [(role, each.person.pk) for role, each in for_roles])
    for (_, candidate), closed_to in zip(for_roles, closed, strict=True):
        candidate.closed_to = closed_to


def _in_order(candidates: Sequence[Candidate], told: bool) -> list[Candidate]:
    """Those who are named, in their order; without what keeps them off where the reader is not told of it."""
    named = [each for each in candidates if each.is_expected or not each.is_kept_off]
    for each in named if not told else ():
        each.verdict = each.closed_to = None
    return sorted(named, key=lambda each: (min(each.reasons), each.person.family_name, each.person.pk))


def _told_in(rights: Rights, date: datetime.date) -> set[int] | None:
    """The organisations of which the reader is told what keeps somebody off; None: of all."""
    areas = rights.areas_seen(Sight.FINDINGS)
    if not areas:
        return None if areas is None else set()
    return set(Organisation.objects.filter(pk__in=within(areas, date)).values_list("pk", flat=True))
