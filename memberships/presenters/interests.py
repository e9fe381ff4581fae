"""Declared interests in words: on a person's page, in the register of a group, and as the rows of its files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ics_leadership.typed_dates import end_as_typed, start_as_typed
from ics_leadership.words import day_words, period_words
from memberships.interests import Declared
from memberships.models import Interest, InterestCategory

A_YEAR = datetime.timedelta(days=366)
"""Interests are declared every year; a day more does no harm."""


@dataclass(frozen=True)
class InterestLine:
    """One interest: what it is, in which body, when."""

    row: Interest
    category: str
    when: str


@dataclass(frozen=True)
class DeclaredLine:
    """What somebody declared: `last` says when, `is_late` whether that is more than a year ago, or never."""

    name: str
    href: str
    lines: Sequence[InterestLine]
    last: str
    is_late: bool


def declared_line(declared: Declared, on: datetime.date) -> DeclaredLine:
    return DeclaredLine(
        name=declared.person.name,
        href=declared.person.get_absolute_url(),
        lines=[
            InterestLine(row, InterestCategory(row.category).label, period_words(row, on))
            for row in sorted(declared.interests, key=lambda row: list(InterestCategory).index(row.category))  # type: ignore[arg-type]
        ],
        last=_last_words(declared),
        is_late=declared.last is None or declared.last < on - A_YEAR,
    )


def _last_words(declared: Declared) -> str:
    if declared.last is None:
        return "Has never declared"
    none = "" if declared.interests else " that there was nothing to declare"
    return f"Declared{none} on {day_words(declared.last)}"


HEADINGS = ("Person", "Category", "Interest", "Organisation", "From", "Until", "Last declared", "Source")


def file_rows(register: Iterable[Declared]) -> Iterator[tuple[str, ...]]:
    """The register as the rows of a file, under `HEADINGS`: one for each interest, one for whoever has none."""
    for each in register:
        last = day_words(each.last) if each.last else "never"
        if not each.interests:
            yield (each.person.name, "", "Nothing declared" if each.last else "", "", "", "", last, "")
        for row in each.interests:
            yield (
                each.person.name,
                InterestCategory(row.category).label,
                row.what,
                row.body.name if row.body else "",
                start_as_typed(row.start),
                end_as_typed(row.end),
                last,
                str(row.source) if row.source else "",
            )
