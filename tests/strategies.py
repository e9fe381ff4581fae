"""Random dates and periods of every precision, for properties that hold for all of them."""

import datetime

from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from ics_leadership.periods import PartialDate, Precision, period_between

Period = tuple[PartialDate, PartialDate | None]

FEW_YEARS = (datetime.date(2017, 12, 1), datetime.date(2020, 2, 1))
"""Close enough together that boundaries meet often."""

days = st.dates(*FEW_YEARS)
starts = st.builds(
    lambda date, precision: PartialDate(None if precision == Precision.UNKNOWN else date, precision),
    days,
    st.sampled_from(Precision),
)
ends = st.none() | st.builds(PartialDate, days, st.sampled_from(Precision))


def makes_sense(period: Period) -> bool:
    """Whether some reading of the start is not after some reading of the end."""
    try:
        period_between(*period)
    except ValidationError:
        return False
    return True


any_period = st.tuples(starts, ends).filter(makes_sense)


@st.composite
def periods_to_the_day(draw: st.DrawFn) -> Period:
    """A period of which both ends, or the only one, are known to the day."""
    first, last = sorted((draw(days), draw(days)))
    return PartialDate(first), PartialDate(last) if draw(st.booleans()) else None
