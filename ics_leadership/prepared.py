"""Questions that pages ask again and again: how a statement reads is worked out once a process, and only what differs is filled in.

Building a queryset and writing its statement takes Django longer than the database takes to answer it. `prepared` stands
before a function that gives a queryset, and calls it once, with a `Given` in the place of each argument; afterwards the same
statement is asked with the arguments themselves (see `statements`). Nothing that the database answered is kept, so that
nothing is ever shown that has changed, or to somebody who may not see it.
"""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Prefetch, QuerySet, Window
from django.db.models.constants import LOOKUP_SEP

from ics_leadership import known
from ics_leadership.statements import Given, OneOf, Statement

Row = TypeVar("Row")

_FIELDS: dict[Any, Callable[[], models.Field[Any, Any]]] = {
    int: models.BigIntegerField,
    str: models.TextField,
    datetime.date: models.DateField,
    list[int]: lambda: ArrayField(models.BigIntegerField()),
}
"""What an argument may be, by its annotation, and what it is to the database."""


class _Question:
    """A queryset written out, with what its prefetches ask."""

    def __init__(self, queryset: Any) -> None:
        self._statement = Statement(queryset)
        self._beside = [_Beside.of(queryset.model, lookup) for lookup in queryset._prefetch_related_lookups]

    def rows(self, arguments: Mapping[str, Any]) -> list[Any]:
        found = self._statement.rows(arguments)
        for each in self._beside:
            each.add_to(found, arguments)
        return found


@dataclass
class _Beside:
    """What a prefetch adds to rows: the rows that point at them, or the one row that each points at."""

    way: Sequence[str]
    """From the rows asked for, over rows that they have already, to those that are added to."""
    name: str
    to: str
    """The attribute, where it is not that of the relation."""
    field: models.ForeignKey[Any, Any]
    is_forward: bool
    queryset: QuerySet[Any]

    @classmethod
    def of(cls, model: type[models.Model], lookup: Prefetch[Any] | str) -> _Beside:
        if isinstance(lookup, str):
            lookup = Prefetch(lookup)
        *way, name = lookup.prefetch_through.split(LOOKUP_SEP)
        for step in way:
            model = model._meta.get_field(step).related_model  # type: ignore[assignment]
        relation: Any = model._meta.get_field(name)
        field = relation if relation.many_to_one else relation.field
        queryset = lookup.queryset
        if queryset is None:
            manager = relation.related_model
            queryset = (manager._base_manager if relation.many_to_one else manager._default_manager).all()
        return cls(way, name, lookup.to_attr or "", field, bool(relation.many_to_one), queryset)

    @cached_property
    def _question(self) -> _Question:
        column = F("pk" if self.is_forward else self.field.name)
        ids = Given("ids", output_field=_FIELDS[list[int]]())
        return _Question(self.queryset.filter(OneOf(column, ids)))

    def add_to(self, rows: Iterable[Any], arguments: Mapping[str, Any]) -> None:
        for step in self.way:
            rows = [there for row in rows if (there := getattr(row, step)) is not None]
        if self.is_forward:
            self._add_those_pointed_at(list(rows), arguments)
        else:
            self._add_those_that_point(list(rows), arguments)

    def _asked(self, ids: Iterable[Any], arguments: Mapping[str, Any]) -> list[Any]:
        asked = sorted(set(ids) - {None})
        return self._question.rows({**arguments, "ids": asked}) if asked else []

    def _add_those_pointed_at(self, rows: Sequence[Any], arguments: Mapping[str, Any]) -> None:
        pointer = self.field.attname
        found = {row.pk: row for row in self._asked((getattr(row, pointer) for row in rows), arguments)}
        for row in rows:
            self.field.set_cached_value(row, found.get(getattr(row, pointer)))

    def _add_those_that_point(self, rows: Sequence[Any], arguments: Mapping[str, Any]) -> None:
        by_pk = {row.pk: row for row in rows}
        pointing: dict[int, list[Any]] = {}
        for found in self._asked(by_pk, arguments):
            pk = getattr(found, self.field.attname)
            pointing.setdefault(pk, []).append(found)
            if not self.field.is_cached(found):
                self.field.set_cached_value(found, by_pk[pk])
        for row in rows:
            there = pointing.get(row.pk, [])
            if self.to:
                setattr(row, self.to, there)
            else:
                all_there = getattr(row, self.name).all()
                all_there._result_cache, all_there._prefetch_done = there, True
                cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
                cache[self.field.remote_field.cache_name] = all_there


