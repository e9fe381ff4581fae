"""Answers that are worth keeping for a while, because they are asked for often or take long to work out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from redis.exceptions import RedisError

from ics_leadership import known

T = TypeVar("T")


def remembered(key: str, ask: Callable[[], T], seconds: int, *, where: str = "default") -> T | None:
    """What was answered under this key within so many seconds; asked anew where that is longer ago, and where the cache is
    away, because no page is to wait for it. What the register knew at a past moment is neither kept nor taken from what is.

    `where` is a cache of the settings: what all processes share, or what each has for itself.
    """
    if known.moment():
        return ask()
    try:
        return caches[where].get_or_set(key, ask, seconds)
    except RedisError:
        return ask()
