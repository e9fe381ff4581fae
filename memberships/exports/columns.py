"""Columns that several tables have, each declared once. What a statement calls the rows that they are read from is `person`,
`role_type`, `remit`, `pathway` and `body`, or said by the table.
"""

from __future__ import annotations

from ics_leadership.exports import Column, Of
from memberships.models import HowAppointed, Profession
from organisations.models import Kind, Sector
from roles.models import ActsFor, OpenTo

_ON_THE_DAY = "The remit in force on the day, else what is usual for the type of role."

PERSON_NAME = "concat_ws(' ', nullif(person.title, ''), nullif(person.given_names, ''), person.family_name)"

PERSON = (
    Column("person_id", Of.INTEGER, "person.id", "Number of the person.", always=True, key_of="people"),
    Column("person_name", Of.TEXT, PERSON_NAME, "Name as people say it.", always=True),
)
PROFESSION = Column("profession", Of.TEXT, "nullif(person.profession, '')", "What they are by training.", choices=dict(Profession.choices))  # fmt: skip

ROLE_TYPE_ID = Column("role_type_id", Of.INTEGER, "role_type.id", "Number of the kind of role, an `id` of “role-types” in the changes.", always=True)  # fmt: skip
ROLE_TYPE = Column("role_type", Of.TEXT, "role_type.name", "The kind of role.", always=True)
ACCOUNTABLE = Column("accountable", Of.BOOLEAN, "role_type.accountable", "Whether the holder is the named accountable clinical director of a network.", always=True)  # fmt: skip

ON_WHOSE_BEHALF = (
    Column("acts_for", Of.TEXT, "coalesce(remit.acts_for, role_type.acts_for)", "On whose behalf the role acts.", source=_ON_THE_DAY, choices=dict(ActsFor.choices), always=True),
    Column("open_to", Of.TEXT, "coalesce(remit.open_to, role_type.open_to)", "Who may hold the role.", source=_ON_THE_DAY, choices=dict(OpenTo.choices), always=True),
    Column("pathway", Of.TEXT, "pathway.name", "The field of care that a system clinical lead leads.", source="The remit in force on the day."),
)  # fmt: skip

HOST = (
    Column("organisation_id", Of.INTEGER, "body.id", "Number of the organisation in which the role stands; of a role of a group, of its host.", always=True, key_of="organisations"),
    Column("organisation_code", Of.TEXT, "body.ods_code", "ODS code of that organisation. Two organisations may share one, one after the other."),
    Column("organisation_name", Of.TEXT, "body.name", "What that organisation is called.", always=True),
)  # fmt: skip
HOST_KIND = (
    Column("organisation_kind", Of.TEXT, "body.kind", "What that organisation is.", choices=dict(Kind.choices), always=True),
    Column("sector", Of.TEXT, "body.sector", "Which part of the health and care system it belongs to.", choices=dict(Sector.choices), always=True),
)  # fmt: skip

COVERS_ID = Column("covers_id", Of.INTEGER, "covers.id", "Number of the organisation whose area the group covers.", key_of="organisations")  # fmt: skip
COVERS_NAME = Column("covers_name", Of.TEXT, "covers.name", "What that organisation is called.")


def role_named(row: str) -> list[Column]:
    """The two columns that name a role, of the table called `row` in a statement."""
    return [
        Column("role_id", Of.INTEGER, f"{row}.id", "Number of the role.", always=True, key_of="roles"),
        Column("role_title", Of.TEXT, f"{row}.title", "What the role is called.", always=True),
    ]


def how_appointed(row: str) -> Column:
    """How an appointment came about, of the table called `row`."""
    return Column("how_appointed", Of.TEXT, f"nullif({row}.how, '')", "How they came to the role.", choices=dict(HowAppointed.choices))  # fmt: skip
