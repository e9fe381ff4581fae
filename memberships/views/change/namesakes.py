"""Who of the register may be the person whom somebody is about to enter: shown before it is confirmed."""

from __future__ import annotations

from typing import Any

from ics_leadership.forms import Newcomer
from memberships.duplicates import likely
from memberships.flows import Consequence
from memberships.models import Person
from memberships.newcomers import read_name
from memberships.presenters.reasons import Piece


def namesakes(data: dict[str, Any], person: Person | None = None) -> list[Consequence]:
    """Who of the register may be the same person as whoever is about to be written."""
    found = likely(
        f"{data['given_names']} {data['family_name']}".strip(),
        data["profession"],
        registration_number=data["registration_number"],
        work_email=data["work_email"],
    )
    alike = [known.person for known in found if known.person != person]
    lines = [
        (
            Piece(str(each), each.get_absolute_url()),
            Piece(f", {each.get_profession_display() or 'profession not recorded'}"),
        )
        for each in alike
    ]
    return [Consequence("Perhaps the same person, in the register already", lines, "warning")] if lines else []


def namesakes_of_newcomer(named: Person | Newcomer | None) -> list[Consequence]:
    """The same of somebody who was only named in the box of a form; nothing for those who were chosen."""
    if not isinstance(named, Newcomer):
        return []
    return namesakes({"profession": "", "registration_number": "", "work_email": "", **read_name(named.name)})
