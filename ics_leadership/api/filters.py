"""What resources of the API can be narrowed by and ordered by, under the names that every resource shares.

Whether a name or value is understood is decided by `ics_leadership.lists`, as for the lists of pages.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import Case, DateField, F, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import OrderBy
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ics_leadership import as_at
from ics_leadership.errors import Refusal
from ics_leadership.formats import ONLY_FOR
from ics_leadership.history import event_model
from ics_leadership.lists import Column, ListFilters
from ics_leadership.periods import Precision

OF_PAGES = ("limit", "cursor")
"""What may be asked of pages of JSON alone."""
ABOUT_THE_ANSWER = ("as_at", "known_at", "format", *OF_PAGES, "bom", "neutralise")
"""What may be asked of every resource beside its filters."""

MEANINGS = {
    "q": "Those of people whose name is roughly so. The code of an organisation goes into `organisation`, or into `within`.",
    "period": "`current`: what holds on the day. `all`: everything there ever was or will be.",
    "within": (
        "Those inside an area on the day: the number of an organisation, the name in its address, or its ODS code, which means "
        "the organisation that bore it on the day."
    ),
    "kind": "Those of organisations of a kind.",
    "role_type": "Those of a type of role, by the name in its address: `pcn-clinical-director`.",
    "acts_for": "Those of roles that act for this party on the day.",
    "pathway": "Those of roles that lead a field of care on the day, by the name in its address: `urgent-and-emergency-care`.",
    "person": "Those of a person, by number or by the name in their address.",
    "organisation": "Those of an organisation itself, by its number, the name in its address, or its ODS code on the day.",
    "group": "Those of a group, by its number or the name in its address.",
    "updated_since": "Those whose `updated_at` is at or after a day or moment.",
    "ordering": "What the rows are ordered by; a hyphen in front turns it round. People come by family name, kinds and professions by what they are called, rows without a value last.",
}
"""What the filters mean, where a resource does not say otherwise."""


class ApiFilters(ListFilters):
    """What is asked of a resource of the API. Unless `ordering` says otherwise, rows come in the order of their keys."""

    beside: ClassVar[Sequence[str]] = ABOUT_THE_ANSWER
    meanings: ClassVar[Mapping[str, str]] = {}
    """What those filters mean here that mean something else than in `MEANINGS`."""

    @classmethod
    def meaning(cls, name: str) -> str:
        """What a filter does, in a sentence."""
        return cls.meanings.get(name) or MEANINGS[name]

    @classmethod
    def orders(cls) -> list[str]:
        """What `ordering` can be."""
        return [way + column.name for column in cls.columns for way in ("", "-")]

    def not_offered(self) -> Collection[str]:
        form = self.data.get("format") or "json"
        if form == "json":
            return ()
        return {*OF_PAGES, *(switch for switch, heeding in ONLY_FOR.items() if form not in heeding)}

    @property
    def is_of_the_day(self) -> bool:
        """Whether only what holds on the day is asked for; where it is not, what is held or sat on at any time counts."""
        return self.data.get("period", "") in ("", "current")

    @property
    def order(self) -> list[OrderBy]:
        """What the rows are ordered by before their keys; asked after `qs`, which refuses what is no order."""
        found: list[OrderBy] = self.filters["ordering"].order(self.data.get("ordering", ""))
        return found


class CurrentOrAll(django_filters.ChoiceFilter):
    """`current` for what holds on the day (so it is unless asked otherwise), `all` for everything there ever was or will be."""

    def __init__(self) -> None:
        choices = [("current", "On the day"), ("all", "Any day")]
        super().__init__(label="Period", choices=choices, empty_label=None, initial="current")

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs if value == "all" else qs.as_at(self.parent.date)  # type: ignore[attr-defined]


class RecordFilter(django_filters.CharFilter):
    """Rows about one record of a table, named by its number or by the name in its address.

    `path` leads from the rows to the record, whatever the number of rows between: no row is told twice.
    """

    def __init__(self, model: type[Model], path: str) -> None:
        super().__init__()
        self.table, self.path = model, path

    def record(self, value: str) -> Model:
        """The record of that number or name. Raises Refusal where there is none."""
        is_number = value.isascii() and value.isdigit() and len(value) < 16
        found = self.table._default_manager.filter(**{"pk" if is_number else "slug": value}).first()
        if found is None:
            noun = self.table._meta.verbose_name
            sentence = f"“{value[:40]}” is no {noun} of this register. Give its number, or the name in its own address."
            raise self.parent.refusal(self.field_name, sentence)
        return found

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(about(qs.model, **{self.path: self.record(value).pk})) if value else qs


def about(model: type[Model], **true_of_it: Any) -> Q:
    """That a row is one of those of which something is true along a path that may lead to several: each of them once."""
    return Q(pk__in=model._default_manager.filter(**true_of_it).order_by().values("pk"))


class ListedFilter(django_filters.ModelChoiceFilter):
    """Rows about an entry of a short list, named by the name in its address."""

    def __init__(self, queryset: QuerySet[Any], path: str) -> None:
        super().__init__(queryset=queryset, to_field_name="slug")
        self.path = path

    def filter(self, qs: QuerySet[Any], value: Model | None) -> QuerySet[Any]:
        return qs.filter(**{self.path: value}) if value else qs


class CalledFilter(django_filters.CharFilter):
    """Rows that are called roughly so, or whose record at `path` is; they keep their order."""

    def __init__(self, model: type[Model], path: str = "pk") -> None:
        super().__init__(max_length=200)
        self.table, self.path = model, path

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        found: Any = self.table._default_manager
        return qs.filter(**{f"{self.path}__in": found.called(value).order_by().values("pk")})


class UpdatedSince(django_filters.CharFilter):
    """Rows whose `updated_at` is at or after a day or moment."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        try:
            since = _moment(value)
        except Refusal as refusal:
            raise self.parent.refusal(self.field_name, refusal.sentence) from None
        written = event_model(qs.model)._default_manager.filter(known_to=None, shown_from__gte=since)
        return qs.filter(pk__in=written.values("id"))


def _moment(value: str) -> datetime.datetime:
    """A day (its first moment in England) or a moment, as ISO 8601 has them."""
    try:
        # A plus in an address arrives as a space.
        moment = parse_datetime(re.sub(r" (\d\d:\d\d)$", r"+\1", value)) if len(value) > len("2026-01-01") else None
        moment = moment or datetime.datetime.combine(as_at.parse(value), datetime.time.min)
        return moment if moment.tzinfo else timezone.make_aware(moment)
    except (Refusal, ValueError, OverflowError):
        raise Refusal(
            f"“{value[:40]}” is no moment. Write a day, like 2026-05-01, or a moment, like 2026-05-01T14:30:00Z."
        ) from None


# --- orders


def ordered(name: str, *fields: Any) -> Column:
    """A column of a declared table by which its rows can be ordered: by the field of that name, or by `fields`."""
    return Column(name, name, fields or (name,), "upwards", "downwards")


def ordered_by_period(*then: str) -> tuple[Column, Column]:
    """The two ends of a period as the API says them, `then` by further fields: the place of a row does not tell an end on a day
    that nobody knows.
    """
    known_end = Case(When(~Q(end_precision=Precision.UNKNOWN), then=F("period__endswith")), output_field=DateField())
    return ordered("start_date", "period__startswith", *then), ordered("end_date", known_end, *then)


def ordered_by_change(model: type[Model]) -> Column:
    """When the register last changed what everybody may see of the row."""
    last = event_model(model)._default_manager.filter(id=OuterRef("pk"), known_to=None).values("shown_from")[:1]
    return ordered("updated_at", Subquery(last))
