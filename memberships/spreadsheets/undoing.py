"""Taking an import back whole: what it added goes, what it altered is as before."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from ics_leadership import restoring
from ics_leadership.history import Change
from ics_leadership.restoring import Resting, StandsInTheWay
from memberships.models import SpreadsheetImport, Stage
from memberships.spreadsheets import importing, underway

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

IN_THE_WAY = "Nothing was undone, because something later rests on what came in. Ask to undo it again to see what."
STOPPED = "Nothing was undone: the work stopped on an error, which the register’s keeper can look up. Try it again."


def in_the_way(this: SpreadsheetImport) -> list[Resting]:
    """What later rests on an import, and has to be dealt with before it can be undone."""
    return restoring.what_rests_on(this.change) if this.change else []


def confirm(this: SpreadsheetImport, *, by: User, why: str, token: uuid.UUID) -> bool:
    """Let an import that was brought in be undone by a worker; whether this was the first to ask for it."""
    with transaction.atomic():
        locked = SpreadsheetImport.objects.select_for_update(of=("self",)).get(pk=this.pk)
        if locked.stage != Stage.APPLIED or _is_undone(locked):
            return False
        locked.undo_by, locked.why, locked.token = by, why, token
        importing.ask(locked, Stage.UNDOING)
    return True


def undo(pk: int) -> None:
    """Undo an import as was confirmed, in one change, or nothing of it; nobody else does so at the same time."""
    with underway.alone_with(pk) as mine:
        this = SpreadsheetImport.objects.select_related("undo_by", "change").get(pk=pk)
        if not mine or this.stage != Stage.UNDOING or this.change is None:
            return
        try:
            with transaction.atomic():
                # Somebody may have undone the change meanwhile, from its own page.
                if not _is_undone(this):
                    restoring.undo(change=this.change, by=this.undo_by, why=this.why, token=this.token)
                _leave(this, "")
        except (StandsInTheWay, ValidationError):
            _leave(this, IN_THE_WAY)
        except Exception:
            _leave(this, STOPPED)
            raise


def _is_undone(this: SpreadsheetImport) -> bool:
    return Change.objects.filter(undoes=this.change, undone_by=None).exists()


def _leave(this: SpreadsheetImport, problem: str) -> None:
    this.stage, this.problem = Stage.APPLIED, problem
    this.save(update_fields=["stage", "problem"])
