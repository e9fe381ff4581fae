"""Time: periods as people know them, who is in one on a day, and what of a period is certain."""

import datetime
from collections.abc import Iterable

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ics_leadership import periods
from ics_leadership.history import change
from ics_leadership.periods import ONE_DAY, PartialDate, Precision
from memberships.models import Appointment, Person
from organisations.models import Kind, Organisation
from roles.models import Role
from tests import factories
from tests.periods import (
    ADJACENT_EARLIER,
    ADJACENT_LATER,
    AFTER_NORMAL,
    BACKWARDS,
    BEFORE_NORMAL,
    FIRST_DAY,
    LAST_DAY,
    MID_NORMAL,
    NORMAL,
    NOT_KNOWN,
    OVERLAP_EARLIER,
    OVERLAP_LATER,
    WITHIN,
    day,
    gone_by,
    known_by,
    month,
    year,
)
from tests.strategies import Period, any_period, days, periods_to_the_day

FIRST_OF_2020 = datetime.date(2020, 1, 1)
IN_DATABASE = settings(max_examples=100)


# --- what people say, and what is kept


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        (day("2024-04-01"), day("2026-03-31"), ("2024-04-01", "2026-04-01")),
        (day("2024-04-01"), day("2024-04-01"), ("2024-04-01", "2024-04-02")),
        (day("2024-04-01"), None, ("2024-04-01", None)),
        (month("2024-02"), month("2024-02"), ("2024-02-01", "2024-03-01")),
        (year(2018), year(2019), ("2018-01-01", "2020-01-01")),
        (known_by("2019-04-30"), known_by("2024-05-31"), ("2019-04-30", "2024-06-01")),
        (NOT_KNOWN, gone_by("2024-05-31"), (None, "2024-05-31")),
        (NOT_KNOWN, None, (None, None)),
    ],
)
def test_the_widest_reading_is_kept(start: PartialDate, end: PartialDate | None, kept: tuple[str | None, str | None]):
    lower, upper = (text and datetime.date.fromisoformat(text) for text in kept)
    assert periods.period_between(start, end) == DateRange(lower, upper)


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        (BACKWARDS, periods.ORDER_SENTENCE),
        ((month("2024-04"), day("2024-03-31")), periods.ORDER_SENTENCE),
        ((year(2020), year(2019)), periods.ORDER_SENTENCE),
        ((day("2024-05-31"), gone_by("2024-05-31")), periods.ORDER_SENTENCE),
        ((day("2024-05-31"), PartialDate(None, Precision.UNKNOWN)), periods.UNKNOWN_END_SENTENCE),
    ],
)
def test_an_end_before_every_possible_start_is_refused(period: Period, sentence: str):
    with pytest.raises(ValidationError) as refusal:
        periods.period_between(*period)
    assert refusal.value.messages == [sentence]


def test_an_end_within_the_uncertainty_of_the_start_is_accepted():
    assert periods.period_between(year(2020), day("2020-03-31")) == DateRange(FIRST_OF_2020, datetime.date(2020, 4, 1))


@given(any_period)
def test_a_period_is_read_as_it_was_said(period: Period):
    start, end = period
    row = Organisation().between(start, end)
    assert row.start_date == start.first_day
    if end is None:
        assert (row.end_date, row.has_end) == (None, False)
    elif end.precision == Precision.UNKNOWN:
        assert (row.end_date, row.has_end) == (None, True)
    else:
        assert (row.end_date, row.has_end) == (end.last_day, True)


@given(any_period)
def test_a_period_said_again_as_it_is_read_stays_the_same(period: Period):
    row = Organisation().between(*period)
    again = Organisation().between(row.start, row.end)
    assert (again.period, again.start_precision, again.end_precision) == (
        row.period,
        row.start_precision,
        row.end_precision,
    )


@given(any_period, days)
def test_a_row_holds_the_days_of_its_widest_reading(period: Period, date: datetime.date):
    start, end = period
    started = start.first_day is None or start.first_day <= date
    still_there = end is None or date <= end.last_day
    assert Organisation().between(start, end).holds(date) == (started and still_there)


# --- who is in it on a day


