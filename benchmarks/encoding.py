"""Right text and time for `cleaner.decode` and its peers, on cases nobody tuned on, in one run.

    python -m benchmarks.encoding                      # every peer that is installed, held-back half
    python -m benchmarks.encoding --half tuned --only cleaner --failures
    python -m benchmarks.encoding --speed              # the assumed mix, and the worst cases

The cases are `encoding/cases.jsonl.gz` of the development data (texts under several licences, never copied here). They are split by
their `source`, the document the text was cut from: it is in many cases, in several encodings, and in one half only. What counts
is the text: two codecs that give the same text are both right, and characters that only differ in the code table someone took
("―" and "—") are the same. `metric` exact: equal text; near (bytes were damaged): 97 % of the characters that are not ASCII.
"""

from __future__ import annotations

import argparse
import base64
import difflib
import gzip
import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

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


Decoder = Callable[[bytes, str | None], str]


def data_folder() -> Path:
    return Path(os.environ.get("CLEANER_DATA") or Path(__file__).parents[2] / "shared" / "data")


def cases_of(half: str, path: Path | None = None) -> list[Case]:
    """The development cases of one half: "held", "tuned" or "all"."""
    path = (
        path
        or next(p for p in (data_folder(), Path("/work/shared/data")) if (p / "encoding").is_dir()) / "encoding/cases.jsonl.gz"
    )
    cases = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if half != "all" and held_back(row["source"]) != (half == "held"):
                continue
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


def _cleaner(data: bytes, header: str | None) -> str:
    from cleaner.decoding import decode

    return decode(data, charset=header).text


def _chardet(data: bytes, _: str | None) -> str:
    import chardet

    return _read(data, chardet.detect(data)["encoding"])


def _faust(data: bytes, _: str | None) -> str:
    import cchardet

    return _read(data, cchardet.detect(data)["encoding"])


def _normalizer(data: bytes, _: str | None) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best is not None else _read(data, None)


def _resiliparse(data: bytes, _: str | None) -> str:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return str(bytes_to_str(data, detect_encoding(data)))


def _w3lib(data: bytes, header: str | None) -> str:
    from w3lib.encoding import html_to_unicode

    value = header if header is None or "/" in header else f"text/html; charset={header}"
    return str(html_to_unicode(value, data)[1])


def _dammit(data: bytes, header: str | None) -> str:
    from bs4 import UnicodeDammit

    return UnicodeDammit(data, [header] if header else [], is_html=True).unicode_markup or ""


def _trafilatura(data: bytes, _: str | None) -> str:
    from trafilatura.utils import decode_file

    return str(decode_file(data))


def _turbohtml(data: bytes, _: str | None) -> str:
    from turbohtml.detect import detect

    return _read(data, detect(data).encoding)


def _read(data: bytes, encoding: str | None) -> str:
    try:
        return data.decode(encoding or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


PEERS: dict[str, tuple[Decoder, str]] = {
    "cleaner": (_cleaner, "webpage-cleaner"),
    "chardet": (_chardet, "chardet"),
    "charset-normalizer": (_normalizer, "charset-normalizer"),
    "faust-cchardet": (_faust, "faust-cchardet"),
    "resiliparse": (_resiliparse, "Resiliparse"),
    "w3lib": (_w3lib, "w3lib"),
    "bs4 UnicodeDammit": (_dammit, "beautifulsoup4"),
    "trafilatura": (_trafilatura, "trafilatura"),
    "turbohtml": (_turbohtml, "turbohtml"),
}


def installed(names: Iterable[str]) -> dict[str, Decoder]:
    """Those of the peers that can be imported, by the name and version they are reported under."""
    found: dict[str, Decoder] = {}
    for name in names:
        decoder, package = PEERS[name]
        try:
            decoder("é".encode(), None)
        except ImportError:
            continue
        try:
            found[f"{name} {version(package)}" if name != "cleaner" else name] = decoder
        except PackageNotFoundError:
            found[name] = decoder
    return found


class Score(NamedTuple):
    """What one decoder got right, by class, and its time."""

    right: Counter[str]
    seconds: float
    failures: list[tuple[Case, str]]


def scored(decoder: Decoder, cases: Iterable[Case]) -> Score:
    right: Counter[str] = Counter()
    failures: list[tuple[Case, str]] = []
    seconds = 0.0
    for case in cases:
        start = time.process_time()
        try:
            text = decoder(case.data, case.header)
        except Exception as error:  # noqa: BLE001 (a peer that raises is wrong about this page)
            text = f"{type(error).__name__}: {error}"
        seconds += time.process_time() - start
        if is_right(case, text):
            right[case.kind] += 1
        else:
            failures.append((case, text))
    return Score(right, seconds, failures)


def report(half: str, names: Iterable[str], *, failures: bool) -> None:
    cases = cases_of(half)
    total = Counter(case.kind for case in cases)
    print(f"{len(cases)} cases, {half} half, right text in percent; ms: mean CPU time per page")
    kinds = sorted(total)
    print("decoder".ljust(28), "all".rjust(6), *(kind[:12].rjust(13) for kind in kinds), "ms".rjust(8))
    print("cases".ljust(28), str(len(cases)).rjust(6), *(str(total[kind]).rjust(13) for kind in kinds))
    for name, decoder in installed(names).items():
        score = scored(decoder, cases)
        shares = (f"{100 * score.right[kind] / total[kind]:.1f}".rjust(13) for kind in kinds)
        overall = f"{100 * sum(score.right.values()) / len(cases):.1f}".rjust(6)
        print(name.ljust(28), overall, *shares, f"{1000 * score.seconds / len(cases):.3f}".rjust(8), flush=True)
        if failures:
            for case, text in score.failures:
                print("  ", case.id, case.detail, case.encoding, case.header, case.source, f"{share_right(text, case.text):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("held", "tuned", "all"), default="held")
    parser.add_argument("--only", nargs="*", choices=tuple(PEERS), default=tuple(PEERS))
    parser.add_argument("--failures", action="store_true", help="list the cases each decoder got wrong")
    arguments = parser.parse_args()
    report(arguments.half, arguments.only, failures=arguments.failures)


if __name__ == "__main__":
    main()
