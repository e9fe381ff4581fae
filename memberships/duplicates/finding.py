"""Which entries may be one person's: in the areas that somebody edits, and for somebody who is about to be entered.

Comparing everybody with everybody is out of the question, so entries are compared that share a key (`Entry.answers`): a
name that sounds nearly alike with the same initial, a registration number, an address. Those who held one role under first
names that begin alike are compared too, because family names change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.db.models import Max, Q, QuerySet, Value

from ics_leadership.history import Change
from ics_leadership.search import Fold
from memberships.duplicates.entries import Entry, entries, entry_of, held_by
from memberships.duplicates.likeness import Likeness, compare, could_be_worth_a_look
from memberships.duplicates.names import AROUND, JOINS
from memberships.models import DistinctPeople, Person
from memberships.rights import editable_people
from organisations.rights import Rights

FEW = 5
MOST_LOOKED_AT = 60
MANY_PEOPLE = 5000
REMEMBERED_FOR = 600
"""Seconds."""


@dataclass(frozen=True)
class Pair:
    """Two entries of the register that may be one person's; `first` has the lower number."""

    first: int
    second: int
    likeness: Likeness


def alike_pairs(here: QuerySet[Person]) -> list[Pair]:
    """Pairs that are worth a look, one of each pair among `here` and the other anywhere, the likeliest first.

    Leaves out those of whom somebody said that they are two people. Takes seconds for tens of thousands of people.
    """
    near = dict(entries(here))
    looked_up, bearers, by_pk = _by_key(near.items()), Counter[tuple[str, ...]](), dict(near)
    compared: set[tuple[int, int]] = set(DistinctPeople.objects.values_list("first", "second"))
    candidates: list[tuple[int, int]] = []
    for number, entry in entries(Person.objects.all()):
        bearers[entry.family] += 1
        for pk in _met(looked_up, entry):
            pair = _in_order(pk, number)
            if pk != number and pair not in compared:
                compared.add(pair)
                if could_be_worth_a_look(near[pk], entry):
                    by_pk[number] = entry
                    candidates.append(pair)
    changed_names = [pair for pair in _beside_each_other() if pair not in compared and not near.keys().isdisjoint(pair)]
    strangers = {pk for pair in changed_names for pk in pair} - by_pk.keys()
    by_pk |= dict(entries(Person.objects.filter(pk__in=strangers)))
    candidates += changed_names
    held = held_by({pk for pair in candidates for pk in pair})
    pairs = [
        Pair(
            first,
            second,
            compare(
                by_pk[first],
                by_pk[second],
                held=held.get(first, []),
                held_by_other=held.get(second, []),
                bearers=bearers[by_pk[first].family],
            ),
        )
        for first, second in candidates
    ]
    worth = [pair for pair in pairs if pair.likeness.is_worth_a_look]
    return sorted(worth, key=lambda pair: (-pair.likeness.score, pair.first, pair.second))


def pairs_for(rights: Rights) -> Sequence[Pair]:
    """`alike_pairs` of all whom somebody edits, remembered until the register changes.

    Where there are many people, for some minutes beyond that, but for those who were merged or said to be two meanwhile.
    """
    latest = Change.objects.aggregate(latest=Max("pk"))["latest"]
    who = "all" if rights.is_administrator else "-".join(map(str, sorted(rights.areas)))
    key = f"alike-pairs:{who}"
    kept: _Kept | None = cache.get(key)
    if kept is None or (kept.latest != latest and not kept.many):
        pairs = alike_pairs(editable_people(rights, Person.objects.all()))
        kept = _Kept(latest, Person.objects.count() >= MANY_PEOPLE, pairs)
        cache.set(key, kept, REMEMBERED_FOR)
    return kept.pairs if kept.latest == latest else _still_alike(kept.pairs)


@dataclass(frozen=True)
class _Kept:
    """What was found after the change `latest`, and whether there were too many people to look anew after each."""

    latest: int
    many: bool
    pairs: Sequence[Pair]


