"""What a file says about itself: what it is, as at which day, as known when, narrowed how, and what its columns mean."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from ics_leadership.exports import Column, Of, Question
from ics_leadership.formats.export import Export
from ics_leadership.words import count_words, day_words, list_words

TYPES = {
    Of.TEXT: "text",
    Of.INTEGER: "whole number",
    Of.NUMBER: "number",
    Of.BOOLEAN: "yes or no",
    Of.DATE: "date",
    Of.MOMENT: "moment (UTC)",
}


@dataclass(frozen=True)
class Line:
    """A line of what is told, a `heading` or not."""

    cells: Sequence[str]
    heading: bool = False


def described(export: Export, rows: int, sheets: Sequence[str]) -> Iterator[Line]:
    """What the sheet beside the rows says."""
    question = export.question
    yield Line([export.table.title, ""], heading=True)
    yield Line(["What a row is", export.table.meaning])
    yield from (Line(each) for each in export.sides or _state(question))
    for name, value in export.narrowed.items():
        yield Line(["Only those with", f"{name} = {value}"])
    if not export.narrowed:
        yield Line(["Only those with", "nothing: all rows are here"])
    yield Line(
        ["Rows", count_words(rows, "row") + (f", on the sheets {list_words(list(sheets))}" if len(sheets) > 1 else "")]
    )
    if private := [column.name for column in export.table.seen(question) if column.sight]:
        yield Line(["Not for everybody", f"Only some may see {list_words(private)}. Pass this file on with care."])
    yield Line(["Made", _moment(export.made_at)])
    if export.address:
        yield Line(["Ask again at", export.address])
    yield Line(["To be read", "Changes made here do not come back into the register; lists to be edited do."])
    yield Line(["Long texts", "A cell of Excel holds 32,767 characters. A longer text is cut, and says so at its end."])
    yield Line(["Column", "Meaning", "Type", "Values", "Made of"], heading=True)
    for column in export.table.seen(question):
        yield Line([column.name, column.meaning, TYPES[column.of], _values(column), column.source])


def _state(question: Question) -> Iterator[Sequence[str]]:
    yield ["As at", day_words(question.date)]
    yield ["As known", _moment(question.known_at) if question.known_at else "when this file was made"]


def _values(column: Column) -> str:
    return "; ".join(f"{value} = {meaning}" for value, meaning in column.choices.items())


def _moment(moment: datetime.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{day_words(local.date())}, {local:%H:%M:%S}"
