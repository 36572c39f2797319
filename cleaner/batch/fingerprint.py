"""The fingerprint of a configuration: everything that can change a byte of a shard, so that two runs are never mixed in one output folder.

Versions alone would not do: lists and models change between releases, and people work from a checkout. So the files of the package are part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cleaner.batch.json_lines import library
from cleaner.batch.values import BatchConfig
from cleaner.options import Options

__all__ = ["described", "differences", "hash_of"]

# What the text of a page depends on besides our own files.
PACKAGES = (
    "selectolax",
    "lxml",
    "beautifulsoup4",
    "chardet",
    "trafilatura",
    "htmldate",
    "justext",
    "ftfy",
    "numpy",
    "opencc",
    "publicsuffixlist",
    "turbohtml",
)
WRITERS = ("zstandard", "orjson", "brotli", "isal", "pyarrow")


def described(config: BatchConfig) -> dict[str, Any]:
    """A configuration as a JSON object of strings and numbers, with versions and the hashes of our code and of every list."""
    values = {item.name: getattr(config, item.name) for item in fields(config) if item.name not in ("options", "fields", "thaw")}
    return {
        **json.loads(json.dumps(values)),
        "fields": asdict(config.fields),
        "options": _options(config.options),
        "versions": {name: found for name in (*PACKAGES, *WRITERS) if (found := _version(name))},
        "json": library(),
        "cleaner": _own_version(),
        "code": _digest("*.py", "*.c", "*.h"),
        "lists": _digest("lists/**/*", "article/*.npz"),
        "own_lists": {path: _file_digest(Path(path)) for path in config.options.lists},
        "templates": {path: _file_digest(Path(path)) for path in config.options.templates},
    }


def hash_of(description: Mapping[str, Any]) -> str:
    """One number for a description."""
    return hashlib.sha256(json.dumps(description, sort_keys=True).encode()).hexdigest()


def differences(old: Mapping[str, Any], new: Mapping[str, Any], prefix: str = "") -> list[str]:
    """What differs between two descriptions, in words: "format was 'jsonl' and is 'parquet'"."""
    found: list[str] = []
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            found.extend(differences(before, after, f"{prefix}{name}."))
        elif before != after:
            found.append(f"{prefix}{name} was {_short(before)} and is {_short(after)}")
    return found


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}…"


def _options(options: Options) -> dict[str, Any]:
    values = {item.name: getattr(options, item.name) for item in fields(options)}
    values["rules"] = [_rule(rule) for rule in options.rules]
    return dict(json.loads(json.dumps(values, default=repr)))


def _rule(rule: Any) -> str:
    """A user's rule: its class, its thresholds, and the code it is defined in."""
    cls = type(rule)
    module = __import__("sys").modules.get(cls.__module__)
    path = getattr(module, "__file__", None)
    code = _file_digest(Path(path)) if path else ""
    thresholds = repr(asdict(rule)) if is_dataclass(rule) and not isinstance(rule, type) else rule.name
    return f"{cls.__qualname__} {thresholds} {code}"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _own_version() -> str:
    from cleaner import __version__

    return __version__


@lru_cache(maxsize=4)
def _digest(*patterns: str) -> str:
    """The hash of the package's files of these names, as they are when it is first asked for: what is loaded does not change after that."""
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in root.rglob(pattern) if path.is_file()}):
        if "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root).as_posix()} {_file_digest(path)}\n".encode())
    return digest.hexdigest()


def _file_digest(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"
