"""Roles, which exist whether or not anyone holds them, and their remits in versions."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce

from ics_leadership.addresses import address_of
from ics_leadership.facts import Confirmed, Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated, PeriodQuerySet
from ics_leadership.search import FindableQuerySet, folded_from, folded_index
from organisations.models import Organisation
from roles.models.catalogues import ActsFor, Function, OpenTo, Pathway, RoleType


def remit_columns(date: datetime.date, role: str = "") -> dict[str, Any]:
    """Annotations that give a queryset its role's remit as at that day, for `alias` or `annotate`, in this order.

    `role` is the path from the queryset's model to the role ("" for roles themselves). Gives `remit` (the version that
    is in force, or null), `acts_for`, `open_to` and `pathway_id`; where no version is in force the role type's usual
    `acts_for` and `open_to` stand.
    """
    path = f"{role}__" if role else ""
    return {
        "remit": FilteredRelation(f"{path}remits", condition=Q(**{f"{path}remits__period__contains": date})),
        "acts_for": Coalesce(F("remit__acts_for"), F(f"{path}role_type__acts_for")),
        "open_to": Coalesce(F("remit__open_to"), F(f"{path}role_type__open_to")),
        "pathway_id": F("remit__pathway_id"),
    }


class RoleQuerySet(FindableQuerySet, PeriodQuerySet):  # type: ignore[override]
    def with_remit(self, date: datetime.date) -> Self:
        """Roles with `remit`, `acts_for`, `open_to` and `pathway_id` as at that day (see `remit_columns`)."""
        return self.annotate(**remit_columns(date))


UNTITLED_SENTENCE = "Say what the role is called."


@tracked
class Role(Fact, Confirmed, Dated):
    """A post that exists for a period whether or not anyone holds it, in an organisation.

    A role of a group stands in the organisation that hosts the group; `memberships` says which group.
    """

    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField(max_length=300, error_messages={"blank": UNTITLED_SENTENCE})
    role_type = models.ForeignKey(RoleType, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    folded = folded_from("title")

    objects: ClassVar[Any] = RoleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Dated.Meta):
        ordering = ["title", "pk"]
        indexes = [folded_index("role_folded"), models.Index(fields=["title", "id"], name="role_by_title")]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="role_has_title",
                condition=~Q(title=""),
                violation_error_message=UNTITLED_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("role", self.slug)


class Part(models.TextChoices):
    """The part that a role or group plays in a function."""

    LEADS = "leads", "leads"
    SHARES = "shares", "shares"
    CONTRIBUTES = "contributes", "contributes"
    ASSURES = "assures", "assures"
    STEPS_IN = "steps_in", "steps in where others cannot"


class RemitVersion(Fact, Dated):
    """A version of what something is responsible for. At most one is in force on a day."""

    summary = models.TextField(blank=True, db_default="")

    class Meta(Dated.Meta):
        abstract = True


class RemitPart(Fact):
    """The part played in one function under one version of a remit."""

    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=Part)

    class Meta:
        abstract = True


ONE_REMIT_SENTENCE = "Another version of the remit is in force on some of these days. End it first."
ONE_PART_SENTENCE = "This version of the remit names that function already."


@tracked
class Remit(RemitVersion):
    """A version of what a role is responsible for, on whose behalf it acts, and who may hold it."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="remits")
    acts_for = models.CharField(max_length=20, choices=ActsFor)
    open_to = models.CharField(max_length=10, choices=OpenTo)
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, null=True, blank=True, related_name="remits")

    class Meta(RemitVersion.Meta):
        abstract = False
        constraints = [
            *RemitVersion.Meta.constraints,
            ExclusionConstraint(
                name="one_remit_of_a_role_on_a_day",
                expressions=[("role", "="), ("period", "&&")],
                violation_error_message=ONE_REMIT_SENTENCE,
            ),
        ]

    def __str__(self) -> str:
        return f"Remit of {self.role}"


@tracked
class RemitFunction(RemitPart):
    """The part that a role plays in one function."""

    remit = models.ForeignKey(Remit, on_delete=models.PROTECT, related_name="functions")

    class Meta(RemitPart.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["remit", "function"],
                name="one_part_of_a_role_in_a_function",
                violation_error_message=ONE_PART_SENTENCE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.function}"
