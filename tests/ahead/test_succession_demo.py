"""Who could follow in the demonstration: of each post the same, whatever else is on the page."""

import datetime
from typing import Any

import pytest

from ics_leadership.accounts.models import User
from memberships.succession import Ending, posts_ending, with_candidates
from organisations.rights import Rights

pytestmark = pytest.mark.usefixtures("demo_client")


def in_words(ending: Ending) -> list[Any]:
    """Each who could follow with the rows that speak for them, and what keeps them off."""
    return [
        (
            each.person.slug,
            {reason: [row.pk for row in rows] for reason, rows in each.reasons.items()},
            each.closed_to,
            each.verdict and (each.verdict.basis, each.verdict.wanting, [found.key for found in each.verdict.findings]),
        )
        for each in ending.candidates
    ]


@pytest.mark.parametrize(("date", "first"), [(datetime.date(2025, 5, 1), 0), (datetime.date(2026, 5, 1), 1)])
def test_post_asked_alone_has_the_same_people_as_among_all(date: datetime.date, first: int):
    """Of every third post, each day from another: asking one alone is dear, and they are of a few kinds."""
    rights = Rights(User.objects.get(email="editor@lmc.example"))
    posts = posts_ending(date, date + datetime.timedelta(days=730))
    assert posts
    together = zip(posts, with_candidates(posts, date, rights), strict=True)
    for post, among_all in [*together][first::3]:
        (alone,) = with_candidates([post], date, rights)
        assert in_words(alone) == in_words(among_all)
