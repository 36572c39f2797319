"""Addresses that may leave in a link.

A link is dropped unless its scheme is on a short list, after everything is removed that a browser ignores in a scheme: control
characters, blanks, invisible characters, and entities that an earlier escaping left. Nothing is repaired and nothing guessed.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

__all__ = ["safe_address"]

SCHEMES = frozenset(("http", "https", "mailto", "tel", "ftp"))
MAX_ADDRESS = 2_000
MAX_ROUNDS = 4  # of entities inside entities

# What browsers drop from an address or what does not show: C0 and C1 controls, blanks, zero-width and direction marks, soft hyphens.
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb]")
_UNSAFE_ASCII = frozenset(' "<>\\^`{|}')
_SCHEME = re.compile(r"([^/?#:]*):")


def safe_address(address: str, base: str | None = None) -> str | None:
    """The address, absolute when `base` is known; None when a link must not carry it.

    >>> safe_address("/a b", "https://example.org/x/"), safe_address("java\\tscript:alert(1)"), safe_address("&#106;avascript:x")
    ('https://example.org/a%20b', None, None)
    """
    address = address.strip()
    if not address or len(address) > MAX_ADDRESS:
        return None
    bare = address
    for _ in range(MAX_ROUNDS):
        bare = _IGNORED.sub("", bare)
        scheme = _SCHEME.match(bare)
        if scheme and scheme[1].lower() not in SCHEMES:
            return None
        plain = unescape(bare)
        if plain == bare:
            break
        bare = plain
    else:
        return None
    if base:
        try:
            address = urljoin(base, address)
        except ValueError:
            return None
        scheme = _SCHEME.match(_IGNORED.sub("", address))
        if scheme and scheme[1].lower() not in SCHEMES:
            return None
    return "".join(
        f"%{ord(sign):02X}" if sign in _UNSAFE_ASCII or ord(sign) < 0x21 else sign
        for sign in address
        if sign.isprintable() or sign == " "
    )
