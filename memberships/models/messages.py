"""What readers tell the keepers: something on a page is wrong. Kept apart from the register's facts and its history."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisations.models import Organisation


class Message(models.Model):
    """A reader's message about a page, for the editors of the area that the page is about; none: for administrators.

    `page` is the address it was sent from, `as_at` the day the page showed. `address` is where a sender who had not signed
    in wants to be told what became of it, if anywhere, and `told_at` when they were. `token` names the form that was
    sent: a form sent twice is one message.
    """

    page = models.CharField(max_length=1000)
    about = models.CharField(max_length=300)
    as_at = models.DateField()
    area = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="messages_about"
    )
    text = models.TextField()
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="messages_sent"
    )
    address = models.EmailField("e-mail address", blank=True)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="messages_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="message_answered_by_somebody_at_some_time",
                condition=Q(answered_by=None, answered_at=None, answer="")
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                violation_error_message="Say what became of it.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.text[:60]}"
