"""Imports of spreadsheets in the background; what they do is the business of `memberships.spreadsheets`."""

from __future__ import annotations

from celery import shared_task

from memberships.spreadsheets import clearing, importing, undoing

# A worker that dies has not done its task; one that is given it again finds out where it stands.
_UNTIL_DONE = {"acks_late": True, "ignore_result": True}


@shared_task(**_UNTIL_DONE)
def read_import(pk: int) -> None:
    """Read every row of an import, for its preview."""
    importing.read(pk)


@shared_task(**_UNTIL_DONE)
def bring_in_import(pk: int) -> None:
    """Bring in an import that was confirmed."""
    importing.bring_in(pk)


@shared_task(**_UNTIL_DONE)
def undo_import(pk: int) -> None:
    """Undo an import that was brought in."""
    undoing.undo(pk)


@shared_task
def clear_old_imports() -> None:
    """Delete what old uploads hold of people."""
    clearing.clear_old_imports()
