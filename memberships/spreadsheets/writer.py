"""Writing a workbook that people can edit and that reads back as it was written.

Rows go to the disk as they come, so a list of any length takes the same memory. Cells are text, because a spreadsheet
makes a day of "April 2019", a number of a telephone, and a formula of whatever begins with "="; only quantities and the
register's own numbers are numbers. What a row holds is left to `exported`, what a column is to `columns`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from memberships.spreadsheets.columns import NOT_IN_A_CELL, Column, Means

Value = str | int | Decimal | None

LONGEST_TEXT = 32_767
"""What a cell can hold, in letters."""

ROOM = 1_000
"""Below the last row, lists to choose from go on for so many rows more."""

LISTS = "Lists"
BLUE, PALE, GREY = "#005EB8", "#F0F4F5", "#768692"

_NUMBERS = (Means.NUMBER, Means.MONEY)


class Workbook:
    """A workbook while it is written to a file; used in a `with` block, which closes it."""

    def __init__(self, to: IO[bytes]) -> None:
        self._book = xlsxwriter.Workbook(
            to,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_size(2400, 1400)
        plain = {"valign": "top"}
        self._heading = self._book.add_format(
            {"bold": True, "font_color": "white", "bg_color": BLUE, "text_wrap": True, "valign": "vcenter"}
        )
        self._quiet_heading = self._book.add_format(
            {"bold": True, "font_color": GREY, "bg_color": PALE, "text_wrap": True, "valign": "vcenter"}
        )
        self._text = self._book.add_format({**plain, "num_format": "@", "text_wrap": True})
        self._number = self._book.add_format(plain)
        self._quiet = self._book.add_format({**plain, "font_color": GREY, "text_wrap": True})
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._lists: dict[str, str] = {}
        self._choices: dict[str, Sequence[str]] = {}

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None and self._choices:
            self._write_lists()
        self._book.close()

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Mapping[str, Value]],
        suggestions: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """A sheet of rows by the columns' keys. `suggestions`: for columns by key, what may be chosen or typed over."""
        page = self._book.add_worksheet(name[:31])
        page.freeze_panes(1, 0)
        # Telephone and registration numbers are text on purpose.
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        page.set_row(0, 32)
        for place, column in enumerate(columns):
            page.set_column(place, place, column.width, self._format(column))
        for place, column in enumerate(columns):
            page.write_string(0, place, column.heading, self._quiet_heading if _is_quiet(column) else self._heading)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                self._cell(page, last, place, column, row.get(column.key))
        page.autofilter(0, 0, max(last, 1), len(columns) - 1)
        for place, column in enumerate(columns):
            self._validate(page, place, column, last + ROOM, (suggestions or {}).get(column.key))

    def notes(self, name: str, title: str, lines: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A sheet of text to read, its lines in cells side by side."""
        page = self._book.add_worksheet(name[:31])
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        page.write_string(0, 0, title, self._title)
        wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        for number, line in enumerate(lines, start=2):
            for place, words in enumerate(line):
                page.write_string(number, place, words, wrapped)

    def _format(self, column: Column) -> Format:
        if _is_quiet(column):
            return self._quiet
        return self._number if column.means in _NUMBERS else self._text

    def _cell(self, page: Worksheet, row: int, place: int, column: Column, value: Value) -> None:
        if value is None or value == "":
            return
        if isinstance(value, int | Decimal):
            page.write_number(row, place, value, self._format(column))
        else:
            page.write_string(row, place, value if len(value) <= LONGEST_TEXT else NOT_IN_A_CELL, self._format(column))

    def _validate(
        self, page: Worksheet, place: int, column: Column, last: int, suggestions: Sequence[str] | None
    ) -> None:
        """What a spreadsheet program offers and refuses while somebody types into the column."""
        rule: dict[str, object] = {"validate": "any"}
        if column.means == Means.ID:
            rule = {
                "validate": "custom",
                "value": "=FALSE",
                "error_title": "The register’s number",
                "error_message": "It says which record this row is about. Leave it as it is; leave it empty in new rows.",
            }
        elif column.means == Means.HOW:
            pass
        elif column.choices or suggestions:
            labels = [str(label) for label in column.choices.labels] if column.choices else list(suggestions or ())
            rule = {
                "validate": "list",
                "source": self._list_of(column.key, labels),
                "error_type": "stop" if column.choices else "information",
                "error_title": column.heading[:32],
                "error_message": "This is not on the list. Choose one of the list."
                if column.choices
                else "This is not on the list.",
            }
        hint = column.meaning if len(column.meaning) <= 255 else f"{column.meaning[:254]}…"
        page.data_validation(1, place, last, place, {**rule, "input_title": column.heading[:32], "input_message": hint})

    def _list_of(self, key: str, labels: Sequence[str]) -> str:
        """The cells of the hidden sheet that hold what can be chosen in a column."""
        if key not in self._choices:
            letter = chr(ord("A") + len(self._choices))
            self._choices[key] = labels
            self._lists[key] = f"={LISTS}!${letter}$1:${letter}${max(len(labels), 1)}"
        return self._lists[key]

    def _write_lists(self) -> None:
        page = self._book.add_worksheet(LISTS)
        for number in range(max(len(labels) for labels in self._choices.values())):
            for place, labels in enumerate(self._choices.values()):
                if number < len(labels):
                    page.write_string(number, place, labels[number])
        page.hide()


def _is_quiet(column: Column) -> bool:
    """Whether a column is there to be left as it is."""
    return column.shown_only or column.means == Means.ID
