"""Dates as people type them, read as exactly as they are known and written so that they read back the same.

"2019", "April 2019", "01/04/19", "by May 2024", "left, date not known": forms and spreadsheets take the same ones. What a
date then means for a period is left to `periods.py`, how pages say it to `words.py`.
"""

from __future__ import annotations

import calendar
import datetime
import re

from django.core.exceptions import ValidationError

from ics_leadership.periods import ONE_DAY, PartialDate, Precision, today

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

# Two digits mean a year up to this many years ahead, or else of the century before.
YEARS_AHEAD = 20

WHAT_WOULD_DO = "Type it as “1 April 2019”, “April 2019”, “2019” or “by April 2019”"
START_WOULD_DO = f"{WHAT_WOULD_DO}, or “not known”."
END_WOULD_DO = f"{WHAT_WOULD_DO}, “left, date not known”, or “ongoing”."
WHICH_UNKNOWN = "Type “left, date not known”, or “ongoing” if it has not ended."


class NotRead(ValidationError):
    """What somebody typed is not read: `why`, and what `would_do`; as one message of two sentences."""

    def __init__(self, why: str, would_do: str, code: str = "not_read") -> None:
        super().__init__(f"{why} {would_do}", code=code)
        self.why = why
        self.would_do = would_do


_MONTHS = {
    written: number
    for number in range(1, 13)
    for written in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}

_NOT_KNOWN = re.compile(r"(?:(?:start|date|start date|day) )?(?:not known|unknown|n/k|nk|\?+)")
_ONGOING = re.compile(
    r"(?:[-–—]|ongoing|on-going|current|currently|present|to present|to date|now|none|no end|no end date|still in post|in post|open)"
)
_UNKNOWN_END = re.compile(
    r"(?:left|gone|ended|former|retired|resigned|stood down|stepped down|finished)"
    r"(?:[ ,(–-]+(?:(?:date|day|when|end date) )?(?:not known|unknown|\?+)\)?)?"
    r"(?:[ ,(–-]+(?:gone )?by (?P<day>[^()]+)\)?)?"
)
_START_LEAD = re.compile(r"(?:since|from|started|elected|appointed|in post since|in post from)[:,]? (?=\S)")
_END_LEAD = re.compile(
    r"(?:until|till|til|to|up to|ended|ends|end(?! of)|expires|left|retired|resigned|stood down|stepped down|finished)[:,]?"
    r"(?: in| on)? (?=\S)"
)
_BY = re.compile(r"(?P<before>before|by|on or before|no later than|in post by|already by) (?=\S)")
_OR_EARLIER = " or earlier"
_PART_OF = re.compile(r"(?:early|mid|late|(?:the )?(?:start|beginning|middle|end) of)[ -](?=\S)")
_MIDNIGHT = re.compile(r"[ t]00:00(?::00)?(?:\.0+)?z?$")
_WEEKDAY = re.compile(r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,? (?=\d)")

_YEAR = re.compile(r"(?P<year>\d{4})")
_YEARS = re.compile(r"\d{4} ?[/–-] ?(?:\d{2}|\d{4})")
_MONTH_YEAR = re.compile(r"(?P<month>[a-z]+)\.?,?[ /'’-]*(?P<year>\d{4}|\d{2})")
_DAY_MONTH_YEAR = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ /-]*(?:of )?(?P<month>[a-z]+)\.?,?[ /'’-]*(?P<year>\d{4}|\d{2})"
)
_MONTH_DAY_YEAR = re.compile(r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_ISO_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})")
_NUMBERS = re.compile(r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>\d{4}|\d{2})")
_NUMBERED_MONTH = re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})")


def parse_start(text: str, *, day_first: bool = True) -> PartialDate:
    """The start of a period as somebody typed it. `day_first` says that 1/4/2019 is 1 April.

    Raises NotRead, with a sentence that says what would do, for nothing typed and for what is no date.

    >>> parse_start("Apr 19")
    PartialDate(date=datetime.date(2019, 4, 1), precision=Precision.MONTH)
    >>> parse_start("by May 2024")
    PartialDate(date=datetime.date(2024, 5, 31), precision=Precision.BY)
    """
    asked = _tidy(text)
    if not asked:
        raise NotRead("Say since when, as well as it is known.", START_WOULD_DO, "empty")
    if _NOT_KNOWN.fullmatch(asked):
        return PartialDate(None, Precision.UNKNOWN)
    return _partial(_START_LEAD.sub("", asked, count=1), text, START_WOULD_DO, day_first)


def parse_end(text: str, *, day_first: bool = True) -> PartialDate | None:
    """The last day of a period as somebody typed it, that day included; None for no end.

    Who has left on a day nobody knows is known to be gone today, unless the text says by when. Raises NotRead
    as `parse_start` does.

    >>> parse_end("31/03/2026")
    PartialDate(date=datetime.date(2026, 3, 31), precision=Precision.DAY)
    >>> parse_end("left, date not known, gone by 1 May 2024")
    PartialDate(date=datetime.date(2024, 5, 1), precision=Precision.UNKNOWN)
    >>> parse_end("ongoing") is None
    True
    """
    asked = _tidy(text)
    if not asked or _ONGOING.fullmatch(asked):
        return None
    if _NOT_KNOWN.fullmatch(asked):
        raise NotRead(f"“{text.strip()[:40]}” could mean two things here.", WHICH_UNKNOWN, "which_unknown")
    if gone := _UNKNOWN_END.fullmatch(asked):
        if not gone["day"]:
            return PartialDate(today(), Precision.UNKNOWN)
        known = _partial(gone["day"], text, END_WOULD_DO, day_first)
        is_unknown = "known" in asked or "?" in asked
        return PartialDate(known.last_day, Precision.UNKNOWN if is_unknown else Precision.BY)
    return _partial(_END_LEAD.sub("", asked, count=1), text, END_WOULD_DO, day_first)


