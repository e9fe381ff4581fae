"""Tables as workbooks for Excel: what programs read there is what the register holds, and the file says what it is."""

import datetime
import io
import json
import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from typing import IO

import openpyxl
import pandas
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from ics_leadership.formats import cells, xlsx
from organisations import actions as organisations
from tests import factories
from tests.api.reading import body, lines, pages, table
from tests.api.test_role_map import DAY, NASTY, ROLE_MAP
from tests.factories import IN_TEST
from tests.periods import day


def workbook(client: Client, address: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(body(client, f"{address}&format=xlsx")))


def rows_of(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[dict[str, object]]:
    names, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def plain(row: dict[str, object]) -> dict[str, object]:
    """A row of JSON lines with its days and moments as a workbook has them."""
    days = {name: row[name] and datetime.datetime.fromisoformat(str(row[name])) for name in ("start_date", "end_date")}
    moment = datetime.datetime.fromisoformat(str(row["updated_at"])).replace(tzinfo=None)
    return row | days | {"updated_at": moment}


def test_workbook_has_the_rows_of_json_as_numbers_days_and_text(demo_client: Client):
    sheet = workbook(demo_client, ROLE_MAP)["role-map"]
    expected = [plain(row) for row in lines(demo_client, ROLE_MAP)]
    found = rows_of(sheet)
    for row, same in zip_longest(found, expected):
        assert abs(row.pop("updated_at") - same.pop("updated_at")) < datetime.timedelta(milliseconds=1)
        assert row == same


def test_workbook_is_ready_to_be_read_sorted_and_filtered(demo_client: Client):
    sheet = workbook(demo_client, ROLE_MAP)["role-map"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet["A1"].font.bold
    assert all(column.width >= 9 for column in sheet.column_dimensions.values())


def test_workbook_says_what_it_is(demo_client: Client):
    book = workbook(demo_client, f"{ROLE_MAP}&acts_for=system")
    assert book.sheetnames == ["role-map", "About this file"]
    told = {str(name): str(value) for name, value, *_ in book["About this file"].iter_rows(values_only=True)}
    assert told["As at"] == "30 June 2025"
    assert told["Only those with"] == "acts_for = system"
    assert told["Rows"].split()[0] == str(book["role-map"].max_row - 1)
    assert f"as_at={DAY}" in told["Ask again at"]
    assert told["accountable"].startswith("Whether the holder is")
    assert "Not for everybody" not in told


def test_workbook_of_nothing_is_whole(demo_client: Client):
    book = workbook(demo_client, "/api/v1/role-map?as_at=1950-01-01&kind=pcn")
    assert book["role-map"].max_row == 1


TEXTS = [
    *NASTY,
    "5E1",
    "0012",
    "Zoë Ó Súilleabháin",
    " spaces ",
    "a\vb\x1fc",
    "_x0041_",
    "<b>&amp;</b>",
    "\\N",
    "ends\\",
]
NAME = "שרה 🩺 👩🏽‍⚕️כהן"


def test_any_text_comes_through_workbooks_and_pandas(committing: None):
    for text in TEXTS:
        source = organisations.add_source(title=text, **IN_TEST)
        post = factories.role(factories.organisation(), factories.role_type())
        factories.appointment(factories.person(NAME, note=text), post, source=source)
    client = Client()
    client.force_login(factories.user(is_superuser=True))
    for program, rows in read_by_programs(client, "role-map"):
        assert {row["source"] for row in rows} == set(TEXTS), program
        assert {row["person_name"] for row in rows} == {NAME}, program
    for program, rows in read_by_programs(client, "people"):
        assert {row["note"] for row in rows} == set(TEXTS), program
        assert {(row["name"], f"{row['given_names']} {row['family_name']}") for row in rows} == {(NAME, NAME)}, program


def read_by_programs(client: Client, name: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The whole of a table in every format, as programs that people use read it."""
    address = f"/api/v1/{name}?period=all"
    file = body(client, f"{address}&format=xlsx")
    yield "openpyxl", unescaped(rows_of(openpyxl.load_workbook(io.BytesIO(file))[name]))
    names, *rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name(name).to_python()
    yield "calamine", unescaped([dict(zip(names, row, strict=True)) for row in rows])
    of_workbook = pandas.read_excel(io.BytesIO(file), engine="calamine", dtype=str, keep_default_na=False)
    yield "pandas, of a workbook", unescaped(of_workbook.to_dict("records"))
    of_csv = body(client, f"{address}&format=csv&neutralise=false")
    yield "pandas, of CSV", by_pandas(io.BytesIO(of_csv))
    yield "a strict reader of CSV", table(client, f"{address}&neutralise=false")
    of_json = body(client, f"{address}&format=ndjson")
    yield "pandas, of NDJSON", pandas.read_json(io.BytesIO(of_json), lines=True, dtype=False).to_dict("records")
    yield "whoever reads pages", pages(client, address)
    bundle = body(client, "/api/v1/role-map?period=all&format=zip&neutralise=false")
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        yield "pandas, of an archive", by_pandas(archive.open(f"{name}.csv"))


def by_pandas(file: IO[bytes]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = pandas.read_csv(file, keep_default_na=False, dtype=str).to_dict("records")
    return rows


def test_any_title_comes_through_popolo(committing: None):
    titles = [text for text in (*NASTY, "5E1", "<b>&amp;</b>", "a\vb", "ends\\") if len(text) <= 200]
    for title in titles:
        post = factories.role(factories.organisation(), factories.role_type(), title=title)
        factories.appointment(factories.person(NAME), post)
    said = json.loads(body(Client(), "/api/v1/role-map?period=all&format=popolo"))
    assert {post["label"] for post in said["posts"]} == set(titles)
    assert {person["name"] for person in said["persons"]} == {NAME}


def unescaped(rows: list[dict[str, object]]) -> list[dict[str, str]]:
    """Rows of which a program left the escapes of workbooks as they are; those that read them are told no different."""
    return [{name: _unescaped(str(value)) for name, value in row.items()} for row in rows]


def _unescaped(text: str) -> str:
    for escape, character in (("_x000B_", "\v"), ("_x001F_", "\x1f"), ("_x005F_", "_")):
        text = text.replace(escape, character)
    return text


def test_text_longer_than_a_cell_says_that_it_was_cut(committing: None):
    for text in ("x" * 32_767, "y" * 40_000, "🩺" * 30_000):
        source = organisations.add_source(title=text, **IN_TEST)
        post = factories.role(factories.organisation(), factories.role_type())
        factories.appointment(factories.person(), post, source=source)
    found = {
        str(row["source"])[0]: str(row["source"])
        for row in rows_of(workbook(Client(), "/api/v1/role-map?period=all")["role-map"])
    }
    assert found["x"] == "x" * 32_767
    assert "the whole text has 40000 characters" in found["y"]
    assert "the whole text has 30000 characters" in found["🩺"]
    assert all(len(text.encode("utf-16-le")) // 2 <= cells.MOST_CHARACTERS for text in found.values())


def test_more_rows_than_a_sheet_holds_go_on_upon_the_next(demo_client: Client, monkeypatch: pytest.MonkeyPatch):
    whole = rows_of(workbook(demo_client, ROLE_MAP)["role-map"])
    monkeypatch.setattr(xlsx, "MOST_ROWS", 101)
    book = workbook(demo_client, ROLE_MAP)
    *sheets, about = book.worksheets
    assert [sheet.title for sheet in sheets][:2] == ["role-map", "role-map 2"]
    assert all(sheet.max_row <= 101 for sheet in sheets)
    assert [row for sheet in sheets for row in rows_of(sheet)] == whole
    assert "on the sheets role-map and role-map 2" in str(list(about.iter_rows(values_only=True)))


def test_days_that_excel_does_not_know_are_text(committing: None):
    for start in ("1899-12-31", "1900-03-01"):
        factories.appointment(
            factories.person(),
            factories.role(factories.organisation(), factories.role_type()),
            period=(day(start), None),
        )
    found = [row["start_date"] for row in rows_of(workbook(Client(), "/api/v1/role-map?period=all")["role-map"])]
    assert found == ["1899-12-31", datetime.datetime(1900, 3, 1)]


@pytest.mark.parametrize(("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_called_as_spreadsheets_call_them(number: int, letters: str):
    assert xlsx.column_letters(number) == letters
