"""Time in the register: what a period is, how exactly its ends are known, and who is in it on a day.

Every dated table inherits `Dated`; every question about a day is asked through `PeriodQuerySet`. The database
keeps half-open date ranges; people and the API say a start and a *last day included*. The conversion between the
two happens here and nowhere else. Words for dates are left to `words.py`.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, GeneratedField, Q
from django.utils import timezone

ONE_DAY = datetime.timedelta(days=1)


def today() -> datetime.date:
    """The day it is in England."""
    return timezone.localdate()


class Precision(models.TextChoices):
    """How exactly one end of a period is known (`domain.md`, *Dates as people know them*)."""

    DAY = "day", "to the day"
    MONTH = "month", "to the month"
    YEAR = "year", "to the year"
    BY = "by", "on or before that day"
    UNKNOWN = "unknown", "not known"


@dataclass(frozen=True)
class PartialDate:
    """A date as somebody knows it.

    `date` is any day inside the month or year meant; for `BY` the day on which it was known; for `UNKNOWN` it is
    None as a start, and as an end the first day on which it was known that they had left.
    """

    date: datetime.date | None
    precision: Precision = Precision.DAY

    @property
    def first_day(self) -> datetime.date | None:
        """The earliest day meant; for `BY` the day it was known, because nothing is claimed for days before."""
        if self.date is None or self.precision == Precision.UNKNOWN:
            return None
        if self.precision == Precision.YEAR:
            return self.date.replace(month=1, day=1)
        if self.precision == Precision.MONTH:
            return self.date.replace(day=1)
        return self.date

    @property
    def last_day(self) -> datetime.date | None:
        """The latest day meant, included; for an `UNKNOWN` end the eve of the day they were known to be gone."""
        if self.date is None:
            return None
        if self.precision == Precision.UNKNOWN:
            return self.date - ONE_DAY
        if self.precision == Precision.YEAR:
            return self.date.replace(month=12, day=31)
        if self.precision == Precision.MONTH:
            return self.date.replace(day=calendar.monthrange(self.date.year, self.date.month)[1])
        return self.date

    @property
    def eve(self) -> PartialDate | None:
        """As a start, the end of what it takes the place of, known no more exactly; None when the start is not known.

        The day before the earliest one meant, so that the two never share a day: what follows "from 2019" was "to 2018".
        """
        return PartialDate(self.first_day - ONE_DAY, self.precision) if self.first_day else None


ORDER_SENTENCE = "The end is before the start. Check both dates."
UNKNOWN_END_SENTENCE = "Say on which day it was known that this had ended, even if the day it ended is not known."


def period_between(start: PartialDate, end: PartialDate | None) -> DateRange:
    """The widest reading of a start and an end, as the half-open range that is stored.

    `end` None means no end is known or planned. Raises ValidationError, with the sentence to show, when the end is
    before the start in every reading or an unknown end lacks the day it was known.
    """
    lower = start.first_day
    if end is None:
        return DateRange(lower, None)
    last_day = end.last_day
    if last_day is None:
        raise ValidationError(UNKNOWN_END_SENTENCE, code="unknown_end")
    if lower is not None and last_day < lower:
        raise ValidationError(ORDER_SENTENCE, code="order")
    return DateRange(lower, last_day + ONE_DAY)


# The days that are certain: from the latest possible start to the earliest possible end. Empty when no day is.
# An immutable SQL function, because a generated column and with it the exclusion constraints are built on it.
CERTAIN_SQL = """
CREATE FUNCTION register_certain(period daterange, start_precision text, end_precision text) RETURNS daterange
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN latest_start <= earliest_end THEN daterange(
        nullif(latest_start, '-infinity'), nullif(earliest_end, 'infinity'), '[]') ELSE 'empty'::daterange END
    FROM (
        SELECT
            least(coalesce(upper(period) - 1, 'infinity'), CASE start_precision
                WHEN 'month' THEN (date_trunc('month', lower(period)::timestamp) + interval '1 month - 1 day')::date
                WHEN 'year' THEN (date_trunc('year', lower(period)::timestamp) + interval '1 year - 1 day')::date
                WHEN 'unknown' THEN 'infinity'::date
                ELSE coalesce(lower(period), '-infinity') END) AS latest_start,
            CASE WHEN upper(period) IS NULL THEN
                CASE start_precision WHEN 'unknown' THEN '-infinity'::date ELSE 'infinity'::date END
            ELSE greatest(coalesce(lower(period), '-infinity'), CASE end_precision
                WHEN 'month' THEN date_trunc('month', (upper(period) - 1)::timestamp)::date
                WHEN 'year' THEN date_trunc('year', (upper(period) - 1)::timestamp)::date
                WHEN 'day' THEN upper(period) - 1
                ELSE '-infinity'::date END) END AS earliest_end
    ) AS reading
