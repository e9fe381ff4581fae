"""Whether a body is of an area on a day: what each of some organisations lies in, asked of all at once and answered of any two.

A body is of an area if it lies in it, or the area in it; and of one beside which it lies, such as a council or a federation of
its own place, unless the two lie in different areas of one level. What lies in no place, as a trust does that serves several,
is of any place of its system.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from organisations.models import PLACE_KINDS, Kind, Organisation
from organisations.models.areas import around_each

_LEVELS = ((Kind.PCN,), PLACE_KINDS, (Kind.ICB, Kind.STP), (Kind.REGION,))
"""The kinds of area into which a country is divided, the smallest first."""


@dataclass(frozen=True)
class Surroundings:
    """For each organisation, by its id, the ids of all in which it lies on the day, itself included, with their kinds."""

    around: Mapping[int, Mapping[int, str]]

    def lies_in(self, body: int, area: int) -> bool:
        """Whether a body lies in an area."""
        return area in self.around[body]

    def is_of(self, body: int, area: int) -> bool:
        """Whether a body is of an area."""
        return self.lies_in(body, area) or self.lies_in(area, body) or not self._lie_apart(body, area)

    def _lie_apart(self, one: int, other: int) -> bool:
        for level in _LEVELS:
            of_one, of_other = (
                {pk for pk, kind in self.around[body].items() if kind in level} for body in (one, other)
            )
            if of_one and of_other and of_one.isdisjoint(of_other):
                return True
        return False


def surroundings(organisations: Collection[int], date: datetime.date) -> Surroundings:
    """What each of these organisations lies in on a day; asks one query."""
    above = Organisation.objects.filter(pk__in=around_each(OuterRef("pk"), date))
    rows = Organisation.objects.filter(pk__in=organisations).annotate(
        above=ArraySubquery(above.values(each=JSONObject(pk="pk", kind="kind")))
    )
    return Surroundings({row.pk: {each["pk"]: each["kind"] for each in row.above} for row in rows})
