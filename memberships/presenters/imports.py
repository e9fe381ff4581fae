"""Words and rows for the pages of an import: the list of imports, the groups of rows, each row with its questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from ics_leadership.restoring import Resting
from ics_leadership.words import day_words
from memberships.models import ImportedRow, Person, SpreadsheetImport, Stage, Verdict
from memberships.presenters.history import history_address
from memberships.presenters.reasons import Piece
from memberships.spreadsheets.columns import COLUMNS, ListKind, column
from memberships.spreadsheets.verdicts import LEFT_OUT
from memberships.spreadsheets.verdicts.persons import describe

# --- the list of imports


@dataclass(frozen=True)
class Line:
    """One import in the list of them; `tag` is how it stands, `kind` how that is coloured."""

    name: str
    href: str
    who: str
    when: str
    stands: str
    kind: str


_KINDS = {
    Stage.PREVIEWED: "soon",
    Stage.APPLIED: "general-practice",
    Stage.FAILED: "vacant",
}


def line(this: SpreadsheetImport) -> Line:
    """An import as `views.imports.imports_seen` gives it."""
    uploaded = timezone.localtime(this.uploaded_at)
    return Line(
        name=this.name,
        href=reverse("import", args=[this.pk]),
        who=str(this.by),
        when=f"{day_words(uploaded.date())}, {uploaded:%H:%M}",
        stands=stands(this),
        kind="ended" if this.is_undone else _KINDS.get(Stage(this.stage), "ended"),  # type: ignore[attr-defined]
    )


def stands(this: SpreadsheetImport) -> str:
    """How an import stands: "To be checked"."""
    words = "undone" if this.is_undone else this.get_stage_display()  # type: ignore[attr-defined]
    return f"{words[0].upper()}{words[1:]}"


# --- columns


def missing(kind: ListKind, keys: set[str]) -> list[str]:
    """The headings of columns that a list of that kind needs, and that no column of the sheet was taken for."""
    has_name = {"name", "family_name"} & keys
    return [
        each.heading
        for each in COLUMNS[kind]
        if each.required and each.key not in keys and not (each.key == "name" and has_name)
    ]


# --- groups of rows


@dataclass(frozen=True)
class Group:
    """Rows that are alike to the register: what they are called, what that means, how many there are."""

    name: str
    label: str
    means: str
    condition: Q
    count: int
    kind: str = ""

    @property
    def number(self) -> str:
        """The count as people write it."""
        return f"{self.count:,}"


BROUGHT_IN = "brought-in"
WRITTEN = ("new", "changes")
NOT_WRITTEN = ("left-out", "close", "unreadable", "held")

_LEFT_OUT = Q(decision__has_key=LEFT_OUT)
_GROUPS = (
    ("changed", "Changed since", "something else to the register than when this was confirmed", Q(judgement__changed=True), "soon"),
    ("unreadable", "Cannot be read", "a cell that has to be corrected in the spreadsheet", Q(verdict=Verdict.UNREADABLE) & ~_LEFT_OUT, "vacant"),
    ("close", "Close match", "something that you have to choose", Q(verdict=Verdict.CLOSE) & ~_LEFT_OUT, "soon"),
    ("new", "New", "something that the register does not have", Q(verdict=Verdict.NEW) & ~_LEFT_OUT, "general-practice"),
    ("changes", "Changes", "something that the register has otherwise", Q(verdict=Verdict.CHANGES) & ~_LEFT_OUT, "system"),
    ("held", "Already held", "nothing that the register does not have", Q(verdict=Verdict.HELD) & ~_LEFT_OUT, "ended"),
    ("left-out", "Left out", "rows that you left out", _LEFT_OUT, "ended"),
    (BROUGHT_IN, "Brought in", "rows that change the register", Q(judgement__brought_in=True), ""),
)  # fmt: skip


def groups(this: SpreadsheetImport) -> list[Group]:
    """The groups of an import's rows, empty ones too, in one query."""
    counts = this.rows.aggregate(**{f"n{place}": Count("pk", filter=each[3]) for place, each in enumerate(_GROUPS)})
    return [Group(*each[:4], counts[f"n{place}"], each[4]) for place, each in enumerate(_GROUPS)]


# --- one row


@dataclass(frozen=True)
class Answer:
    value: str
    name: str
    description: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class Asked:
    """A question about a row and its answers; `offers_search` where anybody of the register may be the answer."""

    about: str
    asks: str
    answers: Sequence[Answer]
    is_answered: bool
    offers_search: bool


