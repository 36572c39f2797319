"""JSON as bytes, with orjson when it is installed (10 times faster writing) and the standard library when not; the same rows from both.

They can differ in the last digits of very large or small floats, so the manifest's hash says which one wrote.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

__all__ = ["dumps", "library", "loads", "printable"]

try:
    _orjson: Any = import_module("orjson")
except ImportError:
    _orjson = None


def library() -> str:
    """The name of the JSON library in use."""
    return "orjson" if _orjson else "json"


def dumps(value: Any) -> bytes:
    """One line of UTF-8 JSON without a line end. Lone surrogates become "?" (no JSON reader wants them)."""
    if _orjson:
        try:
            return bytes(_orjson.dumps(value))
        except TypeError:  # orjson: "str is not valid UTF-8: surrogates not allowed"
            pass
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def loads(line: bytes | str) -> Any:
    """The value of a line. Raises ValueError (both libraries' errors are ValueErrors) or RecursionError."""
    if _orjson:
        return _orjson.loads(line)
    return json.loads(line)


def printable(path: str) -> str:
    """A path as valid text: bytes that are not UTF-8 are written ``\\xff``.

    >>> printable("caf\\udce9.html")
    'caf\\\\xe9.html'
    """
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return path
