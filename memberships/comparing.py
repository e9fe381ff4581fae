"""Two states of the register side by side, of roles held or of seats: two days as known alike, or one day as known at two moments.

Each difference is told as one of three: it really changed, what stood there was corrected, or it was recorded late. What these mean
is defined in docs/adr/0025 and worked out here, in one statement over the events. What is compared, and the columns of a difference,
are declared in `exports.differences`; how it is asked and shown is left to the views. Names are those of today, so that nobody is
named who has been taken out of the register; within `known.as_known_at` those of then, and two days are as they were known then.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from django.db import connection
from django.utils import timezone

from ics_leadership.exports import Question, Table, listed, told_by
from ics_leadership.history import event_model
from ics_leadership.known_at import KnownAt
from memberships.exports.differences import APPOINTMENTS, Subject, ToldAs


@dataclass(frozen=True)
class States:
    """Two states of the register, the earlier first: `days`, both as known at `known` (None: now); or one day, twice, as known at
    `moments`, told in the names that were known at `known`.
    """

    days: tuple[datetime.date, datetime.date]
    moments: tuple[KnownAt, KnownAt] | None = None
    known: KnownAt | None = None

    @property
    def known_last(self) -> KnownAt | None:
        """The moment as at whose knowledge the later one is; None: now."""
        return self.moments[1] if self.moments else self.known


@dataclass(frozen=True)
class Comparison(States):
    """What is compared: a subject in two states; `inside` has for each day the ids of the organisations or groups that it is
    narrowed to, None for all.
    """

    inside: tuple[Sequence[int], Sequence[int]] | None = None
    of: Subject = APPOINTMENTS

    @property
    def values(self) -> dict[str, Any]:
        """What stands for the placeholders of the statement."""
        first, second = self.moments or (None, None)
        return {
            "first_day": self.days[0],
            "second_day": self.days[1],
            "first_moment": first.moment if first else None,
            "second_moment": second.moment if second else None,
            # What happened on or after this day cannot have been known before as having happened.
            "since": timezone.localdate(first.moment) if first else self.days[0],
            "first_inside": self.inside and list(self.inside[0]),
            "second_inside": self.inside and list(self.inside[1]),
        }

    def statement(self) -> str:
        """The differences as one SELECT with every value in its place."""
        operations: Any = connection.ops
        composed: str = operations.compose_sql(_statement(self.of, over_time=self.moments is None), self.values)
        return composed

    @property
    def table(self) -> Table:
        return table_of(self.of, over_time=self.moments is None)

    @property
    def question(self) -> Question:
        """All of that table, about the later state. What differs may be in no table of the register any more, so that no queryset
        names it.
        """
        known_at = self.known_last.moment if self.known_last else None
        return Question(self.of.model._default_manager.none(), self.days[1], known_at, given=self.values)


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
    told_as = f"'{ToldAs.CHANGED}'" if over_time else _TOLD
    return f"""
WITH {_sides(of, over_time=over_time)}, both_states AS (SELECT {", ".join(of_both)} FROM a FULL JOIN b ON b.id = a.id)
SELECT * FROM (
    SELECT {listed(of.columns)},
        person.slug AS person_slug, {of.address} AS address, {of.body} AS body,
        {_STAYED if over_time else "false AS stayed"}, {_INSIDE.format(of.inside)} AS is_inside
    FROM (SELECT both_states.*, {told_as} AS told_as FROM both_states) AS state
    LEFT JOIN memberships_person AS person ON person.id = state.person_id
    {of.joins}
    WHERE (a_held OR b_held) {"" if over_time else "AND (a_held <> b_held OR other_facts OR other_period)"}
    {_SAME.format(thing=of.thing) if over_time else ""}
) AS difference
WHERE NOT stayed AND is_inside
ORDER BY {of.key.name}
"""  # noqa: S608 every value has a placeholder


def table_of(of: Subject, *, over_time: bool) -> Table:
    """The differences as a table that can be taken away: between two days, or else between two moments."""
    return Table(
        name=f"comparison-of-{of.name}",
        title=f"Differences of {of.name}",
        meaning=f"One row for each of the {of.name} that is on one side alone, or stands otherwise on the other.",
        columns=told_by("asked", of.columns),
        beforehand=f", difference AS ({_statement(of, over_time=over_time)})",
        read_from=f"(SELECT *, {of.key.name} AS place FROM difference) AS asked",  # noqa: S608 a column of ours
    )


def counted(comparison: Comparison, by: str = "told_as") -> dict[str, int]:
    """How many differences there are of each kind, as one of their columns tells kinds apart: `told_as` or `on_side`."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {by}, count(*) FROM ({comparison.statement()}) AS each_row GROUP BY {by}")  # noqa: S608
        return dict(cursor.fetchall())


def differences(comparison: Comparison, most: int, behind: int = 0) -> list[dict[str, Any]]:
    """At most `most` differences behind the first `behind`, by their columns, with `person_slug` and `address` beside them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({comparison.statement()}) AS each_row LIMIT {most:d} OFFSET {behind:d}")  # noqa: S608
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Differences(Sequence[dict[str, Any]]):
    """All differences of a comparison, counted at once and fetched a slice at a time.

    `counts` says how many there are of each kind: between two days by the side on which they are, else by how they came about.
    """

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison

    @cached_property
    def counts(self) -> dict[str, int]:
        return counted(self.comparison, "told_as" if self.comparison.moments else "on_side")

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
