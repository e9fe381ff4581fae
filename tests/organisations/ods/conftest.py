"""Which tests of the import there are on this machine."""

import pytest

from tests.organisations.ods.published_files import WHOLE_FILES


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the whole published files there are no tests of them, rather than tests passed over."""
    if WHOLE_FILES:
        return
    of_whole_files = [item for item in items if any(mark.args[:1] == ("folder",) for mark in item.iter_markers())]
    config.hook.pytest_deselected(items=of_whole_files)
    items[:] = [item for item in items if item not in of_whole_files]
