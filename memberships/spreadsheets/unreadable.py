"""The limits within which files are read, and the refusal of one that is not."""

from __future__ import annotations

MAX_ROWS = 50_000
MAX_COLUMNS = 200


class Unreadable(Exception):
    """A file that is not read. `sentence` says why, and what would do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def too_many_rows(last: int) -> Unreadable:
    """The refusal of a sheet that goes on to row `last`."""
    return Unreadable(
        f"A sheet of this file goes on to row {last:,}; {MAX_ROWS:,} rows can be read at once. Delete the rows and sheets "
        "that are not needed, or bring the list in in parts."
    )


def too_many_columns(last: int) -> Unreadable:
    """The refusal of a sheet whose rows go on to column `last`, counted from 1."""
    return Unreadable(
        f"A sheet of this file has {last:,} columns; {MAX_COLUMNS} can be read. Delete those that are not needed."
    )
