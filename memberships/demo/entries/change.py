"""A change of the log: when it was recorded, why, what document said so, and its entries."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from memberships.demo.book import Book

Entry = Callable[[Book], None]
"""Enters into the register, by its actions, what one line or table of the log says."""


@dataclass(frozen=True)
class Recorded:
    """One change: on which day it was recorded, in whose words why, and what it says."""

    on: datetime.date
    why: str
    document: str
    entries: tuple[Entry, ...]


def recorded(on: str, why: str, *entries: Entry, document: str = "") -> Recorded:
    """What was entered into the register on one day for one reason; `document` is where it was found, if anywhere."""
    return Recorded(datetime.date.fromisoformat(on), why, document, entries)
