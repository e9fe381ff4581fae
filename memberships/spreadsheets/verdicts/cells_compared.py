"""Cells of a row beside the fields of the record that it is about, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from memberships.spreadsheets.cells import as_read
from memberships.spreadsheets.columns import column
from memberships.spreadsheets.register import Organisations
from memberships.spreadsheets.verdicts import naming
from memberships.spreadsheets.verdicts.judgement import Judgement, Known
from organisations.models import Organisation


def plain(out: Judgement, record: Model, fields: Mapping[str, str], *, exactly: bool) -> dict[str, Any]:
    """The facts that a row gives otherwise than a record has them; `fields` says which column is kept in which field.

    `exactly`: the list came from here, so that an empty cell says that there is nothing; otherwise it says nothing.
    """
    facts: dict[str, Any] = {}
    for key, name in fields.items():
        said = out.row.value(key)
        if not out.row.says(key) or (said is None and not exactly):
            continue
        former = getattr(record, name)
        if (said or "") != as_read(former):
            field = record._meta.get_field(name)
            facts[name] = said if said or field.null else ""
            words = dict(getattr(field, "flatchoices", ()))
            out.edit(column(out.row.kind, key).heading, words.get(former, former or ""), words.get(said, said or ""))
    return facts


def organisation(
    out: Judgement, key: str, former: Organisation | None, organisations: Organisations, *, exactly: bool
) -> dict[str, Known | None]:
    """The organisation that a row gives otherwise than a record has it, under the name of its column."""
    named = out.row.value(key)
    if named and former and naming.is_called(former, named):
        # However many others are called so, too.
        return {}
    if not out.row.says(key) or (named is None and (not exactly or former is None)):
        return {}
    found = naming.organisation(out, key, named, organisations) if named else None
    if (named and found is None) or (found and former and found.pk == former.pk):
        return {}
    out.edit(column(out.row.kind, key).heading, former.name if former else "", found.name if found else "")
    return {key: Known(Organisation, found.pk) if found else None}
