"""Every rule ends soon on hostile text: long strings made for the patterns of rules and repair (a megabyte with CLEANER_HOSTILE=1000000).

No clock is asserted (a run of pytest with its timeout is the gate); a quadratic pattern takes minutes here and shows at once.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
import re
from itertools import islice

import pytest

import cleaner.markup.hidden
import cleaner.repair
import cleaner.rules
from cleaner.markup import text_page
from cleaner.rules import RULES

SIZE = int(os.environ.get("CLEANER_HOSTILE", "60000"))  # CLEANER_HOSTILE=1000000 for the whole megabyte
PIECES = [
    "安塞县| ",
    "安塞县",
    "县",
    "市 ",
    "Adair County | ",
    " County",
    "|",
    " ",
    "_",
    "-",
    "?",
    "(",
    "(a",
    "(xiàn)",
    "国产_",
    "久久",
    "体育",
    "体育a",
    "a",
    "1",
    "13800000000",
    "微信",
    "call 1",
    "+1 5",
    "slot gacor ",
    "casino|",
    "\u200b",
    "中\u200b",
    "中?",
    "аa",
    "aaaaaaaa",
    "а",
    "Ã",
    "Ã©",
    "锛",
    "&#x",
    "&",
    "<a ",
    "<",
    "©",
    "http://a",
    "上一页 ",
    ". ",
    "。",
    "\n",
    "x\n",
    "名单如下：\n安塞县 ",
]


METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
# Patterns that are searched only in text of bounded length, and the bound.
BOUNDED = {"cleaner.rules.insertion_signs._MIXED": 40, "cleaner.rules.link_farm._LABEL": 24}


def patterns() -> list[tuple[str, re.Pattern[str], list[str]]]:
    """All compiled patterns of the modules of rules, repair and hidden, with the methods that the code calls."""
    found: list[tuple[str, re.Pattern[str], list[str]]] = []
    modules = [cleaner.markup.hidden]
    for package in (cleaner.rules, cleaner.repair):
        modules += [
            importlib.import_module(f"{package.__name__}.{info.name}")
            for info in pkgutil.iter_modules(package.__path__)
            if info.name[0] != "_"
        ]
    sources = "\n".join(inspect.getsource(module) for module in modules)
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                used = [method for method in METHODS if re.search(rf"\b{name}\.{method}\b", sources)]
                found.append((f"{module.__name__}.{name}", value, used))
    return sorted(found, key=lambda entry: entry[0])


PATTERNS = patterns()


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.encode("unicode_escape").decode())
def test_all_rules_end_soon(piece: str) -> None:
    page = text_page(piece * (SIZE // len(piece)) + "а")
    for rule in RULES:
        list(rule.find(page))


@pytest.mark.parametrize(("name", "pattern", "methods"), PATTERNS, ids=[name for name, *_ in PATTERNS])
def test_every_pattern_is_linear(name: str, pattern: re.Pattern[str], methods: list[str]) -> None:
    for piece in PIECES:
        text = (piece * (SIZE // 4 // len(piece)))[: BOUNDED.get(name)] + "\x00"
        for method in methods:
            if method in ("finditer", "findall", "split", "sub", "subn"):
                list(islice(pattern.finditer(text), 1_000))
            else:
                getattr(pattern, method)(text)
