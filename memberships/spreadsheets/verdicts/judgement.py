"""What a row is to the register, as it is found out: what it would write, what has to be chosen, what cannot be read."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from ics_leadership.periods import today
from memberships.models import Verdict
from memberships.spreadsheets.cells import Problem, Reading, column_letters
from memberships.spreadsheets.columns import ListKind

LEFT_OUT = "left out"
"""What an editor may decide of any question: that the row is not brought in."""

NEW = "new"
"""The answer that what the row names is not in the register yet."""


@dataclass(frozen=True)
class Known:
    """A record of the register that a step refers to."""

    model: type[Model]
    pk: int


@dataclass(frozen=True)
class Made:
    """What an earlier step of the same import makes, by its key."""

    key: str


@dataclass(frozen=True)
class Step:
    """One action that bringing a row in takes, by its name in `carrying_out`, with its facts.

    What several rows need made is made once: by the first step with that key in `makes`.
    """

    action: str
    facts: Mapping[str, Any]
    makes: str = ""


@dataclass(frozen=True)
class Edit:
    """A change to one cell: whose column, from what, to what, in the words that a list would have."""

    what: str
    former: str
    new: str


@dataclass(frozen=True)
class Option:
    """One answer to a question, with enough to tell it from its namesakes. `same`: somebody of the very name asked about."""

    value: str
    name: str
    description: str = ""
    address: str = ""
    same: bool = False


@dataclass(frozen=True)
class Question:
    """What only an editor can say. The same `about` in other rows asks the same, unless it is about a person."""

    about: str
    asks: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Row:
    """A row on its way: its number in the sheet, what it says, what was decided, where its columns stand, and the day on
    which the sheet came, as at which it is true.
    """

    number: int
    reading: Reading
    decision: Mapping[str, str]
    kind: ListKind
    mapping: Mapping[int, str]
    day: datetime.date = field(default_factory=today)

    def says(self, key: str) -> bool:
        """Whether the sheet has that column at all."""
        return key in self.reading.values

    def value(self, key: str) -> Any:
        return self.reading.values.get(key)

    def cell(self, key: str) -> str:
        """Which cell holds a column's value: "C14"; "row 14" where it stands in none of its own."""
        place = next((place for place, each in self.mapping.items() if each == key), None)
        return f"{column_letters(place)}{self.number}" if place is not None else f"row {self.number}"


@dataclass
class Judgement:
    """What is known of a row when it has been judged.

    `title` says whom or what it is about, `alike` is what rows share that have to be judged together. `added` says in
    words what would be new, `edits` what would change; `steps` is what would be done. Nothing is done while there are
    questions or problems.
    """

    row: Row
    title: str = ""
    address: str = ""
    alike: str = ""
    added: list[str] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    answered: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        if self.problems:
            return Verdict.UNREADABLE
        if self.questions:
            return Verdict.CLOSE
        if self.added:
            return Verdict.NEW
        return Verdict.CHANGES if self.edits else Verdict.HELD

    @property
    def is_left_out(self) -> bool:
        return self.row.decision.get(LEFT_OUT) == "yes"

    @property
    def is_brought_in(self) -> bool:
        """Whether confirming would write something for this row."""
        return bool(self.steps) and self.verdict in (Verdict.NEW, Verdict.CHANGES) and not self.is_left_out

    def refuse(self, key: str, why: str, would_do: str) -> None:
        """Note that a cell cannot be taken as it stands."""
        self.problems.append(Problem(column=key, cell=self.row.cell(key), why=why, would_do=would_do))

    def ask(self, about: str, asks: str, options: Sequence[Option]) -> str | None:
        """What was decided of a question; None when it has still to be asked, which is then noted."""
        question = Question(about, asks, options)
        decided = self.row.decision.get(about)
        if decided is None:
            self.questions.append(question)
        else:
            self.answered.append(question)
        return decided

    def check(self, row: Model, columns: Mapping[str, str]) -> None:
        """Hold a record that would be written to what its fields allow. `columns`: the column of each field to check."""
        try:
            row.clean_fields(exclude={each.name for each in row._meta.fields} - set(columns))
        except ValidationError as refusal:
            for name, sentences in refusal.message_dict.items():
                self.refuse(columns[name], " ".join(sentences), "Correct the cell.")

    def edit(self, what: str, former: object, new: object) -> None:
        self.edits.append(Edit(what, str(former), str(new)))

    def do(self, action: str, makes: str = "", **facts: Any) -> None:
        self.steps.append(Step(action, facts, makes))

    def as_json(self) -> dict[str, Any]:
        """The judgement as a page shows it, and a sign of what it would do, to tell whether that is still so."""
        shown = {
            "title": self.title,
            "address": self.address,
            "alike": self.alike,
            "added": self.added,
            "edits": [asdict(each) for each in self.edits],
            "notes": self.notes,
            "questions": [asdict(each) for each in self.questions],
            "answered": [asdict(each) for each in self.answered],
            "brought_in": self.is_brought_in,
        }
        steps = [(each.action, sorted(each.facts.items()), each.makes) for each in self.steps]
        does = repr((self.verdict, self.edits, steps))
        return shown | {"sign": hashlib.sha256(does.encode()).hexdigest()[:16]}