def start_as_typed(start: PartialDate) -> str:
    """A start in words that `parse_start` reads back the same.

    >>> start_as_typed(PartialDate(datetime.date(2019, 4, 30), Precision.BY))
    'by 30 April 2019'
    """
    if start.date is None or start.precision == Precision.UNKNOWN:
        return "not known"
    if start.precision == Precision.YEAR:
        return f"{start.date.year}"
    if start.precision == Precision.MONTH:
        return f"{start.date:%B} {start.date.year}"
    return f"{'by ' if start.precision == Precision.BY else ''}{_exactly(start.date)}"


def end_as_typed(end: PartialDate | None) -> str:
    """An end in words that `parse_end` reads back the same; empty for no end.

    >>> end_as_typed(PartialDate(datetime.date(2024, 5, 1), Precision.UNKNOWN))
    'left, date not known, gone by 1 May 2024'
    """
    if end is None:
        return ""
    if end.precision == Precision.UNKNOWN:
        return f"left, date not known{f', gone by {_exactly(end.date)}' if end.date else ''}"
    return start_as_typed(end)


def _exactly(date: datetime.date) -> str:
    return f"{date.day} {date:%B} {date.year}"


def _tidy(text: str) -> str:
    """Lower case, single spaces, no full stop at the end, no midnight that a spreadsheet added."""
    plain = " ".join(text.lower().replace("\u2011", "-").split()).rstrip(".;,")
    return _MIDNIGHT.sub("", plain)


def _partial(asked: str, text: str, would_do: str, day_first: bool) -> PartialDate:
    """A date with what stands around it: "by", "before", "or earlier", "early"."""
    by = _BY.match(asked)
    if by or asked.endswith(_OR_EARLIER):
        rest = asked[by.end() :] if by else asked.removesuffix(_OR_EARLIER)
        meant = _date(rest, text, would_do, day_first)
        is_before = by is not None and by["before"] == "before"
        day = meant.first_day - ONE_DAY if is_before and meant.first_day else meant.last_day
        return PartialDate(day, Precision.BY)
    if part := _PART_OF.match(asked):
        meant = _date(asked[part.end() :], text, would_do, day_first)
        if meant.precision == Precision.DAY:
            raise _refused(text, would_do)
        return meant
    return _date(asked, text, would_do, day_first)


def _date(asked: str, text: str, would_do: str, day_first: bool) -> PartialDate:
    """A day, month or year. Raises NotRead about `text`, what was typed, when it is none."""
    asked = _WEEKDAY.sub("", asked)
    if asked == "today":
        return PartialDate(today())
    if found := _YEAR.fullmatch(asked):
        return _of(found["year"], 1, 1, Precision.YEAR, text, would_do)
    if _YEARS.fullmatch(asked) and not _ISO_MONTH.fullmatch(asked):
        raise NotRead(
            f"“{text.strip()[:40]}” names two years.",
            "Give the start and the end apart, each as “April 2019” or “2019”.",
            "two_years",
        )
    for pattern in (_MONTH_DAY_YEAR, _DAY_MONTH_YEAR):
        if (found := pattern.fullmatch(asked)) and found["month"] in _MONTHS:
            return _of(found["year"], _MONTHS[found["month"]], int(found["day"]), Precision.DAY, text, would_do)
    if (found := _MONTH_YEAR.fullmatch(asked)) and found["month"] in _MONTHS:
        return _of(found["year"], _MONTHS[found["month"]], 1, Precision.MONTH, text, would_do)
    if found := _ISO.fullmatch(asked):
        return _of(found["year"], int(found["month"]), int(found["day"]), Precision.DAY, text, would_do)
    if found := _ISO_MONTH.fullmatch(asked) or _NUMBERED_MONTH.fullmatch(asked):
        return _of(found["year"], int(found["month"]), 1, Precision.MONTH, text, would_do)
    if found := _NUMBERS.fullmatch(asked):
        first, second = int(found["first"]), int(found["second"])
        day, month = (first, second) if day_first else (second, first)
        return _of(found["year"], month, day, Precision.DAY, text, would_do)
    raise _refused(text, would_do)


def _of(year: str, month: int, day: int, precision: Precision, text: str, would_do: str) -> PartialDate:
    full = _full_year(year)
    if not EARLIEST_YEAR <= full <= LATEST_YEAR:
        raise NotRead(f"{full} is no year of this register.", would_do, "year")
    if not 1 <= month <= 12:
        raise NotRead(f"There is no month {month}: “{text.strip()[:40]}”.", would_do, "month")
    last = calendar.monthrange(full, month)[1]
    if not 1 <= day <= last:
        name = f"{calendar.month_name[month]} {full}"
        raise NotRead(f"{name} has {last} days: there is no {day} {name}.", "Check the day.", "day")
    return PartialDate(datetime.date(full, month, day), precision)


def _full_year(year: str) -> int:
    """Two digits as the latest year that they can mean, up to `YEARS_AHEAD`."""
    if len(year) == 4:
        return int(year)
    latest = today().year + YEARS_AHEAD
    return latest - (latest - int(year)) % 100


def _refused(text: str, would_do: str) -> NotRead:
    return NotRead(f"“{text.strip()[:40]}” is not read as a date.", would_do, "not_a_date")
