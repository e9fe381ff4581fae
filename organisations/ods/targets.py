"""Works out, from all that was ever published, what the register should say: organisations, links and successions.

The answer is a set of temporary tables, dropped at the end of the transaction: `target_organisation`, `target_link`,
`target_succession`, and for editors `target_unallocated`. It depends on what was published and on nothing else but the
`all_settings` asked for and whether the register holds an organisation already; not on the order in which files came.
The rules are explained in `docs/adr`, the page on the import of ODS files.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from django.db import connection

from organisations.models import Kind, LinkKind
from organisations.ods import lives
from organisations.ods.rows import Rank, Relation

_KINDS = {
    "prescriber": (Kind.PRACTICE, Kind.OTHER),
    "commissioner": (Kind.PCT, Kind.CCG, Kind.SUB_ICB, Kind.OTHER),
    "system": (Kind.STP, Kind.ICB),
    "network": (Kind.PCN,),
    "trust": (Kind.TRUST,),
    "region": (Kind.REGION,),
}
"""Families: within one, a code borne on a day is one organisation's. Only `other` is in two, told apart by the layout."""

_FAMILY_OF_KIND = " ".join(
    f"WHEN r.kind = '{kind}' THEN '{family}'"
    for family, kinds in _KINDS.items()
    for kind in kinds
    if kind != Kind.OTHER
)

# Every line's content with the age of its file: the higher, the newer. Ties are broken by content, never by arrival.
_SAID = f"""
CREATE TEMP TABLE said_file ON COMMIT DROP AS
    SELECT id, layout, source_id, published_first, published_last,
        row_number() OVER (ORDER BY published_last, published_first, layout, checksum) AS age
    FROM organisations_publishedfile;
CREATE TEMP TABLE said ON COMMIT DROP AS
    SELECT r.*, f.age, f.published_first, f.published_last, f.source_id,
        CASE {_FAMILY_OF_KIND}
            WHEN f.layout = 'eccg' THEN 'commissioner' ELSE 'prescriber' END AS family
    FROM organisations_publishedregistration r JOIN said_file f ON f.id = r.file_id;
-- A prescribing cost centre is one organisation whatever it is called: the best evidence says whether it is a practice.
UPDATE said SET kind = best.kind
    FROM (SELECT DISTINCT ON (code) code, kind FROM said WHERE family = 'prescriber'
        ORDER BY code, rank DESC, age DESC, line) best
    WHERE said.family = 'prescriber' AND said.code = best.code AND said.kind <> best.kind;
ANALYZE said;
"""

_NEWEST = "ORDER BY rank DESC, age DESC, line"

_REGISTERED = f"""
CREATE TEMP TABLE registered ON COMMIT DROP AS
    SELECT picked.code, picked.kind, picked.family, picked.first_published, picked.last_registered,
        coalesce(named.name, '') AS name, coalesce(named.written, '') AS written,
        coalesce(dated.dated, false) AS dated,
        coalesce(dated.opened, picked.opened) AS opened, coalesce(dated.closed, picked.closed) AS closed,
        coalesce(stated.status, '') AS status, dated.published_last AS dated_on,
        coalesce(placed.address, '') AS address, coalesce(placed.postcode, '') AS postcode,
        coalesce(placed.telephone, '') AS telephone, coalesce(coded.ons_code, '') AS ons_code,
        coalesce(best.wanted, false) AS wanted, best.source_id, best.published_last AS as_of
    FROM (
        SELECT code, kind, family,
            min(published_last) AS first_published,
            max(published_first) FILTER (WHERE rank = {Rank.REGISTERED}) AS last_registered,
            (array_agg(opened {_NEWEST}) FILTER (WHERE opened IS NOT NULL))[1] AS opened,
            (array_agg(closed {_NEWEST}) FILTER (WHERE closed IS NOT NULL AND NOT dated))[1] AS closed,
            (array_agg(id {_NEWEST}))[1] AS best_id,
            (array_agg(id {_NEWEST}) FILTER (WHERE name <> ''))[1] AS named_id,
            (array_agg(id {_NEWEST}) FILTER (WHERE dated))[1] AS dated_id,
            (array_agg(id {_NEWEST}) FILTER (WHERE dated AND name <> ''))[1] AS placed_id,
            (array_agg(id {_NEWEST}) FILTER (WHERE status <> ''))[1] AS stated_id,
            (array_agg(id {_NEWEST}) FILTER (WHERE ons_code <> ''))[1] AS coded_id
        FROM said GROUP BY code, kind, family
    ) picked
    LEFT JOIN said best ON best.id = picked.best_id
    LEFT JOIN said named ON named.id = picked.named_id
    LEFT JOIN said dated ON dated.id = picked.dated_id
    LEFT JOIN said placed ON placed.id = picked.placed_id
    LEFT JOIN said stated ON stated.id = picked.stated_id
    LEFT JOIN said coded ON coded.id = picked.coded_id;
CREATE INDEX ON registered (code);
ANALYZE registered;
"""

