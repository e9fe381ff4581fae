"""What lists can be narrowed by that has to do with organisations: the area, shared by every list, and this app's own.

Which organisations lie within an area is answered by `organisations.models.links`; what a filter is, by
`ics_leadership.lists`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from ics_leadership.errors import Refusal
from ics_leadership.lists import Column, ListFilters, PeriodFilter, SearchFilter
from ics_leadership.words import day_words, list_words, period_words
from organisations.models import Kind, Organisation, Status

# The kinds offered as areas to choose from; an address may name any organisation.
AREA_KINDS = (Kind.REGION, Kind.ICB, Kind.STP, Kind.SUB_ICB, Kind.CCG, Kind.PCT, Kind.PLACE, Kind.LMC)


class NotThen(Refusal):
    """A code that nobody bears on the day, though somebody does on another."""


def area_named(name: str, date: datetime.date) -> Organisation:
    """The organisation of that slug or number, or the one that bears that ODS code on that day.

    Raises Refusal where there is none, where it means two, and as `NotThen` where it is the code of others on other days, saying
    whose.
    """
    in_an_address = re.fullmatch(r"[\w-]{1,200}", name)
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 16 else None
    asked = Q(slug=name.lower()) | Q(ods_code=name.upper()) | Q(pk=number)
    found = list(Organisation.objects.filter(asked).order_by("period", "pk")) if in_an_address else []
    for organisation in found:
        if organisation.slug == name.lower():
            return organisation
    meant = [each for each in found if each.pk == number or each.holds(date)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        if any(each.pk == number for each in meant):
            what = f"have {name} as number or code"
        else:
            what = f"share the code {name.upper()}"
        raise Refusal(
            f"{list_words([_with_kind(each) for each in meant])} {what} on {day_words(date)}. "
            f"Ask for one of them by its own name: {list_words([each.slug for each in meant])}."
        )
    if found:
        raise NotThen(
            f"No organisation bears the code {name.upper()} on {day_words(date)}. It belongs to "
            f"{list_words([f'{_with_kind(each)} {period_words(each, date)}' for each in found])}."
        )
    raise Refusal(
        f"“{name[:40]}” is no organisation of this register. Give its number, the name in its own address, or its ODS code."
    )


def _with_kind(organisation: Organisation) -> str:
    return f"{organisation.name} ({organisation.get_kind_display()})"


class AreaField(forms.CharField):
    """Any organisation's slug or code; `choices` are those worth offering."""

    def __init__(self, *, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices


class OrganisationFilter(django_filters.Filter):
    """Rows that have to do with one organisation, named by its slug, its number, or its ODS code on the day."""

    @property
    def asked(self) -> str:
        return str(self.parent.data.get(self.field_name, "")).strip()

    @cached_property
    def area(self) -> Organisation | None:
        """The organisation asked for. Raises Refusal as `area_named` does."""
        if not self.asked:
            return None
        try:
            return area_named(self.asked, self.parent.date)
        except Refusal as refusal:
            raise self.parent.refusal(self.field_name, refusal.sentence) from None

    field_class = forms.CharField


class BodyFilter(OrganisationFilter):
    """Rows of one organisation itself, named as an area is."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(**{self.path: self.area.pk}) if self.area else qs


class AreaFilter(OrganisationFilter):
    """Rows inside an area on the day shown, by their queryset's `within(area, date)`; called `within` in every list."""

    @cached_property
    def field(self) -> AreaField:
        """The areas of the day to choose from, and the one asked for, whatever it is."""
        areas = Organisation.objects.as_at(self.parent.date).filter(kind__in=AREA_KINDS)
        choices = list(areas.order_by("name", "pk").values_list("slug", "name"))
        if self.area and self.asked not in dict(choices):
            choices.insert(0, (self.asked, self.area.name))
        return AreaField(label="Within", required=False, choices=choices)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.within(self.area, self.parent.date) if self.area else qs  # type: ignore[attr-defined]


# In the words that readers see; the stored values have another alphabet.
KIND_IN_WORDS = Case(*(When(kind=kind, then=Value(kind.label)) for kind in Kind), output_field=CharField())


class OrganisationFilters(ListFilters):
    """What the list of organisations can be narrowed and sorted by."""

    columns = (
        Column("name", "Name", ("name",), "A to Z", "Z to A", "name", "organisation_name"),
        Column("kind", "Kind", (KIND_IN_WORDS, "name"), "A to Z", "Z to A", "kind"),
        Column("code", "ODS code", ("ods_code",), "A to Z", "Z to A", "ods_code"),
        Column("open", "Open", ("period__startswith", "name"), "oldest first", "newest first", "start_date"),
    )
    q = SearchFilter("Name or code")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Kind.choices)
    within = AreaFilter()
    period = PeriodFilter("Open", ended="Closed before that day", upcoming="Opens after that day")
    status = django_filters.ChoiceFilter(label="Status in the newest file", choices=Status.choices)
