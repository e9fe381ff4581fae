"""Every table as CSV in one archive, with a `datapackage.json` (Data Package, Table Schema) that says what is in it. All of it is
read in one transaction, so that the tables agree with each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils import timezone
from stream_zip import ZIP_32, ZIP_64

from ics_leadership import streams
from ics_leadership.exports import Column, Table
from ics_leadership.formats.archive import Member, archived
from ics_leadership.formats.export import Export, Format
from ics_leadership.known_at import written


def table_schema(export: Export, bundled: Mapping[str, Export]) -> dict[str, Any]:
    """The columns of an export as Table Schema, with the keys by which it joins those `bundled` with it, itself among them."""
    columns = export.table.seen(export.question)
    keys = [
        _foreign_key(column, export.table, to.table) for column in columns if (to := _joined(column, export, bundled))
    ]
    return {
        "fields": [_field(column) for column in columns],
        "primaryKey": [_key(export.table)],
        **({"foreignKeys": keys} if keys else {}),
        "missingValues": [""],
    }


def _key(table: Table) -> str:
    return table.columns[0].name


def _joined(column: Column, export: Export, bundled: Mapping[str, Export]) -> Export | None:
    """The export that has every row of which a column has the key; None where there is none, or some may be missing."""
    to = bundled.get(column.key_of)
    return to if to and to.complete_for(export.table.name) else None


def _foreign_key(column: Column, table: Table, to: Table) -> dict[str, Any]:
    # Table Schema calls a table "" in its own keys.
    return {
        "fields": [column.name],
        "reference": {"resource": "" if to.name == table.name else to.name, "fields": [_key(to)]},
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.always else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    meaning = f"{column.meaning} From: {column.source}" if column.source else column.meaning
    return {
        "name": column.name,
        "type": column.of.value,
        "description": meaning,
        **({"constraints": constraints} if constraints else {}),
    }


def data_package(exports: Sequence[Export]) -> dict[str, Any]:
    """What `datapackage.json` says."""
    first = exports[0]
    bundled = {export.table.name: export for export in exports}
    known_at = first.question.known_at
    return {
        "name": "gp-leadership-register",
        "title": "Register of who leads general practice",
        "created": written(first.made_at),
        "as_at": first.question.date.isoformat(),
        "known_at": written(known_at) if known_at else None,
        "narrowed": dict(first.narrowed),
        "source_address": first.address,
        "resources": [_resource(export, bundled) for export in exports],
    }


def _resource(export: Export, bundled: Mapping[str, Export]) -> dict[str, Any]:
    return {
        "name": export.table.name,
        "type": "table",
        "path": f"{export.table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": export.table.title,
        "description": export.table.meaning,
        "schema": table_schema(export, bundled),
    }


def _bundle(export: Export) -> Iterator[bytes]:
    exports = [export, *export.beside]
    package = json.dumps(data_package(exports), indent=2, ensure_ascii=False).encode()
    with streams.apart() as cursor:
        # Begun before anything is sent: what fails at once is an error, and no broken file.
        rows = _rows(exports[0], cursor)
        first = next(rows)

        def members() -> Iterator[Member]:
            now = timezone.localtime(export.made_at)
            yield "datapackage.json", now, 0o644, ZIP_32, (package,)
            yield f"{export.table.name}.csv", now, 0o644, ZIP_64, _led_by(first, rows)
            for each in export.beside:
                yield f"{each.table.name}.csv", now, 0o644, ZIP_64, _rows(each, cursor)

        yield from archived(members())


def _rows(export: Export, cursor: Any) -> Iterator[bytes]:
    statement = export.table.for_csv(export.question, neutralise=export.neutralise)
    return streams.csv(statement, copy=partial(streams.copied_by, cursor))


def _led_by(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


BUNDLE = Format("zip", "CSV of every table", "application/zip", _bundle, bundles=True)
