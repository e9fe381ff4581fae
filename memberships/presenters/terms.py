"""Terms of reference in words: what a version says, who has a seat under it, and what changed from one to the next."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, TypeVar

from ics_leadership.words import count_words, day_words, list_words, period_words
from memberships.models import (
    Category,
    ChairChosen,
    Clause,
    Condition,
    DecisionRule,
    DrawnFrom,
    Eligibility,
    Nature,
    RegisterOfInterests,
    Seat,
    Terms,
)
from memberships.presenters.reasons import version_words

# Two clauses this much alike are one clause, rewritten; under one number less is enough.
ALIKE = 0.6
ALIKE_UNDER_ONE_NUMBER = 0.4


# --- a version


@dataclass(frozen=True)
class SeatRow:
    """A seat of a version: what it is called, how one sits in it, how many, whom it is for, under which clause."""

    title: str
    category: str
    number: str
    voting: bool
    drawn_from: str
    clause: str


@dataclass(frozen=True)
class Version:
    """A version of the terms as a page shows it. `facts` are pairs of term and text; `changes` None for the first."""

    row: Terms
    name: str
    when: str
    in_force: bool
    purpose: str
    facts: list[tuple[str, str]]
    seats: list[SeatRow]
    clauses: list[Clause]
    source: Any
    before: str
    changes: Changes | None

    @property
    def summary(self) -> str:
        """What to click on to read a version that is not in force."""
        return f"What {self.name[0].lower()}{self.name[1:]} says"

    @property
    def seats_summary(self) -> str:
        return f"Its seats ({len(self.seats)})"

    @property
    def clauses_summary(self) -> str:
        return f"Its clauses ({len(self.clauses)})"

    @property
    def changes_summary(self) -> str:
        return f"What changed from {self.before}"


def versions(terms: Sequence[Terms], on: datetime.date) -> list[Version]:
    """All versions, the newest first, each with what changed from the one before it."""
    former = [*terms[1:], None]
    return [_version(this, before, on) for this, before in zip(terms, former, strict=True)] if terms else []


def _version(terms: Terms, before: Terms | None, on: datetime.date) -> Version:
    return Version(
        row=terms,
        name=_capital(version_words(terms)),
        when=period_words(terms, on),
        in_force=terms.holds(on),
        purpose=terms.purpose,
        facts=_facts(terms),
        seats=[_seat_row(seat) for seat in terms.seats.all()],
        clauses=list(terms.clauses.all()),
        source=terms.source,
        before=version_words(before) if before else "",
        changes=changes(before, terms) if before else None,
    )


def _facts(terms: Terms) -> list[tuple[str, str]]:
    facts = [("What the group is", _capital(Nature(terms.nature).label))]
    facts.append(("How it decides", DecisionRule(terms.decision_rule).label))
    if terms.quorum:
        facts.append(("Quorum", str(terms.quorum)))
    if terms.term_months:
        facts.append(("A member’s term", months_words(terms.term_months)))
    if terms.term_limit:
        facts.append(("In a row", count_words(terms.term_limit, "term")))
    if terms.chair_chosen != ChairChosen.UNSAID:
        facts.append(("The chair is chosen", ChairChosen(terms.chair_chosen).label))
    if terms.interests != RegisterOfInterests.NONE:
        facts.append(("Register of interests", RegisterOfInterests(terms.interests).label))
    published = [
        what
        for what, said in (("what does not add up", terms.publishes_findings), ("proposals", terms.publishes_proposals))
        if said
    ]
    if published:
        facts.append(("Published", _capital(list_words(published))))
    facts += [("Who may be a member", condition_words(each)) for each in terms.eligibilities.all()]
    if terms.review_on:
        facts.append(("To be reviewed", day_words(terms.review_on)))
    return facts


def _seat_row(seat: Seat) -> SeatRow:
    return SeatRow(
        title=seat.title,
        category=Category(seat.category).label,
        number=f"{seat.number} each" if seat.each else str(seat.number),
        voting=seat.voting,
        drawn_from=_capital(drawn_from_words(seat)),
        clause=seat.clause.number if seat.clause else "",
    )


def condition_words(row: Eligibility) -> str:
    """A condition of eligibility as a sentence: "Not employed or engaged by Norfolk ICB (chair only)"."""
    match row.condition:
        case Condition.NOT_ENGAGED_BY:
            words = f"Not employed or engaged by {row.organisation}"
        case Condition.PROFESSION:
            words = f"By profession: {uncapital(row.get_profession_display())}"
        case Condition.NOT_ALSO_IN:
            words = f"Does not also have the seat “{row.other_seat}”"
        case Condition.LONGEST_SERVICE:
            words = f"Has served no longer than {months_words(row.months or 0)}"
        case Condition.NOT_PAID_FROM:
            words = f"Is not paid from {uncapital(row.get_funding_kind_display())}"
        case _:
            words = Condition(row.condition).label
    return f"{words} (seat “{row.seat}”)" if row.seat else words


def drawn_from_words(seat: Seat) -> str:
    """Whom a seat is for: "holders of the role PCN Clinical Director", "a GP federation", "people with experience"."""
    if seat.drawn_from == DrawnFrom.ROLE_TYPE and seat.role_type:
        return seat.role_type.plural
    if seat.drawn_from == DrawnFrom.KIND:
        return f"any {uncapital(seat.get_organisation_kind_display())}"
    if seat.drawn_from == DrawnFrom.ORGANISATION and seat.organisation:
        return seat.organisation.name
    if seat.drawn_from == DrawnFrom.GROUP and seat.group:
        return f"members of {seat.group.name}"
    return DrawnFrom.EXPERIENCE.label


def months_words(months: int) -> str:
    """A length of time as terms put it.

    >>> months_words(36), months_words(12), months_words(18)
    ('3 years', '1 year', '18 months')
    """
    years, rest = divmod(months, 12)
    return count_words(months, "month") if rest or not years else count_words(years, "year")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def uncapital(words: str) -> str:
    """Small first letter, except of what is written in capitals: "place", "NHS trust"."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


