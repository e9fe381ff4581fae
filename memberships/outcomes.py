"""What would come of a change: what it would write, and which findings would come and go, found by trying it.

`outcome_of` takes the actions and takes them back (`ics_leadership.trial`); a `Concerned` says whose findings are looked at.
Forms ask it before they write (`memberships.flows`), what-if pages without ever writing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from ics_leadership.history import Change, change
from ics_leadership.periods import today
from ics_leadership.record_history import Told, told_by
from ics_leadership.trial import tried
from memberships import rules
from memberships.models import GroupRemitFunction, Seat, Terms
from memberships.rules import Finding
from organisations.rights import Rights
from roles.models import Part, RemitFunction, Role


@dataclass
class Concerned:
    """The records whose findings a change may give rise to or settle, by id, and the day as at which to look."""

    people: set[int] = field(default_factory=set)
    roles: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)
    functions: set[int] = field(default_factory=set)
    date: datetime.date = field(default_factory=today)

    def findings(self) -> list[Finding]:
        return rules.find_about(self.date, **self._sought())

    def look(self, rights: Rights) -> Looked:
        """What there is on the day."""
        found, met = rules.look_about(self.date, **self._sought())
        return Looked(rules.visible(rights, found), met)

    def _sought(self) -> dict[str, set[int]]:
        return {
            "people": self.people,
            "roles": self.roles,
            "groups": self.groups,
            "organisations": self.organisations,
            "functions": self.functions,
        }


@dataclass(frozen=True)
class Looked:
    """The findings of a day that concern somebody and may be seen; and all that were come across on the way."""

    found: Sequence[Finding]
    met: Sequence[Finding]


@dataclass(frozen=True)
class Outcome:
    """What a trial found: what would be written, and which findings would come and go."""

    told: Told
    gained: Sequence[Finding]
    settled: Sequence[Finding]


def outcome_of(
    rights: Rights,
    perform: Callable[[], Any],
    concerned: Callable[[], Concerned],
    *,
    why: str,
    undoes: Change | None = None,
    compared_with: datetime.date | None = None,
) -> Outcome:
    """What would come of taking the actions of `perform`, found by taking them and taking them back.

    Findings of the day of `concerned` with the change are compared with those without it: of the same day, or of the day
    `compared_with`, where it is the passing of time that changes something. Raises what the actions raise.
    """

    def attempt() -> tuple[Told, Concerned, Looked]:
        with change(by=rights.account, why=why, undoes=undoes) as this:
            perform()
            told, about = written(this, concerned())
            return told, about, about.look(rights)

    # Only what was written says all that is concerned; so what there is now is looked for after the trial.
    told, about, after = tried(attempt)
    before_date = compared_with or about.date
    before = replace(about, date=before_date).look(rights)
    # What concerns none of these on one of the days may be there all the same, about others.
    gained, _ = rules.compare(before.met, after.found)
    _, settled = rules.compare(before.found, after.met)
    if not told.entries:
        # Time alone passes, so that either day can be asked now. What is found on both has not come or gone, though on one of
        # them it is about others.
        gained = _not_found_on(before_date, gained, rights)
        settled = _not_found_on(about.date, settled, rights)
    return Outcome(told, gained, settled)


def _not_found_on(date: datetime.date, findings: Sequence[Finding], rights: Rights) -> list[Finding]:
    """Those of some findings that the register, as it is, does not give rise to on a day."""
    if not findings:
        return []
    about = Concerned(date=date)
    for each in findings:
        about.people |= each.people
        about.roles |= each.roles
        about.groups |= each.groups
        about.organisations |= each.organisations
        about.functions |= each.functions
    there = {each.key for each in rules.visible(rights, about.findings())}
    return [each for each in findings if each.key not in there]


def written(this: Change, concerned: Concerned) -> tuple[Told, Concerned]:
    """What a change wrote, and all that it concerns."""
    told = told_by([this])[0]
    _add_written(concerned, told)
    return told, concerned


def _add_written(concerned: Concerned, told: Told) -> None:
    """Look at what the change wrote too: at the people, roles, groups, organisations and functions that its rows name, at the
    groups of its seats, at those that draw seats from the type of a role that it wrote, wherever they are, and at the functions
    that roles and groups lead: others may lead them still, and who does changes with the change.
    """
    kinds = {
        "person": concerned.people,
        "role": concerned.roles,
        "group": concerned.groups,
        "organisation": concerned.organisations,
        "function": concerned.functions,
        "seat": set(),
        "terms": set(),
    }
    for entry in told.entries:
        model, event = entry.key[0], entry.event
        if (own := model._meta.model_name) in kinds:
            kinds[own].add(entry.id)
        for name, ids in kinds.items():
            if (pk := getattr(event, f"{name}_id", None)) is not None:
                ids.add(pk)
    if kinds["seat"] or kinds["terms"]:
        written = Terms.objects.filter(Q(pk__in=kinds["terms"]) | Q(seats__in=kinds["seat"]))
        concerned.groups.update(written.order_by().values_list("group", flat=True))
    types = {entry.event.role_type_id for entry in told.entries if entry.key[0] is Role}
    if types:
        seats = Seat.objects.filter(role_type__in=types, terms__period__contains=concerned.date)
        concerned.groups.update(seats.values_list("terms__group", flat=True))
    roles, groups = Q(remit__role__in=concerned.roles), Q(remit__group__in=concerned.groups)
    for parts in (RemitFunction.objects.filter(roles), GroupRemitFunction.objects.filter(groups)):
        concerned.functions.update(parts.filter(part=Part.LEADS).values_list("function", flat=True))
