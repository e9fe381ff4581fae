"""What the cells of a row mean, as people type them: names, roles, dates, organisations, sessions, money.

Pure functions that ask no database. What a cell names (an organisation, a role, a person) stays words here; which
record of the register is meant is left to the import. How each sort of value is typed stands in the `typed_` modules,
what a reading is in `reading`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ics_leadership.typed_dates import NotRead, parse_end, parse_start
from memberships.models import HowAppointed
from memberships.spreadsheets import typed_values
from memberships.spreadsheets.columns import BY_KEY, LEFT_ALONE, Column, ListKind, Means, repeats_headings
from memberships.spreadsheets.holding import Beside, roles_held
from memberships.spreadsheets.measured import NOT_WORKED_OUT
from memberships.spreadsheets.reading import Held, NamedOrganisation, Problem, Reading
from memberships.spreadsheets.typed_names import VACANT, is_vacant, parse_name
from memberships.spreadsheets.typed_roles import parse_aside, parse_how

__all__ = ["Held", "NamedOrganisation", "Problem", "Reading", "is_month_first", "read_row", "shown"]

# What people put into a cell that has nothing to say; names and titles may be as short as these.
BLANKS = frozenset(["-", "–", "—", ".", "n/a", "tbc", "tba", "nil"])
NAME_KEYS = ("title", "given_names", "family_name")

ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"])

# Days since the end of 1899, as Excel counts them: from 1927 to 2119.
SERIALS = range(10_000, 80_000)
DAY_NOUGHT = datetime.date(1899, 12, 30)


def read_row(
    kind: ListKind,
    mapping: Mapping[int, str],
    cells: Sequence[object],
    number: int,
    *,
    day_first: bool = True,
    role: str = "",
) -> Reading:
    """What row `number` (as the spreadsheet counts, from 1) says, its columns mapped as `columns.match_columns` gives it.

    `role` is what people hold of whom no cell says it (see `typed_roles.role_of_heading`). Every cell is read, and every
    problem told at once. Raises nothing for what a cell holds.
    """
    return _Row(kind, mapping, cells, number, day_first, role).reading()


# The database keeps no noughts in text, and marks without any width tell apart what looks the same.
_NOTHING = dict.fromkeys(map(ord, "\0\u200b\u2060\ufeff"))


def shown(value: object) -> str:
    """A cell as it is shown to people and kept in JSON: a day in words, a whole number without its point.

    >>> shown(datetime.date(2019, 4, 1)), shown(2.0), shown(None), shown(True), shown(" CD ")
    ('1 April 2019', '2', '', 'Yes', 'CD')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.date):
        return f"{value.day} {value:%B} {value.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).translate(_NOTHING).replace("\r\n", "\n").strip()


def as_read(text: str) -> str:
    """What a text of the register reads as, once a list has written it into a cell.

    >>> as_read("n/a"), as_read(" two\\r\\nlines "), as_read("Minutes of 4 May")
    ('', 'two\\nlines', 'Minutes of 4 May')
    """
    said = shown(text)
    return "" if said.lower() in BLANKS else said


_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})")


def is_month_first(columns: Sequence[Sequence[object]]) -> bool:
    """Whether the dates typed in those columns put the month first: some only make sense so, none only the other way."""
    found = [_MONTH_FIRST.fullmatch(shown(cell)) for column in columns for cell in column]
    pairs = [(int(each[1]), int(each[2])) for each in found if each]
    return any(second > 12 for _, second in pairs) and all(first <= 12 for first, _ in pairs)


def date_words(value: object) -> str:
    """A date's cell in words, numbers that are a spreadsheet's days as the days that they are.

    >>> date_words(43556), date_words("43556"), date_words(2019), date_words("Apr 19")
    ('1 April 2019', '1 April 2019', '2019', 'Apr 19')
    """
    said = shown(value)
    if said.isascii() and said.isdigit() and len(said) == 5 and int(said) in SERIALS:
        return shown(DAY_NOUGHT + datetime.timedelta(days=int(said)))
    if isinstance(value, float) and SERIALS.start <= value < SERIALS.stop:
        return shown(DAY_NOUGHT + datetime.timedelta(days=int(value)))
    return said


