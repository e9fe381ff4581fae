"""What a row of a spreadsheet says, as it is read and as it is kept between preview and confirmation."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ics_leadership.periods import PartialDate, Precision
from memberships.spreadsheets.typed_values import NamedOrganisation


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read: whose column, which cell ("C14"), why, and what would do."""

    column: str
    cell: str
    why: str
    would_do: str


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

    `values`: by key, for each column of the mapping what its cell means, None for an empty cell; a column whose cell has
    a problem, or says that it leaves the register as it is (`columns.LEFT_ALONE`), is left out. Text, choices (the stored value), e-mail, registration: str. Numbers and money: str of a
    Decimal. Yes or no: bool. Ids: int. Start and end: PartialDate. Organisations: NamedOrganisation. A name is spread
    over "title", "given_names", "family_name" and, where it is said in brackets, "profession"; of a second person that a
    row names, such as `attends_for`, it is one str. "term" and "elected" are told under "start", "end" and "how",
    "constituency" under "evidence".
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
        said = (value for key, value in self.values.items() if not key.endswith("_id"))
        return not self.held and not self.problems and not self.vacant and all(value is None for value in said)

    def as_json(self) -> dict[str, Any]:
        """The reading as `from_json` takes it, for a JSON column."""
        return {
            "values": {key: _kept(value) for key, value in self.values.items()},
            "held": [{each.name: _kept(getattr(held, each.name)) for each in fields(held)} for held in self.held],
            "vacant": self.vacant,
            "problems": [asdict(problem) for problem in self.problems],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Reading:
        """The reading that `as_json` kept."""
        return cls(
            {key: _read(value) for key, value in kept["values"].items()},
            tuple(Held(**{name: _read(value) for name, value in held.items()}) for held in kept["held"]),
            kept["vacant"],
            tuple(Problem(**problem) for problem in kept["problems"]),
        )


def _kept(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return {"date": value.date.isoformat() if value.date else None, "precision": value.precision.value}
    if isinstance(value, NamedOrganisation):
        return {"name": value.name, "code": value.code}
    return value


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "precision" in value:
        date = datetime.date.fromisoformat(value["date"]) if value["date"] else None
        return PartialDate(date, Precision(value["precision"]))
    return NamedOrganisation(**value)
