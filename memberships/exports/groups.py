"""Groups: one row for each, with the terms of reference that are in force on the day."""

from __future__ import annotations

from ics_leadership.exports import (
    Column,
    Of,
    Table,
    confirmed_on,
    ended_by,
    invented,
    numbered,
    start_and_end,
    updated_at,
    where_from,
    written,
)
from memberships.exports.columns import COVERS_ID, COVERS_NAME
from memberships.exports.funding import FUNDING_KIND, PAYER_IDS, annual_amount, money
from memberships.models import ChairChosen, DecisionRule, GroupKind, Nature, RegisterOfInterests
from organisations.exports import REGION_ID, STANDING_JOINS, lies_in, standing

_AREA = "coalesce(grp.covers_id, grp.host_id)"
_IN_FORCE = "The terms of reference in force on the day."

GROUPS = Table(
    name="groups",
    title="Groups",
    meaning="One row for each group: a leadership group, board or forum, and what its terms of the day say.",
    columns=(
        *numbered("group", "grp"),
        Column("name", Of.TEXT, "grp.name", "What the group is called.", always=True),
        Column("kind", Of.TEXT, "grp.kind", "What the group is.", choices=dict(GroupKind.choices), always=True),
        Column("host_id", Of.INTEGER, "host.id", "Number of the organisation that hosts it.", always=True, key_of="organisations"),
        Column("host_code", Of.TEXT, "host.ods_code", "ODS code of that organisation."),
        Column("host_name", Of.TEXT, "host.name", "What that organisation is called.", always=True),
        COVERS_ID,
        Column("covers_code", Of.TEXT, "covers.ods_code", "ODS code of that organisation."),
        COVERS_NAME,
        *lies_in("the group"),
        REGION_ID,
        *start_and_end("grp"),
        ended_by("grp"),
        Column("remit", Of.TEXT, "nullif(remit.summary, '')", "What it is responsible for on the day."),
        Column("reports_to", Of.TEXT, "reporting.names", "The groups and organisations to which it reports on the day; several are joined by “; ”."),
        Column("reports_to_group_ids", Of.TEXT, "reporting.group_ids", "Numbers of the groups among them; several are joined by “; ”."),
        Column("reports_to_organisation_ids", Of.TEXT, "reporting.organisation_ids", "Numbers of the organisations among them; several are joined by “; ”."),
        Column("influences_ids", Of.TEXT, "influence.ids", "Numbers of the organisations that it is there to influence on the day; several are joined by “; ”."),
        Column("funded_by", Of.TEXT, "money.funded_by", "Who pays for it on the day; several are joined by “; ”."),
        PAYER_IDS,
        FUNDING_KIND,
        annual_amount(_AREA),
        Column("terms_id", Of.INTEGER, "terms.id", "Number of the terms of reference in force on the day, an `id` of “terms” in the changes."),
        Column("terms_version", Of.TEXT, "terms.version", "What that version is called.", source=_IN_FORCE),
        Column("purpose", Of.TEXT, "nullif(terms.purpose, '')", "What the group is for.", source=_IN_FORCE),
        Column("nature", Of.TEXT, "terms.nature", "What the group says that it is.", source=_IN_FORCE, choices=dict(Nature.choices)),
        Column("decision_rule", Of.TEXT, "terms.decision_rule", "How it decides.", source=_IN_FORCE, choices=dict(DecisionRule.choices)),
        Column("quorum", Of.INTEGER, "terms.quorum", "How many have to be there.", source=_IN_FORCE),
        Column("term_months", Of.INTEGER, "terms.term_months", "How long a term is, in months.", source=_IN_FORCE),
        Column("warning_months", Of.INTEGER, "terms.warning_months", "How long before its end a term is warned of, in months.", source=_IN_FORCE),
        Column("term_limit", Of.INTEGER, "terms.term_limit", "How many terms in a row somebody may serve.", source=_IN_FORCE),
        Column("chair_chosen", Of.TEXT, "terms.chair_chosen", "How it comes by its chair.", source=_IN_FORCE, choices=dict(ChairChosen.choices)),
        Column("interests", Of.TEXT, "terms.interests", "Whether a register of its members’ interests is kept.", source=_IN_FORCE, choices=dict(RegisterOfInterests.choices)),
        Column("publishes_findings", Of.BOOLEAN, "terms.publishes_findings", "Whether what is found about it is shown to all who are signed in.", source=_IN_FORCE),
        Column("publishes_proposals", Of.BOOLEAN, "terms.publishes_proposals", "Whether its proposals are published.", source=_IN_FORCE),
        Column("review_on", Of.DATE, "terms.review_on", "When the terms are to be reviewed.", source=_IN_FORCE),
        Column("members", Of.INTEGER, "coalesce(sitting.members, 0)", "How many people sit on it on the day.", always=True),
        *where_from("grp"),
        invented("grp"),
        confirmed_on("grp"),
        updated_at("group"),
    ),
    beforehand=f"""
, {standing(f"SELECT DISTINCT {_AREA} FROM asked JOIN memberships_group AS grp ON grp.id = asked.id")}
, {money("group_id", "memberships_groupfunding", ("annual_amount",))}, reporting AS (
    SELECT line.group_id, string_agg(coalesce(above.name, body.name), '; ' ORDER BY line.id) AS names,
        string_agg(above.id::text, '; ' ORDER BY line.id) AS group_ids,
        string_agg(body.id::text, '; ' ORDER BY line.id) AS organisation_ids
    FROM memberships_reportingline AS line
    LEFT JOIN memberships_group AS above ON above.id = line.to_group_id
    LEFT JOIN organisations_organisation AS body ON body.id = line.to_organisation_id
    WHERE line.group_id IN (SELECT id FROM asked) AND line.period @> %(date)s::date
    GROUP BY line.group_id
), influence AS (
    SELECT group_id, string_agg(organisation_id::text, '; ' ORDER BY organisation_id) AS ids
    FROM memberships_influence WHERE group_id IN (SELECT id FROM asked) AND period @> %(date)s::date
    GROUP BY group_id
), sitting AS (
    SELECT terms.group_id, count(DISTINCT seated.person_id) AS members
    FROM memberships_terms AS terms
    JOIN memberships_seat AS seat ON seat.terms_id = terms.id
    JOIN memberships_membership AS seated ON seated.seat_id = seat.id
    WHERE terms.group_id IN (SELECT id FROM asked) AND seated.period @> %(date)s::date
    GROUP BY terms.group_id
), {written("memberships_groupevent")}
""",
    read_from=f"""
asked JOIN memberships_group AS grp ON grp.id = asked.id
JOIN organisations_organisation AS host ON host.id = grp.host_id
LEFT JOIN organisations_organisation AS covers ON covers.id = grp.covers_id
LEFT JOIN memberships_terms AS terms ON terms.group_id = grp.id AND terms.period @> %(date)s::date
LEFT JOIN memberships_groupremit AS remit ON remit.group_id = grp.id AND remit.period @> %(date)s::date
LEFT JOIN standing ON standing.organisation_id = {_AREA} {STANDING_JOINS}
LEFT JOIN reporting ON reporting.group_id = grp.id
LEFT JOIN influence ON influence.group_id = grp.id
LEFT JOIN money ON money.group_id = grp.id
LEFT JOIN sitting ON sitting.group_id = grp.id
LEFT JOIN ics_leadership_source AS source ON source.id = grp.source_id
LEFT JOIN written ON written.id = grp.id
""",
)  # fmt: skip
