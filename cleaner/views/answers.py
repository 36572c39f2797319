"""What the web page asks for and what it gets: JSON becomes a checked request, a page becomes JSON in a child that may die of it.

`answer` runs in the worker process of `cleaner.batch`: cleaning, Markdown and the view are all made there, under its time and memory limits, so the
server itself never touches what a page is made of.
"""

from __future__ import annotations

import base64
import binascii
import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, get_args

from cleaner.batch.stream import Cleaners
from cleaner.batch.tasks import Verdict
from cleaner.batch.values import BatchError, Record
from cleaner.options import CommentChoice, Extractor, KindChoice, MetadataChoice, Options, Script
from cleaner.page import Page, Source
from cleaner.pipeline import clean
from cleaner.result import Result
from cleaner.views.document import fragment

__all__ = ["CHOICES", "Bad", "Guard", "Request", "answer", "request_of"]

# The options that a request may set; paths, rules and limits are for whoever started `cleaner serve`.
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(KindChoice),
    "extractor": get_args(Extractor),
    "script": get_args(Script),
    "metadata": get_args(MetadataChoice),
    "comments": get_args(CommentChoice),
}
NAMES = ("select", "ignore")
WORDS = ("text", "base64", "path")
FIELDS = {*WORDS, "name", "url", "charset", "options", "view"}
SHORT = 4_000  # characters of a name, an address, a charset: longer ones are no such thing


class Bad(Exception):
    """A request that is wrong; the message says what is right."""


class Request(NamedTuple):
    """A page and how to clean it. `path` is still to be read when it is set."""

    data: bytes | str
    path: str
    name: str
    url: str | None
    charset: str | None
    options: Options
    view: bool


def request_of(body: bytes, base: Options, known: Mapping[str, str]) -> Request:
    """The request that a body of JSON makes; raises Bad. known: the rules by name, with their reasons."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise Bad("the body is no JSON") from None
    if not isinstance(asked, dict):
        raise Bad("the body must be a JSON object")
    if unknown := sorted(set(asked) - FIELDS):
        raise Bad(f"unknown field {', '.join(unknown)[:SHORT]}; there are {', '.join(sorted(FIELDS))}")
    given = [word for word in WORDS if asked.get(word) is not None]
    if len(given) != 1:
        raise Bad("give the page as one of text, base64 or path")
    for name in ("name", "url", "charset"):
        _string(asked, name, SHORT)
    page = _string(asked, given[0], -1)
    data: bytes | str = page if given[0] == "text" else b""
    if given[0] == "base64":
        try:
            data = base64.b64decode(page, validate=True)
        except (binascii.Error, ValueError):
            raise Bad("base64 holds no valid base64") from None
    path = page if given[0] == "path" else ""
    name = asked.get("name") or path.rpartition("/")[2] or "pasted page"
    options = _options({} if asked.get("options") is None else asked["options"], base, known)
    view = asked.get("view", False)
    if not isinstance(view, bool):
        raise Bad("view must be true or false")
    return Request(data, path, name, asked.get("url") or None, asked.get("charset") or None, options, view)


def _string(asked: Mapping[str, Any], name: str, limit: int) -> str:
    value = asked.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or 0 <= limit < len(value):
        raise Bad(f"{name} must be a string" + (f" of at most {limit:,} characters" if limit >= 0 else ""))
    return value


def _options(given: Any, base: Options, known: Mapping[str, str]) -> Options:
    if not isinstance(given, dict):
        raise Bad("options must be an object")
    if unknown := sorted(set(given) - {*CHOICES, *NAMES}):
        raise Bad(f"unknown option {', '.join(unknown)[:SHORT]}; there are {', '.join((*CHOICES, *NAMES))}")
    there = {*known, *(name.partition("/")[0] for name in known)}
    for name in set(given) & set(NAMES):
        if not isinstance(given[name], list) or not all(isinstance(rule, str) for rule in given[name]):
            raise Bad(f"{name} must be a list of rules")
        if strange := [rule for rule in given[name] if rule not in there]:
            raise Bad(f"{name}: there is no rule or family {strange[0][:100]!r}")
    values: dict[str, Any] = {name: tuple(value) if name in NAMES else value for name, value in given.items()}
    try:
        return replace(base, **values)
    except (TypeError, ValueError) as error:
        raise Bad(str(error)) from None


def answer(record: Record, *, options: Options, name: str, view: bool, reasons: Mapping[str, str]) -> bytes:
    """The answer to a request as JSON; runs in a worker."""
    result = clean(record.data, record.url, record.charset, options)
    return _json(result, name=name, view=view, reasons=reasons)


def _json(result: Result, *, name: str, view: bool, reasons: Mapping[str, str]) -> bytes:
    record = result.to_dict()
    record["name"] = name
    record["error"] = result.error
    record["markdown"] = result.markdown
    record["view"] = fragment(result, name=name, reasons=reasons) if view else None
    return json.dumps(record).encode("ascii")


class Guard:
    """One worker process in which pages are cleaned; what a page does to it becomes an answer. For callers with threads."""

    def __init__(self, options: Options, *, page_timeout: float, max_page_bytes: int, reasons: Mapping[str, str]) -> None:
        self._make = partial(Cleaners, jobs=1, options=options, page_timeout=page_timeout, max_page_bytes=max_page_bytes)
        self._reasons = reasons
        self._lock = threading.Lock()
        self._cleaners: Cleaners | None = self._make()

    def answer(self, request: Request, data: bytes | str) -> bytes:
        """JSON for a page, whatever the page does."""
        make = partial(answer, options=request.options, name=request.name, view=request.view, reasons=self._reasons)
        record = Record(data, "0", "", 0, request.url, request.charset)
        with self._lock:
            payload = self._payload(record, make)
        if isinstance(payload, bytes):
            return payload
        status: Any = payload.status
        reason = payload.error.partition("\n")[0]
        failed = Result(Source("", "unknown", "none"), Page("", (), "text"), (), (), "", "", status, reason)
        return _json(failed, name=request.name, view=request.view, reasons=self._reasons)

    def _payload(self, record: Record, make: Any) -> bytes | Verdict:
        try:
            self._cleaners = self._cleaners or self._make()
            payload: bytes | Verdict
            (payload,) = self._cleaners.made_of([record], make)
        except (BatchError, OSError) as error:  # the workers cannot be had now; the next request tries again
            self.close()
            return Verdict("crash", f"the process that cleans could not be started: {error}")
        return payload

    def close(self) -> None:
        """End the worker, whatever it does."""
        cleaners, self._cleaners = self._cleaners, None
        if cleaners:
            cleaners.close()
