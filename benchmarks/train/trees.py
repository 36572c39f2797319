"""Fits the trees that judge blocks, with lightgbm, and writes them split by split for cleaner/article/measure.py.

The loss is what is measured: one minus the soft F1 of a page's tokens (a block's probability times the tokens that the gold text shares with it),
beside the cross-entropy of blocks, which keeps the probabilities honest for the cut by expected F1. Pages of the snippet set count with the
blocks that hold a snippet.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["fitted"]

TREES = 300  # of a seed
SEEDS = (0, 1)  # whose trees are averaged: mix and magic-html articles + .001 each
SETTINGS: dict[str, Any] = {
    "extra_trees": True,  # thresholds drawn, not searched: fewer sites are learned by heart (docs/decisions/article-next.md)
    "num_leaves": 16,
    "learning_rate": 0.08,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "min_data_in_leaf": 100,
    "min_sum_hessian_in_leaf": 1.0,
    "lambda_l2": 10,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}
CROSS_ENTROPY, SOFT_F1 = 0.3, 1.0  # weights of the two losses; 1 and 1: listings .783, scrapinghub .958; the first alone .951
SNIPPETS = 0.3  # weight of a page of snippets
FLATTEST = 0.02  # of a curvature, so that sure blocks do not take steps without end
CURVE = 0.7  # curvature of the soft F1 as a share of its slope

Example = dict[str, Any]


class Loss:
    """Slopes and curvatures for lightgbm."""

    def __init__(self, examples: list[Example]) -> None:
        self.count = len(examples)
        self.page = np.repeat(np.arange(self.count), [len(example["tokens"]) for example in examples])
        self.tokens = np.concatenate([example["tokens"] for example in examples])
        self.shared = np.concatenate([example.get("shared", np.zeros(len(example["tokens"]))) for example in examples])
        self.gold = np.array(["shared" in example for example in examples], dtype=float)[self.page]
        self.wanted = np.array([example.get("wanted", 0) + 1.0 for example in examples])
        targets = [target_of(example) for example in examples]
        self.target = np.concatenate([target for target, _ in targets])
        self.weight = np.concatenate([weight for _, weight in targets])
        self.scale = len(self.page) / self.count

    def __call__(self, odds: np.ndarray, _: Any) -> tuple[np.ndarray, np.ndarray]:
        chance = 1 / (1 + np.exp(-odds))
        right = np.bincount(self.page, chance * self.shared, self.count)[self.page]
        both = (np.bincount(self.page, chance * self.tokens, self.count) + self.wanted)[self.page]
        slope = (2 * self.shared * both - 2 * right * self.tokens) / both**2 * self.gold
        curve = chance * (1 - chance)
        gradient = CROSS_ENTROPY * self.weight * (chance - self.target) - SOFT_F1 * slope * curve
        hessian = CROSS_ENTROPY * self.weight * np.maximum(curve, FLATTEST) + SOFT_F1 * np.abs(slope) * curve * CURVE
        return self.scale * gradient, self.scale * hessian + 1e-6


def target_of(example: Example) -> tuple[np.ndarray, np.ndarray]:
    """The share of each block that is right, and its weight."""
    if "shared" in example:
        weight = np.sqrt(example["tokens"])
        return np.clip(example["shared"] / np.maximum(example["tokens"], 1), 0, 1), weight / (weight.sum() + 1)
    known = example["labels"] >= 0
    return np.maximum(example["labels"], 0), SNIPPETS / CROSS_ENTROPY * known / (1 + known.sum())


def fitted(examples: list[Example], matrices: list[np.ndarray]) -> dict[str, np.ndarray]:
    """The trees for the file of weights; a matrix holds a page's features, one a row."""
    import lightgbm

    rows = np.concatenate(matrices, axis=1).T
    loss = Loss(examples)
    found: list[dict[str, Any]] = []
    for seed in SEEDS:
        model = lightgbm.train({**SETTINGS, "seed": seed, "objective": loss}, lightgbm.Dataset(rows), TREES)
        found += model.dump_model()["tree_info"]
    features: list[int] = []
    thresholds: list[np.float32] = []
    masks: list[int] = []
    splits: list[int] = []
    leaves = np.zeros((len(found), SETTINGS["num_leaves"]), dtype=np.float32)
    for number, tree in enumerate(found):
        before = len(features)
        values: list[float] = []

        def walk(node: dict[str, Any], values: list[float] = values) -> None:
            """Number the leaves from left to right; a split takes those on its left away."""
            if "split_feature" not in node:
                values.append(node["leaf_value"] / len(SEEDS))
                return
            place = len(features)
            features.append(node["split_feature"])
            thresholds.append(below(node["threshold"]))
            masks.append(0)
            first = len(values)
            walk(node["left_child"])
            masks[place] = 0xFFFF & ~sum(1 << leaf for leaf in range(first, len(values)))
            walk(node["right_child"])

        walk(tree["tree_structure"])
        leaves[number, : len(values)] = values
        splits.append(len(features) - before)
    return {
        "split features": np.array(features, dtype=np.uint16),
        "split thresholds": np.array(thresholds, dtype=np.float32),
        "split masks": np.array(masks, dtype=np.uint16),
        "splits": np.array(splits, dtype=np.uint8),
        "leaves": leaves,
    }


def below(threshold: float) -> np.float32:
    """The greatest number of half the width that is no greater, so that the same blocks pass."""
    rounded = np.float32(threshold)
    return rounded if float(rounded) <= threshold else np.nextafter(rounded, np.float32(-np.inf))
