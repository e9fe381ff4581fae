"""Words for dates and periods: the examples in the docstrings hold, and rows of the register read as they should."""

import datetime
import doctest

import pytest
from django.template import Context, Template

from ics_leadership import nhsuk, words
from ics_leadership.as_at import AsAt
from ics_leadership.periods import PartialDate, Precision
from organisations.models import Link

DAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize("module", [words, nhsuk])
def test_examples_in_docstrings_hold(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (PartialDate(datetime.date(2022, 7, 9), Precision.MONTH), None, "since July 2022"),
        (
            PartialDate(datetime.date(2019, 4, 1), Precision.MONTH),
            PartialDate(datetime.date(2026, 3, 31)),
            "from April 2019 to 31 March 2026",
        ),
        (
            PartialDate(None, Precision.UNKNOWN),
            PartialDate(datetime.date(2021, 6, 1), Precision.YEAR),
            "until 2021 (start not known)",
        ),
        (PartialDate(datetime.date(2027, 4, 1)), None, "from 1 April 2027 (not yet begun)"),
        (
            PartialDate(datetime.date(2019, 1, 1), Precision.YEAR),
            PartialDate(datetime.date(2024, 5, 1), Precision.UNKNOWN),
            "from 2019 (ended, day not known)",
        ),
        (PartialDate(datetime.date(2019, 4, 30), Precision.BY), None, "since 30 April 2019 or earlier"),
        (PartialDate(datetime.date(2027, 4, 1), Precision.BY), None, "by 1 April 2027"),
    ],
)
def test_period_of_a_row_reads_as_people_know_it(start: PartialDate, end: PartialDate | None, said: str) -> None:
    row = Link().between(start, end)
    assert words.period_words(row, DAY) == said
    page = Template("{% load register_tags %}{% period row %}").render(Context({"row": row, "as_at": AsAt(DAY)}))
    assert page == said


def test_a_future_start_is_not_yet_begun_only_from_an_earlier_day() -> None:
    row = Link().between(PartialDate(datetime.date(2027, 4, 1)), None)
    assert words.period_words(row, datetime.date(2027, 4, 1)) == "since 1 April 2027"
