"""The role map as Popolo JSON: people, organisations, posts, and memberships, which are who holds which post.

Made of the columns that everybody sees. A day that is known to the month or the year is written so; of one that is only known
to have passed by then, nothing is: https://www.popoloproject.com/specs/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

from ics_leadership import streams
from ics_leadership.formats import Export, Format

_DATE = (
    "CASE {0}_precision WHEN 'day' THEN to_char({0}_date, 'YYYY-MM-DD') WHEN 'month' THEN to_char({0}_date, 'YYYY-MM')"
    " WHEN 'year' THEN to_char({0}_date, 'YYYY') END"
)

LISTS = {
    "persons": "SELECT DISTINCT ON (person_id) person_id::text AS id, person_name AS name FROM role_map ORDER BY person_id",
    "organizations": """
        SELECT DISTINCT ON (organisation_id) organisation_id::text AS id, organisation_name AS name,
            organisation_kind AS classification,
            CASE WHEN organisation_code <> '' THEN json_build_array(
                json_build_object('scheme', 'ODS', 'identifier', organisation_code)) END AS identifiers
        FROM role_map ORDER BY organisation_id""",
    "posts": """
        SELECT DISTINCT ON (role_id) role_id::text AS id, role_title AS label, role_type AS role,
            organisation_id::text AS organization_id
        FROM role_map ORDER BY role_id""",
    "memberships": f"""
        SELECT appointment_id::text AS id, person_id::text, organisation_id::text AS organization_id,
            role_id::text AS post_id, role_type AS role,
            {_DATE.format("start")} AS start_date, {_DATE.format("end")} AS end_date
        FROM role_map ORDER BY appointment_id""",
}
"""The lists of Popolo, each as a statement over the role map."""

COLUMNS = """
    person_id, person_name, organisation_id, organisation_name, organisation_kind, organisation_code, role_id, role_title, role_type,
    appointment_id, start_date, start_precision, end_date, end_precision"""
"""What of the role map they are made of."""


def _popolo(export: Export) -> Iterator[bytes]:
    # JSON holds none of these two characters, so that nothing is ever quoted.
    options = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'"
    with closing(streams.copied(_lines(export), options)) as lines:  # type: ignore[type-var]
        first = next(lines, None)
        # Whoever holds a role is in every list: all have entries, or none has.
        if first is None:
            yield json.dumps({name: [] for name in LISTS}).encode()
        else:
            yield b"{" + first.removeprefix(b"], ")
            yield from lines
            yield b"]}\n"


def _lines(export: Export) -> str:
    """A statement of all entries, a line each: before the first of a list stands how it begins, before any other a comma."""
    role_map = export.table.select(replace(export.question, sees={}))
    entries = " UNION ALL ".join(
        f"SELECT {number} AS list, row_number() OVER (ORDER BY id::bigint) AS place,"
        f" json_strip_nulls(row_to_json(each))::text AS entry FROM ({statement}) AS each"
        for number, statement in enumerate(LISTS.values(), 1)
    )
    beginnings = ", ".join(f"""'], "{name}": ['""" for name in LISTS)
    return f"""
        WITH role_map AS MATERIALIZED (SELECT {COLUMNS} FROM ({role_map}) AS each_row)
        SELECT CASE WHEN place = 1 THEN (ARRAY[{beginnings}])[list] ELSE ',' END || entry
        FROM ({entries}) AS entries ORDER BY list, place
    """


SCHEMA = {
    "type": "object",
    "title": "Popolo",
    "required": list(LISTS),
    "properties": {name: {"type": "array", "items": {"type": "object", "required": ["id"]}} for name in LISTS},
}

POPOLO = Format("popolo", "Popolo JSON", "application/json", _popolo, ending="popolo.json", schema=SCHEMA)
