"""The role map as Popolo JSON: people, organisations, posts, and memberships, which are who holds which post.

Made of the columns that everybody sees. A day that is known to the month or the year is written so; of one that is only known
to have passed by then, nothing is: https://www.popoloproject.com/specs/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

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


def _popolo(export: Export) -> Iterator[bytes]:
    role_map = export.table.select(replace(export.question, sees={}))
    with streams.apart() as cursor:
        copy = partial(streams.copied_by, cursor)
        before = b"{"
        for name, statement in LISTS.items():
            each = (
                f"WITH role_map AS ({role_map}) SELECT json_strip_nulls(row_to_json(each)) FROM ({statement}) AS each"
            )
            # JSON holds none of these two characters, so that nothing is ever quoted.
            yield from _as_list(
                before + f'"{name}": ['.encode(), copy(each, "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'")
            )
            before = b"],\n"
        yield b"]}\n"


def _as_list(before: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Lines as the entries of a list in JSON, whatever it stands behind first."""
    first = next(chunks, b"")
    yield before + b"\n" + first[:-1].replace(b"\n", b",\n")
    for chunk in chunks:
        yield b",\n" + chunk[:-1].replace(b"\n", b",\n")


SCHEMA = {
    "type": "object",
    "title": "Popolo",
    "required": list(LISTS),
    "properties": {name: {"type": "array", "items": {"type": "object", "required": ["id"]}} for name in LISTS},
}

POPOLO = Format("popolo", "Popolo JSON", "application/json", _popolo, ending="popolo.json", schema=SCHEMA)
