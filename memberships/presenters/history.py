"""What changed, when, by whom and why, for the pages of history: from what `record_history` tells."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst

from ics_leadership import recorded
from ics_leadership.addresses import address_of
from ics_leadership.history import Change
from ics_leadership.record_history import Entry, FieldChange, Key, Told, Written
from ics_leadership.words import day_words, list_words

WHAT = {
    "added": "added",
    "changed": "changed",
    "confirmed": "confirmed as still true",
    "withdrawn": "withdrawn",
}


@dataclass(frozen=True)
class ShownField:
    """A field from what to what; `restore` is where the former value can be put back, where that would change anything."""

    label: str
    before: str
    after: str
    restore: str


@dataclass(frozen=True)
class ShownEntry:
    """What happened to one row: `noun` "Appointment", `name`, `what` "changed". `restore` leads to the whole as before."""

    noun: str
    name: str
    what: str
    history: str
    fields: Sequence[ShownField]
    restore: str
    restore_words: str


@dataclass(frozen=True)
class Step:
    """One change: when, by whom, why, from which import, and what it did."""

    when: str
    time: str
    moment: datetime.datetime | None
    who: str
    why: str
    name: str
    undoes: str
    undone: str
    href: str
    undo: str
    entries: Sequence[ShownEntry]
    rows: str


def step(
    told: Told,
    *,
    names_shown: bool,
    about: Key | None = None,
    now: dict[Key, Entry] | None = None,
    editable: bool = False,
    opens: bool = False,
    undone: Change | None = None,
    written: Iterable[Written] = (),
    reason_shown: bool = True,
) -> Step:
    """One change as a step of a timeline.

    `about` is the record whose page it is, `now` the latest entry of every row, from which follows what can be put back
    by somebody who may (`editable`). `opens`: whether the change has a page for this reader. `written` says how many rows
    it wrote where they are too many to tell. `reason_shown`: whether this reader may know why, and out of which import.
    """
    change = told.change
    at = timezone.localtime(change.recorded_at) if change.recorded_at else None
    return Step(
        when=day_words(at.date()) if at else "just now",
        time=f"{at:%H:%M}" if at else "",
        moment=at,
        who=who(change, names_shown=names_shown),
        why=change.why if reason_shown else "",
        name=change.name if reason_shown else "",
        undoes=reverse("change", args=[change.undoes_id]) if change.undoes_id and opens else "",
        undone=_undone(undone, names_shown=names_shown) if undone else "",
        href=reverse("change", args=[change.pk]) if opens else "",
        undo=reverse("undo", args=[change.pk]) if opens and editable and undone is None else "",
        entries=[_entry(each, about, now or {}, editable=editable) for each in told.entries],
        rows=list_words([each.words for each in written]),
    )


def who(change: Change, *, names_shown: bool) -> str:
    """Who made a change, by name only to those who are signed in."""
    if change.by is None:
        return "The register itself"
    return str(change.by) if names_shown else "An editor"


def _undone(by: Change, *, names_shown: bool) -> str:
    on = day_words(timezone.localdate(by.recorded_at))
    return f"Undone on {on} by {who(by, names_shown=names_shown)}" if names_shown else f"Undone on {on}"


def _entry(entry: Entry, about: Key | None, now: dict[Key, Entry], *, editable: bool) -> ShownEntry:
    latest = now.get(entry.key)
    is_gone = latest is not None and latest.what == "withdrawn"
    restore, words = "", ""
    if editable and entry.before and latest and _is_other(entry, latest):
        restore = reverse("restore", args=[entry.recorded.address, entry.id, entry.before.pgh_id])
        words = "Restore it" if is_gone else "Restore all of it to how it was before"
    offered = bool(restore) and not is_gone
    return ShownEntry(
        noun=entry.recorded.title,
        name="" if entry.key == about else entry.name,
        what=WHAT[entry.what],
        history="" if entry.key == about else history_address(entry.recorded.model, entry.id),
        fields=[_field(each, entry, latest, offered=offered) for each in entry.fields],
        restore=restore if is_gone or len(entry.fields) > 1 else "",
        restore_words=words,
    )


def _is_other(entry: Entry, latest: Entry) -> bool:
    """Whether what an entry says was before differs from what is now; of what is gone, whether this withdrew it."""
    if latest.what == "withdrawn":
        return entry is latest
    return any(_differs(entry, latest, column.name) for column in entry.recorded.columns())


def _differs(entry: Entry, latest: Entry, name: str) -> bool:
    names = [name, "start_precision", "end_precision"] if name == "period" else [name]
    return any(_value(entry.before, each) != _value(latest.after, each) for each in names)


def _value(event: object, name: str) -> object:
    return getattr(event, f"{name}_id") if hasattr(event, f"{name}_id") else getattr(event, name)


def _field(each: FieldChange, entry: Entry, latest: Entry | None, *, offered: bool) -> ShownField:
    restore = ""
    if offered and entry.before and latest and latest.after and _differs(entry, latest, each.name):
        restore = reverse("restore-field", args=[entry.recorded.address, entry.id, entry.before.pgh_id, each.name])
    return ShownField(each.label, each.before, each.after, restore)


def history_address(model: type[Model], pk: int) -> str:
    """Where the history of a record stands."""
    return address_of("history", recorded.of(model).address, pk)


def page_address(record: Model) -> str:
    """The page of a record, or of the record that it belongs to; empty where there is none."""
    if hasattr(record, "get_absolute_url"):
        try:
            return str(record.get_absolute_url())
        except NoReverseMatch:
            return ""
    table = recorded.of(type(record))
    for name in (*table.part_of, *table.told_with):
        other = record._state.fields_cache.get(name)
        if other and (address := page_address(other)):
            return address
    return ""


def latest_of(told: Sequence[Told]) -> dict[Key, Entry]:
    """The last entry of every row that says how it stands, by the row; `told` has the latest change first."""
    latest: dict[Key, Entry] = {}
    for each in told:
        for entry in each.entries:
            latest.setdefault(entry.key, entry)
    return latest


def title_of(record: Model) -> tuple[str, str]:
    """What a record is, and what it is called: ("Appointment", "Dr Amina Yusuf, LMC Chair")."""
    table = recorded.of(type(record))
    return str(capfirst(table.noun)), table.name(record)
