"""Exports that were frozen, so that they can be cited: the bytes themselves, and what they are. No facts of the register."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Snapshot(models.Model):
    """A file as it left the register once, under a key that is never given to another.

    It tells of the day `as_at`, as the register knew it at `known_at`: `frozen_at`, unless it was asked about an earlier moment.
    `content` is its bytes, compressed by zlib; null since `erased_on`, when somebody among `people` (ids, those of entries merged
    later included as they were) was erased. `sha256` and `size` are of the bytes as they were, and stay. `asked` are the parameters.
    What is private holds what not everybody sees: its file, and what was asked, are for `by` alone.
    """

    key = models.CharField(max_length=12, unique=True)
    resource = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    asked = models.JSONField()
    as_at = models.DateField()
    known_at = models.DateTimeField()
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    people = ArrayField(models.BigIntegerField())
    content = models.BinaryField(null=True)
    erased_on = models.DateField(null=True)
    is_private = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="snapshots")

    class Meta:
        ordering = ["-frozen_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="snapshot_is_there_or_erased",
                condition=Q(content__isnull=False, erased_on=None) | Q(content=None, erased_on__isnull=False),
                violation_error_message="A snapshot is there, or was erased on a day.",
            )
        ]

    def __str__(self) -> str:
        return self.file_name
