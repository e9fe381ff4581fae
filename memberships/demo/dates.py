"""Dates as the tables of the demonstration write them.

"2019-07-01", "2019-07", "2019" are known to the day, the month, the year; "by 2019-04-30" on or before; "unknown" not at
all. "gone 2024-05-31" is an end on a day nobody knows, known to be over on that day. "in 100 days" counts from the day of
loading, for what the demonstration wants to be about to happen whenever it is loaded.
"""

from __future__ import annotations

import datetime

from ics_leadership.periods import PartialDate, Precision, today

_PRECISION_OF_LENGTH = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def known(text: str) -> PartialDate:
    """The date that `text` says. Raises ValueError when it says none.

    >>> known("2019-07")
    PartialDate(date=datetime.date(2019, 7, 1), precision=Precision.MONTH)
    >>> known("by 2019-04-30").precision
    Precision.BY
    """
    match text.split():
        case ["unknown"]:
            return PartialDate(None, Precision.UNKNOWN)
        case ["gone", on]:
            return PartialDate(datetime.date.fromisoformat(on), Precision.UNKNOWN)
        case ["by", on]:
            return PartialDate(datetime.date.fromisoformat(on), Precision.BY)
        case ["in", days, "days"]:
            return PartialDate(today() + datetime.timedelta(days=int(days)))
        case [on] if on[:4].isdigit() and len(on) in _PRECISION_OF_LENGTH:
            return PartialDate(datetime.date.fromisoformat((on + "-01-01")[:10]), _PRECISION_OF_LENGTH[len(on)])
        case _:
            raise ValueError(f"“{text}” is no date.")


UNTIL = " until "
"""Between a start and an end that was noticed only afterwards (see `entries.yearly_check`)."""


def period(text: str) -> tuple[PartialDate, PartialDate | None]:
    """The start and end that "2019-07-01 to 2023-03" says; the end is None where it says only a start, or "until"."""
    start, _, end = text.partition(UNTIL)[0].partition(" to ")
    return known(start.strip()), known(end.strip()) if end else None
