"""The short lists that roles are described with: types of role, pathways, functions, sources of funding."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ics_leadership.facts import Fact
from ics_leadership.history import tracked


class ActsFor(models.TextChoices):
    """On whose behalf a role acts: exactly one of these, whoever hosts or pays it."""

    GENERAL_PRACTICE = "general_practice", "General practice"
    OWN_ORGANISATION = "own_organisation", "Its own organisation"
    SYSTEM = "system", "The system"
    COMMISSIONER = "commissioner", "The commissioner"
    PUBLIC_HEALTH = "public_health", "The public's health"


class OpenTo(models.TextChoices):
    """Who may hold a role."""

    GPS = "gps", "GPs only"
    CLINICIANS = "clinicians", "Any clinician"
    ANYONE = "anyone", "Anyone"


class FundingKind(models.TextChoices):
    """Where the money for an appointment or a group comes from."""

    CCG_RUNNING_COSTS = "ccg_running_costs", "CCG running costs"
    PCN_CONTRACT = "pcn_contract", "PCN contract (clinical director payment)"
    ICB_CORE = "icb_core", "ICB core"
    LMC_LEVY = "lmc_levy", "LMC levy"
    FEDERATION = "federation", "Federation"
    PRACTICE = "practice", "Practice"
    GRANT = "grant", "Grant"
    UNPAID = "unpaid", "Unpaid"
    OTHER = "other", "Another source"


UNNAMED_SENTENCE = "Give it a name."


class Catalogue(Fact):
    """An entry of a short list, with a stable address."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200, error_messages={"blank": UNNAMED_SENTENCE})

    class Meta:
        abstract = True
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_name",
                condition=~Q(name=""),
                violation_error_message=UNNAMED_SENTENCE,
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Pathway(Catalogue):
    """A field of care that a system clinical lead leads: planned care, urgent care, long-term conditions, …"""


@tracked
class Function(Catalogue):
    """A task that a remit can give a part in: practitioner performance, dental commissioning, workforce, …"""

    description = models.TextField(blank=True, db_default="")


@tracked
class FundingSource(Catalogue):
    """A pot that pays, such as "PCN contract: clinical director payment"."""

    kind = models.CharField(max_length=20, choices=FundingKind)


@tracked
class RoleType(Catalogue):
    """A kind of role, with what is usual for it: on whose behalf it acts and to whom it is open."""

    plural = models.CharField(max_length=200)
    acts_for = models.CharField(max_length=20, choices=ActsFor)
    open_to = models.CharField(max_length=10, choices=OpenTo)
    accountable = models.BooleanField(default=False, db_default=False)
    """Its holder is the named accountable clinical director of the primary care network that hosts it."""
    leads = models.BooleanField("leads what hosts it", default=False, db_default=False)
    """Its holder leads the organisation or group that hosts it, and may answer for it."""
