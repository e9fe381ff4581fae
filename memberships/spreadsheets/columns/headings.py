"""Which column somebody's heading means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from memberships.spreadsheets.columns.catalogue import COLUMNS, column
from memberships.spreadsheets.columns.column import ListKind

# A heading nearer than this, of 100, is taken for a column until somebody says otherwise.
NEAR_ENOUGH = 88


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
    known = {each.key for each in COLUMNS[kind]}
    names = {plain(name): each.key for each in reversed(COLUMNS[kind]) for name in (*each.others, each.heading)}
    found: list[tuple[float, int, str]] = []
    for place, heading in enumerate(headings):
        said = plain(str(heading or ""))
        if not said:
            continue
        if remembered and said in remembered:
            if remembered[said] in known:
                found.append((-200, place, remembered[said]))
        elif said in names:
            found.append((-100, place, names[said]))
        elif near := process.extractOne(said, list(names), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH):
            found.append((-near[1], place, names[near[0]]))
    matched: dict[int, str] = {}
    for _, place, key in sorted(found):
        if key not in matched.values():
            matched[place] = key
    return dict(sorted(matched.items()))


def guess_kind(headings: Sequence[object]) -> ListKind:
    """Which kind of list has most of those headings; people where none stands out."""
    scores = {kind: len(match_columns(kind, headings)) for kind in ListKind}
    numbers = {plain(str(heading or "")) for heading in headings}
    for kind, sign in (
        (ListKind.SEATS, "membership_id"),
        (ListKind.PEOPLE, "person_id"),
        (ListKind.GROUPS, "group_id"),
        (ListKind.ORGANISATIONS, "organisation_id"),
        (ListKind.ROLES, "role_id"),
    ):
        if plain(column(kind, sign).heading) in numbers:
            return kind
    return max(ListKind, key=lambda kind: (scores[kind], kind == ListKind.PEOPLE))
