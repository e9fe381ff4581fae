"""Fetches published reports from the Organisation Data Service, or from a copy of it (`ODS_REPORTS_URL`)."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from ics_leadership.periods import today
from organisations.ods.layouts import LAYOUTS

REPORTS = sorted({layout.report for layout in LAYOUTS.values() if layout.report})

_PATIENCE = 60
"""Seconds without a byte after which the service is given up."""


class CannotFetch(Exception):
    """A report could not be fetched; the message says which, from where, and why."""


def fetch(report: str, folder: Path, *, progress: Callable[[str], None]) -> Path:
    """Save today's `report` into `folder` and return its path. Raises CannotFetch.

    The reports are made anew every night, so the day of fetching is the vintage, and the file is named after it.
    """
    address = f"{settings.ODS_REPORTS_URL}?{urllib.parse.urlencode({'report': report})}"
    progress(f"Fetching {address}")
    saved = folder / f"{report}_{today()}.csv"
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE) as answer, saved.open("wb") as file:  # noqa: S310
            shutil.copyfileobj(answer, file)
            promised = answer.headers["Content-Length"]
    except (OSError, ValueError, urllib.error.HTTPError) as error:
        raise CannotFetch(f"The report “{report}” could not be fetched from {address}: {error}.") from None
    if promised and int(promised) != saved.stat().st_size:
        raise CannotFetch(f"The report “{report}” from {address} broke off before its end.")
    return saved
