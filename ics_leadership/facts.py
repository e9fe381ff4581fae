"""What every fact of the register can carry: the source that it was taken from, and when somebody last confirmed it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ics_leadership.history import day, tracked

UNTITLED_SENTENCE = "Say what the source is: its title, or what kind of document."


@tracked
class Source(models.Model):
    """A document or page that facts were taken from, as somebody saw it on a day."""

    title = models.TextField(error_messages={"blank": UNTITLED_SENTENCE})
    address = models.URLField(max_length=1000, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    licence = models.TextField(blank=True)

    class Meta:
        app_label = "ics_leadership"
        constraints = [
            models.CheckConstraint(
                name="source_has_title",
                condition=~Q(title=""),
                violation_error_message=UNTITLED_SENTENCE,
            )
        ]

    def __str__(self) -> str:
        return self.title


class Fact(models.Model):
    """A row of the register that says something about the world, and where that was found."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class Confirmed(models.Model):
    """A row that people keep, and the day on which somebody last wrote it or said that it is still true."""

    confirmed_on = models.DateField(default=day, db_default=Now(), editable=False)

    class Meta:
        abstract = True
