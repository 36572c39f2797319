"""Spam rules on infected pages with a known answer, and their harm on clean ones.

    python -m benchmarks.spam                      both halves of the bases, all families, controls
    python -m benchmarks.spam --held --peers       only bases nobody tuned on; trafilatura, resiliparse and jusText beside it

Precision: of the letters that spam rules removed, those that were put in. Recall: of the letters put in, those that spam rules
removed; "gone" counts those that are not in the result, whichever rule took them. Harm: letters that a spam rule removes
from a genuine page or text; the target is zero.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.data import data_folder
from benchmarks.spam_pages import Infected, bases_of, infected
from benchmarks.split import held_back, key_of
from cleaner import Options, Result, clean

DATA = data_folder()
CONTROLS = Path(__file__).parent / "spam_data" / "controls"
REACH = 80  # characters from one injected string to the next


def letters(text: str) -> int:
    return sum(1 for character in text if character.isalnum())


def spots_of(text: str, injected: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the injected strings stand in a page's text: the first where the second follows, each next one behind it."""
    strings = [" ".join(string.split()) if string.strip() else string for string in injected]
    spots: list[tuple[int, int]] = []
    position = _start(text, strings)
    for string in strings:
        at = text.find(string, position, position + REACH + len(string)) if len(strings) > 2 else -1
        if at < 0:
            at = text.find(string, position)
        if at < 0:
            at = text.find(string)
            if at < 0:
                continue
            spots.append((at, at + len(string)))
            continue
        spots.append((at, at + len(string)))
        position = at + len(string)
    return spots


def _start(text: str, strings: list[str]) -> int:
    if len(strings) < 2:
        return 0
    at = text.find(strings[0])
    while at >= 0:
        if text.find(strings[1], at + len(strings[0]), at + len(strings[0]) + REACH) >= 0:
            return at
        at = text.find(strings[0], at + 1)
    return 0


class Count:
    """Letters put in, removed by spam rules (right and wrong), gone from the result."""

    def __init__(self) -> None:
        self.pages = self.injected = self.found = self.wrong = self.gone = self.whole = 0
        self.misses: list[str] = []
        self.wrongs: list[str] = []

    def add(self, case: Infected, result: Result) -> None:
        text = result.page.text
        spots = spots_of(text, case.injected)
        inside = bytearray(len(text))
        for start, end in spots:
            inside[start:end] = b"\x01" * (end - start)
        size = max(1, sum(map(_weight, case.injected)))
        found = wrong = gone = 0
        for edit in result.removals:
            spam = edit.rule.startswith("spam/")
            for i in range(edit.start, edit.end):
                if inside[i] and _counts(text[i]):
                    gone += 1
                    found += spam
                elif spam and not inside[i] and text[i].isalnum():
                    wrong += 1
            if spam and not any(inside[edit.start : edit.end]):
                self.wrongs.append(f"{case.id} {edit.rule}: {text[edit.start : edit.end][:100]!r} ({edit.note[:100]})")
        repaired = (
            sum(_weight(case.injected[0]) for edit in result.repairs if edit.rule == "repair/control")
            if case.form == "zero-width"
            else 0
        )
        gone = min(size, gone + repaired)
        self.pages += 1
        self.injected += size
        self.found += min(size, found + repaired)
        self.wrong += wrong
        self.gone += gone
        self.whole += found >= 0.95 * size
        if found + repaired < 0.5 * size:
            self.misses.append(f"{case.id}: {' | '.join(case.injected)[:110]!r}")

    def row(self) -> str:
        precision = self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0
        return (
            f"{self.pages:6d} {self.injected:8d}   {precision:.4f} {self.found / max(1, self.injected):.4f}   "
            f"{self.gone / max(1, self.injected):.4f}   {self.whole / max(1, self.pages):.3f}"
        )


def _counts(character: str) -> bool:
    return character.isalnum() or not character.isprintable()


def _weight(string: str) -> int:
    return sum(1 for character in string if _counts(character))


def peers() -> dict[str, object]:
    import justext
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    def by_justext(page: str) -> str:
        stops = frozenset(word for name in ("English", "German", "Indonesian") for word in justext.get_stoplist(name))
        try:
            return "\n".join(
                block.text for block in justext.justext(page.encode(), stops, encoding="utf-8") if not block.is_boilerplate
            )
        except (ValueError, LookupError, AssertionError):
            return ""

    return {
        "trafilatura": lambda page: trafilatura.extract(page) or "",
        "resiliparse": lambda page: extract_plain_text(page, main_content=True),
        "jusText": by_justext,
    }


def share_left(case: Infected, text: str) -> float:
    found = sum(_weight(string) for string in case.injected if " ".join(string.split()) in text)
    return found / max(1, sum(map(_weight, case.injected)))


