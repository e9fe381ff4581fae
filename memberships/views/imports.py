"""Bringing in a spreadsheet: the upload, its columns, the preview of every row, the decisions, the confirmation, undoing.

Only editors come here, and each sees their own imports and those of the areas that they edit. What happens is the
business of `memberships.spreadsheets`, the waiting of a worker.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ics_leadership.errors import Refusal
from ics_leadership.history import Change
from ics_leadership.lists import PAGE_SIZE, page_asked
from ics_leadership.words import count_words
from memberships import tasks
from memberships.changes import may_undo
from memberships.forms.imports import ColumnsForm, ConfirmForm, UndoForm, UploadForm
from memberships.models import Person, SpreadsheetImport, Stage
from memberships.presenters import imports as words
from memberships.spreadsheets import clearing, importing, underway, undoing, workbooks
from memberships.spreadsheets.columns import ListKind, guess_kind, match_columns
from memberships.spreadsheets.workbooks import Unreadable, guess_heading_row
from organisations.rights import Rights

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

FOUND_AT_MOST = 8

WORK = {
    Stage.READING: tasks.read_import,
    Stage.APPLYING: tasks.bring_in_import,
    Stage.UNDOING: tasks.undo_import,
}
"""What a worker does in each stage that is one's."""


def for_editors(view: View[P]) -> View[P]:
    """Let nobody but editors come to a view: others are sent to sign in, or told that it is not open to them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        rights: Rights = request.rights  # type: ignore[attr-defined]
        if not rights.is_signed_in:
            return redirect_to_login(request.get_full_path())
        if not rights.is_editor:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def imports_seen(rights: Rights) -> QuerySet[SpreadsheetImport]:
    """The imports that somebody may look at: all, or their own and those of the areas that they edit."""
    # What was undone, and that undone in its turn, is there again.
    undone = Exists(Change.objects.filter(undoes=OuterRef("change"), undone_by=None))
    found = SpreadsheetImport.objects.select_related("by", "change").defer("content").annotate(is_undone=undone)
    if rights.is_administrator:
        return found
    return found.filter(Q(by=rights.account) | Q(area__in=rights.areas))


def found(request: HttpRequest, pk: int) -> SpreadsheetImport:
    """The import of that number. Raises Http404 where there is none that this editor may look at."""
    this = imports_seen(request.rights).filter(pk=pk).first()  # type: ignore[attr-defined]
    if this is None:
        raise Http404("There is no import at this address.")
    return this


def to(this: SpreadsheetImport) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("import", args=[this.pk]))


@for_editors
def import_list(request: HttpRequest) -> HttpResponse:
    page = page_asked(request, imports_seen(request.rights))  # type: ignore[attr-defined]
    return render(request, "imports/list.html", {"page": page, "rows": [words.line(each) for each in page.object_list]})


@for_editors
def new(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            this = importing.upload(
                by=request.user,  # type: ignore[arg-type]
                name=form.cleaned_data["name"],
                file_name=file.name,
                content=file.read(),
            )
        except Unreadable as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return HttpResponseRedirect(reverse("import-columns", args=[this.pk]))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "imports/new.html", {"form": form}, status=status)


@for_editors
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which sheet, what its rows are about, and what its columns are; asked again for as long as nothing was brought in."""
    this = found(request, pk)
    if this.stage not in (Stage.UPLOADED, Stage.PREVIEWED, Stage.FAILED) or not this.content:
        return to(this)
    asked = request.POST or request.GET
    try:
        book = workbooks.read(this.file_name, bytes(this.content))
    except Unreadable as refusal:
        raise Refusal(refusal.sentence, way_on=("Choose another file", reverse("new-import"))) from refusal
    sheet = next((each for each in book.sheets if each.name == asked.get("sheet", this.sheet)), book.sheets[0])
    heading_row = guess_heading_row(sheet.rows)
    headings = sheet.rows[heading_row]
    said = asked.get("kind", "")
    kind = ListKind(said) if said in ListKind.values else guess_kind(headings)
    matched = match_columns(kind, headings, importing.remembered(request.user))  # type: ignore[arg-type]
    is_sent = request.method == "POST" and "read" in request.POST
    form = ColumnsForm(sheet, heading_row, kind, matched, request.POST if is_sent else None)
    if is_sent and form.is_valid():
        importing.match(this, sheet=sheet.name, kind=kind, heading_row=heading_row, columns=form.columns)
        tasks.read_import.delay(this.pk)
        return to(this)
    context = {
        "this": this,
        "form": form,
        "book": book,
        "sheet": sheet,
        "kind": kind,
        "heading_row": heading_row + 1,
        "rows": len(sheet.rows) - heading_row - 1,
        "missing": words.missing(kind, set(matched.values())) if not is_sent else [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "imports/columns.html", context, status=status)


@for_editors
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """An import as it stands: the page of its stage."""
    this = found(request, pk)
    if this.stage == Stage.UPLOADED:
        return HttpResponseRedirect(reverse("import-columns", args=[pk]))
    if this.stage in underway.UNDER_WAY:
        return _progress(request, this)
    if getattr(request, "htmx", False):
        # The progress bar has asked: what comes now is another page.
        return HttpResponse(headers={"HX-Refresh": "true"})
    if this.stage == Stage.FAILED:
        return render(request, "imports/failed.html", {"this": this})
    return _preview(request, this)


def _progress(request: HttpRequest, this: SpreadsheetImport) -> HttpResponse:
    context = {
        "this": this,
        "percentage": underway.percentage(this.pk),
        "has_stopped": underway.has_stopped(this),
        "is_applying": this.stage == Stage.APPLYING,
        "is_undoing": this.stage == Stage.UNDOING,
        "is_worked_on": underway.is_worked_on(this.pk),
    }
    return render(request, "imports/progress.html", context)


def _preview(request: HttpRequest, this: SpreadsheetImport) -> HttpResponse:
    """Every row, by what it is to the register; after an import was brought in, what each row was."""
    groups = words.groups(this)
    asked = request.GET.get("show", "")
    group = next((each for each in groups if each.name == asked), None)
    if asked and group is None:
        raise Refusal(
            f"“{asked[:40]}” is no group of rows.", way_on=("Show every row", reverse("import", args=[this.pk]))
        )
    rows = this.rows.filter(group.condition) if group else this.rows.all()
    # Rows leave a group as they are decided: its last page may have become another.
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    headings = words.headings(this)
    context = {
        "this": this,
        "groups": groups,
        "group": group,
        "page": page,
        "total": f"{this.total:,}",
        "rows": [words.row(each, headings, _looked_for(request, each.number)) for each in page.object_list],
        "to_write": next(each.count for each in groups if each.name == words.BROUGHT_IN),
        "is_open": this.stage == Stage.PREVIEWED,
        "may_undo": _may_be_undone(request, this),
    }
    return render(request, "imports/preview.html", context)


def _looked_for(request: HttpRequest, number: int) -> words.LookedFor | None:
    """Whom an editor looks for among all people, for one row."""
    if request.GET.get("row") != str(number):
        return None
    typed = request.GET.get("look_for", "").strip()[:200]
    people = Person.objects.called(typed).prefetch_related("appointments__role")[:FOUND_AT_MOST] if typed else []
    return words.LookedFor(typed, list(people))


@for_editors
@require_POST
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An editor's answer to a question about a row, or that the row is left out."""
    this = found(request, pk)
    row = this.rows.filter(number=number).first()
    if row is None:
        raise Http404("The sheet has no such row.")
    query = words.query_of(request.POST)
    way_back = f"{reverse('import', args=[pk])}{query}#row-{number}"
    if this.stage != Stage.PREVIEWED:
        messages.info(request, "This import is under way or done: its rows cannot be decided any more.")
        return to(this)
    about, answer = request.POST.get("about", ""), request.POST.get("answer", "")
    allowed = words.answers(row)
    if about not in allowed or (answer and not _is_answer(about, answer, allowed[about])):
        messages.info(request, f"Row {number}: choose one of the answers.")
    else:
        importing.decide(row, about, answer)
        messages.success(request, words.decided(row, about, answer))
    return HttpResponseRedirect(way_back)


@for_editors
@require_POST
def same_names(request: HttpRequest, pk: int) -> HttpResponse:
    """Take those of the very name for who is meant, in all rows that have but one such."""
    this = found(request, pk)
    if this.stage == Stage.PREVIEWED:
        number = importing.decide_same_names(this)
        messages.success(request, f"Decided: {count_words(number, 'row')}. The others have to be looked at one by one.")
    return to(this)


def _is_answer(about: str, answer: str, allowed: set[str]) -> bool:
    """Whether something may be answered: what was offered, or anybody whom the register has."""
    if answer in allowed:
        return True
    return about == "person" and answer.isdigit() and Person.objects.filter(pk=int(answer)).exists()


@for_editors
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be written and what would be left out, before it is."""
    this = found(request, pk)
    if this.stage != Stage.PREVIEWED:
        return to(this)
    groups = {each.name: each for each in words.groups(this)}
    if not groups[words.BROUGHT_IN].count:
        messages.info(request, "No row of this import would change the register.")
        return to(this)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token = _token(request)
        if importing.confirm(this, by=request.user, why=form.cleaned_data["why"], token=token):  # type: ignore[arg-type]
            tasks.bring_in_import.delay(this.pk)
        return to(this)
    context = {
        "this": this,
        "form": form,
        "token": uuid.uuid4(),
        "groups": groups,
        "written": [groups[name] for name in words.WRITTEN],
        "left_out": [each for name in words.NOT_WRITTEN if (each := groups[name]).count],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "imports/confirm.html", context, status=status)


def _token(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        raise Refusal("This form is not whole. Open the page again.") from None


@for_editors
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away an upload that nobody is going to bring in."""
    this = found(request, pk)
    if not clearing.discard(this):
        return to(this)
    messages.success(request, f"“{this.name}” was thrown away. The register is as it was.")
    return HttpResponseRedirect(reverse("imports"))


@for_editors
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more for work that stopped on the way."""
    this = found(request, pk)
    if underway.has_stopped(this):
        stage = Stage(this.stage)
        importing.ask(this, stage)
        WORK[stage].delay(this.pk)
    return to(this)


def _may_be_undone(request: HttpRequest, this: SpreadsheetImport) -> bool:
    """Whether an import stands and its change is this editor's to undo, as on the change's own page."""
    is_there = this.stage == Stage.APPLIED and this.change and not this.is_undone  # type: ignore[attr-defined]
    return bool(is_there) and may_undo(this.change, request.rights)  # type: ignore[arg-type, attr-defined]


@for_editors
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back everything that an import brought, where nothing later rests on it."""
    this = found(request, pk)
    if this.stage != Stage.APPLIED or this.is_undone:  # type: ignore[attr-defined]
        return to(this)
    if not _may_be_undone(request, this):
        raise PermissionDenied
    form = UndoForm(request.POST or None)
    context: dict[str, Any] = {"this": this, "form": form, "token": uuid.uuid4()}
    if request.method == "POST" and form.is_valid():
        if undoing.confirm(this, by=request.user, why=form.cleaned_data["why"], token=_token(request)):  # type: ignore[arg-type]
            tasks.undo_import.delay(this.pk)
        return to(this)
    context["resting"] = words.resting(undoing.in_the_way(this))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "imports/undo.html", context, status=status)
