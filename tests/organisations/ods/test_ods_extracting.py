"""Extracts are cut from whole files by one rule, line by line as published."""

from pathlib import Path

from django.core.management import call_command

from tests.organisations.ods.published_files import DEMONSTRATION, EXTRACTS, FILES, in_whole_files, lines


def test_cutting_an_extract_again_keeps_every_line(tmp_path: Path) -> None:
    call_command("extract_ods", str(DEMONSTRATION), to=tmp_path, systems=["QU9", "S0E4D"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in DEMONSTRATION.iterdir()
    }


def test_split_never_looks_like_a_handing_over(tmp_path: Path) -> None:
    call_command("extract_ods", str(EXTRACTS), to=tmp_path, codes=["S0E4D"])
    successions = lines(tmp_path / "succ_2026-05.csv")
    assert {row[1] for row in successions if row[0] == "QNQ"} == {"S0E4D", "S9B9J", "QRL"}


@in_whole_files
def test_kept_extracts_are_lines_of_the_published_files(folder: Path) -> None:
    for path in [*FILES, *DEMONSTRATION.glob("*.csv")]:
        whole = folder / path.name
        if whole.exists():
            assert {tuple(row) for row in lines(path)} <= {tuple(row) for row in lines(whole)}