def boundary_days(periods_: Iterable[Period]) -> list[datetime.date]:
    """The first and last day of every period, and the days beside them."""
    ends = {each for start, end in periods_ for each in (start.first_day, end and end.last_day) if each} or {
        FIRST_OF_2020
    }
    return sorted({each + beside for each in ends for beside in (-ONE_DAY, 0 * ONE_DAY, ONE_DAY)})


def rows_of(given_periods: list[Period]) -> list[Organisation]:
    """An organisation for each period, as the database keeps it."""
    with change(by=None, why="for a test"):
        made = Organisation.objects.bulk_create(
            Organisation(slug=f"of-{number}", kind=Kind.PLACE, sector="system", name="Place").between(*period)
            for number, period in enumerate(given_periods)
        )
    return list(Organisation.objects.in_bulk([each.pk for each in made]).values())


@pytest.mark.django_db
@IN_DATABASE
@given(st.lists(any_period, min_size=1, max_size=6), st.data())
def test_upcoming_as_at_and_ended_share_out_the_rows(given_periods: list[Period], data: st.DataObject):
    date = data.draw(st.sampled_from(boundary_days(given_periods)) | days)
    with transaction.atomic():
        rows = rows_of(given_periods)
        upcoming, as_at, ended = (
            set(question(date))
            for question in (Organisation.objects.upcoming, Organisation.objects.as_at, Organisation.objects.ended)
        )
        transaction.set_rollback(True)
    assert upcoming | as_at | ended == set(rows)
    assert len(upcoming) + len(as_at) + len(ended) == len(rows)
    assert as_at == {row for row in rows if row.holds(date)}
    assert upcoming == {row for row in rows if row.start_date and row.start_date > date}


@pytest.mark.django_db
@IN_DATABASE
@given(st.lists(any_period, min_size=1, max_size=4), days, days)
def test_overlapping_means_that_some_day_is_shared(
    given_periods: list[Period], one: datetime.date, another: datetime.date
):
    first, last = min(one, another), max(one, another)
    with transaction.atomic():
        rows = rows_of(given_periods)
        found = set(Organisation.objects.overlapping(first, last))
        transaction.set_rollback(True)
    every_day = [first + number * ONE_DAY for number in range((last - first).days + 1)]
    assert found == {row for row in rows if any(row.holds(each) for each in every_day)}


@pytest.mark.django_db
def test_the_last_day_is_a_day_in_post():
    row = factories.organisation(period=NORMAL)
    answers = {
        date: [name for name in ("upcoming", "as_at", "ended") if row in getattr(Organisation.objects, name)(date)]
        for date in (BEFORE_NORMAL, FIRST_DAY, MID_NORMAL, LAST_DAY, AFTER_NORMAL)
    }
    assert answers == {
        BEFORE_NORMAL: ["upcoming"],
        FIRST_DAY: ["as_at"],
        MID_NORMAL: ["as_at"],
        LAST_DAY: ["as_at"],
        AFTER_NORMAL: ["ended"],
    }


@pytest.mark.django_db
def test_someone_who_has_left_on_a_day_nobody_knows_is_not_in_post_today():
    today = periods.today()
    row = factories.organisation(period=(day("2019-04-01"), PartialDate(today, Precision.UNKNOWN)))
    assert row not in Organisation.objects.as_at(today)
    assert row in Organisation.objects.ended(today)
    assert row.end_date is None


# --- what is certain, worked out by going through the readings one by one

DAYS = [datetime.date(2016, 1, 1) + number * ONE_DAY for number in range(2200)]
NEVER = datetime.date.max
PROBED = [each for each in DAYS if datetime.date(2016, 12, 1) <= each <= datetime.date(2021, 2, 1)]


def possible_days(known: PartialDate | None) -> list[datetime.date]:
    """The days that one end of a period may have been."""
    if known is None:
        return [NEVER]
    may_have_been = {
        Precision.DAY: lambda each: each == known.date,
        Precision.MONTH: lambda each: (each.year, each.month) == (known.date.year, known.date.month),
        Precision.YEAR: lambda each: each.year == known.date.year,
        Precision.BY: lambda each: each <= known.date,
        Precision.UNKNOWN: lambda each: known.date is None or each < known.date,
    }[known.precision]
    return [each for each in DAYS if may_have_been(each)]


