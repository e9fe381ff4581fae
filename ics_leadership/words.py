"""Dates and periods in words, as the NHS service manual writes them: 5 July 2024, no ordinals, no leading noughts.

Plain functions of dates; what a row's dates are is the business of `periods.py`, where words stand that of templates.
https://service-manual.nhs.uk/content/numbers-measurements-dates-time
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ics_leadership.periods import Dated

NOT_KNOWN = "not known"


def day_words(date: datetime.date | None, precision: str = "day") -> str:
    """A date no more exactly than it is known. `precision` is a value of `periods.Precision`.

    >>> from datetime import date
    >>> day_words(date(2024, 7, 5))
    '5 July 2024'
    >>> day_words(date(2024, 7, 1), "month")
    'July 2024'
    >>> day_words(date(2019, 1, 1), "year")
    '2019'
    >>> day_words(date(2024, 7, 5), "by")
    'by 5 July 2024'
    >>> day_words(None)
    'not known'
    >>> day_words(date(2024, 7, 5), "unknown")
    'not known'
    """
    if date is None or precision == "unknown":
        return NOT_KNOWN
    if precision == "year":
        return f"{date.year}"
    if precision == "month":
        return f"{date:%B} {date.year}"
    exact = f"{date.day} {date:%B} {date.year}"
    return f"by {exact}" if precision == "by" else exact


def _end_point(date: datetime.date, precision: str) -> str:
    """A date after "from", "to" or "since", where "by 5 July" would not read."""
    if precision == "by":
        return f"{day_words(date)} or earlier"
    return day_words(date, precision)


def span_words(
    start: datetime.date | None,
    start_precision: str,
    end: datetime.date | None,
    end_precision: str,
    *,
    has_end: bool,
    on: datetime.date,
) -> str:
    """A period in words, as it stands on the day `on`. `end` is the last day, included.

    `has_end` tells an end on a day nobody knows from no end at all.

    >>> from datetime import date
    >>> today = date(2026, 11, 22)
    >>> def say(start, sp, end=None, ep="day", has_end=None):
    ...     return span_words(start, sp, end, ep, has_end=end is not None if has_end is None else has_end, on=today)
    >>> say(date(2019, 4, 1), "month", date(2026, 3, 31))
    'from April 2019 to 31 March 2026'
    >>> say(date(2022, 7, 1), "month")
    'since July 2022'
    >>> say(date(2019, 4, 30), "by")
    'since 30 April 2019 or earlier'
    >>> say(None, "unknown", date(2021, 12, 31), "year")
    'until 2021 (start not known)'
    >>> say(date(2027, 4, 1), "day")
    'from 1 April 2027 (not yet begun)'
    >>> say(date(2027, 4, 1), "day", date(2030, 3, 31))
    'from 1 April 2027 to 31 March 2030 (not yet begun)'
    >>> say(date(2027, 4, 1), "by")
    'by 1 April 2027'
    >>> say(date(2027, 4, 1), "by", date(2030, 3, 31))
    'by 1 April 2027, to 31 March 2030'
    >>> say(date(2019, 1, 1), "year", date(2024, 5, 1), "by")
    'from 2019 to 1 May 2024 or earlier'
    >>> say(date(2019, 1, 1), "year", None, "unknown", has_end=True)
    'from 2019 (ended, day not known)'
    >>> say(None, "unknown", None, "unknown", has_end=True)
    'ended, dates not known'
    >>> say(None, "unknown")
    'start not known'
    """
    starts = None if start is None or start_precision == "unknown" else _end_point(start, start_precision)
    ends = None if end is None or end_precision == "unknown" else _end_point(end, end_precision)
    ended_unknown = has_end and ends is None
    if starts is None:
        if ends is not None:
            return f"until {ends} (start not known)"
        return "ended, dates not known" if ended_unknown else "start not known"
    if start is not None and start > on:
        if start_precision == "by":
            # What was so by some day may have been so on any day before it.
            return f"{day_words(start, start_precision)}{f', to {ends}' if ends else ''}"
        return f"from {starts}{f' to {ends}' if ends else ''} (not yet begun)"
    if ends is not None:
        return f"from {starts} to {ends}"
    return f"from {starts} (ended, day not known)" if ended_unknown else f"since {starts}"


def period_words(row: Dated, on: datetime.date) -> str:
    """The period of a row of the register in words, as it stands on the day `on`."""
    return span_words(row.start_date, row.start_precision, row.end_date, row.end_precision, has_end=row.has_end, on=on)


def count_words(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun; the plural defaults to the singular with an s.

    >>> count_words(1, "seat"), count_words(1285, "seat"), count_words(0, "vacancy", "vacancies")
    ('1 seat', '1,285 seats', '0 vacancies')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def list_words(names: list[str]) -> str:
    """Names as a sentence lists them.

    >>> list_words(["Oxfordshire"]), list_words(["Oxfordshire", "Berkshire West"]), list_words(["A", "B", "C"])
    ('Oxfordshire', 'Oxfordshire and Berkshire West', 'A, B and C')
    >>> list_words([])
    ''
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
