"""Lists: narrowing, sorting and paging rows, and answering with the whole page or with its results alone.

A list is a `ListFilters` (what it can be narrowed and sorted by) over a queryset; `answer` turns it into a page of
fifty rows. Long parts of other pages are paged with `section`. A question that makes no sense is refused here, with a
sentence that names what would; how the filters look is left to `filter_panel.py`, the rows to each page's presenter.

    class PlaceFilters(ListFilters):
        columns = (Column("name", "Name", ("name",), "A to Z", "Z to A"),)
        q = SearchFilter()
        period = PeriodFilter()

    def place_list(request):
        return answer(request, "places", PlaceFilters(request, Place.objects.all()), present=place_row)

`templates/places/list.html` extends `lists/list.html` and includes `places/results.html`, which extends
`lists/results.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import Expression, OrderBy
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ics_leadership.api.ways import ways_to
from ics_leadership.as_at import AsAt
from ics_leadership.errors import Refusal
from ics_leadership.filter_panel import FilterPanel, panel_of
from ics_leadership.periods import PeriodQuerySet
from ics_leadership.prepared import Asked
from ics_leadership.search import FindableQuerySet
from ics_leadership.words import count_words, list_words

PAGE_SIZE = 50
SIZE_OF_THE_PAST = 10
"""So many rows of what is over stand on a page about something; it is about what is so."""

# What any list understands beside its own filters.
SHARED_NAMES = ("as_at", "known_at", "page")


@dataclass(frozen=True)
class Column:
    """A column by which a list can be sorted.

    `name` is its value of `ordering` in addresses, `fields` what the rows are ordered by; `up` and `down` say the two
    directions where there are no headings to click: "A to Z", "Z to A". `of_table` is by what the API's table of the same rows is
    ordered so, `beyond` by what the table to which the list leads; empty where it cannot be.
    """

    name: str
    label: str
    fields: tuple[str | Expression, ...]
    up: str
    down: str
    of_table: str = ""
    beyond: str = ""


class Ordering(django_filters.ChoiceFilter):
    """The order of a list: the name of a column, a hyphen in front turning it round. Rows without a value come last."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = {column.name: column for column in columns}
        choices = []
        for column in columns:
            choices += [
                (column.name, f"{column.label}, {column.up}"),
                (f"-{column.name}", f"{column.label}, {column.down}"),
            ]
        super().__init__(field_name="ordering", label="Sort by", choices=choices)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        # Rows that are alike keep their places from page to page.
        return qs.order_by(*self.order(value), "pk")

    def order(self, value: str) -> list[OrderBy]:
        """What the rows are ordered by before their keys; nothing where no order is asked for."""
        if not value:
            return []
        fields = self.columns[value.removeprefix("-")].fields
        return [
            OrderBy(F(field) if isinstance(field, str) else field, descending=value.startswith("-"), nulls_last=True)
            for field in fields
        ]


class SearchFilter(django_filters.CharFilter):
    """Rows called roughly so, the likeliest first; `model` is searched by its `folded` column."""

    def __init__(self, label: str = "Name contains") -> None:
        super().__init__(label=label, max_length=200)

    def filter(self, qs: FindableQuerySet, value: str) -> QuerySet[Any]:
        return qs.called(value) if value else qs


class PeriodFilter(django_filters.ChoiceFilter):
    """Which rows by their period: those of the day shown, unless the reader asks for others."""

    def __init__(
        self,
        label: str = "When",
        *,
        current: str = "On the day shown",
        ended: str = "Ended before that day",
        upcoming: str = "Begins after that day",
    ) -> None:
        choices = [("current", current), ("ended", ended), ("upcoming", upcoming), ("all", "Any day")]
        super().__init__(label=label, choices=choices, empty_label=None, initial="current")

    def filter(self, qs: PeriodQuerySet, value: str) -> QuerySet[Any]:
        if value == "all":
            return qs
        ask = {"ended": qs.ended, "upcoming": qs.upcoming}.get(value, qs.as_at)
        return ask(self.parent.date)


