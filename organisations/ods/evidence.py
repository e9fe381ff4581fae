"""What was published about each organisation, spell and succession, weighed: the newest and best evidence of each.

SQL for `targets`, which runs it. It reads the tables of `organisations.models.published` and leaves `registered`,
`spell`, `kept` and `takeover`. Codes here are still codes; what they meant on a day is left to `standing`.
"""

from __future__ import annotations

from organisations.models import Kind
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
"""Families: within one, a code borne on a day is one organisation's. `other` is in two, told apart by the layout."""

_FAMILY_OF_KIND = " ".join(
    f"WHEN r.kind = '{kind}' THEN '{family}'"
    for family, kinds in _KINDS.items()
    for kind in kinds
    if kind != Kind.OTHER
)

# Every line's content with the age of its file: the higher, the newer. Ties are broken by content, never by arrival.
SAID = f"""
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

REGISTERED = f"""
CREATE TEMP TABLE registered ON COMMIT DROP AS
    SELECT picked.code, picked.kind, picked.family, picked.first_published, picked.last_registered,
        coalesce(named.name, '') AS name, coalesce(named.written, '') AS written,
        coalesce(dated.dated, false) AS dated,
        coalesce(dated.opened, picked.opened) AS opened, coalesce(dated.closed, picked.closed) AS closed,
        coalesce(stated.status, '') AS status, dated.published_last AS dated_on,
        coalesce(placed.address, '') AS address, coalesce(placed.postcode, '') AS postcode,
        coalesce(placed.telephone, '') AS telephone, coalesce(coded.ons_code, '') AS ons_code,
        picked.wanted, best.source_id, best.published_last AS as_of
    FROM (
        SELECT code, kind, family,
            min(published_last) AS first_published, bool_or(wanted) AS wanted,
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

_CCGS = f"'{lives.LIVES[Kind.CCG].first}'::date"

# Spells, each as its newest file has it. A spell under a commissioner ends where a newer file's story of that practice
# begins; a spell in a network gives way to one that a newer file has for the same pair and some of the same days.
SPELLS = f"""
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
-- A spell that is published as older than the commissioner itself begins with it: before, the code was nobody's.
CREATE TEMP TABLE borne ON COMMIT DROP AS
    SELECT code, min(greatest(opened, CASE WHEN kind IN ('{Kind.CCG}', '{Kind.SUB_ICB}') THEN {_CCGS} END)) AS since
    FROM registered WHERE family = 'commissioner' GROUP BY code;
CREATE TEMP TABLE spell ON COMMIT DROP AS
    SELECT relation, code, parent, joined, least(until, newer_story) AS until, source_id
    FROM (
        SELECT *, min(joined) OVER (
            PARTITION BY code ORDER BY age DESC GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newer_story
        FROM (
            SELECT s.relation, s.code, s.parent, s.until, s.age, s.source_id,
                CASE WHEN b.since < coalesce(s.until, 'infinity') THEN greatest(s.joined, b.since)
                    ELSE s.joined END AS joined
            FROM standing s LEFT JOIN borne b ON b.code = s.parent
            WHERE s.relation = '{Relation.COMMISSIONER}' AND s.code IN (SELECT code FROM kept_prescriber)
        ) begun
    ) told
    WHERE newer_story IS NULL OR joined < newer_story;
INSERT INTO spell
    SELECT relation, code, parent, joined, until, source_id
    FROM (
        SELECT DISTINCT ON (code, parent, joined) * FROM standing WHERE relation = '{Relation.NETWORK}'
        ORDER BY code, parent, joined, age DESC, until DESC NULLS FIRST
    ) told
    WHERE NOT EXISTS (
        SELECT FROM standing newer
        WHERE newer.relation = told.relation AND newer.code = told.code AND newer.parent = told.parent
        AND newer.age > told.age AND newer.joined <> told.joined
        AND daterange(newer.joined, newer.until) && daterange(told.joined, told.until));
ANALYZE spell;
"""

# Codes that a kept line refers to and no file registers. The kind is what the file says stands there.
REFERRED = f"""
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
    WHERE (predecessor IN (SELECT code FROM kept) OR successor IN (SELECT code FROM kept))
    -- The table of PCTs and CCGs gives no days: a CCG that opened later did not take over when PCTs ended.
    AND NOT (f.layout = 'pct_ccg' AND EXISTS (SELECT FROM borne WHERE borne.code = successor AND borne.since > "on"))
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
