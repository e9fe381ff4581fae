"""What the tests of history look at: everything that the register says, and who says so when changes commit."""

from functools import cache

from django.db import connection

from tests.every_table import tracked_models


def said() -> dict[str, set[str]]:
    """Every row of every register table, whole, by the name of the table."""
    return _rows(_whole_rows())


def retold() -> dict[str, set[str]]:
    """The same, told from the events alone."""
    return _rows(_whole_rows_of_events())


def _rows(selects: dict[str, str]) -> dict[str, set[str]]:
    """What each of the statements finds, asked for at once: tests do so after every step of theirs."""
    rows: dict[str, set[str]] = {name: set() for name in selects}
    asked = (f"SELECT '{name}', whole FROM ({select}) AS each (whole)" for name, select in selects.items())
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        for name, whole in cursor.fetchall():
            rows[name].add(whole)
    return rows


@cache
def _whole_rows() -> dict[str, str]:
    return {name: f"SELECT ROW({', '.join(columns)})::text FROM {table}" for name, table, columns in _tables()}


@cache
def _whole_rows_of_events() -> dict[str, str]:
    return {
        name: f"""SELECT ROW({", ".join(columns)})::text FROM (
            SELECT DISTINCT ON (id) * FROM {table}event ORDER BY id, pgh_id DESC
        ) AS event WHERE pgh_label <> 'delete'"""
        for name, table, columns in _tables()
    }


def _tables() -> list[tuple[str, str, list[str]]]:
    """The name of each register table's model, that of the table, and its columns that are written."""
    with connection.cursor() as cursor:
        return [
            (
                model.__name__,
                model._meta.db_table,
                [
                    f'"{column.name}"'
                    for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
                    if column.name not in ("certain", "folded")
                ],
            )
            for model in tracked_models()
        ]


def commit() -> None:
    """Do what a commit does: let the deferred triggers stamp the changes so far."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
