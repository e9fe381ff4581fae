"""What became of organisations that closed, as expressions for queries: their heirs, and the area in which they lay."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Func

from memberships.rules.scope import Scope
from organisations.models import LinkKind

_HEIRS_SQL = """ARRAY(
    WITH RECURSIVE heir (id) AS (
        SELECT (%(expressions)s)::bigint
        UNION
        SELECT succession.successor_id
        FROM heir JOIN organisations_organisation AS former ON former.id = heir.id
        JOIN organisations_succession AS succession ON succession.predecessor_id = former.id
        WHERE upper(former.period) <= '{date}' AND succession."on" <= '{date}'
    ) SELECT id FROM heir WHERE id IS NOT NULL
)"""

# From a body that has closed to what took over from it, and to what it lay in on its last day.
_LIES_IN_SQL = f"""(
    WITH RECURSIVE step (id) AS (
        SELECT (%(expressions)s)::bigint
        UNION
        SELECT onward.id
        FROM step JOIN organisations_organisation AS former
            ON former.id = step.id AND upper(former.period) <= '{{date}}'
        CROSS JOIN LATERAL (
            SELECT successor_id AS id FROM organisations_succession
                WHERE predecessor_id = former.id AND "on" <= '{{date}}'
            UNION ALL
            SELECT other_id FROM organisations_link
                WHERE organisation_id = former.id AND kind <> '{LinkKind.COVERS}'
                AND period @> upper(former.period) - 1
            UNION ALL
            SELECT organisation_id FROM organisations_link
                WHERE other_id = former.id AND kind = '{LinkKind.COVERS}' AND period @> upper(former.period) - 1
        ) AS onward
    ) SELECT min(id) FROM step WHERE id = ANY('{{inside}}'::bigint[])
)"""  # noqa: S608 a constant of ours


def heirs_each(organisation: Any, date: datetime.date) -> Func:
    """The ids of an organisation and, where it has closed by that day, of whoever took over from it, as an array."""
    return Func(
        organisation,
        template=_HEIRS_SQL.format(date=date.isoformat()),
        output_field=ArrayField(BigIntegerField()),
    )


def have_one_in_common(some: Any, others: Any) -> Func:
    """Whether two arrays of ids share one, for filters."""
    return Func(some, others, template="(%(expressions)s)", arg_joiner=" && ", output_field=BooleanField())


def lies_in_each(organisation: Any, scope: Scope) -> Func:
    """The id of an organisation of the scope in whose area another one lies, or lay when it closed; null for none."""
    inside = f"{{{','.join(map(str, scope.inside))}}}"
    return Func(
        organisation,
        template=_LIES_IN_SQL.format(date=scope.date.isoformat(), inside=inside),
        output_field=BigIntegerField(),
    )
