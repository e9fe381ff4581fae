"""Where tests of the import find published files, and what they say of a register that was filled from them."""

import datetime
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from django.db.models import F

from ics_leadership import history
from organisations.models import ImportedLink, Link, Organisation, PublishedFile, Succession
from organisations.ods import layouts, tables
from organisations.ods.importing import import_ods
from organisations.ods.report import Report

EXTRACTS = Path(__file__).parent / "extracts"
DEMONSTRATION = Path(__file__).parents[3] / "organisations" / "ods" / "extracts"
FILES = sorted(EXTRACTS.glob("*.csv"))
ECCG = EXTRACTS / "eccg_2025-12.csv"
EPCMEM = EXTRACTS / "epcmem_2019-10.csv"
EPCN = EXTRACTS / "epcn_2025-01.csv"
EPCN_PARTNERS = EXTRACTS / "epcncorepartnerdetails_2025-01.csv"
EPRACCUR = EXTRACTS / "epraccur_2026-02.csv"
EPRACCUR_LEGACY = EXTRACTS / "epraccur_2025-09_legacy.csv"
ETR = EXTRACTS / "etr_2026-04.csv"
ICB = EXTRACTS / "icb_2024-12.csv"
STP = EXTRACTS / "stp_2017.csv"
STP_CCG = EXTRACTS / "stp_ccg_2017.csv"
SUCC = EXTRACTS / "succ_2026-05.csv"

_SHARED = (os.environ.get("ODS_FILES"), Path(__file__).parents[4] / "shared" / "data" / "ods")
WHOLE_FILES = [Path(folder) for folder in _SHARED if folder and Path(folder).is_dir()][:1]
"""The folder of whole published files, where one is at hand."""

in_whole_files = pytest.mark.parametrize("folder", WHOLE_FILES, ids=lambda folder: folder.name, scope="module")
"""Makes a test for the folder of whole files, and none where they are not at hand."""


def on(text: str) -> datetime.date:
    """A day: `on("2022-07-01")`."""
    return datetime.date.fromisoformat(text)


def lines(path: Path) -> list[list[str]]:
    """The rows of a CSV file."""
    return [line.cells for line in tables.read_sheets(path)[""]]


def write(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    """Write rows as ODS does: every field quoted, no header."""
    path.write_text(
        "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows), encoding="utf-8", newline=""
    )
    return path


def write_workbook(path: Path, details: list[list[str]], partners: list[list[str]]) -> Path:
    """Write the two sheets of the ePCN workbook with the headings that they are published under."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "PCNDetails"
    for row in [
        ["PCN Code", "PCN Name", "Current Sub ICB Loc Code", "Sub ICB Location", "Open Date", "Close Date"]
        + [f"Address Line {number}" for number in range(1, 6)]
        + ["Postcode"],
        *details,
    ]:
        sheet.append(row)
    sheet = book.create_sheet("PCN Core Partner Details")
    for row in [
        [
            "Partner\nOrganisation\nCode",
            "Partner\nName",
            "Practice\nParent\nSub ICB Loc Code",
            "Practice\nParent\nSub ICB Loc Name",
            "PCN Code",
            "PCN Name",
            "PCN Parent\nSub ICB Loc Code",
            "PCN Parent\nSub ICB Loc Name",
            "Practice to PCN\nRelationship\nStart Date",
            "Practice to PCN\nRelationship\nEnd Date",
            "Practice Sub ICB Loc and PCN Sub ICB Loc Match ",
        ],
        *partners,
    ]:
        sheet.append(row)
    book.save(path)
    return path


def bring_in(*paths: Path, **options: Any) -> Report:
    """Import files or folders."""
    return import_ods(paths, **options)


@contextmanager
def passing_register() -> Iterator[None]:
    """A register that is as it was before when the block is left."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def said_by_the_register() -> dict[str, set[tuple[Any, ...]]]:
    """Every fact that imports write, by codes instead of ids; not which of several files is named as the source."""
    organisations = set()
    for one in Organisation.objects.exclude(published=None):
        published = tuple(sorted((key, value) for key, value in one.published.items() if key != "as_of"))
        organisations.add(
            (
                one.ods_code,
                one.kind,
                one.slug,
                one.sector,
                one.name,
                one.status,
                str(one.period),
                one.start_precision,
                one.end_precision,
                one.address,
                one.postcode,
                one.telephone,
                one.ons_code,
                published,
            )
        )
    links = Link.objects.values_list(
        "organisation__ods_code", "organisation__kind", "kind", "other__ods_code", "other__kind"
    ).annotate(a=F("period"), b=F("start_precision"), c=F("end_precision"), d=F("as_published"))
    successions = Succession.objects.values_list(
        "predecessor__ods_code", "predecessor__kind", "successor__ods_code", "successor__kind", "on"
    )
    return {
        "organisations": organisations,
        "links": {tuple(map(str, link)) for link in links},
        "successions": set(successions),
    }


def rows_written() -> dict[str, int]:
    """How many rows there are of everything that a write would leave: changes, events, what was published."""
    counted = [history.Change, *history.event_models(), PublishedFile, ImportedLink]
    return {model.__name__: model.objects.count() for model in counted}


def layout_of(path: Path) -> str:
    """The layout that a file is recognised to have."""
    [part] = layouts.recognise(tables.read_sheets(path))
    return part.layout.name
