"""Who sits where and why: terms of reference in versions, their seats, and the memberships that fill them."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from ics_leadership.facts import Confirmed, Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated, pair_key
from memberships.models.appointments import Appointment
from memberships.models.groups import Group
from memberships.models.people import Person
from organisations.models import Kind, Organisation
from roles.models import RoleType


class Nature(models.TextChoices):
    """What a group's terms say that it is."""

    REPRESENTATIVE = "representative", "a representative body"
    EXPERT = "expert", "a group of subject-matter experts"
    UNSAID = "unsaid", "the terms do not say"


class DecisionRule(models.TextChoices):
    """How a group decides."""

    CONSENSUS = "consensus", "Consensus of all"
    VOTE = "vote", "Vote"
    UNSAID = "unsaid", "The terms do not say"


@tracked
class Terms(Fact, Dated):
    """A version of a group's terms of reference. At most one is in force on a day."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="terms")
    version = models.CharField(max_length=40)
    purpose = models.TextField(blank=True, db_default="")
    nature = models.CharField(max_length=20, choices=Nature, default=Nature.UNSAID, db_default="unsaid")
    decision_rule = models.CharField(
        max_length=20, choices=DecisionRule, default=DecisionRule.UNSAID, db_default="unsaid"
    )
    quorum = models.PositiveSmallIntegerField(null=True, blank=True)
    term_months = models.PositiveSmallIntegerField("length of a term in months", null=True, blank=True)
    warning_months = models.PositiveSmallIntegerField("warning before a term ends, in months", default=6, db_default=6)
    review_on = models.DateField(null=True, blank=True)
    keeps_off_employees_of = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="terms_that_keep_off"
    )

    class Meta(Dated.Meta):
        verbose_name = "terms of reference"
        verbose_name_plural = "terms of reference"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "version"],
                name="one_version_of_a_name",
                violation_error_message="This group has a version of that name already.",
            ),
            ExclusionConstraint(
                name="one_version_of_terms_on_a_day",
                expressions=[("group", "="), ("period", "&&")],
                violation_error_message=(
                    "Another version of the terms is in force on some of these days. "
                    "End it the day before this one begins."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, terms of reference {self.version}"


@tracked
class Clause(Fact):
    """A clause of a version of the terms, as people wrote it."""

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="clauses")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "order"],
                name="one_clause_in_a_place",
                violation_error_message="There is a clause in this place already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"


class Category(models.TextChoices):
    """How somebody sits at a table."""

    CHAIR = "chair", "Chair"
    CORE = "core", "Core member"
    ATTENDING = "in_attendance", "In attendance"
    OBSERVER = "observer", "Observer"


class DrawnFrom(models.TextChoices):
    """Where the holder of a seat comes from."""

    ROLE_TYPE = "role_type", "holders of a type of role"
    KIND = "organisation_kind", "a kind of organisation"
    ORGANISATION = "organisation", "one organisation"
    EXPERIENCE = "experience", "people with experience"


NOBODYS_SEAT_SENTENCE = "A seat is for at least one person."


@tracked
class Seat(Fact):
    """A place at the table under a version of the terms: how many, voting or not, and where it is drawn from."""

    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="seats")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    category = models.CharField(max_length=15, choices=Category)
    number = models.PositiveSmallIntegerField(
        default=1, db_default=1, validators=[MinValueValidator(1, NOBODYS_SEAT_SENTENCE)]
    )
    voting = models.BooleanField(default=False, db_default=False)
    drawn_from = models.CharField(max_length=20, choices=DrawnFrom)
    role_type = models.ForeignKey(RoleType, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    organisation_kind = models.CharField(max_length=30, choices=Kind, blank=True, db_default="")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="seats_drawn"
    )
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "order"],
                name="one_seat_in_a_place",
                violation_error_message="There is a seat in this place already.",
            ),
            models.CheckConstraint(
                name="seat_for_somebody",
                condition=Q(number__gte=1),
                violation_error_message=NOBODYS_SEAT_SENTENCE,
            ),
            models.CheckConstraint(
                name="seat_drawn_from_one",
                condition=Q(
                    drawn_from=DrawnFrom.ROLE_TYPE, role_type__isnull=False, organisation_kind="", organisation=None
                )
                | (Q(drawn_from=DrawnFrom.KIND, role_type=None, organisation=None) & ~Q(organisation_kind=""))
                | Q(drawn_from=DrawnFrom.ORGANISATION, role_type=None, organisation_kind="", organisation__isnull=False)
                | Q(drawn_from=DrawnFrom.EXPERIENCE, role_type=None, organisation_kind="", organisation=None),
                violation_error_message=(
                    "Say where the seat is drawn from: one type of role, one kind of organisation, "
                    "one organisation, or experience."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked
class Membership(Fact, Confirmed, Dated):
    """A person in a seat for a period, and the basis on which they sit.

    The basis is the appointment by virtue of which they sit, or the experience for which they were put forward.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    basis_appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    basis_experience = models.TextField(blank=True, db_default="")
    put_forward_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships_put_forward"
    )
    attends_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="attended_for_by"
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_membership_of_a_person_in_a_seat_at_a_time",
                expressions=[(pair_key("person", "seat"), "="), ("certain", "&&")],
                violation_error_message=(
                    "This person has this seat already on some of these days. End or correct that membership first."
                ),
            ),
            models.CheckConstraint(
                name="membership_has_one_basis",
                condition=Q(basis_appointment__isnull=False, basis_experience="")
                | (Q(basis_appointment=None) & ~Q(basis_experience="")),
                violation_error_message=(
                    "Say why they sit: by virtue of one appointment, or for which experience they were put forward."
                ),
            ),
            models.CheckConstraint(
                name="membership_for_another",
                condition=Q(attends_for=None) | ~Q(attends_for=F("person")),
                violation_error_message="Nobody attends for themselves.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.seat}"

    def clean(self) -> None:
        if self.basis_appointment and self.basis_appointment.person_id != self.person_id:
            raise ValidationError("The appointment by virtue of which somebody sits is their own.", code="basis")


@tracked
class Deputy(Fact, Dated):
    """Somebody who sits in for a member when the member cannot come."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputises")

    class Meta(Dated.Meta):
        verbose_name_plural = "deputies"
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_entry_of_a_deputy_at_a_time",
                expressions=[(pair_key("membership", "person"), "="), ("certain", "&&")],
                violation_error_message="This person deputises for this member already on some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.membership}"