class ListFilters(django_filters.FilterSet):
    """What a list can be narrowed and sorted by, as asked in a request.

    `date` is the day shown. `qs` raises Refusal for an unknown parameter, an unknown value, and a parameter with two.
    """

    columns: ClassVar[Sequence[Column]]
    """What it can be sorted by; by the first of them unless asked otherwise, but for what a search finds."""
    beside: ClassVar[Sequence[str]] = SHARED_NAMES
    """What may be asked beside the filters."""

    def __init__(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().__init__(request.GET, queryset, request=request)
        as_at: AsAt = request.as_at  # type: ignore[attr-defined]
        self.date = as_at.date
        ordering = Ordering(self.columns)
        ordering.parent = self
        # Last, because a search brings an order of its own.
        self.filters["ordering"] = ordering

    def not_offered(self) -> Collection[str]:
        """What is understood, but not together with what else was asked."""
        return ()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        self.refuse_misunderstood()
        narrowed: QuerySet[Any] = super().filter_queryset(queryset)
        return narrowed

    def refuse_misunderstood(self) -> None:
        """Raises Refusal for a name or value that is none, and for two values."""
        self._refuse_unknown_names()
        self._refuse_second_values()
        self._refuse_unknown_values()

    @property
    def order_in_force(self) -> dict[str, str]:
        """The order of the list, as the API's table of the same rows is asked for it; nothing where that has no such order."""
        return self._order_by("of_table")

    @property
    def order_beyond(self) -> dict[str, str]:
        """The same of the table to which the list leads."""
        return self._order_by("beyond")

    def _order_by(self, names: str) -> dict[str, str]:
        asked = self.data.get("ordering", "").strip()
        usual = next(iter(self.columns), None)
        column = next((each for each in self.columns if each.name == asked.removeprefix("-")), usual)
        name = getattr(column, names, "")
        return {"ordering": f"{'-' if asked.startswith('-') else ''}{name}"} if name else {}

    @property
    def in_force(self) -> dict[str, str]:
        """The filters that narrow the list, as the API's table of the same rows is asked for them. An order is none."""
        asked = {name: self.data.get(name, "").strip() for name in self.filters if name != "ordering"}
        return {name: value for name, value in asked.items() if value}

    def refusal(self, name: str, sentence: str) -> Refusal:
        """A refusal of what was asked under one name; its way on is the same list without it."""
        return Refusal(sentence, way_on=("Show the list without this filter", address_without(self.request, name)))

    def _refuse_unknown_names(self) -> None:
        known = [*self.filters, *self.beside]
        for name in self.data:
            if name not in known:
                offered = [each for each in known if each not in self.not_offered()]
                raise self.refusal(
                    name, f"This list has no filter “{name[:40]}”. It can be asked about {list_words(offered)}."
                )

    def _refuse_second_values(self) -> None:
        for name in self.filters:
            if len({value for value in self.data.getlist(name) if value}) > 1:
                raise self.refusal(name, f"This address gives more than one value for “{name}”. It can give one.")

    def _refuse_unknown_values(self) -> None:
        for name, errors in self.form.errors.items():
            value = self.data.get(name, "")[:40]
            allowed = [str(choice) for choice, _ in getattr(self.form.fields[name], "choices", ()) if str(choice)]
            if allowed:
                raise self.refusal(name, f"“{value}” is no value of “{name}”. It can be {list_words(allowed)}.")
            raise self.refusal(name, f"“{value}” cannot be looked for under “{name}”. {errors[0]}")


def address_without(request: HttpRequest, name: str) -> str:
    """The address asked for, from its first page, without one of its parameters."""
    query = request.GET.copy()
    query.pop(name, None)
    query.pop("page", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def page_asked(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], name: str = "page", size: int = PAGE_SIZE
) -> Page:
    """The page of `size` rows that the request asks for under `name`, the first unless it says otherwise.

    Raises Refusal for a number that is none or that the list does not reach.
    """
    paginator = Paginator(rows, size)
    asked = request.GET.get(name) or "1"
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    if not 1 <= number <= paginator.num_pages:
        raise Refusal(
            f"There is no page “{asked[:40]}” here. There {'is' if paginator.num_pages == 1 else 'are'} "
            f"{count_words(paginator.num_pages, 'page')}.",
            way_on=("Show the first page", address_without(request, name)),
        )
    return paginator.page(number)


def answer(
    request: HttpRequest,
    folder: str,
    filters: ListFilters,
    *,
    present: Callable[[Any], Any],
    workbook: str = "",
    table: str = "",
    take_away: str = "",
    leads_to: str = "",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The list as a page from `folder`/list.html, of which htmx picks the parts that a filter changes.

    `present` makes a row for the template from a row of the queryset; `workbook` names the address at which the same
    list is a workbook to be edited, `table` the table of the API that has the same rows, `take_away` the addresses, but for
    "-xlsx" and "-csv", at which what it leads to is there as files to work with elsewhere, `leads_to` the table of the API that
    has that when it is asked for what the other has `listed`. The templates are given `page`, `panel`, `columns`, `rows`, `workbook`, `table`,
    `excel`, `csv`, `api` and whatever `context` adds.
    """
    page = page_asked(request, filters.qs)
    as_at: AsAt = request.as_at  # type: ignore[attr-defined]

    def same_at(name: str) -> str:
        return address_without(request, "page").replace(request.path, reverse(name), 1)

    rows = [present(row) for row in page.object_list]
    panel: FilterPanel = panel_of(filters.form)
    whole = {
        "page": page,
        "panel": panel,
        "columns": filters.columns,
        "rows": rows,
        "workbook": same_at(workbook) if workbook else "",
        "table": ways_to(table, filters.in_force | filters.order_in_force, as_at) if table else None,
        "excel": same_at(f"{take_away}-xlsx") if take_away else "",
        "csv": same_at(f"{take_away}-csv") if take_away else "",
        "api": ways_to(leads_to, {"listed": table, **filters.in_force, **filters.order_beyond}, as_at).api
        if leads_to
        else "",
        **(context or {}),
    }
    return render(request, f"{folder}/list.html", whole)


@dataclass(frozen=True)
class Section:
    """A page of a part of another page, of at most `size` rows. `previous` and `next` are addresses, empty at the ends."""

    name: str
    size: int
    rows: Sequence[Any]
    total: int
    first: int
    last: int
    previous: str
    next: str

    @property
    def is_paged(self) -> bool:
        return bool(self.previous or self.next)


class _FirstPage(Sequence[Any]):
    """The rows of a prepared question for whoever looks at its first page, counted with the same question."""

    def __init__(self, asked: Asked[Any], size: int) -> None:
        self._rows, self._number = asked.first(size)

    def __len__(self) -> int:
        return self._number

    def __getitem__(self, part: Any) -> Any:
        return self._rows[part]


def section(
    request: HttpRequest,
    name: str,
    rows: Asked[Any] | QuerySet[Any] | Sequence[Any],
    present: Callable[[Iterable[Any]], Sequence[Any]] = list,
    size: int = PAGE_SIZE,
) -> Section:
    """The rows of a part of a page, `size` at a time, by its own parameter `name`, which is also the part's anchor.

    `present` makes rows for the template from those of the queryset. Raises Refusal as `page_asked` does.
    """
    if isinstance(rows, Asked):
        rows = rows.queryset if name in request.GET else _FirstPage(rows, size)
    page = page_asked(request, rows, name, size)

    def address(number: int) -> str:
        query = request.GET.copy()
        query[name] = str(number)
        return f"{request.path}?{query.urlencode()}#{name}"

    return Section(
        name=name,
        size=size,
        rows=present(page.object_list),
        total=page.paginator.count,
        first=page.start_index(),
        last=page.end_index(),
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        next=address(page.next_page_number()) if page.has_next() else "",
    )
