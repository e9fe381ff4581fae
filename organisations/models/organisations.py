"""Organisations: what they are, what they are called, and from when until when they existed."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, Q, Value, When
from django.db.models.functions import Upper

from ics_leadership.addresses import address_of
from ics_leadership.facts import Confirmed, Fact
from ics_leadership.history import tracked
from ics_leadership.periods import Dated, PeriodQuerySet
from ics_leadership.search import FindableQuerySet, folded_from, folded_index
from organisations.models.areas import within
from organisations.models.kinds import Kind, Sector


class Status(models.TextChoices):
    """What ODS says of an organisation beside its dates."""

    ACTIVE = "active", "Active"
    INACTIVE = "inactive", "Inactive"
    DORMANT = "dormant", "Dormant"
    PROPOSED = "proposed", "Proposed"


class OrganisationQuerySet(FindableQuerySet, PeriodQuerySet):  # type: ignore[override]
    def called(self, words: str | Value, at_least: Value | None = None) -> Self:
        """As of every table, by name, short name or code; but where one of these rows bears exactly this code, or bore it, only
        those that do, the earliest first: codes resemble each other so much that likeness says nothing.
        """
        code = Upper(Value(words.strip()) if isinstance(words, str) else words)
        coded = Q(ods_code=code)
        return (
            super()
            .called(words, at_least)
            .filter(coded | ~Exists(self.order_by().filter(coded)))
            .order_by("-likeness", Case(When(coded, then="period")), "folded", "pk")
        )

    def within(self, area: Organisation, date: datetime.date) -> Self:
        """The organisations inside `area` on that day, itself included (see `organisations.models.areas`)."""
        return self.filter(pk__in=within([area.pk], date))

    def unnamed(self) -> Self:
        """Those known only by their code, which wait for an editor to name them."""
        return self.filter(name=F("ods_code"))

    def kept_on(self, date: datetime.date) -> Self:
        """Those inside an area that somebody keeps on that day."""
        return self.filter(pk__in=within(Organisation.objects.filter(kept__period__contains=date).values("pk"), date))


UNNAMED_SENTENCE = "Say what the organisation is called."


@tracked
class Organisation(Fact, Confirmed, Dated):
    """One organisation of one kind. Two organisations may share an ODS code, one after the other, never in one kind."""

    slug = models.SlugField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=Kind)
    sector = models.CharField(max_length=20, choices=Sector)
    name = models.CharField(max_length=300, error_messages={"blank": UNNAMED_SENTENCE})
    short_name = models.CharField(max_length=60, blank=True, db_default="")
    # Null, not empty, where there is none: a code is unique within its kind.
    ods_code = models.CharField("ODS code", max_length=12, null=True, blank=True)  # noqa: DJ001
    ons_code = models.CharField("ONS code", max_length=9, blank=True, db_default="")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE, db_default="active")
    address = models.TextField(blank=True, db_default="")
    postcode = models.CharField(max_length=10, blank=True, db_default="")
    telephone = models.CharField(max_length=40, blank=True, db_default="")
    invented = models.BooleanField(default=False, db_default=False)
    published = models.JSONField(null=True, blank=True, editable=False)
    """What ODS last published of it, as published: `name`, `status`, `open`, `close`, `address`, `postcode`, `telephone`,
    each with the day of the file it came from under `as_of`. Null for what people keep. Where a column differs from the
    published value as people would write it, an editor has changed it by hand."""

    folded = folded_from("name", "short_name", "ods_code")

    objects: ClassVar[Any] = OrganisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Dated.Meta):
        ordering = ["name", "pk"]
        indexes = [
            folded_index("organisation_folded"),
            models.Index(fields=["kind", "name"], name="organisation_kind_name"),
            models.Index(fields=["ods_code"], name="organisation_code"),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["ods_code", "kind"],
                name="one_organisation_of_a_kind_for_a_code",
                violation_error_message="There is an organisation of this kind with this ODS code already.",
            ),
            models.CheckConstraint(
                name="organisation_has_name",
                condition=~Q(name=""),
                violation_error_message=UNNAMED_SENTENCE,
            ),
            models.CheckConstraint(
                name="organisation_code_is_said_or_null",
                condition=Q(ods_code=None) | ~Q(ods_code=""),
                violation_error_message="Leave the ODS code out, or give it whole.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("organisation", self.slug)
