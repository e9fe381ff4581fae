"""The one door for bringing ODS files into the register: all of them in one change, or nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import connection

from ics_leadership import history
from ics_leadership.periods import today
from organisations.ods import files, findings, settle_links, settle_organisations, store, targets
from organisations.ods.problems import ImportRefused, Problem
from organisations.ods.report import ReadFile, Report
from organisations.ods.vintages import Vintage


def _silent(step: str) -> None:
    """Progress that nobody watches."""


class _Unwritten(Exception):
    """Takes back the change of an import that was a dry run or had nothing to say."""


def import_ods(
    paths: Iterable[Path],
    *,
    dry_run: bool = False,
    all_settings: bool = False,
    vintage: Vintage | None = None,
    progress: Callable[[str], None] = _silent,
) -> Report:
    """Bring published files into the register and report what that did.

    `paths` are files or folders. `all_settings` keeps every prescribing cost centre, not only GP practices of England;
    `vintage` is when the files were published, whatever they say of it. Where the register says everything already not
    even a change remains. Raises ImportRefused, with everything that is wrong, when a file cannot be read whole; the
    register is then as it was.
    """
    found = files.find(paths)
    problems = list(found.problems)
    report = Report(dry_run=dry_run, passed_over=[path.name for path in found.passed_over])
    why = "Import of NHS reference data: " + ", ".join(path.name for path in found.files)
    with contextlib.suppress(_Unwritten), history.change(by=None, why=why):
        with connection.cursor() as cursor:
            # Two imports at once would each work out the difference to the same register.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import_ods'))")
        kept, anything_new = _keep(found.files, vintage, report, problems, progress)
        if problems:
            raise ImportRefused(sorted(problems, key=_place))
        if anything_new:
            store.refresh_statistics()
        targets.work_out(all_settings=all_settings, progress=progress)
        progress("Comparing with the register")
        wrote = [anything_new, settle_organisations.settle(), settle_links.settle()]
        progress("Gathering what waits for an editor")
        report.waiting = findings.waiting(kept)
        report.organisations = findings.organisation_tallies(kept, report.waiting["absent"])
        report.links = findings.link_tallies()
        report.written = any(wrote) and not dry_run
        if not report.written:
            raise _Unwritten
    return report


def _keep(
    paths: Iterable[Path],
    vintage: Vintage | None,
    report: Report,
    problems: list[Problem],
    progress: Callable[[str], None],
) -> tuple[list[int], bool]:
    day = today()
    kept: list[int] = []
    for path in paths:
        progress(f"Reading {path.name}")
        parts, wrong = files.read(path, day, vintage)
        problems += wrong
        for part in parts:
            report.rejected += part.rejected
            # One damaged file stops the import: what follows is read only to say what else is wrong.
            if problems:
                continue
            file, new = store.keep(part, day)
            kept.append(file)
            report.files.append(ReadFile(path.name, part.layout.name, str(part.vintage), part.read, new))
    return kept, any(file.new for file in report.files)


def _place(problem: Problem) -> tuple[str, int]:
    return problem.file, problem.line or 0
