"""What can be wrong with a published file, said so that whoever fetched it can put it right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong with one file; `line` counts from 1 and is None where the whole file is meant."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.reason}" if self.line else f"{self.file}: {self.reason}"


class Unreadable(ValueError):
    """A value or a line that its layout does not allow; the message is the reason to show."""


class Rejected(ValueError):
    """A line that is sound but says something that cannot be; it is left out and reported, the message saying why."""


class ImportRefused(Exception):
    """The import did nothing, because of every one of `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))
