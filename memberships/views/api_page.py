"""The reading page of the API: what can be taken away, by which address, and how a program asks. All of it follows from the
declared tables and their filters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ics_leadership.api.resource import Resource
from ics_leadership.api.schema import ABOUT_THE_ANSWER, for_whom
from ics_leadership.asked import refuse_unknown
from ics_leadership.exports import Column
from ics_leadership.formats.about import TYPES
from memberships.api import RESOURCES
from memberships.api_examples import EXAMPLES


@dataclass(frozen=True)
class Entry:
    """A name that is asked by or answered, and what it means; `kind` is its type, `values` what it can be."""

    name: str
    meaning: str
    kind: str = ""
    values: Sequence[str] = ()
    for_whom: str = ""


@dataclass(frozen=True)
class Described:
    """A resource for readers: where it is, what a row is, what it can be asked by, in which formats, and its columns."""

    name: str
    title: str
    meaning: str
    address: str
    formats: Sequence[str]
    filters: Sequence[Entry]
    orders: Sequence[str]
    columns: Sequence[Entry]


def described(resource: type[Resource]) -> Described:
    """A resource in words."""
    filters = resource.filters
    return Described(
        name=resource.table.name,
        title=resource.table.title,
        meaning=resource.table.meaning,
        address=reverse(f"api-{resource.table.name}"),
        formats=["json", *resource.formats],
        filters=[
            Entry(name, _plain(filters.meaning(name)), values=_choices(each))
            for name, each in filters.base_filters.items()
        ],
        orders=[column.name for column in filters.columns],
        columns=[_column(column) for column in resource.table.columns],
    )


def _plain(meaning: str) -> str:
    """A meaning without the marks that documents have around names."""
    return meaning.replace("`", "")


def _choices(asked: object) -> list[str]:
    choices = getattr(asked, "extra", {}).get("choices")
    return [str(key) for key, _ in choices] if choices and not callable(choices) else []


def _column(column: Column) -> Entry:
    meaning = f"{column.meaning} From: {column.source}" if column.source else column.meaning
    return Entry(column.name, meaning, TYPES[column.of], list(column.choices), for_whom(column))


def reading_page(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request, ("as_at", "known_at"))
    register = f"{request.scheme}://{request.get_host()}"
    context = {
        "resources": [described(each) for each in RESOURCES],
        "beside": [Entry(each["name"], _plain(each["description"])) for each in ABOUT_THE_ANSWER],
        "examples": [(each.title, each.at(register)) for each in EXAMPLES],
        "register": register,
        "units": settings.API_UNITS_A_MINUTE,
        "units_of_strangers": settings.API_UNITS_A_MINUTE_OF_STRANGERS,
    }
    return render(request, "api/reading.html", context)