def certain_days(start: PartialDate, end: PartialDate | None) -> set[datetime.date]:
    """The days that no reading leaves out."""
    possible_starts, possible_ends = possible_days(start), possible_days(end)
    if start.precision == Precision.BY:
        # "In post by April" says that they were in post then.
        possible_ends = [each for each in possible_ends if each >= start.date]
    latest_start = max(each for each in possible_starts if each <= possible_ends[-1])
    earliest_end = min(each for each in possible_ends if each >= possible_starts[0])
    return {each for each in PROBED if latest_start <= each <= earliest_end}


def days_in(period: DateRange) -> set[datetime.date]:
    return {
        each
        for each in PROBED
        if not period.isempty
        and (period.lower is None or period.lower <= each)
        and (period.upper is None or each < period.upper)
    }


@pytest.mark.django_db
@IN_DATABASE
@given(st.lists(any_period, min_size=1, max_size=10))
def test_the_database_knows_what_is_certain(given_periods: list[Period]):
    with transaction.atomic():
        rows = rows_of(given_periods)
        transaction.set_rollback(True)
    for period, row in zip(given_periods, sorted(rows, key=lambda row: row.pk), strict=True):
        assert days_in(row.certain) == certain_days(*period), period


@pytest.fixture
def two_people_and_a_role(db: None) -> tuple[Person, Person, Role]:
    host = factories.organisation(Kind.PCN)
    return factories.person(), factories.person(), factories.role(host, factories.role_type())


def refused(person: Person, role: Role, first: Period, second: Period) -> bool:
    """Whether the database refuses that a person holds a role for both periods."""
    with transaction.atomic():
        try:
            with change(by=None, why="for a test"):
                Appointment(person=person, role=role).between(*first).save()
                Appointment(person=person, role=role).between(*second).save()
        except ValidationError:
            return True
        finally:
            transaction.set_rollback(True)
    return False


@settings(IN_DATABASE, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=any_period, second=any_period)
def test_only_what_is_certain_contradicts(
    two_people_and_a_role: tuple[Person, Person, Role], first: Period, second: Period
):
    person, _, role = two_people_and_a_role
    both = certain_days(*first) & certain_days(*second)
    assert refused(person, role, first, second) == bool(both)


@settings(IN_DATABASE, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=periods_to_the_day(), second=periods_to_the_day())
def test_constraint_and_question_agree_on_every_boundary_day(
    two_people_and_a_role: tuple[Person, Person, Role], first: Period, second: Period
):
    person, another, role = two_people_and_a_role
    with transaction.atomic():
        with change(by=None, why="for a test"):
            Appointment(person=person, role=role).between(*first).save()
            Appointment(person=another, role=role).between(*second).save()
        shared = [
            date
            for date in boundary_days([first, second])
            if Appointment.objects.as_at(date).filter(role=role).count() == 2
        ]
        transaction.set_rollback(True)
    assert refused(person, role, first, second) == bool(shared)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((year(2018), year(2019)), (year(2019), year(2021))),
        ((day("2018-01-01"), month("2019-04")), (month("2019-04"), None)),
        ((day("2018-01-01"), known_by("2024-05-31")), (day("2018-02-01"), None)),
        ((NOT_KNOWN, None), (NOT_KNOWN, None)),
        ((NOT_KNOWN, day("2020-03-31")), (day("2020-04-01"), None)),
        (NORMAL, ADJACENT_EARLIER),
        (NORMAL, ADJACENT_LATER),
    ],
)
def test_overlap_within_the_uncertainty_of_the_dates_is_no_contradiction(
    two_people_and_a_role: tuple[Person, Person, Role], first: Period, second: Period
):
    person, _, role = two_people_and_a_role
    assert not refused(person, role, first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (NORMAL, NORMAL),
        (NORMAL, WITHIN),
        (NORMAL, OVERLAP_EARLIER),
        (NORMAL, OVERLAP_LATER),
        ((year(2018), year(2020)), (year(2019), year(2021))),
        ((known_by("2019-04-01"), None), (day("2018-01-01"), day("2019-04-01"))),
    ],
)
def test_a_day_that_is_certain_in_both_is_a_contradiction(
    two_people_and_a_role: tuple[Person, Person, Role], first: Period, second: Period
):
    person, _, role = two_people_and_a_role
    assert refused(person, role, first, second)
    assert refused(person, role, second, first)
