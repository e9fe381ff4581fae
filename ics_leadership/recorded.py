"""What history has to know of each table: what its rows are called, what belongs to what, and what only some may see.

The apps declare their tables with `declare` when they start; `record_history` and `restoring` ask `of`. Who may see a
private column is said here by its sight, and worked out by the apps' rights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst, slugify

SIGNED_IN = "signed_in"
"""Beside the sights that are granted: what everybody sees who is signed in."""
ADMINISTRATORS = "administrators"
"""What only administrators see."""


@dataclass(frozen=True)
class Recorded:
    """A table of the register as history tells it.

    `part_of` names the foreign keys to the records to which a row belongs alone, and with which it goes; `told_with`
    those to further records whose history tells of it too. `named_by` are the foreign keys that `name` follows. `private`
    gives the sight that a column asks for (a `Sight`, or `SIGNED_IN`), `rows` that which every row asks for. `untold`
    columns are no news to anybody; `labels` are what columns are called where the table's own words would not do.
    """

    model: type[Model]
    part_of: tuple[str, ...] = ()
    told_with: tuple[str, ...] = ()
    named_by: tuple[str, ...] = ()
    name: Callable[[Any], str] = str
    kind: str = ""
    private: Mapping[str, str] = field(default_factory=dict)
    rows: str = ""
    untold: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def noun(self) -> str:
        """What a row is, in words: "funding line"."""
        return str(self.model._meta.verbose_name)

    @property
    def title(self) -> str:
        """The noun as it opens a line: "Funding line"."""
        return str(capfirst(self.noun))

    @property
    def address(self) -> str:
        """The noun as it stands in addresses: "funding-line"."""
        return self.kind or slugify(self.noun)

    def columns(self) -> list[Field[Any, Any]]:
        """The columns that history tells of, in the order of the table; the ends of a period as one, under `period`."""
        untold = {"id", "start_precision", "end_precision", "confirmed_on", *self.untold}
        return [each for each in self.model._meta.concrete_fields if not each.generated and each.name not in untold]


_declared: dict[type[Model], Recorded] = {}


def declare(*tables: Recorded) -> None:
    """Make tables known to history, which tells of what a change did in this order."""
    _declared.update({each.model: each for each in tables})


def of(model: type[Model]) -> Recorded:
    """What was declared of a table. Raises KeyError for one that history does not tell of."""
    return _declared[model]


def is_declared(model: type[Model]) -> bool:
    """Whether history tells of this table."""
    return model in _declared


def all_declared() -> list[Recorded]:
    """Every table that history tells of."""
    return list(_declared.values())


def by_address(address: str) -> Recorded | None:
    """The table that is called so in addresses."""
    return next((each for each in _declared.values() if each.address == address), None)


def parts_of(model: type[Model]) -> Iterator[tuple[Recorded, str]]:
    """The tables whose rows belong to rows of this one alone, each with the foreign key that says so."""
    for each in _declared.values():
        for name in each.part_of:
            if target(each.model, name) is model:
                yield each, name


def told_with(model: type[Model]) -> Iterator[tuple[Recorded, str]]:
    """The tables whose rows the history of a row of this one tells too, each with the foreign key that says so."""
    for each in _declared.values():
        for name in (*each.part_of, *each.told_with):
            if target(each.model, name) is model:
                yield each, name


def target(model: type[Model], name: str) -> type[Model]:
    """The table to which a foreign key leads."""
    column = model._meta.get_field(name)
    assert isinstance(column, ForeignKey)
    return column.related_model
