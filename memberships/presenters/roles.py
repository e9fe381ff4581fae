"""One role in words: its remit in versions, who holds it and how they came to it, who held it over the years."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ics_leadership.periods import ONE_DAY, Dated, Precision
from ics_leadership.pictures import Bar, Timeline, TimelineRow, timeline
from ics_leadership.words import day_words, list_words, period_words
from memberships.models import Appointment, HowAppointed
from memberships.presenters.groups import Absence
from memberships.presenters.holdings import acts_for_words, bar, ends_soon
from memberships.presenters.paying import paid_pieces
from memberships.presenters.posts import Post, names_first, post
from memberships.presenters.reasons import Piece, organisation_piece
from organisations.models import KeptArea, Organisation
from roles.models import ActsFor, OpenTo, Part, Remit, Role

# --- the list


@dataclass(frozen=True)
class RoleRow:
    """A role of the list with who holds it on the day."""

    post: Post
    organisation: Organisation
    pathway: str
    standing: str


def role_row(role: Role, on: datetime.date) -> RoleRow:
    """A row from a role as `posts.listed` gives it."""
    return RoleRow(
        post=post(role, on, kept=role.is_kept),  # type: ignore[attr-defined]
        organisation=role.organisation,
        pathway=role.remit.pathway.name if role.pathway_id else "",  # type: ignore[attr-defined]
        standing="" if role.holds(on) else period_words(role, on),
    )


# --- when it did not exist


def nearest_day(role: Role, on: datetime.date) -> datetime.date:
    """The day shown, or of a role that did not exist on it the nearest day on which it did."""
    if role.period.upper and role.period.upper <= on:
        return role.period.upper - ONE_DAY
    return max(role.period.lower or on, on)


def absence(role: Role, on: datetime.date) -> Absence | None:
    """What to say on a day before the role began or after it ended; nothing where it existed."""
    lower, upper = role.period.lower, role.period.upper
    if lower and on < lower:
        if role.start_precision == Precision.BY:
            first = f"This role is first recorded on {day_words(lower)}"
            return Absence(f"{first}; the register does not know since when it existed.", lower)
        begins = f"{'on' if role.start_precision == Precision.DAY else 'in'} {day_words(lower, role.start_precision)}"
        return Absence(f"This role does not exist yet on {day_words(on)}. It begins {begins}.", lower)
    if upper and upper <= on:
        return Absence(f"This role had ended by {day_words(on)}. It existed {period_words(role, on)}.", upper - ONE_DAY)
    return None


# --- its remit


@dataclass(frozen=True)
class RemitVersion:
    """One version of what a role is responsible for. `changes` says what is new in it, in sentences."""

    title: str
    when: str
    in_force: bool
    summary: str
    acts_for: ActsFor
    open_to: OpenTo
    pathway: str
    functions: Sequence[tuple[str, str]]
    changes: Sequence[str]
    source: Piece | None


def remit_versions(remits: Sequence[Remit], on: datetime.date) -> list[RemitVersion]:
    """The versions from the newest to the oldest, each compared with the one before it."""
    return [
        _remit_version(remit, remits[place + 1] if place + 1 < len(remits) else None, on)
        for place, remit in enumerate(remits)
    ]


def _remit_version(remit: Remit, before: Remit | None, on: datetime.date) -> RemitVersion:
    return RemitVersion(
        title=f"Remit {period_words(remit, on)}",
        when=period_words(remit, on),
        in_force=remit.holds(on),
        summary=remit.summary,
        acts_for=ActsFor(remit.acts_for),
        open_to=OpenTo(remit.open_to),
        pathway=remit.pathway.name if remit.pathway else "",
        functions=[(each.function.name, Part(each.part).label) for each in remit.functions.all()],
        changes=_changes(before, remit) if before else [],
        source=Piece(remit.source.title, remit.source.address) if remit.source else None,
    )


def _changes(before: Remit, after: Remit) -> list[str]:
    said = []
    if before.acts_for != after.acts_for:
        said.append(f"It acts {acts_for_words(after.acts_for)}; before, it acted {acts_for_words(before.acts_for)}.")
    if before.open_to != after.open_to:
        was, became = (OpenTo(each.open_to).label for each in (before, after))
        said.append(f"It is open to: {became}. Before: {was}.")
    if before.pathway_id != after.pathway_id:
        was, became = (each.pathway.name if each.pathway else "none" for each in (before, after))
        said.append(f"Its pathway is {became}; before, {was}.")
    earlier = {each.function: Part(each.part) for each in before.functions.all()}
    later = {each.function: Part(each.part) for each in after.functions.all()}
    taken_on = [f"{function.name} ({part.label})" for function, part in later.items() if function not in earlier]
    given_up = [function.name for function in earlier if function not in later]
    if taken_on:
        said.append(f"Taken on: {list_words(taken_on)}.")
    if given_up:
        said.append(f"Given up: {list_words(given_up)}.")
    for function, part in later.items():
        if function in earlier and earlier[function] != part:
            said.append(f"{function.name}: {part.label}; before, {earlier[function].label}.")
    if before.summary != after.summary:
        said.append("Its description was written anew.")
    return said or ["Nothing that the register holds."]


def usual_words(role: Role) -> str:
    """What is usual for roles of its type, for one whose remit nobody recorded."""
    open_to = OpenTo(role.role_type.open_to).label
    return (
        f"Roles of this type usually act {acts_for_words(role.role_type.acts_for)} and are open to "
        f"{open_to if open_to[1:2].isupper() else open_to.lower()}."
    )


# --- who holds it, and how they came to it


@dataclass(frozen=True)
class Tenure:
    """One person's time in the role: how they came to it, who made it, who employs, who pays."""

    row: Appointment
    name: str
    href: str
    invented: bool
    profession: str
    when: str
    ends_soon: str
    how: Sequence[Piece]
    employer: Piece | None
    paid: Sequence[Sequence[Piece]]
    source: Piece | None


