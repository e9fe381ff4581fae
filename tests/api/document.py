"""The parts of `docs/api.md` that follow from the declared tables: what each resource can be narrowed by, and its columns; and the
columns of differences.
"""

import re
from pathlib import Path

from ics_leadership.api.resource import Resource
from ics_leadership.api.schema import for_whom
from ics_leadership.exports import Column, Table
from ics_leadership.formats.about import TYPES
from memberships.api import RESOURCES
from memberships.comparing import table_of
from memberships.exports.differences import SUBJECTS
from tests.foundation.members import ROOT

DOCUMENT: Path = ROOT / "docs" / "api.md"
PART = re.compile(r"(<!-- from the table of (\S+) -->\n).*?(<!-- end -->\n)", re.DOTALL)


def parts() -> dict[str, str]:
    """Those parts, by the name of the table."""
    differences = [table_of(of, over_time=True) for of in SUBJECTS.values()]
    return {each.table.name: described(each) for each in RESOURCES} | {each.name: columns(each) for each in differences}


def with_tables(text: str) -> str:
    """The document with each of those parts as the declared tables have it."""
    said = parts()
    return PART.sub(lambda found: f"{found[1]}{said[found[2]]}{found[3]}", text)


def described(resource: type[Resource]) -> str:
    filters = [f"| `{name}` | {resource.filters.meaning(name)} |\n" for name in resource.filters.base_filters]
    orders = ", ".join(f"`{column.name}`" for column in resource.filters.columns)
    return (
        f"\n| asked by | gives |\n|---|---|\n{''.join(filters)}\nIt can be ordered by {orders}.\n"
        f"{columns(resource.table)}"
    )


def columns(table: Table) -> str:
    rows = "".join(f"| `{each.name}` | {TYPES[each.of]} | {_meaning(each)} |\n" for each in table.columns)
    return f"\n| column | type | what it is |\n|---|---|---|\n{rows}\n"


def _meaning(column: Column) -> str:
    values = f"One of {', '.join(f'`{each}`' for each in column.choices)}." if column.choices else ""
    said = f"From: {column.source}" if column.source else ""
    return " ".join(filter(None, (column.meaning, said, values, for_whom(column)))).replace("|", "\\|")
