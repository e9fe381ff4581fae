"""What a line of ODS's 27-column files says: epraccur (in both its layouts), eccg and etr.

The three share their columns but not the meaning of all of them; `ods.md` of the service names each. One line of eccg
is up to two organisations, because ODS kept a CCG's code and opening date when it became a sub-ICB location.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from organisations.models import Kind, Status
from organisations.ods import cells
from organisations.ods.lives import CCG_TO_SUB_ICB
from organisations.ods.problems import Rejected
from organisations.ods.rows import Rank, Registration, Relation, Row, Standing

WIDTH = 27
CODE, NAME, REGION, SYSTEM = 0, 1, 2, 3
ADDRESS, POSTCODE, OPENED, CLOSED, STATUS, TYPE = slice(4, 9), 9, 10, 11, 12, 13
COMMISSIONER, JOINED, LEFT, TELEPHONE, SETTING = 14, 15, 16, 17, 25

LEGACY_STATUS = {"A": Status.ACTIVE, "C": Status.INACTIVE, "D": Status.DORMANT, "P": Status.PROPOSED}
STATUS_2026 = {status.upper(): status for status in Status.values}
GP_PRACTICE_SETTING = "4"
GP_PRACTICE_ROLE = "RO76"

SUB_ICB_ROLE = "RO319"
REPORTING_ENTITY_ROLE = "RO327"
COMMISSIONING_HUB_ROLE = "RO218"
LEGACY_CCG, LEGACY_HUB = "C", "H"
ECCG_TYPES = {SUB_ICB_ROLE, REPORTING_ENTITY_ROLE, COMMISSIONING_HUB_ROLE, LEGACY_CCG, LEGACY_HUB}


def epraccur(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """A prescribing cost centre: a GP practice or something else, and the commissioner it stands under."""
    settings = line[SETTING].split("|")
    practice = GP_PRACTICE_ROLE in settings or GP_PRACTICE_SETTING in settings
    status = LEGACY_STATUS.get(line[STATUS]) or STATUS_2026.get(line[STATUS])
    if status is None:
        raise Rejected(f"“{line[STATUS]}” is no status of epraccur.")
    yield _registered(
        number,
        line,
        Kind.PRACTICE if practice else Kind.OTHER,
        status=status,
        wanted=practice and line[REGION].startswith("Y"),
    )
    commissioner, joined, left = (
        cells.optional_code(line[COMMISSIONER]),
        cells.date(line[JOINED]),
        cells.date(line[LEFT]),
    )
    if commissioner and joined:
        cells.in_order(joined, left)
        yield Standing(number, Relation.COMMISSIONER, line[CODE], commissioner, joined, left)


def eccg(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """A CCG, a sub-ICB location that was or was not a CCG before, or a national or regional hub."""
    types = set(line[TYPE].split("|")) - {""}
    if types & {COMMISSIONING_HUB_ROLE, LEGACY_HUB}:
        # A hub's health geography is that of its postal address: it is not part of it.
        yield _registered(number, line, Kind.OTHER)
        return
    if REPORTING_ENTITY_ROLE in types:
        yield _registered(number, line, Kind.OTHER)
    elif SUB_ICB_ROLE in types or not types or LEGACY_CCG in types:
        yield from _ccg_and_sub_icb(number, line, published, is_sub_icb=SUB_ICB_ROLE in types)
    else:
        raise Rejected(f"“{line[TYPE]}” is no type of eccg.")
    yield from _in_system(number, line, Relation.COMMISSIONER_SYSTEM)


def _ccg_and_sub_icb(number: int, line: Sequence[str], published: datetime.date, *, is_sub_icb: bool) -> Iterator[Row]:
    whole = _registered(number, line, Kind.SUB_ICB)
    was_ccg = whole.opened is None or whole.opened < CCG_TO_SUB_ICB
    outlived = whole.closed is None or whole.closed >= CCG_TO_SUB_ICB
    became = outlived and (is_sub_icb or published >= CCG_TO_SUB_ICB)
    if became:
        yield whole._replace(opened=max(whole.opened or CCG_TO_SUB_ICB, CCG_TO_SUB_ICB))
    if was_ccg:
        last_day = CCG_TO_SUB_ICB - datetime.timedelta(days=1)
        ccg = whole._replace(kind=Kind.CCG, closed=last_day if outlived else whole.closed)
        # The name, the address and all else that is current belong to what the CCG has become.
        yield (ccg._replace(name="", status="", address="", postcode="", telephone="") if became else ccg)


def etr(number: int, line: Sequence[str], published: datetime.date) -> Iterator[Row]:
    """An NHS trust or foundation trust, and the health system in which it lies today."""
    yield _registered(number, line, Kind.TRUST)
    if not line[CLOSED]:
        yield from _in_system(number, line, Relation.TRUST_SYSTEM)


def _registered(number: int, line: Sequence[str], kind: Kind, *, status: str = "", wanted: bool = True) -> Registration:
    opened, closed = cells.date(line[OPENED]), cells.date(line[CLOSED])
    cells.in_order(opened, closed)
    return Registration(
        line=number,
        code=cells.code(line[CODE]),
        kind=kind,
        rank=Rank.REGISTERED,
        name=cells.needed(line[NAME]),
        dated=True,
        opened=opened,
        closed=closed,
        status=status,
        wanted=wanted,
        address="\n".join(part for part in map(cells.words, line[ADDRESS]) if part),
        postcode=cells.words(line[POSTCODE], 10),
        telephone=cells.words(line[TELEPHONE], 40),
    )


def _in_system(number: int, line: Sequence[str], relation: Relation) -> Iterator[Row]:
    system, region = cells.optional_code(line[SYSTEM]), cells.optional_code(line[REGION])
    if system:
        yield Standing(number, relation, line[CODE], system)
        if region:
            yield Standing(number, Relation.SYSTEM_REGION, system, region)
