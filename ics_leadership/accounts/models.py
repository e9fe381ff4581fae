"""Accounts: the people who sign in, known by their e-mail address, and what each may do.

An account says who made a change; it is closed, never deleted, so that history keeps its names. What a person holds in
the register is another matter and another table. What a grant lets somebody see and change is worked out by
`organisations.rights`, because it depends on what lies within an area.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Lower
from django.utils import timezone

from ics_leadership.facts import Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        # Signing in looks for the address in small letters.
        user = self.model(email=email.lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_staff = models.BooleanField("may open the administration pages", default=False)
    is_active = models.BooleanField("may sign in", default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_for_an_address",
                violation_error_message="There is an account with this e-mail address already.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Standing(models.TextChoices):
    """What somebody may do beyond reading."""

    READER = "reader", "Reader"
    ANALYST = "analyst", "Analyst"
    EDITOR = "editor", "Editor for an area"
    ADMINISTRATOR = "administrator", "Administrator"


class Sight(models.TextChoices):
    """What only editors of the area see, and analysts to whom it was granted (`domain.md`, *What is personal*)."""

    REGISTRATION_NUMBERS = "registration_numbers", "registration numbers"
    AMOUNTS = "amounts", "amounts of money"
    NOTES = "notes", "private notes"
    FINDINGS = "findings", "findings"
    INTERESTS = "interests", "declared interests that are not published"
    ATTENDANCE = "attendance", "attendance"


@tracked
class Grant(Fact, Dated):
    """What an account may do for a period: an editor in an area, an analyst in an area or everywhere."""

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    standing = models.CharField(max_length=15, choices=Standing)
    # By name, because the base imports no app.
    area = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="grants"
    )
    sees = ArrayField(models.CharField(max_length=25, choices=Sight), blank=True, default=list)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="grant_area_as_standing_asks",
                condition=Q(standing=Standing.EDITOR, area__isnull=False)
                | Q(standing=Standing.ANALYST)
                | Q(standing__in=[Standing.READER, Standing.ADMINISTRATOR], area=None),
                violation_error_message=(
                    "An editor edits one area. Readers and administrators are so for the whole register."
                ),
            ),
            models.CheckConstraint(
                name="grant_sees_for_analysts",
                condition=Q(standing=Standing.ANALYST) | Q(sees=[]),
                violation_error_message="Only an analyst is granted particular facts to see.",
            ),
            ExclusionConstraint(
                name="one_grant_of_a_kind_at_a_time",
                expressions=[
                    (
                        Func(
                            Cast("account", TextField()),
                            F("standing"),
                            Coalesce(Cast("area", TextField()), Value("")),
                            arg_joiner=" || ' ' || ",
                            output_field=TextField(),
                            template="(%(expressions)s)",
                        ),
                        "=",
                    ),
                    ("certain", "&&"),
                ],
                violation_error_message="This account may do that already on some of these days.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_standing_display()}{f', {self.area}' if self.area else ''}"


class CalendarAddress(models.Model):
    """The address by which somebody's calendar follows what ends: a key of which only the hash is kept. One an account."""

    account = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_address")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Calendar of {self.account}"
