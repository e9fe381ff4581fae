"""How long somebody sits: where a membership goes on in the next of the same person, its end is no end for a reader.

New terms that are recorded ahead, and another basis, end one membership on the eve of the next: rows are facts, and the API
gives both. Whatever says until when somebody sits asks here for the last of those that follow one another. It is said twice,
for rows at hand and for the database; a test holds the two together.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, F, Func, QuerySet

from memberships.models import Membership


def last_in_turn(membership: Membership, among: Iterable[Membership]) -> Membership:
    """The membership with which somebody's time at a table ends, of those `among` which follow one another from this one.

    One follows another that ends when the same person begins by the day after in the same group, in the same seat or under
    other terms, and sits for longer: who changes seats under the same terms leaves one empty. Where two follow, it goes on in
    the one with the same category, then in the one that lasts longest. Each comes with its seat and the seat's terms.
    """
    rows, last = list(among), membership
    while following := [row for row in rows if _follows(row, last)]:
        last = max(following, key=lambda row: (row.seat.category == last.seat.category, _upper(row), -row.pk))
    return last


def _follows(row: Membership, former: Membership) -> bool:
    begins, ends = row.period.lower, former.period.upper
    return (
        row.person_id == former.person_id
        and row.seat.terms.group_id == former.seat.terms.group_id
        and (row.seat_id == former.seat_id or row.seat.terms_id != former.seat.terms_id)
        and begins is not None
        and ends is not None
        and (former.period.lower or datetime.date.min) < begins <= ends < _upper(row)
    )


def _upper(row: Membership) -> datetime.date:
    return row.period.upper or datetime.date.max


_LAST_SQL = """(
    WITH RECURSIVE turn (number, id, period, seat_id, terms_id, category, person_id, group_id) AS (
        SELECT 1, sits.id, sits.period, seat.id, seat.terms_id, seat.category, sits.person_id, terms.group_id
        FROM memberships_membership AS sits
        JOIN memberships_seat AS seat ON seat.id = sits.seat_id
        JOIN memberships_terms AS terms ON terms.id = seat.terms_id
        WHERE sits.id = %(expressions)s
        UNION ALL
        SELECT number + 1, next.id, next.period, next.seat_id, next.terms_id, next.category, person_id, group_id
        FROM turn CROSS JOIN LATERAL (
            SELECT later.id, later.period, later.seat_id, seat.terms_id, seat.category
            FROM memberships_membership AS later
            JOIN memberships_seat AS seat ON seat.id = later.seat_id
            JOIN memberships_terms AS terms ON terms.id = seat.terms_id
            WHERE later.person_id = turn.person_id
            AND terms.group_id = turn.group_id
            AND (later.seat_id = turn.seat_id OR seat.terms_id <> turn.terms_id)
            AND lower(later.period) > coalesce(lower(turn.period), '-infinity')
            AND lower(later.period) <= upper(turn.period)
            AND coalesce(upper(later.period), 'infinity') > upper(turn.period)
            ORDER BY seat.category = turn.category DESC, upper(later.period) DESC NULLS FIRST, later.id
            LIMIT 1
        ) AS next
    )
    SELECT id FROM turn ORDER BY number DESC LIMIT 1
)"""


def last_id(membership: str = "") -> Func:
    """The id of the last in turn, for annotations of memberships or of rows with one at `membership`."""
    path = f"{membership}__pk" if membership else "pk"
    return Func(F(path), template=_LAST_SQL, output_field=BigIntegerField())


def last_of(memberships: QuerySet[Any]) -> QuerySet[Any]:
    """The last in turn of each of some memberships, as a queryset of its own."""
    ids = memberships.order_by().annotate(last=last_id()).values("last")
    last: QuerySet[Any] = Membership.objects.filter(pk__in=ids)
    return last
