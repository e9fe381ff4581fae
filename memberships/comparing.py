"""Two states of the role map side by side: two days as known now, or one day as known at two moments.

Each difference is told as one of three: it really changed, what stood there was corrected, or it was recorded late. What these mean
is defined in docs/adr/0025 and worked out here, in one statement over the events; how it is asked and shown is left to the
views. Names are those of today, so that nobody is named who has been taken out of the register.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection
from django.utils import timezone

from ics_leadership.history import event_model
from ics_leadership.known_at import KnownAt
from memberships.exports.role_map import PERSON_NAME
from memberships.models import Appointment


class ToldAs(StrEnum):
    """How a difference came about."""

    CHANGED = "really_changed"
    CORRECTED = "corrected"
    LATE = "recorded_late"


MEANINGS = {
    ToldAs.CHANGED: "Really changed: it happened between the two.",
    ToldAs.CORRECTED: "Corrected: what the register said was not so, and was put right.",
    ToldAs.LATE: "Recorded late: it was so already, and the register did not know.",
}


@dataclass(frozen=True)
class Comparison:
    """What is compared: the role map on `days`, as known at `moments` (None: now), the earlier first; `inside` has the ids of
    the organisations that it is narrowed to, None for all.
    """

    days: tuple[datetime.date, datetime.date]
    moments: tuple[KnownAt, KnownAt] | None = None
    inside: Sequence[int] | None = None

    def statement(self) -> str:
        """The differences as one SELECT with every value in its place."""
        first, second = self.moments or (None, None)
        facts = {
            "first_day": self.days[0],
            "second_day": self.days[1],
            "first_moment": first.moment if first else None,
            "second_moment": second.moment if second else None,
            # What happened on or after this day cannot have been known before as having happened.
            "since": timezone.localdate(first.moment) if first else self.days[0],
            "inside": None if self.inside is None else list(self.inside),
        }
        sides = _AS_KNOWN if first else _NOW
        operations: Any = connection.ops
        composed: str = operations.compose_sql(
            _STATEMENT.format(sides=sides, told=_TOLD if first else "'really_changed'"), facts
        )
        return composed


_FACTS = "id, person_id, role_id, period, start_precision, end_precision, how, employer_id"
_EVENTS = event_model(Appointment)._meta.db_table
_VERSION = """
    SELECT {facts} FROM public.{events} WHERE known_from <= %({moment})s AND (known_to IS NULL OR known_to > %({moment})s)
"""
_AS_KNOWN = ", ".join(
    f"{name} AS ({_VERSION.format(facts=_FACTS, events=_EVENTS, moment=moment)})"
    for name, moment in (("a", "first_moment"), ("b", "second_moment"))
)
_NOW = f"a AS (SELECT {_FACTS} FROM {Appointment._meta.db_table}), b AS (SELECT * FROM a)"  # noqa: S608 columns of ours

_TOLD = """CASE
    WHEN a_id IS NULL THEN CASE WHEN lower(b_period) >= %(since)s THEN 'really_changed' ELSE 'recorded_late' END
    WHEN b_id IS NULL THEN 'corrected'
    WHEN other_facts THEN 'corrected'
    WHEN lower(a_period) IS DISTINCT FROM lower(b_period)
        AND NOT coalesce(lower(a_period) >= %(since)s AND lower(b_period) >= %(since)s, false) THEN 'corrected'
    WHEN upper(a_period) IS NOT DISTINCT FROM upper(b_period) THEN
        CASE WHEN lower(a_period) IS DISTINCT FROM lower(b_period) THEN 'really_changed' ELSE 'corrected' END
    WHEN upper(a_period) - 1 < %(since)s THEN 'corrected'
    WHEN upper(b_period) - 1 < %(since)s THEN 'recorded_late'
    ELSE 'really_changed'
END"""


def _side(state: str, name: str) -> str:
    """The period of an appointment in one of the two states, as exactly as it was known then; all null where it was not there."""
    return f"""
    lower({state}_period) AS {name}_start_date, {state}_start_precision AS {name}_start_precision,
    CASE WHEN {state}_end_precision <> 'unknown' THEN upper({state}_period) - 1 END AS {name}_end_date,
    {state}_end_precision AS {name}_end_precision"""


_STATEMENT = f"""
WITH {{sides}}, both_sides AS (
    SELECT coalesce(b.id, a.id) AS id, a.id AS a_id, b.id AS b_id, a.period AS a_period, b.period AS b_period,
        a.start_precision AS a_start_precision, a.end_precision AS a_end_precision,
        b.start_precision AS b_start_precision, b.end_precision AS b_end_precision,
        coalesce(a.period @> %(first_day)s::date, false) AS a_held,
        coalesce(b.period @> %(second_day)s::date, false) AS b_held,
        coalesce(b.person_id, a.person_id) AS person_id, coalesce(b.role_id, a.role_id) AS role_id,
        (a.person_id, a.role_id, a.how, a.employer_id) IS DISTINCT FROM (b.person_id, b.role_id, b.how, b.employer_id)
            AS other_facts,
        a.period IS DISTINCT FROM b.period OR (a.start_precision, a.end_precision)
            IS DISTINCT FROM (b.start_precision, b.end_precision) AS other_period
    FROM a FULL JOIN b ON b.id = a.id
)
SELECT both_sides.id AS appointment_id,
    CASE WHEN NOT a_held THEN 'only_second' WHEN NOT b_held THEN 'only_first' ELSE 'both' END AS on_side,
    {{told}} AS told_as,
    both_sides.person_id, {PERSON_NAME} AS person_name,
    both_sides.role_id, role.title AS role_title,
    body.id AS organisation_id, body.ods_code AS organisation_code, body.name AS organisation_name,
    {_side("a", "first")}, {_side("b", "second")}
FROM both_sides
LEFT JOIN memberships_person AS person ON person.id = both_sides.person_id
LEFT JOIN roles_role AS role ON role.id = both_sides.role_id
LEFT JOIN organisations_organisation AS body ON body.id = role.organisation_id
WHERE (a_held OR b_held) AND (a_held <> b_held OR other_facts OR other_period)
    AND (%(inside)s::bigint[] IS NULL OR body.id = ANY(%(inside)s::bigint[]))
ORDER BY both_sides.id
"""  # noqa: S608 every value has a placeholder


def counted(comparison: Comparison) -> dict[ToldAs, int]:
    """How many differences there are of each kind."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT told_as, count(*) FROM ({comparison.statement()}) AS each_row GROUP BY told_as")  # noqa: S608
        found = dict(cursor.fetchall())
    return {kind: found.get(kind.value, 0) for kind in ToldAs}


def differences(comparison: Comparison, most: int) -> list[dict[str, Any]]:
    """The first `most` differences, by their columns."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({comparison.statement()}) AS each_row LIMIT {most:d}")  # noqa: S608
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
