"""What must hold of the register once all published files are in it, as published. Made where the files are at hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from organisations.models import Kind, Link, LinkKind, Organisation, Status
from organisations.ods.report import Report
from tests.organisations.ods.published_files import bring_in, in_whole_files, on, passing_register, rows_written


@pytest.fixture(scope="module")
def report(folder: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Report]:
    """The outcome of importing a folder of whole files; the tests of this module read one register."""
    with django_db_blocker.unblock(), passing_register():
        yield bring_in(folder)


@in_whole_files
@pytest.mark.parametrize(("date", "ccgs"), [("2013-04-01", 211), ("2021-04-01", 106), ("2022-07-01", 0)])
def test_ccgs_in_being(report: Report, date: str, ccgs: int) -> None:
    assert Organisation.objects.filter(kind=Kind.CCG).as_at(on(date)).count() == ccgs


@in_whole_files
def test_sub_icb_locations_take_the_place_of_ccgs(report: Report) -> None:
    assert Organisation.objects.filter(kind=Kind.SUB_ICB).as_at(on("2022-07-01")).count() == 106


@in_whole_files
def test_english_gp_practices_of_the_2026_file(report: Report) -> None:
    absent = [case["code"] for case in report.waiting["absent"].cases]
    practices = Organisation.objects.filter(kind=Kind.PRACTICE).exclude(ods_code__in=absent)
    assert practices.count() == 7_767
    assert practices.filter(status=Status.ACTIVE).count() == 6_208
    assert practices.filter(status=Status.DORMANT).count() == 48


@in_whole_files
def test_networks_open_in_january_2025(report: Report) -> None:
    assert Organisation.objects.filter(kind=Kind.PCN).as_at(on("2025-01-31")).count() == 1_285


@in_whole_files
def test_spells_in_networks_are_all_kept_and_overlapping_ones_listed(report: Report) -> None:
    spells = Link.objects.filter(kind=LinkKind.CORE_PARTNER_OF)
    assert spells.count() == 7_705
    assert spells.as_at(on("2025-01-31")).count() == 6_224
    assert len(report.waiting["overlapping_spells"].cases) == 11


@in_whole_files
def test_qu9_gives_way_to_s0e4d_with_all_that_stands_under_it(report: Report) -> None:
    stp, icb, successor = (
        Organisation.objects.get(ods_code=code, kind=kind)
        for code, kind in [("QU9", Kind.STP), ("QU9", Kind.ICB), ("S0E4D", Kind.ICB)]
    )
    assert stp.end_date == on("2022-06-30")
    assert (icb.start_date, icb.end_date) == (on("2022-07-01"), on("2026-03-31"))

    def inside(area: Organisation, date: str) -> set[str]:
        kinds = [Kind.PRACTICE, Kind.PCN]
        return set(Organisation.objects.within(area, on(date)).filter(kind__in=kinds).values_list("slug", flat=True))

    before, after = inside(icb, "2026-03-31"), inside(successor, "2026-04-01")
    assert len(after) > 150
    assert before == after
    assert inside(icb, "2026-04-01") == inside(successor, "2026-03-31") == set()


@in_whole_files
def test_new_icbs_are_known_by_their_codes_and_splits_wait_for_an_editor(report: Report) -> None:
    bare = {case["code"] for case in report.waiting["known_only_by_code"].cases if case["kind"] == Kind.ICB}
    assert bare == {"S0E4D", "Z9B2Z", "D7T5G", "T6Y0W", "S1Y5D", "S9B9J"}
    assert {case["stood_under"] for case in report.waiting["unallocated"].cases} == {"QJG", "QM7", "QNQ"}


@in_whole_files
def test_lines_are_read_whole_and_none_rejected(report: Report) -> None:
    assert sum(file.lines for file in report.files) == 101_716
    assert report.rejected == []


@in_whole_files
def test_second_import_of_the_whole_folder_writes_no_row(report: Report, folder: Path) -> None:
    before = rows_written()
    assert not bring_in(folder).written
    assert rows_written() == before
