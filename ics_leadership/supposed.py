"""Rows that nobody wrote, asked about as though they were in their table: a query put to what might be.

Only the rows that a query is about are supposed. Whatever it looks up beside them, it finds as the register has it; so any
number of suppositions are looked at in one query, and none of them knows of another. Nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.db.models.sql.datastructures import BaseTable

Columns = dict[str, Any]
"""The columns of a row by name, as JSON has them; a column that is left out is null."""


def supposing(rows: Any, those: Sequence[Columns]) -> Any:
    """The queryset `rows`, to which nothing was asked yet, of the rows `those` instead of what its table holds."""
    if rows.query.alias_map:
        raise ValueError("Something was asked of these rows before they were supposed.")
    supposed = rows.all()
    supposed.query.base_table_class = _reading(json.dumps(those))
    return supposed


def is_supposed(row: Model) -> bool:
    """Whether a row is of those that nobody wrote: their numbers are below zero."""
    return row.pk < 0


def _reading(those: str) -> Callable[[str, str | None], BaseTable]:
    return lambda table_name, alias: _Supposed(table_name, alias, those)


class _Supposed(BaseTable):
    """In place of a table, rows of its shape that the query brings with it."""

    def __init__(self, table_name: str, alias: str | None, those: str) -> None:
        super().__init__(table_name, alias)
        self.those = those

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        table = compiler.quote_name_unless_alias(self.table_name)
        alias = compiler.quote_name_unless_alias(self.table_alias)
        return f"jsonb_populate_recordset(NULL::{table}, %s::jsonb) AS {alias}", (self.those,)

    def relabeled_clone(self, change_map: dict[str | None, str]) -> _Supposed:
        return type(self)(self.table_name, change_map.get(self.table_alias, self.table_alias), self.those)
