"""A file that cannot be read whole is refused with its name and line; everything that is wrong is said at once."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisations.ods.files import find, read
from organisations.ods.problems import Problem
from organisations.ods.rows import Standing
from tests.organisations.ods.published_files import (
    EPCMEM,
    EPCN,
    EPCN_PARTNERS,
    EPRACCUR,
    ETR,
    FILES,
    lines,
    on,
    write,
    write_workbook,
)

TODAY = on("2026-11-22")
OPENED, NAME = 10, 1


def problems_of(path: Path) -> list[Problem]:
    _, problems = read(path, TODAY)
    return problems


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_published_file_is_read_without_a_complaint(path: Path) -> None:
    [part], problems = read(path, TODAY)
    assert problems == []
    assert part.rejected == []
    assert part.rows


@pytest.mark.parametrize("content", [b"", b"\r\n  \r\n"], ids=["nothing at all", "empty lines"])
def test_empty_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "epraccur.csv").write_bytes(content)
    assert [str(problem) for problem in problems_of(tmp_path / "epraccur.csv")] == ["epraccur.csv: the file is empty."]


def test_wrong_column_count_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = lines(EPRACCUR)
    rows[4] = rows[4][:-2]
    [problem] = problems_of(write(tmp_path / "epraccur.csv", rows))
    assert str(problem) == "epraccur.csv, line 5: it has 25 columns where epraccur has 27."


@pytest.mark.parametrize("impossible", ["20230229", "20231301", "2023-01-01", "00000000", "2023010"])
def test_impossible_date_is_refused_with_its_line(impossible: str, tmp_path: Path) -> None:
    rows = lines(EPRACCUR)
    rows[2][OPENED] = impossible
    [problem] = problems_of(write(tmp_path / "epraccur.csv", rows))
    assert (problem.file, problem.line) == ("epraccur.csv", 3)
    assert impossible in problem.reason


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    rows = lines(EPRACCUR)
    rows[1][OPENED] = "19740431"
    rows[3].append("")
    rows[5][NAME] = ""
    assert [problem.line for problem in problems_of(write(tmp_path / "epraccur.csv", rows))] == [2, 4, 6]


def test_line_is_counted_where_it_begins_when_a_field_spans_lines(tmp_path: Path) -> None:
    rows = lines(EPRACCUR)
    rows[0][NAME] = "THE DENSHAM\r\nSURGERY"
    rows[1][OPENED] = "soon"
    [problem] = problems_of(write(tmp_path / "epraccur.csv", rows))
    assert problem.line == 3


def test_binary_file_is_refused_with_its_line(tmp_path: Path) -> None:
    content = EPRACCUR.read_bytes()
    at = content.index(b"\n") + 20
    (tmp_path / "epraccur.csv").write_bytes(content[:at] + b"\0\1\2" + content[at:])
    [problem] = problems_of(tmp_path / "epraccur.csv")
    assert problem.line == 2
    assert "binary" in problem.reason


def test_text_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = lines(EPRACCUR)
    rows[6][NAME] = "CAFÉ SURGERY"
    path = write(tmp_path / "epraccur.csv", rows)
    path.write_bytes(path.read_bytes().decode().encode("latin-1"))
    [problem] = problems_of(path)
    assert problem.line == 7
    assert "UTF-8" in problem.reason


def test_quote_that_is_never_closed_is_refused_with_its_line(tmp_path: Path) -> None:
    content = EPRACCUR.read_bytes()
    (tmp_path / "epraccur.csv").write_bytes(content[: content.rindex(b'"') - 3])
    [problem] = problems_of(tmp_path / "epraccur.csv")
    assert problem.line == len(lines(EPRACCUR))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_workbook_that_is_cut_short_is_refused(share: float, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "ePCN.xlsx", lines(EPCN), lines(EPCN_PARTNERS))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    [problem] = problems_of(path)
    assert str(problem).startswith("ePCN.xlsx: the workbook is damaged or cut short")


def test_workbook_with_a_damaged_sheet_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "ePCN.xlsx", lines(EPCN), lines(EPCN_PARTNERS))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 40] = b"\xff" * 40
    path.write_bytes(content)
    [problem] = problems_of(path)
    assert "damaged" in problem.reason


def test_problem_in_a_workbook_names_its_sheet_and_row(tmp_path: Path) -> None:
    partners = lines(EPCN_PARTNERS)
    partners[1][8] = ""
    path = write_workbook(tmp_path / "ePCN.xlsx", lines(EPCN), partners)
    [problem] = problems_of(path)
    assert str(problem) == "ePCN.xlsx [PCN Core Partner Details], line 3: a date is missing."


def test_line_that_says_what_cannot_be_is_left_out_and_reported(tmp_path: Path) -> None:
    rows = lines(EPCMEM)
    rows[0][3], rows[0][4] = "20130401", "20010331"
    [part], problems = read(write(tmp_path / "epcmem.csv", rows), TODAY)
    assert problems == []
    assert [(problem.file, problem.line) for problem in part.rejected] == [("epcmem.csv", 1)]
    assert part.read == len(rows)
    assert sum(isinstance(row, Standing) for row in part.rows) == len(rows) - 1


def test_second_line_about_one_practice_is_left_out_and_reported(tmp_path: Path) -> None:
    rows = lines(EPRACCUR)
    [part], _ = read(write(tmp_path / "epraccur.csv", [*rows, rows[0]]), TODAY)
    [rejected] = part.rejected
    assert rejected.line == len(rows) + 1
    assert "line 1" in rejected.reason


def test_trust_stays_where_its_line_differs_on_the_region_of_its_system(tmp_path: Path) -> None:
    rows = lines(ETR)
    rth = next(row for row in rows if row[0] == "RTH")
    other = [*rth]
    other[0], other[2] = "RZZ", "Y60"
    [part], _ = read(write(tmp_path / "etr.csv", [rth, other]), TODAY)
    assert part.rejected == []
    said = [row for row in part.rows if isinstance(row, Standing)]
    assert {(row.code, row.parent) for row in said} == {("RTH", "S0E4D"), ("RZZ", "S0E4D"), ("S0E4D", "Y59")}


def test_folder_gives_its_tables_and_names_what_it_passes_over(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("not a table")
    write(tmp_path / "b.csv", [["x"]])
    found = find([tmp_path])
    assert [path.name for path in found.files] == ["b.csv"]
    assert [path.name for path in found.passed_over] == ["notes.md"]


def test_folder_without_tables_and_path_without_a_file_are_refused(tmp_path: Path) -> None:
    problems = find([tmp_path, tmp_path / "gone.csv"]).problems
    assert [problem.reason for problem in problems] == [
        "the folder holds no .csv or .xlsx file.",
        "there is no such file or folder.",
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_no_content_whatever_does_more_than_be_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    parts, problems = read(path, TODAY)
    assert bool(parts) != bool(problems) or not any(part.rows for part in parts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(FILES),
    at=st.floats(0, 1, exclude_max=True),
    cell=st.one_of(st.text(max_size=12), st.sampled_from(["20990101", "19000101", "20230230", "", "RO76|RO1"])),
    data=st.data(),
)
def test_any_one_cell_changed_is_read_or_refused_with_its_line(
    path: Path, at: float, cell: str, data: st.DataObject, tmp_path: Path
) -> None:
    rows = lines(path)
    number = int(at * len(rows))
    column = data.draw(st.integers(0, len(rows[number]) - 1))
    rows[number][column] = cell.replace('"', "")
    parts, problems = read(write(tmp_path / path.name, rows), TODAY)
    assert parts or problems
    assert all(problem.file == path.name and problem.reason for problem in problems)