def controls() -> Iterator[tuple[str, str, str, str, str]]:
    """Set, name, kind, data and gold text of everything genuine."""
    for path in sorted((DATA / "extraction").glob("*.jsonl.gz")):
        name = path.name.partition(".")[0]
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                half = "held" if held_back(key_of(row)) else "tuned"
                gold = row.get("gold") or "\n".join(row.get("with_") or [])
                if row.get("gold"):
                    yield f"gold texts, {half}", f"{name}/{row['id']}", "text", gold, gold
                yield f"pages, {half}", f"{name}/{row['id']}", "html", row["html_b64"], gold
    if (DATA / "encoding" / "cases.jsonl.gz").exists():
        with gzip.open(DATA / "encoding" / "cases.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                text = row.get("text") or ""
                if row["class"].startswith("clean") and len(text) >= 80:
                    yield "texts of the encoding set", row["id"], "text", text, text
    for path in sorted(CONTROLS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        yield "written by hand", path.stem, "text", text, text


def harm(limit: int | None) -> None:
    import base64

    pages: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for number, (name, case, kind, data, gold) in enumerate(controls()):
        if limit and number >= limit:
            break
        source = base64.b64decode(data) if kind == "html" else data
        result = clean(source, options=Options(kind=kind))  # type: ignore[arg-type]
        pages[name] += 1
        squeezed = "".join(gold.split())
        bad = 0
        for edit in result.removals:
            if not edit.rule.startswith("spam/"):
                continue
            lost = result.page.text[edit.start : edit.end]
            pieces = [piece for piece in lost.split("\n") if letters(piece)]
            wrong = sum(len(piece.strip()) for piece in pieces if "".join(piece.split()) in squeezed) + (
                not pieces and kind == "text"
            ) * len(lost)
            bad += wrong
            outside[edit.rule] += 0 if wrong else letters(lost)
            if wrong:
                print(f"  harm {name} {case} {edit.rule}: {lost[:140]!r} ({edit.note[:120]})")
        removed[name] += bad
        hit[name] += bad > 0
    print("\nharm on controls                      pages   hit   characters of the gold text removed by spam rules")
    for name in pages:
        print(f"{name:36s} {pages[name]:6d} {hit[name]:5d} {removed[name]:8d}")
    print("letters outside the gold text, by rule:", dict(outside))


def families(held_only: bool, with_peers: bool, verbose: bool, languages: tuple[str, ...]) -> None:
    bases = [base for base in bases_of(DATA, languages) if base.held_back or not held_only]
    counts: dict[str, Count] = defaultdict(Count)
    left: dict[str, Counter[str]] = defaultdict(Counter)
    tools = peers() if with_peers else {}
    started = time.process_time()
    for case in infected(DATA, bases):
        result = clean(case.data, url=case.url or None, options=Options(kind=case.kind))  # type: ignore[arg-type]
        for key in (case.family, f"  {case.family} {case.kind}", f"    {case.family} {case.form}"):
            counts[key].add(case, result)
        if case.kind == "html" and tools:
            left[case.family]["pages"] += 1
            left[case.family]["cleaner"] += share_left(case, result.text)
            for name, tool in tools.items():
                left[case.family][name] += share_left(case, tool(case.data))  # type: ignore[operator]
    print(f"{len(bases)} bases, {time.process_time() - started:.0f} s of CPU time\n")
    print("family                                     pages  letters   P      R        gone     whole")
    for key in sorted(counts, key=lambda key: (key.split()[0], key.count(" ", 0, 4), key)):
        print(f"{key:42s} {counts[key].row()}")
    if verbose:
        for key, count in counts.items():
            if not key.startswith(" "):
                print("\n".join([f"\nmissed, {key}:", *count.misses[:40], f"wrong, {key}:", *count.wrongs[:20]]))
    if tools:
        print("\nshare of the injected letters left in (pages of HTML): cleaner and peers")
        for family, row in left.items():
            print(
                f"{family:16s} {row['pages']:5.0f} "
                + "  ".join(f"{name} {row[name] / row['pages']:.3f}" for name in ("cleaner", *tools))
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="only bases that are held back")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="name what was missed and what was removed wrongly")
    parser.add_argument("--only", choices=("families", "controls"))
    parser.add_argument("--languages", default="zh,ja,en,de")
    parser.add_argument("--limit", type=int, help="of the controls")
    chosen = parser.parse_args()
    if chosen.only != "controls":
        families(chosen.held, chosen.peers, chosen.verbose, tuple(chosen.languages.split(",")))
    if chosen.only != "families":
        harm(chosen.limit)


if __name__ == "__main__":
    main()
