"""The formats in which any declared table leaves the register whole. Formats of one table alone are said where it is declared."""

from ics_leadership.formats.answering import ONLY_FOR, answered, format_asked, refuse_unheeded, streamed, switch_asked
from ics_leadership.formats.bundle import BUNDLE
from ics_leadership.formats.export import Export, Format
from ics_leadership.formats.text import CSV, NDJSON
from ics_leadership.formats.xlsx import XLSX

FORMATS = {each.name: each for each in (CSV, NDJSON, XLSX)}

__all__ = [
    "BUNDLE",
    "CSV",
    "FORMATS",
    "NDJSON",
    "ONLY_FOR",
    "XLSX",
    "Export",
    "Format",
    "answered",
    "format_asked",
    "refuse_unheeded",
    "streamed",
    "switch_asked",
]
