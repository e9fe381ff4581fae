"""What lies within an area on a day: the kinds of link between organisations, and the one query that follows them.

Pages, filters, permissions, rules and exports all ask `within`, so that they cannot disagree.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Func, Value
from django.db.models.expressions import RawSQL


class LinkKind(models.TextChoices):
    """What one organisation is to another. Read: organisation, kind, other."""

    PART_OF = "part_of", "part of"
    CORE_PARTNER_OF = "core_partner_of", "core partner of"
    MEMBER_OF = "member_of", "member of"
    COVERS = "covers", "covers"


# The kind of link is a constant of ours.
_WITHIN_SQL = f"""
WITH RECURSIVE inside (id) AS (
    SELECT id FROM ({{start}}) AS start (id)
    UNION
    SELECT CASE WHEN link.kind = '{LinkKind.COVERS}' THEN link.other_id ELSE link.organisation_id END
    FROM inside JOIN organisations_link AS link
        ON (link.other_id = inside.id AND link.kind <> '{LinkKind.COVERS}')
        OR (link.organisation_id = inside.id AND link.kind = '{LinkKind.COVERS}')
    WHERE link.period @> %s::date
)
SELECT id FROM inside
UNION
SELECT link.organisation_id FROM inside JOIN organisations_link AS link
    ON link.other_id = inside.id AND link.kind = '{LinkKind.COVERS}' AND link.period @> %s::date
"""  # noqa: S608

_AROUND_SQL = f"""
WITH RECURSIVE asked (id) AS ({{start}}), around (id) AS (
    (
        SELECT id FROM asked
        UNION
        SELECT link.other_id FROM asked JOIN organisations_link AS link
            ON link.organisation_id = asked.id AND link.kind = '{LinkKind.COVERS}' AND link.period @> %s::date
    )
    UNION
    SELECT CASE WHEN link.kind = '{LinkKind.COVERS}' THEN link.organisation_id ELSE link.other_id END
    FROM around JOIN organisations_link AS link
        ON (link.organisation_id = around.id AND link.kind <> '{LinkKind.COVERS}')
        OR (link.other_id = around.id AND link.kind = '{LinkKind.COVERS}')
    WHERE link.period @> %s::date
)
SELECT id FROM around
"""  # noqa: S608


def within(areas: Iterable[int] | models.QuerySet[Any], date: datetime.date) -> RawSQL:
    """Ids of the organisations inside any of `areas` on that day, the areas included, for use after `__in`.

    Inside is what is part of, core partner of or member of something inside, and what something inside covers: an LMC
    that covers a place holds everything in that place. And who covers something inside lies there too, because they
    lead there, though what else they cover does not.
    """
    if isinstance(areas, models.QuerySet):
        start, params = areas.query.sql_with_params()
    else:
        start, params = "SELECT unnest(%s::bigint[])", (list(areas),)
    # The statement is ours; what differs is passed as parameters.
    return RawSQL(_WITHIN_SQL.format(start=start), (*params, date, date))  # noqa: S611


def around(organisations: Iterable[int], date: datetime.date) -> RawSQL:
    """Ids of the organisations inside which any of `organisations` lies on that day, themselves included, for use after
    `__in`: the way up where `within` is the way down.
    """
    statement = _AROUND_SQL.format(start="SELECT unnest(%s::bigint[])")
    return RawSQL(statement, (list(organisations), date, date))  # noqa: S611


def within_each(area: Any, date: datetime.date) -> Func:
    """`within` for an area that an outer query names, for use after `__in`: `within_each(OuterRef("area"), date)`."""
    return _ForEach(_WITHIN_SQL, area, date)


def around_each(organisation: Any, date: datetime.date) -> Func:
    """`around` for an organisation that an outer query names, for use after `__in`.

    The way up from each of a page of rows is short; the way down from all that is kept may be as wide as the country.
    """
    return _ForEach(_AROUND_SQL, organisation, date)


class _ForEach(Func):
    """A statement about the organisation that an outer query names, on one day."""

    # The planner expects a thousand rows of a recursive query and few of an array; few is nearer, and keeps it to indexes.
    template = "(SELECT unnest(ARRAY({statement})))"
    output_field = models.BigIntegerField()

    def __init__(self, statement: str, organisation: Any, date: Any) -> None:
        day = date if isinstance(date, Value) else Value(date, output_field=models.DateField())
        super().__init__(organisation, day, statement=statement)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        organisation, day = self.source_expressions
        start, parameters = compiler.compile(organisation)
        statement = self.extra["statement"].format(start=f"SELECT {start}")
        days = compiler.compile(day)[1] * self.extra["statement"].count("%s")
        return self.template.format(statement=statement), [*parameters, *days]
