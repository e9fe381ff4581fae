"""The weekly letter to editors: who wants none, and to whom this week's went. No facts of the register."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class WeeklyLetter(models.Model):
    """What is known of an account's weekly letters: whether it wants any, and of which week (its Monday) the last was."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="weekly_letter")
    wanted = models.BooleanField(default=True, db_default=True)
    last_week = models.DateField(null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.account}, {self.last_week}"
