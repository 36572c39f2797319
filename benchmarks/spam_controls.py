"""Harm of the spam rules on what is genuine: every character that a spam rule removes from whole pages, their text dumps, gold texts and handwritten controls.

Pages are judged whole, not only the text that somebody marked as their content: a menu, a list of branch offices or a row of sister sites is genuine too.
All removals of these sets were read one by one; were there a page of the development data with real spam, JUDGED would name it with what it is. There is none.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.split import held_back, key_of
from cleaner import Options, Result, clean

__all__ = ["harm"]

CONTROLS = Path(__file__).parent / "spam_data" / "controls"
JUDGED: frozenset[tuple[str, str]] = frozenset()  # (case, rule): removals from development pages that are real spam
LEAST = 80  # characters of a text of the encoding set


class Control(NamedTuple):
    set: str
    name: str
    kind: str
    data: bytes | str
    url: str | None = None


def real_pages(data: Path) -> Iterator[Control]:
    """Development pages and the texts that people marked in them."""
    for path in sorted((data / "extraction").glob("*.jsonl.gz")):
        name = path.name.partition(".")[0]
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                half = "held back" if held_back(key_of(row)) else "tuned on"
                case = f"{name}/{row['id']}"
                if row.get("gold"):
                    yield Control(f"real: gold texts, {half}", case, "text", row["gold"])
                yield Control(f"real: whole pages, {half}", case, "html", base64.b64decode(row["html_b64"]), row.get("url"))


def real_texts(data: Path) -> Iterator[Control]:
    path = data / "encoding" / "cases.jsonl.gz"
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            text = row.get("text") or ""
            if row["class"].startswith("clean") and len(text) >= LEAST:
                yield Control("real: texts of the encoding set", row["id"], "text", text)


def handwritten() -> Iterator[Control]:
    for path in sorted(CONTROLS.iterdir()):
        if path.suffix in (".txt", ".html"):
            kind = "html" if path.suffix == ".html" else "text"
            yield Control(f"by hand: {kind}", path.stem, kind, path.read_text(encoding="utf-8"))


class Harm:
    """Pages, pages hit and characters removed by spam rules, a set."""

    def __init__(self) -> None:
        self.pages: Counter[str] = Counter()
        self.hit: Counter[str] = Counter()
        self.characters: Counter[str] = Counter()

    def add(self, control: Control, result: Result) -> None:
        self.pages[control.set] += 1
        lost = 0
        for edit in result.removals:
            if edit.rule.startswith("spam/") and (control.name, edit.rule) not in JUDGED:
                lost += edit.end - edit.start
                text = result.page.text[edit.start : edit.end]
                print(f"  harm {control.set} {control.name} {edit.rule}: {text[:140]!r} ({edit.note[:120]})")
        self.hit[control.set] += lost > 0
        self.characters[control.set] += lost


def harm(data: Path, limit: int | None = None) -> None:
    """Clean every control and print what spam rules took."""
    found = Harm()
    for number, control in enumerate((*handwritten(), *real_pages(data), *real_texts(data))):
        if limit and number >= limit:
            break
        result = clean(control.data, url=control.url, options=Options(kind=control.kind))  # type: ignore[arg-type]
        found.add(control, result)
        if control.kind == "html" and control.set.startswith("real"):
            dump = control._replace(set=control.set.replace("whole pages", "text dumps of the pages"), kind="text")
            found.add(dump, clean(result.page.text, options=Options(kind="text")))
    print("\nharm on controls                          pages or texts   hit   characters removed by spam rules")
    for name in sorted(found.pages):
        print(f"{name:44s} {found.pages[name]:8d} {found.hit[name]:8d} {found.characters[name]:8d}")
    real = sum(count for name, count in found.pages.items() if name.startswith("real"))
    print(f"{sum(found.pages.values())} genuine pages or texts, {real} real, {sum(found.pages.values()) - real} by hand")
