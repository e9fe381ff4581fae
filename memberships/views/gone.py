"""The page at the address of a record that was withdrawn: 410, and for its editors the way to its history. Of one that was erased
the page knows the day alone.
"""

from http import HTTPStatus

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ics_leadership import recorded
from ics_leadership.history import event_model
from ics_leadership.record_history import as_it_was
from memberships.changes import may_change_then
from memberships.models import ErasedRow
from memberships.presenters.history import history_address
from memberships.tombstones import tombstone_at


def gone(request: HttpRequest, model: type[Model], slug: str) -> HttpResponse:
    """The page for an address at which nothing stands any more. Raises Http404 where nothing ever did."""
    noun = recorded.of(model).noun
    last = event_model(model)._default_manager.filter(slug=slug).order_by("-pgh_id").first()
    record = as_it_was(model, last.id) if last else None  # type: ignore[attr-defined]
    if last is None and (tombstone := tombstone_at(model, slug)):
        return erased(request, model, tombstone)
    if last is None or record is None or last.pgh_label != "delete":  # type: ignore[attr-defined]
        raise Http404(f"The register has no {noun} at this address.")
    may_change = may_change_then(record, request.rights)  # type: ignore[attr-defined]
    context = {"noun": noun, "history": history_address(model, record.pk) if may_change else ""}
    return render(request, "history/gone.html", context, status=HTTPStatus.GONE)


def erased(request: HttpRequest, model: type[Model], tombstone: ErasedRow) -> HttpResponse:
    """The page for something of which nothing is left but that it was erased, and when."""
    context = {"noun": recorded.of(model).noun, "day": tombstone.erased_on}
    return render(request, "history/erased.html", context, status=HTTPStatus.GONE)
