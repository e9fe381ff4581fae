"""Lists are taken away, edited and brought back: unchanged they change nothing, edited they say exactly the edits."""

from typing import Any

import pytest

from memberships.models import Verdict
from memberships.spreadsheets.columns import COLUMNS, ListKind, Means
from tests import factories
from tests.spreadsheets.round_trip import LISTS, brought_back, edited, rows_brought_back, sheet, taken_away


@pytest.mark.parametrize(("address", "kind"), LISTS.items())
def test_a_list_brought_back_unchanged_changes_nothing(address, kind, client, known, editor):
    content = taken_away(client, address)
    for brought in (content, edited(content, lambda page, columns: None)):
        judged = brought_back(brought, editor, kind)
        assert judged
        assert [(each.verdict, each.problems, each.edits) for each in judged] == [(Verdict.HELD, [], [])] * len(judged)


def test_a_list_brought_back_edited_says_exactly_the_edits(client, known, editor):
    def edit(page: Any, columns: dict[str, int]) -> None:
        numbers = columns["Person number (do not change)"]
        row = next(row for row in page.iter_rows(min_row=2) if row[numbers - 1].value == known.chair.person_id)
        row[columns["Until"] - 1].value = "31/3/2027"
        row[columns["Sessions a week"] - 1].value = 2
        row[columns["Work e-mail"] - 1].value = None

    judged = brought_back(edited(taken_away(client), edit), editor)
    changed = [each for each in judged if each.verdict != Verdict.HELD]
    assert [each.row.value("person_id") for each in changed] == [known.chair.person_id]
    assert {(edit.what, edit.former, edit.new) for edit in changed[0].edits} == {
        ("Until", "no end", "31 March 2027"),
        ("Sessions a week", "1.5", "2"),
        ("Work e-mail", "chair@example.org", ""),
    }


OTHERWISE: dict[Means, Any] = {
    Means.NAME: "Otherwise",
    Means.EMAIL: "otherwise@example.org",
    Means.REGISTRATION: "7654321",
    Means.START: "2001",
    Means.END: "2040",
    Means.HOW: "Nominated",
    Means.NUMBER: 3,
    Means.MONEY: 99,
    Means.ORGANISATION: "Norwich Surgery 1",
}
"""What somebody may type in place of what stands in a cell, by what its column means; in others "Otherwise"."""

CHOSEN = {"profession": "Nurse", "kind": "Other", "sector": "Acute", "agreed_to_show": "No", "skill": "Contracting"}
"""The same for what is on a list."""


@pytest.mark.parametrize(("address", "kind"), LISTS.items())
def test_no_edit_of_a_cell_is_lost(address, kind, client, known, editor):
    headings, *rows = sheet(taken_away(client, address)).rows
    fullest = max(rows, key=lambda row: sum(cell is not None for cell in row))
    by_heading = {each.heading: each for each in COLUMNS[kind]}
    lost = []
    for place, heading in enumerate(headings):
        column = by_heading[heading]
        if column.shown_only or column.means == Means.ID:
            continue
        otherwise = CHOSEN.get(column.key, OTHERWISE.get(column.means, "Otherwise"))
        for new in {otherwise, None} - {fullest[place]}:
            row = [*fullest[:place], new, *fullest[place + 1 :]]
            [said] = rows_brought_back([headings, row], editor, kind)
            if not said.problems and not said.questions and len(said.edits) != 1:
                lost.append((column.heading, new, said.edits))
    assert lost == []


def test_nobody_learns_by_guessing_what_they_may_not_see(known):
    elsewhere = factories.editor(factories.small_area("Vale").icb)
    headings = ["Given names", "Family name", "Role", "Person number", "Appointment number", "Role number"]
    chair = known.chair
    numbers = ["Amina", "Yusuf", chair.role.title, chair.person_id, chair.pk, chair.role_id]
    for heading, right, wrong in (
        ("GMC", "7012345", "7654321"),
        ("Private note about the person", "Prefers the telephone.\nAfter surgery.", "Something"),
        ("Evidence", "=Minutes of 4 May", "Something"),
        ("Private note about the appointment", "-1 vote", "Something"),
        ("Pounds a year", 12345, 1),
    ):
        said = []
        for guess in (right, wrong):
            [judged] = rows_brought_back([[*headings, heading], [*numbers, guess]], elsewhere, ListKind.PEOPLE)
            said.append((judged.verdict, judged.edits, judged.notes, judged.problems))
        assert said[0] == said[1], heading
        assert "left alone" in said[0][2][0], heading
