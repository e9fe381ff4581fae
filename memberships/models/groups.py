"""Groups: leadership groups, boards and forums; whom they report to, who funds them, whom they influence."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q

from ics_leadership.addresses import address_of
from ics_leadership.facts import Confirmed, Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated, PeriodQuerySet, pair_key
from ics_leadership.search import FindableQuerySet, folded_from, folded_index
from organisations.models import Organisation
from roles.models import FundingSource, Role
from roles.models.roles import ONE_PART_SENTENCE, ONE_REMIT_SENTENCE, RemitPart, RemitVersion


class GroupKind(models.TextChoices):
    """What kind of group it is, in the words of the field."""

    GP_LEADERSHIP_GROUP = "gp_leadership_group", "GP leadership group"
    GP_PROVIDER_BOARD = "gp_provider_board", "GP provider board"
    PCN_DIRECTORS_FORUM = "pcn_directors_forum", "PCN clinical director forum"
    PCN_BOARD = "pcn_board", "PCN board"
    FEDERATION_BOARD = "federation_board", "Federation board"
    LMC_COMMITTEE = "lmc_committee", "LMC committee"
    CCG_GOVERNING_BODY = "ccg_governing_body", "CCG governing body"
    ICB_BOARD = "icb_board", "ICB board"
    PLACE_BOARD = "place_board", "Place board"
    INTEGRATED_CARE_PARTNERSHIP = "integrated_care_partnership", "Integrated care partnership"
    HEALTH_AND_WELLBEING_BOARD = "health_and_wellbeing_board", "Health and wellbeing board"
    CLINICAL_SENATE = "clinical_senate", "Clinical senate"
    COMMISSIONING_GROUP = "commissioning_group", "Commissioning group"
    SUMMIT = "summit", "Summit"
    OTHER = "other", "Other group"


class GroupQuerySet(FindableQuerySet, PeriodQuerySet):  # type: ignore[override]
    def within(self, area: Organisation, date: datetime.date) -> Self:
        """Groups whose area, or host where no area is recorded, lies inside `area` on that day."""
        inside = Organisation.objects.within(area, date).values("pk")
        return self.filter(Q(covers__in=inside) | Q(covers=None, host__in=inside))


UNNAMED_SENTENCE = "Say what the group is called."


@tracked
class Group(Fact, Confirmed, Dated):
    """A leadership group, board or forum. It covers an area and is hosted by one organisation."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField(max_length=300, error_messages={"blank": UNNAMED_SENTENCE})
    kind = models.CharField(max_length=30, choices=GroupKind)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groups_hosted")
    covers = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="groups_covering"
    )
    invented = models.BooleanField(default=False, db_default=False)
    folded = folded_from("name")

    objects: ClassVar[Any] = GroupQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Dated.Meta):
        ordering = ["name", "pk"]
        indexes = [folded_index("group_folded")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="group_has_name",
                condition=~Q(name=""),
                violation_error_message=UNNAMED_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("group", self.slug)


@tracked
class GroupRole(Fact):
    """A role that belongs to a group, such as its elected chair; the host of the group hosts the role."""

    role = models.OneToOneField(Role, on_delete=models.PROTECT, related_name="of_group")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="roles")

    def __str__(self) -> str:
        return f"{self.role}, {self.group}"


@tracked
class GroupRemit(RemitVersion):
    """A version of what a group is responsible for."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="remits")

    class Meta(RemitVersion.Meta):
        abstract = False
        constraints = [
            *RemitVersion.Meta.constraints,
            ExclusionConstraint(
                name="one_remit_of_a_group_on_a_day",
                expressions=[("group", "="), ("period", "&&")],
                violation_error_message=ONE_REMIT_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return f"Remit of {self.group}"


@tracked
class GroupRemitFunction(RemitPart):
    """The part that a group plays in one function."""

    remit = models.ForeignKey(GroupRemit, on_delete=models.PROTECT, related_name="functions")

    class Meta(RemitPart.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["remit", "function"],
                name="one_part_of_a_group_in_a_function",
                violation_error_message=ONE_PART_SENTENCE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.function}"


@tracked
class ReportingLine(Fact, Dated):
    """To whom a group reports for a period: another group or an organisation. A group may report to several."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="reporting_lines")
    to_group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="reporting_lines_from"
    )
    to_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="reporting_lines_from"
    )
    on = models.TextField("on what", blank=True, db_default="")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="reporting_line_to_one",
                condition=Q(to_group=None, to_organisation__isnull=False)
                | Q(to_organisation=None, to_group__isnull=False),
                violation_error_message="A reporting line leads to one group or one organisation.",
            ),
            models.CheckConstraint(
                name="reporting_line_to_another",
                condition=Q(to_group=None) | ~Q(to_group=F("group")),
                violation_error_message="A group cannot report to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} → {self.to_group or self.to_organisation}"


@tracked
class GroupFunding(Fact, Dated):
    """Who funds a group for a period. The yearly amount, in pounds, is for editors of the area."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="funding")
    funding_source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="groups_funded")
    payer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="groups_funded"
    )
    annual_amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="group_funding_amount_not_negative",
                condition=Q(annual_amount=None) | Q(annual_amount__gte=0),
                violation_error_message="A yearly amount cannot be negative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funding_source}, {self.group}"


@tracked
class Influence(Fact, Dated):
    """A body that a group is there to influence."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="influences")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="influenced_by")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_influence_on_a_body_at_a_time",
                expressions=[(pair_key("group", "organisation"), "="), ("certain", "&&")],
                violation_error_message="The register says this already for some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} → {self.organisation}"
