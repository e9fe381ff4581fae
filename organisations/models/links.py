"""How organisations hang together over time: what is part of what, who succeeded whom, and what lies within an area.

"Within an area on a day" is answered by one recursive query, `within`, which pages, filters, permissions, rules and
exports all share.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField
from django.db import models
from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.expressions import RawSQL

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated
from organisations.models.organisations import Organisation


class LinkKind(models.TextChoices):
    """What one organisation is to another. Read: organisation, kind, other."""

    PART_OF = "part_of", "part of"
    CORE_PARTNER_OF = "core_partner_of", "core partner of"
    MEMBER_OF = "member_of", "member of"
    COVERS = "covers", "covers"


@tracked
class Link(Fact, Dated):
    """One organisation's standing to another for a period."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=20, choices=LinkKind)
    other = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="links_from")
    as_published = models.BooleanField(default=False, db_default=False)
    """Taken from published data, which is kept even where it puts a practice into two networks on one day."""

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="link_to_another",
                condition=~Q(organisation=F("other")),
                violation_error_message="An organisation cannot be part of itself.",
            ),
            ExclusionConstraint(
                name="one_link_of_a_kind_between_two",
                expressions=[
                    (
                        Func(
                            F("organisation"),
                            F("other"),
                            F("kind"),
                            template="(%(expressions)s)",
                            arg_joiner=" || ' ' || ",
                            output_field=TextField(),
                        ),
                        "=",
                    ),
                    ("certain", "&&"),
                ],
                condition=Q(as_published=False),
                violation_error_message="The register says this already for some of these days.",
            ),
            # Every published spell gets a range of its own, an editor's the range of all: so an editor's row collides
            # with any other, and two published rows never do.
            ExclusionConstraint(
                name="one_network_for_a_practice",
                expressions=[
                    ("organisation", "="),
                    ("certain", "&&"),
                    (
                        Case(
                            When(
                                as_published=True,
                                then=Func(F("id"), F("id"), Value("[]"), function="int8range"),
                            ),
                            default=Func(Value(None), Value(None), function="int8range"),
                            output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                ],
                condition=Q(kind=LinkKind.CORE_PARTNER_OF),
                violation_error_message="A practice is a core partner of one primary care network at a time.",
            ),
        ]
        indexes = [
            models.Index(fields=["other", "kind"], name="link_other_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()} {self.other}"


@tracked
class Succession(Fact):
    """One organisation taking over from another, wholly or in part, from a day. Mergers and splits are several rows."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions_onward")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions_before")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"],
                name="one_succession_on_a_day",
                violation_error_message="The register holds this succession already.",
            ),
            models.CheckConstraint(
                name="succession_by_another",
                condition=~Q(predecessor=F("successor")),
                violation_error_message="An organisation cannot succeed itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}, {self.on}"


@tracked
class KeptArea(Fact, Dated):
    """An area whose leadership somebody keeps in this register. Rules run here only; elsewhere nothing is claimed."""

    area = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="kept")
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="keeps")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_keeper_for_an_area",
                expressions=[("area", "="), ("certain", "&&")],
                violation_error_message="Somebody keeps this area on some of these days already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, kept by {self.keeper}"


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
"""  # noqa: S608

_AROUND_SQL = f"""
WITH RECURSIVE around (id) AS (
    SELECT id FROM unnest(%s::bigint[]) AS start (id)
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
    that covers a place holds everything in that place.
    """
    if isinstance(areas, models.QuerySet):
        start, params = areas.query.sql_with_params()
    else:
        start, params = "SELECT unnest(%s::bigint[])", (list(areas),)
    # The statement is ours; what differs is passed as parameters.
    return RawSQL(_WITHIN_SQL.format(start=start), (*params, date))  # noqa: S611


def around(organisations: Iterable[int], date: datetime.date) -> RawSQL:
    """Ids of the organisations inside which any of `organisations` lies on that day, themselves included, for use after
    `__in`: the way up where `within` is the way down.
    """
    return RawSQL(_AROUND_SQL, (list(organisations), date))  # noqa: S611
