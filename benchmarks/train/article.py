"""Trains the tagger of blocks (cleaner/article/tagger.py) on the development data.

    python -m benchmarks.train.article folds     two files beside this one, each trained on one half by benchmarks/split.py, for --held-back
    python -m benchmarks.train.article final     cleaner/article/weights.npz, trained on all development pages

The loss is what is measured: one minus the soft F1 of a page's tokens (a block's probability times the tokens that the gold text shares with it),
beside the cross-entropy of blocks, which keeps the probabilities honest for the cut by expected F1, and that of the kind of page. Pages of the
snippet set count with the blocks that hold a snippet. The last third of the epochs is averaged. Deterministic on one machine.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import pickle
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.extraction import SETS, TYPES, rows_of
from benchmarks.metrics import tokens_of
from benchmarks.split import held_back, key_of
from benchmarks.train.network import Settings, trained
from cleaner.article.features import Features, measured
from cleaner.markup import html_page
from cleaner.options import Options
from cleaner.repair import repaired

HERE = Path(__file__).parent
WEIGHTS = HERE.parent.parent / "cleaner" / "article" / "weights.npz"
MIN_HOSTS = 12  # hosts that a word or a declaration is on before it is learned from (the issue asks for 5)
MAX_WORDS = 600
MIN_HOSTS_EVIDENCE = 5
# The kind of the pages of sets that do not say it.
KINDS = {"scrapinghub": "article", "zh-wced": "article", "magichtml-article": "article", "magichtml-forum": "forum"}

Example = dict[str, Any]


def example_of(row: dict[str, Any]) -> Example | None:
    """What the network learns from a row: its measurements, and how many tokens of each block are in the gold text."""
    text, _, _ = repaired(row["text"], kind="html", options=Options())
    page = html_page(text, url=row["url"] or None)
    if not page.blocks or page.structure is None:
        return None
    blocks = [tokens_of(page.text[block.start : block.end]) for block in page.blocks]
    example: Example = {
        "set": row["set"],
        "key": key_of(row),
        "url": row["url"],
        "kind": row.get("type") or KINDS.get(row["set"], ""),
        "features": measured(page, page.structure),
        "evidence": page.structure.evidence,
        "tokens": np.array([len(block) for block in blocks], dtype=float),
    }
    if row["gold"]:
        wanted = tokens_of(row["gold"])
        example["shared"] = shared_tokens(blocks, wanted)
        example["wanted"] = len(wanted)
    elif row["set"] == "trafilatura-snippets":
        texts = [" ".join(page.text[block.start : block.end].split()).lower() for block in page.blocks]
        example["labels"] = snippet_labels(texts, row["with_"], row["without"])
    else:
        return None
    return example


def shared_tokens(blocks: list[list[str]], wanted: list[str]) -> np.ndarray:
    """How many tokens of each block stand in the longest common subsequence with the gold text."""
    from rapidfuzz.distance import LCSseq

    owners = np.repeat(np.arange(len(blocks)), [len(block) for block in blocks])
    shared = np.zeros(len(blocks))
    for step in LCSseq.opcodes([token for block in blocks for token in block], wanted):
        if step.tag == "equal":
            np.add.at(shared, owners[step.src_start : step.src_end], 1)
    return shared


def snippet_labels(texts: list[str], wanted: list[str], unwanted: list[str]) -> np.ndarray:
    """1 for blocks with a wanted snippet, 0 for those with an unwanted one, -1 for the rest."""
    labels = np.full(len(texts), -1.0)
    for value, snippets in ((0.0, unwanted), (1.0, wanted)):
        flat = [" ".join(snippet.split()).lower() for snippet in snippets]
        for number, text in enumerate(texts):
            if any(snippet and snippet in text for snippet in flat):
                labels[number] = value
    return labels


def words_of(examples: list[Example]) -> list[str]:
    """The words of classes and ids on enough hosts, the commonest first."""
    hosts: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        features: Features = example["features"]
        for word in set(features.words):
            hosts[word.lower()].add(example["key"])
    hosts.pop("\x07", None)
    common = [word for word in hosts if len(hosts[word]) >= MIN_HOSTS]
    return sorted(sorted(common), key=lambda word: -len(hosts[word]))[:MAX_WORDS]


def evidence_of(examples: list[Example]) -> list[str]:
    hosts: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for name in example["evidence"]:
            hosts[name].add(example["key"])
    return sorted(name for name in hosts if len(hosts[name]) >= MIN_HOSTS_EVIDENCE and not any(char.isspace() for char in name))


def examples_of(cache: Path | None) -> list[Example]:
    """The examples of all sets; `cache` keeps them between runs."""
    if cache and cache.exists():
        kept: list[Example] = pickle.loads(cache.read_bytes())
        return kept
    examples = [example for name in SETS for row in rows_of(name) if (example := example_of(row))]
    if cache:
        cache.write_bytes(pickle.dumps(examples))
    return examples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("folds", "final"))
    parser.add_argument("--cache", type=Path, help="file that keeps the measured pages between runs")
    args = parser.parse_args()
    examples = examples_of(args.cache)
    jobs = [(WEIGHTS, examples)]
    if args.what == "folds":
        halves = [[example for example in examples if held_back(example["key"]) == side] for side in (False, True)]
        jobs = [(HERE / f"fold-{number}.npz", half) for number, half in enumerate(halves)]
    for path, chosen in jobs:
        arrays = trained(chosen, words_of(chosen), evidence_of(chosen), list(TYPES), Settings())
        note = f"trained by benchmarks/train/article.py on {len(chosen)} development pages of {', '.join(SETS)}"
        np.savez_compressed(path, provenance=np.array(note), **arrays)
        print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
