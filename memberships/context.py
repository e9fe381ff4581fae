"""What every page has to say: which areas of a demonstration are invented, how many messages wait for whoever looks."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest

from ics_leadership.periods import today
from ics_leadership.remembering import remembered
from ics_leadership.words import list_words
from memberships.messages import reaching, waiting
from organisations.models import KeptArea, Kind
from organisations.rights import Rights

DEMONSTRATION = "demonstration"
"""Where each process holds the invented areas in words, so that pages need not ask for them."""
SECONDS = 60


def demonstration(request: HttpRequest) -> dict[str, str]:
    """Context processor: `demonstration` names the invented areas that are kept, empty where there are none."""
    return {"demonstration": remembered(DEMONSTRATION, _invented_areas, SECONDS, where="process") or ""}


def _invented_areas() -> str:
    kept = KeptArea.objects.as_at(today()).filter(area__invented=True).exclude(area__kind=Kind.LMC)
    return list_words([area.short_name or area.name for area in (row.area for row in kept.select_related("area"))])


def messages_waiting(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `messages_waiting`, how many messages to the keeper wait for an editor, asked when it is shown."""
    rights: Rights | None = getattr(request, "rights", None)
    return {"messages_waiting": partial(_messages_waiting, rights) if rights is not None else 0}


def _messages_waiting(rights: Rights) -> int:
    if rights.account is None or not rights.is_editor:
        return 0
    key = f"messages-waiting:{rights.account.pk}"
    return remembered(key, lambda: waiting(reaching(rights)).count(), SECONDS) or 0