def column_letters(place: int) -> str:
    """What a spreadsheet calls its column, counted from 0.

    >>> column_letters(0), column_letters(25), column_letters(26), column_letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = f"{chr(65 + letter)}{letters}"
    return letters


class _Row:
    """One row while it is read: its cells by key, and what was found in them so far."""

    def __init__(
        self,
        kind: ListKind,
        mapping: Mapping[int, str],
        cells: Sequence[object],
        number: int,
        day_first: bool,
        role: str,
    ) -> None:
        self.kind = kind
        self.number = number
        self.day_first = day_first
        self.columns = BY_KEY[kind]
        self.places = {key: place for place, key in mapping.items() if key in self.columns}
        self.cells = {key: cells[place] if place < len(cells) else None for key, place in self.places.items()}
        self.values: dict[str, Any] = {}
        self.beside = Beside(role)
        self.vacant = False
        self.problems: list[Problem] = []

    def reading(self) -> Reading:
        said = {key: self._said(key) for key in self.places}
        has_words = any(words for key, words in said.items() if self.columns[key].means != Means.ID)
        if not has_words or repeats_headings(self.kind, said):
            for key in self.places:
                self._blank(self.columns[key])
            return Reading(self.values)
        for key, words in said.items():
            column = self.columns[key]
            if words in LEFT_ALONE:
                continue
            if words in ERRORS or words == NOT_WORKED_OUT:
                self._problem(key, *_why_an_error(words))
            elif not words:
                self._blank(column)
            else:
                self._attempt(column, words)
        held = self._held(said.get("role", "")) if self.kind == ListKind.PEOPLE else ()
        self._miss_what_is_required()
        return Reading(self.values, held, self.vacant, tuple(self.problems))

    def _said(self, key: str) -> str:
        means = self.columns[key].means
        words = (
            date_words(self.cells[key]) if means in (Means.START, Means.END, Means.ELECTED) else shown(self.cells[key])
        )
        return "" if words.lower() in BLANKS and key not in NAME_KEYS else words

    def _attempt(self, column: Column, words: str) -> None:
        try:
            self._read(column, words)
        except NotRead as refused:
            self._problem(column.key, refused.why, refused.would_do)

    def _problem(self, key: str, why: str, would_do: str) -> None:
        place = self.places.get(key)
        cell = f"row {self.number}" if place is None else f"{column_letters(place)}{self.number}"
        self.problems.append(Problem(key, cell, why, would_do))

    def _blank(self, column: Column) -> None:
        if column.means == Means.NAME and column.key == "name":
            for key in NAME_KEYS:
                self.values.setdefault(key, None)
        elif column.means not in (Means.TERM, Means.ELECTED) and column.key != "constituency":
            self.values.setdefault(column.key, None)

    def _read(self, column: Column, words: str) -> None:
        """Take one cell in. Raises NotRead."""
        key = column.key
        match column.means:
            case Means.NAME if key == "name":
                self._name(words)
            case Means.TEXT if key == "family_name" and self.kind == ListKind.SEATS and words == VACANT:
                self.vacant, self.values[key] = True, None
            case Means.NAME:
                self.values[key] = " ".join(words.split())
            case Means.START | Means.END if self.kind == ListKind.PEOPLE and re.search(r"[;\n]", words):
                parse = parse_start if column.means == Means.START else parse_end
                parts = re.split(r"\s*[;\n]\s*", words)
                dates = [parse(part, day_first=self.day_first) if part else None for part in parts]
                setattr(self.beside, f"{key}s", dates)
            case Means.START:
                self.values[key] = parse_start(words, day_first=self.day_first)
            case Means.END:
                self.values[key] = parse_end(words, day_first=self.day_first)
            case Means.TERM:
                start, end = typed_values.term(words, day_first=self.day_first)
                self._unless_said(start=start, end=end)
            case Means.HOW:
                how = parse_how(words, day_first=self.day_first)
                self.values[key] = how.how or None
                self._unless_said(start=how.start)
                self._more_evidence(how.evidence)
            case Means.ELECTED:
                self._elected(words)
            case Means.TEXT if key == "constituency":
                plain = words if words.lower().startswith(("constituency", "ward")) else f"Constituency {words}"
                self._more_evidence(plain)
            case Means.TEXT if key == "evidence":
                self.beside.evidence.insert(0, words)
                self.values[key] = words
            case _:
                self.values[key] = self._value(column, words)

    def _value(self, column: Column, words: str) -> Any:
        if column.means == Means.CHOICE:
            assert column.choices is not None
            return typed_values.choice(words, column.choices)
        readers: Mapping[Means, Callable[[str], Any]] = {
            Means.EMAIL: typed_values.email,
            Means.REGISTRATION: typed_values.registration,
            Means.NUMBER: typed_values.sessions,
            Means.MONEY: typed_values.money,
            Means.YES_NO: typed_values.yes_or_no,
            Means.ORGANISATION: typed_values.organisation,
            Means.ID: typed_values.number_of_a_record,
        }
        return readers.get(column.means, str)(words)

    def _unless_said(self, **told: Any) -> None:
        """Take in what a cell tells beside its own meaning, where no cell of its own says it."""
        for key, value in told.items():
            has_cell = key in self.places and self._said(key)
            if value and self.values.get(key) is None and not has_cell:
                self.values[key] = value

    def _more_evidence(self, words: str) -> None:
        if words:
            self.beside.evidence.append(words)

    def _elected(self, words: str) -> None:
        try:
            elected = typed_values.yes_or_no(words)
        except NotRead:
            how = parse_how(
                words if words.lower().startswith(("elected", "re-elected")) else f"elected {words}",
                day_first=self.day_first,
            )
            self._unless_said(start=how.start)
            self._more_evidence(how.evidence)
            elected = True
        if elected:
            self._unless_said(how=HowAppointed.ELECTED.value)

    def _name(self, words: str) -> None:
        if is_vacant(words):
            self.vacant = True
            return
        name = parse_name(words)
        self.values.update(title=name.title or None, given_names=name.given_names or None, family_name=name.family_name)
        for aside in name.asides:
            self._aside(aside)

    def _aside(self, aside: str) -> None:
        """What stands in brackets after a name: a profession, a date, how somebody was appointed, or a role."""
        try:
            said = self._value(BY_KEY[ListKind.PEOPLE]["profession"], aside)
        except NotRead:
            told = parse_aside(aside, day_first=self.day_first)
            if told is None:
                raise NotRead(
                    f"“{aside[:40]}” beside the name is not understood.",
                    "Leave a profession there, and put everything else into a column of its own.",
                ) from None
            self._unless_said(start=told.start or told.how.start, end=told.end, how=told.how.how)
            self._more_evidence(told.how.evidence)
            self.beside.role = told.role or self.beside.role
        else:
            self._unless_said(profession=said)

    def _held(self, role: str) -> tuple[Held, ...]:
        try:
            held = roles_held(role, self.values, self.beside, day_first=self.day_first)
        except NotRead as refused:
            self._problem("role", refused.why, refused.would_do)
            return ()
        return held

    def _miss_what_is_required(self) -> None:
        has_number = any(
            self.columns[key].means == Means.ID and value is not None
            for key, value in self.values.items()
            if key in self.columns
        )
        troubled = {problem.column for problem in self.problems}
        for column in self.columns.values():
            key = "family_name" if column.key == "name" and column.means == Means.NAME else column.key
            named = self.places.keys() & {column.key, key}
            said = self.values.get(key) is not None or (self.vacant and column.means == Means.NAME)
            if column.required and not said and not troubled & {column.key, key} and (named or not has_number):
                self._problem(
                    next(iter(named), column.key),
                    f"The row says nothing under “{column.heading}”.",
                    f"Fill it in: {column.meaning[:1].lower()}{column.meaning[1:]}",
                )


def _why_an_error(words: str) -> tuple[str, str]:
    if words == NOT_WORKED_OUT:
        return (
            "The cell holds a formula that was never worked out.",
            "Open the workbook in your spreadsheet program, save it, and choose it again.",
        )
    return f"The cell shows an error of a formula, {words}.", "Put the formula right, or type the value itself."
