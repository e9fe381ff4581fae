"""What NHS England published, as it was published: every file that was imported, and every line's content.

The register is worked out from all of it, which is why files may arrive in any order. These rows are only ever added,
by `organisations.ods`; nobody edits them, and no page reads them.
"""

from __future__ import annotations

from django.db import models

from organisations.models.kinds import Kind


class PublishedFile(models.Model):
    """One file, or one sheet of a workbook, in one layout. Of two in one layout the later `published_last` is newer."""

    layout = models.CharField(max_length=30)
    published_first = models.DateField()
    published_last = models.DateField()
    checksum = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    rows = models.PositiveIntegerField()
    source = models.ForeignKey("ics_leadership.Source", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["layout", "published_first", "published_last", "checksum"],
                name="one_copy_of_a_published_file",
                violation_error_message="This file has been imported already.",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class PublishedLine(models.Model):
    """What every line of a file has: where it stands."""

    file = models.ForeignKey(PublishedFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.PositiveIntegerField()

    class Meta:
        abstract = True


class PublishedRegistration(PublishedLine):
    """What a line said of one organisation (`organisations.ods.rows.Registration`)."""

    code = models.CharField(max_length=12)
    kind = models.CharField(max_length=30, choices=Kind)
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300, blank=True)
    written = models.CharField(max_length=300, blank=True)
    dated = models.BooleanField()
    opened = models.DateField(null=True)
    closed = models.DateField(null=True)
    status = models.CharField(max_length=10, blank=True)
    wanted = models.BooleanField()
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    ons_code = models.CharField(max_length=9, blank=True)


class PublishedStanding(PublishedLine):
    """What a line said of where one code stood (`organisations.ods.rows.Standing`)."""

    relation = models.CharField(max_length=20)
    code = models.CharField(max_length=12)
    parent = models.CharField(max_length=12)
    joined = models.DateField(null=True)
    left = models.DateField(null=True)


class PublishedTakeover(PublishedLine):
    """What a line said of who succeeded whom (`organisations.ods.rows.Takeover`)."""

    predecessor = models.CharField(max_length=12)
    successor = models.CharField(max_length=12)
    on = models.DateField()


class ImportedLink(models.Model):
    """A link or succession as the import last settled it: what tells an editor's change from an older import's.

    `kind` is a `LinkKind`, or `succeeded_by` with the day of the succession as a period of one day.
    """

    kind = models.CharField(max_length=20)
    organisation_id = models.BigIntegerField()
    other_id = models.BigIntegerField()
    first_day = models.DateField(null=True)
    end = models.DateField(null=True)
    start_precision = models.CharField(max_length=7)
    end_precision = models.CharField(max_length=7)
