"""The weekly letter to editors: what their area's rules find that they did not find a week ago, what still waits, each with
the page that settles it, and what ends next. Nobody gets one in which nothing would stand, nor a second in one week, nor any who wants none.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from ics_leadership.accounts.models import Grant, Standing, User
from ics_leadership.periods import today
from memberships import outlook, rules, todo
from memberships.models import WeeklyLetter
from memberships.presenters.findings import finding_lines
from memberships.presenters.reasons import role_pieces
from memberships.rules import Finding
from organisations.models import Organisation, within
from organisations.rights import Rights

A_WEEK = datetime.timedelta(days=7)
MOST_ENDING = 10
"""So many of what ends next are named."""
MOST_FOUND = 25
"""So many findings are named of those that are new, of those settled, and of those that wait."""


@dataclass(frozen=True)
class Contents:
    """What an editor's letter says: findings that are new, that were settled, and that wait since before; what ends next, in
    lines with its last day.
    """

    new: Sequence[Finding]
    settled: Sequence[Finding]
    waiting: Sequence[Finding]
    ending: Sequence[tuple[datetime.date, str]]

    def __bool__(self) -> bool:
        return bool(self.new or self.settled or self.waiting or self.ending)

    def parts(self) -> list[dict[str, Any]]:
        """The findings for the letter: under each heading its `lines`, and how many `more` there are."""
        headed = (
            ("New since last week", self.new, self.new),
            ("Waiting from before", self.waiting, self.waiting),
            ("Settled since last week", self.settled, ()),
        )
        return [
            {
                "heading": heading,
                "lines": finding_lines(found[:MOST_FOUND], todo.slugs, kept={each.place for each in to_settle}),
                "more": max(0, len(found) - MOST_FOUND),
            }
            for heading, found, to_settle in headed
            if found
        ]


@shared_task
def send_weekly_letters() -> None:
    """Put this week's letters into the queue, one task each, for all editors of today that want one and had none yet."""
    editing = Grant.objects.as_at(today()).filter(standing=Standing.EDITOR).values("account")
    done = WeeklyLetter.objects.filter(Q(wanted=False) | Q(last_week__gte=monday(today()))).values("account")
    for account in User.objects.filter(pk__in=editing, is_active=True).exclude(pk__in=done):
        send_weekly_letter.delay(account.pk)


# A mail server that does not answer, or answers with an error, is an OSError to Python.
@shared_task(autoretry_for=(OSError,), retry_backoff=60, retry_backoff_max=60 * 60, max_retries=12)
def send_weekly_letter(account: int) -> None:
    """Send one editor this week's letter, if it is due still; that it was sent is kept only if it went."""
    date = today()
    with transaction.atomic():
        WeeklyLetter.objects.get_or_create(account_id=account)
        # Of two workers with the same letter the second waits here, and finds it sent.
        letter = WeeklyLetter.objects.select_for_update().select_related("account").get(account_id=account)
        if not letter.wanted or not letter.account.is_active or (letter.last_week or date.min) >= monday(date):
            return
        if contents := contents_for(letter.account, date):
            said = {"parts": contents.parts(), "ending": contents.ending, "register_name": settings.REGISTER_NAME}
            text = render_to_string("letters/weekly.txt", said)
            send_mail(f"{settings.REGISTER_NAME}: your area this week", text, None, [letter.account.email])
        letter.last_week = monday(date)
        letter.save(update_fields=["last_week"])


def monday(date: datetime.date) -> datetime.date:
    """The first day of the week in which a day lies."""
    return date - datetime.timedelta(days=date.weekday())


def contents_for(account: User, date: datetime.date) -> Contents:
    """What the letter of a day says to an account about the areas that it edits: what it may see of them."""
    areas = list(
        Grant.objects.as_at(date).filter(account=account, standing=Standing.EDITOR).values_list("area", flat=True)
    )
    rights = Rights(account)
    now = [each for each in rules.visible(rights, rules.find(date, areas)) if each.managed is None]
    new, settled = rules.compare(rules.visible(rights, rules.find(date - A_WEEK, areas)), now)
    is_new = {each.subject for each in new}
    waiting = [each for each in now if each.subject not in is_new]
    inside = Organisation.objects.filter(pk__in=within(areas, date)).values("pk")
    return Contents(new, settled, waiting, _ending(date, inside))


def _ending(date: datetime.date, inside: object) -> list[tuple[datetime.date, str]]:
    """What ends next, with its last day."""
    held = [
        (each.end_date, f"{each.person.name}: {''.join(piece.text for piece in role_pieces(each.role))}")
        for each in outlook.roles_ending(date, inside)[:MOST_ENDING]
    ]
    seats = [
        (each.end_date, f"{each.person.name}: seat “{each.seat.title}”, {each.seat.terms.group.name}")
        for each in outlook.seats_ending(date, inside)[:MOST_ENDING]
    ]
    return sorted((day, line) for day, line in (*held, *seats) if day)[:MOST_ENDING]
