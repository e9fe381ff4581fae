"""What would come of a change: what it would write, and which findings would come and go, found by trying it.

`outcome_of` takes the actions and takes them back (`ics_leadership.trial`); a `Concerned` says whose findings are looked at.
Forms ask it before they write (`memberships.flows`), what-if pages without ever writing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    instead_of: Callable[[], Any] | None = None,
) -> Outcome:
    """What would come of taking the actions of `perform`, found by taking them and taking them back.

    Findings of the day of `concerned` with the change are compared with those without it; or with those of the same day were
    the actions of `instead_of` taken, where nothing changes unless they are. Raises what the actions raise.
    """

    def attempt(act: Callable[[], Any], of: Callable[[], Concerned]) -> tuple[Told, Concerned, Looked]:
        with change(by=rights.account, why=why, undoes=undoes) as this:
            act()
            told, about = written(this, of())
            return told, about, about.look(rights)

    # Only what was written says all that is concerned; so what there is now is looked for after the trial.
    told, about, after = tried(lambda: attempt(perform, concerned))
    if instead_of is None:
        before = about.look(rights)
    else:
        _, about, before = tried(lambda: attempt(instead_of, lambda: about))
        _, _, after = tried(lambda: attempt(perform, lambda: about))
    # What concerns none of these without the change, or with it, may be there all the same, about others.
    gained, _ = rules.compare(before.met, after.found)
    _, settled = rules.compare(before.found, after.met)
    return Outcome(told, gained, settled)


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
        terms = Terms.objects.filter(Q(pk__in=kinds["terms"]) | Q(seats__in=kinds["seat"]))
        concerned.groups.update(terms.order_by().values_list("group", flat=True))
    types = {entry.event.role_type_id for entry in told.entries if entry.key[0] is Role}
    if types:
        seats = Seat.objects.filter(role_type__in=types, terms__period__contains=concerned.date)
        concerned.groups.update(seats.values_list("terms__group", flat=True))
    roles, groups = Q(remit__role__in=concerned.roles), Q(remit__group__in=concerned.groups)
    for parts in (RemitFunction.objects.filter(roles), GroupRemitFunction.objects.filter(groups)):
        concerned.functions.update(parts.filter(part=Part.LEADS).values_list("function", flat=True))
