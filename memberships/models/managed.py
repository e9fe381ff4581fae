"""How people manage what the rules find: a conflict is a fact to be managed, not an input error."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from organisations.models import Organisation

UNMANAGED_SENTENCE = "Say how this is managed."


@tracked
class ManagedFinding(Fact):
    """What an editor wrote down about a finding of a rule: how it is managed, who agreed to it, from when and until when.

    `rule` is the rule's code and `subject` what the finding is about, both as the rules spell them; `area` the kept
    area whose editors wrote it.
    """

    rule = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    area = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="managed_findings")
    how = models.TextField(error_messages={"blank": UNMANAGED_SENTENCE})
    agreed_by = models.CharField(max_length=300, blank=True, db_default="")
    since = models.DateField()
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject", "area"],
                name="one_way_of_managing_a_finding",
                violation_error_message="It is written down already how this is managed.",
            ),
            models.CheckConstraint(
                name="managed_says_how", condition=~Q(how=""), violation_error_message=UNMANAGED_SENTENCE
            ),
            models.CheckConstraint(
                name="managed_until_after_since",
                condition=Q(review_on=None) | Q(review_on__gte=F("since")),
                violation_error_message="It is to be looked at again before it is managed: give a later day for the review.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.subject}: {self.how}"
