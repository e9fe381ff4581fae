"""At whose table: the seats held for one organisation, and a table of organs and groups with the gaps."""

from __future__ import annotations

import csv
import datetime
import io

import xlsxwriter
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from ics_leadership.asked import asked_about, refuse_unknown
from ics_leadership.lists import address_without, page_asked
from ics_leadership.taking_away import counted
from memberships import asked, seating
from memberships.at_the_table import cells, groups_within, organs_within, seats_for
from memberships.presenters import at_the_table as words
from memberships.views.gone import gone
from organisations.models import ORGAN_KINDS, KeptArea, Kind, Organisation
from organisations.presenters import standing_sentence

ASKED = ("within", "group", "as_at", "known_at", "page")
GROUPS = 5
"""So many groups stand beside each other; more would not be read."""

MOST_IN_FILE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@asked_about()
def organisation_table(request: HttpRequest, slug: str) -> HttpResponse:
    """The seats held for a practice, network, federation or committee, and the way to each."""
    date = request.as_at.date  # type: ignore[attr-defined]
    shown = Organisation.objects.filter(slug=slug).first()
    if shown is None:
        return gone(request, Organisation, slug)
    if shown.kind not in (Kind.PRACTICE, *ORGAN_KINDS):
        raise Http404("Only practices, networks, federations and committees are spoken for at a table.")
    organs, seats = seats_for(shown, date)
    context = {
        "organisation": shown,
        "organs": [each for each in organs if each != shown],
        "levels": words.paths(shown, seats, date),
        "areas": seating.keeping(shown, date),
        "absence": standing_sentence(shown, date),
    }
    return render(request, "tables/organisation.html", context)


def tables(request: HttpRequest) -> HttpResponse:
    """Organs and groups of an area, who sits for each, and where nobody does."""
    date = request.as_at.date  # type: ignore[attr-defined]
    area = _area(request, date)
    areas = asked.areas_offered(date)
    if area is None:
        return render(request, "tables/list.html", {"area": None, "areas": areas})
    group = asked.group(request)
    groups = groups_within(area, date)
    page = page_asked(request, groups.filter(pk=group.pk) if group else groups, size=GROUPS)
    organs = list(organs_within(area, date))
    chosen = list(page.object_list)
    table = cells(organs, chosen, date) if chosen else []
    query = address_without(request, "page").replace(request.path, "", 1)
    context = {
        "area": area,
        "absence": standing_sentence(area, date),
        "areas": areas,
        "groups": chosen,
        "page": page,
        "rows": [(organ, [words.shown(cell) for cell in row]) for organ, row in zip(organs, table, strict=False)],
        "gaps": words.gaps_sentence(table) if table else "",
        "csv": reverse("tables-csv") + query,
        "workbook": reverse("tables-workbook") + query,
    }
    return render(request, "tables/list.html", context)


def _area(request: HttpRequest, date: datetime.date) -> Organisation | None:
    """The area asked for, otherwise the first that is kept; None where none is."""
    refuse_unknown(request, ASKED)
    area = asked.area(request, date)
    if area:
        return area
    first = KeptArea.objects.as_at(date).select_related("area").order_by("area__name", "pk").first()
    return first.area if first else None


def _rows(request: HttpRequest) -> tuple[list[list[str]], str]:
    """All rows of the table asked for, and the beginning of the file's name."""
    date = request.as_at.date  # type: ignore[attr-defined]
    area, group = _area(request, date), asked.group(request)
    if area is None:
        return [], f"tables-{date.isoformat()}"
    groups = groups_within(area, date)
    groups = groups.filter(pk=group.pk) if group else groups
    table = cells(list(organs_within(area, date)), list(groups[:MOST_IN_FILE]), date)
    return words.file_rows(table, date), f"tables-{area.slug[:60]}-{date.isoformat()}"


@counted
def tables_workbook(request: HttpRequest) -> HttpResponseBase:
    """The table as an Excel workbook, a row for each who sits and each gap."""
    rows, name = _rows(request)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Tables")
        page.set_column(0, len(words.HEADINGS) - 1, 28)
        for number, row in enumerate([words.HEADINGS, *rows]):
            for column, text in enumerate(row):
                page.write_string(number, column, text)
        page.freeze_panes(1, 0)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


@counted
def tables_csv(request: HttpRequest) -> HttpResponse:
    """The table as text: UTF-8, a comma between cells; what would run as a formula stands behind an apostrophe."""
    rows, name = _rows(request)
    text = io.StringIO(newline="")
    file = csv.writer(text)
    file.writerow(words.HEADINGS)
    for row in rows:
        file.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
