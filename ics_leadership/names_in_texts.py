"""Names within texts, wherever the database holds any: found in every column of text of every table, and replaced.

Used where somebody has to be erased: a note about a colleague, the reason of a change, a message may name them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from django.db import connection

REPLACED = "[erased]"

_COLUMNS_SQL = """
SELECT columns.table_name, columns.column_name, columns.data_type, columns.character_maximum_length
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
AND data_type IN ('text', 'character varying', 'jsonb') AND column_name NOT IN ('slug', 'former_slug')
ORDER BY columns.table_name, columns.ordinal_position
"""
"""Every column of text, but for names in addresses, which are no text of anybody's."""

Columns = Sequence[tuple[str, str, int | None]]
"""Name, type and greatest length of the columns of a table."""


def replace_in_texts(names: Collection[str], *, leave: Collection[str] = ()) -> dict[str, int]:
    """Replace whole names, however they are capitalised, in every text but those to `leave`: "table" or "table.column".

    Gives how many rows each table had with any. The guards of history have to be lifted. Live tables come before those of events,
    whose rows then hold what the former became.
    """
    if not names:
        return {}
    found = {}
    for table, columns in _texts(leave):
        if rows := _replace(table, columns, names):
            found[table] = rows
    return found


def is_named_in(text: str, names: Collection[str]) -> bool:
    """Whether one of the names stands in a text, whole and however it is capitalised."""
    return bool(names) and re.search(_whole(names), text, re.IGNORECASE) is not None


def _whole(names: Collection[str]) -> str:
    """A pattern of whole names, for PostgreSQL and Python alike."""
    return rf"(?<![\w-])(?:{'|'.join(_pattern(each) for each in names)})(?![\w-])"


def _texts(leave: Collection[str]) -> Iterator[tuple[str, Columns]]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS_SQL)
        tables: dict[str, list[tuple[str, str, int | None]]] = {}
        for table, *column in cursor.fetchall():
            if table not in leave and f"{table}.{column[0]}" not in leave:
                tables.setdefault(table, []).append((column[0], column[1], column[2]))
    yield from sorted(tables.items(), key=lambda each: each[0].endswith("event"))


def _replace(table: str, columns: Columns, names: Collection[str]) -> int:
    quote = connection.ops.quote_name
    sets, those = [], []
    for column, kind, length in columns:
        text = f"{quote(column)}::text"
        replaced = f"regexp_replace({text}, %(whole)s, %(instead)s, 'gi')"
        if length:
            replaced = f"left({replaced}, {length})"
        sets.append(f"{quote(column)} = {replaced}{'::jsonb' if kind == 'jsonb' else ''}")
        # The first is quick, and true of few.
        those.append(f"({text} ILIKE ANY(%(anywhere)s) AND {text} ~* %(whole)s)")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(table)} SET {', '.join(sets)} WHERE {' OR '.join(those)}",  # noqa: S608
            {
                "whole": _whole(names),
                "anywhere": [f"%{_like(each)}%" for each in names],
                "instead": REPLACED,
            },
        )
        return cursor.rowcount


def _pattern(name: str) -> str:
    return re.sub(r"([^\w\s-])", r"\\\1", name)


def _like(name: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", name)
