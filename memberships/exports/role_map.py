"""The role map: one row for each appointment, flat, as an analyst would have typed it."""

from __future__ import annotations

from ics_leadership.exports import Column, Of, Table, invented, listed, start_and_end, told_by, updated_at, written
from memberships.exports.columns import (
    ACCOUNTABLE,
    HOST,
    HOST_KIND,
    ON_WHOSE_BEHALF,
    PERSON,
    PROFESSION,
    ROLE_TYPE,
    how_appointed,
    role_named,
)
from memberships.exports.funding import FUNDED_BY, SESSIONS, annual_amount, money
from organisations.exports import STANDING_JOINS, lies_in, standing
from roles.models import FundingKind

_OF_THE_ROLE = (
    *role_named("post"),
    ROLE_TYPE,
    *ON_WHOSE_BEHALF,
    *HOST,
    *HOST_KIND,
    *lies_in("the role"),
)
"""The columns about a role. Roles are held again and again: what they are is worked out once for all who held them."""


ROLE_MAP = Table(
    name="role-map",
    title="Role map",
    meaning="One row for each appointment: one person in one role for one period.",
    columns=(
        Column("appointment_id", Of.INTEGER, "asked.id", "Number of the appointment.", always=True, key_of="appointments"),
        *PERSON,
        PROFESSION,
        *told_by("role", _OF_THE_ROLE),
        *start_and_end("asked"),
        how_appointed("asked"),
        *told_by("role", [ACCOUNTABLE]),
        Column("employer", Of.TEXT, "employer.name", "Who employs them for it, where it is recorded."),
        FUNDED_BY,
        Column("funding_kind", Of.TEXT, "money.funding_kind", f"Where the money comes from: {', '.join(FundingKind.values)}; several are joined by “; ”."),
        SESSIONS,
        annual_amount("role.organisation_id"),
        Column("groups", Of.TEXT, "sitting.groups", "Groups on which they sit by virtue of this appointment on the day; several are joined by “; ”."),
        Column("source", Of.TEXT, "source.title", "Where the appointment was found."),
        invented("person"),
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
    SELECT {listed((*_OF_THE_ROLE, ACCOUNTABLE))}
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
