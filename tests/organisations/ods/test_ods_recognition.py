"""A file is recognised by its content, whatever it is called."""

import shutil
from pathlib import Path

import pytest

from organisations.ods.files import read
from organisations.ods.layouts import LAYOUTS
from organisations.ods.rows import Registration, Standing
from tests.organisations.ods.published_files import (
    ECCG,
    EPCN,
    EPCN_PARTNERS,
    EPRACCUR,
    EPRACCUR_LEGACY,
    FILES,
    layout_of,
    lines,
    on,
    write,
    write_workbook,
)

TODAY = on("2026-11-22")

LAYOUT_OF_FILE = {
    "eccg_2025-12.csv": "eccg",
    "epcmem_2019-10.csv": "epcmem",
    "epcn_2025-01.csv": "epcn",
    "epcncorepartnerdetails_2025-01.csv": "epcncorepartnerdetails",
    "epraccur_2025-09_legacy.csv": "epraccur_legacy",
    "epraccur_2026-02.csv": "epraccur",
    "etr_2026-04.csv": "etr",
    "icb_2024-12.csv": "icb",
    "pct_ccg_2013.csv": "pct_ccg",
    "stp_2017.csv": "stp",
    "stp_ccg_2017.csv": "stp_ccg",
    "sub_icb_icb_region.csv": "sub_icb_icb_region",
    "succ_2026-05.csv": "succ",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_layout_is_recognised_by_content_and_not_by_name(path: Path, tmp_path: Path) -> None:
    renamed = shutil.copy(path, tmp_path / "download (3).csv")
    assert layout_of(renamed) == LAYOUT_OF_FILE[path.name]


def test_an_extract_of_every_layout_is_kept() -> None:
    assert {layout_of(path) for path in FILES} == LAYOUTS.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_single_line_is_enough_to_recognise_a_layout_that_says_what_it_is(path: Path, tmp_path: Path) -> None:
    rows = lines(path)
    header = 1 if LAYOUTS[LAYOUT_OF_FILE[path.name]].header else 0
    one_line = write(tmp_path / "one.csv", rows[: header + 1])
    assert layout_of(one_line) == LAYOUT_OF_FILE[path.name]


def test_workbook_says_the_same_as_its_two_csv_forms(tmp_path: Path) -> None:
    details, partners = EPCN, EPCN_PARTNERS
    workbook = write_workbook(tmp_path / "ePCN_2025-01.xlsx", lines(details), lines(partners))

    sheets, problems = read(workbook, TODAY)

    assert problems == []
    assert [sheet.layout.name for sheet in sheets] == ["epcn", "epcncorepartnerdetails"]
    for sheet, path in zip(sheets, [details, partners], strict=True):
        [form], _ = read(path, TODAY)
        assert [row._replace(line=0) for row in sheet.rows] == [row._replace(line=0) for row in form.rows]


@pytest.mark.parametrize(
    "rows",
    [
        [["first name", "surname"], ["Ann", "Example"]],
        [["a"] * 27],
        [["a", "b", "c", "d", "e"]],
    ],
    ids=["a table of something else", "27 columns of nothing", "5 columns of nothing"],
)
def test_table_of_something_else_is_refused(rows: list[list[str]], tmp_path: Path) -> None:
    parts, [problem] = read(write(tmp_path / "other.csv", rows), TODAY)
    assert parts == []
    assert str(problem).startswith("other.csv: ")


def test_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.save(tmp_path / "accounts.xlsx")
    _, [problem] = read(tmp_path / "accounts.xlsx", TODAY)
    assert "PCNDetails" in problem.reason


def test_both_epraccur_layouts_say_the_same_of_a_practice() -> None:
    def said(path: Path) -> list[object]:
        [part], _ = read(path, TODAY)
        return [
            (row.kind, row.status, row.wanted) if isinstance(row, Registration) else row[1:]
            for row in part.rows
            if isinstance(row, Registration | Standing) and row.code == "A81001"
        ]

    assert said(EPRACCUR) == said(EPRACCUR_LEGACY)


def test_ccg_that_became_a_sub_icb_location_is_two_organisations() -> None:
    [part], _ = read(ECCG, TODAY)
    borne = {row.kind: row for row in part.rows if isinstance(row, Registration) and row.code == "10Q"}
    assert borne["ccg"].name == ""
    assert (borne["ccg"].opened, borne["ccg"].closed) == (on("2013-04-01"), on("2022-06-30"))
    assert borne["sub_icb"].name.endswith("ICB - 10Q")
    assert (borne["sub_icb"].opened, borne["sub_icb"].closed) == (on("2022-07-01"), None)


def test_ccg_in_a_file_of_its_own_time_has_its_own_name_and_is_no_sub_icb_location_yet(tmp_path: Path) -> None:
    row = next(row for row in lines(ECCG) if row[0] == "D4U1Y")
    row[1], row[13] = "NHS FRIMLEY CCG", "C"
    [part], _ = read(write(tmp_path / "eccg_2021-06.csv", [row]), TODAY)
    [ccg] = [row for row in part.rows if isinstance(row, Registration)]
    assert (ccg.kind, ccg.name, ccg.closed) == ("ccg", "NHS FRIMLEY CCG", on("2022-06-30"))
