"""What every fact of the register can carry: the source that it was taken from, and when somebody last confirmed it."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q
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

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As Django does it; but whether the checks of the table hold is asked of the database all at once, and one by one only
        where something is wrong, to say what.
        """
        checks = [each.condition for each in self._meta.constraints if isinstance(each, CheckConstraint)]
        values = self._get_field_expression_map(meta=self._meta, exclude=exclude)  # type: ignore[attr-defined]
        try:
            right = not checks or Q(*checks).check(values)
            for rule in self._meta.constraints:
                if not isinstance(rule, CheckConstraint):
                    rule.validate(type(self), self, exclude=set(exclude or ()))
        except (FieldError, ValidationError):
            right = False  # FieldError: a field that a check asks about is left out
        if not right:
            super().validate_constraints(exclude=exclude)


class Confirmed(models.Model):
    """A row that people keep, and the day on which somebody last wrote what everybody may see of it, or said that it is still
    true. What an import brings in was said by whoever published the file, on that day.
    """

    confirmed_on = models.DateField(default=day, db_default=Now(), editable=False)

    class Meta:
        abstract = True
