"""Right text and time for `cleaner.decode` and its peers, on cases nobody tuned on, in one run.

    python -m benchmarks.encoding                      # every peer that is installed, held-back half
    python -m benchmarks.encoding --half tuned --only cleaner --failures
    python -m benchmarks.encoding --inside             # our own pages whose encoding changes inside a run
    python -m benchmarks.encoding --speed              # the assumed mix
    python -m benchmarks.encoding --steps              # which evidence decided
    python -m benchmarks.encoding --worst 10           # cleaner on input made to be slow, 10 MB each

The cases are `encoding/cases.jsonl.gz` of the development data (texts under several licences, never copied here). They are split by
their `source`, the document the text was cut from: it is in many cases, in several encodings, and in one half only. What counts
is the text: two codecs that give the same text are both right, and characters that only differ in the code table someone took
("―" and "—") are the same. `metric` exact: equal text; near (bytes were damaged): 97 % of the characters that are not ASCII.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import difflib
import gzip
import json
import logging
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from benchmarks.data import data_file
from benchmarks.encoding_peers import PEERS, Decoder, installed
from benchmarks.encoding_worst import worst_cases
from benchmarks.mixed_pages import mixed_pages
from benchmarks.split import held_back

MIN_NEAR = 0.97
_TWINS: dict[int, Any] = {
    **str.maketrans("―〜∥−－￠￡￢￣·‧•∙⋯¦╴", "—～‖––¢£¬‾・・・・…¦_"),
    0x2D: "–",
    0xFF0D: "–",
    0x2212: "–",
    0xFFE4: "¦",
    0x5C: "¥",
    0xFFE5: "¥",
}


class Case(NamedTuple):
    """One page whose text is known."""

    id: str
    kind: str
    detail: str
    data: bytes
    header: str | None
    encoding: str
    text: str
    near: bool
    source: str


def cases_of(half: str) -> list[Case]:
    """The development cases of one half: "held", "tuned" or "all"."""
    cases = []
    with gzip.open(data_file("encoding/cases.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if half == "all" or held_back(row["source"]) == (half == "held"):
                cases.append(case_of(row))
    return cases


def case_of(row: Mapping[str, Any]) -> Case:
    return Case(
        row["id"], row["class"], str(row["sub"]), base64.b64decode(row["bytes_b64"]), row["http_charset"],
        row["true_encoding"], row["text"], row["metric"] == "near", row["source"],
    )  # fmt: skip


def folded(text: str) -> str:
    return text.translate(_TWINS)


def share_right(text: str, expected: str) -> float:
    """The share of the characters of `expected` that are not ASCII and that `text` has, in order."""
    want, have = folded(expected), folded(text)
    total = sum(character > "\x7f" for character in want)
    if want == have or not total:
        return 1.0
    right = 0
    lines = difflib.SequenceMatcher(None, want.split("\n"), have.split("\n"), autojunk=False)
    want_lines, have_lines = want.split("\n"), have.split("\n")
    for tag, i, j, k, m in lines.get_opcodes():
        wanted = "\n".join(want_lines[i:j])
        if tag == "equal":
            right += sum(character > "\x7f" for character in wanted)
        elif tag == "replace":
            right += _common(
                "".join(re.findall("[^\x00-\x7f]", wanted)), "".join(re.findall("[^\x00-\x7f]", "\n".join(have_lines[k:m])))
            )
    return right / total


def _common(wanted: str, have: str) -> int:
    """The length of a long common subsequence: exact for short strings, by equal stretches of eight for long ones."""
    matcher = difflib.SequenceMatcher(None, wanted, have, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) if len(wanted) * len(have) < 4_000_000 else 0


def is_right(case: Case, text: str) -> bool:
    text = text.removeprefix("\ufeff")
    if case.near:
        return share_right(text, case.text) >= MIN_NEAR
    return folded(text) == folded(case.text)


class Score(NamedTuple):
    """What one decoder got right, by class; the share of characters right in mixed pages; its time."""

    right: Counter[str]
    characters: float
    seconds: float
    failures: list[tuple[Case, str]]


def scored(decoder: Decoder, cases: Iterable[Case]) -> Score:
    right: Counter[str] = Counter()
    failures: list[tuple[Case, str]] = []
    seconds = characters = mixed = 0.0
    for case in cases:
        start = time.process_time()
        try:
            text = decoder(case.data, case.header)
        except Exception as error:  # noqa: BLE001 (a peer that raises is wrong about this page)
            text = f"{type(error).__name__}: {error}"
        seconds += time.process_time() - start
        if case.kind == "mixed":
            mixed += 1
            characters += share_right(text, case.text)
        if is_right(case, text):
            right[case.kind] += 1
        else:
            failures.append((case, text))
    return Score(right, characters / mixed if mixed else 1.0, seconds, failures)


def report(half: str, names: Iterable[str], *, failures: bool) -> None:
    cases = cases_of(half)
    total = Counter(case.kind for case in cases)
    print(f"{len(cases)} cases, {half} half, right text in percent; ms: mean CPU time per page")
    kinds = sorted(total)
    print("decoder".ljust(28), "all".rjust(6), *(kind[:12].rjust(13) for kind in kinds), "mixed, chars".rjust(13), "ms".rjust(8))
    print("cases".ljust(28), str(len(cases)).rjust(6), *(str(total[kind]).rjust(13) for kind in kinds))
    for name, decoder in installed(names).items():
        score = scored(decoder, cases)
        shares = (f"{100 * score.right[kind] / total[kind]:.1f}".rjust(13) for kind in kinds)
        overall = f"{100 * sum(score.right.values()) / len(cases):.1f}".rjust(6)
        print(
            name.ljust(28),
            overall,
            *shares,
            f"{100 * score.characters:.1f}".rjust(13),
            f"{1000 * score.seconds / len(cases):.3f}".rjust(8),
            flush=True,
        )
        if failures:
            for case, text in score.failures:
                print("  ", case.id, case.detail, case.encoding, case.header, case.source, f"{share_right(text, case.text):.3f}")


MIX = {
    "utf-8": 0.94,
    "labelled": 0.05,
    "bare": 0.01,
}  # assumed shares of pages; the web had 98 to 99 % UTF-8 in 2025, old archives less
LEAST_BYTES = 4000  # pages are larger; the median of Common Crawl is about 30 KB
ROUNDS = 5


def mix_of(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Clean cases of page size in the three groups of `MIX`."""
    groups: dict[str, list[Case]] = {name: [] for name in MIX}
    for case in cases:
        if case.kind.startswith("clean") and len(case.data) >= LEAST_BYTES:
            name = "utf-8" if case.encoding == "utf-8" else "bare" if case.kind == "clean_nometa" else "labelled"
            groups[name].append(case)
    return groups


