"""The versions of a group's terms of reference as pages show them: on the group's page, each as a document, two compared."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ics_leadership.words import period_words
from memberships.models import Clause, Terms, Topic
from memberships.presenters.reasons import clause_anchor, terms_address, terms_words, version_words
from memberships.presenters.terms import (
    SeatRow,
    capital,
    condition_sentence,
    facts_of,
    seat_in_words,
    seat_row,
    uncapital,
)
from memberships.presenters.terms_changes import Changes, changes


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
    def address(self) -> str:
        """Where it stands as a document."""
        return terms_address(self.row)

    @property
    def compare(self) -> str:
        """Where it is compared with the version before it."""
        return reverse("compare-terms", args=[self.row.group.slug, self.row.pk])

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
        name=capital(version_words(terms)),
        when=period_words(terms, on),
        in_force=terms.holds(on),
        purpose=terms.purpose,
        facts=facts_of(terms),
        seats=[seat_row(seat) for seat in terms.seats.all()],
        clauses=list(terms.clauses.all()),
        source=terms.source,
        before=version_words(before) if before else "",
        changes=changes(before, terms) if before else None,
    )


# --- a version as a document


@dataclass(frozen=True)
class ClauseShown:
    """A clause with the anchor that leads to it, and what the register reads out of it: sentences."""

    number: str
    anchor: str
    text: str
    read_as: list[str]


@dataclass(frozen=True)
class Document:
    """A version as a committee would print it. `facts` are term, text, and the number of the clause that says it."""

    row: Terms
    name: str
    when: str
    in_force: bool
    purpose: str
    clauses: list[ClauseShown]
    facts: list[tuple[str, str, str]]
    seats: list[SeatRow]
    conditions: list[tuple[str, str]]
    source: Any


def document(terms: Terms, on: datetime.date) -> Document:
    """A version, its clauses each with what the register reads out of it."""
    clauses = list(terms.clauses.all())
    by_topic = {clause.about: clause.number for clause in reversed(clauses) if clause.about}
    seats, conditions = list(terms.seats.all()), list(terms.eligibilities.all())
    facts = [(name, text, by_topic.get(TOPICS.get(name, ""), "")) for name, text in facts_of(terms, conditions=False)]
    return Document(
        row=terms,
        name=terms_words(terms),
        when=period_words(terms, on),
        in_force=terms.holds(on),
        purpose=terms.purpose,
        clauses=[
            ClauseShown(
                clause.number,
                clause_anchor(clause),
                clause.text,
                [
                    *(f"{name}: {uncapital(text)}" for name, text, number in facts if number == clause.number),
                    *(f"Seat “{seat.title}”: {seat_in_words(seat)}" for seat in seats if seat.clause_id == clause.pk),
                    *(condition_sentence(each) for each in conditions if each.clause_id == clause.pk),
                ],
            )
            for clause in clauses
        ],
        facts=facts,
        seats=[seat_row(seat) for seat in seats],
        conditions=[(condition_sentence(each), each.clause.number if each.clause else "") for each in conditions],
        source=terms.source,
    )


TOPICS: Mapping[str, Topic] = {
    "What the group is": Topic.NATURE,
    "How it decides": Topic.DECISION,
    "Quorum": Topic.QUORUM,
    "A member’s term": Topic.TERM,
    "In a row": Topic.TERM,
    "The chair is chosen": Topic.CHAIR,
    "Register of interests": Topic.INTERESTS,
    "Published": Topic.PUBLICATION,
    "To be reviewed": Topic.REVIEW,
}
"""Which clause says a fact of a version, by the heading of the fact: the one that is about this."""


def named(terms: Terms, on: datetime.date) -> str:
    """A version among others: "Version 2, since 1 April 2024"."""
    return f"{capital(version_words(terms))}, {period_words(terms, on)}"
