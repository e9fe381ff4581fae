"""What the tests of history look at: everything that the register says, and who says so when changes commit."""

from typing import Any

from django.db import connection

from tests.every_table import tracked_models


def said() -> dict[str, set[tuple[Any, ...]]]:
    """Every row of every register table, whole, by the name of the table."""
    return {model.__name__: set(_rows_of(model._meta.db_table)) for model in tracked_models()}


def retold() -> dict[str, set[tuple[Any, ...]]]:
    """The same, told from the events alone."""
    rows = {}
    for model in tracked_models():
        columns = ", ".join(f'event."{name}"' for name in _columns(model._meta.db_table))
        events = model._meta.db_table + "event"
        with connection.cursor() as cursor:
            cursor.execute(
                f"""SELECT row FROM (SELECT DISTINCT ON (id) * FROM {events} ORDER BY id, pgh_id DESC) AS event,
                LATERAL (SELECT ROW({columns})::text AS row) AS whole WHERE pgh_label <> 'delete'"""
            )
            rows[model.__name__] = set(cursor.fetchall())
    return rows


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
            if column.name not in ("certain", "folded")
        ]


def _rows_of(table: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{name}"' for name in _columns(table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ROW({columns})::text FROM {table}")
        return cursor.fetchall()


def commit() -> None:
    """Do what a commit does: let the deferred triggers stamp the changes so far."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
