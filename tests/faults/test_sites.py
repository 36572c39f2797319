"""Faults while a run learns what its sites repeat: in the first pass, between the passes, in the second; nothing is lost, and the bytes are the same."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.site_simulator import simulated
from tests.batch.inputs import read_rows
from tests.faults.test_faults import command, gone, shards, start, tidy, workers_of

pytestmark = pytest.mark.fault
PAGES = 120


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Text dumps of three sites in a JSONL file, their pages mixed, in about 20 chunks."""
    sites = [simulated(number, "en", "news", PAGES // 3) for number in (300, 301, 302)]
    pages = [page for pages in zip(*(site.pages for site in sites), strict=True) for page in pages]
    path = tmp_path_factory.mktemp("crawl") / "crawl.jsonl"
    path.write_text(
        "".join(json.dumps({"id": page.url, "url": page.url, "text": page.lines}) + "\n" for page in pages), encoding="utf-8"
    )
    return path


def run_of(crawl: Path, out: Path) -> tuple[object, ...]:
    return ("run", crawl, "-o", out, "--learn-sites", "--jobs", 2, "--chunk-bytes", 20_000)


@pytest.fixture(scope="module")
def undisturbed(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    command(*run_of(crawl, out))
    assert len(shards(out)) > 10
    assert all(row["removals"] for row in read_rows(out))
    return {"templates": (out / "templates").read_bytes(), **shards(out)}


def wait_for(process: object, happened: Callable[[], bool]) -> bool:
    """Wait until something has happened; False when the process ended before it was seen."""
    while process.poll() is None:  # type: ignore[attr-defined]
        if happened():
            return True
        time.sleep(0.0005)
    return False


def moments(out: Path) -> dict[str, Callable[[], bool]]:
    """When to strike, in the order in which a run comes there."""
    return {
        "in the first pass": lambda: any((out / "sites" / "pages").glob("shard-*")),
        "while it learns": lambda: any((out / "sites").glob(".working-sites-*")),
        "between the passes": lambda: (out / "templates").exists(),
        "in the second pass": lambda: any(out.glob("shard-*")),
    }


def test_kill_9_of_the_parent_in_and_between_the_passes_loses_nothing(
    crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    struck = []
    for moment, happened in moments(out).items():
        process = start(*run_of(crawl, out))
        if wait_for(process, happened):
            struck.append(moment)
        below = workers_of(process.pid)
        process.kill()
        process.communicate()
        assert gone(below, 1.0), "a worker outlived its parent by a second"
    assert {"in the first pass", "between the passes", "in the second pass"} <= {*struck}
    command(*run_of(crawl, out))
    assert {"templates": (out / "templates").read_bytes(), **shards(out)} == undisturbed
    assert tidy(out)
    assert not any((out / "sites" / "pages").glob("*"))
    assert f"{PAGES} pages in = {PAGES} rows out + 0 dead letters; all is well" in command("verify", out)


@pytest.mark.parametrize("moment", ["in the first pass", "in the second pass"])
def test_kill_9_of_the_process_that_forks_the_workers_loses_nothing(
    crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path, moment: str
) -> None:
    out = tmp_path / "out"
    process = start(*run_of(crawl, out))
    assert wait_for(process, moments(out)[moment])
    os.kill(workers_of(process.pid)[0], signal.SIGKILL)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()
    assert {"templates": (out / "templates").read_bytes(), **shards(out)} == undisturbed
    assert tidy(out)
