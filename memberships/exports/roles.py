"""Roles: one row for each post, whether or not anybody holds it."""

from __future__ import annotations

from ics_leadership.exports import (
    Column,
    Of,
    Table,
    confirmed_on,
    ended_by,
    numbered,
    start_and_end,
    updated_at,
    where_from,
    written,
)
from memberships.exports.columns import ACCOUNTABLE, HOST, HOST_KIND, ON_WHOSE_BEHALF, ROLE_TYPE, ROLE_TYPE_ID
from organisations.exports import REGION_ID, STANDING_JOINS, lies_in, standing

_AREA = "coalesce(grp.covers_id, role.organisation_id)"
_POSTS = """
JOIN roles_role AS role ON role.id = asked.id
LEFT JOIN memberships_grouprole AS of_group ON of_group.role_id = role.id
LEFT JOIN memberships_group AS grp ON grp.id = of_group.group_id
"""

ROLES = Table(
    name="roles",
    title="Roles",
    meaning="One row for each role: a post that exists whether or not anybody holds it, and its remit on the day.",
    columns=(
        *numbered("role", "role"),
        Column("title", Of.TEXT, "role.title", "What the role is called.", always=True),
        ROLE_TYPE_ID,
        ROLE_TYPE,
        ACCOUNTABLE,
        Column("leads", Of.BOOLEAN, "role_type.leads", "Whether its holder leads the organisation or group in which it stands.", always=True),
        *ON_WHOSE_BEHALF,
        Column("remit", Of.TEXT, "nullif(remit.summary, '')", "What it is responsible for.", source="The remit in force on the day."),
        Column("functions", Of.TEXT, "parts.functions", "Each function in which it has a part, with the part: “leads: Workforce”; several are joined by “; ”.", source="The remit in force on the day."),
        *HOST,
        *HOST_KIND,
        Column("group_id", Of.INTEGER, "grp.id", "Number of the group to which the role belongs.", key_of="groups"),
        Column("group_name", Of.TEXT, "grp.name", "What that group is called."),
        *lies_in("the role"),
        REGION_ID,
        *start_and_end("role"),
        ended_by("role"),
        Column("holders", Of.INTEGER, "coalesce(holding.holders, 0)", "How many hold it on the day.", always=True),
        *where_from("role"),
        confirmed_on("role"),
        updated_at("role"),
    ),
    beforehand=f"""
, {standing(f"SELECT DISTINCT {_AREA} FROM asked {_POSTS}")}, holding AS (
    SELECT role_id, count(*) AS holders FROM memberships_appointment
    WHERE role_id IN (SELECT id FROM asked) AND period @> %(date)s::date
    GROUP BY role_id
), parts AS (
    SELECT remit.id AS remit_id, string_agg(part.part || ': ' || function.name, '; ' ORDER BY function.name) AS functions
    FROM roles_remit AS remit
    JOIN roles_remitfunction AS part ON part.remit_id = remit.id
    JOIN roles_function AS function ON function.id = part.function_id
    WHERE remit.role_id IN (SELECT id FROM asked) AND remit.period @> %(date)s::date
    GROUP BY remit.id
), {written("roles_roleevent")}
""",
    read_from=f"""
asked {_POSTS}
JOIN roles_roletype AS role_type ON role_type.id = role.role_type_id
JOIN organisations_organisation AS body ON body.id = role.organisation_id
LEFT JOIN roles_remit AS remit ON remit.role_id = role.id AND remit.period @> %(date)s::date
LEFT JOIN roles_pathway AS pathway ON pathway.id = remit.pathway_id
LEFT JOIN parts ON parts.remit_id = remit.id
LEFT JOIN standing ON standing.organisation_id = {_AREA} {STANDING_JOINS}
LEFT JOIN holding ON holding.role_id = role.id
LEFT JOIN ics_leadership_source AS source ON source.id = role.source_id
LEFT JOIN written ON written.id = role.id
""",
)  # fmt: skip
