"""Appointments: one person in one role for one period, how they came to it, and who pays for it."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Q

from ics_leadership.facts import Confirmed, Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated, PeriodQuerySet, pair_key
from memberships.models.people import Person
from organisations.models import Organisation
from roles.models import FundingSource, Role
from roles.models.roles import remit_columns


class HowAppointed(models.TextChoices):
    """How somebody came to an appointment."""

    ELECTED = "elected", "Elected"
    APPOINTED = "appointed", "Appointed"
    NOMINATED = "nominated", "Nominated"
    EX_OFFICIO = "ex_officio", "Ex officio"
    ACTING = "acting", "Acting"
    INTERIM = "interim", "Interim"


class AppointmentQuerySet(PeriodQuerySet):
    def with_remit(self, date: datetime.date) -> Self:
        """Appointments with their role's `remit`, `acts_for`, `open_to` and `pathway_id` as at that day."""
        return self.annotate(**remit_columns(date, "role"))

    def within(self, area: Organisation, date: datetime.date) -> Self:
        """Appointments to roles of organisations inside `area` on that day."""
        return self.filter(role__organisation__in=Organisation.objects.within(area, date).values("pk"))


@tracked
class Appointment(Fact, Confirmed, Dated):
    """One person in one role for one period. A role may have several holders at once: job shares are ordinary."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    # Found by the index of those who held it, below.
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="appointments", db_index=False)
    how = models.CharField(max_length=12, choices=HowAppointed, blank=True, db_default="")
    made_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments_made"
    )
    evidence = models.TextField(blank=True, db_default="")
    employer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments_employed"
    )
    note = models.TextField("private note", blank=True, db_default="")

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta(Dated.Meta):
        indexes = [
            # Whether somebody holds a role on a day is answered by the index alone: a board's page asks it of thousands.
            models.Index(fields=["role"], include=["period"], name="appointment_to_role"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_appointment_of_a_person_to_a_role_at_a_time",
                expressions=[(pair_key("person", "role"), "="), ("certain", "&&")],
                violation_error_message=(
                    "This person holds this role already on some of these days. End or correct that appointment first."
                ),
            ),
            # What rests on an appointment refers to it together with whose it is.
            models.UniqueConstraint(
                name="appointment_of_one_person",
                fields=["id", "person"],
                violation_error_message="An appointment is one person’s.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


@tracked
class FundingLine(Fact, Dated):
    """Money for an appointment over a period: from which pot, paid by whom, for how many sessions a week.

    The yearly amount, in pounds, is for editors of the area and analysts who were granted it.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="funding_lines")
    funding_source = models.ForeignKey(FundingSource, on_delete=models.PROTECT, related_name="funding_lines")
    payer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="funding_lines_paid"
    )
    sessions_per_week = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    annual_amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="funding_sessions_in_a_week",
                condition=Q(sessions_per_week=None) | Q(sessions_per_week__gte=0, sessions_per_week__lte=14),
                violation_error_message="Sessions a week are between 0 and 14.",
            ),
            models.CheckConstraint(
                name="funding_amount_not_negative",
                condition=Q(annual_amount=None) | Q(annual_amount__gte=0),
                violation_error_message="A yearly amount cannot be negative.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funding_source}, {self.appointment}"
