"""Trying a change: the real actions run, are looked at, and leave no trace.

What would happen is thereby what happens. Actions act on the outside world only once they are committed
(`transaction.on_commit`), which a trial never is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import connection, transaction

from ics_leadership.refusals import in_words

T = TypeVar("T")


class _Over(Exception):
    """Ends the trial's transaction without a trace."""


def tried(attempt: Callable[[], T]) -> T:
    """What `attempt` returns, with everything that it wrote taken back.

    It must return plain values, or rows that need no further query. Whatever the database refuses at the end of a
    transaction is refused here too, but for the date and place that a change is given at its commit. A lock that
    somebody else holds for longer than five seconds ends the trial with the database's own error.
    """
    found: list[T] = []
    try:
        with in_words(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            found.append(attempt())
            cursor.execute(
                "SELECT string_agg(format('%I', conname), ', ') FROM pg_constraint WHERE contype = 'f' AND condeferrable"
            )
            cursor.execute(f"SET CONSTRAINTS {cursor.fetchone()[0]} IMMEDIATE")
            raise _Over
    except _Over:
        return found[0]
