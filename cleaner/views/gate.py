"""Who may ask: the checks that every request to `cleaner serve` passes before anything is read or done.

A page in another tab, a name that is made to point at this machine (DNS rebinding), another program on it: each fails one of them. The Host must be
ours, the Origin ours or absent, the token of the printed address must come in a header that no foreign page can set, a body must be JSON (which a form
cannot send) and say its length, and what is too long is refused before a byte of it is taken.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["HEADERS", "Denied", "Gate"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types cleaner-view"
)
HEADERS = {  # of every answer
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
SCHEME = "bearer "


class Denied(NamedTuple):
    """Why a request goes no further, and the HTTP status that says so."""

    status: int
    message: str


class Gate:
    """The checks, for one address, one token and one limit."""

    def __init__(self, host: str, port: int, token: str, limit: int) -> None:
        self.limit = limit
        self._port = port
        self._token = token.encode()
        self._names = {"127.0.0.1", "localhost", "::1", host.lower()}
        self._any_address = not _is_loopback(host)

    def denied(self, method: str, path: str, headers: Mapping[str, str]) -> Denied | None:
        """None, or why this request is refused. Headers by name in small letters."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            return Denied(403, "this server does not go by that name; open the address that cleaner serve printed")
        origin = headers.get("origin")
        if origin is not None and origin.lower() != f"http://{host.lower()}":
            return Denied(403, "requests from other sites are refused")
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none") and path.startswith("/api/"):
            return Denied(403, "requests from other sites are refused")
        if not path.startswith("/api/"):
            return None
        given = headers.get("authorization", "")
        if not given.lower().startswith(SCHEME) or not hmac.compare_digest(given[len(SCHEME) :].encode(), self._token):
            return Denied(401, "the token is missing or wrong; open the address that cleaner serve printed")
        return self._denied_body(headers) if method == "POST" else None

    def _denied_body(self, headers: Mapping[str, str]) -> Denied | None:
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return Denied(415, "the body must be JSON, with the header Content-Type: application/json")
        length = headers.get("content-length", "")
        if length.isascii() and length.isdigit():
            return self.too_long() if len(length) > 15 or int(length) > self.limit else None
        return Denied(411, "the body must come with its length")

    def too_long(self) -> Denied:
        """The refusal of a body above the limit."""
        return Denied(413, f"the body is larger than {self.limit:,} bytes")

    def _is_ours(self, host: str) -> bool:
        name, port = _split(host)
        if port != self._port:
            return False
        if name in self._names:
            return True
        return self._any_address and _is_address(name)  # a rebinding attack needs a name


def _split(host: str) -> tuple[str, int]:
    """Name and port of a Host header; port -1 for what is none."""
    if host.startswith("["):
        name, _, rest = host[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        name, _, port = host.partition(":")
    if not port:
        return name.lower(), 80
    return name.lower(), int(port) if port.isascii() and port.isdigit() and len(port) < 6 else -1


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)
