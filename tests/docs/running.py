"""Runs the blocks of a document in a folder that looks like a clone of this repository with some pages in it."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.docs.blocks import ROOT, Block, mismatch, prompts_of
from tests.integrations.pages import rows, warc_of, write_lines

__all__ = ["Clone", "clone_in"]

PARTS = ("cleaner", "tests", "fixtures", "benchmarks", "docs", ".ci")  # of the repository, with the files beside them
ENDED = "\x1e"  # stands before the exit code of a command of a console block
PATIENCE = 300  # seconds a block may take; Spark takes 40
CURL = """#!/bin/sh
# the network of the examples: pages of example.org are files here, everything else is asked for as usual
for word in "$@"; do case "$word" in https://example.org/*) exec cat page.html ;; esac; done
exec {curl} "$@"
"""


class Clone(NamedTuple):
    """A copy of the repository for one document, and what its blocks share."""

    folder: Path
    environment: dict[str, str]
    running: list[subprocess.Popen[str]]
    sessions: list[subprocess.Popen[str]]

    def run(self, block: Block) -> None:
        """Do with a block what its language says; raises AssertionError where the document does not tell the truth."""
        if block.title:
            path = self.folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, encoding="utf-8")
        elif block.how == "keeps running":
            self._start(block.code.strip())
        elif block.language == "python" and ">>>" in block.code:
            self._session(block)
        elif block.language == "python":
            script = self.folder / f"block_{block.line}.py"
            script.write_text(block.code, encoding="utf-8")
            self._checked([sys.executable, str(script)], block)
        elif block.language == "sh":
            self._checked(["bash", "-e", "-o", "pipefail", "-c", block.code], block)
        elif block.language == "console":
            self._console(block)

    def _done(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=PATIENCE,
        )

    def _checked(self, command: list[str], block: Block) -> None:
        done = self._done(command)
        assert done.returncode == 0, f"{block.name}: exit code {done.returncode}\n{done.stdout[-3000:]}"

    def _console(self, block: Block) -> None:
        prompts = prompts_of(block.code)
        script = "".join(f"{command}\ncode=$?; printf '\\036%s\\n' $code; (exit $code)\n" for command, _ in prompts)
        pieces = self._done(["bash", "-c", script]).stdout.split(ENDED)
        code = "0"
        for number, (command, shown) in enumerate(prompts):
            assert code == "0" or command == "echo $?", f"{block.name}: exit code {code} before `{command}`"
            output = pieces[number] if number == 0 else pieces[number].partition("\n")[2]
            assert (missed := mismatch(shown, output)) == "", (
                f"{block.name}: {missed!r} is not what `{command}` prints:\n{output}"
            )
            code = pieces[number + 1].partition("\n")[0]
        assert code == "0", f"{block.name}: exit code {code}\n{pieces[-2]}"

    def _session(self, block: Block) -> None:
        """In the document's Python session, as a doctest."""
        if not self.sessions:
            command = [sys.executable, str(ROOT / "tests" / "docs" / "session.py")]
            pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
            self.sessions.append(subprocess.Popen(command, cwd=self.folder, env=self.environment, **pipes))
        session = self.sessions[0]
        assert session.stdin is not None
        assert session.stdout is not None
        session.stdin.write(json.dumps({"name": block.name, "code": block.code}) + "\n")
        session.stdin.flush()
        failed, told = json.loads(session.stdout.readline())
        assert failed == 0, told

    def _start(self, command: str) -> None:
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command}"], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, text=True
        )
        self.running.append(process)
        assert process.stdout is not None
        server, token = re.fullmatch(r"(http://\S+)/#token=(\S+)\n", process.stdout.readline()).groups()  # type: ignore[union-attr]
        self.environment.update(SERVER=server, TOKEN=token)

    def stop(self) -> None:
        """End the session; Ctrl-C for what keeps running."""
        for session in self.sessions:
            session.communicate()
        for process in self.running:
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
            if process.stdout:
                process.stdout.close()


def _samples(folder: Path) -> None:
    """The pages that the documents speak of."""
    shutil.copyfile(folder / "fixtures" / "news" / "en-night-bus" / "page.html", folder / "page.html")
    shutil.copyfile(folder / "cleaner" / "demo" / "1-hacked-mirror.html", folder / "mirror.html")
    crawl = folder / "crawl"
    crawl.mkdir()
    warc_of(crawl / "a.warc.gz")
    shutil.copyfile(folder / "page.html", crawl / "night-bus.html")
    write_lines(folder / "pages.jsonl", 6)
    with gzip.open(folder / "docs.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows(6))


@contextmanager
def clone_in(folder: Path) -> Iterator[Clone]:
    """A copy of the repository with samples in it, and commands `python`, `cleaner` and `curl` that run here."""
    for part in PARTS:
        ignored = shutil.ignore_patterns("__pycache__", "*.npz" if part == "benchmarks" else "")
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    for path in ROOT.iterdir():
        if path.is_file() and not path.name.startswith(".git"):
            shutil.copyfile(path, folder / path.name)
    _samples(folder)
    commands = folder / ".commands"
    commands.mkdir()
    for name, text in {
        "python": f'#!/bin/sh\nexec {sys.executable} "$@"\n',
        "cleaner": f'#!/bin/sh\nexec {sys.executable} -m cleaner "$@"\n',
        "curl": CURL.format(curl=shutil.which("curl") or "false"),
    }.items():
        (commands / name).write_text(text)
        (commands / name).chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{commands}:{os.environ['PATH']}",
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYSPARK_PYTHON": sys.executable,
        "RAY_USAGE_STATS_ENABLED": "0",
        "PIP_NO_INDEX": "1",
        "COLUMNS": "100",
    }
    environment.pop("CI", None)  # tests that a document runs may skip as at a contributor's desk
    clone = Clone(folder, environment, [], [])
    try:
        yield clone
    finally:
        clone.stop()