def tenure(appointment: Appointment, on: datetime.date) -> Tenure:
    """From an appointment as `posts.holders_of` gives it. Who pays: on the day while they hold it, else ever."""
    lines = list(appointment.funding_lines.all())
    if appointment.holds(on):
        lines = [line for line in lines if line.holds(on)]
    person, source = appointment.person, appointment.source
    return Tenure(
        row=appointment,
        name=person.name,
        href=person.get_absolute_url(),
        invented=person.invented,
        profession=person.get_profession_display() if person.profession else "",
        when=period_words(appointment, on),
        ends_soon=ends_soon(appointment, on),
        how=how_pieces(appointment),
        employer=organisation_piece(appointment.employer) if appointment.employer else None,
        paid=[paid_pieces(line) for line in lines],
        source=Piece(source.title, source.address) if source else None,
    )


def how_pieces(appointment: Appointment) -> list[Piece]:
    """How somebody came to an appointment and who made it; empty where neither is recorded."""
    how = HowAppointed(appointment.how).label if appointment.how else ""
    if not appointment.made_by:
        return [Piece(how)] if how else []
    made = f"{how} by " if how in ("Elected", "Appointed", "Nominated") else f"{how}, made by " if how else "Made by "
    return [Piece(made), organisation_piece(appointment.made_by)]


# --- over the years


@dataclass(frozen=True)
class Gap:
    """Days on which the role existed and nobody is recorded in it; `end` is the last, None while it goes on.

    `vacant` where the area was kept all the while and the next holder is known to have begun after it; otherwise
    nothing is claimed.
    """

    start: datetime.date
    end: datetime.date | None
    vacant: bool

    @property
    def label(self) -> str:
        return "Vacant" if self.vacant else "Not recorded"

    @property
    def when(self) -> str:
        return (
            f"from {day_words(self.start)} to {day_words(self.end)}" if self.end else f"since {day_words(self.start)}"
        )


def gaps(role: Role, appointments: Iterable[Dated], areas: Sequence[KeptArea], on: datetime.date) -> list[Gap]:
    """The gaps between a role's holders up to the day `on`, or to the next who is to come; the first first.

    Where an area began or ceased to be kept within a gap, the gap is cut there.
    """
    appointments = list(appointments)
    spells = sorted(
        (each.period.lower or datetime.date.min, each.period.upper or datetime.date.max) for each in appointments
    )
    begins = [lower for lower, _ in spells]
    # Where nobody knows since when the role exists, it did when it was first held.
    free = role.period.lower or min(begins, default=None)
    if free is None:
        return []
    last = max([on + ONE_DAY, *begins])
    until = min(role.period.upper or last, last)
    found = []
    for lower, upper in spells:
        if lower > free:
            found.append((free, min(lower, until)))
        free = max(free, upper)
    if free < until:
        found.append((free, until))
    still_empty = until not in begins and (role.period.upper is None or role.period.upper > until)
    return [
        Gap(lower, None if upper == until and still_empty else upper - ONE_DAY, vacant)
        for first, end in found
        for lower, upper, vacant in _cut(first, end, () if _held_by(end, appointments) else areas)
    ]


