"""What the feed of changes tells of: every table of the register that everybody may see, declared from what history knows of it.

Left out whole is what only some see, or what depends on the day or on somebody's consent (offers, declared interests, proposals,
findings, grants); left out by column what `recorded.py` calls private.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Field, ForeignKey, Model

from ics_leadership import recorded
from ics_leadership.exports import Column, Of, ended_by, start_and_end
from ics_leadership.feed import Feed, Told
from ics_leadership.history import event_model
from ics_leadership.periods import Dated
from memberships.models import ErasedRow, MergedPerson, Person, Terms

RESOURCES: dict[type[Model], str] = {Terms: "terms"}
"""What tables are called where their own plural would not do."""

NAMES = {"how": "how_appointed"}
"""What columns are called where the other resources have another name for them."""

TOLD_ALL_THE_SAME = {"slug", "order", "invented"}
"""Columns that are no news on a page of history, and that a copy needs."""

_TYPES: dict[type[Field[Any, Any]], Of] = {
    models.BooleanField: Of.BOOLEAN,
    models.DateField: Of.DATE,
    models.DecimalField: Of.NUMBER,
    models.IntegerField: Of.INTEGER,
}


def resource_of(model: type[Model]) -> str:
    """What the rows of a table are called in the feed: "funding-lines"."""
    return RESOURCES.get(model) or str(model._meta.verbose_name_plural).replace(" ", "-").lower()


def feed() -> Feed:
    """The feed of this register."""
    return Feed([_told(each) for each in _public()], ErasedRow)


def _public() -> Iterator[recorded.Recorded]:
    for each in recorded.all_declared():
        if not each.rows and each.model is not MergedPerson:
            yield each


def _told(table: recorded.Recorded) -> Told:
    fields = [field for field in table.model._meta.concrete_fields if _is_told(table, field)]
    columns = [Column("id", Of.INTEGER, "after.id", f"Number of the {table.noun}.", always=True)]
    for field in fields:
        columns += (
            [*start_and_end("after"), ended_by("after")] if isinstance(field, DateRangeField) else [_column(field)]
        )
    is_dated = issubclass(table.model, Dated)
    precisions = ["start_precision", "end_precision"] if is_dated else []
    news = [str(field.column) for field in fields] + precisions
    into = {"merged_into": _MERGED_INTO_SQL.format(_events(MergedPerson))} if table.model is Person else {}
    people = [str(field.attname) for field in fields if field.related_model is Person]
    if table.model is Person:
        people.append("id")
    return Told(resource_of(table.model), table.model, columns, news, is_dated, people, **into)


_MERGED_INTO_SQL = """(
    SELECT merged.survivor_id FROM {} AS merged
    WHERE merged.change_id = after.change_id AND merged.former_id = after.id AND merged.pgh_label <> 'delete' LIMIT 1
)"""


def _events(model: type[Model]) -> str:
    return event_model(model)._meta.db_table


def _is_told(table: recorded.Recorded, field: Field[Any, Any]) -> bool:
    if field.name in table.private:
        return False
    return field in table.columns() or (field.name in TOLD_ALL_THE_SAME and field.name in table.untold)


def _column(field: Field[Any, Any]) -> Column:
    name = NAMES.get(field.name, field.attname)
    always, stored = not field.null, f'after."{field.column}"'
    if isinstance(field, ForeignKey):
        noun = field.related_model._meta.verbose_name
        meaning = f"{_said(field)}: number of the {noun}, an `id` of “{resource_of(field.related_model)}”."
        return Column(name, Of.INTEGER, stored, meaning, always=always)
    kind = next((of for cls, of in _TYPES.items() if isinstance(field, cls)), Of.TEXT)
    choices = {str(key): str(label) for key, label in field.flatchoices}
    if kind == Of.TEXT and field.blank:
        stored, always = f"nullif({stored}, '')", False
    return Column(name, kind, stored, f"{_said(field)}.", choices=choices, always=always)


def _said(field: Field[Any, Any]) -> str:
    said = str(field.verbose_name)
    return said[:1].upper() + said[1:]
