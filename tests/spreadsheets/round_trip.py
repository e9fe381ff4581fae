"""Lists taken away as workbooks, edited as somebody would, and brought back."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
from django.test import Client

from ics_leadership.accounts.models import User
from memberships.spreadsheets.cells import Reading, read_row
from memberships.spreadsheets.columns import ListKind, match_columns
from memberships.spreadsheets.verdicts import Judgement, Row, judge
from memberships.spreadsheets.workbooks import Sheet, read
from organisations.rights import Rights

LISTS = {
    "/people.xlsx": ListKind.PEOPLE,
    "/roles.xlsx": ListKind.ROLES,
    "/groups.xlsx": ListKind.GROUPS,
    "/organisations.xlsx": ListKind.ORGANISATIONS,
    "/groups/norwich-gp-leadership-group/seats.xlsx": ListKind.SEATS,
    "/mentors.xlsx": ListKind.OFFERS,
    "/mentors/unused-skills.xlsx": ListKind.SKILLS,
    "/then-and-now.xlsx?within=place-norwich-place&then=2022-06-30": ListKind.PEOPLE,
}
"""Every list that can be taken away, in the area of the fixture `known`, and what its rows are about."""


def taken_away(client: Client, address: str = "/people.xlsx") -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def sheet(content: bytes) -> Sheet:
    return read("list.xlsx", content).sheets[0]


def readings(kind: ListKind, content: bytes) -> list[Reading]:
    rows = sheet(content).rows
    mapping = match_columns(kind, rows[0])
    return [read_row(kind, mapping, cells, number) for number, cells in enumerate(rows[1:], start=2)]


def brought_back(content: bytes, account: User, kind: ListKind = ListKind.PEOPLE) -> list[Judgement]:
    """What every row of a workbook is to the register, for somebody who brings it back."""
    return rows_brought_back(sheet(content).rows, account, kind)


def rows_brought_back(rows: Sequence[Sequence[object]], account: User, kind: ListKind) -> list[Judgement]:
    """The same of rows as a workbook holds them, their headings first."""
    mapping = match_columns(kind, rows[0])
    read_back = [
        Row(number, read_row(kind, mapping, cells, number), {}, kind, mapping)
        for number, cells in enumerate(rows[1:], start=2)
    ]
    return list(judge(kind, read_back, Rights(account)))


def edited(content: bytes, edit: Callable[[Any, dict[str, int]], None]) -> bytes:
    """A workbook as somebody saved it who edited its first sheet; `edit` is given the sheet and its columns by heading."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    edit(page, {cell.value: cell.column for cell in page[1]})
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
