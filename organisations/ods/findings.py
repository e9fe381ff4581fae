"""What an import leaves for people to decide, and its counts; asked of the database after the register was settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import connection

from organisations.models import LinkKind
from organisations.ods import settle_links, settle_organisations
from organisations.ods.report import LinkTally, OrganisationTally, Waiting
from organisations.ods.rows import Rank

# An organisation was read where a file of this run names its code; one left out is published but not kept.
_ORGANISATIONS = """
WITH named AS (
    SELECT code FROM organisations_publishedregistration WHERE file_id = ANY(%(files)s)
    UNION SELECT code FROM organisations_publishedstanding WHERE file_id = ANY(%(files)s)
    UNION SELECT parent FROM organisations_publishedstanding WHERE file_id = ANY(%(files)s)
    UNION SELECT predecessor FROM organisations_publishedtakeover WHERE file_id = ANY(%(files)s)
    UNION SELECT successor FROM organisations_publishedtakeover WHERE file_id = ANY(%(files)s)
), kept AS (
    SELECT t.kind, w.outcome
    FROM target_organisation t LEFT JOIN written_organisation w USING (id) LEFT JOIN named n ON n.code = t.code
    WHERE w.outcome IS NOT NULL OR n.code IS NOT NULL
    UNION ALL
    SELECT r.kind, 'left_out' FROM registered r JOIN named n ON n.code = r.code
    WHERE NOT EXISTS (SELECT FROM target_organisation t WHERE t.code = r.code AND t.kind = r.kind)
)
SELECT kind, count(*) AS read, count(*) FILTER (WHERE outcome = 'created') AS created,
    count(*) FILTER (WHERE outcome = 'changed') AS changed, count(*) FILTER (WHERE outcome IS NULL) AS unchanged,
    count(*) FILTER (WHERE outcome = 'left_out') AS left_out
FROM kept GROUP BY kind ORDER BY kind
"""

_LINKS = """
SELECT kind, coalesce(wanted, 0) AS read, coalesce(created, 0) AS created, coalesce(changed, 0) AS changed,
    coalesce(wanted, 0) - coalesce(created, 0) - coalesce(changed, 0) AS unchanged, coalesce(removed, 0) AS removed
FROM (SELECT kind, count(*) AS wanted FROM wanted_link GROUP BY kind) w
FULL JOIN (
    SELECT kind, count(*) FILTER (WHERE outcome = 'created') AS created,
        count(*) FILTER (WHERE outcome = 'changed') AS changed, count(*) FILTER (WHERE outcome = 'removed') AS removed
    FROM written_link GROUP BY kind
) done USING (kind) ORDER BY kind
"""

# Both layouts of epraccur are one report. Only reports of which this run held a file are compared.
_REPORT = "replace(f.layout, '_legacy', '')"
_ABSENT = f"""
WITH newest AS (
    SELECT {_REPORT} AS report, id, rank() OVER (PARTITION BY {_REPORT} ORDER BY published_last DESC) AS place
    FROM said_file f
), present AS (
    SELECT n.report, r.code FROM newest n JOIN organisations_publishedregistration r ON r.file_id = n.id
    WHERE n.place = 1 AND r.rank = {Rank.REGISTERED}
), earlier AS (
    SELECT {_REPORT} AS report, r.code, max(f.published_last) AS last_published
    FROM organisations_publishedregistration r JOIN said_file f ON f.id = r.file_id
    WHERE r.rank = {Rank.REGISTERED} AND {_REPORT} IN (
        SELECT {_REPORT} FROM said_file f WHERE f.id = ANY(%(files)s))
    GROUP BY 1, 2
)
SELECT t.code, t.kind, t.written AS name, t.status, e.last_published
FROM earlier e JOIN target_organisation t ON t.code = e.code AND t.dated
WHERE NOT EXISTS (SELECT FROM present p WHERE p.report = e.report AND p.code = e.code)
ORDER BY t.kind, t.code
"""

_KNOWN_ONLY_BY_CODE = """
SELECT o.ods_code AS code, o.kind, lower(o.period) AS known_from, upper(o.period) - 1 AS known_to
FROM settled_organisation s JOIN organisations_organisation o ON o.id = s.organisation_id
WHERE o.name = o.ods_code ORDER BY upper(o.period) IS NULL DESC, upper(o.period) DESC, o.ods_code, o.kind
"""

_UNALLOCATED = f"""
SELECT c.ods_code AS code, c.kind, c.name, p.ods_code AS stood_under, u.since,
    ARRAY(SELECT DISTINCT n.code FROM target_succession t JOIN target_organisation n ON n.id = t.successor
        WHERE t.predecessor = u.parent AND t."on" = u.since ORDER BY 1) AS successors
