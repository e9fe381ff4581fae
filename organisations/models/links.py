"""How organisations hang together over time: what is part of what, who succeeded whom, and who keeps which area."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField
from django.db import models
from django.db.models import Case, F, Func, Q, TextField, Value, When

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated
from organisations.models.areas import LinkKind
from organisations.models.organisations import Organisation


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
                            arg_joiner=" || ' ' || ",
                            output_field=TextField(),
                            template="(%(expressions)s)",
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
