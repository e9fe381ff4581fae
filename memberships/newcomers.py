"""Somebody named in a form whom the register does not hold yet."""

from __future__ import annotations

from typing import Any

from ics_leadership.forms import Newcomer
from memberships import actions
from memberships.models import Person

TITLES = {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "cllr"}


def add_newcomer(named: Person | Newcomer, **who: Any) -> Person:
    """The person that was chosen; one who was only named is added first. `who` is the action's `by` and `why`."""
    if isinstance(named, Person):
        return named
    title, given, family = name_parts(named.name)
    return actions.add_person(title=title, given_names=given, family_name=family, **who)


def name_parts(name: str) -> tuple[str, str, str]:
    """Title, given names and family name as somebody typed them in one go.

    >>> name_parts("Dr Siân O'Brien-Lee")
    ('Dr', 'Siân', "O'Brien-Lee")
    >>> name_parts("Yusuf, Amina")
    ('', 'Amina', 'Yusuf')
    """
    if "," in name:
        family, _, rest = name.partition(",")
        name = f"{rest.strip()} {family.strip()}"
        first = name.split()
        title = first.pop(0) if first and first[0].lower().rstrip(".") in TITLES else ""
        return title, " ".join(first).removesuffix(family.strip()).strip(), family.strip()
    words = name.split()
    title = words.pop(0) if len(words) > 1 and words[0].lower().rstrip(".") in TITLES else ""
    return title, " ".join(words[:-1]), words[-1] if words else ""