# Spells, each as its newest file has it. A spell under a commissioner ends where a newer file's story of that practice
# begins; a spell in a network gives way to one that a newer file has for the same pair and some of the same days.
_SPELLS = f"""
CREATE TEMP TABLE standing ON COMMIT DROP AS
    SELECT s.relation, s.code, s.parent, s.joined, s.left + 1 AS until, f.age, f.source_id, f.published_last
    FROM organisations_publishedstanding s JOIN said_file f ON f.id = s.file_id;
CREATE INDEX ON standing (relation, code);
ANALYZE standing;
CREATE TEMP TABLE kept_prescriber ON COMMIT DROP AS
    SELECT code FROM registered WHERE family = 'prescriber' AND (wanted OR %(all_settings)s)
    UNION SELECT code FROM standing WHERE relation = '{Relation.NETWORK}'
    UNION SELECT ods_code FROM organisations_organisation
        WHERE published IS NOT NULL AND kind IN ('{Kind.PRACTICE}', '{Kind.OTHER}')
        AND ods_code IN (SELECT code FROM registered WHERE family = 'prescriber');
ANALYZE kept_prescriber;
CREATE TEMP TABLE spell ON COMMIT DROP AS
    SELECT relation, code, parent, joined, least(until, newer_story) AS until, source_id
    FROM (
        SELECT *, min(joined) OVER (
            PARTITION BY code ORDER BY age DESC GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newer_story
        FROM standing WHERE relation = '{Relation.COMMISSIONER}' AND code IN (SELECT code FROM kept_prescriber)
    ) told
    WHERE newer_story IS NULL OR joined < newer_story;
INSERT INTO spell
    SELECT relation, code, parent, joined, until, source_id
    FROM (
        SELECT DISTINCT ON (code, parent, joined) * FROM standing WHERE relation = '{Relation.NETWORK}'
        ORDER BY code, parent, joined, age DESC
    ) told
    WHERE NOT EXISTS (
        SELECT FROM standing newer
        WHERE newer.relation = told.relation AND newer.code = told.code AND newer.parent = told.parent
        AND newer.age > told.age AND newer.joined <> told.joined
        AND daterange(newer.joined, newer.until) && daterange(told.joined, told.until));
ANALYZE spell;
"""

# Codes that a kept line refers to and no file registers. The kind is what the file says stands there.
_REFERRED = f"""
CREATE TEMP TABLE referred ON COMMIT DROP AS
    SELECT 'commissioner' AS family, parent AS code,
        CASE WHEN min(joined) >= '{lives.FIRST_PCTS}' AND max(coalesce(until, 'infinity')) <= '{lives.PCT_TO_CCG}'
            THEN '{Kind.PCT}' ELSE '{Kind.OTHER}' END AS kind
    FROM spell WHERE relation = '{Relation.COMMISSIONER}' GROUP BY parent
    UNION SELECT 'commissioner', parent, '{Kind.SUB_ICB}' FROM standing WHERE relation = '{Relation.NETWORK_AREA}'
    UNION SELECT 'system', parent,
        CASE WHEN published_last >= '{lives.CCG_TO_SUB_ICB}' THEN '{Kind.ICB}' ELSE '{Kind.STP}' END
    FROM standing WHERE relation IN ('{Relation.COMMISSIONER_SYSTEM}', '{Relation.TRUST_SYSTEM}')
    UNION SELECT 'region', parent, '{Kind.REGION}' FROM standing WHERE relation = '{Relation.SYSTEM_REGION}';
DELETE FROM referred WHERE EXISTS (
    SELECT FROM registered WHERE registered.code = referred.code AND registered.family = referred.family
    AND (registered.kind = referred.kind OR referred.family <> 'system'));

CREATE TEMP TABLE kept ON COMMIT DROP AS
    SELECT code, kind, family FROM registered
    WHERE family <> 'prescriber' OR code IN (SELECT code FROM kept_prescriber)
    UNION SELECT code, kind, family FROM referred;
CREATE INDEX ON kept (code);
ANALYZE kept;

-- A succession is kept where one side is; the other side comes with it, one step and no further.
CREATE TEMP TABLE takeover ON COMMIT DROP AS
    SELECT predecessor, successor, "on", (array_agg(f.source_id ORDER BY f.age DESC))[1] AS source_id
    FROM organisations_publishedtakeover t JOIN said_file f ON f.id = t.file_id
    WHERE predecessor IN (SELECT code FROM kept) OR successor IN (SELECT code FROM kept)
    GROUP BY predecessor, successor, "on";
ANALYZE takeover;
CREATE TEMP TABLE companion ON COMMIT DROP AS
    SELECT DISTINCT ON (code) * FROM (
        SELECT t.predecessor AS code, k.family, t."on" - 1 AS day FROM takeover t JOIN kept k ON k.code = t.successor
        UNION ALL
        SELECT t.successor, k.family, t."on" FROM takeover t JOIN kept k ON k.code = t.predecessor
    ) side
    WHERE code NOT IN (SELECT code FROM kept) ORDER BY code, family, day DESC;
INSERT INTO kept SELECT DISTINCT c.code, r.kind, r.family FROM companion c JOIN registered r ON r.code = c.code;
INSERT INTO kept
    SELECT code,
        CASE WHEN family = 'region' THEN '{Kind.REGION}' WHEN family <> 'system' THEN '{Kind.OTHER}'
            WHEN day >= '{lives.CCG_TO_SUB_ICB}' THEN '{Kind.ICB}' ELSE '{Kind.STP}' END,
        CASE WHEN family IN ('region', 'system') THEN family ELSE 'unknown' END
    FROM companion WHERE code NOT IN (SELECT code FROM kept);
ANALYZE kept;
"""

