"""Which functions the editors of an area say must be led by somebody."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated, pair_key
from organisations.models import Organisation
from roles.models.catalogues import Function


@tracked
class NeededFunction(Fact, Dated):
    """A function that somebody must lead in an area, for as long as its editors say so."""

    area = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="needed_functions")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="needed_in")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_need_of_a_function_at_a_time",
                expressions=[(pair_key("area", "function"), "="), ("certain", "&&")],
                violation_error_message="This function is needed here already on some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.function}, {self.area}"
