"""Uploads hold whole lists of people: they are kept for as long as somebody may want to look into an import, not longer."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from memberships.models import ImportedRow, SpreadsheetImport
from memberships.spreadsheets.underway import UNDER_WAY, has_stopped


def clear_old_imports() -> None:
    """Delete imports that came longer ago than the setting says; of those that were brought in, content and rows alone.

    What came in stays, and so does the way to undo it.
    """
    long_ago = timezone.now() - datetime.timedelta(days=settings.IMPORTS_KEPT_DAYS)
    old = SpreadsheetImport.objects.filter(uploaded_at__lt=long_ago)
    with transaction.atomic():
        old.filter(change=None).delete()
        ImportedRow.objects.filter(of__in=old.values("pk")).delete()
        old.exclude(content=b"").update(content=b"", columns={}, total=0)


def discard(this: SpreadsheetImport) -> bool:
    """Throw away an upload that was not brought in; whether it still could be. Nobody may be at it."""
    with transaction.atomic():
        locked = SpreadsheetImport.objects.select_for_update().get(pk=this.pk)
        if locked.change_id or (locked.stage in UNDER_WAY and not has_stopped(locked)):
            return False
        locked.delete()
    return True
