"""Moving from a spreadsheet: a list as an office keeps it, and files that are none."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ics_leadership.accounts.models import User
from ics_leadership.history import Change
from memberships.models import ImportedRow, Person, SpreadsheetImport, Stage, Verdict
from memberships.spreadsheets import importing
from memberships.spreadsheets.columns import ListKind, match_columns
from memberships.spreadsheets.workbooks import guess_heading_row
from tests import factories
from tests.factories import SmallArea
from tests.spreadsheets import messy
from tests.spreadsheets.test_reading import REFUSED


@pytest.fixture
def editor(client: Client, area: SmallArea) -> User:
    """An editor of the area, whose networks have clinical directors and whose committee has members."""
    for name in ("PCN Clinical Director", "PCN Manager", "LMC Committee Member"):
        factories.role_type(name)
    account = factories.editor(area.icb)
    client.force_login(account)
    return account


def read_by_number(content: bytes, by: User) -> dict[int, ImportedRow]:
    """The rows of a list that was uploaded and read, by their numbers in the sheet."""
    this = importing.upload(by=by, name="Our list", file_name="LMC list v7 FINAL.xlsx", content=content)
    rows = importing.sheet_of(this, this.sheet).rows
    heading_row = guess_heading_row(rows)
    columns = match_columns(ListKind.PEOPLE, rows[heading_row])
    importing.match(this, sheet=this.sheet, kind=ListKind.PEOPLE, heading_row=heading_row, columns=columns)
    importing.read(this.pk)
    this.refresh_from_db()
    assert this.stage == Stage.PREVIEWED
    return {each.number: each for each in this.rows.all()}


def test_a_list_as_an_office_keeps_it_is_read_row_by_row(area, editor):
    people, changes = Person.objects.count(), Change.objects.count()
    code = area.pcns[1].ods_code
    content = messy.committee_as_kept(code)
    rows = read_by_number(content, editor)
    said = {number: (row.judgement["title"], row.verdict) for number, row in rows.items()}
    assert said == {
        4: ("Dr Siân O'Brien-Lee", Verdict.NEW),
        5: ("Dr Ann-Marie McDonald", Verdict.NEW),
        6: ("PCN Manager, East Norwich PCN", Verdict.NEW),
        8: ("A Patel", Verdict.NEW),
        9: ("Dr Jo Park", Verdict.NEW),
        10: ("", Verdict.UNREADABLE),
        12: ("", Verdict.UNREADABLE),
    }
    assert [line.split(",", 1)[1].strip() for line in rows[5].judgement["added"] if "since" in line] == [
        "East Norwich PCN, since April 2021",
        "Norwich LMC, since April 2021",
    ]
    assert "PCN Clinical Director, West Norwich PCN, since April 2024" in rows[8].judgement["added"]
    assert {problem["cell"] for problem in rows[10].problems} == {"B10", "D10", "E10", "G10"}
    assert (Person.objects.count(), Change.objects.count()) == (people, changes)


def test_files_that_cannot_be_read_say_so_where_they_were_chosen_and_leave_no_trace(client, editor):
    changes = Change.objects.count()
    for why, (content, sentence) in REFUSED.items():
        file = SimpleUploadedFile("list.xlsx", content)
        page = client.post(reverse("new-import"), {"file": file, "name": ""})
        said = page.content.decode()
        assert page.status_code == 422, why
        assert sentence in said or "The file is empty" in said, why
    assert not SpreadsheetImport.objects.exists()
    assert Change.objects.count() == changes


def test_an_upload_leads_to_its_columns_and_offers_workbooks_to_start_from(client, editor):
    assert reverse("template-workbook", args=["people"]) in client.get(reverse("new-import")).content.decode()
    file = SimpleUploadedFile("list.csv", messy.text(encoding="cp1252"))
    answer = client.post(reverse("new-import"), {"file": file, "name": "Our list"}, follow=True)
    assert answer.status_code == 200
    assert "What are its columns?" in answer.content.decode()
