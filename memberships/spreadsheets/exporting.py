"""A list as a workbook that can be edited and brought back: what is in it, what it says of itself, where it is kept.

What stands in a row is left to `exported`, what a reader may see of it to `sight`, the file to `writer`.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from typing import IO

from ics_leadership.periods import today
from ics_leadership.words import day_words
from memberships.spreadsheets.columns import ListKind
from memberships.spreadsheets.exported import Row
from memberships.spreadsheets.sight import Seen
from memberships.spreadsheets.writer import Workbook
from organisations.rights import Rights

IN_MEMORY = 1024 * 1024
"""Bytes; a file that grows beyond is kept on the disk while it is sent."""


def workbook(
    kind: ListKind,
    rows: Callable[[datetime.date, Seen], Iterable[Row]],
    *,
    date: datetime.date,
    rights: Rights,
    address: str,
    also: Collection[str] = (),
) -> IO[bytes]:
    """A list of a kind as at a day, as a reader with those rights may see it; `address` is that of the list.

    `also`: the keys of columns that this list has beside those of every list of its kind.
    """
    seen = Seen(rights)
    with ExitStack() as closing:
        file: IO[bytes] = closing.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))
        with Workbook(file) as book:
            book.sheet(kind.label.partition(",")[0], seen.columns(kind, also), rows(date, seen))
            book.notes("About this list", kind.label, [[line] for line in _about(date, address)], [100])
        file.seek(0)
        # Whoever sends the file closes it.
        closing.pop_all()
    return file


def _about(date: datetime.date, address: str) -> list[str]:
    return [
        f"This is the register as at {day_words(date)}, as it was known on {day_words(today())}.",
        f"It was taken from {address}",
        "Change what you like and bring the workbook back under Imports: before anything is written you are shown every "
        "change, and can leave out any of them. Bringing it back unchanged changes nothing.",
        "The numbers in the last columns say which record of the register a row is about. Leave them as they are; leave "
        "them empty in rows that you add. A row that you delete here stays in the register.",
        "Columns with grey headings are for information: the register takes no changes from them.",
        "“not shown” stands where you may not see what the register holds, if anything; “see the register” for what one "
        "cell cannot hold. Both leave the register as it is.",
        "Dates are typed as they are known: 1 April 2019, April 2019, 2019, by April 2019, not known. The last day of a "
        "period is a day in post.",
    ]