def _held_by(date: datetime.date, appointments: Iterable[Dated]) -> bool:
    """Whether somebody who may have begun before it is first known to hold the role on that day."""
    return any(each.period.lower == date and each.start_precision == Precision.BY for each in appointments)


def _cut(
    first: datetime.date, end: datetime.date, areas: Sequence[KeptArea]
) -> list[tuple[datetime.date, datetime.date, bool]]:
    """The days from `first` up to `end` cut where keeping began or ceased: (start, end not included, kept)."""
    edges = {first, end}
    for area in areas:
        edges |= {edge for edge in (area.period.lower, area.period.upper) if edge and first < edge < end}
    ordered = sorted(edges)
    return [(lower, upper, any(area.holds(lower) for area in areas)) for lower, upper in pairwise(ordered)]


@dataclass(frozen=True)
class Spell:
    """A row of the table of all holders: somebody's time in the role, or days on which nobody held it."""

    tenure: Tenure | None
    gap: Gap | None


def spells(appointments: Sequence[Appointment], empty: Sequence[Gap], on: datetime.date) -> list[Spell]:
    """Holders and gaps, the latest first."""
    rows = [(each.period.lower or datetime.date.min, Spell(tenure(each, on), None)) for each in appointments]
    rows += [(gap.start, Spell(None, gap)) for gap in empty]
    return [spell for _, spell in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def holders_picture(
    role: Role, appointments: Sequence[Appointment], empty: Sequence[Gap], remits: Sequence[Remit], on: datetime.date
) -> Timeline | None:
    """Who held the role over the years, a row for each person, and one for the days on which it was vacant."""
    if not appointments:
        return None
    rows: dict[int, list[Bar]] = {}
    names = {}
    for each in sorted(appointments, key=lambda row: row.period.lower or datetime.date.min):
        names[each.person_id] = each.person
        kind = _acted_for(each, remits) or role.role_type.acts_for
        spells = rows.setdefault(each.person_id, [])
        spells.append(bar(each, each.person.name, each.person.get_absolute_url(), kind, on))
    drawn = [
        TimelineRow(person.name, rows[pk], person.get_absolute_url(), "; ".join(each.when for each in rows[pk]))
        for pk, person in names.items()
    ]
    vacancies = [
        Bar("Vacant", gap.when, role.get_absolute_url(), gap.start, gap.end or on, kind="vacant")
        for gap in empty
        if gap.vacant
    ]
    if vacancies:
        drawn.append(TimelineRow("Vacant", vacancies, line="; ".join(each.when for each in vacancies)))
    return timeline(drawn, on=on)


def _acted_for(appointment: Appointment, remits: Sequence[Remit]) -> str:
    """On whose behalf the role acted last while this appointment lasted; empty where no version says."""
    upper = appointment.period.upper
    for remit in remits:
        if upper is None or remit.period.lower is None or remit.period.lower < upper:
            return remit.acts_for
    return ""


# --- first on the page


def key_facts(role: Role, in_post: Sequence[Tenure], now: RemitVersion | None, *, vacant: bool) -> list[dict[str, Any]]:
    """What a reader with a phone wants first: who holds it, who pays, on whose behalf it acts, who may hold it."""
    held = names_first(in_post)
    paid = dict.fromkeys("".join(piece.text for piece in pieces) for each in in_post for pieces in each.paid)
    acts_for, open_to = (now.acts_for, now.open_to) if now else (role.role_type.acts_for, role.role_type.open_to)
    facts: list[dict[str, Any]] = [
        {
            "term": "Shared by" if len(held) > 1 else "Held by",
            "values": held or ([{"text": "Vacant"}] if vacant else []),
        },
        {"term": "Acts for", "values": [{"text": ActsFor(acts_for).label}]},
        {"term": "Open to", "values": [{"text": OpenTo(open_to).label}]},
    ]
    if now and now.pathway:
        facts.append({"term": "Pathway", "values": [{"text": now.pathway}]})
    if held:
        facts.append({"term": "Who pays", "values": [{"text": each} for each in paid]})
    return facts
