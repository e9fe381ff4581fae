"""Who sits where and why: memberships fill the seats of the terms; deputies sit in for members."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from ics_leadership.constraints import ReferenceTogether
from ics_leadership.facts import Confirmed, Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated, pair_key
from memberships.models.appointments import Appointment
from memberships.models.people import Person
from memberships.models.terms import Seat
from organisations.models import Organisation

THEIR_OWN_SENTENCE = "The appointment by virtue of which somebody sits is their own."


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
            ReferenceTogether(
                name="membership_rests_on_their_own_appointment",
                fields=["basis_appointment", "person"],
                to="memberships.Appointment",
                to_fields=["id", "person"],
                violation_error_message=THEIR_OWN_SENTENCE,
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
            raise ValidationError(THEIR_OWN_SENTENCE, code="basis")


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