def _still_alike(pairs: Sequence[Pair]) -> Sequence[Pair]:
    there = set(
        Person.objects.filter(pk__in={pk for pair in pairs for pk in (pair.first, pair.second)}).values_list("pk")
    )
    two = set(DistinctPeople.objects.values_list("first", "second"))
    return [pair for pair in pairs if {(pair.first,), (pair.second,)} <= there and (pair.first, pair.second) not in two]


def _by_key(numbered: Iterable[tuple[int, Entry]]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, entry in numbered:
        for key in entry.answers():
            found[key].append(number)
    return found


def _met(looked_up: Mapping[str, list[int]], entry: Entry) -> set[int]:
    return {number for key in entry.questions() for number in looked_up.get(key, ())}


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _beside_each_other() -> list[tuple[int, int]]:
    """People who held one role and whose first names begin alike."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT one.person_id, other.person_id
            FROM memberships_appointment AS one
            JOIN memberships_appointment AS other ON other.role_id = one.role_id AND other.person_id > one.person_id
            JOIN memberships_person AS a ON a.id = one.person_id
            JOIN memberships_person AS b ON b.id = other.person_id
            WHERE left(a.folded, 1) = left(b.folded, 1)
            """
        )
        return cursor.fetchall()


@dataclass(frozen=True)
class Known:
    """Somebody of the register who may be the one about to be entered."""

    person: Person
    likeness: Likeness


def likely(
    name: str, profession: str = "", *, registration_number: str = "", work_email: str = "", limit: int = FEW
) -> list[Known]:
    """Who of the register may be the person called so, the likeliest first; for one name, in milliseconds."""
    asked = named(name, profession, registration_number=registration_number, work_email=work_email)
    people = {person.pk: person for person in _looked_at(asked)}
    held_likeness = [Known(person, compare(asked, entry_of(person))) for person in people.values()]
    worth = [known for known in held_likeness if known.likeness.is_worth_a_look]
    return sorted(worth, key=lambda known: (-known.likeness.score, known.person.pk))[:limit]


def _looked_at(asked: Entry) -> Iterator[Person]:
    whole = f"{asked.given_names} {asked.family_name}".strip()
    yield from Person.objects.called(whole)[:MOST_LOOKED_AT]
    family = Fold(Value(asked.family_name))
    yield from Person.objects.filter(
        folded__trigram_word_similar=family, given_names__istartswith=asked.given_names[:1]
    )[:MOST_LOOKED_AT]
    facts = Q()
    if asked.registration_number:
        facts |= Q(registration_number__iexact=asked.registration_number)
    if asked.work_email:
        facts |= Q(work_email__iexact=asked.work_email)
    if facts:
        yield from Person.objects.filter(facts)[:MOST_LOOKED_AT]


def named(name: str, profession: str = "", *, registration_number: str = "", work_email: str = "") -> Entry:
    """An entry from a whole name as people say it, "Dr Beatriz da Costa-Wren"."""
    words = [word for word in name.split() if word.strip(".,").lower() not in AROUND] or name.split()
    family = words[-1:]
    while words[: -len(family)] and words[-len(family) - 1].lower() in JOINS:
        family = words[-len(family) - 1 :]
    given = " ".join(words[: -len(family)]) if family else ""
    return Entry(given, " ".join(family), profession, registration_number, work_email)


def likely_each(asked: Sequence[Entry]) -> list[list[tuple[int, Likeness]]]:
    """For each of many who are about to be entered, the ids of those of the register whom they may be.

    Reads the register once, however many are asked about; the likeliest come first.
    """
    looked_up = _by_key(enumerate(asked))
    found: list[dict[int, Likeness]] = [{} for _ in asked]
    for number, known in entries(Person.objects.all()):
        for place in _met(looked_up, known):
            likeness = compare(asked[place], known)
            if likeness.is_worth_a_look:
                found[place][number] = likeness
    return [sorted(alike.items(), key=lambda item: (-item[1].score, item[0]))[:FEW] for alike in found]
