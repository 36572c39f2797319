"""Lines of sites in text dumps: precision of all that goes, recall on labelled lines, harm on gold texts, cost, idempotence.

    python -m benchmarks.navigation                 held-back half
    python -m benchmarks.navigation --tune          the half that the lists were grown on
    python -m benchmarks.navigation --idempotence   how often cleaning a cleaned page changes it again
    python -m benchmarks.navigation --sample FILE   the held-back lines to label, numbered, with their text

A dump is all visible text of a page's body, one line a block element, made here with lxml and independent of the code under test.

*Precision*: of the lines that `navigation/*` takes from the dumps, those that are not in the gold text: not one of its lines, and, from 20 characters
(10 of Han and the like), not inside it. Gold lines that are boilerplate all the same ("Reply", "5 Comments" in forums) count as false.

*Recall*: on labelled lines. Of each held-back page (75 English, 40 German, 34 Chinese, 41 of other languages) 8 to 10 different lines outside the gold
text were drawn by hash and labelled by hand, before the rules were measured on them. "kind": whoever reads only this line knows that it is
one of the kinds that docs/navigation.md names, in whatever words: a breadcrumb, a prompt, a notice, a control, a heading of related articles, a bar.
"word": one common word or name of a section that many sites have in their menu (News, Contact, 财经, Wirtschaft). Everything else outside the gold
text is not counted: a site's own menu items, other articles' headlines and teasers, comments, dates, advertisements, addresses. A labelled line is
found when any rule takes it. `navigation_data/labels.tsv` holds row id, the line's hash, label and language group, no text.

`labels-2.tsv` is a second draw (3 to 9 lines a page, 737 labels), labelled on 25 November 2026 before the rules were measured on it; "kind" as above, "site"
for everything else of the site: menu items, other articles' headlines, bylines of comments. Chinese forms written afterwards know its misses.
The trees are those trained on the other half (benchmarks/train/navigation.py).

*Harm*: characters of the gold texts, given as plain text, that `navigation/*` takes.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from benchmarks.data import data_folder
from benchmarks.split import held_back, key_of
from cleaner import Options, clean
from cleaner.markup import text_page
from cleaner.rules.navigation import Navigation
from cleaner.rules.navigation_trees import load, use

DATA = data_folder()
HERE = Path(__file__).parent
LABELS = {"labels.tsv": ("kind", "word"), "labels-2.tsv": ("kind", "site")}
SETS = ("wcxb", "scrapinghub", "magichtml-article", "magichtml-forum", "zh-wced", "trafilatura-snippets")
GROUPS = ("en", "de", "zh", "other")
PAGES = {"en": 75, "de": 40, "zh": 40, "other": 60}  # pages that lines are drawn from
LINES = {"en": 8, "de": 8, "zh": 10, "other": 8}  # lines a page
INSIDE = {True: 20, False: 10}  # characters of a line, ASCII or not, from which standing inside the gold text counts
SILENT = frozenset("script style noscript template head svg iframe textarea select object math".split())
BLOCKS = frozenset(
    "address article aside blockquote body br button center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul".split()
) - {"td", "th"}
HTML_PAGES = 120  # pages that cost is measured on
AGAIN_PAGES = 300  # pages that idempotence is tried on


class Row(NamedTuple):
    """A development page as text dump. `gold` is its gold text, or the snippets that must be in it."""

    id: str
    group: str
    gold: str
    whole: bool  # gold is the whole text, not snippets of it
    lines: list[str]
    markup: str


def dump_of(markup: str) -> list[str]:
    """All visible text of a page, a line a block."""
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", markup), parser=html.HTMLParser(huge_tree=True))
    except (ValueError, html.etree.ParserError):
        return []
    body = root.find("body")
    lines: list[str] = []
    run: list[str] = []

    def flush() -> None:
        if line := " ".join("".join(run).split()):
            lines.append(line)
        run.clear()

    stack: list[tuple[Any, bool]] = [(root if body is None else body, False)]
    while stack:
        node, left = stack.pop()
        block = node.tag in BLOCKS
        if not left and isinstance(node.tag, str) and node.tag not in SILENT:
            if block:
                flush()
            run.append(node.text or "")
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
            continue
        if block and left:
            flush()
        elif node.tag in ("td", "th"):
            run.append(" ")
        if node is not body:
            run.append(node.tail or "")
    flush()
    return lines


def group_of(language: str, lines: list[str]) -> str:
    text = "".join(lines[:200])
    if language[:2] in ("en", "de", "zh"):
        return language[:2]
    return "zh" if re.search("[\u4e00-\u9fff]", text) and not re.search("[\u3040-\u30ff]", "".join(lines)) else "other"


def rows(held: bool) -> Iterator[Row]:
    """The rows of one half of all sets."""
    for name in SETS:
        with gzip.open(DATA / "extraction" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                if held_back(key_of(row)) != held:
                    continue
                data = base64.b64decode(row["html_b64"])
                try:
                    markup = data.decode(row["encoding"], "replace")
                except LookupError:
                    markup = data.decode("utf-8", "replace")
                lines = dump_of(markup)
                gold = row.get("gold") or ""
                yield Row(
                    row["id"], group_of(row["lang"], lines), gold or "\n".join(row.get("with_") or ()), bool(gold), lines, markup
                )


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


class Gold:
    """Whether a line is in a gold text."""

    def __init__(self, text: str) -> None:
        self.lines = set(map(plain, text.split("\n"))) - {""}
        self.whole = f" {plain(text)} "

    def has(self, line: str) -> bool:
        wanted = plain(line)
        return wanted in self.lines or (len(wanted) >= INSIDE[wanted.isascii()] and wanted in self.whole)


def hash_of(line: str) -> str:
    return hashlib.sha256(line.strip().encode()).hexdigest()[:16]


def drawn(every: list[Row]) -> Iterator[tuple[Row, str]]:
    """The lines to label, by hash."""
    pages: Counter[str] = Counter()
    for row in sorted(every, key=lambda row: hashlib.sha256(row.id.encode()).hexdigest()):
        if pages[row.group] >= PAGES[row.group]:
            continue
        pages[row.group] += 1
        gold = Gold(row.gold)
        ranked = sorted((hashlib.sha256(f"{row.id}{i}".encode()).hexdigest(), i) for i in range(len(row.lines)))
        lines = dict.fromkeys(row.lines[i] for _, i in ranked if plain(row.lines[i]) and not gold.has(row.lines[i]))
        for line in list(lines)[: LINES[row.group]]:
            yield row, line


def removed_by(text: str) -> set[str]:
    """The hashes of lines that any rule takes from a text."""
    result = clean(text, options=Options(kind="text"))
    return {hash_of(line) for edit in result.removals for line in result.page.text[edit.start : edit.end].split("\n")}


def share(part: int, whole: int) -> str:
    return f"{part / whole:.4f} ({part} of {whole})" if whole else "-"


def precision(every: list[Row]) -> None:
    removed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for row in every:
        gold = Gold(row.gold)
        page = text_page("\n".join(row.lines))
        for edit in Navigation().find(page):
            wrong = gold.has(page.text[edit.start : edit.end])
            for name in (row.group, edit.rule, "all"):
                removed[name] += 1
                false[name] += wrong
    print("precision of removed lines")
    for name in ("all", *GROUPS, *sorted(name for name in removed if "/" in name)):
        print(f"  {name:<26}{share(removed[name] - false[name], removed[name])}")


def recall(every: list[Row], file: str) -> None:
    labels: dict[str, list[list[str]]] = {}
    for line in (HERE / "navigation_data" / file).read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("# "):
            row_id, *rest = line.split("\t")
            labels.setdefault(row_id, []).append(rest)
    found: Counter[tuple[str, str]] = Counter()
    there: Counter[tuple[str, str]] = Counter()
    for row in every:
        if row.id in labels:
            gone = removed_by("\n".join(row.lines))
            for line_hash, label, group in labels[row.id]:
                for name in (group, "all"):
                    there[label, name] += 1
                    found[label, name] += line_hash in gone
    print(f"recall on the lines of {file}")
    for label in LABELS[file]:
        for name in ("all", *GROUPS):
            print(f"  {label:<6}{name:<20}{share(found[label, name], there[label, name])}")


def harm(every: list[Row]) -> None:
    characters = taken = lines = 0
    for row in every:
        if row.whole:
            page = text_page(row.gold)
            edits = list(Navigation().find(page))
            characters += len(row.gold)
            taken += sum(edit.end - edit.start for edit in edits)
            lines += len(edits)
    print(f"harm on gold texts: {100 * taken / max(characters, 1):.3f} % of the characters, {lines} lines")


def cost(every: list[Row]) -> None:
    own = whole = 0.0
    rule = Navigation()
    chosen = every[:: max(1, len(every) // HTML_PAGES)][:HTML_PAGES]
    clean(chosen[0].markup)
    for row in chosen:
        start = time.process_time()
        page = clean(row.markup).page
        middle = time.process_time()
        for _ in range(5):
            list(rule.find(page))
        own += (time.process_time() - middle) / 5
        whole += middle - start
    print(
        f"cost on {len(chosen)} HTML pages: {1000 * own / len(chosen):.3f} ms of {1000 * whole / len(chosen):.2f} ms a page",
        end="",
    )
    print(f" ({100 * own / whole:.1f} %)")


def idempotence(every: list[Row]) -> None:
    options = Options(kind="text")
    for name in ("html", "dump"):
        failed = by_navigation = 0
        chosen = every[:: max(1, len(every) // AGAIN_PAGES)][:AGAIN_PAGES]
        for row in chosen:
            once = clean(row.markup).text if name == "html" else clean("\n".join(row.lines), options=options).text
            again = clean(once, options=options)
            if again.text != once:
                failed += 1
                taken = [
                    edit for edit in again.removals if edit.rule.startswith("navigation/") and edit.rule != "navigation/byline"
                ]
                by_navigation += bool(taken)
                for edit in taken[:3]:
                    print(f"    {row.id[:12]} {edit.rule} {edit.note} {again.page.text[edit.start : edit.end][:60]!r}")
        print(f"  {name}: of {len(chosen)} cleaned pages {failed} change when cleaned again, {by_navigation} by navigation rules")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tune", action="store_true", help="the half that the lists were grown on")
    parser.add_argument("--idempotence", action="store_true", help="clean what was cleaned")
    parser.add_argument("--sample", metavar="FILE", help="write the lines to label")
    given = parser.parse_args()
    every = list(rows(held=not given.tune))
    use(load(HERE / "train" / f"navigation-{int(given.tune)}.npz"))
    if given.sample:
        numbered = [f"{i}\t{row.id}\t{row.group}\t{hash_of(line)}\t{line}" for i, (row, line) in enumerate(drawn(every), 1)]
        Path(given.sample).write_text("\n".join(numbered) + "\n", encoding="utf-8")
        return
    if given.idempotence:
        idempotence(every)
        return
    precision(every)
    for file in () if given.tune else LABELS:
        recall(every, file)
    harm(every)
    cost(every)


if __name__ == "__main__":
    main()
