"""Restoring what was otherwise before, so that what lasts as long as a record goes on doing so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model

from ics_leadership import restoring
from ics_leadership.history import change
from memberships.actions.appointments import move_money
from memberships.actions.seats import move_deputies
from memberships.models import Appointment, Membership

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User


def restore(
    *, event: Any, by: User | None, why: str, fields: Sequence[str] | None = None, token: UUID | None = None
) -> Model:
    """Let a row be as an event has it, whole or some of its fields (`period` for both ends); returns the row.

    Money and deputies move with the dates of the appointment or the seat, as they do when those are corrected. Raises
    what `ics_leadership.restoring.restore` raises, and ValidationError where money would fall outside the appointment.
    """
    with change(by=by, why=why, token=token):
        former = event.pgh_tracked_model._default_manager.filter(pk=event.id).first()
        row = restoring.restore(event=event, by=by, why=why, fields=fields, token=token)
        if isinstance(former, Appointment) and isinstance(row, Appointment):
            move_money(row, former.start, former.end)
        elif isinstance(former, Membership) and isinstance(row, Membership):
            move_deputies(row, former.end)
        return row
