"""How the demonstration's tables are read: one row a line, columns between bars, trailing empty columns left out."""

from __future__ import annotations

from collections.abc import Iterator


def rows(table: str, *, columns: int) -> Iterator[list[str]]:
    """The rows of `table`, each as `columns` trimmed texts; empty lines and those that begin with # are passed over.

    Raises ValueError naming a line that has more columns.
    """
    for line in table.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > columns:
            raise ValueError(f"More than {columns} columns: {line}")
        yield cells + [""] * (columns - len(cells))
