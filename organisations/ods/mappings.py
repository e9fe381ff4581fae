"""What a line says of how organisations map onto each other: spells, successions, and tables with a header.

The tables with headers come from the Office for National Statistics and NHS England, not from ODS reports.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from organisations.models import Kind
from organisations.ods import cells
from organisations.ods.lives import CCG_TO_SUB_ICB, LIVES, PCT_TO_CCG
from organisations.ods.problems import Rejected
from organisations.ods.rows import Rank, Registration, Relation, Row, Standing, Takeover

_COMMISSIONER_TYPE = "W"
_REGION_CODE = re.compile(r"(?P<name>.+) \((?P<code>\w+)\)")


def succ(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """One organisation succeeding another on a day."""
    yield _taken_over(number, line[0], line[1], cells.date_needed(line[3]))


def epcmem(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """A practice under a commissioner for a while."""
    if line[2] != _COMMISSIONER_TYPE:
        raise Rejected(f"“{line[2]}” is no type of parent known here.")
    joined, left = cells.date_needed(line[3]), cells.date(line[4])
    cells.in_order(joined, left)
    yield Standing(number, Relation.COMMISSIONER, cells.code(line[0]), cells.code(line[1]), joined, left)


def icb(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """An ICB with its code of the Office for National Statistics."""
    yield Registration(
        number, cells.code(line[1]), Kind.ICB, Rank.REGISTERED, cells.needed(line[2]), ons_code=cells.code(line[0])
    )


def sub_icb_icb_region(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """A sub-ICB location in its ICB in its region."""
    location, system, region = cells.code(line[0]), cells.code(line[3]), cells.code(line[6])
    # The opening day is that of the CCG from which ODS carried the record over.
    opened = cells.date_needed(line[2])
    yield Registration(
        number,
        location,
        Kind.SUB_ICB,
        Rank.MENTIONED,
        cells.needed(line[1]),
        opened=max(opened, CCG_TO_SUB_ICB),
    )
    yield Registration(
        number, system, Kind.ICB, Rank.MENTIONED, cells.needed(line[5]), ons_code=cells.optional_code(line[4])
    )
    yield Registration(number, region, Kind.REGION, Rank.REGISTERED, cells.needed(line[7]))
    yield Standing(number, Relation.COMMISSIONER_SYSTEM, location, system)
    yield Standing(number, Relation.SYSTEM_REGION, system, region)


def stp(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """An STP in its region, which is written with its code in brackets."""
    code = cells.code(line[0])
    yield Registration(
        number,
        code,
        Kind.STP,
        Rank.REGISTERED,
        cells.needed(line[1]),
        closed=LIVES[Kind.STP].last,
        ons_code=cells.optional_code(line[2]),
    )
    if region := _REGION_CODE.fullmatch(cells.words(line[3])):
        region_code = cells.code(region["code"])
        yield Registration(number, region_code, Kind.REGION, Rank.MENTIONED, region["name"])
        yield Standing(number, Relation.SYSTEM_REGION, code, region_code)


def stp_ccg(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """A CCG in its STP."""
    system, ccg = cells.code(line[0]), cells.code(line[1])
    yield Registration(number, ccg, Kind.CCG, Rank.MENTIONED, cells.needed(line[2]))
    yield Standing(number, Relation.COMMISSIONER_SYSTEM, ccg, system)


def pct_ccg(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """A PCT and a CCG that took over some of its area."""
    pct, ccg = cells.code(line[0]), cells.code(line[3])
    yield Registration(
        number,
        pct,
        Kind.PCT,
        Rank.REGISTERED,
        f"{cells.needed(line[1])} PCT",
        closed=LIVES[Kind.PCT].last,
        ons_code=cells.optional_code(line[2]),
    )
    yield Registration(number, ccg, Kind.CCG, Rank.MENTIONED, cells.needed(line[4]))
    yield _taken_over(number, pct, ccg, PCT_TO_CCG)


def _taken_over(number: int, predecessor: str, successor: str, on: datetime.date) -> Takeover:
    if predecessor == successor:
        raise Rejected(f"{predecessor} cannot succeed itself.")
    return Takeover(number, cells.code(predecessor), cells.code(successor), on)
