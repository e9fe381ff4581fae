"""Where organisations stand on a day (their place, board and region), for every table that is taken away; and the table of
organisations themselves.
"""

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
from organisations.models import Kind, Sector, Status

STANDING_SQL = """
up (organisation_id, id, depth) AS (
    SELECT id, id, 0 FROM ({organisations}) AS asked (id)
    UNION
    SELECT up.organisation_id, onward.other_id, up.depth + 1
    FROM up JOIN organisations_link AS onward ON onward.organisation_id = up.id
        AND (onward.kind <> 'covers' OR up.depth = 0) AND onward.period @> %(date)s::date
    WHERE up.depth < 8
),
above AS (
    SELECT up.organisation_id, each.id, each.kind,
        rank() OVER (PARTITION BY up.organisation_id, each.kind ORDER BY up.depth) AS nearness
    FROM up JOIN organisations_organisation AS each ON each.id = up.id
    WHERE each.kind IN ('place', 'icb', 'region')
),
standing AS (
    SELECT organisation_id, {columns}
    FROM above WHERE nearness = 1 GROUP BY organisation_id
)
"""

_ONE_ALONE = "CASE WHEN min(id) FILTER ({of}) = max(id) FILTER ({of}) THEN min(id) FILTER ({of}) END AS {kind}_id"


def standing(organisations: str) -> str:
    """Queries for WITH RECURSIVE, the last of them `standing`: of each of the `organisations` (a statement of ids) the
    `place_id`, `icb_id` and `region_id` in which it lies on the day `%(date)s`.

    A body that covers areas lies where they do: in none where they are several. Areas nest no deeper than eight links.
    """
    columns = (_ONE_ALONE.format(kind=kind, of=f"WHERE kind = '{kind}'") for kind in ("place", "icb", "region"))
    return STANDING_SQL.format(organisations=organisations, columns=", ".join(columns))


STANDING_JOINS = """
LEFT JOIN organisations_organisation AS place ON place.id = standing.place_id
LEFT JOIN organisations_organisation AS icb ON icb.id = standing.icb_id
LEFT JOIN organisations_organisation AS region ON region.id = standing.region_id
"""
"""What `lies_in` names, after a join of `standing`."""


def lies_in(what: str) -> list[Column]:
    """The columns that say where something lies on the day; `what` is what lies there, in words."""
    return [
        Column("place_id", Of.INTEGER, "place.id", f"Number of the place in which {what} lies on the day.", key_of="organisations"),
        Column("place_name", Of.TEXT, "place.name", "What that place is called."),
        Column("icb_id", Of.INTEGER, "icb.id", f"Number of the integrated care board in whose area {what} lies on the day.", key_of="organisations"),
        Column("icb_code", Of.TEXT, "icb.ods_code", "ODS code of that board."),
        Column("icb_name", Of.TEXT, "icb.name", "What that board is called."),
        Column("region_code", Of.TEXT, "region.ods_code", "ODS code of the NHS England region."),
        Column("region_name", Of.TEXT, "region.name", "What that region is called."),
    ]  # fmt: skip


REGION_ID = Column("region_id", Of.INTEGER, "region.id", "Number of that region.", key_of="organisations")
"""Beside `lies_in`, in tables that have the number of all that they name."""


ORGANISATIONS = Table(
    name="organisations",
    title="Organisations",
    meaning="One row for each organisation: what it is, where it lies on the day, and what came before and after it.",
    columns=(
        *numbered("organisation", "body"),
        Column("kind", Of.TEXT, "body.kind", "What it is.", choices=dict(Kind.choices), always=True),
        Column("sector", Of.TEXT, "body.sector", "Which part of the health and care system it belongs to.", choices=dict(Sector.choices), always=True),
        Column("name", Of.TEXT, "body.name", "What it is called.", always=True),
        Column("short_name", Of.TEXT, "nullif(body.short_name, '')", "What people call it for short."),
        Column("ods_code", Of.TEXT, "body.ods_code", "Its ODS code. Two organisations may share one, one after the other."),
        Column("ons_code", Of.TEXT, "nullif(body.ons_code, '')", "Its code of the Office for National Statistics."),
        Column("status", Of.TEXT, "body.status", "What ODS says of it beside its dates.", choices=dict(Status.choices), always=True),
        Column("address", Of.TEXT, "nullif(body.address, '')", "Where its post goes."),
        Column("postcode", Of.TEXT, "nullif(body.postcode, '')", "The postcode of that address."),
        Column("telephone", Of.TEXT, "nullif(body.telephone, '')", "Its published telephone number."),
        *start_and_end("body"),
        ended_by("body"),
        Column("part_of_ids", Of.TEXT, "links.part_of", "Numbers of the organisations of which it is part, core partner or member on the day; several are joined by “; ”."),
        Column("covers_ids", Of.TEXT, "links.covers", "Numbers of the organisations whose area it covers on the day; several are joined by “; ”."),
        *lies_in("it"),
        REGION_ID,
        Column("predecessor_ids", Of.TEXT, "earlier.ids", "Numbers of those that it took over from, wholly or in part; several are joined by “; ”."),
        Column("successor_ids", Of.TEXT, "later.ids", "Numbers of those that took over from it, wholly or in part; several are joined by “; ”."),
        *where_from("body"),
        invented("body"),
        confirmed_on("body", "; of what ODS publishes, when the file was published from which the register last took it"),
        updated_at("organisation"),
    ),
    beforehand=f"""
, {standing("SELECT id FROM asked")}, links AS (
    SELECT organisation_id,
        string_agg(other_id::text, '; ' ORDER BY other_id) FILTER (WHERE kind <> 'covers') AS part_of,
        string_agg(other_id::text, '; ' ORDER BY other_id) FILTER (WHERE kind = 'covers') AS covers
    FROM (SELECT DISTINCT organisation_id, kind, other_id FROM organisations_link
        WHERE organisation_id IN (SELECT id FROM asked) AND period @> %(date)s::date) AS link
    GROUP BY organisation_id
), earlier AS (
    SELECT successor_id AS id, string_agg(DISTINCT predecessor_id::text, '; ') AS ids FROM organisations_succession
    WHERE successor_id IN (SELECT id FROM asked) GROUP BY successor_id
), later AS (
    SELECT predecessor_id AS id, string_agg(DISTINCT successor_id::text, '; ') AS ids FROM organisations_succession
    WHERE predecessor_id IN (SELECT id FROM asked) GROUP BY predecessor_id
), {written("organisations_organisationevent")}
""",
    read_from=f"""
asked JOIN organisations_organisation AS body ON body.id = asked.id
LEFT JOIN standing ON standing.organisation_id = body.id {STANDING_JOINS}
LEFT JOIN links ON links.organisation_id = body.id
LEFT JOIN earlier ON earlier.id = body.id
LEFT JOIN later ON later.id = body.id
LEFT JOIN ics_leadership_source AS source ON source.id = body.source_id
LEFT JOIN written ON written.id = body.id
""",
)  # fmt: skip
