"""A running `cleaner serve` for tests: started as a user starts it, asked over HTTP, ended with Ctrl-C."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["EVIL", "MIRROR", "ROOT", "WORDS", "Server", "pages_in", "running"]

ROOT = Path(__file__).parent.parent
MIRROR = ROOT / "cleaner" / "demo" / "1-hacked-mirror.html"
WORDS = "<html><body><p>A paragraph of plain words that is long enough to be kept as one.</p><p>{}</p></body></html>"
EVIL = """
import os, signal
class Evil:
    name = "evil/rule"
    why = "Does what pages do to parsers."
    def find(self, page):
        if "please hang" in page.text:
            while True:
                pass
        if "please crash" in page.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "please raise" in page.text:
            raise RuntimeError("a rule failed")
        return ()
RULES = (Evil(),)
"""


class Server(NamedTuple):
    """A running `cleaner serve`."""

    base: str
    token: str
    folder: Path

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        given = {"Authorization": f"Bearer {self.token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        import httpx

        sent = {name: value.encode("latin-1") for name, value in given.items()}
        content = None if body is None else json.dumps(body) if not isinstance(body, bytes) else body
        if body is not None:
            sent.setdefault("Content-Type", b"application/json")
        return httpx.request(method, self.base + path, content=content, headers=sent, timeout=60, trust_env=False)

    def clean(self, **body: Any) -> Any:
        return self.ask("POST", "/api/clean", body)


def pages_in(place: Path) -> Path:
    """A folder with pages, and around it what must not be read."""
    folder = place / "pages"
    (folder / "sub").mkdir(parents=True)
    (folder / "page.html").write_bytes(MIRROR.read_bytes())
    (folder / "sub" / "inner.html").write_text(WORDS.format("inner"), encoding="utf-8")
    (place / "secret.html").write_text(WORDS.format("secret"), encoding="utf-8")
    (folder / ".hidden.html").write_text(WORDS.format("hidden"), encoding="utf-8")
    (folder / "inside.html").symlink_to(folder / "sub" / "inner.html")
    (folder / "outside.html").symlink_to(place / "secret.html")
    (folder / "away").symlink_to(place)
    os.mkfifo(folder / "pipe.html")
    return folder


@contextmanager
def running(place: Path) -> Iterator[Server]:
    """The server on a folder below `place`, with a rule that does what pages do to parsers."""
    (place / "evil.py").write_text(EVIL, encoding="utf-8")
    folder = pages_in(place)
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "serve",
        str(folder),
        "--port",
        "0",
        "--page-timeout",
        "2",
        "--rules",
        "evil:RULES",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    assert process.stdout is not None
    base, _, token = process.stdout.readline().strip().partition("/#token=")
    try:
        yield Server(base, token, folder)
    finally:
        process.send_signal(2)
        status = process.wait(20)
    assert status == 0  # Ctrl-C is how it is meant to end
