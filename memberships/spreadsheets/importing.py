"""Bringing a spreadsheet in: upload, columns, the preview of every row, what an editor decides, the one change.

Each step leaves the import at the next `Stage`. `read` and `bring_in` run in a worker and can be run again whenever they
were broken off: nothing is written to the register before the confirmation, and then all of it in one transaction, in
which the import says so itself. What a row is to the register is the business of `verdicts`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from ics_leadership import history
from memberships.models import ImportedRow, RememberedColumn, SpreadsheetImport, Stage, Verdict
from memberships.spreadsheets import underway, workbooks
from memberships.spreadsheets.carrying_out import Refused, carry_out
from memberships.spreadsheets.cells import Reading, is_month_first, read_row, shown
from memberships.spreadsheets.columns import ListKind, Means, column, plain
from memberships.spreadsheets.typed_roles import role_of_heading
from memberships.spreadsheets.verdicts import LEFT_OUT, Judgement, Row, judge
from organisations.rights import Rights

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

BATCH = 1000
MANY = 1000
"""From so many rows on, the database is told to count at once what came in."""

STOPPED = "A fault of the register stopped this. Nothing of it was brought in. Try once more, and tell whoever looks after the register if it stops again."
CHANGED_MEANWHILE = "The register has changed since this was checked. Nothing was brought in. Look through the rows that are different now, and confirm again."
NO_ROWS = "The sheet has no rows below its headings."


class Changed(Exception):
    """Rows are no longer to the register what they were when they were confirmed."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        super().__init__()
        self.judgements = judgements


# --- upload and columns


def upload(*, by: User, name: str, file_name: str, content: bytes) -> SpreadsheetImport:
    """Keep a file that can be opened. Raises workbooks.Unreadable, with a sentence, for one that cannot."""
    book = workbooks.read(file_name, content)
    areas = Rights(by).areas
    return SpreadsheetImport.objects.create(
        name=name or file_name,
        by=by,
        area_id=areas[0] if len(areas) == 1 else None,
        file_name=file_name,
        content=content,
        sheet=book.sheets[0].name,
    )


def sheet_of(this: SpreadsheetImport, name: str) -> workbooks.Sheet:
    """The sheet of that name, the first where there is none such. Raises workbooks.Unreadable."""
    sheets = workbooks.read(this.file_name, bytes(this.content)).sheets
    return next((sheet for sheet in sheets if sheet.name == name), sheets[0])


def remembered(by: User) -> dict[str, str]:
    """What somebody said that headings mean, when they last brought in a sheet."""
    return dict(RememberedColumn.objects.filter(by=by).values_list("heading", "column"))


def match(this: SpreadsheetImport, *, sheet: str, kind: ListKind, heading_row: int, columns: Mapping[int, str]) -> None:
    """Say which column each place of a sheet is, remember it for next time, and let the sheet be read.

    `columns`: place to key, "" for a column to be left alone; `heading_row` counts from 0.
    """
    headings = sheet_of(this, sheet).rows[heading_row]
    said = {plain(str(headings[place] or ""))[:200]: key for place, key in columns.items()}
    RememberedColumn.objects.bulk_create(
        [RememberedColumn(by=this.by, heading=heading, column=key) for heading, key in said.items() if heading],
        update_conflicts=True,
        unique_fields=["by", "heading"],
        update_fields=["column"],
    )
    this.sheet, this.kind = sheet, kind
    this.columns = {"heading_row": heading_row, "places": {str(place): key for place, key in columns.items() if key}}
    ask(this, Stage.READING)


def ask(this: SpreadsheetImport, stage: Stage) -> None:
    """Note that a worker is asked to do what `stage` says."""
    this.stage, this.asked_at, this.problem = stage, timezone.now(), ""
    underway.begin(this.pk)
    this.save()


# --- reading


