"""Which organisations there were, from when until when, who succeeded whom and who stood where.

SQL for `targets`, which runs it after that of `evidence`. It leaves the tables that `targets` promises.
"""

from __future__ import annotations

import datetime

from organisations.models import Kind, LinkKind
from organisations.ods import lives
from organisations.ods.rows import Relation


def _day(day: datetime.date | None) -> str:
    return f"'{day}'::date" if day else "NULL::date"


_LIFE_ROWS = ", ".join(f"('{kind}', {_day(life.first)}, {_day(life.last)} + 1)" for kind, life in lives.LIVES.items())

# When each existed. Published dates go first; else the law's for its kind, successions, and the earliest day on which
# something published speaks of it ("by"). One that only ended spells speak of has an end on a day nobody knows.
PERIODS = f"""
CREATE TEMP TABLE dated ON COMMIT DROP AS
    SELECT told.*,
        greatest(CASE
            WHEN opened IS NOT NULL THEN opened
            WHEN succeeded IS NOT NULL AND succeeded <= evidence THEN succeeded
            WHEN kind = '{Kind.ICB}' THEN life_first
            ELSE evidence END, life_first) AS lower,
        CASE WHEN opened IS NOT NULL OR kind = '{Kind.ICB}' OR (succeeded IS NOT NULL AND succeeded <= evidence)
            OR evidence < life_first THEN 'day' ELSE 'by' END AS start_precision,
        least(CASE
            WHEN dated OR closed IS NOT NULL THEN closed + 1
            WHEN gave_way > coalesce(last_registered, '-infinity')
                THEN greatest(gave_way, nullif(spells_end, 'infinity'))
            WHEN spells_end < 'infinity' AND name = '' THEN spells_end END, life_end) AS upper,
        CASE WHEN dated OR closed IS NOT NULL THEN 'day'
            WHEN gave_way > coalesce(last_registered, '-infinity') THEN 'day'
            WHEN spells_end < 'infinity' AND name = '' THEN 'unknown'
            WHEN life_end IS NOT NULL THEN 'by' ELSE 'day' END AS end_precision
    FROM (
        SELECT k.code, k.kind, k.family, coalesce(r.name, '') AS name, coalesce(r.written, '') AS written,
            coalesce(r.dated, false) AS dated, r.opened, r.closed, coalesce(r.status, '') AS status, r.dated_on,
            coalesce(r.address, '') AS address, coalesce(r.postcode, '') AS postcode,
            coalesce(r.telephone, '') AS telephone, coalesce(r.ons_code, '') AS ons_code, r.last_registered, r.as_of,
            coalesce(r.source_id, parent_of.source_id, before.source_id, after.source_id) AS source_id,
            life.first_day AS life_first, life.end_day AS life_end,
            before.on AS succeeded, after.on AS gave_way,
            parent_of.until AS spells_end,
            least(r.first_published, parent_of.first_day, before.on, after.first_on - 1) AS evidence
        FROM kept k
        LEFT JOIN registered r USING (code, kind, family)
        LEFT JOIN (VALUES {_LIFE_ROWS}) life (kind, first_day, end_day) ON life.kind = k.kind
        LEFT JOIN (
            SELECT code, family, min(first_day) AS first_day, max(until) AS until, max(source_id) AS source_id
            FROM (
                SELECT parent AS code, 'commissioner' AS family, min(joined) AS first_day,
                    max(coalesce(until, 'infinity')) AS until, max(source_id) AS source_id
                FROM spell WHERE relation = '{Relation.COMMISSIONER}' GROUP BY parent
                UNION ALL
                SELECT parent, CASE relation WHEN '{Relation.SYSTEM_REGION}' THEN 'region'
                    WHEN '{Relation.NETWORK_AREA}' THEN 'commissioner' ELSE 'system' END,
                    min(published_last), 'infinity', max(source_id)
                FROM standing WHERE joined IS NULL GROUP BY parent, relation
            ) each_relation GROUP BY code, family
        ) parent_of ON parent_of.code = k.code AND parent_of.family = k.family
        LEFT JOIN (
            SELECT successor AS code, min("on") AS "on", max(source_id) AS source_id FROM takeover GROUP BY successor
        ) before ON before.code = k.code
        LEFT JOIN (
            SELECT predecessor AS code, min("on") AS first_on, max("on") AS "on", max(source_id) AS source_id
            FROM takeover GROUP BY predecessor
        ) after ON after.code = k.code
    ) told;

CREATE TEMP TABLE target_organisation ON COMMIT DROP AS
    SELECT DISTINCT ON (code, kind)
        row_number() OVER (ORDER BY code, kind, family) AS id, code, kind, family, name,
        coalesce(nullif(written, ''), code) AS written, dated, as_of, lower,
        CASE WHEN upper > lower THEN upper WHEN upper IS NOT NULL THEN lower + 1 END AS upper,
        start_precision, CASE WHEN upper IS NULL THEN 'day' ELSE end_precision END AS end_precision,
        CASE WHEN status <> '' THEN status WHEN upper <= dated_on OR (NOT dated AND upper IS NOT NULL) THEN 'inactive'
            ELSE 'active' END AS status,
        address, postcode, telephone, ons_code, source_id,
        (SELECT max(published_last) FROM said_file f WHERE f.source_id = dated.source_id) AS published_on
    FROM dated ORDER BY code, kind, family;
CREATE INDEX ON target_organisation (code);
CREATE UNIQUE INDEX ON target_organisation (id);
ANALYZE target_organisation;
"""

