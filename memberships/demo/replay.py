"""Entering the log into the register, change by change, each at the moment at which it was recorded.

All or nothing: the whole log is one transaction, in which every change is dated and given its place in the order as if it
had been committed on its own, before the next begins.
"""

from __future__ import annotations

import datetime
from itertools import groupby

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from ics_leadership.accounts.demo_accounts import create_demo_accounts
from ics_leadership.accounts.models import User
from ics_leadership.history import Change, change, replayed
from memberships.context import DEMONSTRATION
from memberships.demo.accounts import grant_demo_accounts
from memberships.demo.book import Book
from memberships.demo.entries import Recorded
from memberships.demo.messages import send_demo_messages
from memberships.demo.snapshots import freeze_demo_exports
from memberships.demo.stories import LOG
from organisations import actions

OFFICE_OPENS = datetime.time(9, 30)
BETWEEN_CHANGES = datetime.timedelta(minutes=25)


class NotEmpty(Exception):
    """The register holds something already; the demonstration is loaded into an empty one only."""


def load() -> int:
    """Fill an empty register with the demonstration; returns the number of changes. Raises NotEmpty."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_demo'))")
        if Change.objects.exists():
            raise NotEmpty
        _replay(create_demo_accounts())
        grant_demo_accounts()
        send_demo_messages()
    with connection.cursor() as cursor:
        # The first pages need not wait until the database has counted its rows by itself: without, some took minutes.
        cursor.execute("ANALYZE")
    freeze_demo_exports()
    cache.delete(DEMONSTRATION)
    return len(LOG)


def _replay(editors: dict[datetime.date, User]) -> None:
    book = Book()
    for day, of_the_day in groupby(LOG, key=lambda recorded: recorded.on):
        editor = [editors[begins] for begins in editors if begins <= day][-1]
        at = timezone.make_aware(datetime.datetime.combine(day, OFFICE_OPENS))
        for recorded in of_the_day:
            _enter(book, recorded, by=editor, at=min(at, timezone.now()))
            _stamp()
            at += BETWEEN_CHANGES


def _enter(book: Book, recorded: Recorded, *, by: User, at: datetime.datetime) -> None:
    with change(by=by, why=recorded.why, at=at) as this, replayed(this):
        source = None
        if recorded.document:
            source = actions.add_source(by=by, why=recorded.why, title=recorded.document, seen_on=recorded.on)
        book.begin(recorded.on, by=by, why=recorded.why, source=source)
        for entry in recorded.entries:
            entry(book)


def _stamp() -> None:
    """Date and order the change just made as its commit would, and let the database check all that it had put off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
