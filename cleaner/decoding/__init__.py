"""Bytes become text: which encoding a page really has, whatever it says of itself."""

from __future__ import annotations

from cleaner.page import Source

__all__ = ["decode"]


def decode(data: bytes, *, charset: str | None = None) -> Source:
    """Decode the bytes of a page. Never raises on any bytes."""
    try:
        return Source(data.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
        return Source(text, "gb18030", "guess", text.count("\ufffd"))
