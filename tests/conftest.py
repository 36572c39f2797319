"""What all tests share: where the development data lie, and the promise that CI skips nothing it is meant to run."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from benchmarks.data import data_folder

ROOT = Path(__file__).parent.parent
IN_CI = os.environ.get("CI") == "true"
MORE_EXAMPLES = int(os.environ.get("CLEANER_EXAMPLES", "1"))  # times as many random examples as a test says, and new ones each time


def data_directory() -> Path | None:
    """The development data: CLEANER_DATA, else ../shared/data beside the checkout."""
    folder = data_folder()
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def data() -> Path:
    """The directory of the development data; without it the test is skipped."""
    found = data_directory()
    if found is None:
        pytest.skip("needs the development data (CLEANER_DATA or ../shared/data)")
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With CLEANER_EXAMPLES=N the property tests search N times as long."""
    for test in [getattr(item, "obj", None) for item in items if MORE_EXAMPLES > 1]:
        said = getattr(test, "_hypothesis_internal_use_settings", None)
        if said is not None:
            more = settings(said, max_examples=said.max_examples * MORE_EXAMPLES, deadline=None, derandomize=False, database=None)
            vars(test)["_hypothesis_internal_use_settings"] = more


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """In CI a skipped test is a failure, unless it needs the development data and they are not there."""
    report = yield
    excused = item.get_closest_marker("data") is not None and data_directory() is None
    if IN_CI and report.skipped and not hasattr(report, "wasxfail") and not excused:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
