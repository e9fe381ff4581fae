"""Where organisations stand on a day (their place, board and region), for every table that is taken away."""

STANDING_SQL = """
up (organisation_id, id, depth) AS (
    SELECT id, id, 0 FROM ({organisations}) AS asked (id)
    UNION
    SELECT up.organisation_id, onward.id, up.depth + 1
    FROM up CROSS JOIN LATERAL (
        SELECT other_id AS id FROM organisations_link
            WHERE organisation_id = up.id AND kind <> 'covers' AND period @> %(date)s::date
        UNION ALL
        SELECT other_id FROM organisations_link
            WHERE organisation_id = up.id AND kind = 'covers' AND up.depth = 0 AND period @> %(date)s::date
    ) AS onward
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
