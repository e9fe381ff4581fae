"""Writes organisations: what `targets` worked out goes into the register, except where an editor has said otherwise.

For every value there are three to compare: what was last published (kept in the organisation's `published`), what the
register says, and what is published now. Where the register still says what was last published it follows; where
somebody changed it by hand it stays as it is, and the import reports the difference.
"""

from __future__ import annotations

from django.db import connection

from ics_leadership.history import day
from organisations.models import SECTOR_OF_KIND, Kind, Sector

_PUBLISHED = """jsonb_build_object(
    'name', t.name, 'written', t.written, 'kind', t.kind, 'status', t.status, 'open', t.lower, 'close', t.upper - 1,
    'start_precision', t.start_precision, 'end_precision', t.end_precision, 'address', t.address,
    'postcode', t.postcode, 'telephone', t.telephone, 'ons_code', t.ons_code)"""

# What a file says was true when it was published: of a file of this month that is today at the latest.
_CONFIRMED_ON = "least(t.published_on, %(day)s::date)"


def _slug(but: str = "") -> str:
    """The address of something new; `but` leaves out what it had itself.

    Somebody may have given the usual one to another organisation, one entered with a mistaken code for instance, which
    keeps it when it is withdrawn.
    """
    # Of those that are there only what they have now counts: which file came first must not matter.
    has = f"""SELECT FROM (
        SELECT id, slug FROM organisations_organisation
        UNION ALL
        SELECT gone.id, gone.slug FROM organisations_organisationevent gone
            WHERE NOT EXISTS (SELECT FROM organisations_organisation there WHERE there.id = gone.id)
    ) had WHERE had.slug = usual.slug{but}"""
    return f"""(
    SELECT CASE WHEN EXISTS ({has}) THEN (
        SELECT usual.slug || '-' || min(n) FROM generate_series(2, 1000) n
        WHERE NOT EXISTS ({has.replace("usual.slug", "usual.slug || '-' || n")})) ELSE usual.slug END
    FROM (SELECT replace(t.kind, '_', '-') || '-' || lower(t.code) AS slug) usual)"""


_SECTOR = f"""CASE
    WHEN t.family = 'prescriber' AND t.kind = '{Kind.OTHER}' THEN '{Sector.COMMUNITY}'
    WHEN t.kind = '{Kind.TRUST}' AND t.name ~* 'ambulance' THEN '{Sector.AMBULANCE}'
    WHEN t.kind = '{Kind.TRUST}' AND t.name ~* 'mental health|psycholog|psychiatr' THEN '{Sector.MENTAL_HEALTH}'
    WHEN t.kind = '{Kind.TRUST}' AND t.name ~* 'community|social care' THEN '{Sector.COMMUNITY}'
    {" ".join(f"WHEN t.kind = '{kind}' THEN '{sector}'" for kind, sector in SECTOR_OF_KIND.items())} END"""

# One known only by its code may have been given a kind that a file now corrects: it is still the same organisation.
# What an editor deleted stays deleted, and nothing published goes beside what was made up under the same code.
_MATCH = """
CREATE TEMP TABLE settled_organisation ON COMMIT DROP AS
    SELECT t.id, o.id AS organisation_id, t.code, t.kind, '' AS withheld
    FROM target_organisation t
    LEFT JOIN organisations_organisation o ON o.ods_code = t.code AND o.kind = t.kind AND NOT o.invented;
UPDATE settled_organisation s SET withheld = 'invented'
    FROM organisations_organisation o WHERE o.ods_code = s.code AND o.kind = s.kind AND o.invented;
WITH stray AS (
    SELECT o.id, o.ods_code AS code, row_number() OVER (PARTITION BY o.ods_code ORDER BY o.period, o.id) AS place
    FROM organisations_organisation o
    WHERE o.published IS NOT NULL AND NOT o.invented
    AND NOT EXISTS (SELECT FROM settled_organisation s WHERE s.organisation_id = o.id)
), unmet AS (
    SELECT s.id, s.code, row_number() OVER (PARTITION BY s.code ORDER BY t.lower, s.id) AS place
    FROM settled_organisation s JOIN target_organisation t ON t.id = s.id WHERE s.organisation_id IS NULL AND s.withheld = ''
)
UPDATE settled_organisation s SET organisation_id = stray.id
    FROM unmet JOIN stray USING (code, place) WHERE s.id = unmet.id;
UPDATE settled_organisation s SET withheld = 'deleted by an editor'
    WHERE organisation_id IS NULL AND withheld = '' AND EXISTS (
        SELECT FROM organisations_organisationevent e
        WHERE e.pgh_label = 'delete' AND e.ods_code = s.code AND e.kind = s.kind);
CREATE UNIQUE INDEX ON settled_organisation (id);
ANALYZE settled_organisation;
"""

