"""The layouts in which organisations are published, and how a file's own content tells which of them it has.

A file's name is never asked: it is whatever somebody saved it as. What a line means is left to `registers`, `networks`
and `mappings`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from organisations.ods import mappings, networks, registers
from organisations.ods.lives import CCG_TO_SUB_ICB, PCT_TO_CCG
from organisations.ods.problems import Unreadable
from organisations.ods.rows import Row
from organisations.ods.tables import Line, Sheets

Reader = Callable[[int, Sequence[str], datetime.date], Iterator[Row]]

ODS_LICENCE = (
    "Contains information from NHS England, licensed under the current version of the Open Government Licence."
)
_EVE = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Layout:
    """One published layout. `first` and `last` bound the days on which a file of this layout can have been true."""

    name: str
    title: str
    width: int
    read: Reader
    header: tuple[str, ...] = ()
    report: str = ""
    """The name under which ODS publishes it as a report; empty for tables that are published elsewhere."""
    first: datetime.date = datetime.date(1990, 1, 1)
    last: datetime.date = datetime.date.max


EPRACCUR = Layout(
    "epraccur", "GP practices and other prescribing cost centres", 27, registers.epraccur, report="epraccur"
)
EPRACCUR_LEGACY = Layout(
    "epraccur_legacy", "GP practices and other prescribing cost centres", 27, registers.epraccur, report="epraccur"
)
ECCG = Layout("eccg", "CCGs, sub-ICB locations and commissioning hubs", 27, registers.eccg, report="eccg")
ETR = Layout("etr", "NHS trusts", 27, registers.etr, report="etr")
EPCN = Layout("epcn", "Primary care networks", networks.DETAILS_WIDTH, networks.details, report="epcn")
EPCN_PARTNERS = Layout(
    "epcncorepartnerdetails",
    "Practices in primary care networks",
    networks.PARTNERS_WIDTH,
    networks.partners,
    report="epcncorepartnerdetails",
)
SUCC = Layout("succ", "Successions between organisations", 5, mappings.succ, report="succ")
EPCMEM = Layout("epcmem", "Practices under commissioners", 6, mappings.epcmem, report="epcmem")
ICB = Layout(
    "icb",
    "Integrated care boards",
    4,
    mappings.icb,
    header=("ICB__CD", "ICB__CDH", "ICB__NM", "ObjectId"),
    first=CCG_TO_SUB_ICB,
)
SUB_ICB_ICB_REGION = Layout(
    "sub_icb_icb_region",
    "Sub-ICB locations in ICBs in regions",
    8,
    mappings.sub_icb_icb_region,
    header=(
        "sicbl_code",
        "sicbl_name",
        "sicbl_open_date",
        "icb_code",
        "icb_ons_code",
        "icb_name",
        "region_code",
        "region_name",
    ),
    first=CCG_TO_SUB_ICB,
)
STP = Layout(
    "stp",
    "Sustainability and transformation partnerships",
    4,
    mappings.stp,
    header=("stp_code", "stp_name", "stp_ons_code", "region"),
    last=CCG_TO_SUB_ICB - _EVE,
)
STP_CCG = Layout(
    "stp_ccg",
    "CCGs in sustainability and transformation partnerships",
    3,
    mappings.stp_ccg,
    header=("stp_code", "ccg_code", "ccg_name"),
    last=CCG_TO_SUB_ICB - _EVE,
)
PCT_CCG = Layout(
    "pct_ccg",
    "PCTs and the CCGs that took over their areas",
    6,
    mappings.pct_ccg,
    header=("pct_code", "pct_name", "pct_ons_code", "ccg_code", "ccg_name", "postcode_percent"),
    last=PCT_TO_CCG,
)

LAYOUTS = {
    layout.name: layout
    for layout in (
        EPRACCUR,
        EPRACCUR_LEGACY,
        ECCG,
        ETR,
        EPCN,
        EPCN_PARTNERS,
        SUCC,
        EPCMEM,
        ICB,
        SUB_ICB_ICB_REGION,
        STP,
        STP_CCG,
        PCT_CCG,
    )
}

_WORKBOOK_SHEETS = {"PCNDetails": EPCN, "PCN Core Partner Details": EPCN_PARTNERS}
_WORKBOOK_FIRST_HEADINGS = {EPCN.name: "PCN Code", EPCN_PARTNERS.name: "Partner Organisation Code"}
_DATE = re.compile(r"(?:19|20)\d{6}")
_COMMISSIONER_NAMES = re.compile(r"\b(?:CCG|ICB|HUB|ENTITY|COMMISSIONING)\b")
_TRUST_NAMES = re.compile(r"\bTRUST\b")


@dataclass(frozen=True)
class Part:
    """The lines of one layout within a file, its header left off; `sheet` is empty for a CSV file."""

    layout: Layout
    sheet: str
    lines: list[Line]


def recognise(sheets: Sheets) -> list[Part]:
    """The parts of a file, by its content. Raises `Unreadable` for what is none of the layouts."""
    if "" in sheets:
        lines = sheets[""]
        layout = _of_csv(lines)
        return [Part(layout, "", lines[1:] if layout.header else lines)]
    parts = []
    for sheet, layout in _WORKBOOK_SHEETS.items():
        lines = sheets.get(sheet, [])
        first = " ".join(lines[0].cells[0].split()) if lines else ""
        if first != _WORKBOOK_FIRST_HEADINGS[layout.name]:
            raise Unreadable(f"this workbook is not the ePCN one: it has no sheet “{sheet}” with its headings.")
        parts.append(Part(layout, sheet, lines[1:]))
    return parts


def _of_csv(lines: list[Line]) -> Layout:
    if not lines:
        raise Unreadable("the file has no rows.")
    first = lines[0].cells
    heading = tuple(re.sub(r"\d\d(?=CD|NM)", "__", cell.strip()) for cell in first)
    for layout in LAYOUTS.values():
        if layout.header == heading:
            return layout
    if len(first) == registers.WIDTH:
        return _of_27_columns(lines)
    if len(first) == EPCN.width and _DATE.fullmatch(first[4]):
        return EPCN
    if len(first) == EPCN_PARTNERS.width and _DATE.fullmatch(first[8]):
        return EPCN_PARTNERS
    if len(first) == SUCC.width and _DATE.fullmatch(first[3]):
        return SUCC
    if len(first) == EPCMEM.width and _DATE.fullmatch(first[3]):
        return EPCMEM
    raise Unreadable("this is none of the layouts that can be imported.")


def _of_27_columns(lines: list[Line]) -> Layout:
    """Which 27-column file it is: by the vocabulary of its status and type columns, failing that by its names."""
    rows = [line.cells for line in lines if len(line.cells) == registers.WIDTH]
    statuses = {row[registers.STATUS] for row in rows} - {""}
    if statuses:
        if statuses & registers.STATUS_2026.keys() and not statuses & registers.LEGACY_STATUS.keys():
            return EPRACCUR
        if statuses & registers.LEGACY_STATUS.keys() and not statuses & registers.STATUS_2026.keys():
            return EPRACCUR_LEGACY
        raise Unreadable("its column of statuses is neither that of today's epraccur nor that of the older one.")
    types = {role for row in rows for role in row[registers.TYPE].split("|")}
    if types & registers.ECCG_TYPES:
        return ECCG
    names = [row[registers.NAME] for row in rows]
    if sum(map(bool, map(_COMMISSIONER_NAMES.search, names))) * 2 > len(names):
        return ECCG
    if sum(map(bool, map(_TRUST_NAMES.search, names))) * 2 > len(names):
        return ETR
    raise Unreadable("it has 27 columns, but neither those of epraccur nor the names of eccg or etr.")
