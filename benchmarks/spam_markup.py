"""Where spam is put: at the top, in the middle or at the end of a page of text or HTML, and as what markup."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Sequence

from benchmarks.spam_words import Spammer

__all__ = ["HIDING", "as_html", "links", "put_into_html", "put_into_text", "with_title"]

HIDING = (
    'style="display:none"',
    'style="position:absolute;left:-9999px"',
    'style="position:absolute; top:-2000px; left:-2000px"',
    'style="font-size:0"',
    'style="font-size:1px;line-height:1px"',
    'style="height:0;width:0;overflow:hidden"',
    'style="visibility:hidden"',
    'style="text-indent:-9999px"',
    'style="color:#fff;background:#fff"',
    "hidden",
)
_PARAGRAPH_END = re.compile(r"</p\s*>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>[^<]*</title>", re.IGNORECASE)
_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)


def put_into_text(text: str, chunk: str, position: str, rng: random.Random) -> str:
    lines = text.split("\n")
    if position == "end":
        return f"{text.rstrip()}\n{chunk}\n"
    if position == "top":
        return f"{chunk}\n{text}"
    at = rng.randint(1, max(1, len(lines) - 1))
    return "\n".join([*lines[:at], chunk, *lines[at:]])


def put_into_html(source: str, chunk: str, position: str, rng: random.Random) -> str:
    if position == "top":
        match = _BODY.search(source)
        at = match.end() if match else 0
    elif position == "end":
        ends = list(_BODY_END.finditer(source))
        at = ends[-1].start() if ends else len(source)
    else:
        places = [match.end() for match in _PARAGRAPH_END.finditer(source)]
        at = places[rng.randint(len(places) // 3, max(len(places) // 3, 2 * len(places) // 3))]
    return f"{source[:at]}{chunk}{source[at:]}"


def with_title(source: str, title: str) -> str:
    return _TITLE.sub(lambda _: f"<title>{html.escape(title)}</title>", source, count=1)


def links(words: Sequence[str], target: Callable[[], str], separator: str) -> str:
    return separator.join(f'<a href="{html.escape(target())}">{html.escape(word)}</a>' for word in words)


def as_html(words: Sequence[str], separator: str, form: str, spammer: Spammer) -> str:
    """A list of words as a hacked page shows it."""
    separator = separator.replace("\n", "<br>")
    if form == "links":
        return f"<div>{links(words, spammer.target, separator)}</div>"
    if form == "items":
        return "<ul>" + "".join(f"<li>{links([word], spammer.target, '')}</li>" for word in words) + "</ul>"
    if form == "numbers":
        return f"<div>{links(words, lambda: f'/{spammer.random.randint(10, 99999)}.html', separator)}</div>"
    return f"<{form}>{html.escape(separator.join(words), quote=False).replace('&lt;br&gt;', '<br>')}</{form}>"