# --- what changed


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
    for name, words in _facts(terms):
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


def _clause_changes(old: list[Clause], new: list[Clause]) -> tuple[list[ClauseChange], int]:
    """The clauses that changed, and how many stand word for word."""
    pairs = _paired(
        old,
        new,
        lambda a, b: a.text.strip() == b.text.strip() and a.number == b.number,
        lambda a, b: a.text.strip() == b.text.strip(),
        lambda a, b: a.number == b.number and _likeness(a.text, b.text) >= ALIKE_UNDER_ONE_NUMBER,
        lambda a, b: _likeness(a.text, b.text) >= ALIKE,
    )
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
            found.append(SeatChange(b.title, f"added: {_seat_in_words(b)}"))
        elif b is None and a:
            found.append(SeatChange(a.title, f"removed: {_seat_in_words(a)}"))
        elif a and b and (notes := _seat_differences(a, b)):
            found.append(SeatChange(b.title, "; ".join(notes)))
    return found


def _seat_in_words(seat: Seat) -> str:
    vote = ", voting" if seat.voting else ""
    category = uncapital(seat.get_category_display())
    each = " each" if seat.each else ""
    return f"{count_words(seat.number, 'seat')}{each}, {category}{vote}, for {drawn_from_words(seat)}"


def _seat_differences(a: Seat, b: Seat) -> list[str]:
    notes = []
    if a.title.casefold() != b.title.casefold():
        notes.append(f"was called “{a.title}”")
    if a.number != b.number:
        notes.append(f"{count_words(b.number, 'seat')} instead of {a.number}")
    if a.each != b.each:
        notes.append("now for each of them" if b.each else "now for all of them together")
    if a.category != b.category:
        notes.append(f"{uncapital(b.get_category_display())} instead of {uncapital(a.get_category_display())}")
    if a.voting != b.voting:
        notes.append("now with a vote" if b.voting else "now without a vote")
    if drawn_from_words(a) != drawn_from_words(b):
        notes.append(f"for {drawn_from_words(b)} instead of {drawn_from_words(a)}")
    return notes
