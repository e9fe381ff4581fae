"""What people declared: their interests in the four categories of the NHS, and on which days they declared them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated
from memberships.models.people import Person
from organisations.models import Organisation


class InterestCategory(models.TextChoices):
    """The four categories of interests that NHS bodies use."""

    FINANCIAL = "financial", "Financial"
    PROFESSIONAL = "professional", "Non-financial professional"
    PERSONAL = "personal", "Non-financial personal"
    INDIRECT = "indirect", "Indirect"


UNSAID_INTEREST_SENTENCE = "Say what the interest is."


@tracked
class Interest(Fact, Dated):
    """An interest that somebody declared, for as long as they have it; `body` is the organisation it is in, if any."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    category = models.CharField(max_length=12, choices=InterestCategory)
    what = models.TextField(error_messages={"blank": UNSAID_INTEREST_SENTENCE})
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="interests")

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="interest_says_what", condition=~Q(what=""), violation_error_message=UNSAID_INTEREST_SENTENCE
            ),
        ]

    def __str__(self) -> str:
        return self.what


@tracked
class InterestDeclaration(Fact):
    """That somebody declared on a day all interests they have, or that they have none."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interest_declarations")
    declared_on = models.DateField()

    class Meta:
        verbose_name = "declaration of interests"
        verbose_name_plural = "declarations of interests"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "declared_on"],
                name="one_declaration_on_a_day",
                violation_error_message="A declaration of that day is recorded already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.declared_on}"
