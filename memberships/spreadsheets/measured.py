"""A workbook made safe and honest to read: measured first, and with nothing in it that its reader would pass over.

An xlsx file is a zip archive of XML. What is read is a copy that holds only what was unpacked here within limits, so a
file that unpacks to a thousand times its size, or puts one cell a million rows away, does no harm. In the copy, three
things that the reader of workbooks would lose stand as text: errors of formulas, formulas that were never worked out,
and dates that are shown as a month or a year alone, because the day behind "Apr 19" is the spreadsheet's invention.
"""

from __future__ import annotations

import datetime
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from memberships.spreadsheets.unreadable import MAX_COLUMNS, MAX_ROWS, Unreadable, too_many_columns, too_many_rows

MAX_UNPACKED = 150 * 1024 * 1024
"""Bytes of XML; 50,000 rows of 30 columns take about 80 million."""

MAX_RATIO = 150
"""How many times its size a file may unpack to, once that is more than `SMALL`. Ordinary lists reach 10 to 40."""

SMALL = 20 * 1024 * 1024

NOT_WORKED_OUT = "#not worked out"
"""What stands for a formula whose value no program has saved."""

# The number format of Excel's own that shows a month and a year.
BUILT_IN_MONTH = b"17"

# A tag is never looked for beyond the next one, so that no damaged file takes long to search.
_ATTRIBUTE = re.compile(rb"""\b(r|s|t)\s*=\s*["']([^"'<>]*)["']""")
_REFERENCE = re.compile(rb"([A-Z]{1,7})(\d{1,9})")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]+)")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PREFIX = re.compile(rb"<(\w+:)?sheetData\b")
_FORMAT = re.compile(rb"""<(?:\w+:)?numFmt\s[^<>]*>""")
_STYLE = re.compile(rb"<(?:\w+:)?xf\s[^<>]*>")
_FORMAT_ID = re.compile(rb"""\bnumFmtId\s*=\s*["'](\d+)["']""")
_FORMAT_CODE = re.compile(rb"""\bformatCode\s*=\s*"([^"]*)\"""")
_NOT_OF_THE_DATE = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")

BOMB_SENTENCE = (
    "This workbook unpacks to far more than a list can hold, so it was not opened. Copy the cells that you want to bring "
    "in into a new workbook, save it, and choose that file."
)
DAMAGED_SENTENCE = (
    "This workbook is damaged or cut short. Open it in your spreadsheet program, save it anew, and choose that file."
)
SAVE_AS_XLSX = "Open it in your spreadsheet program, save it as “Excel workbook (.xlsx)”, and choose that file."


