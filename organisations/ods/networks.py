"""What a line says of primary care networks: the two sheets of the ePCN workbook, or the same two as CSV files."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from organisations.models import Kind
from organisations.ods import cells
from organisations.ods.rows import Rank, Registration, Relation, Row, Standing

DETAILS_WIDTH = 12
PARTNERS_WIDTH = 11


def details(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """A network, and the sub-ICB location in whose area it lies today."""
    opened, closed = cells.date(line[4]), cells.date(line[5])
    cells.in_order(opened, closed)
    network, area = cells.code(line[0]), cells.optional_code(line[2])
    yield Registration(
        line=number,
        code=network,
        kind=Kind.PCN,
        rank=Rank.REGISTERED,
        name=cells.needed(line[1]),
        dated=True,
        opened=opened,
        closed=closed,
        address="\n".join(part for part in map(cells.words, line[6:11]) if part),
        postcode=cells.words(line[11], 10),
    )
    if area:
        yield Standing(number, Relation.NETWORK_AREA, network, area)
        if line[3]:
            # The area of a network that closed with its CCG is still that CCG.
            kind = Kind.CCG if line[3].endswith(" CCG") else Kind.SUB_ICB
            yield Registration(number, area, kind, Rank.MENTIONED, cells.words(line[3]))


def partners(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """A practice that was a core partner of a network for a while, and both their names."""
    practice, network = cells.code(line[0]), cells.code(line[4])
    joined, left = cells.date_needed(line[8]), cells.date(line[9])
    cells.in_order(joined, left)
    yield Standing(number, Relation.NETWORK, practice, network, joined, left)
    yield Registration(number, practice, Kind.PRACTICE, Rank.MENTIONED, cells.words(line[1]), wanted=False)
    yield Registration(number, network, Kind.PCN, Rank.MENTIONED, cells.words(line[5]))
