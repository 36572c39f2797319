"""Trains the model of the kind of page (cleaner/article/kinds.py): a logistic regression on the pages that say their kind.

python -m benchmarks.train.kinds [--cache FILE]    writes kinds.npz beside it, and kinds-0.npz and kinds-1.npz here for --held-back
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.split import held_back
from benchmarks.train.article import HERE, Example, examples_of
from cleaner.article.kinds import CLIP, KINDS, WEIGHTS, address_words, statistics

MIN_HOSTS = 5
STRENGTH = 0.02  # inverse of the regularisation; .02 best of .005 … .5 by cross-fitting
STATISTICS = 0.5  # scale of the statistics against the words
LABELLED = ("wcxb", "magichtml-forum", "magichtml-article", "zh-wced")  # the last two balance the Chinese forums


def model_of(examples: list[Example]) -> dict[str, np.ndarray]:
    from sklearn.linear_model import LogisticRegression

    chosen = [example for example in examples if example["set"] in LABELLED]
    said = [{*example["evidence"], *address_words(example["url"])} for example in chosen]
    hosts: dict[str, set[str]] = defaultdict(set)
    for example, names in zip(chosen, said, strict=True):
        for name in names:
            hosts[name].add(example["key"])
    names = sorted(name for name in hosts if len(hosts[name]) >= MIN_HOSTS and not any(char.isspace() for char in name))
    numbers = {name: number for number, name in enumerate(names)}
    rows = np.array([statistics(example["features"]) for example in chosen])
    mean, scale = rows.mean(0), STATISTICS / (rows.std(0) + 1e-3)
    flags = np.zeros((len(chosen), len(names)))
    for row, found in zip(flags, said, strict=True):
        row[[numbers[name] for name in found if name in numbers]] = 1
    model = LogisticRegression(C=STRENGTH, max_iter=1_000)
    model.fit(np.column_stack((flags, np.clip((rows - mean) * scale, -CLIP, CLIP))), [example["kind"] for example in chosen])
    weight = np.zeros((len(names) + len(mean), len(KINDS)))
    bias = np.full(len(KINDS), -10.0)
    for column, kind in enumerate(KINDS):
        if kind in model.classes_:
            place = list(model.classes_).index(kind)
            weight[:, column], bias[column] = model.coef_[place], model.intercept_[place]
    return {
        "names": np.array(" ".join(names)),
        **{
            name: value.astype(np.float32)
            for name, value in (("mean", mean), ("scale", scale), ("weight", weight), ("bias", bias))
        },
        "provenance": np.array(
            f"trained by benchmarks/train/kinds.py on {len(chosen)} development pages of {', '.join(LABELLED)}"
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path)
    examples = examples_of(parser.parse_args().cache)
    halves = [[example for example in examples if held_back(example["key"]) == side] for side in (False, True)]
    for path, chosen in ((WEIGHTS, examples), (HERE / "kinds-0.npz", halves[0]), (HERE / "kinds-1.npz", halves[1])):
        np.savez_compressed(path, **model_of(chosen))
        print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
