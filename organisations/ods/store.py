"""Keeps what was published: files and their lines go into the tables of `organisations.models.published` by COPY."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import connection
from django.db.models import Model

from ics_leadership.facts import Source
from organisations.models import PublishedFile, PublishedRegistration, PublishedStanding, PublishedTakeover
from organisations.ods import layouts, names
from organisations.ods.files import PublishedPart
from organisations.ods.rows import Registration, Row, Standing, Takeover

REPORT_ADDRESS = "https://www.odsdatasearchandexport.nhs.uk/api/getReport?report="

_REGISTRATION_COLUMNS = [*Registration._fields, "written"]


def keep(part: PublishedPart, today: datetime.date) -> tuple[int, bool]:
    """Keep one part; returns the id of its file, and whether it is new: one content in one vintage is kept once."""
    held = PublishedFile.objects.filter(
        layout=part.layout.name,
        published_first=part.vintage.first,
        published_last=part.vintage.last,
        checksum=part.checksum,
    ).first()
    if held:
        return held.pk, False
    source, _ = Source.objects.get_or_create(
        title=part.title,
        defaults={
            "address": REPORT_ADDRESS + part.layout.report if part.layout.report else "",
            "seen_on": today,
            "licence": layouts.ODS_LICENCE,
        },
    )
    file = PublishedFile.objects.create(
        layout=part.layout.name,
        published_first=part.vintage.first,
        published_last=part.vintage.last,
        checksum=part.checksum,
        file_name=part.file.name[:255],
        rows=part.read,
        source=source,
    )
    _copy(PublishedRegistration, _REGISTRATION_COLUMNS, file.pk, _registrations(part.rows))
    _copy(PublishedStanding, Standing._fields, file.pk, (row for row in part.rows if isinstance(row, Standing)))
    _copy(PublishedTakeover, Takeover._fields, file.pk, (row for row in part.rows if isinstance(row, Takeover)))
    return file.pk, True


def refresh_statistics() -> None:
    """Let the database know how much was kept, so that what follows in the transaction is planned for it."""
    with connection.cursor() as cursor:
        for model in (PublishedRegistration, PublishedStanding, PublishedTakeover):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def _registrations(rows: Iterable[Row]) -> Iterable[tuple[object, ...]]:
    mentioned = set()
    for row in rows:
        if not isinstance(row, Registration):
            continue
        # A network is named in the line of each of its practices: once is enough.
        if row[1:] in mentioned:
            continue
        mentioned.add(row[1:])
        yield (*row, names.as_written(row.name))


def _copy(model: type[Model], columns: Iterable[str], file: int, rows: Iterable[tuple[object, ...]]) -> None:
    listed = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} (file_id, {listed}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row((file, *row))
