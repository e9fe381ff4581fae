"""What a search found, in words that tell namesakes apart."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from ics_leadership.words import list_words, period_words
from memberships.finding import LEAST_LETTERS, OF_EACH, Found
from memberships.models import Group, Person
from memberships.presenters.holdings import body_name, role_words
from organisations.models import Organisation
from organisations.presenters import standing_tag
from roles.models import Role

# So many letters of what was asked are quoted back.
QUOTED = 60


@dataclass(frozen=True)
class Result:
    """One thing found: its name, where it leads, a line that tells it from its namesakes, and a tag if it is over."""

    name: str
    href: str
    line: str
    tag: str = ""
    invented: bool = False


@dataclass(frozen=True)
class Results:
    """The results of one kind; `more` is the address of the list that holds the rest, if there are more."""

    heading: str
    anchor: str
    rows: Sequence[Result]
    more: str


def results(found: Found, words: str, on: datetime.date) -> list[Results]:
    """The kinds of which something was found: people, groups, roles, organisations."""
    kinds: list[tuple[str, str, Sequence[Any], Callable[[Any, datetime.date], Result]]] = [
        ("People", "people", found.people, person_result),
        ("Groups", "groups", found.groups, group_result),
        ("Roles", "roles", found.roles, role_result),
        ("Organisations", "organisations", found.organisations, organisation_result),
    ]
    return [
        Results(
            heading=heading,
            anchor=anchor,
            rows=[result(row, on) for row in rows[:OF_EACH]],
            more=f"{reverse(anchor)}?{urlencode({'q': words})}" if len(rows) > OF_EACH else "",
        )
        for heading, anchor, rows, result in kinds
        if rows
    ]


def person_result(person: Person, on: datetime.date) -> Result:
    """Their profession and what they hold on the day, or what they held last."""
    ever = person.appointments_ever  # type: ignore[attr-defined]
    held = [appointment for appointment in ever if appointment.holds(on)]
    before = [appointment for appointment in ever if appointment.period.upper and appointment.period.upper <= on]
    if held:
        # Roles have commas of their own.
        says = "; ".join(role_words(appointment.role) for appointment in held)
    elif before:
        says = f"Nothing recorded on this day; {role_words(before[0].role)}, {period_words(before[0], on)}"
    else:
        says = "Nothing recorded on this day"
    profession = person.get_profession_display()
    line = f"{profession}. {says}" if profession else says
    return Result(person.name, person.get_absolute_url(), line, invented=person.invented)


def organisation_result(organisation: Organisation, on: datetime.date) -> Result:
    """What kind it is, its code, and what it stands under."""
    facts = [organisation.get_kind_display()]
    if organisation.ods_code:
        facts.append(f"ODS code {organisation.ods_code}")
    above = [link.other.short_name or link.other.name for link in organisation.above]  # type: ignore[attr-defined]
    if above:
        facts.append(f"part of {list_words(above)}")
    if not organisation.holds(on):
        facts.append(period_words(organisation, on))
    return Result(
        organisation.name,
        organisation.get_absolute_url(),
        ", ".join(facts),
        tag=standing_tag(organisation, on),
        invented=organisation.invented,
    )


def role_result(role: Role, on: datetime.date) -> Result:
    """Whose role it is and who holds it on the day."""
    holders = [appointment.person.name for appointment in role.held_then]  # type: ignore[attr-defined]
    if not role.holds(on):
        says = period_words(role, on)
    elif holders:
        says = f"held by {list_words(holders)}"
    else:
        says = "nobody recorded on this day"
    line = f"{body_name(role)}; {says}"
    return Result(
        role.title,
        role.get_absolute_url(),
        line,
        tag="" if role.holds(on) else "Ended" if role.period.upper and role.period.upper <= on else "Not begun",
        invented=role.organisation.invented,
    )


def group_result(group: Group, on: datetime.date) -> Result:
    """What kind it is and whose area it covers."""
    area = group.covers or group.host
    facts = [group.get_kind_display(), f"{'covers' if group.covers else 'hosted by'} {area.short_name or area.name}"]
    if not group.holds(on):
        facts.append(period_words(group, on))
    return Result(
        group.name,
        group.get_absolute_url(),
        ", ".join(facts),
        tag="" if group.holds(on) else "Ended" if group.period.upper and group.period.upper <= on else "Not begun",
        invented=group.invented,
    )


def instead_words(words: str, found: Found | None) -> str:
    """The sentence to say where nothing is called so: nothing asked, too little asked, or only distant names found."""
    if not words:
        return "Type a name, or part of one: of a person, a group, a role or an organisation. An ODS code will do too."
    if found is None:
        return f"“{words}” is too short to look for. Type at least {LEAST_LETTERS} letters."
    return f"Nothing in the register is called “{words[:QUOTED]}”." if found.distant else ""
