"""Taking an import back whole: what it added goes, what it altered is as before."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from ics_leadership import restoring
from ics_leadership.history import Change
from ics_leadership.restoring import Resting
from memberships.models import SpreadsheetImport

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


def in_the_way(this: SpreadsheetImport) -> list[Resting]:
    """What later rests on an import, and has to be dealt with before it can be undone."""
    return restoring.what_rests_on(this.change) if this.change else []


def undo(this: SpreadsheetImport, *, by: User, why: str, token: uuid.UUID) -> bool:
    """Undo an import that was brought in; whether it still was. Raises restoring.StandsInTheWay naming what rests on it.

    A form that is sent twice undoes once.
    """
    with transaction.atomic():
        locked = SpreadsheetImport.objects.select_for_update(of=("self",)).get(pk=this.pk)
        if locked.change is None or Change.objects.filter(undoes=locked.change, undone_by=None).exists():
            return False
        restoring.undo(change=locked.change, by=by, why=why, token=token)
    return True
