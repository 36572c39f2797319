"""Spam rules on infected pages with a known answer, and their harm on clean ones.

    python -m benchmarks.spam                      both halves of the bases, all families, controls
    python -m benchmarks.spam --held --peers       only bases nobody tuned on; trafilatura, resiliparse and jusText beside it
    python -m benchmarks.spam --words second:b     with the words of the second hand, the half that no rule was improved on

Precision: of the letters that spam rules removed, those that were put in. Recall: of the letters put in, those that spam rules
removed; "gone" counts those that are not in the result, whichever rule took them. Signs (invisible characters, stray marks) count one each. Harm: characters
that a spam rule removes from a genuine page or text; the target is zero.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict

from benchmarks.data import data_folder
from benchmarks.spam_controls import harm
from benchmarks.spam_pages import Infected, bases_of, infected
from benchmarks.spam_words import Words
from cleaner import Options, Result, clean
from cleaner.edits import OffsetMap

DATA = data_folder()
REACH = 80  # characters from one injected string to the next


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
    if len(strings) < 2 or strings[0] == strings[1]:
        return 0
    at = text.find(strings[0])
    while at >= 0:
        if text.find(strings[1], at + len(strings[0]), at + len(strings[0]) + REACH) >= 0:
            return at
        at = text.find(strings[0], at + 1)
    return 0


def weight(string: str) -> int:
    return sum(1 for character in string if character.isalnum() or not character.isprintable())


class Count:
    """Letters put in, removed by spam rules (right and wrong), gone from the result."""

    def __init__(self) -> None:
        self.pages = self.injected = self.found = self.wrong = self.gone = self.whole = 0
        self.misses: list[str] = []
        self.wrongs: list[str] = []

    def add(self, case: Infected, result: Result) -> None:
        if case.spots:
            size, found, gone = self._signs(case, result)
            inside = bytearray(len(result.page.text))
        else:
            inside = bytearray(len(result.page.text))
            size, found, gone = self._strings(case, result, inside)
        self.pages += 1
        self.injected += size
        self.found += found
        self.gone += gone
        self.whole += found >= 0.95 * size
        if found < 0.5 * size:
            self.misses.append(f"{case.id}: {' | '.join(case.injected)[:110]!r}")

    def _strings(self, case: Infected, result: Result, inside: bytearray) -> tuple[int, int, int]:
        """Letters of the injected strings: how many there are, removed by spam rules, removed by any rule."""
        text = result.page.text
        for start, end in spots_of(text, case.injected):
            inside[start:end] = b"\x01" * (end - start)
        found = gone = 0
        for edit in result.removals:
            spam = edit.rule.startswith("spam/")
            for i in range(edit.start, edit.end):
                if inside[i] and weight(text[i]):
                    gone += 1
                    found += spam
                elif spam and not inside[i] and text[i].isalnum():
                    self.wrong += 1
            if spam and weight(text[edit.start : edit.end]) and not any(inside[edit.start : edit.end]):
                self.wrongs.append(f"{case.id} {edit.rule}: {text[edit.start : edit.end][:100]!r} ({edit.note[:100]})")
        size = max(1, sum(map(weight, case.injected)))
        return size, min(size, found), min(size, gone)

    def _signs(self, case: Infected, result: Result) -> tuple[int, int, int]:
        """Signs put into a text, one each: removed or put right by a spam rule or by repair."""
        forward = OffsetMap(result.repairs).forward
        repaired = {i for edit in result.repairs for i in range(edit.start, edit.end)}
        removed = {i for edit in result.removals if edit.rule.startswith("spam/") for i in range(edit.start, edit.end)}
        gone = {i for edit in result.removals for i in range(edit.start, edit.end)}
        places = {forward(start): start for start, _ in case.spots}
        found = sum(1 for place, start in places.items() if place in removed or start in repaired)
        self.wrong += sum(1 for i in removed if i not in places)
        return len(case.spots), found, sum(1 for place, start in places.items() if place in gone or start in repaired)

    def row(self) -> str:
        precision = self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0
        return (
            f"{self.pages:6d} {self.injected:8d}   {precision:.4f} {self.found / max(1, self.injected):.4f}   "
            f"{self.gone / max(1, self.injected):.4f}   {self.whole / max(1, self.pages):.3f}"
        )


class Titles:
    """Of pages whose title got keywords: how many titles came out without them, and how many genuine titles beside them came out."""

    def __init__(self) -> None:
        self.pages = self.clean = self.genuine = self.kept = 0
        self._titles: dict[str, str | None] = {}

    def add(self, case: Infected, result: Result) -> None:
        title = result.title or ""
        self.pages += 1
        self.clean += not any(word in title for word in case.injected)
        if case.title != "none":
            self.genuine += 1
            self.kept += len(title) > 3 and (case.title in title or title in case.title or title == self._own(case))

    def _own(self, case: Infected) -> str | None:
        """The title of the page without spam: many name themselves a second time."""
        if case.base.id not in self._titles:
            self._titles[case.base.id] = clean(case.base.html, url=case.url or None, options=Options(kind="html")).title
        return self._titles[case.base.id]

    def row(self) -> str:
        return f"titles of {self.pages} pages: {self.clean} without keywords; {self.kept} of {self.genuine} genuine ones beside them kept"


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
    found = sum(weight(string) for string in case.injected if " ".join(string.split()) in text)
    return found / max(1, sum(map(weight, case.injected)))


def families(chosen: argparse.Namespace) -> None:
    bases = [base for base in bases_of(DATA, chosen.languages.split(",")) if base.held_back or not chosen.held][:: chosen.every]
    counts: dict[str, Count] = defaultdict(Count)
    left: dict[str, Counter[str]] = defaultdict(Counter)
    titles = Titles()
    tools = peers() if chosen.peers else {}
    started = time.process_time()
    name, _, half = chosen.words.partition(":")
    for case in infected(DATA, bases, Words(name, half)):
        if chosen.family and case.family != chosen.family:
            continue
        result = clean(case.data, url=case.url or None, options=Options(kind=case.kind))  # type: ignore[arg-type]
        for key in (case.family, f"  {case.family} {case.kind}", *(f"    {case.family} {row}" for row in case.rows)):
            counts[key].add(case, result)
        if case.title:
            titles.add(case, result)
        if case.kind == "html" and tools:
            left[case.family]["pages"] += 1
            left[case.family]["cleaner"] += share_left(case, result.text)
            for tool_name, tool in tools.items():
                left[case.family][tool_name] += share_left(case, tool(case.data))  # type: ignore[operator]
    print(f"{len(bases)} bases, words {chosen.words}, {time.process_time() - started:.0f} s of CPU time\n")
    print("family                                               pages  letters   P      R        gone     whole")
    for key in sorted(counts, key=lambda key: (key.split()[0], len(key) - len(key.lstrip()), key)):
        print(f"{key:52s} {counts[key].row()}")
    if titles.pages:
        print(titles.row())
    if chosen.verbose:
        for key, count in counts.items():
            if not key.startswith(" "):
                print("\n".join([f"\nmissed, {key}:", *count.misses, f"wrong, {key}:", *count.wrongs[:40]]))
    if tools:
        print("\nshare of the injected letters left in (pages of HTML): cleaner and peers")
        for family, row in left.items():
            shares = "  ".join(f"{name} {row[name] / row['pages']:.3f}" for name in ("cleaner", *tools))
            print(f"{family:16s} {row['pages']:5.0f} {shares}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="only bases that are held back")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="name what was missed and what was removed wrongly")
    parser.add_argument("--only", choices=("families", "controls"))
    parser.add_argument("--family", help="one family alone")
    parser.add_argument("--words", default="first", choices=("first", "second", "second:a", "second:b"))
    parser.add_argument("--languages", default="zh,ja,en,de", help="of the bases")
    parser.add_argument("--every", type=int, default=1, help="only every so manieth base, for a quick look")
    parser.add_argument("--limit", type=int, help="of the controls")
    chosen = parser.parse_args()
    if chosen.only != "controls":
        families(chosen)
    if chosen.only != "families":
        harm(DATA, chosen.limit)


if __name__ == "__main__":
    main()
