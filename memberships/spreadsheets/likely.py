"""Whom of the register the names in a sheet may mean: looked up for thousands of names at once.

How alike two entries are is the business of `memberships.duplicates`; here it is found out which of them to compare, so
that a sheet of thousands of rows takes seconds: those of the same name, the same number or address, the same family name
and initial, and in the areas edited those whose names are nearly alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import fuzz, process

from memberships.duplicates import Entry, Likeness, compare
from memberships.spreadsheets.matching import key

NEAR = 80
"""Names that have less than so much of a hundred in common are not compared any closer."""

MOST_COMPARED = 20
MOST_FOUND = 5


class Likely:
    """The people of the register, to look names up in: `known` by their ids; `near` the ids of those who may be meant by a
    misspelt name."""

    def __init__(self, known: Iterable[tuple[int, Entry]], near: Collection[int]) -> None:
        self._by_fact: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        self._near: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        for each in known:
            pk, entry = each
            name = _sorted_name(entry)
            self._by_name[name].append(each)
            for fact in _facts(entry):
                self._by_fact[fact].append(each)
            if pk in near:
                self._near[name].append(each)
        self._near_names = list(self._near)

    def find(self, asked: Entry) -> list[tuple[int, Likeness]]:
        """The ids of those who may be meant, the likeliest first."""
        name = _sorted_name(asked)
        namesakes = dict(self._by_name.get(name, ()))
        candidates = dict(namesakes)
        for fact in _facts(asked):
            candidates |= dict(self._by_fact.get(fact, ())[:MOST_COMPARED])
        if name not in self._by_name:
            for near, _, _ in process.extract(
                name, self._near_names, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_COMPARED
            ):
                candidates |= dict(self._near[near])
        alike = [(pk, compare(asked, entry)) for pk, entry in candidates.items()]
        # Two of the very same name are asked about even where a family name is all that is known of both.
        worth = [each for each in alike if each[1].is_worth_a_look or each[0] in namesakes]
        return sorted(worth, key=lambda each: (-each[1].score, each[0]))[:MOST_FOUND]

    def find_each(self, asked: Sequence[Entry]) -> dict[Entry, list[tuple[int, Likeness]]]:
        return {each: self.find(each) for each in asked}


def _sorted_name(entry: Entry) -> str:
    """A name whose parts stand in one order, however they were written."""
    return " ".join(sorted(key(f"{entry.given_names} {entry.family_name}").split()))


def _facts(entry: Entry) -> list[str]:
    """What one person has with few others: their number, their address, their family name with the first initial."""
    initial = key(entry.given_names)[:1]
    found = [f"name {key(entry.family_name)} {initial}"] if initial else []
    if entry.number:
        found.append(f"number {entry.number}")
    if entry.email:
        found.append(f"email {entry.email}")
    return found