def milliseconds(decoder: Decoder, cases: list[Case]) -> float:
    """The best of several rounds: mean CPU time per page."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for case in cases:
            with contextlib.suppress(Exception):
                decoder(case.data, case.header)
        best = min(best, time.process_time() - start)
    return 1000 * best / len(cases)


def report_speed(names: Iterable[str]) -> None:
    groups = mix_of(cases_of("all"))
    size = sum(MIX[name] * sum(len(case.data) for case in cases) / len(cases) for name, cases in groups.items())
    print(f"ms of CPU per page; mix {MIX}, mean {size / 1000:.1f} KB, best of {ROUNDS} rounds")
    print("decoder".ljust(28), *(name.rjust(9) for name in (*MIX, "mix", "ratio")))
    reference = 0.0
    for name, decoder in installed(names).items():
        times = {group: milliseconds(decoder, cases) for group, cases in groups.items()}
        mix = sum(MIX[group] * value for group, value in times.items())
        reference = reference or mix
        print(
            name.ljust(28),
            *(f"{value:.4f}".rjust(9) for value in (*times.values(), mix)),
            f"{mix / reference:.2f}".rjust(9),
            flush=True,
        )


def report_worst(size: int) -> None:
    from cleaner.decoding import decode

    print(f"cleaner on the worst cases, {size / 1e6:.0f} MB each, ms of CPU")
    for name, data in worst_cases(size):
        start = time.process_time()
        source = decode(data)
        print(
            name.ljust(34),
            f"{1000 * (time.process_time() - start):8.1f}",
            source.encoding,
            source.how,
            len(source.apart),
            flush=True,
        )


def report_inside(half: str, names: Iterable[str]) -> None:
    """Our own mixed pages: the encoding changes inside runs of text."""
    pages = [page for page in mixed_pages() if half == "all" or held_back(page.id) == (half == "held")]
    print(
        f"{len(pages)} own pages, {half} half, encoding changes inside a run: percent of characters, of pages with {MIN_NEAR:.0%}"
    )
    for name, decoder in installed(names).items():
        shares = []
        for page in pages:
            try:
                shares.append(share_right(decoder(page.data, None), page.text))
            except Exception:  # noqa: BLE001 (a peer that raises is wrong about this page)
                shares.append(0.0)
        right = sum(share >= MIN_NEAR for share in shares)
        print(name.ljust(28), f"{100 * sum(shares) / len(shares):6.1f} {100 * right / len(shares):6.1f}", flush=True)


def report_steps() -> None:
    """Which evidence decided: the share of the development cases, and of the assumed mix."""
    from cleaner.decoding import decode

    cases = cases_of("all")
    groups = mix_of(cases)
    hard = Counter(decode(case.data, charset=case.header).how for case in cases)
    easy: dict[str, float] = defaultdict(float)
    for name, members in groups.items():
        for case in members:
            easy[decode(case.data, charset=case.header).how] += MIX[name] / len(members)
    print("how", "percent of the development cases", "percent of the mix", sep="\t")
    for how, count in hard.most_common():
        print(how, f"{100 * count / len(cases):.1f}", f"{100 * easy[how]:.2f}", sep="\t")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("held", "tuned", "all"), default="held")
    parser.add_argument("--only", nargs="*", choices=tuple(PEERS), default=tuple(PEERS))
    parser.add_argument("--failures", action="store_true", help="list the cases each decoder got wrong")
    parser.add_argument("--speed", action="store_true", help="time on the assumed mix instead")
    parser.add_argument("--worst", type=int, metavar="MB", help="time of cleaner on the worst cases instead")
    parser.add_argument("--inside", action="store_true", help="our own pages with the change inside a run instead")
    parser.add_argument("--steps", action="store_true", help="which evidence decided, instead")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # bs4 warns of every page it cannot decode
    if arguments.speed:
        return report_speed(arguments.only)
    if arguments.steps:
        return report_steps()
    if arguments.worst:
        return report_worst(1_000_000 * arguments.worst)
    if arguments.inside:
        return report_inside(arguments.half, arguments.only)
    report(arguments.half, arguments.only, failures=arguments.failures)


if __name__ == "__main__":
    main()
