"""The role map: one row for each appointment, flat, as an analyst would have typed it."""

from __future__ import annotations

from ics_leadership.accounts.models import Sight
from ics_leadership.exports import Column, Of, Table, listed, start_and_end, told_by, updated_at, written
from memberships.exports.funding import money, where_seen
from memberships.models import HowAppointed, Profession
from organisations.exports import STANDING_JOINS, lies_in, standing
from organisations.models import Kind, Sector
from roles.models import ActsFor, FundingKind, OpenTo

PERSON_NAME = "concat_ws(' ', nullif(person.title, ''), nullif(person.given_names, ''), person.family_name)"

_OF_THE_ROLE = (
    Column("role_id", Of.INTEGER, "post.id", "Number of the role.", always=True, key_of="roles"),
    Column("role_title", Of.TEXT, "post.title", "What the role is called.", always=True),
    Column("role_type", Of.TEXT, "role_type.name", "The kind of role.", always=True),
    Column("acts_for", Of.TEXT, "coalesce(remit.acts_for, role_type.acts_for)", "On whose behalf the role acts.", source="The remit in force on the day, else what is usual for the type of role.", choices=dict(ActsFor.choices), always=True),
    Column("open_to", Of.TEXT, "coalesce(remit.open_to, role_type.open_to)", "Who may hold the role.", source="The remit in force on the day, else what is usual for the type of role.", choices=dict(OpenTo.choices), always=True),
    Column("pathway", Of.TEXT, "pathway.name", "The field of care that a system clinical lead leads.", source="The remit in force on the day."),
    Column("organisation_id", Of.INTEGER, "body.id", "Number of the organisation in which the role stands; of a role of a group, of its host.", always=True, key_of="organisations"),
    Column("organisation_code", Of.TEXT, "body.ods_code", "ODS code of the organisation. Two organisations may share one, one after the other."),
    Column("organisation_name", Of.TEXT, "body.name", "What the organisation is called.", always=True),
    Column("organisation_kind", Of.TEXT, "body.kind", "What the organisation is.", choices=dict(Kind.choices), always=True),
    Column("sector", Of.TEXT, "body.sector", "Which part of the health and care system it belongs to.", choices=dict(Sector.choices), always=True),
    *lies_in("the role"),
)  # fmt: skip
_ACCOUNTABLE = Column("accountable", Of.BOOLEAN, "role_type.accountable", "Whether the holder is the named accountable clinical director of a network.", always=True)  # fmt: skip
"""The columns about a role. Roles are held again and again: what they are is worked out once for all who held them."""


ROLE_MAP = Table(
    name="role-map",
    title="Role map",
    meaning="One row for each appointment: one person in one role for one period.",
    columns=(
        Column("appointment_id", Of.INTEGER, "asked.id", "Number of the appointment.", always=True, key_of="appointments"),
        Column("person_id", Of.INTEGER, "person.id", "Number of the person.", always=True, key_of="people"),
        Column("person_name", Of.TEXT, PERSON_NAME, "Name as people say it.", always=True),
        Column("profession", Of.TEXT, "nullif(person.profession, '')", "What they are by training.", choices=dict(Profession.choices)),
        *told_by("role", _OF_THE_ROLE),
        *start_and_end("asked"),
        Column("how_appointed", Of.TEXT, "nullif(asked.how, '')", "How they came to the role.", choices=dict(HowAppointed.choices)),
        *told_by("role", [_ACCOUNTABLE]),
        Column("employer", Of.TEXT, "employer.name", "Who employs them for it, where it is recorded."),
        Column("funded_by", Of.TEXT, "money.funded_by", "Who pays on the day; several are joined by “; ”."),
        Column("funding_kind", Of.TEXT, "money.funding_kind", f"Where the money comes from: {', '.join(FundingKind.values)}; several are joined by “; ”."),
        Column("sessions_per_week", Of.NUMBER, "money.sessions_per_week", "Sessions a week, all payers together."),
        Column("annual_amount", Of.NUMBER, where_seen(Sight.AMOUNTS, "role.organisation_id", "money.annual_amount"), "Pounds a year, all payers together, where you may see them.", sight=Sight.AMOUNTS),
        Column("groups", Of.TEXT, "sitting.groups", "Groups on which they sit by virtue of this appointment on the day; several are joined by “; ”."),
        Column("source", Of.TEXT, "source.title", "Where the appointment was found."),
        Column("invented", Of.BOOLEAN, "person.invented", "Whether this is part of a demonstration.", always=True),
        updated_at("appointment", "asked.at"),
    ),
    beforehand=f"""
, {written("memberships_appointmentevent")}, held AS MATERIALIZED (
    SELECT asked.place, appointment.id, appointment.person_id, appointment.role_id, appointment.period, appointment.start_precision,
        appointment.end_precision, appointment.how, appointment.employer_id, appointment.source_id, written.at
    FROM asked JOIN memberships_appointment AS appointment ON appointment.id = asked.id
    LEFT JOIN written ON written.id = appointment.id
), post AS MATERIALIZED (
    SELECT role.id, role.title, role.role_type_id, role.organisation_id,
        coalesce(of_group.covers_id, role.organisation_id) AS area_id
    FROM roles_role AS role
    LEFT JOIN memberships_grouprole AS group_role ON group_role.role_id = role.id
    LEFT JOIN memberships_group AS of_group ON of_group.id = group_role.group_id
    WHERE role.id IN (SELECT role_id FROM held)
), {standing("SELECT area_id FROM post")}, role AS MATERIALIZED (
    SELECT {listed((*_OF_THE_ROLE, _ACCOUNTABLE))}
    FROM post
    JOIN roles_roletype AS role_type ON role_type.id = post.role_type_id
    JOIN organisations_organisation AS body ON body.id = post.organisation_id
    LEFT JOIN roles_remit AS remit ON remit.role_id = post.id AND remit.period @> %(date)s::date
    LEFT JOIN roles_pathway AS pathway ON pathway.id = remit.pathway_id
    LEFT JOIN standing ON standing.organisation_id = post.area_id {STANDING_JOINS}
), {money("appointment_id", "memberships_fundingline", ("sessions_per_week", "annual_amount"))}, sitting AS (
    SELECT seated.basis_appointment_id AS appointment_id, string_agg(DISTINCT grp.name, '; ') AS groups
    FROM memberships_membership AS seated
    JOIN memberships_seat AS seat ON seat.id = seated.seat_id
    JOIN memberships_terms AS terms ON terms.id = seat.terms_id
    JOIN memberships_group AS grp ON grp.id = terms.group_id
    WHERE seated.basis_appointment_id IN (SELECT id FROM asked) AND seated.period @> %(date)s::date
    GROUP BY seated.basis_appointment_id
)
""",
    read_from="""
held AS asked
JOIN role ON role.role_id = asked.role_id
JOIN memberships_person AS person ON person.id = asked.person_id
LEFT JOIN organisations_organisation AS employer ON employer.id = asked.employer_id
LEFT JOIN money ON money.appointment_id = asked.id
LEFT JOIN sitting ON sitting.appointment_id = asked.id
LEFT JOIN ics_leadership_source AS source ON source.id = asked.source_id
""",
)  # fmt: skip
