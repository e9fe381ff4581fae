"""Files come again, in any order, after editors were at work, damaged: the register takes what is new and loses nothing."""

import datetime
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ics_leadership.history import Change, change
from ics_leadership.periods import PartialDate
from organisations.models import Kind, Link, LinkKind, Organisation, Succession
from organisations.ods.problems import ImportRefused
from organisations.ods.report import Report
from tests.organisations.ods.published_files import (
    ECCG,
    EPCN,
    EPCN_PARTNERS,
    EPRACCUR,
    EPRACCUR_LEGACY,
    ETR,
    EXTRACTS,
    FILES,
    SUCC,
    bring_in,
    lines,
    on,
    passing_register,
    rows_written,
    said_by_the_register,
    write,
)

pytestmark = pytest.mark.django_db
BY_HAND = {"by": None, "why": "by hand, in a test"}


def test_second_import_of_the_same_files_writes_no_row() -> None:
    assert bring_in(EXTRACTS).written
    before = rows_written()
    again = bring_in(EXTRACTS)
    assert not again.written
    assert rows_written() == before
    assert {tally.created + tally.changed for tally in again.organisations.values()} == {0}


def test_same_content_under_another_name_writes_no_row(tmp_path: Path) -> None:
    bring_in(EPRACCUR)
    before = rows_written()
    bring_in(Path(shutil.copy(EPRACCUR, tmp_path / "2026-02.csv")))
    assert rows_written() == before


def test_dry_run_reports_the_same_and_writes_nothing() -> None:
    before = rows_written()
    rehearsed = bring_in(EXTRACTS, dry_run=True)
    assert rows_written() == before
    done = bring_in(EXTRACTS)
    assert (rehearsed.written, done.written) == (False, True)
    assert rehearsed.organisations == done.organisations
    assert rehearsed.links == done.links
    assert rehearsed.waiting == done.waiting


def test_import_is_one_change_that_says_why() -> None:
    before = set(Change.objects.values_list("pk", flat=True))
    bring_in(EPRACCUR, SUCC)
    [made] = Change.objects.exclude(pk__in=before)
    assert made.why == "Import of NHS reference data: epraccur_2026-02.csv, succ_2026-05.csv"


