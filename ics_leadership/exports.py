"""Tables that leave the register: each declared once, read by PostgreSQL itself and never row by row in Python.

A `Table` says what a row is, and of every column its type, its meaning, where it comes from and who may see it. From that
declaration come the statements for pages of JSON, CSV, NDJSON and workbooks, the Table Schema of the bundle, and what the API and
its documentation say. Which rows are asked for is a queryset, the same as for pages; how answers travel is left to `streams.py`.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import RowNumber

from ics_leadership.periods import Precision

_RUN = ", ".join(str(ord(first)) for first in "=+-@\t\r")
HARMLESS = f"CASE WHEN ascii({{0}}) IN ({_RUN}) THEN '''' || {{0}} ELSE {{0}} END AS {{0}}"
"""A column of text, with an apostrophe before what a spreadsheet would run as a formula."""


class Of(StrEnum):
    """The type of a column, by its name in JSON Schema and Table Schema where both agree."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "datetime"


@dataclass(frozen=True)
class Column:
    """A column of a table.

    `sql` is an expression over what the table is `read_from`; of a moment it is the moment itself. `source` says which facts it is made of, where its name does
    not; `choices` are the values that it can have, with what each means; `sight` is what it takes to see it (a `Sight`), and
    the column is absent for everybody else. `always` says that no row is without it, `key_of` of which table its numbers are keys.
    """

    name: str
    of: Of
    sql: str
    meaning: str
    source: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    sight: str = ""
    always: bool = False
    key_of: str = ""


MOMENT = "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
"""A moment as ISO 8601 has it, the same in every format."""


def start_and_end(row: str) -> list[Column]:
    """The four columns of a period, of the table called `row` in a statement."""
    precisions = {each.value: str(each.label) for each in Precision}
    return [
        Column("start_date", Of.DATE, f"lower({row}.period)", "First day, as exactly as it is known; empty where it is not."),
        Column("start_precision", Of.TEXT, f"{row}.start_precision", "How exactly the start is known.", choices=precisions, always=True),
        Column(
            "end_date",
            Of.DATE,
            f"CASE WHEN {row}.end_precision <> 'unknown' THEN upper({row}.period) - 1 END",
            "Last day, itself included; empty for no end, and for an end on a day that nobody knows.",
        ),
        Column("end_precision", Of.TEXT, f"{row}.end_precision", "How exactly the end is known.", choices=precisions, always=True),
    ]  # fmt: skip


def ended_by(row: str) -> Column:
    """What is known of an end on a day that nobody knows, of the table called `row`."""
    day = f"CASE WHEN {row}.end_precision = 'unknown' THEN upper({row}.period) END"
    meaning = "Of what ended on a day that nobody knows: the day on which that was known. Of days before it, it is told as though it went on."
    return Column("ended_by", Of.DATE, day, meaning)


def numbered(noun: str, row: str) -> list[Column]:
    """The two columns that name what has a page, of the table called `row`: its key, and the name in its address."""
    return [
        Column(f"{noun}_id", Of.INTEGER, f"{row}.id", f"Number of the {noun}; it is never given to another.", always=True),
        Column("slug", Of.TEXT, f"{row}.slug", f"The name in its own address: /{noun}s/…", always=True),
    ]  # fmt: skip


def invented(row: str) -> Column:
    """Whether a fact is made up, or about somebody who is, by the table called `row`."""
    return Column("invented", Of.BOOLEAN, f"{row}.invented", "Whether this is part of a demonstration.", always=True)


def confirmed_on(row: str, also: str = "") -> Column:
    """When a fact was last confirmed, of the table called `row`; `also` is what else that can mean of it."""
    meaning = f"When somebody last wrote what everybody may see of it, or said that it is still true{also}."
    return Column("confirmed_on", Of.DATE, f"{row}.confirmed_on", meaning, always=True)


def written(events: str) -> str:
    """A query for WITH, called `written`: of each row of a table the moment `at` which what everybody sees of it last changed, by
    its events.
    """
    return f"written AS (SELECT id, shown_from AS at FROM {events} WHERE known_to IS NULL)"


def updated_at(noun: str, at: str = "written.at") -> Column:
    """The column of `written`, or of the query that hands it on."""
    return Column("updated_at", Of.MOMENT, at, f"When the register last changed what everybody may see of the {noun}.")


def where_from(row: str) -> list[Column]:
    """The two columns of the source of a fact, of the table called `row`, with its source as `source`."""
    return [
        Column("source_id", Of.INTEGER, f"{row}.source_id", "Number of the source where this was found, an `id` of “sources” in the changes."),
        Column("source", Of.TEXT, "source.title", "What that source is called."),
    ]  # fmt: skip


def listed(columns: Iterable[Column]) -> str:
    """What follows SELECT in a query of those columns, under their names."""
    return ", ".join(f'{each.sql} AS "{each.name}"' for each in columns)


