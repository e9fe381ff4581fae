"""Appointments: one row for each, with what the role map leaves out of how they came about and who pays."""

from __future__ import annotations

from ics_leadership.accounts.models import Sight
from ics_leadership.exports import Column, Of, Table, start_and_end, updated_at, where_from, written
from memberships.exports.funding import money, where_seen
from memberships.exports.role_map import PERSON_NAME
from memberships.models import HowAppointed

APPOINTMENTS = Table(
    name="appointments",
    title="Appointments",
    meaning="One row for each appointment: one person in one role for one period, how they came to it and who pays.",
    columns=(
        Column("appointment_id", Of.INTEGER, "appointment.id", "Number of the appointment; it is never given to another.", always=True),
        Column("person_id", Of.INTEGER, "person.id", "Number of the person.", always=True, key_of="people"),
        Column("person_name", Of.TEXT, PERSON_NAME, "Name as people say it.", always=True),
        Column("role_id", Of.INTEGER, "role.id", "Number of the role.", always=True, key_of="roles"),
        Column("role_title", Of.TEXT, "role.title", "What the role is called.", always=True),
        Column("role_type_id", Of.INTEGER, "role_type.id", "Number of the kind of role, an `id` of “role-types” in the changes.", always=True),
        Column("role_type", Of.TEXT, "role_type.name", "The kind of role.", always=True),
        Column("organisation_id", Of.INTEGER, "body.id", "Number of the organisation in which the role stands; of a role of a group, of its host.", always=True, key_of="organisations"),
        Column("organisation_code", Of.TEXT, "body.ods_code", "ODS code of that organisation."),
        Column("organisation_name", Of.TEXT, "body.name", "What that organisation is called.", always=True),
        *start_and_end("appointment"),
        Column("how_appointed", Of.TEXT, "nullif(appointment.how, '')", "How they came to the role.", choices=dict(HowAppointed.choices)),
        Column("made_by_id", Of.INTEGER, "maker.id", "Number of the organisation that made the appointment.", key_of="organisations"),
        Column("made_by_name", Of.TEXT, "maker.name", "What that organisation is called."),
        Column("employer_id", Of.INTEGER, "employer.id", "Number of the organisation that employs them for it.", key_of="organisations"),
        Column("employer_name", Of.TEXT, "employer.name", "What that organisation is called."),
        Column("funded_by", Of.TEXT, "money.funded_by", "Who pays on the day; several are joined by “; ”."),
        Column("payer_ids", Of.TEXT, "money.payer_ids", "Numbers of the organisations that pay on the day; several are joined by “; ”."),
        Column("funding_sources", Of.TEXT, "money.sources", "Out of which pots it is paid on the day; several are joined by “; ”."),
        Column("funding_kind", Of.TEXT, "money.funding_kind", "Where the money comes from, in the words of the role map; several are joined by “; ”."),
        Column("sessions_per_week", Of.NUMBER, "money.sessions_per_week", "Sessions a week, all payers together."),
        Column("annual_amount", Of.NUMBER, where_seen(Sight.AMOUNTS, "body.id", "money.annual_amount"), "Pounds a year, all payers together, where you may see them.", sight=Sight.AMOUNTS),
        Column("evidence", Of.TEXT, where_seen(Sight.NOTES, "body.id", "nullif(appointment.evidence, '')"), "What shows that they hold it, where you may see it.", sight=Sight.NOTES),
        Column("note", Of.TEXT, where_seen(Sight.NOTES, "body.id", "nullif(appointment.note, '')"), "What editors noted, where you may see it.", sight=Sight.NOTES),
        *where_from("appointment"),
        Column("invented", Of.BOOLEAN, "person.invented", "Whether this is part of a demonstration.", always=True),
        Column("confirmed_on", Of.DATE, "appointment.confirmed_on", "When somebody last wrote it, or said that it is still true.", always=True),
        updated_at("appointment"),
    ),
    beforehand=f"""
, {money("appointment_id", "memberships_fundingline", ("sessions_per_week", "annual_amount"))}
, {written("memberships_appointmentevent")}
""",
    read_from="""
asked JOIN memberships_appointment AS appointment ON appointment.id = asked.id
JOIN memberships_person AS person ON person.id = appointment.person_id
JOIN roles_role AS role ON role.id = appointment.role_id
JOIN roles_roletype AS role_type ON role_type.id = role.role_type_id
JOIN organisations_organisation AS body ON body.id = role.organisation_id
LEFT JOIN organisations_organisation AS maker ON maker.id = appointment.made_by_id
LEFT JOIN organisations_organisation AS employer ON employer.id = appointment.employer_id
LEFT JOIN money ON money.appointment_id = appointment.id
LEFT JOIN ics_leadership_source AS source ON source.id = appointment.source_id
LEFT JOIN written ON written.id = appointment.id
""",
)  # fmt: skip
