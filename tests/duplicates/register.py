"""What the register says, whole, for comparing it before and after."""

from typing import Any

from tests.every_table import tracked_models


def facts() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of the register, as its columns say."""
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in tracked_models()}