# A code at either end of a succession is who bore it on the eve, or on the day; failing that, who bore it nearest.
SUCCESSIONS = f"""
CREATE TEMP TABLE target_succession ON COMMIT DROP AS
    SELECT DISTINCT ON (t.predecessor, t.successor, t."on")
        p.id AS predecessor, s.id AS successor, t."on", t.source_id, p.upper AS predecessor_upper
    FROM takeover t
    JOIN target_organisation p ON p.code = t.predecessor
    JOIN target_organisation s ON s.code = t.successor
    ORDER BY t.predecessor, t.successor, t."on",
        (p.lower < t."on" AND (p.upper IS NULL OR p.upper >= t."on")) DESC, p.lower < t."on" DESC, p.lower DESC, p.id,
        (s.lower <= t."on" AND (s.upper IS NULL OR s.upper > t."on")) DESC, s.upper IS NULL OR s.upper > t."on" DESC,
        s.lower, s.id;
-- ODS kept the record, and with it the code: the organisation that bears it now succeeded the one that bore it before.
INSERT INTO target_succession
    SELECT p.id, s.id, s.lower, s.source_id, p.upper
    FROM target_organisation p JOIN target_organisation s ON s.code = p.code AND s.lower = p.upper
    WHERE (p.kind, s.kind) IN (('{Kind.CCG}', '{Kind.SUB_ICB}'), ('{Kind.STP}', '{Kind.ICB}'));
CREATE TEMP TABLE sole_successor ON COMMIT DROP AS
    SELECT predecessor, min(successor) AS successor FROM target_succession
    WHERE "on" = predecessor_upper GROUP BY predecessor HAVING count(DISTINCT successor) = 1;
ANALYZE sole_successor;
"""

