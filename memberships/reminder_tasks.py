"""Letters about proposals that wait for an answer: to linked leaders of those who have not answered, and to the editors.

A week before the day by which an answer is asked for, and again on its eve; each letter once, however often the task runs.
Where the task could not run on that day, its letter follows as long as there is time.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from ics_leadership.accounts.models import Grant, Standing, User
from ics_leadership.periods import today
from memberships.models import PersonAccount, Proposal, ProposalLetter
from memberships.organs import leads_on
from memberships.presenters.proposals import standing_sentence, weekday_words
from memberships.proposals import PartyThen, ProposalThen, open_ones
from organisations.models.areas import around

A_WEEK, THE_EVE = 7, 1


@shared_task
def remind_of_proposals() -> None:
    """Put the letters that are due into the queue, one task each."""
    date = today()
    due = Proposal.objects.filter(answer_by__gte=date, answer_by__lte=date + datetime.timedelta(days=A_WEEK))
    for then in open_ones(due, date):
        told = ProposalLetter.objects.filter(**_letter(then.row, date)).values("account")
        for account in User.objects.filter(pk__in=whom_to_remind(then, date), is_active=True).exclude(pk__in=told):
            remind.delay(then.row.pk, account.pk)


# A mail server that does not answer, or answers with an error, is an OSError to Python.
@shared_task(autoretry_for=(OSError,), retry_backoff=60, retry_backoff_max=60 * 60, max_retries=12)
def remind(proposal: int, account: int) -> None:
    """Send one reminder, if it is due still: that the letter was sent is kept only if it went."""
    date = today()
    for then in open_ones(Proposal.objects.filter(pk=proposal, answer_by__gte=date), date):
        asked = whom_to_remind(then, date).get(account)
        reader = User.objects.filter(pk=account, is_active=True).first()
        if asked is None or reader is None:
            return
        try:
            with transaction.atomic():
                # Unique: of two workers with the same letter the second waits here, and finds it sent.
                ProposalLetter.objects.create(account=reader, **_letter(then.row, date))
                _send(then, reader, asked, date)
        except IntegrityError:
            return


def whom_to_remind(then: ProposalThen, date: datetime.date) -> Mapping[int, Sequence[PartyThen]]:
    """The ids of the accounts that are to be reminded of an open proposal, each with the parties for which it may answer:
    none for editors, who record what others say.
    """
    found: dict[int, list[PartyThen]] = defaultdict(list)
    for party in then.parties:
        if not party.answers:
            leading = leads_on(party.row, date).values("person")
            for link in PersonAccount.objects.filter(person__in=leading).order_by("pk"):
                found[link.account_id].append(party)
    group = then.row.group
    editors = Grant.objects.as_at(date).filter(
        standing=Standing.EDITOR, area__in=around([group.covers_id or group.host_id], date)
    )
    for account in editors.values_list("account", flat=True):
        found.setdefault(account, [])
    return found


def _letter(proposal: Proposal, date: datetime.date) -> dict[str, Any]:
    """Which of the letters about a proposal is due on a day, without to whom."""
    assert proposal.answer_by
    days_before = THE_EVE if (proposal.answer_by - date).days <= THE_EVE else A_WEEK
    return {"proposal": proposal, "answer_by": proposal.answer_by, "days_before": days_before}


def _send(then: ProposalThen, reader: User, asked: Sequence[PartyThen], date: datetime.date) -> None:
    assert then.row.answer_by
    until = weekday_words(then.row.answer_by, date)
    context = {
        "proposal": then.row,
        "sentence": standing_sentence(then, date),
        "until": until,
        "asked": [str(party.row) for party in asked],
        "missing": [str(party.row) for party in then.parties if not party.answers],
        "register_name": settings.REGISTER_NAME,
    }
    subject = " ".join(f"To be answered by {until}: {then.row.title}".split())
    send_mail(subject, render_to_string("proposals/reminder.txt", context), None, [reader.email])
