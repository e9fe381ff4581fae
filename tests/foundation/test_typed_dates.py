"""Dates as people type them mean what they say, no more exactly than they say it."""

import datetime
import doctest
from collections.abc import Callable

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from ics_leadership import typed_dates
from ics_leadership.periods import PartialDate, Precision, period_between
from ics_leadership.typed_dates import end_as_typed, parse_end, parse_start, start_as_typed

DAYS = st.dates(datetime.date(1948, 7, 5), datetime.date(2090, 12, 31))
KNOWN = st.one_of(
    st.builds(PartialDate, DAYS, st.sampled_from([Precision.DAY, Precision.BY])),
    DAYS.map(lambda day: PartialDate(day.replace(day=1), Precision.MONTH)),
    DAYS.map(lambda day: PartialDate(day.replace(day=1, month=1), Precision.YEAR)),
)
STARTS = st.one_of(KNOWN, st.just(PartialDate(None, Precision.UNKNOWN)))
ENDS = st.one_of(KNOWN, st.none(), st.builds(PartialDate, DAYS, st.just(Precision.UNKNOWN)))


@pytest.fixture(autouse=True)
def _on_a_day():
    with time_machine.travel(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC), tick=False):
        yield


def said(text: str) -> tuple[str, str]:
    partial = parse_start(text)
    return (str(partial.date), partial.precision.value)


@pytest.mark.parametrize(
    "text",
    [
        "1 April 2019",
        "1/4/2019",
        "01/04/19",
        "01.04.19",
        "01-04-2019",
        "2019-04-01",
        "2019-04-01 00:00:00",
        "1st April 2019",
        "1 Apr. 2019",
        "1-Apr-19",
        "April 1, 2019",
        "Mon 1 April 2019",
        " since  1 April 2019. ",
        "1st of April 2019",
    ],
)
def test_a_day_is_read_however_it_is_typed(text):
    assert said(text) == ("2019-04-01", "day")


@pytest.mark.parametrize(
    "text", ["April 2019", "Apr 2019", "apr 19", "Apr-19", "04/2019", "2019-04", "APRIL ’19", "end of April 2019"]
)
def test_a_month_is_known_to_the_month(text):
    assert said(text) == ("2019-04-01", "month")


@pytest.mark.parametrize("text", ["2019", "since 2019", "early 2019", "end of 2019"])
def test_a_year_is_known_to_the_year(text):
    assert said(text) == ("2019-01-01", "year")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by May 2024", "2024-05-31"),
        ("by 2024", "2024-12-31"),
        ("By 1 May 2024", "2024-05-01"),
        ("before 1 May 2024", "2024-04-30"),
        ("before May 2024", "2024-04-30"),
        ("before 2024", "2023-12-31"),
        ("1 May 2024 or earlier", "2024-05-01"),
        ("on or before 01/05/24", "2024-05-01"),
    ],
)
def test_what_is_known_by_a_day_is_known_by_its_last_day_and_before_it_by_the_eve(text, day):
    assert said(text) == (day, "by")


@pytest.mark.parametrize("text", ["not known", "Unknown", "?", "start not known", "n/k"])
def test_a_start_may_be_not_known(text):
    assert parse_start(text) == PartialDate(None, Precision.UNKNOWN)


@pytest.mark.parametrize("text", ["", "-", "ongoing", "Current", "to date", "present", "–"])
def test_who_is_still_there_has_no_end(text):
    assert parse_end(text) is None


@pytest.mark.parametrize(
    "text", ["left, date not known", "Left (date not known)", "left", "ended, date unknown", "gone"]
)
def test_who_left_on_a_day_nobody_knows_is_known_to_be_gone_today(text):
    end = parse_end(text)
    assert end == PartialDate(datetime.date(2026, 11, 22), Precision.UNKNOWN)
    assert period_between(PartialDate(None, Precision.UNKNOWN), end).upper == datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("left 2023", "2023-01-01", "year"),
        ("retired in March 2023", "2023-03-01", "month"),
        ("until 31/3/26", "2026-03-31", "day"),
        ("to 31 March 2026", "2026-03-31", "day"),
        ("left by May 2024", "2024-05-31", "by"),
        ("left before May 2024", "2024-04-30", "by"),
        ("end of 2023", "2023-01-01", "year"),
    ],
)
def test_an_end_may_say_that_they_left(text, date, precision):
    end = parse_end(text)
    assert (str(end.date), end.precision.value) == (date, precision)


@pytest.mark.parametrize("text", ["not known", "?", "unknown"])
def test_an_end_that_is_not_known_has_to_say_whether_it_has_passed(text):
    with pytest.raises(ValidationError, match="left, date not known"):
        parse_end(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/02/2019", "February 2019 has 28 days"),
        ("29 February 2023", "February 2023 has 28 days"),
        ("0/4/2019", "there is no 0 April 2019"),
        ("4/13/2019", "There is no month 13"),
        ("13/2019", "There is no month 13"),
        ("1 April 1019", "1019 is no year of this register"),
        ("2019/20", "names two years"),
        ("2019-2021", "names two years"),
        ("soon", "“soon” is not read as a date"),
        ("Smarch 2019", "is not read as a date"),
        ("", "Say since when"),
        ("04/05", "is not read as a date"),
        ("1" * 5000, "is not read as a date"),
    ],
)
def test_what_is_no_date_is_refused_with_what_would_do(text, sentence):
    with pytest.raises(ValidationError, match=sentence):
        parse_start(text)


def test_two_digits_mean_a_year_that_somebody_alive_may_have_led_in():
    assert [said(f"1/4/{year}")[0][:4] for year in ("98", "48", "00", "26", "46", "47")] == [
        "1998",
        "1948",
        "2000",
        "2026",
        "2046",
        "1947",
    ]


def test_a_sheet_that_puts_the_month_first_can_say_so():
    assert parse_start("4/13/2019", day_first=False) == PartialDate(datetime.date(2019, 4, 13))


@given(STARTS)
def test_a_start_as_it_is_written_reads_back_the_same(start):
    assert parse_start(start_as_typed(start)) == start


@given(ENDS)
def test_an_end_as_it_is_written_reads_back_the_same(end):
    assert parse_end(end_as_typed(end)) == end


def reading_or_sentence(parse: Callable[[str], PartialDate | None], text: str) -> str:
    try:
        parse(text)
    except ValidationError as refused:
        return refused.messages[0]
    return "read."


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(text):
    assert reading_or_sentence(parse_start, text).endswith(".")
    assert reading_or_sentence(parse_end, text).endswith(".")


def test_examples_in_the_module_hold():
    assert doctest.testmod(typed_dates).failed == 0
