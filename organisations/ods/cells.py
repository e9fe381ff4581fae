"""Single cells of published files: dates, codes and text, checked. Raises `Unreadable` with what is wrong."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from organisations.ods.problems import Rejected, Unreadable

_EARLIEST = datetime.date(1900, 1, 1)
_LATEST = datetime.date(2100, 1, 1)
_CODE = re.compile(r"[A-Z0-9]{2,12}")


@lru_cache(maxsize=50_000)
def date(text: str) -> datetime.date | None:
    """A day written YYYYMMDD; None for an empty cell."""
    if not text:
        return None
    if len(text) == 8 and text.isascii() and text.isdigit():
        try:
            day = datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            pass
        else:
            if _EARLIEST <= day < _LATEST:
                return day
    raise Unreadable(f"“{text}” is no date; dates are written YYYYMMDD.")


def date_needed(text: str) -> datetime.date:
    """A day that the layout always gives."""
    day = date(text)
    if day is None:
        raise Unreadable("a date is missing.")
    return day


@lru_cache(maxsize=50_000)
def code(text: str) -> str:
    """An organisation's code."""
    if not _CODE.fullmatch(text):
        raise Unreadable(f"“{text}” is no organisation code.")
    return text


def optional_code(text: str) -> str:
    """An organisation's code, or nothing."""
    return code(text) if text else ""


def words(text: str, limit: int = 300) -> str:
    """Text on one line. A name may hold a line break in the published file."""
    text = " ".join(text.split())
    if len(text) > limit:
        raise Unreadable(f"a text of {len(text)} characters stands where at most {limit} belong.")
    return text


def needed(text: str) -> str:
    """Text that the layout always gives."""
    text = words(text)
    if not text:
        raise Unreadable("a name is missing.")
    return text


def in_order(first: datetime.date | None, last: datetime.date | None) -> None:
    """Reject a line whose last day comes before the first."""
    if first and last and last < first:
        raise Rejected(f"it ends on {last:%Y-%m-%d}, before it starts on {first:%Y-%m-%d}.")
