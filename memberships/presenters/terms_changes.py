"""What one version of the terms of reference says otherwise than another: facts, seats, and clauses word by word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeVar

from ics_leadership.words import count_words
from memberships.models import Clause, DrawnFrom, Seat, Terms
from memberships.presenters.terms import drawn_from_words, facts_of, seat_in_words, uncapital

# Two clauses this much alike are one clause, rewritten; under one number less is enough.
ALIKE = 0.6
ALIKE_UNDER_ONE_NUMBER = 0.4


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed, was `added` or was `removed`."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class ClauseChange:
    """A clause that was added, removed or changed; `note` says so in words, `runs` are its text."""

    number: str
    note: str
    runs: list[Run]


@dataclass(frozen=True)
class SeatChange:
    """A seat that was added, removed or changed, and how."""

    title: str
    note: str


@dataclass(frozen=True)
class Changes:
    """What a version changed. `facts` are sentences."""

    facts: list[str] = field(default_factory=list)
    seats: list[SeatChange] = field(default_factory=list)
    clauses: list[ClauseChange] = field(default_factory=list)
    unchanged_clauses: int = 0

    @property
    def nothing(self) -> bool:
        return not (self.facts or self.seats or self.clauses)


def changes(before: Terms, after: Terms) -> Changes:
    """What the version `after` says otherwise than `before`."""
    clauses, unchanged = _clause_changes(list(before.clauses.all()), list(after.clauses.all()))
    if before.purpose.strip() != after.purpose.strip():
        note = "changed" if before.purpose and after.purpose else "added" if after.purpose else "removed"
        clauses.insert(0, ClauseChange("Purpose", note, word_runs(before.purpose, after.purpose)))
    return Changes(
        facts=_fact_changes(before, after),
        seats=seat_changes(list(before.seats.all()), list(after.seats.all())),
        clauses=clauses,
        unchanged_clauses=unchanged,
    )


def _fact_changes(before: Terms, after: Terms) -> list[str]:
    then, now = _said_under(before), _said_under(after)
    sentences = []
    for name in {**now, **then}:
        was, is_now = then.get(name, ""), now.get(name, "")
        if name == "To be reviewed" or was == is_now:
            continue
        if was and is_now:
            sentences.append(f"{name}: {uncapital(is_now)}; before, {uncapital(was)}.")
        elif is_now:
            sentences.append(f"{name}: {uncapital(is_now)}; not said before.")
        else:
            sentences.append(f"{name}: no longer said; before, {uncapital(was)}.")
    return sentences


def _said_under(terms: Terms) -> dict[str, str]:
    """What a version says by heading; of conditions, which share one, all."""
    found: dict[str, str] = {}
    for name, words in facts_of(terms):
        found[name] = f"{found[name]}; {words}" if name in found else words
    return found


def word_runs(before: str, after: str) -> list[Run]:
    """Two texts as one, word by word: what stayed, what was removed, what was added.

    >>> [(run.text, run.kind) for run in word_runs("The quorum is four.", "The quorum is five.")]
    [('The quorum is ', ''), ('four.', 'removed'), ('five.', 'added')]
    """
    old, new = _words(before), _words(after)
    runs: list[Run] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run("".join(new[k:m])))
            continue
        runs += [
            Run(text, change)
            for text, change in (("".join(old[i:j]), "removed"), ("".join(new[k:m]), "added"))
            if text.strip()
        ]
    return runs


def _words(text: str) -> list[str]:
    """Each word with the space after it."""
    return re.findall(r"\S+\s*", text.strip())


T = TypeVar("T")


def _paired(old: list[T], new: list[T], *tests: Callable[[T, T], bool]) -> list[tuple[T | None, T | None]]:
    """Rows of two versions in pairs: by the first test wherever it fits, then by the next; what is left stands alone.

    In the order of the new version; what was removed comes last.
    """
    partner: dict[int, T] = {}
    left = list(old)
    for test in tests:
        for place, row in enumerate(new):
            if place in partner:
                continue
            found = next((other for other in left if test(other, row)), None)
            if found is not None:
                partner[place] = found
                left.remove(found)
    pairs: list[tuple[T | None, T | None]] = [(partner.get(place), row) for place, row in enumerate(new)]
    return pairs + [(row, None) for row in left]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _words(one.casefold()), _words(other.casefold()), autojunk=False).ratio()


@dataclass(frozen=True)
class Beside:
    """A clause of two versions: its number and text under each, empty where there is none, and a note on what became of it."""

    before: str
    before_runs: list[Run]
    after: str
    after_runs: list[Run]
    note: str


def clauses_beside(before: Terms, after: Terms) -> list[Beside]:
    """All clauses of two versions side by side, word by word, in the order of the later; what was removed comes last."""
    return [_beside(a, b) for a, b in _clause_pairs(list(before.clauses.all()), list(after.clauses.all()))]


def _beside(a: Clause | None, b: Clause | None) -> Beside:
    if a is None:
        assert b
        return Beside("", [], b.number, [Run(b.text)], "Added")
    if b is None:
        return Beside(a.number, [Run(a.text)], "", [], "Removed")
    runs = word_runs(a.text, b.text)
    then = [run for run in runs if run.kind != "added"]
    now = [run for run in runs if run.kind != "removed"]
    note = "Changed" if any(run.kind for run in runs) else "Another number" if a.number != b.number else ""
    return Beside(a.number, then, b.number, now, note)


def _clause_pairs(old: list[Clause], new: list[Clause]) -> list[tuple[Clause | None, Clause | None]]:
    """The clauses of two versions in pairs, as `_paired` has it."""
    return _paired(
        old,
        new,
        lambda a, b: a.text.strip() == b.text.strip() and a.number == b.number,
        lambda a, b: a.text.strip() == b.text.strip(),
        lambda a, b: a.number == b.number and _likeness(a.text, b.text) >= ALIKE_UNDER_ONE_NUMBER,
        lambda a, b: _likeness(a.text, b.text) >= ALIKE,
    )


def _clause_changes(old: list[Clause], new: list[Clause]) -> tuple[list[ClauseChange], int]:
    """The clauses that changed, and how many stand word for word."""
    pairs = _clause_pairs(old, new)
    found, unchanged = [], 0
    for a, b in pairs:
        if a is None and b:
            found.append(ClauseChange(f"Clause {b.number}", "added", [Run(b.text, "added")]))
        elif b is None and a:
            found.append(ClauseChange(f"Clause {a.number}", "removed", [Run(a.text, "removed")]))
        elif a and b and a.text.strip() == b.text.strip():
            # A clause that only moved says what it said.
            unchanged += 1
        elif a and b:
            was = f"changed (was clause {a.number})" if a.number != b.number else "changed"
            found.append(ClauseChange(f"Clause {b.number}", was, word_runs(a.text, b.text)))
    return found, unchanged


def seat_changes(old: list[Seat], new: list[Seat]) -> list[SeatChange]:
    """What one set of seats has that the other has not, or otherwise; of seats that are not saved yet too."""
    pairs = _paired(
        old,
        new,
        lambda a, b: a.title.casefold() == b.title.casefold(),
        lambda a, b: (
            (a.category, drawn_from_words(a)) == (b.category, drawn_from_words(b))
            and a.drawn_from != DrawnFrom.EXPERIENCE
        ),
        lambda a, b: a.category == b.category and _likeness(a.title, b.title) >= ALIKE,
    )
    found = []
    for a, b in pairs:
        if a is None and b:
            found.append(SeatChange(b.title, f"added: {seat_in_words(b)}"))
        elif b is None and a:
            found.append(SeatChange(a.title, f"removed: {seat_in_words(a)}"))
        elif a and b and (notes := _seat_differences(a, b)):
            found.append(SeatChange(b.title, "; ".join(notes)))
    return found


def _seat_differences(a: Seat, b: Seat) -> list[str]:
    notes = []
    if a.title.casefold() != b.title.casefold():
        notes.append(f"was called “{a.title}”")
    if a.number != b.number:
        notes.append(f"{count_words(b.number, 'seat')} instead of {a.number}")
    if a.category != b.category:
        notes.append(f"{uncapital(b.get_category_display())} instead of {uncapital(a.get_category_display())}")
    if a.voting != b.voting:
        notes.append("now with a vote" if b.voting else "now without a vote")
    if drawn_from_words(a) != drawn_from_words(b):
        notes.append(f"for {drawn_from_words(b)} instead of {drawn_from_words(a)}")
    return notes