def read(pk: int) -> None:
    """Read and judge every row of an import that waits for it; nobody else does so at the same time."""
    with underway.alone_with(pk) as mine:
        this = SpreadsheetImport.objects.get(pk=pk)
        if not mine or this.stage != Stage.READING:
            return
        try:
            rows = _read(this)
        except workbooks.Unreadable as refusal:
            _leave_at(this, Stage.FAILED, refusal.sentence)
            return
        except Exception:
            _leave_at(this, Stage.FAILED, STOPPED)
            raise
        with transaction.atomic():
            this.rows.all().delete()
            ImportedRow.objects.bulk_create(rows, batch_size=BATCH)
            this.total = len(rows)
            _leave_at(this, Stage.PREVIEWED if rows else Stage.FAILED, "" if rows else NO_ROWS)


def _read(this: SpreadsheetImport) -> list[ImportedRow]:
    sheet = sheet_of(this, this.sheet)
    kind, mapping, first = ListKind(this.kind), _mapping(this), this.columns["heading_row"] + 1
    dated = [
        [row[place] for row in sheet.rows[first:]]
        for place, key in mapping.items()
        if column(kind, key).means in (Means.START, Means.END, Means.TERM, Means.ELECTED)
    ]
    day_first = not is_month_first(dated)
    day, total = timezone.localdate(this.uploaded_at), len(sheet.rows) - first
    names = next((place for place, key in mapping.items() if key == "name"), None)
    role = "" if names is None else role_of_heading(sheet.rows[first - 1][names])
    said: list[tuple[Row, list[str]]] = []
    for number, cells in underway.counted(this.pk, enumerate(sheet.rows[first:], start=first + 1), total=2 * total):
        reading = read_row(kind, mapping, cells, number, day_first=day_first, role=role)
        if not reading.is_empty:
            said.append((Row(number, reading, {}, kind, mapping, day), [shown(cell) for cell in cells]))
    judgements = judge(kind, [row for row, _ in said], Rights(this.by))
    return [
        ImportedRow(
            of=this,
            number=row.number,
            cells=cells,
            verdict=judgement.verdict,
            reading=row.reading.as_json(),
            problems=_problems(judgement),
            judgement=judgement.as_json(),
        )
        for (row, cells), judgement in underway.counted(
            this.pk, zip(said, judgements, strict=True), total=2 * total, before=total
        )
    ]


def _problems(judgement: Judgement) -> list[dict[str, str]]:
    kind = judgement.row.kind
    return [
        {"column": column(kind, each.column).heading, "cell": each.cell, "why": each.why, "would_do": each.would_do}
        for each in judgement.problems
    ]


def _mapping(this: SpreadsheetImport) -> dict[int, str]:
    return {int(place): key for place, key in this.columns["places"].items()}


def _leave_at(this: SpreadsheetImport, stage: Stage, problem: str = "") -> None:
    this.stage, this.problem = stage, problem
    this.save(update_fields=["stage", "problem", "total"])


# --- what an editor decides


def decide(row: ImportedRow, about: str, answer: str) -> None:
    """Answer a question about a row, or with "" take the answer back; everywhere that it is asked, but for people.

    The rows concerned are judged again, and so are those that name the same person.
    """
    asked_of = Q(pk=row.pk)
    if about not in ("person", LEFT_OUT):
        asked = [{"about": about}]
        asked_of |= Q(judgement__questions__contains=asked) | Q(judgement__answered__contains=asked)
    with transaction.atomic():
        rows = list(row.of.rows.select_for_update().filter(asked_of))
        for each in rows:
            each.decision = {**each.decision, about: answer}
            if not answer:
                del each.decision[about]
        _judge_decided(row.of, rows)


def decide_same_names(this: SpreadsheetImport) -> int:
    """Say of every row that asks who is meant, where just one of the register has the very name, that it is they.

    Returns of how many rows.
    """
    with transaction.atomic():
        decided = []
        for row in this.rows.select_for_update().filter(verdict=Verdict.CLOSE):
            asked = [each for each in row.judgement["questions"] if each["about"] == "person"]
            same = [option["value"] for each in asked for option in each["options"] if option["same"]]
            if len(same) == 1:
                row.decision = {**row.decision, "person": same[0]}
                decided.append(row)
        _judge_decided(this, decided)
    return len(decided)


