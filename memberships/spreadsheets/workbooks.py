"""Opening the files that people have: xlsx and csv, sound or not, within limits that protect the register.

What is not a spreadsheet, or one that could do harm, is refused with a sentence for whoever sent it. How a workbook is
made safe to read is left to `measured`, how text is taken apart to `delimited`; what the cells mean to `cells`, which
sheet and columns are meant to the import.
"""

from __future__ import annotations

import codecs
import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from memberships.spreadsheets.columns import ListKind, match_columns
from memberships.spreadsheets.delimited import rows_of_text
from memberships.spreadsheets.measured import DAMAGED_SENTENCE, SAVE_AS_XLSX, measured_copy
from memberships.spreadsheets.unreadable import MAX_COLUMNS, MAX_ROWS, Unreadable, too_many_columns, too_many_rows

Cell = str | int | float | bool | datetime.date | datetime.datetime | None

MAX_BYTES = 20 * 1024 * 1024

# What files begin with that are often chosen by mistake, or that hold a table in another way.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOT_SPREADSHEETS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"{\\rtf", "a document"),
)
_PAGES = (b"<!doctype html", b"<html", b"<table")


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0]` is the spreadsheet's row 1, each row its cells from column A on, all of one length.

    Blank rows and columns at the end are cut. A cell merged over several rows stands in each of them, in its first
    column. A formula is its value; one that failed is its error ("#N/A"), one that was never worked out
    `measured.NOT_WORKED_OUT`. A date that is shown as a month or a year alone is text that says no more.
    """

    name: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Book:
    """The sheets of a file that hold something, hidden ones left out; one without a name for csv."""

    sheets: Sequence[Sheet]


def read(name: str, content: bytes) -> Book:
    """The file called `name`. Raises Unreadable with the sentence to show."""
    if not content.strip():
        raise Unreadable("This file is empty. Choose the file that holds your list.")
    if len(content) > MAX_BYTES:
        raise Unreadable(
            f"This file is larger than {MAX_BYTES // 1024 // 1024} megabytes. Take pictures and sheets that are not needed "
            "out of it, or save the one sheet that you want to bring in as CSV."
        )
    if content.startswith(b"PK"):
        sheets = _sheets_of_workbook(content)
    else:
        _refuse_what_is_no_text(content)
        sheets = [Sheet("", _without_blank_ends(rows_of_text(content)))]
    held = [sheet for sheet in sheets if sheet.rows]
    if not held:
        raise Unreadable(f"“{name}” holds no rows. Check that it is the right file, and that its sheet is not hidden.")
    return Book(held)


def _refuse_what_is_no_text(content: bytes) -> None:
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Unreadable(
                "This workbook is protected with a password. Open it in Excel, take the password away under File, Info, "
                "Protect Workbook, save it, and choose it again."
            )
        raise Unreadable(f"This is a file of an old Office program, such as an .xls workbook. {SAVE_AS_XLSX}")
    for beginning, what in _NOT_SPREADSHEETS:
        if content.startswith(beginning):
            raise Unreadable(f"This is {what}, not a spreadsheet. Choose an Excel workbook (.xlsx) or a CSV file.")
    if content[:200].removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(_PAGES):
        raise Unreadable(f"This is a web page, even if its name ends like a workbook’s. {SAVE_AS_XLSX}")


def _sheets_of_workbook(content: bytes) -> list[Sheet]:
    safe = measured_copy(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(safe)) as book:
            return [
                Sheet(about.name, _rows(book.get_sheet_by_name(about.name)))
                for about in book.sheets_metadata
                if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
            ]
    except CalamineError:
        raise Unreadable(DAMAGED_SENTENCE) from None


def _rows(sheet: CalamineSheet) -> list[list[Cell]]:
    rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        for row in rows[first + 1 : last + 1]:
            if column < len(row) and row[column] is None:
                row[column] = rows[first][column]
    return _without_blank_ends(rows)


def _plain(value: object) -> Cell:
    """A cell as the register reads it: nothing for blanks, whole numbers whole, a time of day in words."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, datetime.timedelta):
        return str(value)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return value  # type: ignore[return-value]


def _without_blank_ends(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Rows cut after the last that holds something, each as long as the last column that does."""
    height = max((number for number, row in enumerate(rows, 1) if any(cell is not None for cell in row)), default=0)
    width = max(
        (number for row in rows[:height] for number, cell in enumerate(row, 1) if cell is not None),
        default=0,
    )
    if height > MAX_ROWS:
        raise too_many_rows(height)
    if width > MAX_COLUMNS:
        raise too_many_columns(width)
    return [[*row[:width], *[None] * (width - len(row))] for row in rows[:height]]


# Headings are looked for no further down than this: what stands above them is a title, an author, a date.
HEADINGS_WITHIN = 20


def guess_heading_row(rows: Sequence[Sequence[Cell]]) -> int:
    """The place in `rows`, counted from 0, of the row that holds the headings; titles and blank rows may stand above it.

    It is the row with most headings that the register knows, or else the first with two cells or more.
    """
    first = rows[:HEADINGS_WITHIN]
    known = [max(len(match_columns(kind, row)) for kind in ListKind) for row in first]
    if known and max(known) > 1:
        return known.index(max(known))
    filled = (place for place, row in enumerate(first) if sum(cell is not None for cell in row) > 1)
    return next(filled, 0)
