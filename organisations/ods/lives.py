"""From when until when a kind of organisation existed in law, where the kind as a whole began or ended on a day.

Published files hold no such dates for most of these kinds; for the others the law corrects what ODS carried over from
an organisation's predecessor in the same record.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from organisations.models import Kind


class Life(NamedTuple):
    """The first and the last day on which an organisation of a kind can have existed; None where there is none."""

    first: datetime.date | None
    last: datetime.date | None


FIRST_PCTS = datetime.date(2000, 4, 1)
PCT_TO_CCG = datetime.date(2013, 4, 1)
CCG_TO_SUB_ICB = datetime.date(2022, 7, 1)
"""The day on which ICBs replaced CCGs and STPs (Health and Care Act 2022)."""

_EVE = datetime.timedelta(days=1)

LIVES: dict[str, Life] = {
    Kind.PCT: Life(FIRST_PCTS, PCT_TO_CCG - _EVE),
    Kind.CCG: Life(PCT_TO_CCG, CCG_TO_SUB_ICB - _EVE),
    Kind.STP: Life(None, CCG_TO_SUB_ICB - _EVE),
    Kind.SUB_ICB: Life(CCG_TO_SUB_ICB, None),
    Kind.ICB: Life(CCG_TO_SUB_ICB, None),
}