def _judge_decided(this: SpreadsheetImport, rows: Sequence[ImportedRow]) -> None:
    """Keep what was decided of rows, and judge them again with all that name the same people."""
    ImportedRow.objects.bulk_update(rows, ["decision"], batch_size=BATCH)
    names = {each.judgement["alike"] for each in rows} - {""}
    concerned = Q(pk__in=[each.pk for each in rows]) | Q(judgement__alike__in=names)
    again = list(this.rows.filter(concerned))
    _save_judged(again, list(_judged(this, again)))


def _judged(this: SpreadsheetImport, rows: Iterable[ImportedRow]) -> Iterator[Judgement]:
    kind, mapping, day = ListKind(this.kind), _mapping(this), timezone.localdate(this.uploaded_at)
    said = [Row(each.number, Reading.from_json(each.reading), each.decision, kind, mapping, day) for each in rows]
    return judge(kind, said, Rights(this.by))


def _save_judged(rows: Sequence[ImportedRow], judgements: Sequence[Judgement]) -> None:
    for row, judgement in zip(rows, judgements, strict=True):
        row.verdict, row.judgement = judgement.verdict, judgement.as_json()
        row.problems = _problems(judgement)
    ImportedRow.objects.bulk_update(rows, ["verdict", "judgement", "problems"], batch_size=BATCH)


# --- confirming


def confirm(this: SpreadsheetImport, *, by: User, why: str, token: uuid.UUID) -> bool:
    """Let the rows that can be brought in be brought in, by whoever confirms it; whether this was the first to ask for it.

    A form that is sent twice asks once.
    """
    with transaction.atomic():
        locked = SpreadsheetImport.objects.select_for_update().get(pk=this.pk)
        if locked.stage != Stage.PREVIEWED:
            return False
        # A colleague may have uploaded it: the change is that of who answers for it, with their rights.
        locked.by, locked.why, locked.token = by, why, token
        ask(locked, Stage.APPLYING)
    return True


def bring_in(pk: int) -> None:
    """Bring in an import that was confirmed, in one change, or nothing of it; nobody else does so at the same time."""
    with underway.alone_with(pk) as mine:
        this = SpreadsheetImport.objects.select_related("by").get(pk=pk)
        if not mine or this.stage != Stage.APPLYING:
            return
        rows = list(this.rows.all())
        try:
            _bring_in(this, rows)
        except Changed as since:
            with transaction.atomic():
                _save_changed(rows, since.judgements)
                _leave_at(this, Stage.PREVIEWED, CHANGED_MEANWHILE)
        except Refused as refused:
            _leave_at(this, Stage.PREVIEWED, f"Nothing was brought in. {refused.sentence}")
        except Exception:
            _leave_at(this, Stage.PREVIEWED, STOPPED)
            raise
    if this.stage == Stage.APPLIED and len(rows) >= MANY:
        with connection.cursor() as cursor:
            # Until the database has counted them it would plan pages as if there were none.
            cursor.execute("ANALYZE")


def _bring_in(this: SpreadsheetImport, rows: Sequence[ImportedRow]) -> None:
    with history.change(by=this.by, why=this.why, name=this.name, token=this.token) as change:
        judgements = list(underway.counted(this.pk, _judged(this, rows), total=2 * len(rows)))
        if any(_is_different(*pair) for pair in zip(rows, judgements, strict=True)):
            raise Changed(judgements)
        wanted = [each for each in judgements if each.is_brought_in]
        carry_out(wanted, change, partial(underway.counted, this.pk, total=2 * len(wanted), before=len(wanted)))
        this.change = change
        this.stage = Stage.APPLIED
        this.save(update_fields=["stage", "change"])


def _is_different(row: ImportedRow, judgement: Judgement) -> bool:
    return bool(row.judgement["sign"] != judgement.as_json()["sign"])


def _save_changed(rows: Sequence[ImportedRow], judgements: Sequence[Judgement]) -> None:
    """Keep what rows are now, and mark those that are something else than was confirmed."""
    different = {row.number for row, judgement in zip(rows, judgements, strict=True) if _is_different(row, judgement)}
    _save_judged(rows, judgements)
    for row in rows:
        row.judgement["changed"] = row.number in different
    ImportedRow.objects.bulk_update(rows, ["judgement"], batch_size=BATCH)