$$
"""
DROP_CERTAIN_SQL = "DROP FUNCTION register_certain(daterange, text, text)"


class PeriodQuerySet(models.QuerySet[Any]):
    """Questions about a day. For any day `upcoming`, `as_at` and `ended` share out the rows among them."""

    def as_at(self, date: datetime.date) -> Self:
        """Rows whose period holds that day."""
        return self.filter(period__contains=date)

    def ended(self, date: datetime.date) -> Self:
        """Rows whose last day was before that day."""
        return self.filter(period__fully_lt=DateRange(date, None))

    def upcoming(self, date: datetime.date) -> Self:
        """Rows whose first day is after that day."""
        return self.filter(period__fully_gt=DateRange(None, date, "(]"))

    def overlapping(self, first: datetime.date, last: datetime.date) -> Self:
        """Rows that hold at least one day from `first` to `last`, both included."""
        return self.filter(period__overlap=DateRange(first, last, "[]"))


class Dated(models.Model):
    """A row that is true for a period.

    `period` is the widest reading, half-open; `certain` is generated from it and the two precisions. Set both ends at
    once with `between`; read them as people say them with `start_date` and `end_date`.
    """

    period = DateRangeField()
    start_precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY, db_default="day")
    end_precision = models.CharField(max_length=7, choices=Precision, default=Precision.DAY, db_default="day")
    certain = GeneratedField(
        expression=Func(F("period"), F("start_precision"), F("end_precision"), function="register_certain"),
        output_field=DateRangeField(),
        db_persist=True,
    )

    objects: ClassVar[Any] = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_period_not_empty",
                condition=Q(period__isempty=False),
                violation_error_message=ORDER_SENTENCE,
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_start_as_known",
                condition=(
                    Q(start_precision=Precision.UNKNOWN, period__startswith__isnull=True)
                    | Q(start_precision__in=[Precision.DAY, Precision.BY], period__startswith__isnull=False)
                    | Q(start_precision=Precision.MONTH, period__startswith__isnull=False, period__startswith__day=1)
                    | Q(
                        start_precision=Precision.YEAR,
                        period__startswith__isnull=False,
                        period__startswith__day=1,
                        period__startswith__month=1,
                    )
                ),
                violation_error_message="The start does not agree with how exactly it is said to be known.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_end_as_known",
                condition=(
                    Q(end_precision=Precision.DAY)
                    | Q(end_precision__in=[Precision.BY, Precision.UNKNOWN], period__endswith__isnull=False)
                    | Q(end_precision=Precision.MONTH, period__endswith__isnull=False, period__endswith__day=1)
                    | Q(
                        end_precision=Precision.YEAR,
                        period__endswith__isnull=False,
                        period__endswith__day=1,
                        period__endswith__month=1,
                    )
                ),
                violation_error_message="The end does not agree with how exactly it is said to be known.",
            ),
        ]

    def between(self, start: PartialDate, end: PartialDate | None) -> Self:
        """Set the period and both precisions from dates as they are known; returns the row, unsaved."""
        self.period = period_between(start, end)
        self.start_precision = start.precision
        self.end_precision = end.precision if end else Precision.DAY
        return self

    @property
    def start(self) -> PartialDate:
        """The start as it is known, as `between` takes it."""
        return PartialDate(self.period.lower, Precision(self.start_precision))

    @property
    def end(self) -> PartialDate | None:
        """The end as it is known, as `between` takes it; None for no end."""
        if self.period.upper is None:
            return None
        if self.end_precision == Precision.UNKNOWN:
            return PartialDate(self.period.upper, Precision.UNKNOWN)
        return PartialDate(self.period.upper - ONE_DAY, Precision(self.end_precision))

    @property
    def start_date(self) -> datetime.date | None:
        """The first day as it is said: the first of the month or year when no more is known, None when nothing is."""
        return self.period.lower

    @property
    def end_date(self) -> datetime.date | None:
        """The last day, included, as it is said; None for no end, and for an end on a day nobody knows."""
        if self.period.upper is None or self.end_precision == Precision.UNKNOWN:
            return None
        return self.period.upper - ONE_DAY

    @property
    def has_end(self) -> bool:
        """Whether an end is known or planned, even on a day nobody knows."""
        return self.period.upper is not None

    def holds(self, date: datetime.date) -> bool:
        """Whether the period holds that day, as the database would answer."""
        lower, upper = self.period.lower, self.period.upper
        return (lower is None or lower <= date) and (upper is None or date < upper)

    def is_over(self, date: datetime.date) -> bool:
        """Whether the last day was before that day."""
        return self.period.upper is not None and self.period.upper <= date


def pair_key(first: str, second: str) -> Func:
    """Two foreign keys as one 64-bit number, for an exclusion constraint.

    Side by side in the constraint they would invite PostgreSQL to take its index for joins that name only one of them,
    at a thousand times the cost.
    """
    return Func(
        F(first),
        F(second),
        # In the order of the alphabet, as migrations write them; in another Django takes them for a change.
        arg_joiner=" * 4294967296::bigint + ",
        output_field=models.BigIntegerField(),
        template="(%(expressions)s)",
    )
