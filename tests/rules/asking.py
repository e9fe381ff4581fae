"""How tests ask the rules: on one day, about one rule; and on the days around the ends of a period."""

import datetime

from memberships.rules import RULES, Finding
from memberships.rules.scope import scope
from tests.periods import AFTER_NORMAL, BEFORE_NORMAL, FIRST_DAY, LAST_DAY, MID_NORMAL

AROUND_NORMAL = (BEFORE_NORMAL, FIRST_DAY, LAST_DAY, AFTER_NORMAL)
DURING_NORMAL = {FIRST_DAY, LAST_DAY}
"""Of `AROUND_NORMAL`, the days on which something that lasts for `NORMAL` is so."""


def found(code: str, date: datetime.date = MID_NORMAL) -> list[Finding]:
    """What one rule finds on a day."""
    (rule,) = (rule for rule in RULES if rule.code == code)
    return list(rule.find(scope(date)))


def days_of(code: str, about: str) -> set[datetime.date]:
    """On which of the days around `NORMAL` a rule finds something about a record."""
    return {date for date in AROUND_NORMAL if about in {finding.about for finding in found(code, date)}}
