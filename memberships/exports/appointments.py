"""Appointments: one row for each, with what the role map leaves out of how they came about and who pays."""

from __future__ import annotations

from ics_leadership.accounts.models import Sight
from ics_leadership.exports import (
    Column,
    Of,
    Table,
    confirmed_on,
    ended_by,
    invented,
    start_and_end,
    updated_at,
    where_from,
    written,
)
from memberships.exports.columns import HOST, PERSON, ROLE_TYPE, ROLE_TYPE_ID, how_appointed, role_named
from memberships.exports.funding import FUNDED_BY, FUNDING_KIND, PAYER_IDS, SESSIONS, annual_amount, money, where_seen

APPOINTMENTS = Table(
    name="appointments",
    title="Appointments",
    meaning="One row for each appointment: one person in one role for one period, how they came to it and who pays.",
    columns=(
        Column("appointment_id", Of.INTEGER, "appointment.id", "Number of the appointment; it is never given to another.", always=True),
        *PERSON,
        *role_named("role"),
        ROLE_TYPE_ID,
        ROLE_TYPE,
        *HOST,
        *start_and_end("appointment"),
        ended_by("appointment"),
        how_appointed("appointment"),
        Column("made_by_id", Of.INTEGER, "maker.id", "Number of the organisation that made the appointment.", key_of="organisations"),
        Column("made_by_name", Of.TEXT, "maker.name", "What that organisation is called."),
        Column("employer_id", Of.INTEGER, "employer.id", "Number of the organisation that employs them for it.", key_of="organisations"),
        Column("employer_name", Of.TEXT, "employer.name", "What that organisation is called."),
        FUNDED_BY,
        PAYER_IDS,
        Column("funding_sources", Of.TEXT, "money.sources", "Out of which pots it is paid on the day; several are joined by “; ”."),
        FUNDING_KIND,
        SESSIONS,
        annual_amount("body.id"),
        Column("evidence", Of.TEXT, where_seen(Sight.NOTES, "body.id", "nullif(appointment.evidence, '')"), "What shows that they hold it, where you may see it.", sight=Sight.NOTES),
        Column("note", Of.TEXT, where_seen(Sight.NOTES, "body.id", "nullif(appointment.note, '')"), "What editors noted, where you may see it.", sight=Sight.NOTES),
        *where_from("appointment"),
        invented("person"),
        confirmed_on("appointment"),
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
