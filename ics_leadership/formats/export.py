"""One taking away of one table: what is asked of it, and what the file says about itself. Each format is left to its module."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ics_leadership.exports import Question, Table


@dataclass(frozen=True)
class Export:
    """A table as asked for.

    `narrowed` are the filters as the address has them, `address` where the same can be asked for again. `bom` and
    `neutralise` are for CSV. `made_at` is the moment that the file bears.
    """

    table: Table
    question: Question
    narrowed: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    bom: bool = False
    neutralise: bool = True
    made_at: datetime.datetime = field(default_factory=timezone.now)
    beside: Sequence[Export] = ()
    """The other tables, asked the same, for a format that bundles them."""
    sides: Sequence[tuple[str, str]] = ()
    """Of a table that puts two states side by side what each of them is: its name, and the day and moment in words."""
    complete_for: Callable[[str], bool] = lambda table: False
    """Whether it has every row that a table of this name, asked the same, names by its key."""

    @property
    def name(self) -> str:
        """What a file of it is called, without the ending."""
        return f"{self.table.name}-{self.question.date.isoformat()}"


@dataclass(frozen=True)
class Format:
    """A way to write a whole table.

    `name` is its value in addresses and the ending of its files; `label` what people call it; `write` streams an export.
    """

    name: str
    label: str
    media_type: str
    write: Callable[[Export], Iterator[bytes]]
    ending: str = ""
    bundles: bool = False
    """Whether a file of it holds all tables."""
    schema: Mapping[str, Any] | None = None
    """What an answer is, as JSON Schema; None for what is no text."""

    def file_name(self, export: Export) -> str:
        name = f"register-{export.question.date.isoformat()}" if self.bundles else export.name
        return f"{name}.{self.ending or self.name}"
