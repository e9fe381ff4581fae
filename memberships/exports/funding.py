"""Who pays, for every table that says it, and what only some see of it."""

from __future__ import annotations

from collections.abc import Sequence

from ics_leadership.accounts.models import Sight
from ics_leadership.exports import Column, Of

FUNDED_BY = Column("funded_by", Of.TEXT, "money.funded_by", "Who pays on the day; several are joined by “; ”.")
PAYER_IDS = Column("payer_ids", Of.TEXT, "money.payer_ids", "Numbers of the organisations that pay on the day; several are joined by “; ”.")  # fmt: skip
FUNDING_KIND = Column("funding_kind", Of.TEXT, "money.funding_kind", "Where the money comes from, in the words of the role map; several are joined by “; ”.")  # fmt: skip
SESSIONS = Column("sessions_per_week", Of.NUMBER, "money.sessions_per_week", "Sessions a week, all payers together.")


def annual_amount(row: str) -> Column:
    """The sum of money, where the reader sees amounts of a row (by an expression of its id)."""
    return Column("annual_amount", Of.NUMBER, where_seen(Sight.AMOUNTS, row, "money.annual_amount"), "Pounds a year, all payers together, where you may see them.", sight=Sight.AMOUNTS)  # fmt: skip


def money(what: str, lines: str, sums: Sequence[str]) -> str:
    """A query for WITH, called `money`: of each `what` asked for (a foreign key of the table `lines`) who pays on the day and out
    of which pots, and the `sums` of some columns of its lines.
    """
    summed = "".join(f", sum(line.{each}) AS {each}" for each in sums)
    return f"""money AS (
    SELECT line.{what},
        string_agg(DISTINCT coalesce(payer.name, pot.name), '; ') AS funded_by,
        string_agg(DISTINCT payer.id::text, '; ') AS payer_ids,
        string_agg(DISTINCT pot.name, '; ') AS sources,
        string_agg(DISTINCT pot.kind, '; ') AS funding_kind
        {summed}
    FROM {lines} AS line
    JOIN roles_fundingsource AS pot ON pot.id = line.funding_source_id
    LEFT JOIN organisations_organisation AS payer ON payer.id = line.payer_id
    WHERE line.{what} IN (SELECT id FROM asked) AND line.period @> %(date)s::date
    GROUP BY line.{what}
)"""


def where_seen(sight: str, row: str, column: str) -> str:
    """A column where the reader sees such facts of a row (by an expression of its id), NULL elsewhere."""
    seen = f"%(seen_{sight})s::bigint[]"
    return f"CASE WHEN {seen} IS NULL OR {row} = ANY({seen}) THEN {column} END"