def _day(day: datetime.date | None) -> str:
    return f"'{day}'::date" if day else "NULL::date"


_LIFE_ROWS = ", ".join(
    f"('{kind}', {_day(life.first)}, {_day(life.last)} + 1)" for kind, life in lives.LIVES.items()
)

# When each existed. Published dates go first; else the law's for its kind, successions, and the earliest day on which
# something published speaks of it ("by"). One that only ended spells speak of has an end on a day nobody knows.
_PERIODS = f"""
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
            WHEN gave_way > coalesce(last_registered, '-infinity') THEN greatest(gave_way, nullif(spells_end, 'infinity'))
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
            least(r.first_published, parent_of.first_day, before.on, after.on - 1) AS evidence
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
        LEFT JOIN (SELECT successor AS code, min("on") AS "on", max(source_id) AS source_id FROM takeover GROUP BY 1) before
            ON before.code = k.code
        LEFT JOIN (SELECT predecessor AS code, max("on") AS "on", max(source_id) AS source_id FROM takeover GROUP BY 1) after
            ON after.code = k.code
    ) told;

CREATE TEMP TABLE target_organisation ON COMMIT DROP AS
    SELECT DISTINCT ON (code, kind)
        row_number() OVER (ORDER BY code, kind, family) AS id, code, kind, family, name,
        coalesce(nullif(written, ''), code) AS written, dated, as_of, lower, CASE WHEN upper > lower THEN upper WHEN upper IS NOT NULL THEN lower + 1 END AS upper,
        start_precision, CASE WHEN upper IS NULL THEN 'day' ELSE end_precision END AS end_precision,
        CASE WHEN status <> '' THEN status WHEN upper <= dated_on OR (NOT dated AND upper IS NOT NULL) THEN 'inactive'
            ELSE 'active' END AS status,
        address, postcode, telephone, ons_code, source_id
    FROM dated ORDER BY code, kind, family;
CREATE INDEX ON target_organisation (code);
CREATE UNIQUE INDEX ON target_organisation (id);
ANALYZE target_organisation;
"""

# A code at either end of a succession is who bore it on the eve, or on the day; failing that, who bore it nearest to it.
_SUCCESSIONS = f"""
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

_LINKS = f"""
-- Without dates a line says how things stood when it was published. The first such line holds from when both existed; a
-- later one that says otherwise holds from when its parent opened in between, else from the day it was published ("by").
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
            ('{Relation.COMMISSIONER_SYSTEM}', 'commissioner', 'system'), ('{Relation.TRUST_SYSTEM}', 'trust', 'system'),
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
"""

_STEPS = (
    ("Weighing what was published", _SAID + _REGISTERED),
    ("Following spells", _SPELLS),
    ("Looking up codes that nobody registers", _REFERRED),
    ("Working out when each organisation existed", _PERIODS),
    ("Following successions", _SUCCESSIONS),
    ("Working out who stands where", _LINKS),
)

_TABLES = [table for _, sql in _STEPS for table in re.findall(r"CREATE TEMP TABLE (\w+)", sql)]


def work_out(*, all_settings: bool, progress: Callable[[str], None]) -> None:
    """Fill the temporary tables from all published rows; inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"DROP TABLE IF EXISTS pg_temp.{table}" for table in _TABLES))
        for step, sql in _STEPS:
            progress(step)
            cursor.execute(sql.replace("%(all_settings)s", "true" if all_settings else "false"))
