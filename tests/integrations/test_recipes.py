"""Every recipe of docs/pipelines.md runs, with small files in place of a crawl."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integrations.pages import write_lines
from tests.integrations.test_datatrove import write_warc

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [(language, code) for language, code in BLOCK.findall((ROOT / "docs" / "pipelines.md").read_text(encoding="utf-8"))]
NEEDS = {
    "pyspark": "pyspark",
    "ray": "ray",
    "datatrove": "datatrove",
    "langchain": "langchain_core",
    "pandas": "pandas",
    "polars": "polars",
}

pytestmark = [pytest.mark.engine, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recipes")
    (folder / "crawl").mkdir()
    write_warc(folder / "crawl" / "a.warc.gz")
    write_lines(folder / "pages.jsonl", 6)
    command = folder / "bin" / "cleaner"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m cleaner "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.mark.parametrize("number", range(len(BLOCKS)), ids=lambda number: f"{number}-{BLOCKS[number][0]}")
def test_recipe_runs(folder: Path, number: int) -> None:
    language, code = BLOCKS[number]
    for word, module in NEEDS.items():
        if word in code:
            pytest.importorskip(module)
    environment = {
        **os.environ,
        "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": sys.executable,
        "RAY_USAGE_STATS_ENABLED": "0",
    }
    if language == "python":
        script = folder / f"recipe_{number}.py"
        script.write_text(code, encoding="utf-8")
        arguments = [sys.executable, str(script)]
    else:
        arguments = ["bash", "-e", "-c", code]
    done = subprocess.run(
        arguments, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr[-3000:]
    if "two.jsonl" in code:
        assert len((folder / "two.jsonl").read_text().splitlines()) == 2
    if "chinese.jsonl" in code:
        assert done.stdout == "1 pages\n"
