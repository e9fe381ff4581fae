"""What the cells of a row mean, as people type them: names, roles, dates, organisations, sessions, money.

Pure functions that ask no database. What a cell names (an organisation, a role, a person) stays words here; which
record of the register is meant is left to the import.

A reading is kept as JSON between the preview and the confirmation: `Reading.as_json` and `Reading.from_json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ics_leadership.periods import PartialDate
from memberships.spreadsheets.columns import ListKind


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read: whose column, which cell ("C14"), why, and what would do."""

    column: str
    cell: str
    why: str
    would_do: str


@dataclass(frozen=True)
class NamedOrganisation:
    """An organisation as a cell names it: by name, by what looks like an ODS code, or by both."""

    name: str = ""
    code: str = ""


@dataclass(frozen=True)
class Held:
    """One role that a row says somebody holds, with what the row says of that appointment.

    `role` is the title or type in full ("PCN Clinical Director" for "CD"), `typed` what stood there. `organisation` is
    that which the role's cell names, or else that of the row's columns which hosts roles of this sort; `kind` is the kind
    of organisation that hosts such roles, as a value of `organisations.models.Kind`, "" where the words do not tell.
    `start` None says that the row says nothing; a start that the row calls not known is `PartialDate(None, UNKNOWN)`.
    """

    role: str
    typed: str
    organisation: NamedOrganisation | None = None
    kind: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    how: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Reading:
    """What a row says.

    `values`: by key, for each column of the mapping what its cell means, None for an empty cell. Text, choices (the
    stored value), e-mail, registration: str. Numbers and money: str of a Decimal. Yes or no: bool. Ids: int. Start and
    end: PartialDate. Organisations: NamedOrganisation. A name is spread over "title", "given_names", "family_name" and,
    where it is said in brackets, "profession"; of `attends_for` and whatever else names a second person, it is one str.
    `held`: in lists of people, the roles of the row, one Held each, dates and how they came to it included; one with an
    appointment number is never split. `vacant`: the row says that nobody holds what it names. `problems`: all of them.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    held: Sequence[Held] = ()
    vacant: bool = False
    problems: Sequence[Problem] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the row says nothing at all."""
        return not self.held and not self.problems and not self.vacant and all(v is None for v in self.values.values())

    def as_json(self) -> dict[str, Any]:
        """The reading as `from_json` takes it, for a JSON column."""
        raise NotImplementedError

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Reading:
        """The reading that `as_json` kept."""
        raise NotImplementedError


def read_row(
    kind: ListKind, mapping: Mapping[int, str], cells: Sequence[object], number: int, *, day_first: bool = True
) -> Reading:
    """What row `number` (as the spreadsheet counts, from 1) says, its columns mapped as `columns.match_columns` gives it.

    Every cell is read, and every problem told at once. Raises nothing for what a cell holds.
    """
    raise NotImplementedError


def shown(value: object) -> str:
    """A cell as it is shown to people and kept in JSON: a day in words, a whole number without its point."""
    raise NotImplementedError


def is_month_first(columns: Sequence[Sequence[object]]) -> bool:
    """Whether the dates typed in those columns put the month first: some only make sense so, none only the other way."""
    raise NotImplementedError
