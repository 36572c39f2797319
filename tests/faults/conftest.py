"""Fault tests take a minute and a half: they run in CI, with `-m fault`, and when this folder is named."""

from __future__ import annotations

import os

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave them out of the quick run."""
    wanted = (
        os.environ.get("CI") == "true"
        or "fault" in (config.getoption("-m") or "")
        or any("faults" in name for name in config.args)
    )
    faults = [item for item in items if item.get_closest_marker("fault")]
    if faults and not wanted:
        config.hook.pytest_deselected(items=faults)
        items[:] = [item for item in items if item not in faults]
