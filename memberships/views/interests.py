"""A group's register of its members' interests: a page, and the same as a file. Who may see it is `memberships.interests`."""

from __future__ import annotations

import csv
import datetime
import io

import xlsxwriter
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from memberships import interests
from memberships.models import Group
from memberships.presenters.interests import HEADINGS, declared_line, file_rows
from memberships.views.exports import XLSX
from memberships.views.gone import gone

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def register(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits on the group on the day shown, and what each has declared."""
    group, on = _found(request, slug)
    if group is None:
        return gone(request, Group, slug)
    lines = [declared_line(each, on) for each in interests.register_of(group, on)]
    context = {
        "group": group,
        "lines": lines,
        "late": sum(line.is_late for line in lines),
        "kept": interests.kept_by(group, on),
    }
    return render(request, "groups/interests.html", context)


def workbook(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The register as an Excel workbook."""
    group, on = _found(request, slug)
    if group is None:
        return gone(request, Group, slug)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Interests")
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate((28, 26, 60, 36, 16, 16, 18, 36)):
            page.set_column(column, column, width, wrapped)
        for number, row in enumerate([HEADINGS, *file_rows(interests.register_of(group, on))]):
            for column, text in enumerate(row):
                page.write_string(number, column, text)
        page.freeze_panes(1, 0)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=_name(group, on, "xlsx"), content_type=XLSX)


def csv_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The register as text: UTF-8, a comma between cells; what would run as a formula stands behind an apostrophe."""
    group, on = _found(request, slug)
    if group is None:
        return gone(request, Group, slug)
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    for row in file_rows(interests.register_of(group, on)):
        rows.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(group, on, "csv")}"'
    return answer


def _found(request: HttpRequest, slug: str) -> tuple[Group | None, datetime.date]:
    """The group and the day shown. Raises Http404 where there is no register that this reader may see."""
    on: datetime.date = request.as_at.date  # type: ignore[attr-defined]
    group = Group.objects.select_related("host", "covers").filter(slug=slug).first()
    if group and not interests.may_see_register(group, request.rights, on):  # type: ignore[attr-defined]
        raise Http404("There is no register of interests for you to see at this address.")
    return group, on


def _name(group: Group, on: datetime.date, kind: str) -> str:
    return f"interests-{group.slug[:60]}-{on.isoformat()}.{kind}"
