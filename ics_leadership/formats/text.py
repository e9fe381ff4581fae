"""Tables as text: CSV and JSON lines."""

from __future__ import annotations

from collections.abc import Iterator

from ics_leadership import streams
from ics_leadership.formats.export import Export, Format


def _csv(export: Export) -> Iterator[bytes]:
    return streams.csv(export.table.for_csv(export.question, neutralise=export.neutralise), bom=export.bom)


def _ndjson(export: Export) -> Iterator[bytes]:
    return streams.ndjson(export.table.select(export.question))


CSV = Format("csv", "CSV", "text/csv; charset=utf-8", _csv, schema={"type": "string"})
NDJSON = Format("ndjson", "JSON lines", "application/x-ndjson", _ndjson, schema={"type": "string"})
