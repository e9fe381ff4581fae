"""Files as rows of text, each with its line: CSV in UTF-8 and the workbooks that ODS publishes.

Nothing here knows what a row means. A file that is no such table, or stops being one half way, raises `Unreadable`; a
problem that belongs to a line names it.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from organisations.ods.problems import Unreadable


class Line(NamedTuple):
    """One row: the line of the file on which it begins (in a workbook: the row of its sheet), and its cells."""

    number: int
    cells: list[str]


class Broken(Unreadable):
    """The file cannot be read on from `line`."""

    def __init__(self, line: int | None, reason: str) -> None:
        super().__init__(reason)
        self.line = line


Sheets = Mapping[str, list[Line]]
"""The sheets of a workbook by name; a CSV file is one sheet named ''."""


def read_sheets(path: Path) -> Sheets:
    """All rows of a file, empty ones left out. Raises `Broken`."""
    content = path.read_bytes()
    if not content.strip():
        raise Broken(None, "the file is empty.")
    if content.startswith(b"PK"):
        return _workbook(content)
    return {"": list(_csv(content))}


def _csv(content: bytes) -> Iterator[Line]:
    if b"\0" in content:
        raise Broken(content[: content.index(b"\0")].count(b"\n") + 1, "this is not text but binary data.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Broken(line, f"the byte {content[error.start]:#04x} is not UTF-8 text.") from None
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in rows:
            if cells:
                yield Line(begins, cells)
            begins = rows.line_num + 1
    except csv.Error as error:
        raise Broken(begins, f"the line is not sound CSV ({error}).") from None


def _workbook(content: bytes) -> Sheets:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            damaged = archive.testzip()
        if damaged:
            raise Broken(None, f"the workbook is damaged ({damaged}).")
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return {
            name: [
                Line(number, [_cell(value) for value in row])
                for number, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1)
                if any(value != "" for value in row)
            ]
            for name in book.sheet_names
        }
    except (zipfile.BadZipFile, CalamineError, EOFError, OSError, NotImplementedError) as error:
        raise Broken(None, f"the workbook is damaged or cut short ({error}).") from None


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.date):
        return value.strftime("%Y%m%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
