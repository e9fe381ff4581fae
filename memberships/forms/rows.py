"""Forms with rows of the same fields: clauses, seats, networks that merge. Rows are added and taken out as one likes.

A row's fields are fields of the form, called by the kind of row, its number and their own name (`clause_3_text`). Which
rows there are, and in what order, travels in a field of its own, so that it works the same with and without scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.http import QueryDict

from memberships.flows import ChangeForm

MOST_ROWS = 200


@dataclass(frozen=True)
class RowKind:
    """A kind of row: the fields of each, and the sentences for those that every row needs which says anything at all.

    `more` are the fields that are seldom filled in, under the heading `more_called`; `hidden` those that nobody sees; what `blank` gives a new row is
    nothing that somebody said.
    """

    name: str
    noun: str
    title: str
    fields: Mapping[str, Callable[[], forms.Field]]
    hint: str = ""
    required: Mapping[str, str] = field(default_factory=dict)
    more: Sequence[str] = ()
    more_called: str = "More"
    hidden: Sequence[str] = ()
    blank: Mapping[str, str] = field(default_factory=dict)
    at_first: int = 1


@dataclass(frozen=True)
class Row:
    """One row as the page shows it: its number in the names of its fields, its place among the others."""

    kind: RowKind
    number: int
    place: int
    form: RowsForm
    has_focus: bool

    def bound(self, names: Sequence[str]) -> list[forms.BoundField]:
        return [self.form[name_in_row(self.kind.name, self.number, name)] for name in names]

    @property
    def hidden(self) -> list[forms.BoundField]:
        return self.bound(self.kind.hidden)

    @property
    def needed(self) -> list[forms.BoundField]:
        aside = {*self.kind.more, *self.kind.hidden}
        return self.bound([name for name in self.kind.fields if name not in aside])

    @property
    def optional(self) -> list[forms.BoundField]:
        return self.bound(self.kind.more)

    @property
    def is_open(self) -> bool:
        """Whether what is seldom filled in shows at once."""
        return any(bound.errors or any(_said(bound.value())) for bound in self.optional)


@dataclass(frozen=True)
class Rows:
    """All rows of a kind, and the field that says which there are."""

    kind: RowKind
    rows: Sequence[Row]
    numbers: forms.BoundField


def name_in_row(kind: str, number: int, name: str) -> str:
    """What a field of a row is called in the form."""
    return f"{kind}_{number}_{name}"


def _said(value: Any) -> list[Any]:
    """What of a field's value somebody said."""
    parts = value if isinstance(value, tuple) else (value,)
    return [part for part in parts if part not in (None, "", False)]


class RowsForm(ChangeForm):
    """A form with rows. `initial` gives the rows at first under the name of their kind, as dicts."""

    def kinds_of_rows(self) -> Sequence[RowKind]:
        raise NotImplementedError

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.row_kinds = {kind.name: kind for kind in self.kinds_of_rows()}
        self.numbers: dict[str, list[int]] = {}
        for kind in self.row_kinds.values():
            first = self.initial.get(kind.name) or [kind.blank] * kind.at_first
            numbers = numbers_sent(cast(QueryDict, self.data), kind.name) if self.is_bound else list(range(len(first)))
            self.numbers[kind.name] = numbers
            self.fields[f"{kind.name}_rows"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial[f"{kind.name}_rows"] = ",".join(map(str, numbers))
            for number in numbers:
                for name, make in kind.fields.items():
                    made = make()
                    made.required = False
                    self.fields[name_in_row(kind.name, number, name)] = made
                    if not self.is_bound:
                        self.initial.setdefault(name_in_row(kind.name, number, name), first[number].get(name))

    def _row_fields(self) -> set[str]:
        return {
            *(f"{name}_rows" for name in self.row_kinds),
            *(
                name_in_row(kind.name, number, name)
                for kind in self.row_kinds.values()
                for number in self.numbers[kind.name]
                for name in kind.fields
            ),
        }

    @property
    def needed(self) -> list[forms.BoundField]:
        aside = self._row_fields()
        return [bound for bound in super().needed if bound.name not in aside]

    @property
    def all_rows(self) -> list[Rows]:
        """Every kind of row with its rows, for the page."""
        focus = self.data.get("focus", "") if self.is_bound else ""
        return [
            Rows(
                kind,
                [
                    Row(kind, number, place, self, has_focus=focus == f"{kind.name}:{number}")
                    for place, number in enumerate(self.numbers[kind.name], start=1)
                ],
                self[f"{kind.name}_rows"],
            )
            for kind in self.row_kinds.values()
        ]

    def clean(self) -> dict[str, Any]:
        """What was typed, with the rows that say anything under the name of their kind, each with its `row` number."""
        data = super().clean() or {}
        for kind in self.row_kinds.values():
            rows = []
            for number in self.numbers[kind.name]:
                named = {name: name_in_row(kind.name, number, name) for name in kind.fields}
                typed = {name: data.get(each) for name, each in named.items()}
                if not self._says_anything(kind, named):
                    continue
                for name, sentence in kind.required.items():
                    if typed[name] in (None, "") and named[name] not in self.errors:
                        self.add_error(named[name], sentence)
                rows.append(typed | {"row": number})
            data[kind.name] = rows
        return data

    def _says_anything(self, kind: RowKind, named: Mapping[str, str]) -> bool:
        return any(
            _said(value) and str(value) != kind.blank.get(name, "")
            for name, each in named.items()
            if name not in kind.hidden and not isinstance(self.fields[each], forms.BooleanField)
            for value in [self[each].value()]
        )


def numbers_sent(data: QueryDict, kind: str) -> list[int]:
    """The numbers of the rows of a kind that were sent, in their order."""
    return _numbers(data.get(f"{kind}_rows", ""))


def _numbers(text: str) -> list[int]:
    """The numbers in a list that was sent, each once: those that are none are left out."""
    found = [int(part) for part in text.split(",") if part.isdecimal() and len(part) < 6]
    return list(dict.fromkeys(found))[:MOST_ROWS]


def with_row_changed(data: QueryDict, asked: str, kinds: Mapping[str, RowKind]) -> QueryDict:
    """The data of a form after somebody pressed a button of a row: "clause:add:3" adds one below it, "clause:remove:3"
    takes it out. What was typed elsewhere stays.
    """
    changed = data.copy()
    name, _, rest = asked.partition(":")
    what, _, at = rest.partition(":")
    if name not in kinds:
        return changed
    numbers = numbers_sent(data, name)
    place = numbers.index(int(at)) if at.isdecimal() and int(at) in numbers else len(numbers) - 1
    if what == "add":
        new = max(numbers, default=-1) + 1
        numbers.insert(place + 1, new)
        for key, value in kinds[name].blank.items():
            changed[name_in_row(name, new, key)] = value
        changed["focus"] = f"{name}:{new}"
    elif what == "remove" and numbers:
        del numbers[place]
        if numbers:
            changed["focus"] = f"{name}:{numbers[max(place - 1, 0)]}"
    changed[f"{name}_rows"] = ",".join(map(str, numbers))
    return changed
