"""What is left of rows that were erased: which they were by number, and on which day. Nothing that says whose they were."""

from __future__ import annotations

from django.db import models

from ics_leadership.history import Change


class ErasedRow(models.Model):
    """A row of the register that was erased, with all that history knew of it.

    `table` is the table by its label ("memberships.person"), `row_id` the number that the row had, `place` where it stands among
    the events of its table. `address` is a keyed hash of the name that the row had in addresses, so that its own page can
    say that it was erased; empty for rows without a page of their own. It cannot be read back without the register's key.
    """

    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField()
    place = models.BigIntegerField()
    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="erased_rows")
    erased_on = models.DateField()
    address = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "row_id"],
                name="row_erased_once",
                violation_error_message="This was erased already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}, {self.erased_on}"
