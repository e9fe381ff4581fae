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
from memberships.freezing import CHANGES, COMPARED, states_frozen
from memberships.frozen import Frozen
from memberships.models import Snapshot
from memberships.presenters.comparing import sides_told
from memberships.role_maps_of_lists import LISTS

FORMS = {each.name: each.label for each in (CSV, NDJSON, XLSX, POPOLO, BUNDLE)}

Words = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Proposed:
    """What would be frozen. `states` are the day and the moment of knowledge that it tells of, or what the two sides of a comparison
    are; `forms` the formats that it could have: name, label, whether it is the one asked for. What is private is for who freezes it.
    """

    title: str
    states: Words
    narrowed: Words
    forms: Sequence[tuple[str, str, bool]]
    is_private: bool


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
    """A snapshot on its own page. `heading` says what it is of; `states` as of `Proposed`; `by` is who froze it, empty for those
    who may not know; `file` where the bytes are. `is_closed` is one of which who reads may know neither file nor what was asked.
    """

    line: SnapshotLine
    heading: str
    states: Words
    narrowed: Words
    by: str
    size: str
    sha256: str
    file: str
    file_name: str
    cite: str
    is_private: bool
    is_closed: bool


def proposed(frozen: Frozen, narrowed: Words) -> Proposed:
    now = "when you freeze it"
    states = states_frozen(frozen)
    plain = [
        ("As at", day_words(frozen.as_at)),
        ("As the register is known", frozen.known.words if frozen.known else now),
    ]
    if frozen.resource == CHANGES:
        plain = [("Up to", now)]
    return Proposed(
        title=title_of(frozen),
        states=sides_told(states, now) if states else plain,
        narrowed=narrowed,
        forms=[(name, form.label, name == frozen.form.name) for name, form in frozen.forms.items()],
        is_private=frozen.is_private,
    )


def snapshot_line(snapshot: Snapshot) -> SnapshotLine:
    form = snapshot.asked.get("format", "csv")
    states = states_frozen(snapshot)
    days = sorted({*states.days} if states else {snapshot.as_at})
    moments = [each.words.removeprefix("on ") for each in (states.moments if states else None) or ()]
    return SnapshotLine(
        address=reverse("snapshot", args=[snapshot.key]),
        title=title_of(snapshot),
        day=" and ".join(map(day_words, days)),
        known=" and ".join(moments or [_moment(snapshot.known_at)]),
        form=FORMS.get(form, form),
        frozen=_moment(snapshot.frozen_at),
        erased=day_words(snapshot.erased_on) if snapshot.erased_on else "",
    )


def snapshot_page(
    snapshot: Snapshot, narrowed: Words, *, address: str, names_shown: bool, is_closed: bool
) -> SnapshotPage:
    line = snapshot_line(snapshot)
    heading, states = _told(snapshot, line)
    known = "" if snapshot.resource == CHANGES else f", as the register was known on {line.known}"
    return SnapshotPage(
        line=line,
        heading=heading,
        states=states,
        narrowed=narrowed,
        by=str(snapshot.by) if names_shown else "",
        size=f"{filesizeformat(snapshot.size)} ({snapshot.size:,} bytes)",
        sha256=snapshot.sha256,
        file="" if snapshot.erased_on or is_closed else reverse("api-snapshot-file", args=[snapshot.key]),
        file_name=snapshot.file_name,
        cite=(
            f"GP leadership register, {heading}{known} ({line.form}). "
            f"Frozen on {line.frozen}. {address} SHA-256: {snapshot.sha256}"
        ),
        is_private=snapshot.is_private,
        is_closed=is_closed,
    )


def _told(snapshot: Snapshot, line: SnapshotLine) -> tuple[str, Words]:
    """What a snapshot is of, as a heading and as facts."""
    if states := states_frozen(snapshot):
        joined = "on" if states.moments else "between"
        return f"{line.title} {joined} {line.day}", sides_told(states, f"on {_moment(snapshot.known_at)}")
    if snapshot.resource == CHANGES:
        return f"{line.title} up to {line.known}", [("Up to", line.known)]
    passed = "" if snapshot.known_at == snapshot.frozen_at else ", which had passed when it was frozen"
    return f"{line.title}, as at {line.day}", [("As at", line.day), ("As known on", f"{line.known}{passed}")]


def title_of(frozen: Frozen | Snapshot) -> str:
    """What an export holds: "Role map", "Role map of the list of people", "Differences of memberships", "Changes", "All tables"."""
    resource = frozen.resource
    if frozen.asked.get("format") == BUNDLE.name:
        return "All tables"
    if resource == COMPARED:
        return f"Differences of {frozen.asked['of']}"
    if resource == CHANGES:
        return "Changes"
    if listed := next((each for each in LISTS if resource == f"role-map-of-{each}"), ""):
        return f"Role map of the list of {listed}"
    return next((each.table.title for each in RESOURCES if each.table.name == resource), resource)


def _moment(moment: datetime.datetime) -> str:
    local = timezone.localtime(moment)
    return f"{day_words(local.date())} at {local:%H:%M}"
