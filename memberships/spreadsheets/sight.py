"""Which columns and which cells of a list its reader may see, worked out once for the whole list.

The same rights as on pages: what everyone sees, what signed-in readers see, and what only the editors of an area see, or
analysts to whom it was granted. A cell that may not be seen says so whether there is something in it or not.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TypeVar

from ics_leadership.accounts.models import Sight
from ics_leadership.periods import today
from memberships.rights import people_seen
from memberships.spreadsheets.columns import COLUMNS, NOT_SHOWN, Column, ListKind
from organisations.models import Organisation, within
from organisations.rights import Rights

V = TypeVar("V")


class Seen:
    """What the reader with those rights sees of a list."""

    def __init__(self, rights: Rights) -> None:
        self._rights = rights
        self._people = cache(self._people_seen)
        self._organisations = cache(self._organisations_seen)

    def columns(self, kind: ListKind, also: Collection[str] = ()) -> list[Column]:
        """The columns of a kind of list that are written, without those of which the reader may see nothing.

        `also`: the keys of columns that this list has beside those of every list of its kind.
        """
        return [each for each in COLUMNS[kind] if (each.exported or each.key in also) and self._some_of(each)]

    def of_person(self, what: Sight, person: int, value: V) -> V | str:
        """The value, if the reader sees facts of that sort about a person, by id."""
        people = self._people(what)
        return value if people is None or person in people else NOT_SHOWN

    def of_appointment(self, what: Sight, person: int, organisation: int, value: V) -> V | str:
        """The value, if the reader sees facts of that sort about a person's appointment to a role of an organisation."""
        organisations = self._organisations(what)
        if organisations is None or organisation in organisations:
            return value
        return self.of_person(what, person, value)

    def _some_of(self, column: Column) -> bool:
        if column.sight:
            people = self._people(column.sight)
            return people is None or bool(people)
        return self._rights.is_signed_in or not column.personal

    def _people_seen(self, what: Sight) -> set[int] | None:
        """The ids of the people of whom facts of that sort may be seen; None for everyone."""
        if self._rights.areas_seen(what) is None:
            return None
        return set(people_seen(what, self._rights).order_by().values_list("pk", flat=True))

    def _organisations_seen(self, what: Sight) -> set[int] | None:
        areas = self._rights.areas_seen(what)
        if areas is None:
            return None
        inside = Organisation.objects.filter(pk__in=within(areas, today()))
        return set(inside.order_by().values_list("pk", flat=True)) if areas else set()
