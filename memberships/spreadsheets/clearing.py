"""Uploads hold whole lists of people: they are kept for as long as somebody may want to look into an import, not longer."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from memberships.models import ImportedRow, SpreadsheetImport, Stage

CLEARED = "It was cleared, as every upload is some time after it came."


def clear_old_imports() -> None:
    """Delete the content and rows of imports that came longer ago than the setting says; that they were stays known."""
    long_ago = timezone.now() - datetime.timedelta(days=settings.IMPORTS_KEPT_DAYS)
    with transaction.atomic():
        old = SpreadsheetImport.objects.filter(uploaded_at__lt=long_ago).exclude(content=b"")
        ids = list(old.select_for_update().values_list("pk", flat=True))
        ImportedRow.objects.filter(of__in=ids).delete()
        cleared = SpreadsheetImport.objects.filter(pk__in=ids)
        # What is under way cannot go on without its rows; what was brought in can still be undone.
        cleared.exclude(stage=Stage.APPLIED).update(stage=Stage.FAILED, problem=CLEARED)
        cleared.update(content=b"", columns={})
