"""Dates and periods by name, as tests speak of them: each stands in its name's relation to `NORMAL`."""

import datetime

from ics_leadership.periods import PartialDate, Precision


def day(text: str) -> PartialDate:
    """A date known to the day: `day("2024-04-01")`."""
    return PartialDate(datetime.date.fromisoformat(text))


def month(text: str) -> PartialDate:
    """A date known to the month: `month("2024-04")`."""
    return PartialDate(datetime.date.fromisoformat(f"{text}-01"), Precision.MONTH)


def year(number: int) -> PartialDate:
    """A date known to the year: `year(2024)`."""
    return PartialDate(datetime.date(number, 1, 1), Precision.YEAR)


def known_by(text: str) -> PartialDate:
    """On or before a day: `known_by("2024-04-01")`."""
    return PartialDate(datetime.date.fromisoformat(text), Precision.BY)


def gone_by(text: str) -> PartialDate:
    """An end that nobody knows; on the day given they were known to be gone."""
    return PartialDate(datetime.date.fromisoformat(text), Precision.UNKNOWN)


NOT_KNOWN = PartialDate(None, Precision.UNKNOWN)
"""A start that nobody knows."""

BEFORE_NORMAL = datetime.date(2021, 3, 31)
FIRST_DAY = datetime.date(2021, 4, 1)
MID_NORMAL = datetime.date(2022, 7, 1)
LAST_DAY = datetime.date(2024, 3, 31)
AFTER_NORMAL = datetime.date(2024, 4, 1)

NORMAL = (day("2021-04-01"), day("2024-03-31"))
OPEN_ENDED = (day("2021-04-01"), None)
ALWAYS = (NOT_KNOWN, None)
EARLIER = (day("2017-04-01"), day("2020-03-31"))
ADJACENT_EARLIER = (day("2018-04-01"), day("2021-03-31"))
OVERLAP_EARLIER = (day("2018-04-01"), day("2021-04-01"))
WITHIN = (day("2022-04-01"), day("2022-09-30"))
OVERLAP_LATER = (day("2024-03-31"), day("2027-03-31"))
ADJACENT_LATER = (day("2024-04-01"), day("2027-03-31"))
LATER = (day("2025-04-01"), day("2027-03-31"))
BACKWARDS = (day("2024-03-31"), day("2021-04-01"))