def told_by(query: str, columns: Iterable[Column]) -> list[Column]:
    """Columns as they are read from a query of `beforehand` that has `listed` them: worked out there, once for many rows."""
    return [replace(each, sql=f'{query}."{each.name}"') for each in columns]


@dataclass(frozen=True)
class Question:
    """What of a table is asked: the rows as a queryset, the day, as it was known when (None: now), and what the reader may see.

    `sees` has the sights that the reader has, and of which records each, by their ids (None: of all); of which table is said
    by the one that is asked. `order` is the order of the rows, before that of their keys. With `keys` it is about these
    alone, in their order. `worked_out` are rows that stand in no table, for a `Table` that reads them as JSON; `given` are the
    values of placeholders that a `Table` has of its own.
    """

    rows: QuerySet[Any]
    date: datetime.date
    known_at: datetime.datetime | None = None
    sees: Mapping[str, Sequence[int] | None] = field(default_factory=dict)
    order: Sequence[OrderBy] = ()
    keys: Sequence[int] | None = None
    worked_out: Sequence[Mapping[str, Any]] | None = None
    given: Mapping[str, Any] = field(default_factory=dict)

    def asked(self) -> str:
        """A statement of the keys of the rows asked for, each with its place among them."""
        if self.keys is not None:
            page = "SELECT id, place FROM unnest(%s::bigint[]) WITH ORDINALITY AS page (id, place)"
            return _composed(page, [list(self.keys)])
        place = Window(RowNumber(), order_by=[*self.order, F("pk").asc()]) if self.order else F("pk")
        try:
            keys = self.rows.order_by().annotate(place=place).values_list("pk", "place").query.sql_with_params()
        except EmptyResultSet:
            # Django writes no statement for what it knows to be empty.
            return "SELECT NULL::bigint, NULL::bigint WHERE false"
        return _composed(*keys)


@dataclass(frozen=True)
class Table:
    """A table that can be taken away.

    `read_from` is what follows FROM: it begins with `asked`, whose `id` are the primary keys of the rows asked for, or with a
    query that has their `place` and goes by that name. `beforehand` are further queries of the WITH clause, each after a comma.
    Both may use `%(date)s`, of each sight of its columns `%(seen_SIGHT)s`, the ids of `Question.sees`, `%(worked_out)s`, the
    rows of the question as JSON, and what else is `given` with it. `columns[0]` shows the key, or what stands for it.
    """

    name: str
    title: str
    meaning: str
    columns: Sequence[Column]
    read_from: str
    beforehand: str = ""
    people: Sequence[str] = ()
    """The numbers of those whom a row names, as expressions, beside those in its columns that end in `person_id`."""

    def seen(self, question: Question) -> list[Column]:
        """The columns that the reader sees. Private facts of a past state are nobody's: whose they were may have been recorded
        wrongly.
        """
        sees = {} if question.known_at else question.sees
        return [column for column in self.columns if not column.sight or column.sight in sees]

    def select(self, question: Question, *, moment: str = MOMENT) -> str:
        """What is asked as one SELECT with every value in its place, in the order asked for; moments as `moment` writes them."""
        seen = self.seen(question)
        columns = listed(replace(each, sql=moment.format(each.sql)) if each.of == Of.MOMENT else each for each in seen)
        facts: dict[str, Any] = {f"seen_{sight}": of if of is None else list(of) for sight, of in question.sees.items()}
        facts |= {"date": question.date, "worked_out": json.dumps(question.worked_out), **question.given}
        before, source = (
            _composed(part, facts) for part in (self.beforehand, f"SELECT {columns} FROM {self.read_from}")
        )
        asked = question.asked()
        return f"WITH RECURSIVE asked (id, place) AS MATERIALIZED ({asked}) {before} {source} ORDER BY asked.place"

    def named_in(self, question: Question) -> str:
        """The numbers of all whom the rows asked for name, as one SELECT of a single column."""
        numbers = [each.sql for each in self.columns if each.name.endswith("person_id")] + [*self.people]
        column = Column("number", Of.INTEGER, f"unnest(ARRAY[{', '.join(numbers)}]::bigint[])", "Number of a person.")
        return replace(self, columns=[column]).select(question)

    def for_csv(self, question: Question, *, neutralise: bool) -> str:
        """`select` with booleans in words and, with `neutralise`, an apostrophe in front of text that a spreadsheet would run."""

        def written(column: Column) -> str:
            name = f'"{column.name}"'
            if column.of == Of.BOOLEAN:
                return f"{name}::text AS {name}"
            return HARMLESS.format(name) if neutralise and column.of == Of.TEXT and not column.choices else name

        columns = ", ".join(map(written, self.seen(question)))
        return f"SELECT {columns} FROM ({self.select(question)}) AS each_row"


def _composed(statement: str, params: Any) -> str:
    """A statement with its parameters in their places, as the database's own client writes them."""
    operations: Any = connection.ops
    composed: str = operations.compose_sql(statement, params)
    return composed
