"""Migrations that add many indexes, constraints and triggers, without minutes of waiting.

After every operation Django builds the classes of all related models anew. The register's models
are all related, and a first migration adds hundreds of indexes, constraints and triggers, which
change no class. `together` lets a migration build the classes once for each run of them.
"""

from collections.abc import Iterable
from itertools import groupby

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddIndex
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

ADDITIONS = (AddIndex, AddConstraint, AddTrigger)


def together(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations in the same order, each run of additions made one operation."""
    grouped: list[Operation] = []
    for are_additions, run in groupby(operations, key=lambda one: isinstance(one, ADDITIONS)):
        one_after_another = list(run)
        grouped += [Additions(one_after_another)] if are_additions else one_after_another
    return grouped


class Additions(Operation):
    """Several additions to tables, made with the classes as they are after the last of them."""

    def __init__(self, additions: list[Operation]) -> None:
        self.additions = additions

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Classes not built yet need not be built anew after each addition.
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for addition in self.additions:
            addition.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for addition in self.additions:
            addition.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        # Removing looks for what is removed in the state that still has it.
        for addition in reversed(self.additions):
            addition.database_backwards(app_label, schema_editor, from_state, from_state)

    def describe(self) -> str:
        return "; ".join(addition.describe() for addition in self.additions)
