"""Every kind of list with its columns, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Mapping

from memberships.spreadsheets.columns.column import Column, ListKind
from memberships.spreadsheets.columns.mentoring import OFFERS, SKILLS
from memberships.spreadsheets.columns.others import GROUPS, ORGANISATIONS, ROLES, SEATS
from memberships.spreadsheets.columns.people import PEOPLE

COLUMNS: Mapping[ListKind, tuple[Column, ...]] = {
    ListKind.PEOPLE: PEOPLE,
    ListKind.ROLES: ROLES,
    ListKind.SEATS: SEATS,
    ListKind.GROUPS: GROUPS,
    ListKind.ORGANISATIONS: ORGANISATIONS,
    ListKind.OFFERS: OFFERS,
    ListKind.SKILLS: SKILLS,
}


BY_KEY: Mapping[ListKind, Mapping[str, Column]] = {
    kind: {each.key: each for each in columns} for kind, columns in COLUMNS.items()
}


def column(kind: ListKind, key: str) -> Column:
    """The column of a kind of list by its key. Raises KeyError where it has none of that key."""
    return BY_KEY[kind][key]
