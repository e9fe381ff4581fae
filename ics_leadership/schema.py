"""Migrations of many tables, indexes, constraints and triggers, without minutes of waiting.

After every operation Django builds the classes of all related models anew. The register's models are all related, and a
first migration makes dozens of them and adds hundreds of indexes, constraints and triggers. `together` lets a migration build
the classes once for each run of new tables, and once for each run of additions, which change no class.
"""

from collections.abc import Iterable
from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

ADDITIONS = (AddIndex, AddConstraint, AddTrigger)
KINDS: tuple[tuple[type[Operation], ...], ...] = ((CreateModel,), ADDITIONS)
"""Operations of one kind can be told to the state all at once: none of them changes what another of its kind makes."""


def together(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations in the same order, each run of one kind made one operation."""
    grouped: list[Operation] = []
    for kind, run in groupby(operations, key=_kind):
        one_after_another = list(run)
        grouped += [Together(one_after_another)] if kind else one_after_another
    return grouped


def _kind(operation: Operation) -> tuple[type[Operation], ...]:
    return next((kind for kind in KINDS if isinstance(operation, kind)), ())


class Together(Operation):
    """Several operations of one kind, made with the classes as they are after the last of them."""

    def __init__(self, parts: list[Operation]) -> None:
        self.parts = parts

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Classes not built yet need not be built anew after each part.
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for part in self.parts:
            part.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for part in self.parts:
            part.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        # Removing looks for what is removed in the state that still has it.
        for part in reversed(self.parts):
            part.database_backwards(app_label, schema_editor, from_state, from_state)

    def describe(self) -> str:
        return "; ".join(part.describe() for part in self.parts)
