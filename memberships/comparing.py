"""Two states of the register side by side, of roles held or of seats: two days as known now, or one day as known at two moments.

Each difference is told as one of three: it really changed, what stood there was corrected, or it was recorded late. What these mean
is defined in docs/adr/0025 and worked out here, in one statement over the events; how it is asked and shown is left to the
views. Names are those of today, so that nobody is named who has been taken out of the register.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, overload

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from ics_leadership.history import event_model
from ics_leadership.known_at import KnownAt
from memberships.exports.role_map import PERSON_NAME
from memberships.models import Appointment, Membership


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
class Subject:
    """What is compared: the rows of one table, each a person in something for a period.

    `facts` are the columns that make a row another than before, beside its period. `thing` is that in which somebody is, as an
    expression: whoever is in it on both days, by whatever row, has stayed. `says` are the columns that name it, over `joins`;
    `address` the name in its address. `inside` is the column by which it is narrowed to an area.
    """

    name: str
    model: type[Model]
    key: str
    facts: Sequence[str]
    thing: str
    joins: str
    says: Sequence[tuple[str, str]]
    address: str
    inside: str

    @property
    def columns(self) -> list[str]:
        """The columns of a difference, in the API and in files."""
        dates = [
            f"{side}_{end}_{what}"
            for side in ("first", "second")
            for end in ("start", "end")
            for what in ("date", "precision")
        ]
        return [self.key, "on_side", "told_as", "person_id", "person_name", *(name for name, _ in self.says), *dates]


APPOINTMENTS = Subject(
    name="appointments",
    model=Appointment,
    key="appointment_id",
    facts=("person_id", "role_id", "how", "employer_id"),
    thing="role.id",
    joins="""
        LEFT JOIN roles_role AS role ON role.id = state.role_id
        LEFT JOIN organisations_organisation AS body ON body.id = role.organisation_id
    """,
    says=(
        ("role_id", "state.role_id"),
        ("role_title", "role.title"),
        ("organisation_id", "body.id"),
        ("organisation_code", "body.ods_code"),
        ("organisation_name", "body.name"),
    ),
    address="role.slug",
    inside="body.id",
)

MEMBERSHIPS = Subject(
    name="memberships",
    model=Membership,
    key="membership_id",
    facts=("person_id", "seat_id", "basis_appointment_id", "basis_experience", "put_forward_by_id", "attends_for_id"),
    thing="ROW(grp.id, seat.title)",
    joins="""
        LEFT JOIN memberships_seat AS seat ON seat.id = state.seat_id
        LEFT JOIN memberships_terms AS terms ON terms.id = seat.terms_id
        LEFT JOIN memberships_group AS grp ON grp.id = terms.group_id
    """,
    says=(
        ("group_id", "grp.id"),
        ("group_name", "grp.name"),
        ("seat_id", "state.seat_id"),
        ("seat", "seat.title"),
        ("category", "seat.category"),
    ),
    address="grp.slug",
    inside="grp.id",
)

SUBJECTS = {each.name: each for each in (APPOINTMENTS, MEMBERSHIPS)}


@dataclass(frozen=True)
class Comparison:
    """What is compared: a subject on `days`, as known at `moments` (None: now), the earlier first; `inside` has for each day the
    ids of the organisations or groups that it is narrowed to, None for all.
    """

    days: tuple[datetime.date, datetime.date]
    moments: tuple[KnownAt, KnownAt] | None = None
    inside: tuple[Sequence[int], Sequence[int]] | None = None
    of: Subject = APPOINTMENTS

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
            "first_inside": self.inside and list(self.inside[0]),
            "second_inside": self.inside and list(self.inside[1]),
        }
        operations: Any = connection.ops
        composed: str = operations.compose_sql(_statement(self.of, over_time=first is None), facts)
        return composed


# Whoever is in the same thing on both days has stayed there, though by another row: re-appointed, or seated under new terms.
_STAYED = "bool_or(a_held) OVER same AND bool_or(b_held) OVER same AS stayed"
_SAME = "WINDOW same AS (PARTITION BY state.person_id, {thing})"

# Each side lies where it lies on its own day: what was in the area on the first is compared though the area is no more.
_INSIDE = """(
    %(first_inside)s::bigint[] IS NULL
    OR a_held AND {0} = ANY(%(first_inside)s::bigint[]) OR b_held AND {0} = ANY(%(second_inside)s::bigint[])
)"""

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

_PERIOD = ("period", "start_precision", "end_precision")


def _sides(of: Subject, *, over_time: bool) -> str:
    """The two states, `a` and `b`, as queries of a WITH clause."""
    columns = ", ".join(("id", *of.facts, *_PERIOD))
    if over_time:
        held = "period @> %(first_day)s::date OR period @> %(second_day)s::date"
        return f"a AS (SELECT {columns} FROM {of.model._meta.db_table} WHERE {held}), b AS (SELECT * FROM a)"  # noqa: S608
    return ", ".join(
        f"{name} AS (SELECT {columns} FROM public.{event_model(of.model)._meta.db_table}"  # noqa: S608 tables and columns of ours
        f" WHERE known_from <= %({moment})s AND (known_to IS NULL OR known_to > %({moment})s))"
        for name, moment in (("a", "first_moment"), ("b", "second_moment"))
    )


def _period_in(state: str, name: str) -> str:
    """The period of a row in one of the two states, as exactly as it was known then; all null where it was not there."""
    return f"""
    lower({state}_period) AS {name}_start_date, {state}_start_precision AS {name}_start_precision,
    CASE WHEN {state}_end_precision <> 'unknown' THEN upper({state}_period) - 1 END AS {name}_end_date,
    {state}_end_precision AS {name}_end_precision"""


def _row(state: str, names: Sequence[str]) -> str:
    return f"({', '.join(f'{state}.{name}' for name in names)})"


def _statement(of: Subject, *, over_time: bool) -> str:
    """Every difference, with placeholders for the values."""
    of_both = [
        "coalesce(b.id, a.id) AS id, a.id AS a_id, b.id AS b_id",
        *(f"{state}.{name} AS {state}_{name}" for state in ("a", "b") for name in _PERIOD),
        "coalesce(a.period @> %(first_day)s::date, false) AS a_held",
        "coalesce(b.period @> %(second_day)s::date, false) AS b_held",
        *(f"CASE WHEN b.id IS NULL THEN a.{name} ELSE b.{name} END AS {name}" for name in of.facts),
        f"{_row('a', of.facts)} IS DISTINCT FROM {_row('b', of.facts)} AS other_facts",
        f"{_row('a', _PERIOD)} IS DISTINCT FROM {_row('b', _PERIOD)} AS other_period",
    ]
    said = ", ".join(f"{expression} AS {name}" for name, expression in of.says)
    return f"""
