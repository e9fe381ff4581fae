"""Declared interests: all that somebody has as they stand on a day, or that they have none; and one interest by itself."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from ics_leadership.facts import Source
from ics_leadership.history import change, day
from ics_leadership.periods import ONE_DAY, PartialDate
from ics_leadership.writing import keep
from memberships.models import Interest, InterestCategory, InterestDeclaration, Person
from organisations.models import Organisation

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

AHEAD_SENTENCE = "Nobody can declare what they will have on a day to come. Give the day on which it was declared."
NOT_BEGUN_SENTENCE = "A declaration lists what somebody has on its day, and this begins only later. Add it by itself."
OVER_SENTENCE = "A declaration lists what somebody has on its day, and this had ended by then. Leave it out."


@dataclass(frozen=True)
class NewInterest:
    """An interest as it is declared: what it is, in which organisation if in any, from when and until when."""

    category: InterestCategory | str
    what: str
    start: PartialDate
    end: PartialDate | None = None
    body: Organisation | None = None


def declare_interests(
    *,
    by: User | None,
    why: str,
    person: Person,
    declared_on: datetime.date,
    interests: Sequence[tuple[Interest | None, NewInterest]],
    source: Source | None = None,
) -> InterestDeclaration:
    """Note that somebody declared on a day all interests they then had, or with an empty list that they had none.

    Each interest stands beside the row that says it already, or None. What the register held on that day and the list
    leaves out ended on the eve. Raises ValidationError for a day to come, and for an interest they did not have then.
    """
    with change(by=by, why=why):
        if declared_on > day():
            raise ValidationError({"declared_on": ValidationError(AHEAD_SENTENCE, code="ahead")})
        had = Interest.objects.as_at(declared_on).filter(person=person)
        for left_out in had.exclude(pk__in=[row.pk for row, _ in interests if row]):
            # What began on the day itself was there for that day alone.
            eve = max(declared_on - ONE_DAY, left_out.start_date or datetime.date.min)
            keep(left_out.between(left_out.start, PartialDate(eve)))
        for row, new in interests:
            declared = _said(row or Interest(person=person, source=source), new)
            if not declared.holds(declared_on):
                began = declared.start_date is None or declared.start_date <= declared_on
                raise ValidationError(
                    f"“{new.what}”: {OVER_SENTENCE if began else NOT_BEGUN_SENTENCE}", code="not_then"
                )
            keep(declared)
        return keep(InterestDeclaration(person=person, declared_on=declared_on, source=source))


def add_interest(
    *, by: User | None, why: str, person: Person, interest: NewInterest, source: Source | None = None
) -> Interest:
    """Add one interest to those that somebody declared."""
    with change(by=by, why=why):
        return keep(_said(Interest(person=person, source=source), interest))


def correct_interest(*, by: User | None, why: str, row: Interest, interest: NewInterest) -> Interest:
    """Say anew what an interest is, and when they had it: it was written down wrongly, or more is known."""
    with change(by=by, why=why):
        return keep(_said(row, interest))


def end_interest(*, by: User | None, why: str, row: Interest, end: PartialDate) -> Interest:
    """Somebody has an interest no longer: `end` is the last day on which they had it."""
    with change(by=by, why=why):
        return keep(row.between(row.start, end))


def _said(row: Interest, new: NewInterest) -> Interest:
    row.category, row.what, row.body = new.category, new.what.strip(), new.body
    return row.between(new.start, new.end)
