"""Fits the model of the kind of page (cleaner/article/kinds.py): a logistic regression on the pages that say their kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np

from cleaner.article.context import statistics
from cleaner.article.kinds import CLIP, KINDS, Kinds, address_words, kind_chances

__all__ = ["KINDS", "chances_of", "fitted", "prepare"]

MIN_HOSTS = 5  # of a declaration or a word of an address
STRENGTH = 0.3  # inverse of the regularisation; .1: cross-entropy + .016
BALANCE = 0.7  # a page counts with its kind's share to this power less; 0: right on .844 of the pages, cross-entropy .455; .7: .862, .412
STATISTICS = 0.5  # scale of the statistics against the words
LABELLED = ("wcxb", "magichtml-forum", "magichtml-article", "zh-wced")  # the last two balance the Chinese forums

Example = dict[str, Any]


def prepare(example: Example) -> None:
    """Measure what the model needs of a page."""
    page = example["page"]
    example["statistics"] = statistics(example["features"])
    example["said"] = {*page.structure.evidence, *address_words(page.url)}


def fitted(examples: list[Example], attributes: int, texts: int) -> Kinds:
    from sklearn.linear_model import LogisticRegression

    chosen = [example for example in examples if example["set"] in LABELLED]
    hosts: dict[str, set[str]] = defaultdict(set)
    for example in chosen:
        for name in example["said"]:
            hosts[name].add(example["key"])
    names = sorted(name for name in hosts if len(hosts[name]) >= MIN_HOSTS and not any(char.isspace() for char in name))
    numbers = {name: number for number, name in enumerate(names)}
    rows = np.array([example["statistics"] for example in chosen])
    mean, scale = rows.mean(0), STATISTICS / (rows.std(0) + 1e-3)
    flags = np.zeros((len(chosen), len(names) + attributes + texts), dtype=np.float32)
    for row, example in zip(flags, chosen, strict=True):
        row[[numbers[name] for name in example["said"] if name in numbers]] = 1
        row[len(names) + example["features"].tree.words] = 1
        found = example["features"].texts.words
        row[len(names) + attributes + found[found >= 0]] = 1
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    said = [example["kind"] for example in chosen]
    model.fit(np.column_stack((flags, np.clip((rows - mean) * scale, -CLIP, CLIP))), said, sample_weight=weights_of(said))
    weight = np.zeros((flags.shape[1] + len(mean), len(KINDS)))
    bias = np.full(len(KINDS), -10.0)
    for place, kind in enumerate(model.classes_):
        column = KINDS.index(kind)
        weight[:, column], bias[column] = model.coef_[place], model.intercept_[place]
    none = np.zeros((1, len(KINDS)))
    parts = np.split(weight, np.cumsum((len(names), attributes, texts)))
    return Kinds(numbers, *(np.concatenate((part, none)) for part in parts[:3]), parts[3], mean, scale, bias)


def weights_of(said: list[str]) -> np.ndarray:
    """Of each page, a weight that is greater for rare kinds, one on average."""
    counts = Counter(said)
    weights = np.array([counts[kind] ** -BALANCE for kind in said])
    return np.asarray(weights / weights.mean())


def chances_of(model: Kinds, example: Example) -> np.ndarray:
    """The chances of the kinds of a page."""
    page = example["page"]
    return kind_chances(model, example["features"], page.structure.evidence, page.url)