WITH {_sides(of, over_time=over_time)}, both_states AS (SELECT {", ".join(of_both)} FROM a FULL JOIN b ON b.id = a.id)
SELECT * FROM (
    SELECT state.id AS {of.key},
        CASE WHEN NOT a_held THEN 'only_second' WHEN NOT b_held THEN 'only_first' ELSE 'both' END AS on_side,
        {"'really_changed'" if over_time else _TOLD} AS told_as,
        state.person_id, {PERSON_NAME} AS person_name, {said},
        {_period_in("a", "first")}, {_period_in("b", "second")},
        person.slug AS person_slug, {of.address} AS address, {_STAYED if over_time else "false AS stayed"},
        {_INSIDE.format(of.inside)} AS is_inside
    FROM both_states AS state
    LEFT JOIN memberships_person AS person ON person.id = state.person_id
    {of.joins}
    WHERE (a_held OR b_held) {"" if over_time else "AND (a_held <> b_held OR other_facts OR other_period)"}
    {_SAME.format(thing=of.thing) if over_time else ""}
) AS difference
WHERE NOT stayed AND is_inside
ORDER BY {of.key}
"""  # noqa: S608 every value has a placeholder


def counted(comparison: Comparison) -> dict[ToldAs, int]:
    """How many differences there are of each kind."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT told_as, count(*) FROM ({comparison.statement()}) AS each_row GROUP BY told_as")  # noqa: S608
        found = dict(cursor.fetchall())
    return {kind: found.get(kind.value, 0) for kind in ToldAs}


def differences(comparison: Comparison, most: int, behind: int = 0) -> list[dict[str, Any]]:
    """At most `most` differences behind the first `behind`, by their columns, with `person_slug` and `address` beside them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({comparison.statement()}) AS each_row LIMIT {most:d} OFFSET {behind:d}")  # noqa: S608
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Differences(Sequence[dict[str, Any]]):
    """All differences of a comparison, counted at once and fetched a slice at a time."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison

    @cached_property
    def counts(self) -> dict[ToldAs, int]:
        return counted(self.comparison)

    def __len__(self) -> int:
        return sum(self.counts.values())

    @overload
    def __getitem__(self, place: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(place, int):
            return differences(self.comparison, 1, place)[0]
        start, stop, _ = place.indices(len(self))
        return differences(self.comparison, stop - start, start) if stop > start else []

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self[:])
