"""The role map: one row for each appointment, flat, as an analyst would have typed it."""

from __future__ import annotations

from ics_leadership.accounts.models import Sight
from ics_leadership.exports import Column, Of, Table, start_and_end, updated_at, written
from memberships.exports.funding import money, where_seen
from memberships.models import HowAppointed, Profession
from organisations.exports import STANDING_JOINS, lies_in, standing
from organisations.models import Kind, Sector
from roles.models import ActsFor, FundingKind, OpenTo

_AREA = "coalesce(of_group.covers_id, role.organisation_id)"
_POSTS = """
JOIN memberships_appointment AS appointment ON appointment.id = asked.id
JOIN roles_role AS role ON role.id = appointment.role_id
LEFT JOIN memberships_grouprole AS group_role ON group_role.role_id = role.id
LEFT JOIN memberships_group AS of_group ON of_group.id = group_role.group_id
"""

_AREAS = f"SELECT DISTINCT {_AREA} FROM asked {_POSTS}"

PERSON_NAME = "concat_ws(' ', nullif(person.title, ''), nullif(person.given_names, ''), person.family_name)"


ROLE_MAP = Table(
    name="role-map",
    title="Role map",
    meaning="One row for each appointment: one person in one role for one period.",
    columns=(
        Column("appointment_id", Of.INTEGER, "appointment.id", "Number of the appointment.", always=True),
        Column("person_id", Of.INTEGER, "person.id", "Number of the person.", always=True),
        Column("person_name", Of.TEXT, PERSON_NAME, "Name as people say it.", always=True),
        Column("profession", Of.TEXT, "nullif(person.profession, '')", "What they are by training.", choices=dict(Profession.choices)),
        Column("role_id", Of.INTEGER, "role.id", "Number of the role.", always=True),
        Column("role_title", Of.TEXT, "role.title", "What the role is called.", always=True),
        Column("role_type", Of.TEXT, "role_type.name", "The kind of role.", always=True),
        Column("acts_for", Of.TEXT, "coalesce(remit.acts_for, role_type.acts_for)", "On whose behalf the role acts.", source="The remit in force on the day, else what is usual for the type of role.", choices=dict(ActsFor.choices), always=True),
        Column("open_to", Of.TEXT, "coalesce(remit.open_to, role_type.open_to)", "Who may hold the role.", source="The remit in force on the day, else what is usual for the type of role.", choices=dict(OpenTo.choices), always=True),
        Column("pathway", Of.TEXT, "pathway.name", "The field of care that a system clinical lead leads.", source="The remit in force on the day."),
        Column("organisation_id", Of.INTEGER, "body.id", "Number of the organisation in which the role stands; of a role of a group, of its host.", always=True),
        Column("organisation_code", Of.TEXT, "body.ods_code", "ODS code of the organisation. Two organisations may share one, one after the other."),
        Column("organisation_name", Of.TEXT, "body.name", "What the organisation is called.", always=True),
        Column("organisation_kind", Of.TEXT, "body.kind", "What the organisation is.", choices=dict(Kind.choices), always=True),
        Column("sector", Of.TEXT, "body.sector", "Which part of the health and care system it belongs to.", choices=dict(Sector.choices), always=True),
        *lies_in("the role"),
        *start_and_end("appointment"),
        Column("how_appointed", Of.TEXT, "nullif(appointment.how, '')", "How they came to the role.", choices=dict(HowAppointed.choices)),
        Column("accountable", Of.BOOLEAN, "role_type.accountable", "Whether the holder is the named accountable clinical director of a network.", always=True),
        Column("employer", Of.TEXT, "employer.name", "Who employs them for it, where it is recorded."),
        Column("funded_by", Of.TEXT, "money.funded_by", "Who pays on the day; several are joined by “; ”."),
        Column("funding_kind", Of.TEXT, "money.funding_kind", f"Where the money comes from: {', '.join(FundingKind.values)}; several are joined by “; ”."),
        Column("sessions_per_week", Of.NUMBER, "money.sessions_per_week", "Sessions a week, all payers together."),
        Column("annual_amount", Of.NUMBER, where_seen(Sight.AMOUNTS, "body.id", "money.annual_amount"), "Pounds a year, all payers together, where you may see them.", sight=Sight.AMOUNTS),
        Column("groups", Of.TEXT, "sitting.groups", "Groups on which they sit by virtue of this appointment on the day; several are joined by “; ”."),
        Column("source", Of.TEXT, "source.title", "Where the appointment was found."),
        Column("invented", Of.BOOLEAN, "person.invented", "Whether this is part of a demonstration.", always=True),
        updated_at("appointment"),
    ),
    beforehand=f"""
, {standing(_AREAS)}, {money("appointment_id", "memberships_fundingline", ("sessions_per_week", "annual_amount"))}, sitting AS (
    SELECT seated.basis_appointment_id AS appointment_id, string_agg(DISTINCT grp.name, '; ') AS groups
    FROM memberships_membership AS seated
    JOIN memberships_seat AS seat ON seat.id = seated.seat_id
    JOIN memberships_terms AS terms ON terms.id = seat.terms_id
    JOIN memberships_group AS grp ON grp.id = terms.group_id
    WHERE seated.basis_appointment_id IN (SELECT id FROM asked) AND seated.period @> %(date)s::date
    GROUP BY seated.basis_appointment_id
), {written("memberships_appointmentevent")}
""",
    read_from=f"""
asked {_POSTS}
JOIN memberships_person AS person ON person.id = appointment.person_id
JOIN roles_roletype AS role_type ON role_type.id = role.role_type_id
JOIN organisations_organisation AS body ON body.id = role.organisation_id
LEFT JOIN roles_remit AS remit ON remit.role_id = role.id AND remit.period @> %(date)s::date
LEFT JOIN roles_pathway AS pathway ON pathway.id = remit.pathway_id
LEFT JOIN standing ON standing.organisation_id = {_AREA} {STANDING_JOINS}
LEFT JOIN organisations_organisation AS employer ON employer.id = appointment.employer_id
LEFT JOIN money ON money.appointment_id = appointment.id
LEFT JOIN sitting ON sitting.appointment_id = appointment.id
LEFT JOIN ics_leadership_source AS source ON source.id = appointment.source_id
LEFT JOIN written ON written.id = appointment.id
""",
)  # fmt: skip
