"""The editor of a small area and their browser, as the flows have them."""

from tests.flows.conftest import editing, editing_without_scripts, editor, editor_client

__all__ = ["editing", "editing_without_scripts", "editor", "editor_client"]
