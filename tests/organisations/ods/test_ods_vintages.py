"""How new a file is: as its name says, else as its content does, unless somebody states it."""

import shutil
from pathlib import Path

import pytest

from organisations.ods import vintages
from organisations.ods.files import read
from organisations.ods.problems import Unreadable
from tests.organisations.ods.published_files import EPRACCUR, ETR, ICB, STP, on

TODAY = on("2026-11-22")


def vintage_of(path: Path, name: str, folder: Path) -> str:
    [part], _ = read(Path(shutil.copy(path, folder / name)), TODAY)
    return str(part.vintage)


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("epraccur_2026-02.csv", "2026-02"),
        ("epraccur_202602.csv", "2026-02"),
        ("epraccur 2026-02-13.csv", "2026-02-13"),
        ("epraccur_20260213.csv", "2026-02-13"),
        ("epraccur_2025-09_legacy.csv", "2025-09"),
        ("practices 2013.csv", "2013"),
    ],
)
def test_date_in_the_name_says_how_new_a_file_is(name: str, vintage: str, tmp_path: Path) -> None:
    assert vintage_of(EPRACCUR, name, tmp_path) == vintage


def test_without_a_date_in_its_name_a_file_is_as_new_as_the_newest_date_in_it(tmp_path: Path) -> None:
    assert vintage_of(EPRACCUR, "epraccur.csv", tmp_path) == "2025-12-31"


def test_date_after_today_says_nothing_of_how_new_a_file_is(tmp_path: Path) -> None:
    [part], _ = read(Path(shutil.copy(ETR, tmp_path / "etr.csv")), on("2026-05-01"))
    assert part.vintage.last < on("2026-05-01")


def test_heading_of_the_icb_table_says_its_year(tmp_path: Path) -> None:
    assert vintage_of(ICB, "icb.csv", tmp_path) == "2024"


def test_table_without_any_date_is_as_new_as_its_subject_can_be(tmp_path: Path) -> None:
    assert vintage_of(STP, "stp.csv", tmp_path) == "2022-06-30"


def test_stated_vintage_goes_before_what_the_file_says() -> None:
    [part], _ = read(EPRACCUR, TODAY, vintages.stated("2020-05"))
    assert str(part.vintage) == "2020-05"


@pytest.mark.parametrize("text", ["May 2020", "2020-13", "2020-02-30", ""])
def test_vintage_that_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="write 2026-02-03, 2026-02 or 2026"):
        vintages.stated(text)
