"""The columns that the register knows, for each kind of list that is brought in, exported, or offered as a template.

What a cell of a column means is left to `cells`, which of the register's records it names to the import. A heading that
somebody wrote is matched to a column by `headings`: as remembered, as a known other name, or as the nearest one.
"""

from memberships.spreadsheets.columns.catalogue import BY_KEY, COLUMNS, column
from memberships.spreadsheets.columns.column import LEFT_ALONE, NOT_IN_A_CELL, NOT_SHOWN, Column, ListKind, Means
from memberships.spreadsheets.columns.headings import guess_kind, match_columns, plain, repeats_headings

__all__ = [
    "BY_KEY",
    "COLUMNS",
    "LEFT_ALONE",
    "NOT_IN_A_CELL",
    "NOT_SHOWN",
    "Column",
    "ListKind",
    "Means",
    "column",
    "guess_kind",
    "match_columns",
    "plain",
    "repeats_headings",
]
