"""Rows that are added by the thousand are gathered and written together, by the same actions that write one.

Within `gathering()` the rows that actions `keep` while it `adds()` wait, and are written when that block ends: one
statement for each table. Only for what is left to the database alone to refuse (`history.replayed`), and for actions that
read nothing of what they or those before them added: a row that waits has no number, and no query finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models

from ics_leadership.history import event_model


def save(row: models.Model) -> None:
    """Save a row: a new one, or one that is still there.

    Raises ValidationError where somebody withdrew or erased it after it was read. Saving it all the same would bring it back.
    """
    if row._state.adding:
        row.save()
        return
    try:
        row.save(force_update=True)
    except DatabaseError as error:
        if error.__cause__ is not None:  # the database refused it, and says why
            raise
        raise ValidationError(
            "This was taken out of the register meanwhile. Look at its page again.", code="gone"
        ) from None


class Gathering:
    """The rows that wait, of each table those that were added first; and which addresses are taken, waiting ones too."""

    def __init__(self) -> None:
        self._waiting: dict[type[models.Model], list[models.Model]] = {}
        self._taken: dict[type[models.Model], set[str]] = {}
        self._adds = False

    @contextmanager
    def adds(self) -> Iterator[None]:
        """Write what was added within this block together when it ends, tables in the order in which they came up.

        What the database refuses leaves the block; which of the rows it was about is not said. After that, or after any
        other error, nothing waits any more.
        """
        self._adds = True
        try:
            yield
            for model, rows in self._waiting.items():
                model._default_manager.bulk_create(rows)
        finally:
            self._adds = False
            self._waiting.clear()

    def write(self, row: models.Model) -> None:
        """Save a row, or let it wait."""
        if self._adds and row._state.adding:
            self._waiting.setdefault(type(row), []).append(row)
        else:
            save(row)
        if type(row) in self._taken:
            slug: Any = getattr(row, "slug", "")
            self._taken[type(row)].add(slug)

    def taken(self, model: type[models.Model]) -> set[str]:
        """The addresses that rows of a table have or ever had, waiting ones too; asked for once."""
        if model not in self._taken:
            ever = event_model(model)._default_manager.order_by()
            self._taken[model] = set(ever.values_list("slug", flat=True).distinct())
        return self._taken[model]

    def forget_addresses(self) -> None:
        """Ask for the addresses that are taken anew: some of those that waited were not written."""
        self._taken.clear()


_under_way: ContextVar[Gathering | None] = ContextVar("gathering", default=None)


@contextmanager
def gathering() -> Iterator[Gathering]:
    """Let whatever is written within this block pass through one gathering, which says when rows wait."""
    this = Gathering()
    token = _under_way.set(this)
    try:
        yield this
    finally:
        _under_way.reset(token)


def under_way() -> Gathering | None:
    """The gathering through which what is written now passes, if there is one."""
    return _under_way.get()
