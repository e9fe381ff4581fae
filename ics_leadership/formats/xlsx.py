"""A table as a workbook for Excel, streamed: its rows on one sheet, or more where Excel holds no more rows, and after them a
sheet that says what the file is.

The parts that need to know how many rows there were come last in the archive. It is written without Zip64, which some
programs do not read in an archive that is streamed: a sheet ends before it grows so large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html import escape

from django.utils import timezone
from stream_zip import ZIP_32

from ics_leadership.exports import Column, Of
from ics_leadership.formats import cells
from ics_leadership.formats.about import described
from ics_leadership.formats.archive import Member, archived
from ics_leadership.formats.cells import Style, text_cell
from ics_leadership.formats.export import Export, Format

MOST_ROWS = 1_048_576
"""Rows of a sheet of Excel, the headings among them."""

MOST_BYTES = 3 * 2**30
"""XML of a sheet, before it is compressed."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PART = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{PART}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{PART}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{PART}.styles+xml"/></Types>'
)

RELATIONSHIPS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)

STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFD8DDE0"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

WIDTHS = {Of.INTEGER: 11, Of.NUMBER: 11, Of.BOOLEAN: 9, Of.DATE: 12, Of.MOMENT: 20}
"""Widths of columns in characters, before that of their names; of text by what it is."""


@dataclass
class Sheet:
    """A sheet of rows: its title, and how many rows it has below the headings, once it is written."""

    title: str
    rows: int = 0


@dataclass
class Workbook:
    """A workbook that is being written."""

    export: Export
    sheets: list[Sheet] = field(default_factory=list)

    def stream(self) -> Iterator[bytes]:
        """The archive, in chunks. What is asked of the database is begun with before the first of them."""
        with closing(cells.rows(self.export)) as rows:  # type: ignore[type-var]
            first = next(rows, b"")
            yield from archived(self._members(_Lines(rows, first)))

    def _members(self, lines: _Lines) -> Iterator[Member]:
        def member(name: str, content: Iterable[bytes]) -> Member:
            return name, timezone.localtime(self.export.made_at), 0o644, ZIP_32, content

        def part(name: str, text: str) -> Member:
            return member(name, iter((text.encode(),)))

        yield part("[Content_Types].xml", CONTENT_TYPES)
        yield part("_rels/.rels", RELATIONSHIPS)
        yield part("xl/styles.xml", STYLES)
        while lines.left or not self.sheets:
            number = len(self.sheets) + 1
            self.sheets.append(Sheet(self.export.table.name if number == 1 else f"{self.export.table.name} {number}"))
            yield member(f"xl/worksheets/sheet{number}.xml", self._sheet(self.sheets[-1], lines))
        yield part(f"xl/worksheets/sheet{len(self.sheets) + 1}.xml", self._about())
        yield part("xl/_rels/workbook.xml.rels", self._related())
        yield part("xl/workbook.xml", self._workbook())

    def _columns(self) -> list[Column]:
        return self.export.table.seen(self.export.question)

    def _sheet(self, sheet: Sheet, lines: _Lines) -> Iterator[bytes]:
        columns = self._columns()
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{width(column)}" customWidth="1"/>'
            for place, column in enumerate(columns, 1)
        )
        headings = "".join(text_cell(column.name, Style.HEADING) for column in columns)
        selected = ' tabSelected="1"' if sheet is self.sheets[0] else ""
        yield (
            f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetViews><sheetView{selected} workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f"<cols>{widths}</cols><sheetData><row>{headings}</row>\n"
        ).encode()
        size = 0
        while lines.left and sheet.rows < MOST_ROWS - 1 and size < MOST_BYTES:
            count, found = lines.take(MOST_ROWS - 1 - sheet.rows)
            sheet.rows += count
            size += len(found)
            yield found
        yield f'</sheetData><autoFilter ref="A1:{column_letters(len(columns))}{sheet.rows + 1}"/></worksheet>'.encode()

    def _about(self) -> str:
        total = sum(sheet.rows for sheet in self.sheets)
        told = described(self.export, total, [sheet.title for sheet in self.sheets])
        rows = "".join(
            f"<row>{''.join(text_cell(text, Style.HEADING if line.heading else Style.WRAPPED) for text in line.cells)}</row>"
            for line in told
        )
        widths = "".join(
            f'<col min="{place}" max="{place}" width="{size}" customWidth="1"/>'
            for place, size in enumerate((24, 80, 14, 60, 60), 1)
        )
        return (
            f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>'
            f"<cols>{widths}</cols><sheetData>{rows}</sheetData></worksheet>"
        )

    def _related(self) -> str:
        sheets = "".join(
            f'<Relationship Id="rId{number}" Type="{RELATED}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in range(1, len(self.sheets) + 2)
        )
        styles = f'<Relationship Id="rId{len(self.sheets) + 2}" Type="{RELATED}/styles" Target="styles.xml"/>'
        return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{sheets}{styles}</Relationships>'

    def _workbook(self) -> str:
        titles = [*(sheet.title for sheet in self.sheets), "About this file"]
        sheets = "".join(
            f'<sheet name="{escape(title)}" sheetId="{number}" r:id="rId{number}"/>'
            for number, title in enumerate(titles, 1)
        )
        last = column_letters(len(self._columns()))
        filtered = "".join(
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
            f"'{escape(sheet.title)}'!$A$1:${last}${sheet.rows + 1}</definedName>"
            for place, sheet in enumerate(self.sheets)
        )
        return (
            f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets><definedNames>{filtered}</definedNames></workbook>"
        )


class _Lines:
    """Rows that are still to come, taken some at a time as `<row>` elements."""

    def __init__(self, chunks: Iterator[bytes], first: bytes) -> None:
        self._chunks, self.left = chunks, first

    def take(self, most: int) -> tuple[int, bytes]:
        """How many rows, `most` at the most, and they."""
        chunk, count = self.left, self.left.count(b"\n")
        if count <= most:
            self.left = next(self._chunks, b"")
        else:
            lines = chunk.split(b"\n", most)
            count, chunk, self.left = most, b"\n".join(lines[:most]) + b"\n", lines[most]
        return count, chunk


def width(column: Column) -> int:
    """How wide a column is, in characters: as is usual for what it holds, and so that its name can be read beside the arrow."""
    if column.choices:
        usual = min(max(map(len, column.choices)) + 2, 30)
    elif column.of == Of.TEXT:
        usual = 14 if column.name.endswith("code") else 32
    else:
        usual = WIDTHS[column.of]
    return max(usual, len(column.name) + 4)


def column_letters(number: int) -> str:
    """What spreadsheets call the column with that number, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


XLSX = Format(
    "xlsx",
    "Excel",
    f"{PART}.sheet",
    lambda export: Workbook(export).stream(),
)
