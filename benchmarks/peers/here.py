"""Peers that live in our own environment, imported when asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable

__all__ = ["PEERS", "Peer"]

Peer = Callable[[str, "str | None"], str]


def trafilatura() -> Peer:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return lambda text, url: extract(text, url=url or None) or ""


def trafilatura_without_comments() -> Peer:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return lambda text, url: extract(text, url=url or None, include_comments=False) or ""


def resiliparse() -> Peer:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda text, url: str(extract_plain_text(text, main_content=True))


def turbohtml() -> Peer:
    import turbohtml as parser

    return lambda text, url: str(parser.parse(text, positions=False).main_text() or "")


def justext() -> Peer:
    import justext as library

    words = library.get_stoplist("English")

    def extract(text: str, url: str | None) -> str:
        try:
            paragraphs = library.justext(text, words)
        except Exception:  # noqa: BLE001  a peer's crash is a row without text
            return ""
        return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    return extract


PEERS: dict[str, Callable[[], Peer]] = {
    "trafilatura": trafilatura,
    "trafilatura without comments": trafilatura_without_comments,
    "resiliparse": resiliparse,
    "turbohtml": turbohtml,
    "justext": justext,
}
