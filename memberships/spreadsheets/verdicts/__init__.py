"""What each row of a sheet is to the register: new, already held, a change, a close match, or not to be read.

Rows are judged all together, in their order, against what `register` loads of the register; nothing is written. What a
row would write is a list of steps, which `carrying_out` takes when the import is confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from memberships.spreadsheets.columns import ListKind
from memberships.spreadsheets.verdicts.groups import GroupsSheet
from memberships.spreadsheets.verdicts.judgement import (
    LEFT_OUT,
    NEW,
    Edit,
    Judgement,
    Known,
    Made,
    Option,
    Question,
    Row,
    Step,
)
from memberships.spreadsheets.verdicts.mentoring import OffersSheet, SkillsSheet
from memberships.spreadsheets.verdicts.organisations import OrganisationsSheet
from memberships.spreadsheets.verdicts.people import PeopleSheet
from memberships.spreadsheets.verdicts.roles import RolesSheet
from memberships.spreadsheets.verdicts.seats import SeatsSheet
from organisations.rights import Rights

__all__ = ["LEFT_OUT", "NEW", "Edit", "Judgement", "Known", "Made", "Option", "Question", "Row", "Step", "judge"]


class SheetJudge(Protocol):
    def __init__(self, rows: Sequence[Row], rights: Rights) -> None: ...

    def judge(self, row: Row) -> Judgement: ...


SHEETS: dict[ListKind, type[SheetJudge]] = {
    ListKind.PEOPLE: PeopleSheet,
    ListKind.ROLES: RolesSheet,
    ListKind.SEATS: SeatsSheet,
    ListKind.GROUPS: GroupsSheet,
    ListKind.ORGANISATIONS: OrganisationsSheet,
    ListKind.OFFERS: OffersSheet,
    ListKind.SKILLS: SkillsSheet,
}


def judge(kind: ListKind, rows: Sequence[Row], rights: Rights) -> Iterator[Judgement]:
    """What each of the rows, in the order of the sheet, is to the register as it stands, for an editor with `rights`."""
    sheet = SHEETS[kind](rows, rights)
    return map(sheet.judge, rows)
