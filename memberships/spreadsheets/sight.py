"""Which columns and which cells of a list its reader may see, worked out once for the whole list.

The same rights as on pages: what everyone sees, what signed-in readers see, and what only the editors of an area see, or
analysts to whom it was granted. A cell that may not be seen says so whether there is something in it or not.
"""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from django.db.models import Q

from ics_leadership.accounts.models import Sight
from ics_leadership.periods import today
from memberships.models import Appointment, Person, PersonAccount
from memberships.rights import editable_people
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

    def columns(self, kind: ListKind) -> list[Column]:
        """The columns of a kind of list that are written, without those of which the reader may see nothing."""
        return [each for each in COLUMNS[kind] if each.exported and self._some_of(each)]

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
        areas = self._rights.areas_seen(what)
        if areas is None:
            return None
        if not self._rights.is_signed_in:
            return set()
        leading = Appointment.objects.filter(role__organisation__in=within(areas, today())).values("person")
        own = PersonAccount.objects.filter(account=self._rights.account).values("person")
        theirs = editable_people(self._rights, Person.objects.all()).values("pk")
        seen = Person.objects.filter(Q(pk__in=leading) | Q(pk__in=own) | Q(pk__in=theirs))
        return set(seen.order_by().values_list("pk", flat=True))

    def _organisations_seen(self, what: Sight) -> set[int] | None:
        areas = self._rights.areas_seen(what)
        if areas is None:
            return None
        inside = Organisation.objects.filter(pk__in=within(areas, today()))
        return set(inside.order_by().values_list("pk", flat=True)) if areas else set()
