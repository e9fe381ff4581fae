"""Memberships: one row for each seat held, those held for experience too."""

from __future__ import annotations

from ics_leadership.exports import Column, Of, Table, invented, start_and_end, updated_at, written
from memberships.exports.columns import COVERS_ID, COVERS_NAME, PERSON, PERSON_NAME, PROFESSION
from memberships.models import Category, GroupKind

ABSENT_NAME = f"CASE WHEN absent.id IS NOT NULL THEN {PERSON_NAME.replace('person.', 'absent.')} END"
BASES = {"appointment": "by virtue of an appointment", "experience": "for experience"}

MEMBERSHIPS = Table(
    name="memberships",
    title="Memberships",
    meaning="One row for each seat held: one person in one seat of a group for one period, and why they sit there.",
    columns=(
        Column("membership_id", Of.INTEGER, "membership.id", "Number of the membership.", always=True),
        Column("group_id", Of.INTEGER, "grp.id", "Number of the group.", always=True, key_of="groups"),
        Column("group_name", Of.TEXT, "grp.name", "What the group is called.", always=True),
        Column("group_kind", Of.TEXT, "grp.kind", "What the group is.", choices=dict(GroupKind.choices), always=True),
        COVERS_ID,
        COVERS_NAME,
        Column("seat", Of.TEXT, "seat.title", "What the seat is called in the terms.", always=True),
        Column("category", Of.TEXT, "seat.category", "How they sit.", choices=dict(Category.choices), always=True),
        Column("voting", Of.BOOLEAN, "seat.voting", "Whether the seat has a vote.", always=True),
        *PERSON,
        PROFESSION,
        Column("basis", Of.TEXT, "CASE WHEN held.id IS NULL THEN 'experience' ELSE 'appointment' END", "On what basis they sit.", choices=BASES, always=True),
        Column("basis_appointment_id", Of.INTEGER, "held.id", "Number of the appointment by virtue of which they sit.", key_of="appointments"),
        Column("basis_role", Of.TEXT, "role.title", "The role of that appointment."),
        Column("basis_organisation_id", Of.INTEGER, "body.id", "Number of the organisation in which that role stands.", key_of="organisations"),
        Column("basis_organisation_name", Of.TEXT, "body.name", "What that organisation is called."),
        Column("why", Of.TEXT, "CASE WHEN held.id IS NULL THEN membership.basis_experience ELSE role.title || ', ' || body.name END", "Why they sit, in words: the role and its organisation, or the experience.", always=True),
        Column("put_forward_by", Of.TEXT, "forward.name", "The organisation that put them forward."),
        Column("attends_for", Of.TEXT, ABSENT_NAME, "The person in whose place they attend."),
        *start_and_end("membership"),
        Column("terms_version", Of.TEXT, "terms.version", "The version of the terms that gives the seat.", always=True),
        Column("source", Of.TEXT, "source.title", "Where the membership was found."),
        invented("person"),
        updated_at("membership"),
    ),
    people=("membership.attends_for_id",),
    beforehand=f", {written('memberships_membershipevent')}",
    read_from="""
asked JOIN memberships_membership AS membership ON membership.id = asked.id
JOIN memberships_seat AS seat ON seat.id = membership.seat_id
JOIN memberships_terms AS terms ON terms.id = seat.terms_id
JOIN memberships_group AS grp ON grp.id = terms.group_id
JOIN memberships_person AS person ON person.id = membership.person_id
LEFT JOIN organisations_organisation AS covers ON covers.id = grp.covers_id
LEFT JOIN memberships_appointment AS held ON held.id = membership.basis_appointment_id
LEFT JOIN roles_role AS role ON role.id = held.role_id
LEFT JOIN organisations_organisation AS body ON body.id = role.organisation_id
LEFT JOIN organisations_organisation AS forward ON forward.id = membership.put_forward_by_id
LEFT JOIN memberships_person AS absent ON absent.id = membership.attends_for_id
LEFT JOIN ics_leadership_source AS source ON source.id = membership.source_id
LEFT JOIN written ON written.id = membership.id
""",
)  # fmt: skip
