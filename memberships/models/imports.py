"""Spreadsheets on their way in: what was uploaded, what each row says, and what an editor decided about it.

Working tables, not facts: they are written without a change, and cleared when they are old. What an import did to the
register is its change, which history keeps.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from ics_leadership.history import Change
from organisations.models import Organisation


class Stage(models.TextChoices):
    """How far an import has come. That it was undone is said by the change that undoes its own."""

    UPLOADED = "uploaded", "columns to be matched"
    READING = "reading", "being read"
    PREVIEWED = "previewed", "to be checked"
    APPLYING = "applying", "being brought in"
    APPLIED = "applied", "brought in"
    UNDOING = "undoing", "being undone"
    FAILED = "failed", "could not be read"


class SpreadsheetImport(models.Model):
    """One upload, and how far it has come.

    `kind` says what a row of the sheet is about, `columns` maps its headings to the register's columns. `asked_at` is
    when work in the background was last asked for, `why` and `token` what the editor said who confirmed it or, last,
    `undo_by`. `problem` is why it cannot be read, or what hinders it. The sheet's content and rows are cleared when they
    are old.
    """

    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports")
    area = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="imports")
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()
    sheet = models.CharField(max_length=255, blank=True)
    kind = models.CharField(max_length=30, blank=True)
    columns = models.JSONField(default=dict)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.UPLOADED)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    why = models.TextField(blank=True)
    token = models.UUIDField(null=True, editable=False)
    undo_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    change = models.OneToOneField(
        Change, on_delete=models.PROTECT, null=True, blank=True, related_name="spreadsheet_import"
    )

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What a row of a sheet is to the register."""

    NEW = "new", "New"
    HELD = "held", "Already held"
    CHANGES = "changes", "Changes"
    CLOSE = "close", "Close match"
    UNREADABLE = "unreadable", "Cannot be read"


class ImportedRow(models.Model):
    """One row of a sheet: its cells as typed, what they were read as, what that is to the register, what was decided.

    `reading` is what the cells mean; `problems` a list of which cell, why, and what would do; `judgement` what bringing
    the row in would write, and what has to be chosen first; `decision` an editor's choice, where one was asked for.
    """

    of = models.ForeignKey(SpreadsheetImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    reading = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    judgement = models.JSONField(default=dict)
    decision = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "number"],
                name="one_row_of_a_number",
                violation_error_message="This row has been read already.",
            )
        ]

    def __str__(self) -> str:
        return f"Row {self.number} of {self.of}"


class RememberedColumn(models.Model):
    """What an editor said a heading means, for next time."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="remembered_columns")
    heading = models.CharField(max_length=200)
    column = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "heading"],
                name="one_meaning_of_a_heading",
                violation_error_message="This heading has a meaning already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.column}"
