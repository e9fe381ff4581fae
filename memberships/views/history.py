"""The history of a record, the recent changes of an editor's areas, and the ways of taking something back.

Who sees what of it is `memberships.changes`' matter; what taking back does, that of `ics_leadership.restoring`.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from ics_leadership import recorded
from ics_leadership.asked import asked_about
from ics_leadership.filter_panel import panel_of
from ics_leadership.history import Change, event_model
from ics_leadership.lists import page_asked
from ics_leadership.record_history import RowsWritten, Told, as_it_was, history_of, told_by, written_by
from ics_leadership.recorded import Recorded
from memberships.actions.confirming import confirm
from memberships.change_filters import ChangeFilters
from memberships.changes import as_seen, changes_seen, may_change_then, may_undo, reasons_seen, sights
from memberships.models import Person
from memberships.presenters.history import Step, history_address, latest_of, page_address, step, title_of
from memberships.tombstones import tombstone_of
from memberships.unconfirmed import is_kept_by_people
from memberships.views.gone import erased
from organisations.rights import Rights

STEPS_ON_A_PAGE = 20
PUBLIC = ("", recorded.SIGNED_IN)
"""What whoever is signed in may see of any row."""
ROWS_TOLD = 40
"""A change of more rows is told of in the list as how many rows of which kind; all of them on its own page."""


def record_of(kind: str, pk: int) -> tuple[Recorded, Model]:
    """The table of that kind and the record, as it is or was last. Raises Http404."""
    table = recorded.by_address(kind)
    record = as_it_was(table.model, pk) if table else None
    if table is None or record is None:
        raise Http404("The register has no history at this address.")
    return table, record


def is_there(record: Model) -> bool:
    return type(record)._default_manager.filter(pk=record.pk).exists()


@asked_about("page")
def history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    try:
        table, record = record_of(kind, pk)
    except Http404:
        known = recorded.by_address(kind)
        tombstone = tombstone_of(known.model, pk) if known and not known.rows else None
        if known is None or tombstone is None:
            raise
        return erased(request, known.model, tombstone)
    may_change = may_change_then(record, rights)
    there = is_there(record)
    sees = sights(record, rights)
    if not sees(str(table.rows)):
        raise Http404("The register has no history at this address.")
    if not there and not may_change:
        return render(request, "history/gone.html", {"noun": table.noun}, status=HTTPStatus.GONE)
    told = as_seen(history_of(table.model, pk), sees, gone=may_change)
    page = page_asked(request, told, size=STEPS_ON_A_PAGE)
    changes = [each.change for each in page.object_list]
    now, undone, reasons = latest_of(told), undone_by(changes), reasons_seen(changes, sees)
    noun, name = title_of(record)
    context = {
        "record": record,
        "there": there,
        "noun": noun,
        "name": name,
        "address": page_address(record) if there else "",
        "page": page,
        "may_change": may_change,
        "erase": reverse("erase-person", args=[pk]) if rights.is_administrator and isinstance(record, Person) else "",
        "withdraw": reverse("withdraw", args=[kind, pk]) if may_change and there else "",
        "steps": [
            step(
                each,
                names_shown=rights.is_signed_in,
                about=(table.model, pk),
                now=now,
                editable=may_change,
                opens=may_change,
                undone=undone.get(each.change.pk),
                reason_shown=each.change.pk in reasons,
            )
            for each in page.object_list
        ],
    }
    return render(request, "history/record.html", context)


def undone_by(changes: Sequence[Change]) -> dict[int, Change]:
    """The change that undid each of these, by its id, where one did and was not undone itself."""
    undoing = Change.objects.filter(undoes__in=changes, undone_by=None).select_related("by").order_by("position")
    return {each.undoes_id: each for each in undoing if each.undoes_id}


@login_required
def change_list(request: HttpRequest) -> HttpResponse:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_editor:
        raise PermissionDenied
    filters = ChangeFilters(request, changes_seen(rights).select_related("by", "undoes").order_by("-position"))
    page = page_asked(request, filters.qs, size=STEPS_ON_A_PAGE)
    steps = _steps(list(page.object_list))
    context = {"page": page, "panel": panel_of(filters.form), "columns": filters.columns, "rows": steps}
    return render(request, "changes/list.html", context)


def _steps(changes: Sequence[Change]) -> list[Step]:
    """Changes that lie in an editor's areas, as steps, without what is private in them."""
    written = written_by([each.pk for each in changes])
    few = [each for each in changes if sum(table.rows for table in written[each.pk]) <= ROWS_TOLD]
    told = {each.change.pk: each for each in _publicly(told_by(few))}
    undone = undone_by(changes)
    return [
        step(
            told.get(each.pk, Told(each)),
            names_shown=True,
            opens=True,
            undone=undone.get(each.pk),
            written=() if each in few else written[each.pk],
        )
        for each in changes
    ]


def _publicly(told: list[Told]) -> list[Told]:
    """What private columns say is left to the page of each record, where it is known whose they are."""
    return as_seen(told, lambda what: what in PUBLIC, gone=True)


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    if not rights.is_editor:
        raise PermissionDenied
    this = changes_seen(rights).select_related("by", "undoes__by").filter(pk=pk).first()
    if this is None:
        raise Http404("The register has no change at this address, or it lies outside of your areas.")
    written = written_by([pk])[pk]
    page = page_asked(request, RowsWritten(pk, [table for table in written if table.recorded.rows in PUBLIC]))
    told = _publicly(told_by([this], page.object_list))
    undone = undone_by([this]).get(pk)
    context = {
        "step": step(
            Told(this, told[0].entries if told else []),
            names_shown=True,
            editable=may_undo(this, rights),
            opens=True,
            undone=undone,
            written=written,
        ),
        "page": page,
    }
    return render(request, "history/change.html", context)


@require_POST
@login_required
def still_true(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    rights: Rights = request.rights  # type: ignore[attr-defined]
    table, record = record_of(kind, pk)
    if not may_change_then(record, rights):
        raise PermissionDenied
    if not is_there(record):
        return render(request, "history/gone.html", {"noun": table.noun}, status=HTTPStatus.GONE)
    if not is_kept_by_people(record):
        raise Http404("Nobody confirms this record.")
    confirm(by=rights.account, records=[record])
    messages.success(request, f"Confirmed as still true: {table.name(record)}.")
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = page_address(record) or history_address(table.model, pk)
    return HttpResponseRedirect(back)


def event_of(table: Recorded, pk: int, event: int) -> Any:
    """One event of a record. Raises Http404."""
    found = event_model(table.model)._default_manager.filter(pgh_id=event, id=pk).first()
    if found is None:
        raise Http404("The register has no such moment in the history of this record.")
    return found