def _stand_ins(ask: Callable[..., Any]) -> dict[str, Given]:
    """What a function is called with to prepare what it asks."""
    parameters = inspect.signature(ask, eval_str=True).parameters
    return {name: Given(name, output_field=_FIELDS[each.annotation]()) for name, each in parameters.items()}


def _of_the_past() -> bool:
    """Whether a past moment is asked about: some is asked otherwise then, so that statements are prepared for either."""
    return known.moment() is not None


class Prepared(Generic[Row]):
    """A question, by what it asks about: called with its arguments, by name, it gives the rows."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]]) -> None:
        self.ask = ask
        self._questions: dict[tuple[bool, int | None], _Question] = {}

    def __call__(self, **arguments: Any) -> list[Row]:
        return self.rows(None, arguments)

    def about(self, **arguments: Any) -> Asked[Row]:
        """The same, not asked yet."""
        return Asked(self, arguments)

    def rows(self, most: int | None, arguments: Mapping[str, Any]) -> list[Row]:
        """The rows; or the first so many, each with `of_all`, how many there are."""
        kind = _of_the_past(), most
        if kind not in self._questions:
            queryset: Any = self.ask(**_stand_ins(self.ask))
            if most is not None:
                queryset = queryset.annotate(of_all=Window(Count("*")))[:most]
            self._questions[kind] = _Question(queryset)
        return self._questions[kind].rows(arguments)


@dataclass(frozen=True)
class Asked(Generic[Row]):
    """A prepared question with its arguments, for parts of pages that show only the first rows."""

    _question: Prepared[Row]
    _arguments: Mapping[str, Any]

    def first(self, most: int) -> tuple[list[Row], int]:
        """The first so many rows, and how many there are."""
        rows: list[Any] = self._question.rows(most, self._arguments)
        return rows, rows[0].of_all if rows else 0

    @property
    def queryset(self) -> QuerySet[Any, Row]:
        """The same question as a queryset, to turn over its pages."""
        return self._question.ask(**self._arguments)


class PreparedBeside:
    """What prefetches add to rows of a model that are there already: called with the rows, and with its arguments by name."""

    def __init__(self, model: type[models.Model], ask: Callable[..., Iterable[Prefetch[Any]]]) -> None:
        self._model = model
        self._ask = ask
        self._prepared: dict[bool, list[_Beside]] = {}

    def __call__(self, rows: Sequence[models.Model], **arguments: Any) -> None:
        kind = _of_the_past()
        if kind not in self._prepared:
            lookups = self._ask(**_stand_ins(self._ask))
            self._prepared[kind] = [_Beside.of(self._model, lookup) for lookup in lookups]
        for each in self._prepared[kind]:
            each.add_to(rows, arguments)


def prepared(ask: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
    """Prepare the question that a function asks by giving a queryset.

    Its parameters are annotated with what stands in `_FIELDS`. It may put them into filters and annotations, but neither look
    at them nor ask the database, the settings or the clock anything itself: what it does once has to be right for all arguments,
    for every reader and on every day.
    """
    return Prepared(ask)


def prepared_beside(
    model: type[models.Model],
) -> Callable[[Callable[..., Iterable[Prefetch[Any]]]], PreparedBeside]:
    """Prepare the prefetches that a function gives, as `prepared` does a question, for rows of a model."""
    return lambda ask: PreparedBeside(model, ask)
