"""Writes links and successions: the register follows what `targets` worked out, except where an editor has changed it.

`ImportedLink` holds each as the import last settled it. A link of the register that still equals it was not touched by
hand and follows; one that does not was, and stays, and the import reports the difference.
"""

from __future__ import annotations

from django.db import connection

from organisations.models import LinkKind

SUCCEEDED_BY = "succeeded_by"

_KEY = 'kind, organisation_id, other_id, first_day, "end", start_precision, end_precision'

_COMPARE = f"""
CREATE TEMP TABLE wanted_link ON COMMIT DROP AS
    SELECT {_KEY}, max(source_id) AS source_id
    FROM (
        SELECT l.kind, c.organisation_id, p.organisation_id AS other_id, l.lower AS first_day, l.upper AS "end",
            l.start_precision, l.end_precision, l.source_id
        FROM target_link l
        JOIN settled_organisation c ON c.id = l.child JOIN settled_organisation p ON p.id = l.parent
        UNION ALL
        SELECT '{SUCCEEDED_BY}', p.organisation_id, s.organisation_id, t."on", t."on" + 1, 'day', 'day', t.source_id
        FROM target_succession t
        JOIN settled_organisation p ON p.id = t.predecessor JOIN settled_organisation s ON s.id = t.successor
    ) wanted
    WHERE organisation_id <> other_id
    GROUP BY {_KEY};
CREATE TEMP TABLE fresh ON COMMIT DROP AS
    SELECT f.*, w.source_id,
        row_number() OVER (PARTITION BY f.kind, f.organisation_id, f.other_id ORDER BY f.first_day, f."end") AS place
    FROM (SELECT {_KEY} FROM wanted_link EXCEPT SELECT {_KEY} FROM organisations_importedlink) f
    JOIN wanted_link w ON w.kind = f.kind AND w.organisation_id = f.organisation_id AND w.other_id = f.other_id
        AND w.first_day IS NOT DISTINCT FROM f.first_day AND w."end" IS NOT DISTINCT FROM f."end"
        AND w.start_precision = f.start_precision AND w.end_precision = f.end_precision;
CREATE TEMP TABLE gone ON COMMIT DROP AS
    SELECT g.*, l.id AS link_id,
        row_number() OVER (PARTITION BY g.kind, g.organisation_id, g.other_id ORDER BY g.first_day, g."end") AS place
    FROM (SELECT {_KEY} FROM organisations_importedlink EXCEPT SELECT {_KEY} FROM wanted_link) g
    LEFT JOIN organisations_link l ON l.kind = g.kind AND l.organisation_id = g.organisation_id
        AND l.other_id = g.other_id AND l.period = daterange(g.first_day, g."end")
        AND l.start_precision = g.start_precision AND l.end_precision = g.end_precision
    WHERE g.organisation_id IN (SELECT id FROM organisations_organisation)
    AND g.other_id IN (SELECT id FROM organisations_organisation);
"""

