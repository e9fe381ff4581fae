"""Opening the files that people have: xlsx and csv, sound or not, within limits that protect the register.

What is not a spreadsheet, or one that could do harm, is refused with a sentence for whoever sent it. What the cells mean
is left to `cells`, which sheet and columns are meant to the import.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | bool | datetime.date | datetime.datetime | None


class Unreadable(Exception):
    """A file that is not read. `sentence` says why, and what would do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0]` is the spreadsheet's row 1, each row its cells from column A on, all of one length.

    Blank rows and columns at the end are cut. A cell merged over several rows stands in each of them, in its first column. A formula is
    its value; one that failed is its error ("#N/A"), one that was never worked out `NOT_WORKED_OUT`.
    """

    name: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Book:
    """The sheets of a file that hold something, hidden ones left out; one without a name for csv."""

    sheets: Sequence[Sheet]


def read(name: str, content: bytes) -> Book:
    """The file called `name`. Raises Unreadable with the sentence to show."""
    raise NotImplementedError


def guess_heading_row(rows: Sequence[Sequence[Cell]]) -> int:
    """The place in `rows`, counted from 0, of the row that holds the headings; titles and blank rows may stand above it."""
    raise NotImplementedError
