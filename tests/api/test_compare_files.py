"""The differences between two states as files: the same rows in every format, to be opened in a spreadsheet or read by a program."""

import csv
import datetime
import html
import io
import re

import openpyxl
import pytest
from django.test import Client

from memberships.comparing import table_of
from memberships.exports.differences import SUBJECTS
from organisations.models import Kind
from tests import factories
from tests.api.reading import body, lines, table
from tests.api.test_role_map import NASTY
from tests.api.test_workbooks import rows_of, unescaped, workbook
from tests.periods import day

COMPARE = "/api/v1/compare"
DAYS = f"{COMPARE}?from_day=2025-01-01&to_day=2026-06-30"
MOMENTS = f"{COMPARE}?as_at=2022-10-01&from_known=2023-01-01"
TITLES = [text for text in (*NASTY, "5E1", "0012", "Zoë Ó Súilleabháin", "_x0041_", "<b>&amp;</b>") if len(text) <= 200]


def began(title: str) -> None:
    post = factories.role(factories.organisation(), factories.role_type(), title=title)
    factories.appointment(factories.person(), post, period=(day("2026-01-01"), None))


def as_in_json(row: dict[str, object]) -> dict[str, object]:
    return {
        name: value.date().isoformat() if isinstance(value, datetime.datetime) else value for name, value in row.items()
    }


@pytest.mark.parametrize("address", [DAYS, MOMENTS])
@pytest.mark.parametrize("of", list(SUBJECTS))
def test_every_format_has_the_same_differences(demo_client: Client, address: str, of: str):
    asked = f"{address}&of={of}"
    rows = demo_client.get(asked).json()["results"]
    assert rows
    assert lines(demo_client, asked) == rows
    assert table(demo_client, asked) == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]
    book = workbook(demo_client, asked)
    assert [as_in_json(row) for row in rows_of(book[f"comparison-of-{of}"])] == rows


@pytest.mark.parametrize("over_time", [True, False])
def test_columns_are_those_that_are_declared(demo_client: Client, over_time: bool):
    for of, subject in SUBJECTS.items():
        declared = [column.name for column in table_of(subject, over_time=over_time).columns]
        address = f"{DAYS if over_time else MOMENTS}&of={of}"
        assert list(lines(demo_client, address)[0]) == list(table(demo_client, address)[0]) == declared


def test_any_title_comes_through_every_format(committing: None):
    for title in TITLES:
        began(title)
    client, address = Client(), f"{COMPARE}?from_day=2025-06-01&to_day=2026-06-01"
    assert {row["role_title"] for row in lines(client, address)} == set(TITLES)
    in_a_workbook = unescaped(rows_of(workbook(client, address).worksheets[0]))
    assert {row["role_title"] for row in in_a_workbook} == set(TITLES)
    assert {row["role_title"] for row in table(client, f"{address}&neutralise=false")} == set(TITLES)
    neutralised = {title: f"'{title}" if title[0] in "=@+-\t" else title for title in TITLES}
    assert {row["role_title"] for row in table(client, address)} == set(neutralised.values())
    assert {row["role_title"] for row in table(client, f"{address}&neutralise=true")} == set(neutralised.values())


def test_codes_stay_text_in_a_workbook(committing: None):
    network = factories.organisation(Kind.PCN, ods_code="5E1")
    factories.appointment(
        factories.person(), factories.role(network, factories.role_type()), period=(day("2026-01-01"), None)
    )
    [row] = rows_of(workbook(Client(), f"{COMPARE}?from_day=2025-06-01&to_day=2026-06-01").worksheets[0])
    assert row["organisation_code"] == "5E1"
    assert row["second_start_date"] == datetime.datetime(2026, 1, 1)


def test_csv_has_the_mark_that_spreadsheets_like_only_where_it_is_asked_for(demo_client: Client):
    assert body(demo_client, f"{DAYS}&format=csv&bom=true").startswith(b"\xef\xbb\xbfappointment_id,")
    for asked in ("", "&bom=false"):
        assert body(demo_client, f"{DAYS}&format=csv{asked}").startswith(b"appointment_id,")


def test_workbook_says_what_its_two_sides_are(demo_client: Client):
    area = demo_client.get(DAYS).json()["results"][0]["organisation_id"]
    for address, sides in (
        (
            f"{DAYS}&within={area}",
            ("1 January 2025, as known when this file was made", "30 June 2026, as known when this file was made"),
        ),
        (
            f"{MOMENTS}&to_known=2024-01-01",
            ("1 October 2022, as known on 1 January 2023", "1 October 2022, as known on 1 January 2024"),
        ),
        (
            f"{DAYS}&known_at=2026-01-31",
            ("1 January 2025, as known on 31 January 2026", "30 June 2026, as known on 31 January 2026"),
        ),
    ):
        sheet = workbook(demo_client, address)["About this file"]
        told = {str(name): str(value) for name, value, *_ in sheet.iter_rows(values_only=True)}
        assert (told["First side"], told["Second side"]) == sides
        assert "As at" not in told
        assert told["Only those with"] == (f"within = {area}" if "within" in address else "nothing: all rows are here")
        assert told["Ask again at"].endswith(f"{address}&format=xlsx")


def test_head_begins_no_file(demo_client: Client):
    answer = demo_client.head(f"{DAYS}&format=xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="comparison-of-appointments-2026-06-30.xlsx"'
    assert "Content-Length" not in answer.headers


@pytest.mark.parametrize(
    "asked",
    [
        "from_day=2025-01-01",
        "from_day=2015-01-01&to_day=2024-06-30&known_at=2024-07-31",
        "as_at=2022-10-01&from_known=2023-01-01",
    ],
)
def test_page_leads_to_the_same_as_excel_as_csv_and_through_the_api(demo_client: Client, asked: str):
    page = html.unescape(demo_client.get(f"/compare?{asked}").content.decode())
    found = re.findall(rf'href="({COMPARE}\?of=(\w+)[^"]*)">([^<]+)</a>', page)
    assert [(of, words) for _, of, words in found] == [
        (of, words) for of in SUBJECTS for words in ("as Excel", "as CSV", "through the API")
    ]
    for of, part in zip(SUBJECTS, ("Roles", "Seats"), strict=True):
        excel, text, api = (address for address, subject, _ in found if subject == of)
        rows = demo_client.get(api).json()["results"]
        assert f"{part}: {len(rows)} difference" in page
        book = openpyxl.load_workbook(io.BytesIO(body(demo_client, excel)))
        assert book.worksheets[0].max_row == len(rows) + 1
        written = body(demo_client, text)
        assert written.startswith(b"\xef\xbb\xbf")
        read = csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), strict=True)
        assert len(list(read)) == len(rows)
