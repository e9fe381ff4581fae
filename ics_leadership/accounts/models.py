"""Accounts: the people who sign in, known by their e-mail address, and what each may do.

An account says who made a change; it is closed, never deleted, so that history keeps its names. What a person holds in
the register is another matter and another table. What a grant lets somebody see and change is worked out by
`organisations.rights`, because it depends on what lies within an area.
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce, Lower
from django.utils import timezone
from knox.models import AbstractAuthToken

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


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
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


class Token(AbstractAuthToken):
    """With what a program reads for somebody through the API, until `expiry`; only a hash of it is kept.

    `sees` are the private facts that it may see as far as its person may; `key` names it in addresses and tells nothing of it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    sees = ArrayField(models.CharField(max_length=25, choices=Sight), blank=True, default=list)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    last_used_at = models.DateTimeField(null=True)
    times_used = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_is_revoked_by_somebody",
                condition=Q(revoked_by=None) | ~Q(revoked_at=None),
                violation_error_message="Say when the token was revoked.",
            ),
            models.CheckConstraint(
                name="token_ends",
                condition=Q(expiry__isnull=False),
                violation_error_message="Say until when the token is good.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def until(self) -> datetime.date:
        """The last day on which it is valid."""
        return timezone.localdate(self.expiry)

    @property
    def is_over(self) -> bool:
        return bool(self.expiry < timezone.now())

    @property
    def is_valid(self) -> bool:
        return not self.is_over and self.revoked_at is None


class TokenUse(models.Model):
    """What a token asked on a day, from one address: how often, and when last."""

    PATH_LENGTH = 200

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField()
    path = models.CharField(max_length=PATH_LENGTH)
    from_address = models.CharField(max_length=45, blank=True)
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token", "day", "path", "from_address"],
                name="one_line_a_day_and_place",
                violation_error_message="The use of this token on that day is counted already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.token}: {self.path}"
