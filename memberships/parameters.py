"""What an export was asked, in words: each filter that narrowed it, with what its value is called in the register today."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model, Q

from ics_leadership.errors import Refusal
from memberships.models import Group, GroupKind, Person, Profession
from memberships.rules import RULES
from organisations.filters import area_named
from organisations.models import Kind, Organisation, Status
from roles.models import ActsFor, OpenTo, Pathway, RoleType

OF_COMPARING = ("of", "from_day", "to_day", "from_known", "to_known")
ABOUT_THE_FILE = ("as_at", "known_at", "format", "bom", "neutralise", "page", *OF_COMPARING)
"""What is said elsewhere, or says nothing about which rows there are."""

LABELS = {
    "listed": "Of what is listed among",
    "q": "Name contains",
    "role_type": "Kind of role",
    "updated_since": "Changed since",
    "since": "Since the cursor",
    "ordering": "In the order of",
    "period": "When",
    "held": "Held or vacant",
    "ending": "Ending within, in months",
}
"""What parameters are called where their name would not do."""

CHOICES: dict[str, Mapping[str, Any]] = {
    "kind": dict([*Kind.choices, *GroupKind.choices, *((each.code, each.what()) for each in RULES)]),
    "acts_for": dict(ActsFor.choices),
    "open_to": dict(OpenTo.choices),
    "profession": dict(Profession.choices),
    "status": dict(Status.choices),
    "period": {"all": "Any day", "current": "On the day", "ended": "Ended before the day", "upcoming": "Begins later"},
}


def in_words(asked: Mapping[str, str], *days: datetime.date) -> list[tuple[str, str]]:
    """Label and value of each filter among the parameters of an export about a day; of several, on the first on which it says
    anything.
    """
    return [
        (LABELS.get(name) or name.replace("_", " ").capitalize(), _value(name, value, days))
        for name, value in asked.items()
        if value and name not in ABOUT_THE_FILE
    ]


def _value(name: str, value: str, days: Sequence[datetime.date]) -> str:
    if name in CHOICES:
        return str(CHOICES[name].get(value, value))
    found = (_FOUND[name](value, on) for on in days if name in _FOUND)
    return str(next(filter(None, found), value))


def _area(value: str, on: datetime.date) -> Organisation | None:
    try:
        return area_named(value, on)
    except Refusal:
        return None


def _record(model: type[Model]) -> Callable[[str, datetime.date], Model | None]:
    def find(value: str, _: datetime.date) -> Model | None:
        named = Q(slug=value)
        if value.isascii() and value.isdigit() and len(value) < 16:
            named |= Q(pk=value)
        return model._default_manager.filter(named).first()

    return find


_FOUND: dict[str, Callable[[str, datetime.date], Model | None]] = {
    "within": _area,
    "organisation": _area,
    "group": _record(Group),
    "person": _record(Person),
    "role_type": lambda value, _: RoleType.objects.filter(slug=value).first(),
    "pathway": lambda value, _: Pathway.objects.filter(slug=value).first(),
}
