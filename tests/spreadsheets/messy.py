"""Spreadsheets as they arrive: sound ones, and ones with everything that goes wrong, built by code."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

COMMITTEE = [
    ["Name", "PCN", "Role", "Start date", "Term ends"],
    ["Dr Siân O’Brien-Lee (GP)", "Tarrow Vale", "CD; LMC member", "01/04/19", "31/03/2027"],
    ["Patel, Arjun", "Wexmoor East", "PCN CD", "Apr 2021", None],
]


def workbook(
    rows: Sequence[Sequence[Any]] = COMMITTEE, *, sheet: str = "Members", merged: Sequence[tuple[str, Any]] = ()
) -> bytes:
    """A sound workbook of one sheet; text that begins with "=" is a formula without a value."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"default_date_format": "dd/mm/yyyy", "in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        for cells, value in merged:
            page.merge_range(cells, value)
    return kept.getvalue()


def with_dates_shown_in_part() -> bytes:
    """Days that their cells show as a month, as a year, and in full; and a day within a month shown as the month."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        page = book.add_worksheet()
        shown = ("mmm-yy", "mmmm yyyy", "yyyy", "dd/mm/yy", "[$-809]d mmmm yyyy;@", 17)
        page.write_row(0, 0, [f"{each}" for each in shown])
        for column, each in enumerate(shown):
            look = book.add_format({"num_format": each})
            page.write_datetime(1, column, datetime.datetime(2019, 1, 1), look)
            page.write_datetime(2, column, datetime.datetime(2019, 4, 15), look)
    return kept.getvalue()


def with_days_counted_from_1904() -> bytes:
    """A workbook that began its life on an old Macintosh; one day in full, one shown as its month."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    page = book.active
    page.append(["From", "Until"])
    page.append([datetime.date(2019, 4, 1), datetime.date(2019, 4, 1)])
    page["A2"].number_format, page["B2"].number_format = "dd/mm/yyyy", "mmm yyyy"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_formulas() -> bytes:
    """Formulas that were worked out, that failed, that give nothing, and that no program has ever worked out."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Name", "Role", "PCN", "Sessions"])
        page.write_formula(1, 0, '=A9&" "&B9', None, "Dr Amina Yusuf")
        page.write_formula(1, 1, "=VLOOKUP(A2,Z:Z,1,0)", None, "#N/A")
        page.write_formula(1, 2, "=1+1", None, 2)
        page.write_formula(1, 3, "=SUM(A1:A9)", None, "")
    return kept.getvalue()


def with_hidden_sheet() -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.add_worksheet("Empty")
        book.add_worksheet("Members").write_row(0, 0, ["Name", "Role"])
        hidden = book.add_worksheet("Lists")
        hidden.write_row(0, 0, ["GP", "Nurse"])
        hidden.hide()
    return kept.getvalue()


def rewritten(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with one of its parts changed, as other programs and other people's tools write them."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as former, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in former.namelist():
            text = former.read(name)
            archive.writestr(name, text.replace(old, new) if name == part else text)
    return kept.getvalue()


def zip_bomb() -> bytes:
    """A workbook of some tens of kilobytes whose one sheet unpacks to 60 megabytes."""
    return rewritten(workbook(), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + b" " * 60_000_000)


def lying_zip_bomb() -> bytes:
    """The same, saying of itself that it is small."""
    bomb = bytearray(zip_bomb())
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    true, claimed = struct.pack("<L", sheet.file_size), struct.pack("<L", 1000)
    return bytes(bomb).replace(true, claimed)


def much_shared_text() -> bytes:
    """A small workbook in which a hundred thousand cells show one and the same long text."""
    cells = b"".join(
        b'<row r="%d">%b</row>'
        % (row, b"".join(b'<c r="%c%d" t="s"><v>0</v></c>' % (65 + place, row) for place in range(20)))
        for row in range(1, 5001)
    )
    sheet = rewritten(
        workbook([["Name"]]), "xl/worksheets/sheet1.xml", b'<row r="1" spans="1:1">', cells + b'<row r="5001">'
    )
    return rewritten(sheet, "xl/sharedStrings.xml", b"Name", b"Name" * 8000)


def far_away_cell(reference: str = "XFD1048576") -> bytes:
    """One cell at the far end of the sheet, and nothing between."""
    row = "".join(letter for letter in reference if letter.isdigit()).encode()
    cell = b'<row r="%b"><c r="%b"><v>1</v></c></row></sheetData>' % (row, reference.encode())
    return rewritten(workbook(), "xl/worksheets/sheet1.xml", b"</sheetData>", cell)


def password_protected() -> bytes:
    """What Excel writes when a workbook has a password: a compound file with the encrypted package inside."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return (
        header + "EncryptionInfo".encode("utf-16-le") + bytes(100) + "EncryptedPackage".encode("utf-16-le") + bytes(400)
    )


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le") + bytes(400)


def archive(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), part)
    return kept.getvalue()


def text(rows: Sequence[Sequence[Any]] = COMMITTEE, *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """The rows as csv."""
    lines = (delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def committee_as_kept(code: str) -> bytes:
    """The list of a committee as its office keeps it, with everything that people do to a spreadsheet in one sheet.

    One of its networks is named by `code` alone.
    """
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        page = book.add_worksheet("Members 2026")
        title, month = book.add_format({"bold": True}), book.add_format({"num_format": "mmm-yy"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page.merge_range("A1:G1", "Norwich LMC and network leads – DRAFT v7", title)
        page.write_row(
            2, 0, ["PCN ", "GP", "Role(s)", "Start date\n(dd/mm/yy)", "Term ends", "Elected / appointed", "E-mail"]
        )
        page.merge_range("A4:A6", "East Norwich")
        page.write_row(3, 1, ["Dr Siân O'Brien-Lee (GP)", "CD", "01/04/19", "31/3/27", None, "sian@example.nhs.uk"])
        page.write_row(4, 1, ["MCDONALD, Dr Ann-Marie", "CD (job share); LMC rep"])
        page.write_datetime(4, 3, datetime.datetime(2021, 4, 1), month)
        page.write(4, 5, "elected 2023, constituency North")
        page.write(5, 1, "Vacant")
        page.write(5, 2, "PCN manager")
        page.write_row(6, 0, ["PCN", "GP", "Role(s)", "Start date", "Term ends"])
        page.write_row(7, 0, [code, "Patel A", "acting CD since Apr 2024", None, "ongoing"])
        page.write_formula(8, 1, '="Dr "&"Jo Park"', None, "Dr Jo Park")
        page.write(8, 2, "LMC member")
        page.write_number(8, 3, 43556)
        page.write_row(9, 0, ["West Norwich", "Dr A Smith & Dr B Jones", "CD", "31/02/2023", "soon"])
        page.write_formula(9, 6, "=VLOOKUP(B10,X:Y,2,0)", None, "#N/A")
        page.write_datetime(11, 3, datetime.datetime(2026, 5, 1), day)
        page.set_row(40, None, title)
    return kept.getvalue()
