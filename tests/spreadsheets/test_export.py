"""Lists go out as workbooks: which rows and columns they have, for whom, and that what is written reads back the same."""

import io
import tempfile
import tracemalloc
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ics_leadership.accounts.models import Sight, Standing
from ics_leadership.history import change
from ics_leadership.typed_dates import end_as_typed, start_as_typed
from memberships import actions
from memberships.models import Skill, Verdict
from memberships.spreadsheets.cells import read_row
from memberships.spreadsheets.columns import COLUMNS, NOT_IN_A_CELL, NOT_SHOWN, Column, ListKind, Means, match_columns
from memberships.spreadsheets.template import EXAMPLES, template
from memberships.spreadsheets.workbooks import guess_heading_row, read
from memberships.spreadsheets.writer import Workbook
from memberships.views import exports
from organisations.models import KeptArea
from tests import factories
from tests.factories import IN_TEST
from tests.foundation.test_typed_dates import ENDS, STARTS
from tests.periods import day
from tests.spreadsheets.round_trip import LISTS, brought_back, readings, rows_brought_back, sheet, taken_away


def test_a_list_holds_what_its_page_lists_on_the_day_shown(client, area):
    end = day("2023-06-30")
    actions.end_appointment(appointment=area.directors[0], end=end, **IN_TEST)
    director = f"role_type={area.director.slug}"
    assert len(readings(ListKind.PEOPLE, taken_away(client, f"/people.xlsx?{director}"))) == 1
    assert len(readings(ListKind.PEOPLE, taken_away(client, f"/people.xlsx?{director}&as_at=2023-06-30"))) == 2


def test_somebody_who_holds_nothing_has_a_row_and_one_who_holds_two_roles_has_two(client, area):
    factories.person("Amina Yusuf")
    factories.appointment(area.chair.person, area.directors[0].role)
    read = readings(ListKind.PEOPLE, taken_away(client))
    assert [(each.values["family_name"], each.values["role"]) for each in read if not each.held] == [("Yusuf", None)]
    assert [each.values["person_id"] for each in read].count(area.chair.person_id) == 2


PRIVATE = {
    "Registration number",
    "Pounds a year",
    "Evidence",
    "Private note about the person",
    "Private note about the appointment",
}
CONTACT = {"Work e-mail", "Work telephone"}


def headings(content: bytes) -> set[object]:
    return set(sheet(content).rows[0])


def test_what_only_some_may_see_is_absent_for_the_rest(client, known):
    visitors = taken_away(client)
    assert not headings(visitors) & (PRIVATE | CONTACT)
    client.force_login(factories.user())
    readers = taken_away(client)
    assert headings(readers) & (PRIVATE | CONTACT) == CONTACT
    for content in (visitors, readers):
        assert not any(
            secret in str(sheet(content).rows) for secret in ("7012345", "12345", "Minutes", "telephone.", "vote")
        )


def test_an_analyst_sees_what_was_granted_where_it_was_granted(client, known):
    elsewhere = factories.small_area("Vale")
    analyst = factories.user()
    factories.grant(analyst, Standing.ANALYST, known.icb, sees=[Sight.AMOUNTS])
    client.force_login(analyst)
    content = taken_away(client)
    assert headings(content) & PRIVATE == {"Pounds a year"}
    rows = {row[-3]: row for row in sheet(content).rows[1:]}
    assert 12345 in rows[known.chair.person_id]
    money = actions.Funding(factories.funding_source(name="Another"), None, None, Decimal(777))
    actions.add_funding_line(appointment=elsewhere.chair, funding=money, **IN_TEST)
    rows = {row[-3]: row for row in sheet(taken_away(client)).rows[1:]}
    assert NOT_SHOWN in rows[elsewhere.chair.person_id]
    assert 777 not in rows[elsewhere.chair.person_id]


