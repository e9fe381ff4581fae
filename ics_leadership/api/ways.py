"""The ways in which pages lead to a table of the API: as files, and as itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from ics_leadership.as_at import AsAt


@dataclass(frozen=True)
class Ways:
    """The addresses of one table, asked the same: as a workbook, as CSV with the mark that spreadsheets like, and as JSON."""

    excel: str
    csv: str
    api: str


def ways_to(table: str, asked: Mapping[str, str], as_at: AsAt) -> Ways:
    """The ways to a table of the API, narrowed as it understands it, as at the day and moment of a page."""

    def address(**more: str) -> str:
        query = urlencode({**asked, **more})
        path = reverse(f"api-{table}")
        return as_at.keep(f"{path}?{query}" if query else path)

    return Ways(excel=address(format="xlsx"), csv=address(format="csv", bom="true"), api=address())
