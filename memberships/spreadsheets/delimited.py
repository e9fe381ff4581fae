"""Tables written as text: in which alphabet a file is written, what stands between its cells, and its rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from memberships.spreadsheets.unreadable import MAX_ROWS, Unreadable, too_many_rows

DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 100_000
"""Characters; a longer cell is no cell, but the rest of the file after a quotation mark."""

NOT_TEXT = Unreadable(
    "This file is neither an Excel workbook nor text that can be read. Save it as “Excel workbook (.xlsx)” or "
    "“CSV UTF-8”, then choose that file."
)


def rows_of_text(content: bytes) -> list[list[str | None]]:
    """The rows of a csv file, blank cells None. Raises Unreadable."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    if first.strip().casefold() in (named := {f"sep={each}": each for each in DELIMITERS}):
        # What Excel calls its own way to say it; the rows keep their numbers.
        delimiter, text = named[first.strip().casefold()], f"\n{rest}"
    else:
        delimiter = _delimiter(text)
    rows: list[list[str | None]] = []
    blank = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise csv.Error
            row = [cell if cell.strip() else None for cell in cells]
            if not any(row):
                blank += 1
                continue
            if len(rows) + blank >= MAX_ROWS:
                raise too_many_rows(len(rows) + blank + 1)
            # Blank rows count once something stands below them.
            rows.extend([None] for _ in range(blank))
            rows.append(row)
            blank = 0
    except csv.Error:
        raise Unreadable(
            f"Row {len(rows) + blank + 1} of this file cannot be taken apart: most likely a quotation mark is opened there and "
            "never closed. Put it right, or save the list as “Excel workbook (.xlsx)”."
        ) from None
    return rows


def _decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with or without a mark at its beginning, or in Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in content[:4000]:
        # Latin letters in UTF-16: a nought beside each, before or after it.
        encodings = ["utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_garbled(text):
            return text
    raise NOT_TEXT


def _is_garbled(text: str) -> bool:
    """Whether a text has characters that nobody writes, as programs and pictures have when they are read as text."""
    return any(ord(letter) < 32 and letter not in "\t\n\r\x0b\x0c" for letter in text[:100_000])


def _delimiter(text: str) -> str:
    """What stands between the cells: whatever cuts most of the first rows into the same number of cells, and the most."""

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            lengths = [
                len(row) for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 50) if row
            ]
        except csv.Error:
            return (0, 0)
        if not lengths:
            return (0, 0)
        usual, times = Counter(lengths).most_common(1)[0]
        return (times / len(lengths) if usual > 1 else 0, usual)

    return max(DELIMITERS, key=evenness)
