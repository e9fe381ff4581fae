"""Two entries that look alike and are two people all the same: saying so, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ics_leadership.history import change
from ics_leadership.writing import keep
from memberships.models import DistinctPeople, Person

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


def say_two_people(*, by: User | None, why: str, one: Person, other: Person) -> DistinctPeople:
    """Remember that two entries are two people, so that nobody is asked about them again."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    with change(by=by, why=why):
        return keep(DistinctPeople(first=first, second=second))


def take_back_two_people(*, by: User | None, why: str, said: DistinctPeople) -> None:
    """Say no longer that two entries are two people; they are compared again."""
    with change(by=by, why=why):
        said.delete()
