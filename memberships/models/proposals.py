"""Sign-off: proposals, the groups and organs that must agree to each, and what each of them answered.

A group cannot instruct the bodies that its members come from, so a proposal stands only by the consent that the terms ask
for. An answer is never rewritten: a later one of the same party takes its place.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ics_leadership.addresses import address_of
from ics_leadership.constraints import ReferenceTogether
from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from memberships.models.appointments import Appointment
from memberships.models.groups import Group
from memberships.models.people import Person
from organisations.models import Organisation

UNTITLED_SENTENCE = "Say what is proposed."


@tracked
class Proposal(Fact):
    """Something that a group puts to its parties on a day, and by when they are asked to answer.

    The terms in force on the day it was put say how it is decided. From the day `withdrawn_on` nobody is asked any more.
    """

    slug = models.SlugField(max_length=200, unique=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=300, error_messages={"blank": UNTITLED_SENTENCE})
    text = models.TextField(blank=True, db_default="")
    sponsor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    put_on = models.DateField("put to the parties on")
    answer_by = models.DateField("to be answered by", null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-put_on", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="proposal_has_title", condition=~Q(title=""), violation_error_message=UNTITLED_SENTENCE
            ),
            models.CheckConstraint(
                name="proposal_answered_after_it_is_put",
                condition=Q(answer_by=None) | Q(answer_by__gte=models.F("put_on")),
                violation_error_message="Nobody can answer before the proposal is put.",
            ),
            models.CheckConstraint(
                name="proposal_withdrawn_after_it_is_put",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=models.F("put_on")),
                violation_error_message="It cannot be withdrawn before it was put.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("proposal", self.slug)


@tracked
class ProposalParty(Fact):
    """A group or an organ that must agree to a proposal, and since when it has been asked."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals_asked"
    )
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals_asked")
    asked_on = models.DateField()

    class Meta:
        verbose_name = "party to a proposal"
        verbose_name_plural = "parties to a proposal"
        constraints = [
            models.CheckConstraint(
                name="party_is_one",
                condition=Q(group=None, organisation__isnull=False) | Q(organisation=None, group__isnull=False),
                violation_error_message="A party is one organisation or one group.",
            ),
            models.UniqueConstraint(
                fields=["proposal", "organisation", "group"],
                name="one_entry_of_a_party",
                nulls_distinct=False,
                violation_error_message="This party is asked already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.group)


class Says(models.TextChoices):
    """What a party answers."""

    AGREES = "agrees", "Agrees"
    OBJECTS = "objects", "Objects"
    ABSTAINS = "abstains", "Abstains"


UNREASONED_SENTENCE = "Say why they object."

THEIR_OWN_RIGHT_SENTENCE = "The appointment by right of which somebody answers is their own."


@tracked
class Answer(Fact):
    """What a party answered on a day: by whom, and by right of which appointment that they held then.

    The latest of a party counts, by the day it was given and then by when it was recorded.
    """

    party = models.ForeignKey(ProposalParty, on_delete=models.PROTECT, related_name="answers")
    says = models.CharField(max_length=10, choices=Says)
    reason = models.TextField(blank=True, db_default="")
    given_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    by_right_of = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )

    class Meta:
        ordering = ["given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objection_has_reason",
                condition=~Q(says=Says.OBJECTS) | ~Q(reason=""),
                violation_error_message=UNREASONED_SENTENCE,
            ),
            models.CheckConstraint(
                name="answer_by_right_of_somebody",
                condition=Q(by_right_of=None) | Q(person__isnull=False),
                violation_error_message="Say who answered.",
            ),
            ReferenceTogether(
                name="answer_by_right_of_their_own_appointment",
                fields=["by_right_of", "person"],
                to="memberships.Appointment",
                to_fields=["id", "person"],
                violation_error_message=THEIR_OWN_RIGHT_SENTENCE,
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="keep_answers",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("party", "says", "reason", "given_on"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.get_says_display().lower()}"

    def clean(self) -> None:
        if self.by_right_of and self.by_right_of.person_id != self.person_id:
            raise ValidationError(THEIR_OWN_RIGHT_SENTENCE, code="right")


class ProposalLetter(models.Model):
    """That somebody was reminded, `days_before` the day by which a proposal is to be answered: once for each such day.

    Not a fact of the register: it says what was sent, so that nothing is sent twice.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="letters")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="proposal_letters")
    answer_by = models.DateField()
    days_before = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "account", "answer_by", "days_before"],
                name="one_letter_of_a_kind",
                violation_error_message="This letter was sent already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.proposal}, {self.days_before} days before {self.answer_by}"
