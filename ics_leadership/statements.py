"""Statements that the database keeps prepared, with numbered places for what is asked about.

A queryset in which `Given` stands wherever an argument belongs is written out once a process. Each connection has it prepared
when it is asked over it for the first time; from then on no more than its name and the arguments are sent, and the database
neither reads nor plans it again (`plan_cache_mode` in the settings). Every connection must be a session of its own: a pooler between
the register and PostgreSQL has to pool by session.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connections, models
from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import Func, Value
from psycopg import sql

_numbers = count(1)
_prepared: WeakKeyDictionary[psycopg.Connection[Any], set[str]] = WeakKeyDictionary()
"""The names of the statements that each connection has prepared."""


class Given(Value):
    """Stands in a queryset for an argument, by its name."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class OneOf(Func):
    """Whether a column is one of several ids, however many: unlike `__in`, the same statement for any number."""

    template = "%(expressions)s::bigint[])"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


class Statement:
    """A queryset written out. Its prefetches are left to whoever asks it."""

    def __init__(self, queryset: Any) -> None:
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(using=queryset.db)
        connection = self._compiler.connection
        connection.ensure_connection()
        given: dict[str, Given] = {}
        text, parameters = self._compiler.as_sql()
        values = iter(parameters)

        def sign_written(sign: re.Match[str]) -> str:
            return "%" if sign[0] == "%%" else _written(next(values), given, connection.connection)

        body = re.sub("%[s%]", sign_written, text)
        types = [str(each.output_field.db_type(connection)) for each in given.values()]
        self._name = f"register_{next(_numbers)}"
        self._arguments = list(given)
        self._prepare = f"PREPARE {self._name}{_in_brackets(types)} AS {body}".encode()
        self._execute = f"EXECUTE {self._name}{_in_brackets(['%s' for _ in types])}"
        columns = [column for column, *_ in self._compiler.select[: self._compiler.col_count]]
        self._converters = self._compiler.get_converters(columns)

    def rows(self, arguments: Mapping[str, Any]) -> list[Any]:
        """What the queryset finds with these arguments, by name."""
        queryset = self._queryset
        connection = connections[queryset.db]
        self._prepare_over(connection)
        asked = self._execute, tuple(arguments[name] for name in self._arguments)
        compiler, query = copy.copy(self._compiler), copy.copy(queryset.query)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: asked
        compiler.get_converters = lambda _: self._converters
        query.get_compiler = lambda *_, **__: compiler
        return list(queryset._iterable_class(_Asked(queryset.db, queryset.model, query, queryset._fields, {})))

    def _prepare_over(self, connection: Any) -> None:
        connection.ensure_connection()
        there = _prepared.setdefault(connection.connection, set())
        if self._name not in there:
            with connection.wrap_database_errors:
                connection.connection.execute(self._prepare)
            there.add(self._name)


@dataclass(frozen=True)
class _Asked:
    """As much of a queryset as Django's own iterables of rows need."""

    db: str
    model: type[models.Model]
    query: Any
    _fields: Any
    _known_related_objects: Mapping[Any, Any]


def _in_brackets(parts: list[str]) -> str:
    return f" ({', '.join(parts)})" if parts else ""


def _written(value: Any, given: dict[str, Given], connection: psycopg.Connection[Any]) -> str:
    """A parameter as it stands in a prepared statement: the number of an argument, which is noted in `given`, or a literal."""
    if isinstance(value, Given):
        given.setdefault(value.value, value)
        return f"${list(given).index(value.value) + 1}"
    if isinstance(value, list):
        return f"ARRAY[{', '.join(_written(each, given, connection) for each in value)}]"
    if isinstance(value, Range) and isinstance(value.lower or value.upper, Given):
        lower, upper = (_written(end, given, connection) for end in (value.lower, value.upper))
        return f"daterange({lower}, {upper}, '{value.bounds}')"
    return sql.Literal(value).as_string(connection)
