"""Short spreadsheets for tests of the import, written as csv, and the way that one takes until it is brought in."""

from __future__ import annotations

import textwrap
import uuid

from ics_leadership.accounts.models import User
from memberships.models import ImportedRow, SpreadsheetImport
from memberships.spreadsheets import importing, undoing
from memberships.spreadsheets.columns import ListKind, match_columns
from memberships.spreadsheets.workbooks import guess_heading_row


def previewed(sheet: str, by: User, kind: ListKind = ListKind.PEOPLE) -> SpreadsheetImport:
    """An import of that csv, read by a worker and ready to be checked."""
    content = textwrap.dedent(sheet).strip().encode()
    this = importing.upload(by=by, name="Our list", file_name="our list.csv", content=content)
    rows = importing.sheet_of(this, "").rows
    heading_row = guess_heading_row(rows)
    columns = match_columns(kind, rows[heading_row])
    importing.match(this, sheet="", kind=kind, heading_row=heading_row, columns=columns)
    importing.read(this.pk)
    this.refresh_from_db()
    return this


def row(this: SpreadsheetImport, number: int) -> ImportedRow:
    return this.rows.get(number=number)


def verdicts(this: SpreadsheetImport) -> list[str]:
    """What each row is to the register, in the order of the sheet."""
    return [each.verdict for each in this.rows.all()]


def brought_in(this: SpreadsheetImport) -> SpreadsheetImport:
    """The import, confirmed and brought in."""
    assert importing.confirm(this, by=this.by, why="Moving from our spreadsheet", token=uuid.uuid4())
    importing.bring_in(this.pk)
    this.refresh_from_db()
    return this


def undone(this: SpreadsheetImport, by: User, why: str = "By mistake") -> bool:
    """Whether the import could be asked to be undone; a worker has then been at it."""
    asked = undoing.confirm(this, by=by, why=why, token=uuid.uuid4())
    undoing.undo(this.pk)
    this.refresh_from_db()
    return asked
