"""What two states of the register are told apart by, as tables: a row for each appointment, or each seat, that differs.

Where the two states come from, and what makes a difference of them, is worked out in `memberships.comparing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Model

from ics_leadership.exports import Column, Of
from ics_leadership.periods import Precision
from memberships.exports.columns import PERSON_NAME
from memberships.models import Appointment, Category, Membership


class ToldAs(StrEnum):
    """How a difference came about."""

    CHANGED = "really_changed"
    CORRECTED = "corrected"
    LATE = "recorded_late"


MEANINGS = {
    ToldAs.CHANGED: "Really changed: it happened between the two.",
    ToldAs.CORRECTED: "Corrected: what the register said was not so, and was put right.",
    ToldAs.LATE: "Recorded late: it was so already, and the register did not know.",
}


class OnSide(StrEnum):
    """In which of the two states something holds."""

    FIRST = "only_first"
    SECOND = "only_second"
    BOTH = "both"


SIDES = {
    OnSide.FIRST: "On the first side alone.",
    OnSide.SECOND: "On the second side alone.",
    OnSide.BOTH: "On both, with other facts.",
}


@dataclass(frozen=True)
class Subject:
    """What is compared: the rows of one table, each a person in something for a period.

    `facts` are the columns that make a row another than before, beside its period. `thing` is that in which somebody is, as an
    expression: whoever is in it on both days, by whatever row, has stayed. `key` is its number, `says` are the columns that name
    it, over `joins`; `address` the name in its address, `body` whose it is, in short. `inside` is the column by which it is
    narrowed to an area.
    """

    name: str
    model: type[Model]
    key: Column
    facts: Sequence[str]
    thing: str
    joins: str
    says: Sequence[Column]
    address: str
    body: str
    inside: str

    @property
    def columns(self) -> list[Column]:
        """The columns of a difference, over both states as one row, `state`, with `joins`."""
        return [
            self.key,
            Column("on_side", Of.TEXT, _ON_SIDE, "Where it holds.", choices=_said(SIDES), always=True),
            Column("told_as", Of.TEXT, "state.told_as", "How it came about.", choices=_said(MEANINGS), always=True),
            Column("person_id", Of.INTEGER, "state.person_id", "Number of the person.", always=True),
            Column("person_name", Of.TEXT, f"nullif({PERSON_NAME}, '')", f"Name as people say it. {_TODAY}"),
            *self.says,
            *_period("first", "a"),
            *_period("second", "b"),
        ]


def _said(meanings: dict[ToldAs, str] | dict[OnSide, str]) -> dict[str, str]:
    return {str(value): said for value, said in meanings.items()}


_TODAY = "As it is today, or was at `known_at`; empty where the register has it no more."
_ON_SIDE = f"CASE WHEN NOT a_held THEN '{OnSide.SECOND}' WHEN NOT b_held THEN '{OnSide.FIRST}' ELSE '{OnSide.BOTH}' END"


def _period(side: str, state: str) -> Iterable[Column]:
    """The period on a side, as exactly as it was known then; all empty where nothing is recorded there."""
    precisions = {each.value: str(each.label) for each in Precision}
    end = f"CASE WHEN {state}_end_precision <> 'unknown' THEN upper({state}_period) - 1 END"
    for name, day, what in (
        ("start", f"lower({state}_period)", "First day"),
        ("end", end, "Last day, itself included"),
    ):
        yield Column(f"{side}_{name}_date", Of.DATE, day, f"{what}, as the {side} side has it.")
        said = f"How exactly that day is known; empty where the {side} side has no such row."
        yield Column(f"{side}_{name}_precision", Of.TEXT, f"{state}_{name}_precision", said, choices=precisions)


APPOINTMENTS = Subject(
    name="appointments",
    model=Appointment,
    key=Column("appointment_id", Of.INTEGER, "state.id", "Number of the appointment.", always=True),
    facts=("person_id", "role_id", "how", "employer_id"),
    thing="role.id",
    joins="""
        LEFT JOIN roles_role AS role ON role.id = state.role_id
        LEFT JOIN organisations_organisation AS body ON body.id = role.organisation_id
    """,
    says=(
        Column("role_id", Of.INTEGER, "state.role_id", "Number of the role.", always=True),
        Column("role_title", Of.TEXT, "role.title", f"What the role is called. {_TODAY}"),
        Column("organisation_id", Of.INTEGER, "body.id", "Number of the organisation in which the role stands."),
        Column("organisation_code", Of.TEXT, "body.ods_code", "ODS code of the organisation."),
        Column("organisation_name", Of.TEXT, "body.name", f"What the organisation is called. {_TODAY}"),
    ),
    address="role.slug",
    body="body.short_name",
    inside="body.id",
)

MEMBERSHIPS = Subject(
    name="memberships",
    model=Membership,
    key=Column("membership_id", Of.INTEGER, "state.id", "Number of the membership.", always=True),
    facts=("person_id", "seat_id", "basis_appointment_id", "basis_experience", "put_forward_by_id", "attends_for_id"),
    thing="ROW(grp.id, seat.title)",
    joins="""
        LEFT JOIN memberships_seat AS seat ON seat.id = state.seat_id
        LEFT JOIN memberships_terms AS terms ON terms.id = seat.terms_id
        LEFT JOIN memberships_group AS grp ON grp.id = terms.group_id
    """,
    says=(
        Column("group_id", Of.INTEGER, "grp.id", "Number of the group."),
        Column("group_name", Of.TEXT, "grp.name", f"What the group is called. {_TODAY}"),
        Column("seat_id", Of.INTEGER, "state.seat_id", "Number of the seat.", always=True),
        Column("seat", Of.TEXT, "seat.title", f"What the seat is called. {_TODAY}"),
        Column("category", Of.TEXT, "seat.category", f"How they sit. {_TODAY}", choices=dict(Category.choices)),
    ),
    address="grp.slug",
    body="grp.name",
    inside="grp.id",
)

SUBJECTS = {each.name: each for each in (APPOINTMENTS, MEMBERSHIPS)}
