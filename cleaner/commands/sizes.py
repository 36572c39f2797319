"""Values on the command line that are no plain words: sizes and shares of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

__all__ = ["Share", "Size"]

if TYPE_CHECKING:
    _Bytes = click.ParamType[int]
    _Pair = click.ParamType[tuple[int, int]]
else:
    _Bytes = _Pair = click.ParamType  # before click 8.5 it takes no argument

UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


class Size(_Bytes):
    """A number of bytes: 20000000, 20MB, 2GB."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        text = str(value).strip().lower().removesuffix("b").removesuffix("i").strip()
        unit = text[-1:] if text[-1:].isalpha() else ""
        try:
            size = int(float(text.removesuffix(unit)) * UNITS[unit])
        except (ValueError, KeyError):
            self.fail(f"{value!r} is no size; write 20MB or 2GB", param, context)
        if size <= 0:
            self.fail(f"{value!r}: a size is above 0", param, context)
        return size


class Share(_Pair):
    """i/n: the i-th of n shares."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        first, slash, last = str(value).partition("/")
        if not (slash and first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last)):
            self.fail(f"{value!r}: write 1/4, 2/4, 3/4 and 4/4 for the four shares of four machines", param, context)
        return int(first), int(last)