FROM target_unallocated u
JOIN settled_organisation sc ON sc.id = u.child JOIN organisations_organisation c ON c.id = sc.organisation_id
JOIN settled_organisation sp ON sp.id = u.parent JOIN organisations_organisation p ON p.id = sp.organisation_id
WHERE NOT EXISTS (
    SELECT FROM organisations_link l JOIN organisations_organisation o ON o.id = l.other_id
    WHERE l.organisation_id = c.id AND l.kind = '{LinkKind.PART_OF}' AND o.kind = p.kind AND l.period @> u.since)
ORDER BY p.ods_code, c.ods_code, c.kind
"""

_OVERLAPPING = f"""
SELECT o.ods_code AS code, o.name, array_agg(DISTINCT p.ods_code ORDER BY p.ods_code) AS networks,
    min(lower(a.period * b.period)) AS first_day, max(upper(a.period * b.period) - 1) AS last_day
FROM organisations_link a
JOIN organisations_link b ON b.organisation_id = a.organisation_id AND b.kind = a.kind AND b.id <> a.id
    AND b.period && a.period
JOIN organisations_organisation o ON o.id = a.organisation_id
JOIN organisations_organisation p ON p.id = a.other_id
WHERE a.kind = '{LinkKind.CORE_PARTNER_OF}' AND o.id IN (SELECT organisation_id FROM settled_organisation)
GROUP BY o.id ORDER BY o.ods_code
"""

_ACTIVE_WITH_A_CLOSE_DATE = """
SELECT r.code, r.name, r.closed,
    CASE WHEN EXISTS (SELECT FROM kept k WHERE k.code = r.code AND k.kind = r.kind) THEN 'yes' ELSE 'no' END AS kept
FROM registered r WHERE r.status = 'active' AND r.closed <= r.dated_on ORDER BY r.code
"""

_NO_LONGER_PUBLISHED = """
SELECT o.ods_code AS code, o.kind, o.name FROM organisations_organisation o
WHERE o.published IS NOT NULL AND NOT o.invented
AND NOT EXISTS (SELECT FROM settled_organisation s WHERE s.organisation_id = o.id)
ORDER BY o.ods_code, o.kind
"""

_EDITED = f"""
SELECT * FROM ({settle_organisations.EDITED_BY_HAND}) AS organisation (code, name, kind, what, register, published)
UNION ALL
SELECT * FROM ({settle_links.EDITED_BY_HAND}) AS link (code, name, kind, what, register, published)
"""

_WAITING = {
    "known_only_by_code": ("Known only by their code; an editor names them", _KNOWN_ONLY_BY_CODE),
    "unallocated": (
        "Stood under an organisation that closed without one successor; an editor says where",
        _UNALLOCATED,
    ),
    "overlapping_spells": ("Practices published in two networks on one day", _OVERLAPPING),
    "edited_by_hand": ("Changed by hand in the register and contradicted by what is published", _EDITED),
    "active_with_close_date": ("Published as active although closed", _ACTIVE_WITH_A_CLOSE_DATE),
    "absent": ("In an older file and not in the newest", _ABSENT),
    "no_longer_explained": ("In the register, and nothing published speaks of it any more", _NO_LONGER_PUBLISHED),
}


def waiting(files: list[int]) -> dict[str, Waiting]:
    """What waits for an editor after an import of these published files."""
    return {key: Waiting(sentence, _rows(sql, files)) for key, (sentence, sql) in _WAITING.items()}


def organisation_tallies(files: list[int], absent: Waiting) -> dict[str, OrganisationTally]:
    """Organisations by kind, as read from these published files."""
    gone = Counter(case["kind"] for case in absent.cases)
    return {kind: OrganisationTally(**counts, absent=gone[kind]) for kind, counts in _by_kind(_ORGANISATIONS, files)}


def link_tallies() -> dict[str, LinkTally]:
    """Links and successions by kind."""
    return {kind: LinkTally(**counts) for kind, counts in _by_kind(_LINKS, [])}


def _by_kind(sql: str, files: list[int]) -> Iterator[tuple[str, dict[str, int]]]:
    for row in _rows(sql, files):
        yield row.pop("kind"), row


def _rows(sql: str, files: list[int]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"files": files} if "%(files)s" in sql else None)
        columns = [column.name for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