@dataclass(frozen=True)
class LookedFor:
    """Whom an editor looked for by name, and who was found."""

    typed: str
    people: Sequence[Person]


@dataclass(frozen=True)
class Shown:
    """A row as the preview shows it."""

    number: int
    title: str
    href: str
    verdict: str
    label: str
    kind: str
    added: Sequence[str]
    edits: Sequence[Mapping[str, str]]
    notes: Sequence[str]
    problems: Sequence[Mapping[str, str]]
    asked: Sequence[Asked]
    cells: Sequence[tuple[str, str]]
    is_left_out: bool
    is_changed: bool
    looked_for: LookedFor | None


_LOOKS = {Verdict(value): kind for value, kind in (("new", "general-practice"), ("held", "ended"), ("changes", "system"), ("close", "soon"), ("unreadable", "vacant"))}  # fmt: skip


def headings(this: SpreadsheetImport) -> list[tuple[int, str]]:
    """The places of a sheet that are read, with the register's word for each."""
    places = this.columns.get("places", {})
    return [(int(place), column(ListKind(this.kind), key).heading) for place, key in places.items()]


def row(this: ImportedRow, columns: Sequence[tuple[int, str]], looked_for: LookedFor | None = None) -> Shown:
    """A row with its questions; `columns` comes from `headings`, `looked_for` whom an editor looks for for it."""
    judged, is_left_out = this.judgement, LEFT_OUT in this.decision
    cells = [(heading, this.cells[place]) for place, heading in columns if this.cells[place]]
    verdict = Verdict(this.verdict)
    return Shown(
        number=this.number,
        title=judged["title"] or (cells[0][1] if cells else ""),
        href=judged["address"],
        verdict=this.verdict,
        label="Left out" if is_left_out else verdict.label,
        kind="ended" if is_left_out else _LOOKS[verdict],
        # What a row would bring says nothing for as long as it cannot come in.
        added=judged["added"] if verdict == Verdict.NEW else [],
        edits=judged["edits"] if verdict in (Verdict.NEW, Verdict.CHANGES) else [],
        notes=judged["notes"],
        problems=this.problems,
        asked=[_asked(each, this.decision, looked_for) for each in _questions(judged)],
        cells=cells,
        is_left_out=is_left_out,
        is_changed=judged.get("changed", False),
        looked_for=looked_for,
    )


def _questions(judged: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*judged["questions"], *judged["answered"]]


def _asked(question: Mapping[str, Any], decision: Mapping[str, str], looked_for: LookedFor | None) -> Asked:
    about = question["about"]
    chosen = decision.get(about, "")
    options = [*question["options"]]
    offered = {each["value"] for each in options}
    if about == "person" and looked_for:
        more = [each for each in looked_for.people if str(each.pk) not in offered]
        options[-1:-1] = [
            {
                "value": str(each.pk),
                "name": each.name,
                "description": describe(each),
                "address": each.get_absolute_url(),
            }
            for each in more
        ]
    answers = [
        Answer(each["value"], each["name"], each["description"], each["address"], each["value"] == chosen)
        for each in options
    ]
    return Asked(about, question["asks"], answers, bool(chosen), about == "person")


def answers(this: ImportedRow) -> dict[str, set[str]]:
    """What can be decided of a row, and the answers that were offered."""
    offered = {each["about"]: {option["value"] for option in each["options"]} for each in _questions(this.judgement)}
    return offered | {LEFT_OUT: {"yes"}}


def decided(this: ImportedRow, about: str, answer: str) -> str:
    """What was decided, for whoever decided it."""
    if about == LEFT_OUT:
        return f"Row {this.number} is left out." if answer else f"Row {this.number} is back."
    return f"Row {this.number}: noted." if answer else f"Row {this.number}: taken back."


def query_of(data: QueryDict) -> str:
    """The part of the preview to come back to after a decision."""
    kept = QueryDict(mutable=True)
    for name in ("show", "page"):
        if data.get(name):
            kept[name] = str(data[name])
    return f"?{kept.urlencode()}" if kept else ""


def resting(found: Iterable[Resting]) -> list[Piece]:
    """What stands in the way of undoing, each leading to its history."""
    return [Piece(str(each), history_address(each.model, each.id)) for each in found]