def measured_copy(content: bytes) -> bytes:
    """A copy of an xlsx file, not compressed, for its reader. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_other_archives(archive.namelist())
            parts = _unpacked(archive, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise Unreadable(DAMAGED_SENTENCE) from None
    honest = _Honest(parts)
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as safe:
        for name, part in parts.items():
            safe.writestr(name, honest.sheet(part) if _PREFIX.search(part) else part)
    return copy.getvalue()


def _refuse_other_archives(names: Iterable[str]) -> None:
    held = set(names)
    if "xl/workbook.bin" in held:
        raise Unreadable(f"This is a binary workbook (.xlsb). {SAVE_AS_XLSX}")
    if "content.xml" in held:
        raise Unreadable(f"This is an OpenDocument file. {SAVE_AS_XLSX}")
    if "xl/workbook.xml" not in held:
        raise Unreadable(
            "This is an archive or a document, not a spreadsheet. Choose an Excel workbook (.xlsx) or a CSV file."
        )


def _unpacked(archive: zipfile.ZipFile, size: int) -> dict[str, bytes]:
    """The XML of a workbook by name, never more than the limits allow, whatever the archive says of itself."""
    left = min(MAX_UNPACKED, max(SMALL, size * MAX_RATIO))
    parts: dict[str, bytes] = {}
    for member in archive.infolist():
        if not member.filename.endswith((".xml", ".rels")):
            continue
        if member.flag_bits & 1:
            raise Unreadable("This workbook is protected with a password. Take it away, and choose the file again.")
        if member.file_size > left:
            raise Unreadable(BOMB_SENTENCE)
        with archive.open(member) as packed:
            part = packed.read(left + 1)
        left -= len(part)
        if left < 0:
            raise Unreadable(BOMB_SENTENCE)
        if member.filename in parts or b"\0" in part[:100]:
            raise Unreadable(DAMAGED_SENTENCE)
        parts[member.filename] = part
    return parts


def _shown_as(styles: bytes) -> dict[bytes, str]:
    """The styles that show no more of a date than its month or year, by the number that cells give."""
    shown = {BUILT_IN_MONTH: "month"}
    for tag in _FORMAT.findall(styles):
        number, code = _FORMAT_ID.search(tag), _FORMAT_CODE.search(tag)
        if number and code and (part := _part_of_a_date(html.unescape(code[1].decode(errors="replace")))):
            shown[number[1]] = part
    _, _, used = styles.partition(b"cellXfs")
    used, _, _ = used.partition(b"cellXfs>")
    numbers = [_FORMAT_ID.search(tag) for tag in _STYLE.findall(used)]
    return {
        str(place).encode(): shown[number[1]] for place, number in enumerate(numbers) if number and number[1] in shown
    }


def _part_of_a_date(code: str) -> str:
    """Whether a number format shows the "month" or the "year" alone; empty for all others.

    >>> _part_of_a_date("mmm yyyy"), _part_of_a_date("[$-809]mmmm\\\\ yy;@"), _part_of_a_date("yyyy")
    ('month', 'month', 'year')
    >>> _part_of_a_date("dd/mm/yyyy"), _part_of_a_date('0" years"'), _part_of_a_date("mm:ss")
    ('', '', '')
    """
    letters = set(_NOT_OF_THE_DATE.sub("", code).partition(";")[0].lower())
    if "y" not in letters or letters & set("dhs0#"):
        return ""
    return "month" if "m" in letters else "year"


class _Honest:
    """Rewrites the sheets of one workbook: without blank cells and rows, and with text where its reader would pass
    something over.
    """

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._shown_as = _shown_as(parts.get("xl/styles.xml", b""))
        is_1904 = re.search(rb"""\bdate1904\s*=\s*["'](?:1|true)["']""", parts.get("xl/workbook.xml", b""))
        self._first_day = datetime.date(1904, 1, 1) if is_1904 else datetime.date(1899, 12, 30)
        # Many cells may share one text, of which the reader makes a copy for each.
        shared = re.split(rb"</(?:\w+:)?si>", parts.get("xl/sharedStrings.xml", b""))
        self._lengths = [len(text) for text in shared]
        self._left = MAX_UNPACKED

    def sheet(self, part: bytes) -> bytes:
        """The XML of a sheet. Raises Unreadable for a row or cell beyond the limits, and for more text than they allow."""
        found = _PREFIX.search(part)
        prefix = (found and found[1]) or b""
        part = re.sub(rb"<%bc(?:\s[^<>]*)?/>" % prefix, b"", part)
        part = re.sub(rb"<%brow(?:\s[^<>]*)?(?:/>|>\s*</%brow>)" % (prefix, prefix), b"", part)
        for row in re.finditer(rb"<%brow\s([^<>]*)>" % prefix, part):
            number = dict(_ATTRIBUTE.findall(row[1])).get(b"r", b"0")
            if not number.isdigit() or int(number[:10]) > MAX_ROWS:
                raise too_many_rows(int(number[:10]) if number.isdigit() else 0)
        opening, closing = b"<%bc " % prefix, b"</%bc>" % prefix
        *cells, rest = part.split(closing)
        honest: list[bytes] = []
        for text in cells:
            begins = text.rfind(opening)
            before, cell = (text[:begins], text[begins:]) if begins >= 0 else (text, b"")
            tag, _, held = cell.partition(b">")
            honest += [before, self._cell(tag, held, prefix) if cell else b"", closing]
        return b"".join([*honest, rest])

    def _cell(self, tag: bytes, held: bytes, prefix: bytes) -> bytes:
        about = dict(_ATTRIBUTE.findall(tag))
        reference, kind = about.get(b"r", b""), about.get(b"t", b"n")
        _refuse_far_away(reference)
        value = _VALUE.search(held)
        if kind == b"s" and value:
            self._spend(value[1])
        if kind == b"e" and value:
            said = value[1]
        elif kind != b"str" and not value and _FORMULA.search(held):
            said = NOT_WORKED_OUT.encode()
        elif kind == b"n" and value and about.get(b"s") in self._shown_as:
            said = _no_more_than_shown(value[1], self._shown_as[about[b"s"]], self._first_day)
        else:
            said = b""
        if not said:
            return b"%b>%b" % (tag, held)
        return b'<%bc r="%b" t="str"><%bv>%b</%bv>' % (prefix, reference, prefix, said, prefix)

    def _spend(self, text: bytes) -> None:
        """Count a text that several cells may share once more."""
        number = text.strip()
        if number.isdigit() and len(number) < 10 and int(number) < len(self._lengths):
            self._left -= self._lengths[int(number)]
        if self._left < 0:
            raise Unreadable(BOMB_SENTENCE)


def _refuse_far_away(reference: bytes) -> None:
    """Refuse a cell beyond the limits, "XFD1048576"."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    if column > MAX_COLUMNS:
        raise too_many_columns(column)
    if int(found[2]) > MAX_ROWS:
        raise too_many_rows(int(found[2]))


def _no_more_than_shown(serial: bytes, part: str, first_day: datetime.date) -> bytes:
    """The month or year of a date that begins it; nothing for a day within it, which somebody must have typed."""
    try:
        day = first_day + datetime.timedelta(days=int(float(serial)))
    except (ValueError, OverflowError):
        return b""
    if day.day != 1 or (part == "year" and day.month != 1):
        return b""
    return (f"{day:%B} {day.year}" if part == "month" else f"{day.year}").encode()