def test_what_an_editor_may_not_see_stays_as_it_is_when_their_list_comes_back(client, known):
    elsewhere = factories.small_area("Vale")
    editor = factories.editor(elsewhere.icb)
    client.force_login(editor)
    content = taken_away(client)
    read = next(
        each for each in readings(ListKind.PEOPLE, content) if each.values["person_id"] == known.chair.person_id
    )
    assert "registration_number" not in read.values
    assert {each.verdict for each in brought_back(content, editor)} == {Verdict.HELD}


def test_money_from_several_pots_is_no_matter_for_a_cell(client, known, editor):
    second = actions.Funding(factories.funding_source(name="Another"), None, Decimal(1), None)
    actions.add_funding_line(appointment=known.chair, funding=second, **IN_TEST)
    content = taken_away(client)
    row = next(row for row in sheet(content).rows if known.chair.pk == row[-2])
    assert list(row).count(NOT_IN_A_CELL) == 4
    assert {each.verdict for each in brought_back(content, editor)} == {Verdict.HELD}


def test_text_that_a_spreadsheet_would_run_is_text(client, known, editor):
    book = openpyxl.load_workbook(io.BytesIO(taken_away(client)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=Minutes of 4 May"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_workbook_offers_what_can_be_chosen_and_keeps_the_numbers(client, known, editor):
    book = openpyxl.load_workbook(io.BytesIO(taken_away(client)))
    page = book.worksheets[0]
    rules = {rule.promptTitle: rule for rule in page.data_validations.dataValidation}
    assert rules["Profession"].type == "list"
    assert book["Lists"]["A1"].value == "GP"
    assert book["Lists"].sheet_state == "hidden"
    assert rules["Person number (do not change)"].formula1 == "FALSE"
    assert page.freeze_panes == "A2"


def test_a_workbook_says_of_which_day_it_is_and_how_it_is_brought_back(client, area):
    about = [
        row[0]
        for row in read("list.xlsx", taken_away(client, "/groups.xlsx?as_at=2023-06-30")).sheets[1].rows
        if row[0]
    ]
    assert about[0] == "Groups"
    assert "as at 30 June 2023" in str(about[1])
    assert str(about[2]).endswith("/groups?as_at=2023-06-30")
    seats = read("list.xlsx", taken_away(client, f"/groups/{area.group.slug}/seats.xlsx")).sheets[1].rows
    assert any(str(row[0]).endswith(f"/groups/{area.group.slug}") for row in seats)


@pytest.mark.parametrize("name", ["people", "roles", "groups", "organisations", "mentors"])
def test_a_list_leads_to_its_workbook_with_its_questions(name, client, known):
    page = client.get(f"/{name}?as_at=2023-06-30&within={known.icb.slug}&page=1").content.decode()
    assert f'href="/{name}.xlsx?as_at=2023-06-30&amp;within={known.icb.slug}">' in page


def test_lists_of_other_questions_lead_to_their_workbooks(client, known):
    page = client.get("/mentors/unused-skills?skill=strategy").content.decode()
    assert 'href="/mentors/unused-skills.xlsx?skill=strategy">' in page
    page = client.get(f"/then-and-now?within={known.icb.slug}&then=2022-06-30").content.decode()
    assert f'href="/then-and-now.xlsx?within={known.icb.slug}&amp;then=2022-06-30">' in page
    assert ".xlsx" not in client.get("/then-and-now").content.decode()


def test_a_group_leads_to_its_seats(client, area):
    page = client.get(f"/groups/{area.group.slug}?as_at=2023-06-30").content.decode()
    assert f"/groups/{area.group.slug}/seats.xlsx?as_at=2023-06-30" in page
    assert client.get("/groups/no-such-group/seats.xlsx").status_code == 404


def test_a_vacant_place_has_a_row_in_which_a_name_can_be_written(client, area, editor):
    address = f"/groups/{area.group.slug}/seats.xlsx"
    rows = sheet(taken_away(client, address)).rows
    family, seat = rows[0].index("Family name"), rows[0].index("Seat")
    (vacant,) = [row for row in rows if row[family] == "Vacant"]
    assert vacant[seat] == "Experienced leader"
    (untouched,) = [each for each in rows_brought_back(rows, editor, ListKind.SEATS) if each.row.reading.vacant]
    assert (untouched.verdict, untouched.problems) == (Verdict.HELD, [])
    filled = [cell if place != family else "Newcomer" for place, cell in enumerate(vacant)]
    filled[rows[0].index("For experience of")] = "Long years"
    filled[rows[0].index("From")] = "1 April 2024"
    (judged,) = rows_brought_back([rows[0], filled], editor, ListKind.SEATS)
    assert judged.verdict == Verdict.NEW


def test_no_place_is_said_to_be_vacant_where_nobody_keeps_the_area(client, area):
    with change(**IN_TEST):
        KeptArea.objects.all().delete()
    rows = sheet(taken_away(client, f"/groups/{area.group.slug}/seats.xlsx")).rows
    assert "Vacant" not in {cell for row in rows for cell in row}


def test_a_question_that_makes_no_sense_is_refused_before_a_file_begins(client, db):
    assert client.get("/people.xlsx?colour=blue").status_code == 400


def test_a_longer_list_asks_no_more(client, known, editor):
    def queries() -> list[int]:
        counts = []
        for address in LISTS:
            with CaptureQueriesContext(connection) as asked:
                taken_away(client, address)
            counts.append(len(asked))
        return counts

    before = queries()
    for number in range(20):
        busy, idle = factories.person(f"Sam Longer{number}"), factories.person(f"Idle Longer{number}")
        factories.appointment(busy, known.directors[0].role)
        factories.membership(known.seat("Experienced leader"), busy, "Long experience")
        actions.offer_to_mentor(person=busy, area=known.place, offer="An hour", start=day("2020-01-01"), **IN_TEST)
        actions.add_skill_to_person(person=idle, skill=Skill.objects.first(), start=day("2020-01-01"), **IN_TEST)
    assert queries() == before


def test_offers_that_their_makers_did_not_agree_to_show_are_for_those_who_see_private_notes(client, known):
    def offers() -> str:
        return str(sheet(taken_away(client, "/mentors.xlsx")).rows)

    assert "An hour a month" in offers()
    assert "Agreed to be shown" not in offers()
    elsewhere = factories.editor(factories.small_area("Vale").icb)
    for account, seen in (
        (None, False),
        (factories.user(), False),
        (elsewhere, False),
        (factories.editor(known.icb), True),
    ):
        client.logout()
        if account:
            client.force_login(account)
        assert ("In confidence" in offers()) == seen
        assert ("In confidence" in client.get("/mentors").content.decode()) == seen
    client.force_login(elsewhere)
    assert NOT_SHOWN in offers()


def test_the_workbook_of_then_and_now_holds_who_is_meant_with_what_they_held_then_and_hold_now(client, known):
    actions.end_appointment(appointment=known.directors[0], end=day("2023-06-30"), **IN_TEST)
    asked = f"role_type={known.director.slug}&then=2022-06-30&now=2024-01-01"
    headings, *rows = sheet(taken_away(client, f"/then-and-now.xlsx?{asked}")).rows
    said = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [each["Person number (do not change)"] for each in said] == [each.person_id for each in known.directors]
    assert all(str(each["Held then"]).startswith(known.director.name) for each in said)
    assert [each["Role"] for each in said] == [None, known.directors[1].role.title]


def test_a_list_ten_times_as_long_takes_no_more_memory():
    columns = [each for each in COLUMNS[ListKind.PEOPLE] if each.exported]

    def peak(rows: int) -> int:
        tracemalloc.start()
        with tempfile.TemporaryFile() as file, Workbook(file) as book:
            book.sheet(
                "List", columns, ({each.key: f"{each.key} {number}" for each in columns} for number in range(rows))
            )
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(2000) < 1.5 * peak(200)


def test_one_more_list_than_can_be_written_at_once_is_asked_to_wait(client, area, monkeypatch):
    monkeypatch.setattr(exports, "PATIENCE", 0)
    for _ in range(exports.AT_ONCE):
        exports._turns.acquire()
    try:
        answer = client.get("/people.xlsx")
    finally:
        exports._turns.release(exports.AT_ONCE)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert taken_away(client)


# --- what is written reads back

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1, max_size=40
)
TEXT = st.one_of(
    WORDS,
    st.sampled_from(["=1+1", "+44 1632", "-", "@x", "'quoted", "01632 960123", "TRUE", "1e5", "#N/B", "two\nlines"]),
)


def typed(column: Column) -> st.SearchStrategy[Any]:
    """What a list may write into a column."""
    if column.means == Means.START:
        return STARTS.map(start_as_typed)
    if column.means == Means.END:
        return ENDS.map(end_as_typed)
    if column.choices:
        return st.sampled_from([str(label) for label in column.choices.labels])
    if column.means in (Means.NUMBER, Means.MONEY):
        return st.decimals(0, 14, places=2)
    return {
        Means.ID: st.integers(1, 10**9),
        Means.YES_NO: st.sampled_from(["Yes", "No"]),
        Means.EMAIL: st.just("jo.lee@example.nhs.uk"),
        Means.REGISTRATION: st.just("7012345"),
        Means.NAME: st.just("Dr Siân O’Brien-Lee"),
    }.get(column.means, TEXT)


@st.composite
def a_row(draw: st.DrawFn, columns: list[Column]) -> dict[str, Any]:
    return {each.key: draw(st.none() | typed(each)) for each in columns}


@given(st.sampled_from(ListKind), st.data())
def test_whatever_a_list_writes_reads_back_the_same(kind, data):
    columns = [each for each in COLUMNS[kind] if each.exported]
    rows = data.draw(st.lists(a_row(columns), min_size=1, max_size=4))
    file = io.BytesIO()
    with Workbook(file) as book:
        book.sheet("List", columns, rows)
    mapping = dict(enumerate(each.key for each in columns))
    direct = [read_row(kind, mapping, list(row.values()), number) for number, row in enumerate(rows, start=2)]
    came_back = sheet(file.getvalue()).rows
    assert match_columns(kind, came_back[0]) == mapping
    blank = [None] * len(columns)
    padded = [*came_back[1:], *[blank] * (len(rows) - len(came_back) + 1)]
    again = [read_row(kind, mapping, cells, number) for number, cells in enumerate(padded, start=2)]
    assert again == direct


# --- the workbook to start from


@pytest.mark.parametrize("kind", list(ListKind))
def test_the_workbook_to_fill_in_is_understood_with_its_examples(kind, db):
    factories.role_type("PCN Clinical Director")
    book = read("start.xlsx", template(kind).read())
    empty, example, notes = book.sheets
    columns = [each.key for each in COLUMNS[kind] if each.in_template]
    assert list(match_columns(kind, empty.rows[0]).values()) == columns
    assert len(empty.rows) == 1
    assert guess_heading_row(example.rows) == 0
    read_back = [
        read_row(kind, match_columns(kind, example.rows[0]), cells, number)
        for number, cells in enumerate(example.rows[1:], start=2)
    ]
    assert len(read_back) == len(EXAMPLES.get(kind, [None]))
    assert [each.problems for each in read_back] == [()] * len(read_back)
    assert {each.heading for each in COLUMNS[kind] if each.in_template} <= {row[0] for row in notes.rows}


def test_the_workbook_to_fill_in_offers_the_registers_types_of_role(client, db):
    factories.role_type("PCN Clinical Director")
    book = openpyxl.load_workbook(io.BytesIO(taken_away(client, "/to-fill-in/people.xlsx")))
    assert "PCN Clinical Director" in [cell.value for column in book["Lists"].columns for cell in column]
    assert client.get("/to-fill-in/colours.xlsx").status_code == 404
