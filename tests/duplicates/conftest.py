"""An editor of a small area, as in the tests of flows."""

from tests.flows.conftest import editing, editing_without_scripts, editor, editor_client

__all__ = ["editing", "editing_without_scripts", "editor", "editor_client"]