# Each new reading takes the place of an old one of the same two, so that a spell that got an end is changed, not made
# anew. What an editor entered by hand for some of the same days goes before what is published: a row that would run
# into it stays out, or as it was, and is reported with the rest.
_SETTLE = f"""
CREATE TEMP TABLE written_link (kind text, outcome text) ON COMMIT DROP;
WITH written AS (
    DELETE FROM organisations_link l USING gone g
    WHERE l.id = g.link_id AND NOT EXISTS (
        SELECT FROM fresh f WHERE f.kind = g.kind AND f.organisation_id = g.organisation_id
        AND f.other_id = g.other_id AND f.place = g.place)
    RETURNING g.kind
) INSERT INTO written_link SELECT kind, 'removed' FROM written;
WITH written AS (
    UPDATE organisations_link l
    SET period = daterange(f.first_day, f."end"), start_precision = f.start_precision,
        end_precision = f.end_precision, source_id = f.source_id
    FROM gone g JOIN fresh f USING (kind, organisation_id, other_id, place)
    WHERE l.id = g.link_id AND NOT EXISTS (
        SELECT FROM organisations_link o
        WHERE o.organisation_id = f.organisation_id AND o.kind = f.kind AND o.id <> l.id
        AND NOT (o.as_published AND l.as_published) AND o.period && daterange(f.first_day, f."end")
        AND (o.other_id = f.other_id OR o.kind = '{LinkKind.CORE_PARTNER_OF}'))
    RETURNING f.kind
) INSERT INTO written_link SELECT kind, 'changed' FROM written;
CREATE TEMP TABLE unheard ON COMMIT DROP AS
    SELECT f.* FROM fresh f
    WHERE f.kind <> '{SUCCEEDED_BY}'
    AND NOT EXISTS (SELECT FROM gone g WHERE g.kind = f.kind AND g.organisation_id = f.organisation_id
        AND g.other_id = f.other_id AND g.place = f.place)
    AND NOT EXISTS (
        SELECT FROM organisations_link l
        WHERE l.organisation_id = f.organisation_id AND l.kind = f.kind AND l.period && daterange(f.first_day, f."end")
        AND (l.other_id = f.other_id OR (l.kind = '{LinkKind.CORE_PARTNER_OF}' AND NOT l.as_published)));
WITH written AS (
    INSERT INTO organisations_link
        (organisation_id, kind, other_id, period, start_precision, end_precision, as_published, source_id)
    SELECT organisation_id, kind, other_id, daterange(first_day, "end"), start_precision, end_precision, true, source_id
    FROM unheard RETURNING kind
) INSERT INTO written_link SELECT kind, 'created' FROM written;
WITH written AS (
    DELETE FROM organisations_succession s USING gone g
    WHERE g.kind = '{SUCCEEDED_BY}' AND s.predecessor_id = g.organisation_id AND s.successor_id = g.other_id
    AND s."on" = g.first_day RETURNING 1
) INSERT INTO written_link SELECT '{SUCCEEDED_BY}', 'removed' FROM written;
WITH written AS (
    INSERT INTO organisations_succession (predecessor_id, successor_id, "on", source_id)
    SELECT organisation_id, other_id, first_day, source_id FROM fresh WHERE kind = '{SUCCEEDED_BY}'
    ON CONFLICT (predecessor_id, successor_id, "on") DO NOTHING RETURNING 1
) INSERT INTO written_link SELECT '{SUCCEEDED_BY}', 'created' FROM written;
DELETE FROM organisations_importedlink i USING gone g
    WHERE i.kind = g.kind AND i.organisation_id = g.organisation_id AND i.other_id = g.other_id
    AND i.first_day IS NOT DISTINCT FROM g.first_day AND i."end" IS NOT DISTINCT FROM g."end"
    AND i.start_precision = g.start_precision AND i.end_precision = g.end_precision;
INSERT INTO organisations_importedlink ({_KEY}) SELECT {_KEY} FROM fresh;
"""

EDITED_BY_HAND = f"""
    SELECT o.ods_code, o.name, o.kind, concat(replace(w.kind, '_', ' '), ' ', p.ods_code),
        coalesce((
            SELECT string_agg(concat(lower(l.period), ' to ', upper(l.period) - 1), '; ' ORDER BY l.period)
            FROM organisations_link l
            WHERE l.organisation_id = w.organisation_id AND l.kind = w.kind AND l.other_id = w.other_id), 'nothing'),
        concat(w.first_day, ' to ', w."end" - 1)
    FROM wanted_link w
    JOIN organisations_organisation o ON o.id = w.organisation_id
    JOIN organisations_organisation p ON p.id = w.other_id
    WHERE CASE w.kind WHEN '{SUCCEEDED_BY}' THEN NOT EXISTS (
        SELECT FROM organisations_succession s
        WHERE s.predecessor_id = w.organisation_id AND s.successor_id = w.other_id AND s."on" = w.first_day)
    ELSE NOT EXISTS (
        SELECT FROM organisations_link l
        WHERE l.organisation_id = w.organisation_id AND l.kind = w.kind AND l.other_id = w.other_id
        AND l.period = daterange(w.first_day, w."end")
        AND l.start_precision = w.start_precision AND l.end_precision = w.end_precision)
    END
    ORDER BY 1, 3, 4
"""

_TABLES = ("wanted_link", "fresh", "gone", "written_link", "unheard")


def settle() -> bool:
    """Bring links and successions in line with their targets; returns whether anything was written."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"DROP TABLE IF EXISTS pg_temp.{table}" for table in _TABLES))
        cursor.execute(_COMPARE)
        cursor.execute("ANALYZE wanted_link; ANALYZE fresh; ANALYZE gone")
        cursor.execute(_SETTLE)
        cursor.execute("SELECT EXISTS (SELECT FROM fresh) OR EXISTS (SELECT FROM gone)")
        wrote = bool(cursor.fetchone()[0])
        written = ["organisations_link", "organisations_succession", "organisations_importedlink"] if wrote else []
        cursor.execute(f"ANALYZE {', '.join([*_TABLES, *written])}")
        return wrote
