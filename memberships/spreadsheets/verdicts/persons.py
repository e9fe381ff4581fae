"""Who is meant by a row, and what it would change of what the register knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ics_leadership.periods import today
from ics_leadership.words import period_words
from memberships.duplicates import Entry, compare
from memberships.duplicates.entries import entry_of
from memberships.models import Person, Profession
from memberships.spreadsheets.cells import NamedOrganisation, as_read
from memberships.spreadsheets.matching import key
from memberships.spreadsheets.register import People
from memberships.spreadsheets.verdicts import naming
from memberships.spreadsheets.verdicts.judgement import NEW, Judgement, Known, Made, Option, Row

NAMES = ("title", "given_names", "family_name")
FACTS = {
    "title": "title",
    "given_names": "given_names",
    "family_name": "family_name",
    "profession": "profession",
    "registration_number": "registration_number",
    "work_email": "work_email",
    "work_telephone": "work_telephone",
    "person_note": "note",
}
"""The columns that say what is known of a person, and the fields that keep it."""

IN_WORDS = {
    "title": "Title",
    "given_names": "Given names",
    "family_name": "Family name",
    "profession": "Profession",
    "registration_number": "Registration number",
    "work_email": "Work e-mail",
    "work_telephone": "Work telephone",
    "person_note": "Private note",
}


PRIVATE = ("registration_number", "person_note")


def leave_private(out: Judgement, column: str, words: str) -> None:
    """Note that a cell about something private of somebody whose editor this is not is left alone, whatever it says.

    Whether it says what the register has would tell those who guess.
    """
    if out.row.value(column):
        out.notes.append(f"{words}: left alone, because it is private and they lead in no area that you edit.")


def asked_for(row: Row) -> Entry | None:
    """Whom a row names, as people are compared; None where it names nobody."""
    if not row.value("family_name"):
        return None
    return Entry(
        given_names=row.value("given_names") or "",
        family_name=row.value("family_name"),
        profession=row.value("profession") or "",
        registration_number=row.value("registration_number") or "",
        work_email=row.value("work_email") or "",
    )


def named(row: Row) -> str:
    """The name in a row, as people say it."""
    return " ".join(row.value(name) for name in NAMES if row.value(name))


def alike(row: Row) -> str:
    """What rows share that may be about one person."""
    return key(f"{row.value('given_names') or ''} {row.value('family_name') or ''}")


@dataclass
class Newcomer:
    """Somebody whom this sheet brings: which row named them first, and what its rows say of them."""

    first_row: int
    key: str
    facts: dict[str, Any]
    appointments: dict[str, tuple[int, Any]] = field(default_factory=dict)


@dataclass
class Who:
    """Who a row is about: somebody of the register, or a newcomer. `by_number` says that the row gave their number."""

    person: Person | None
    newcomer: Newcomer | None
    by_number: bool = False

    @property
    def reference(self) -> Known | Made:
        if self.person:
            return Known(Person, self.person.pk)
        assert self.newcomer
        return Made(self.newcomer.key)


class Persons:
    """Tells who the rows of a sheet are about, one row after the other."""

    def __init__(self, people: People) -> None:
        self.people = people
        self._newcomers: dict[str, list[Newcomer]] = {}

    # --- who it is

    def who(self, out: Judgement, *, places: Iterable[int] = (), roles: Iterable[int] = ()) -> Who | None:
        """Who a row is about, given the organisations and roles that it names; None when that is asked or cannot be told."""
        row = out.row
        out.alike = alike(row)
        out.title = named(row)
        if number := row.value("person_id"):
            return self._numbered(out, number)
        asked = asked_for(row)
        if asked is None:
            # A name that could not be read has been complained of already.
            if not any(each.column in ("name", *NAMES) for each in out.problems):
                out.refuse("name", "It names nobody.", "Give at least the family name.")
            return None
        candidates = [person for person, _ in self.people.alike(asked)]
        sure = self._sure(out, asked, candidates, set(places), set(roles))
        if sure:
            return self._settled(out, sure)
        if not candidates and "person" not in row.decision:
            return self._newcomer(out)
        decided = self.people.numbered(int(said)) if (said := row.decision.get("person", "")).isdigit() else None
        if decided and decided not in candidates:
            # Looked for by name among all people, and chosen.
            candidates.append(decided)
        options = [person_option(person, same=alike_person(person) == out.alike) for person in candidates]
        answer = out.ask(
            "person", f"Is {out.title} one of these?", [*options, Option(NEW, f"Somebody else: add {out.title}")]
        )
        return self._decided(out, answer)

    def _decided(self, out: Judgement, decided: str | None) -> Who | None:
        if decided is None:
            return None
        if decided == NEW:
            return self._newcomer(out)
        person = self.people.numbered(int(decided)) if decided.isdigit() else None
        if person is None:
            out.refuse("name", "The person who was chosen is not in the register any more.", "Choose again.")
            return None
        return self._settled(out, person)

    def _numbered(self, out: Judgement, number: int) -> Who | None:
        person = self.people.numbered(number)
        if person is None:
            out.refuse(
                "person_id",
                f"The register has no person with the number {number}.",
                "Empty the cell, and the person is looked for by name.",
            )
            return None
        asked = asked_for(out.row)
        if asked and not self.people.may_be_corrected(person):
            # What is private of them says nothing, not even whether it fits.
            asked = replace(asked, registration_number="")
        if asked is None and (out.row.says("family_name") or out.row.says("name")):
            out.refuse("name", "The name is gone.", "Give at least the family name.")
            return None
        if asked and not compare(asked, entry_of(person)).is_worth_a_look:
            # People overwrite the row of somebody who left with who came after.
            decided = out.ask(
                "person",
                f"The number of this row is that of {person.name}. Has {person.name} changed name?",
                [
                    Option(str(person.pk), f"Yes: {person.name} is now called {out.title}", describe(person)),
                    Option(NEW, f"No: {out.title} is somebody else, to be added; {person.name} stays as they are"),
                ],
            )
            if decided != str(person.pk):
                return self._decided(out, decided)
        return self._settled(out, person, by_number=True)

    def _settled(self, out: Judgement, person: Person, *, by_number: bool = False) -> Who:
        out.title, out.address = person.name, person.get_absolute_url()
        return Who(person, None, by_number)

    def _sure(
        self, out: Judgement, asked: Entry, candidates: Sequence[Person], places: set[int], roles: set[int]
    ) -> Person | None:
        """The one person who can be meant: alone of that name, and known by something else beside it."""
        named_so = [each for each in candidates if alike_person(each) == out.alike]
        entries = {each.pk: entry_of(each) for each in candidates}
        same_number = [each for each in candidates if asked.number and entries[each.pk].number == asked.number]
        if len(same_number) == 1 and same_number == [each for each in same_number if each in named_so]:
            return same_number[0]
        fitting = [each for each in named_so if not _contradicts(asked, entries[each.pk])]
        if len(fitting) != 1:
            # Namesakes are told apart by what they hold, where only one of them holds it.
            fitting = [each for each in fitting if _holds(each, roles)]
        if len(fitting) != 1 or "person" in out.row.decision:
            return None
        only, entry = fitting[0], entries[fitting[0].pk]
        if asked.email and asked.email == entry.email:
            return only
        if _holds(only, roles) or _is_with(only, places):
            return only
        # Where a row says nothing to tell by, the only one of that name in the whole register, leading here, is meant.
        if not places and not roles and self.people.leads_here(only):
            return only
        return None

    def _newcomer(self, out: Judgement) -> Who | None:
        row = out.row
        facts = {name: row.value(column) for column, name in FACTS.items() if row.value(column)}
        known = self._newcomers.setdefault(out.alike, [])
        for newcomer in known:
            if not _clash(newcomer.facts, facts):
                extra = {name: value for name, value in facts.items() if name not in newcomer.facts}
                self._add(out, newcomer)
                if extra:
                    newcomer.facts |= extra
                    out.do("correct_person", person=Made(newcomer.key), **extra)
                out.notes.append(f"The same new person as in row {newcomer.first_row}.")
                return Who(None, newcomer)
        newcomer = Newcomer(row.number, f"person:{out.alike}:{len(known) + 1}", dict(facts))
        if not out.is_left_out:
            known.append(newcomer)
        out.check(
            Person(**facts),
            {
                name: "name" if column in NAMES and not row.says(column) else column
                for column, name in FACTS.items()
                if name in facts
            },
        )
        self._add(out, newcomer)
        profession = f" ({Profession(facts['profession']).label})" if facts.get("profession") else ""
        out.added.append(f"{out.title}{profession}, new in the register")
        if newcomer in known[1:]:
            out.notes.append(f"Not the person of the same name in row {known[0].first_row}: their details differ.")
        return Who(None, newcomer)

    def _add(self, out: Judgement, newcomer: Newcomer) -> None:
        out.do("add_person", makes=newcomer.key, **newcomer.facts)

    # --- what is known of them

    def correct(self, out: Judgement, who: Who) -> None:
        """Note what a row says of somebody of the register that the register has otherwise."""
        person, row = who.person, out.row
        if person is None:
            return
        facts: dict[str, Any] = {}
        permitted = self.people.may_be_corrected(person)
        for column, name in FACTS.items():
            if column in PRIVATE and not permitted:
                leave_private(out, column, IN_WORDS[column])
                continue
            if not row.says(column) or (column in NAMES and not who.by_number):
                continue
            said = row.value(column)
            # An empty cell of a list that came from here says that there is nothing; of another it says nothing.
            if said is None and not who.by_number:
                continue
            if (said or "") != (
                " ".join(getattr(person, name).split()) if column in NAMES else as_read(getattr(person, name))
            ):
                facts[name] = said or ""
                out.edit(IN_WORDS[column], _shown(name, getattr(person, name)), _shown(name, said or ""))
        if not who.by_number and alike_person(person) != alike(row):
            out.notes.append(f"The name stays as the register has it: {person.name}.")
        if not facts:
            return
        if not permitted:
            out.refuse("name", f"{person.name} leads in no area that you edit.", naming.NOT_YOURS_WOULD_DO)
            return
        changed = Person(**{name: facts.get(name, getattr(person, name)) for name in FACTS.values()})
        out.check(
            changed, {name: column if row.says(column) else "name" for column, name in FACTS.items() if name in facts}
        )
        out.do("correct_person", person=Known(Person, person.pk), **facts)


def _shown(name: str, value: str) -> str:
    return Profession(value).label if name == "profession" and value else value


def alike_person(person: Person) -> str:
    return key(f"{person.given_names} {person.family_name}")


def _contradicts(asked: Entry, entry: Entry) -> bool:
    """Whether the two have a fact of which a person has but one, and it differs."""
    return any(
        one and other and one != other
        for one, other in ((asked.number, entry.number), (asked.profession, entry.profession))
    )


def _clash(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return any(
        one[name] != other[name]
        for name in ("registration_number", "work_email", "profession")
        if name in one and name in other
    )


def _holds(person: Person, roles: set[int]) -> bool:
    return any(each.role_id in roles for each in person.appointments.all())


def _is_with(person: Person, places: set[int]) -> bool:
    return any({each.role.organisation_id, each.employer_id} & places for each in person.appointments.all())


def describe(person: Person) -> str:
    """Enough of a person to tell them from their namesakes: profession, and what they hold, what goes on first."""
    on = today()
    held = sorted(person.appointments.all(), key=lambda each: (not each.holds(on), -each.pk))
    said = [person.get_profession_display() or "profession not recorded"]
    said += [f"{each.role.title}, {period_words(each, on)}" for each in held[:2]]
    if len(held) > 2:
        said.append(f"{len(held) - 2} more")
    return "; ".join(said)


def person_option(person: Person, *, same: bool) -> Option:
    return Option(str(person.pk), person.name, describe(person), person.get_absolute_url(), same)


def places_named(row: Row) -> list[NamedOrganisation]:
    """The organisations that a row of people names, which tell namesakes apart."""
    said = [row.value(column) for column in ("organisation", "network", "practice", "employer")]
    said += [held.organisation for held in row.reading.held]
    return list(dict.fromkeys(each for each in said if isinstance(each, NamedOrganisation)))