_COMPARE = f"""
CREATE TEMP TABLE revised_organisation ON COMMIT DROP AS
    SELECT o.id, t.id AS target_id,
        CASE WHEN t.name = '' OR o.name <> o.published->>'written' OR o.published IS NULL THEN o.name
            ELSE t.written END AS name,
        CASE WHEN o.published IS NULL OR o.kind <> o.published->>'kind' THEN o.kind ELSE t.kind END AS kind,
        CASE WHEN o.kind = t.kind OR o.published IS NULL OR o.kind <> o.published->>'kind' THEN o.slug
            ELSE {_slug(" AND had.id <> o.id")} END AS slug,
        CASE WHEN o.kind = t.kind OR o.published IS NULL OR o.kind <> o.published->>'kind' THEN o.sector
            ELSE {_SECTOR} END AS sector,
        CASE WHEN o.published IS NULL OR o.status <> o.published->>'status' THEN o.status ELSE t.status END AS status,
        follows_period, CASE WHEN follows_period THEN daterange(t.lower, t.upper) ELSE o.period END AS period,
        CASE WHEN follows_period THEN t.start_precision ELSE o.start_precision END AS start_precision,
        CASE WHEN follows_period THEN t.end_precision ELSE o.end_precision END AS end_precision,
        {
    ", ".join(
        f"CASE WHEN t.{column} = '' OR o.published IS NULL OR o.{column} <> o.published->>'{column}' THEN o.{column} "
        f"ELSE t.{column} END AS {column}"
        for column in ("address", "postcode", "telephone", "ons_code")
    )
},
        {_PUBLISHED} AS published, t.as_of, t.source_id, greatest(o.confirmed_on, {_CONFIRMED_ON}) AS confirmed_on
    FROM settled_organisation s
    JOIN target_organisation t ON t.id = s.id
    JOIN organisations_organisation o ON o.id = s.organisation_id
    CROSS JOIN LATERAL (SELECT coalesce(
        o.period = daterange((o.published->>'open')::date, (o.published->>'close')::date + 1)
        AND o.start_precision = o.published->>'start_precision'
        AND o.end_precision = o.published->>'end_precision', false) AS follows_period) AS base;
"""

_COLUMNS = [
    "name",
    "kind",
    "slug",
    "sector",
    "status",
    "period",
    "start_precision",
    "end_precision",
    "address",
    "postcode",
    "telephone",
    "ons_code",
]

_UPDATE = f"""
UPDATE organisations_organisation o
    SET {", ".join(f"{column} = r.{column}" for column in _COLUMNS)},
        published = r.published || jsonb_build_object('as_of', r.as_of), source_id = r.source_id,
        confirmed_on = r.confirmed_on
    FROM revised_organisation r
    WHERE o.id = r.id AND (
        ({", ".join(f"o.{column}" for column in _COLUMNS)}, o.published - 'as_of')
        IS DISTINCT FROM ({", ".join(f"r.{column}" for column in _COLUMNS)}, r.published))
    RETURNING r.target_id
"""

_INSERT = f"""
INSERT INTO organisations_organisation
    (slug, kind, sector, name, ods_code, ons_code, status, period, start_precision, end_precision,
        address, postcode, telephone, published, source_id, confirmed_on)
    SELECT {_slug()}, t.kind, {_SECTOR}, t.written, t.code, t.ons_code, t.status, daterange(t.lower, t.upper),
        t.start_precision, t.end_precision, t.address, t.postcode, t.telephone,
        {_PUBLISHED} || jsonb_build_object('as_of', t.as_of), t.source_id, {_CONFIRMED_ON}
    FROM target_organisation t JOIN settled_organisation s USING (id)
    WHERE s.organisation_id IS NULL AND s.withheld = ''
    RETURNING id, ods_code, kind
"""

_SETTLE = f"""
CREATE TEMP TABLE written_organisation (id bigint, outcome text) ON COMMIT DROP;
WITH written AS ({_UPDATE})
INSERT INTO written_organisation SELECT target_id, 'changed' FROM written;
WITH made AS ({_INSERT})
UPDATE settled_organisation s SET organisation_id = made.id
    FROM made WHERE s.code = made.ods_code AND s.kind = made.kind;
INSERT INTO written_organisation
    SELECT s.id, 'created' FROM settled_organisation s
    WHERE s.organisation_id IS NOT NULL AND NOT EXISTS (SELECT FROM revised_organisation r WHERE r.target_id = s.id);
"""

_STEPS = (_MATCH, _COMPARE, _SETTLE)

# A value that the files do not give, and dates that were only worked out, contradict nobody.
EDITED_BY_HAND = """
    SELECT o.ods_code, o.name, o.kind, said.what, said.register, said.published
    FROM revised_organisation r
    JOIN organisations_organisation o ON o.id = r.id
    JOIN target_organisation t ON t.id = r.target_id
    CROSS JOIN LATERAL (VALUES
        ('name', o.name, t.written, t.name <> ''),
        ('kind', o.kind, t.kind, true),
        ('status', o.status, t.status, t.dated),
        ('dates', concat(lower(o.period), ' to ', upper(o.period) - 1), concat(t.lower, ' to ', t.upper - 1),
            t.dated AND NOT r.follows_period),
        ('address', o.address, t.address, t.address <> ''),
        ('postcode', o.postcode, t.postcode, t.postcode <> ''),
        ('telephone', o.telephone, t.telephone, t.telephone <> ''),
        ('ONS code', o.ons_code, t.ons_code, t.ons_code <> '')
    ) AS said (what, register, published, says)
    WHERE said.says AND said.register <> said.published
    UNION ALL
    SELECT s.code, t.written, s.kind, 'organisation', s.withheld, 'published'
    FROM settled_organisation s JOIN target_organisation t USING (id) WHERE s.withheld <> ''
    ORDER BY 1, 3, 4
"""

_TABLES = ("settled_organisation", "revised_organisation", "written_organisation")


def settle() -> bool:
    """Bring the register's organisations in line with `target_organisation`; returns whether anything was written."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"DROP TABLE IF EXISTS pg_temp.{table}" for table in _TABLES))
        for sql in _STEPS:
            cursor.execute(sql, {"day": day()})
        cursor.execute("SELECT EXISTS (SELECT FROM written_organisation)")
        wrote = bool(cursor.fetchone()[0])
        # Without it what follows in this transaction would be planned for tables as small as they were.
        cursor.execute(f"ANALYZE {', '.join([*_TABLES, *(['organisations_organisation'] if wrote else [])])}")
        return wrote