def older_files(folder: Path) -> list[Path]:
    """Files as they may have been published before those of the extracts: other names, parents, dates; lines missing."""

    def rewritten(path: Path, name: str, changes: dict[str, dict[int, str]], missing: int) -> Path:
        rows = [list(row) for row in lines(path)]
        for row in rows:
            for column, cell in changes.get(row[0], {}).items():
                row[column] = cell
        return write(folder / name, [row for place, row in enumerate(rows) if place % missing or row[0] in changes])

    return [
        rewritten(
            ECCG,
            "eccg_2021-06.csv",
            {"D4U1Y": {1: "NHS FRIMLEY CCG", 13: "C"}, "02Q": {1: "NHS BASSETLAW CCG", 3: "QF7", 13: "C"}},
            missing=3,
        ),
        rewritten(ETR, "etr_2024-01.csv", {"RTH": {3: "QU9"}, "G6V2S": {3: "QMJ"}}, missing=4),
        rewritten(EPCN, "epcn_2023-01.csv", {"U20931": {2: "14Y", 1: "KIDLINGTON PCN"}}, missing=5),
        rewritten(
            EPCN_PARTNERS,
            "epcncorepartnerdetails_2023-01.csv",
            {"A81001": {8: "20190701"}, "K84028": {9: "20221231"}},
            missing=6,
        ),
        rewritten(
            EPRACCUR_LEGACY,
            "epraccur_2018-01.csv",
            {"A81001": {1: "DENSHAM'S", 14: "00K", 15: "20130401"}, "K84003": {14: "10H", 15: "20150401"}},
            missing=3,
        ),
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_files_in_any_order_and_any_parting_give_the_same_register(data: st.DataObject, tmp_path: Path) -> None:
    files = FILES + older_files(tmp_path)
    with passing_register():
        bring_in(*files)
        together = said_by_the_register()
    order = data.draw(st.permutations(files))
    cuts = data.draw(st.sets(st.integers(1, len(order) - 1), max_size=4))
    with passing_register():
        for first, last in pairwise([0, *sorted(cuts), len(order)]):
            bring_in(*order[first:last])
        apart = said_by_the_register()
    for facts in together:
        assert apart[facts] == together[facts]


def test_older_file_that_comes_late_adds_what_is_missing_and_changes_nothing_newer() -> None:
    bring_in(EPRACCUR)
    late = bring_in(EPRACCUR_LEGACY)
    assert Organisation.objects.get(ods_code="B81617").name == "Cherry Tree Medical Practice"
    assert late.organisations["practice"].created == 2
    assert late.organisations["practice"].changed == 0


def test_newer_file_changes_what_it_says_otherwise(tmp_path: Path) -> None:
    bring_in(EXTRACTS)
    rows = lines(EPRACCUR)
    densham = next(row for row in rows if row[0] == "A81001")
    densham[1], densham[11], densham[12], densham[16] = "DENSHAM HOUSE", "20260228", "INACTIVE", "20260228"
    report = bring_in(write(tmp_path / "epraccur_2026-03.csv", rows))
    practice = Organisation.objects.get(ods_code="A81001")
    assert (practice.name, practice.status, practice.end_date) == ("Densham House", "inactive", on("2026-02-28"))
    assert report.organisations["practice"].changed == 1
    assert report.links["part_of"].changed == 1
    last = Link.objects.filter(organisation=practice, kind=LinkKind.PART_OF).order_by("period").last()
    assert last is not None
    assert last.end_date == on("2026-02-28")


def confirmed_on(code: str) -> datetime.date:
    return Organisation.objects.get(ods_code=code, kind=Kind.PRACTICE).confirmed_on


def renamed(path: Path) -> Path:
    """The practices of February as a newer file may have them: one is called otherwise."""
    rows = lines(EPRACCUR)
    next(row for row in rows if row[0] == "A81001")[1] = "DENSHAM HOUSE"
    return write(path, rows)


def test_newer_file_confirms_what_it_changes_and_writes_nothing_of_the_rest(tmp_path: Path) -> None:
    bring_in(EPRACCUR)
    bring_in(renamed(tmp_path / "epraccur_2026-03.csv"))
    assert (confirmed_on("A81001"), confirmed_on("K84003")) == (on("2026-03-31"), on("2026-02-28"))


def test_what_somebody_wrote_after_a_file_was_published_stays_confirmed_on_that_day(tmp_path: Path) -> None:
    bring_in(EPRACCUR)
    with change(**BY_HAND):
        Organisation.objects.filter(ods_code="A81001").update(short_name="Densham", confirmed_on=on("2026-05-04"))
    bring_in(renamed(tmp_path / "epraccur_2026-03.csv"))
    assert Organisation.objects.get(ods_code="A81001").name == "Densham House"
    assert confirmed_on("A81001") == on("2026-05-04")


def test_file_of_the_month_that_still_runs_confirms_nothing_in_days_to_come() -> None:
    with time_machine.travel("2026-02-10 12:00", tick=False):
        bring_in(EPRACCUR)
    assert confirmed_on("A81001") == on("2026-02-10")


def test_spell_that_ended_is_changed_and_not_made_anew(tmp_path: Path) -> None:
    bring_in(EXTRACTS)
    spell = Link.objects.get(organisation__ods_code="A81001", kind=LinkKind.CORE_PARTNER_OF)
    rows = lines(EPCN_PARTNERS)
    next(row for row in rows if row[0] == "A81001")[9] = "20250331"
    bring_in(write(tmp_path / "epcncorepartnerdetails_2025-04.csv", rows))
    spell.refresh_from_db()
    assert spell.end_date == on("2025-03-31")


def test_practice_whose_newest_line_says_otherwise_is_no_practice_any_more() -> None:
    bring_in(EPRACCUR_LEGACY)
    assert Organisation.objects.get(ods_code="Y06311").kind == Kind.PRACTICE
    bring_in(EPRACCUR)
    assert Organisation.objects.get(ods_code="Y06311").kind == Kind.OTHER


def test_the_rest_is_kept_on_request_and_stays() -> None:
    bring_in(EXTRACTS)
    bring_in(EXTRACTS, all_settings=True)
    assert Organisation.objects.filter(ods_code__in=["W00005", "Y00296"]).count() == 2
    assert bring_in(EXTRACTS).organisations["practice"].left_out == 0


# What editors changed by hand.


def contradictions(report: Report) -> list[tuple[str, str, str]]:
    """Of what editors changed and the files say otherwise: the code, the register's word, the published one."""
    cases = report.waiting["edited_by_hand"].cases
    return [(case["code"], case["register"], case["published"]) for case in cases]


def test_name_that_an_editor_changed_stays_and_is_reported(tmp_path: Path) -> None:
    bring_in(EPRACCUR)
    with change(**BY_HAND):
        Organisation.objects.filter(ods_code="A81001").update(name="Densham Surgery (Lawson Street)")
    rows = lines(EPRACCUR)
    next(row for row in rows if row[0] == "A81001")[1] = "DENSHAM HOUSE"

    report = bring_in(write(tmp_path / "epraccur_2026-03.csv", rows))

    assert Organisation.objects.get(ods_code="A81001").name == "Densham Surgery (Lawson Street)"
    assert contradictions(report) == [("A81001", "Densham Surgery (Lawson Street)", "Densham House")]


def test_dates_that_an_editor_changed_stay_and_are_reported() -> None:
    bring_in(EPRACCUR)
    with change(**BY_HAND):
        practice = Organisation.objects.get(ods_code="A81001")
        practice.between(PartialDate(on("1973-04-01")), None).save()
    report = bring_in(EPRACCUR)
    assert Organisation.objects.get(ods_code="A81001").start_date == on("1973-04-01")
    assert contradictions(report) == [("A81001", "1973-04-01 to ", "1974-04-01 to ")]


def test_name_that_an_editor_gave_to_a_bare_code_stays_and_contradicts_nothing() -> None:
    bring_in(EXTRACTS)
    with change(**BY_HAND):
        Organisation.objects.filter(ods_code="S0E4D").update(name="NHS Thames Valley ICB")
    report = bring_in(EXTRACTS)
    assert Organisation.objects.get(ods_code="S0E4D").name == "NHS Thames Valley ICB"
    assert not report.written
    assert contradictions(report) == []


def test_value_that_an_editor_and_a_newer_file_agree_on_is_reported_no_more(tmp_path: Path) -> None:
    bring_in(EPRACCUR)
    with change(**BY_HAND):
        Organisation.objects.filter(ods_code="A81001").update(name="Densham House")
    rows = lines(EPRACCUR)
    next(row for row in rows if row[0] == "A81001")[1] = "DENSHAM HOUSE"
    report = bring_in(write(tmp_path / "epraccur_2026-03.csv", rows))
    assert contradictions(report) == []


def test_link_that_an_editor_ended_stays_ended_and_is_reported() -> None:
    bring_in(EXTRACTS)
    with change(**BY_HAND):
        link = Link.objects.get(organisation__ods_code="K84003", other__kind=Kind.SUB_ICB, kind=LinkKind.PART_OF)
        link.between(PartialDate(link.period.lower), PartialDate(on("2024-03-31"))).save()
    report = bring_in(EXTRACTS)
    link.refresh_from_db()
    assert link.end_date == on("2024-03-31")
    assert contradictions(report) == [("K84003", "2022-07-01 to 2024-03-31", "2022-07-01 to ")]


def test_network_that_an_editor_gave_a_practice_goes_before_the_published_one() -> None:
    bring_in(EPRACCUR)
    with change(**BY_HAND):
        network = Organisation(slug="a-network", kind=Kind.PCN, sector="general_practice", name="A network")
        network.between(PartialDate(on("2019-07-01")), None).save()
        link = Link(
            organisation=Organisation.objects.get(ods_code="K84003"), kind=LinkKind.CORE_PARTNER_OF, other=network
        )
        link.between(PartialDate(on("2019-07-01")), None).save()
    report = bring_in(EXTRACTS)
    assert Link.objects.filter(organisation__ods_code="K84003", kind=LinkKind.CORE_PARTNER_OF).get() == link
    assert [case["code"] for case in report.waiting["edited_by_hand"].cases] == ["K84003"]


def test_spell_that_would_run_into_the_network_an_editor_entered_stays_and_is_reported(tmp_path: Path) -> None:
    rows = lines(EPCN_PARTNERS)
    spell = next(row for row in rows if row[0] == "A81001")
    spell[9] = "20250630"
    bring_in(EPRACCUR, write(tmp_path / "epcncorepartnerdetails_2025-05.csv", rows))
    practice = Organisation.objects.get(ods_code="A81001")
    published = Link.objects.get(organisation=practice, kind=LinkKind.CORE_PARTNER_OF)
    with change(**BY_HAND):
        network = Organisation.objects.filter(kind=Kind.PCN).exclude(pk=published.other_id).first()
        entered = Link(organisation=practice, kind=LinkKind.CORE_PARTNER_OF, other=network)
        entered.between(PartialDate(on("2025-07-01")), None).save()
    spell[9] = "20250930"

    report = bring_in(write(tmp_path / "epcncorepartnerdetails_2025-06.csv", rows))

    assert [link.end_date for link in Link.objects.filter(pk__in=[published.pk, entered.pk]).order_by("period")] == [
        on("2025-06-30"),
        None,
    ]
    first = published.period.lower
    assert contradictions(report) == [("A81001", f"{first} to 2025-06-30", f"{first} to 2025-09-30")]


def test_published_spell_that_an_editor_entered_first_is_not_moved_into_another(tmp_path: Path) -> None:
    bring_in(EPRACCUR, EPCN)
    practice = Organisation.objects.get(ods_code="A81001")
    rows = lines(EPCN_PARTNERS)
    spell = next(row for row in rows if row[0] == "A81001")
    spell[8:10] = ["20200401", "20250630"]
    ours, other = (Organisation.objects.get(ods_code=code, kind=Kind.PCN) for code in (spell[4], "U20931"))
    with change(**BY_HAND):
        for network, start, end in [(ours, "2020-04-01", "2025-06-30"), (other, "2025-07-01", "2025-12-31")]:
            link = Link(organisation=practice, kind=LinkKind.CORE_PARTNER_OF, other=network)
            link.between(PartialDate(on(start)), PartialDate(on(end))).save()
    bring_in(write(tmp_path / "epcncorepartnerdetails_2025-05.csv", rows))
    spell[9] = "20250930"

    report = bring_in(write(tmp_path / "epcncorepartnerdetails_2025-06.csv", rows))

    assert Link.objects.get(organisation=practice, other=ours).end_date == on("2025-06-30")
    assert contradictions(report) == [("A81001", "2020-04-01 to 2025-06-30", "2020-04-01 to 2025-09-30")]


def test_what_an_editor_deleted_stays_deleted_and_is_reported() -> None:
    bring_in(EXTRACTS)
    with change(**BY_HAND):
        Succession.objects.filter(predecessor__ods_code="RBF").delete()
        Link.objects.filter(organisation__ods_code="B81042").delete()
        Organisation.objects.filter(ods_code__in=["B81042", "RBF"]).delete()
    report = bring_in(EXTRACTS)
    assert not report.written
    assert not Organisation.objects.filter(ods_code__in=["B81042", "RBF"]).exists()
    assert [case["code"] for case in report.waiting["edited_by_hand"].cases] == ["B81042", "RBF"]


def test_organisation_that_an_editor_entered_before_is_kept_as_entered() -> None:
    with change(**BY_HAND):
        ours = Organisation(
            slug="densham", kind=Kind.PRACTICE, sector="general_practice", name="Densham", ods_code="A81001"
        )
        ours.between(PartialDate(on("1974-04-01")), None).save()
    report = bring_in(EPRACCUR)
    ours.refresh_from_db()
    assert (ours.slug, ours.name) == ("densham", "Densham")
    assert ("A81001", "Densham", "The Densham Surgery") in contradictions(report)


def test_organisation_whose_usual_address_is_taken_gets_the_next() -> None:
    with change(**BY_HAND):
        Organisation(slug="practice-a81001", kind=Kind.PRACTICE, sector="general_practice", name="Another").between(
            PartialDate(on("1974-04-01")), None
        ).save()
    bring_in(EPRACCUR)
    assert Organisation.objects.get(ods_code="A81001").slug == "practice-a81001-2"
    assert not bring_in(EPRACCUR).written


def test_code_that_an_invented_organisation_bears_is_left_to_it_and_reported() -> None:
    with change(**BY_HAND):
        Organisation(
            slug="densham",
            kind=Kind.PRACTICE,
            sector="general_practice",
            name="Densham",
            ods_code="A81001",
            invented=True,
        ).between(PartialDate(on("1974-04-01")), None).save()
    report = bring_in(EXTRACTS)
    assert Organisation.objects.get(ods_code="A81001").name == "Densham"
    assert contradictions(report) == [("A81001", "invented", "published")]


# Refused.


def test_damaged_file_among_sound_ones_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    bring_in(EPRACCUR_LEGACY)
    before, said = rows_written(), said_by_the_register()
    folder = Path(shutil.copytree(EXTRACTS, tmp_path / "files"))
    (folder / "etr_2026-04.csv").write_bytes((folder / "etr_2026-04.csv").read_bytes()[:-20])
    (folder / "broken.csv").write_bytes(b"\0\0")

    with pytest.raises(ImportRefused) as refused:
        bring_in(folder)

    assert [problem.file for problem in refused.value.problems] == ["broken.csv", "etr_2026-04.csv"]
    assert rows_written() == before
    assert said_by_the_register() == said
