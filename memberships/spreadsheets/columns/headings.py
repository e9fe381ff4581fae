"""Which column somebody's heading means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from memberships.spreadsheets.columns.catalogue import COLUMNS, column
from memberships.spreadsheets.columns.column import ListKind

# How surely a heading means a column. A slip of the finger counts against it.
REMEMBERED, OWN_HEADING, KNOWN_NAME = 103, 102, 101


def _slips(words: str) -> int:
    """How many letters of a heading may be wrong: of short words none, because they are often other words."""
    return (len(words) >= 5) + (len(words) >= 10)


def plain(heading: str) -> str:
    """A heading without case, spacing and what stands around its words, as it is remembered and compared.

    >>> plain("  Term ends:\\n(date)"), plain("E-mail *"), plain("£")
    ('term ends date', 'e mail', '£')
    """
    return " ".join(re.sub(r"[^\w£]+|_", " ", heading.casefold()).split())


def match_columns(
    kind: ListKind, headings: Sequence[object], remembered: Mapping[str, str] | None = None
) -> dict[int, str]:
    """Which column each heading means: its place in the row, counted from 0, to the key; those not understood left out.

    `remembered` maps `plain` headings to keys, or to "" for a column to be left alone. No column is meant twice: the
    heading that is called most like it has it.
    """
    names: dict[str, tuple[float, str]] = {}
    for each in COLUMNS[kind]:
        names.setdefault(plain(each.heading), (OWN_HEADING, each.key))
    for each in COLUMNS[kind]:
        for other in each.others:
            names.setdefault(plain(other), (KNOWN_NAME, each.key))
    known = {each.key for each in COLUMNS[kind]}
    found: list[tuple[float, int, str]] = []
    for place, heading in enumerate(headings):
        words = str(heading or "")
        said = plain(words)
        if said not in names:
            said = plain(re.sub(r"\([^()]*\)", " ", words)) or said
        if remembered and plain(words) in remembered:
            found += [(REMEMBERED, place, key)] if (key := remembered[plain(words)]) in known else []
        elif said in names:
            found.append((names[said][0], place, names[said][1]))
        elif near := process.extractOne(said, list(names), scorer=OSA.distance, score_cutoff=_slips(said)):
            found.append((100 - near[1], place, names[near[0]][1]))
    matched: dict[int, str] = {}
    for _, place, key in sorted(found, key=lambda each: (-each[0], each[1])):
        if key not in matched.values():
            matched[place] = key
    return dict(sorted(matched.items()))


def guess_kind(headings: Sequence[object]) -> ListKind:
    """Which kind of list has most of those headings; people where none stands out."""
    scores = {kind: len(match_columns(kind, headings)) for kind in ListKind}
    numbers = {plain(str(heading or "")) for heading in headings}
    for kind, sign in (
        (ListKind.SEATS, "membership_id"),
        (ListKind.OFFERS, "offer_id"),
        (ListKind.SKILLS, "person_skill_id"),
        (ListKind.PEOPLE, "person_id"),
        (ListKind.GROUPS, "group_id"),
        (ListKind.ORGANISATIONS, "organisation_id"),
        (ListKind.ROLES, "role_id"),
    ):
        if plain(column(kind, sign).heading) in numbers:
            return kind
    return max(ListKind, key=lambda kind: (scores[kind], kind == ListKind.PEOPLE))


def repeats_headings(kind: ListKind, row: Mapping[str, str]) -> bool:
    """Whether a row, its words by the keys of their columns, says its headings once more, as lists do on every page."""
    said = {key: plain(words) for key, words in row.items() if words}
    return len(said) > 1 and all(words in _names(kind)[key] for key, words in said.items())


@cache
def _names(kind: ListKind) -> dict[str, frozenset[str]]:
    """What each column of a kind of list may be called, by its key."""
    return {each.key: frozenset(plain(name) for name in (each.heading, *each.others)) for each in COLUMNS[kind]}
