"""Cells of a workbook as XML (ISO/IEC 29500, SpreadsheetML): written by PostgreSQL, made fit for XML as they pass.

PostgreSQL writes each row as an element, its cells between tabs, in the text format of COPY, which escapes all control
characters that break lines: so a row is a line, and a chunk in which there is no backslash needs no second look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from html import escape

from ics_leadership import streams
from ics_leadership.exports import Column, Of
from ics_leadership.formats.export import Export

MOST_CHARACTERS = 32_767
"""What a cell of Excel holds, in UTF-16 units."""

KEPT = 32_600
"""How many characters are left of a longer text, before the words that say so."""

CUT = "… [cut here: the whole text has {} characters, more than a cell of Excel holds; CSV and JSON have it all]"


class Style(IntEnum):
    """The styles of cells, by their place in the sheet of styles."""

    PLAIN = 0
    DATE = 1
    MOMENT = 2
    TEXT = 3
    HEADING = 4
    WRAPPED = 5


_TEXT = f'<c s="{Style.TEXT}" t="inlineStr"><is><t xml:space="preserve">{{}}</t></is></c>'

_ESCAPED = "replace(replace(replace({}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"

# Characters beyond the first 65,536 count as two.
_PAIRS = "regexp_count({0}, '[\U00010000-\U0010ffff]')"
_FITTING = (
    f"CASE WHEN octet_length({{0}}) <= {MOST_CHARACTERS} OR char_length({{0}}) + {_PAIRS} <= {MOST_CHARACTERS} THEN {{0}}"
    f" ELSE left({{0}}, greatest({KEPT} - {_PAIRS}, {KEPT // 2})) || {{1}} END"
)


def written(column: Column) -> str:
    """A column as an expression of its cell, NULL where there is nothing in it."""
    name = f'"{column.name}"'
    match column.of:
        case Of.INTEGER | Of.NUMBER:
            return f"'<c><v>' || {name} || '</v></c>'"
        case Of.BOOLEAN:
            return f"'<c t=\"b\"><v>' || {name}::int || '</v></c>'"
        case Of.DATE:
            # Excel takes 1900 for a leap year, and knows no day before it.
            day = f"'<c s=\"{Style.DATE}\"><v>' || ({name} - date '1899-12-30') || '</v></c>'"
            early = _text(f"to_char({name}, 'YYYY-MM-DD')")
            return f"CASE WHEN {name} BETWEEN date '1900-03-01' AND date '9999-12-31' THEN {day} ELSE {early} END"
        case Of.MOMENT:
            days = f"extract(epoch FROM {name}) / 86400 + 25569"
            return f"'<c s=\"{Style.MOMENT}\"><v>' || round({days}, 9) || '</v></c>'"
    if column.choices:
        return _text(name)
    before, after = CUT.split("{}")
    cut = f"'{before}' || char_length({name}) || '{after}'"
    return _text(_ESCAPED.format(_FITTING.format(name, cut)))


def _text(expression: str) -> str:
    before, after = _TEXT.split("{}")
    return f"'{before}' || nullif({expression}, '') || '{after}'"


def rows(export: Export) -> Iterator[bytes]:
    """The rows of a table as elements, each a line, some dozens of them at once."""
    columns = ", ".join(written(column) for column in export.table.seen(export.question))
    select = export.table.select(export.question, moment="{}")
    statement = f"SELECT '<row>', {columns}, '</row>' FROM ({select}) AS each_row"
    for chunk in streams.copied(statement, "FORMAT text, NULL '<c/>'"):
        yield fit(chunk)


# --- what XML has no place for

_FORBIDDEN = [bytes([each]) for each in range(32) if each not in b"\t\n\r"]
_LIKE_AN_ESCAPE = re.compile(rb"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED_BY_COPY = re.compile(rb"\\(.)", re.DOTALL)
_NO_CHARACTER = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_MEANT = {b"\\": b"\\", b"n": b"&#10;", b"r": b"&#13;", b"t": b"&#9;", b"b": b"\x08", b"f": b"\x0c", b"v": b"\x0b"}


def fit(chunk: bytes) -> bytes:
    """Lines of COPY as XML. A character that XML forbids is written `_x001F_`, as programs of spreadsheets do and read."""
    if _LIKE_AN_ESCAPE.search(chunk):
        chunk = _LIKE_AN_ESCAPE.sub(b"_x005F_", chunk)
    if b"\\" in chunk:
        chunk = _ESCAPED_BY_COPY.sub(lambda found: _MEANT[found[1]], chunk)
    if b"\xef" in chunk or any(each in chunk for each in _FORBIDDEN):
        chunk = _NO_CHARACTER.sub(lambda found: b"_x%04X_" % ord(found[0].decode()), chunk)
    return chunk


def text_cell(text: str, style: Style) -> str:
    """A cell with words of ours."""
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'
