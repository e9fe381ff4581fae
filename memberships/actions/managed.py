"""Writing down how a finding of the rules is managed: by which means, who agreed to it, from when and until when."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from ics_leadership.facts import Source
from ics_leadership.history import change, day
from ics_leadership.writing import keep
from memberships.models import ManagedFinding
from organisations.models import Organisation

if TYPE_CHECKING:
    from ics_leadership.accounts.models import User

YET_TO_COME_SENTENCE = "Say since when this is managed as a day that has come. Write it down when it is agreed."
PAST_REVIEW_SENTENCE = "Choose a day to come for the review: a finding whose review has passed is shown again at once."


def manage_finding(
    *,
    by: User | None,
    why: str,
    rule: str,
    subject: str,
    area: Organisation,
    how: str,
    agreed_by: str = "",
    since: datetime.date | None = None,
    review_on: datetime.date | None = None,
    source: Source | None = None,
) -> ManagedFinding:
    """Write down how what a rule finds is managed, in place of what the editors of the kept `area` wrote before.

    `rule` and `subject` are the finding's `code` and `subject` (`memberships.rules`). It is shown as managed from the
    day `since`, today where none is given, up to and on the day `review_on`, or for good, as long as the facts that it rests on
    stay as they are. Raises ValidationError when nothing is said, when the one day has yet to come or the other has passed.
    """
    with change(by=by, why=why):
        if review_on and review_on < day():
            raise ValidationError({"review_on": ValidationError(PAST_REVIEW_SENTENCE, code="past")})
        if since and since > day():
            raise ValidationError({"since": ValidationError(YET_TO_COME_SENTENCE, code="future")})
        known = ManagedFinding.objects.filter(rule=rule, subject=subject, area=area).first()
        return keep(
            known or ManagedFinding(rule=rule, subject=subject, area=area),
            how=how.strip(),
            agreed_by=agreed_by.strip(),
            since=since or (known.since if known else day()),
            review_on=review_on,
            source=source,
        )
