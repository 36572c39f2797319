"""Files and standard input become bytes, or a sentence that says why not.

A folder, an archive of pages and a table are the work of `cleaner run`; saying so here is what a person needs who tried them on `cleaner`.
"""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from cleaner.cli import COMMANDS
from cleaner.options import Options
from cleaner.result import Result

__all__ = ["Answer", "Unreadable", "answer_on"]

# Suffixes of inputs that hold many pages; `cleaner run` reads them.
MANY_PAGES = (".warc", ".warc.gz", ".wet", ".wet.gz", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
NEAR = 0.75  # how alike a file's name must be to be offered for a misspelt one; page.htm and page.html: 0.94


class Unreadable(Exception):
    """An input that could not be read; the message is a sentence for the person who named it."""


class Answer(NamedTuple):
    """What came of an input: the result, a sentence where there is something to say ("" when all is well), and whether it counts as unreadable."""

    result: Result
    remark: str
    unreadable: bool


def answer_on(name: str, *, url: str | None, charset: str | None, options: Options) -> Answer:
    """Read and clean one input; raises Unreadable with a sentence where there is no result."""
    data = _page_bytes(name, options.max_bytes)
    result = _cleaned(name, data, url=url, charset=charset, options=options)
    return Answer(result, *_remark_on(result, name, size=len(data), limit=options.max_bytes))


def _cleaned(name: str, data: bytes, *, url: str | None, charset: str | None, options: Options) -> Result:
    """The result of a page; raises Unreadable where something fails that never should: a rule of the caller's, or cleaner itself."""
    from cleaner.pipeline import clean

    try:
        return clean(data, url=url, charset=charset, options=options)
    except Exception as error:
        if os.environ.get("CLEANER_TRACEBACK"):
            raise
        reason = f"{type(error).__name__}: {error}"
        raise Unreadable(
            f"{name}: {reason} (a fault of a rule of yours or of cleaner; CLEANER_TRACEBACK=1 tells where)"
        ) from error


def _page_bytes(name: str, limit: int) -> bytes:
    """The bytes of a file, or of standard input for "-"; never more than `limit` + 1."""
    if name == "-":
        return sys.stdin.buffer.read(limit + 1)
    path = Path(name)
    try:
        if path.is_dir():
            raise Unreadable(f"{name} is a folder; `cleaner run {name} -o OUTPUT` cleans all pages in it")
        if name.lower().endswith(MANY_PAGES):
            raise Unreadable(f"{name} holds many pages; `cleaner run {name} -o OUTPUT` cleans them")
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        raise Unreadable(_no_such_input(name)) from None
    except OSError as error:
        raise Unreadable(f"{name}: {error.strerror or error}") from None


def _no_such_input(name: str) -> str:
    """A sentence about a name that is no file: what its author may have meant."""
    if "://" in name:
        return f"{name}: cleaner fetches nothing; curl -s {name} | cleaner - --url {name}"
    if name in ("help", "version"):
        return f"{name}: there is no such file; did you mean cleaner --{name}?"
    command = get_close_matches(name, COMMANDS, n=1)
    folder = Path(name).parent
    file = get_close_matches(Path(name).name, sorted(os.listdir(folder)), n=1, cutoff=NEAR) if folder.is_dir() else []
    if command:
        return f"{name}: there is no such file; did you mean the command {command[0]}?"
    hint = f"; did you mean {folder / file[0]}?" if file else ""
    return f"{name}: there is no such file{hint}"


def _remark_on(result: Result, name: str, *, size: int, limit: int) -> tuple[str, bool]:
    """A sentence about a result without text and whether the input counts as unreadable; ("", False) when all is well."""
    name = "standard input" if name == "-" else name
    if result.status == "binary":
        return f"{name} is not text (a binary file of {size:,} bytes)", True
    if result.status == "too-large" and size <= limit:
        return f"{name} has too many lines or tags for one page ({size:,} bytes)", True
    if result.status == "too-large":
        return f"{name} is larger than {limit:,} bytes; max_bytes in --options allows more", True
    if result.status == "spam":
        return f"{name}: nothing was left, everything on the page is spam", False
    if result.status == "empty":
        return f"{name}: the input is empty" if not size else f"{name}: no article text was found", False
    return "", False
