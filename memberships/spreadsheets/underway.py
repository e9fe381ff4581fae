"""Work on an import in the background: who is at it, how far it has come, and whether it stopped on the way.

A worker holds a lock of its database session while it works, which the database lets go when the worker dies, however
it dies: no clock has to guess. How far the work has come is kept in the cache, because what one transaction writes shows
to nobody before it ends.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from memberships.models import SpreadsheetImport, Stage

T = TypeVar("T")

UNDER_WAY = (Stage.READING, Stage.APPLYING, Stage.UNDOING)
"""The stages in which the next step is a worker's."""

PATIENCE = datetime.timedelta(seconds=20)
"""How long work may wait for a free worker before the page offers to ask again."""

# Any number that no other advisory lock of this register starts with.
_LOCK = 0x1F0A7
_STEPS = 200


@contextmanager
def alone_with(pk: int) -> Iterator[bool]:
    """Whether this worker, and no other, works on an import until the block ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, pk])
        mine: bool = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        # A session that was lost has let go of its own accord.
        if mine and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, pk])


def is_worked_on(pk: int) -> bool:
    """Whether a worker is at an import now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
                SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s AND objid = %s
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            )
            """,
            [_LOCK, pk],
        )
        worked_on: bool = cursor.fetchone()[0]
    return worked_on


def has_stopped(this: SpreadsheetImport) -> bool:
    """Whether work on an import was asked for, nobody is at it, and nobody is likely to begin."""
    if this.stage not in UNDER_WAY or this.asked_at is None or is_worked_on(this.pk):
        return False
    return timezone.now() - this.asked_at > PATIENCE


def counted(pk: int, things: Iterable[T], *, total: int, before: int = 0) -> Iterator[T]:
    """`things` as they come, noting now and then how many of `total` have been done, those `before` included."""
    step = max(total // _STEPS, 1)
    for number, thing in enumerate(things, start=before):
        if number % step == 0:
            cache.set(_key(pk), (number, total))
        yield thing


def begin(pk: int) -> None:
    """Note that nothing has been done yet."""
    cache.delete(_key(pk))


def percentage(pk: int) -> int | None:
    """How far the work under way has come, as last noted; None before it has begun."""
    noted: tuple[int, int] | None = cache.get(_key(pk))
    return None if noted is None else min(100 * noted[0] // max(noted[1], 1), 100)


def _key(pk: int) -> str:
    return f"import-{pk}-done"