LINKS = f"""
-- Without dates a line says how things stood when it was published. The first such line holds from when both existed;
-- a later one that says otherwise from when its parent opened in between, else from the day it was published ("by").
CREATE TEMP TABLE stood ON COMMIT DROP AS
    WITH seen AS (
        SELECT relation, code, parent, age, published_last, source_id,
            lag(parent) OVER story AS earlier, lag(published_last) OVER story AS earlier_published
        FROM standing WHERE joined IS NULL WINDOW story AS (PARTITION BY relation, code ORDER BY age)
    ), turns AS (
        SELECT relation, code, parent, source_id, age, earlier IS NOT NULL AS turned,
            CASE WHEN earlier IS NOT NULL THEN coalesce(
                (SELECT max(o.lower) FROM target_organisation o WHERE o.code = seen.parent
                    AND o.lower > earlier_published AND o.lower <= published_last),
                published_last) END AS since,
            CASE WHEN EXISTS (SELECT FROM target_organisation o WHERE o.code = seen.parent
                    AND o.lower > earlier_published AND o.lower <= published_last)
                THEN 'day' ELSE 'by' END AS since_precision
        FROM seen WHERE earlier IS DISTINCT FROM parent
    )
    SELECT *, lead(since) OVER story AS until, lead(since_precision) OVER story AS until_precision
    FROM turns WINDOW story AS (PARTITION BY relation, code ORDER BY age);
ANALYZE stood;

-- A link as far as its own file carries it: from `lower` until `until`, whatever becomes of the parent in the meantime.
CREATE TEMP TABLE first_link ON COMMIT DROP AS
    SELECT DISTINCT ON (s.code, s.parent, s.joined, s.until)
        c.id AS child, p.id AS parent, s.joined AS lower, 'day' AS start_precision,
        coalesce(s.until, CASE WHEN c.upper IS NOT NULL THEN greatest(c.upper, s.joined + 1) END) AS until,
        CASE WHEN s.until IS NULL THEN c.end_precision ELSE 'day' END AS until_precision, s.source_id
    FROM spell s
    JOIN target_organisation c ON c.code = s.code AND c.family = 'prescriber'
    JOIN target_organisation p ON p.code = s.parent AND p.family = 'commissioner'
    WHERE s.relation = '{Relation.COMMISSIONER}'
    ORDER BY s.code, s.parent, s.joined, s.until,
        (p.lower <= s.joined AND (p.upper IS NULL OR p.upper > s.joined)) DESC,
        (p.upper IS NULL OR p.upper > s.joined) DESC, p.lower;
INSERT INTO first_link
    SELECT child, parent, lower, start_precision, until,
        CASE WHEN until IS NULL THEN 'day' ELSE until_precision END, source_id
    FROM (
        SELECT DISTINCT ON (c.id, s.relation, s.age)
            c.id AS child, p.id AS parent, p.upper AS parent_upper,
            greatest(s.since, c.lower, p.lower) AS lower,
            CASE WHEN s.since >= greatest(c.lower, p.lower) THEN s.since_precision
                WHEN c.lower >= p.lower THEN c.start_precision ELSE p.start_precision END AS start_precision,
            least(s.until, c.upper) AS until,
            CASE WHEN s.until < coalesce(c.upper, 'infinity') THEN s.until_precision ELSE c.end_precision END
                AS until_precision,
            s.source_id
        FROM stood s
        JOIN (VALUES ('{Relation.NETWORK_AREA}', 'network', 'commissioner'),
            ('{Relation.COMMISSIONER_SYSTEM}', 'commissioner', 'system'),
            ('{Relation.TRUST_SYSTEM}', 'trust', 'system'),
            ('{Relation.SYSTEM_REGION}', 'system', 'region')) AS r (relation, child, parent) ON r.relation = s.relation
        JOIN target_organisation c ON c.code = s.code AND c.family = r.child
        JOIN target_organisation p ON p.code = s.parent AND p.family = r.parent
        WHERE greatest(s.since, c.lower, p.lower) < coalesce(least(s.until, c.upper, p.upper), 'infinity')
        ORDER BY c.id, s.relation, s.age, p.lower
    ) met;
ANALYZE first_link;

-- What stood under an organisation that closed stands under its only successor from that day, and so on.
CREATE TEMP TABLE carried ON COMMIT DROP AS
    WITH RECURSIVE onward AS (
        SELECT f.*, p.upper AS parent_upper, p.end_precision AS parent_precision
        FROM first_link f JOIN target_organisation p ON p.id = f.parent
        UNION
        SELECT o.child, s.id, o.parent_upper, 'day', o.until, o.until_precision, o.source_id, s.upper, s.end_precision
        FROM onward o
        JOIN sole_successor ss ON ss.predecessor = o.parent
        JOIN target_organisation s ON s.id = ss.successor
        WHERE o.parent_upper < coalesce(o.until, 'infinity') AND o.lower < o.parent_upper AND s.id <> o.child
    )
    SELECT * FROM onward;
ANALYZE carried;
CREATE TEMP TABLE target_link ON COMMIT DROP AS
    SELECT DISTINCT '{LinkKind.PART_OF}' AS kind, child, parent, lower, start_precision,
        CASE WHEN lower >= parent_upper THEN until ELSE least(until, parent_upper) END AS upper,
        CASE WHEN parent_upper < coalesce(until, 'infinity') AND lower < parent_upper THEN parent_precision
            ELSE until_precision END AS end_precision,
        source_id
    FROM carried WHERE child <> parent
    UNION ALL
    SELECT '{LinkKind.CORE_PARTNER_OF}', c.id, p.id, s.joined, 'day', s.until, 'day', s.source_id
    FROM spell s
    JOIN target_organisation c ON c.code = s.code AND c.family = 'prescriber'
    JOIN target_organisation p ON p.code = s.parent AND p.family = 'network'
    WHERE s.relation = '{Relation.NETWORK}';
UPDATE target_link SET end_precision = 'day' WHERE upper IS NULL AND end_precision <> 'day';

CREATE TEMP TABLE target_unallocated ON COMMIT DROP AS
    SELECT child, parent, parent_upper AS since FROM carried c
    WHERE parent_upper < coalesce(until, 'infinity') AND lower < parent_upper
    AND NOT EXISTS (SELECT FROM sole_successor ss WHERE ss.predecessor = c.parent)
    AND NOT EXISTS (
        SELECT FROM target_link l JOIN target_organisation p ON p.id = l.parent
        WHERE l.kind = '{LinkKind.PART_OF}' AND l.child = c.child AND l.parent <> c.parent
        AND coalesce(l.upper, 'infinity') > c.parent_upper AND l.lower <= c.parent_upper
        AND p.family = (SELECT family FROM target_organisation WHERE id = c.parent));
ANALYZE target_link; ANALYZE target_succession; ANALYZE target_unallocated;
"""
