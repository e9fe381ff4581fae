"""Somebody named in a form whom the register does not hold yet."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from ics_leadership.forms import Newcomer
from ics_leadership.typed_dates import NotRead
from memberships import actions
from memberships.models import Person, Profession
from memberships.spreadsheets.typed_names import is_profession, parse_name
from memberships.spreadsheets.typed_values import choice


class Named(TypedDict):
    """What a name typed in one go says of somebody."""

    title: str
    given_names: str
    family_name: str
    profession: NotRequired[Profession]


def add_newcomer(named: Person | Newcomer, **who: Any) -> Person:
    """The person that was chosen; one who was only named is added first. `who` is the action's `by` and `why`."""
    return named if isinstance(named, Person) else actions.add_person(**read_name(named.name), **who)


def read_name(typed: str) -> Named:
    """A name as somebody typed it, with the profession in brackets, read as a cell of a spreadsheet is.

    Raises NotRead with a sentence that says what would do.

    >>> read_name("Dr Siân O'Brien-Lee (GP)")
    {'title': 'Dr', 'given_names': 'Siân', 'family_name': "O'Brien-Lee", 'profession': Profession.GP}
    >>> read_name("Yusuf, Amina")
    {'title': '', 'given_names': 'Amina', 'family_name': 'Yusuf'}
    """
    name = parse_name(typed)
    if aside := next((each for each in name.asides if not is_profession(each)), ""):
        raise NotRead(f"“{aside[:40]}” beside the name is not a profession.", "Type title, names and profession alone.")
    named = Named(title=name.title, given_names=name.given_names, family_name=name.family_name)
    if name.asides:
        named["profession"] = Profession(choice(name.asides[0], Profession))
    return named
