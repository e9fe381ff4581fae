"""What is compared of a person: as the register has it, or as somebody is about to enter it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from memberships.duplicates.names import full_forms, given_parts, parts, sound, telling
from memberships.models import Appointment, Person


@dataclass(frozen=True)
class Held:
    """An appointment as it is compared: to which role, of which organisation, when."""

    role: int
    title: str
    organisation: int
    organisation_name: str
    first_day: datetime.date | None
    after: datetime.date | None
    """The first day on which it was over; None where no end is known."""

    def overlaps(self, other: Held) -> bool:
        """Whether the two share a day in the widest reading of both."""
        begins = self.first_day is None or other.after is None or self.first_day < other.after
        goes_on = other.first_day is None or self.after is None or other.first_day < self.after
        return begins and goes_on


@dataclass(frozen=True)
class Entry:
    """One entry as it is compared, of the register or of somebody who is about to be entered."""

    given_names: str
    family_name: str
    profession: str = ""
    registration_number: str = ""
    work_email: str = ""

    @cached_property
    def family(self) -> tuple[str, ...]:
        return parts(self.family_name)

    @cached_property
    def given(self) -> tuple[str, ...]:
        return given_parts(self.given_names)

    @cached_property
    def number(self) -> str:
        """The registration number as it is compared: without spaces, capitals and noughts in front."""
        return "".join(filter(str.isalnum, self.registration_number)).upper().lstrip("0")

    @cached_property
    def email(self) -> str:
        return self.work_email.strip().lower()

    def answers(self) -> set[str]:
        """The keys under which the entry is found: entries that share none are not alike enough to be compared."""
        found = {
            f"{heard} {letter}"
            for part in telling(self.family)
            for heard in _nearly(part, 4)
            for letter in self._letters
        }
        return found | {f"{sound(part)} *" for part in telling(self.family)} | self._plain_keys()

    def questions(self) -> set[str]:
        """The keys under which others are looked for: its own, and those of one whose names were changed round."""
        family = telling(self.family)
        found = {f"{heard} {letter}" for part in family for heard in _nearly(part, 5) for letter in self._letters}
        found |= {f"{sound(name)} {part[0]}" for name in self.given for part in family if len(name) > 1}
        found |= {f"{sound(part)} {'?' if self.given else '*'}" for part in family}
        return found | self._plain_keys()

    @cached_property
    def _letters(self) -> set[str]:
        """With what the given names, or the full names for which they are short, begin."""
        return {letter for name in self.given for full in full_forms(name) for letter in (full[0], sound(full)[:1])}

    def _plain_keys(self) -> set[str]:
        found = {f"{sound(part)} ?" for part in telling(self.family)} if not self.given else set()
        if self.number:
            found.add(f"number {self.number}")
        if self.email:
            found.add(f"email {self.email}")
        return found


def _nearly(part: str, least: int) -> set[str]:
    """How a name sounds, and how it would with any one consonant left out, which is what most slips come to.

    Names of fewer than `least` consonants are too much alike for that.
    """
    heard = sound(part)
    if len(heard) < least:
        return {heard}
    return {heard} | {heard[:place] + heard[place + 1 :] for place in range(len(heard))}


def entry_of(person: Person) -> Entry:
    """A person of the register as they are compared."""
    return Entry(
        given_names=person.given_names,
        family_name=person.family_name,
        profession=person.profession,
        registration_number=person.registration_number,
        work_email=person.work_email,
    )


def entries(people: QuerySet[Person]) -> Iterable[tuple[int, Entry]]:
    """People as they are compared, by their ids, as they come from the database."""
    rows = people.order_by().values_list(
        "pk", "given_names", "family_name", "profession", "registration_number", "work_email"
    )
    return ((pk, Entry(*facts)) for pk, *facts in rows.iterator(chunk_size=5000))


def held_by(people: Iterable[int]) -> dict[int, list[Held]]:
    """What each of these people ever held, by their ids, in one query."""
    rows = Appointment.objects.filter(person__in=list(people)).values_list(
        "person_id", "role_id", "role__title", "role__organisation_id", "role__organisation__name", "period"
    )
    found: dict[int, list[Held]] = defaultdict(list)
    for person, role, title, organisation, name, period in rows:
        found[person].append(Held(role, title, organisation, name, period.lower, period.upper))
    return found
