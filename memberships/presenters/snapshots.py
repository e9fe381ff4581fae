"""Frozen exports in words: what each is, as at which day, as known when, how large, and how to cite it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from ics_leadership.formats import BUNDLE, CSV, NDJSON, XLSX
from ics_leadership.words import day_words
from memberships.api import RESOURCES
from memberships.exports.popolo import POPOLO
from memberships.freezing import Frozen
from memberships.models import Snapshot
from memberships.role_maps_of_lists import LISTS

FORMS = {each.name: each.label for each in (CSV, NDJSON, XLSX, POPOLO, BUNDLE)}

Words = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Proposed:
    """What would be frozen. `forms` are the formats that it could have: name, label, whether it is the one asked for."""

    title: str
    day: str
    known: str
    narrowed: Words
    forms: Sequence[tuple[str, str, bool]]


@dataclass(frozen=True)
class SnapshotLine:
    """A snapshot in a list. `erased` is the day since which its file is gone, in words; empty while it is there."""

    address: str
    title: str
    day: str
    known: str
    form: str
    frozen: str
    erased: str


@dataclass(frozen=True)
class SnapshotPage:
    """A snapshot on its own page. `by` is who froze it, empty for those who may not know; `file` where the bytes are."""

    line: SnapshotLine
    narrowed: Words
    by: str
    size: str
    sha256: str
    file: str
    file_name: str
    cite: str
    other_than_now: bool


def proposed(frozen: Frozen, narrowed: Words) -> Proposed:
    return Proposed(
        title=title_of(frozen.export.table.name, frozen.form.name),
        day=day_words(frozen.export.question.date),
        known=frozen.known.words if frozen.known else "when you freeze it",
        narrowed=narrowed,
        forms=[(name, form.label, name == frozen.form.name) for name, form in frozen.forms.items()],
    )


def snapshot_line(snapshot: Snapshot) -> SnapshotLine:
    form = snapshot.asked.get("format", "csv")
    return SnapshotLine(
        address=reverse("snapshot", args=[snapshot.key]),
        title=title_of(snapshot.resource, form),
        day=day_words(snapshot.as_at),
        known=_moment(snapshot.known_at),
        form=FORMS.get(form, form),
        frozen=_moment(snapshot.frozen_at),
        erased=day_words(snapshot.erased_on) if snapshot.erased_on else "",
    )


def snapshot_page(snapshot: Snapshot, narrowed: Words, *, address: str, names_shown: bool) -> SnapshotPage:
    line = snapshot_line(snapshot)
    known = f", as the register was known on {line.known}"
    return SnapshotPage(
        line=line,
        narrowed=narrowed,
        by=str(snapshot.by) if names_shown else "",
        size=f"{filesizeformat(snapshot.size)} ({snapshot.size:,} bytes)",
        sha256=snapshot.sha256,
        file="" if snapshot.erased_on else reverse("api-snapshot-file", args=[snapshot.key]),
        file_name=snapshot.file_name,
        cite=(
            f"GP leadership register, {line.title}, as at {line.day}{known} ({line.form}). "
            f"Frozen on {line.frozen}. {address} SHA-256: {snapshot.sha256}"
        ),
        other_than_now=snapshot.known_at != snapshot.frozen_at,
    )


def title_of(table: str, form: str) -> str:
    """What an export holds: "Role map", "Role map of the list of people", "All tables"."""
    if form == BUNDLE.name:
        return "All tables"
    listed = table.removeprefix("role-map-of-")
    if listed in LISTS:
        return f"Role map of the list of {listed}"
    return next((each.table.title for each in RESOURCES if each.table.name == table), table)


def _moment(moment: datetime.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{day_words(local.date())} at {local:%H:%M}"
