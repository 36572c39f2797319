"""The learned judge of blocks: a small neural network (or several, averaged) evaluated in numpy.

The network reads a block's measurements, adds up what the containers around it say (a container speaks for all its blocks, so that the sum
over the ancestors is one cumulative sum of differences), knows the page as a whole (means over its blocks, what its head declares), and looks
at the neighbours through two convolutions. Trained by benchmarks/train/article.py; the weights
lie beside this module with their provenance.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.article.features import Features

__all__ = ["Tagger", "judge", "judged", "load", "use"]

Floats = NDArray[np.float32]

CLIP = 4.0  # standard deviations; further out a measurement says no more
CONTAINER_SCALE = 0.3  # as in training
WEIGHTS = Path(__file__).with_name("weights.npz")
SEPARATOR = -2
SINGLE_THREADED = 250_000  # multiplications; OpenBLAS starts threads above 262,144


class Tagger(NamedTuple):
    """Weights as they are used."""

    networks: dict[str, Floats]  # by name, all networks in the first axis
    block_mean: Floats
    block_scale: Floats
    container_mean: Floats
    container_scale: Floats
    words: dict[str, int]
    evidence: dict[str, int]


def load(path: Path) -> Tagger:
    """Read weights as the training script writes them."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    words = {"\x07": SEPARATOR}
    for number, word in enumerate(str(arrays.pop("words")).split()):
        words |= dict.fromkeys((word.upper(), word.capitalize(), word), number)
    evidence = {name: number for number, name in enumerate(str(arrays.pop("evidence")).split())}
    arrays.pop("provenance")
    names = sorted({name.split("/")[1] for name in arrays if "/" in name})
    count = 1 + max(int(name.split("/")[0]) for name in arrays if "/" in name)
    networks = {name: np.stack([arrays[f"{number}/{name}"] for number in range(count)]).astype(np.float32) for name in names}
    mean, scale = arrays["block mean"].astype(np.float32), arrays["block scale"].astype(np.float32)
    inner_mean, inner_scale = arrays["container mean"].astype(np.float32), arrays["container scale"].astype(np.float32)
    return Tagger(networks, mean, scale, inner_mean, inner_scale, words, evidence)


@cache
def _shipped() -> Tagger:
    return load(WEIGHTS)


_chosen: list[Tagger] = []


def use(tagger: Tagger | None) -> None:
    """Judge with other weights from now on, for benchmarks that hold pages back; None goes back to those shipped."""
    _chosen[:] = [] if tagger is None else [tagger]


def judged(features: Features, evidence: tuple[str, ...]) -> NDArray[np.float64]:
    """The probability of each block of a page."""
    return judge(_chosen[0] if _chosen else _shipped(), features, evidence)


def judge(tagger: Tagger, features: Features, evidence: tuple[str, ...]) -> NDArray[np.float64]:
    """The same with given weights."""
    blocks = np.clip((features.blocks - tagger.block_mean) * tagger.block_scale, -CLIP, CLIP)
    containers = np.clip((features.containers - tagger.container_mean) * tagger.container_scale, -CLIP, CLIP)
    declared = np.zeros(len(tagger.evidence) + len(features.totals), dtype=np.float32)
    for name in evidence:
        if (number := tagger.evidence.get(name)) is not None:
            declared[number] = 1
    declared[len(tagger.evidence) :] = features.totals
    words = _words(tagger.networks["words"], tagger, features)
    weight = np.sqrt(features.tokens).astype(np.float32)[:, None]
    logits = _run(tagger.networks, blocks, containers, words, declared, weight, features)
    chances = 1 / (1 + np.exp(-np.clip(logits, -30, 30).astype(np.float64)))
    return np.asarray(chances.mean(axis=0))


def _words(vectors: Floats, tagger: Tagger, features: Features) -> Floats:
    """One vector a network and container: the sum over the known words of its elements' attributes."""
    get = tagger.words.get
    numbers = np.array([get(word, -1) for word in features.words], dtype=np.int64)
    breaks = numbers == SEPARATOR
    known = numbers >= 0
    counts = np.bincount(np.cumsum(breaks)[known], minlength=int(breaks.sum()) + 1)
    bounds = np.concatenate(((0,), np.cumsum(counts)))
    sums = np.zeros((len(vectors), int(bounds[-1]) + 1, vectors.shape[2]), dtype=np.float32)
    np.cumsum(vectors[:, numbers[known]], axis=1, out=sums[:, 1:])
    each = sums[:, bounds[1:]] - sums[:, bounds[:-1]]
    return np.asarray(np.add.reduceat(each[:, features.written], features.heads, axis=1))


def _run(
    network: dict[str, Floats],
    blocks: Floats,
    containers: Floats,
    words: Floats,
    declared: Floats,
    weight: Floats,
    features: Features,
) -> Floats:
    """The logits of all networks; the first axis counts networks throughout."""
    count, firsts, lasts = len(blocks), features.firsts, features.lasts
    hidden = _layer(network, "block", blocks)
    gist = _layer(network, "gist", hidden)
    sums = np.zeros((len(gist), count + 1, gist.shape[2]))
    np.cumsum(gist * weight, axis=1, out=sums[:, 1:])
    weights = np.concatenate(((0,), np.cumsum(weight[:, 0], dtype=np.float64)))
    inside = (weights[lasts] - weights[firsts] + 1e-3)[:, None]
    content = ((sums[:, lasts] - sums[:, firsts]) / inside).astype(np.float32)
    rows = np.broadcast_to(containers, (len(gist), *containers.shape))
    said = _layer(network, "container", np.concatenate((rows, words, content), axis=2))
    said = (_product(said, network["say.weight"]) + network["say.bias"][:, None]) * CONTAINER_SCALE
    known = np.concatenate((hidden, _around(said, count, features)), axis=2)
    weighed = (hidden * weight).sum(axis=1) / (weight.sum() + 1e-3)
    whole = np.concatenate((known.mean(axis=1), weighed, np.broadcast_to(declared, (len(gist), len(declared)))), axis=1)[:, None]
    page = np.maximum(whole @ network["page.weight"] + network["page.bias"][:, None], 0)
    width = known.shape[2]
    both = _product(known, network["both.weight"][:, :width])
    both += page @ network["both.weight"][:, width:] + network["both.bias"][:, None]
    np.maximum(both, 0, out=both)
    near = _convolved(both, network["near.weight"], network["near.bias"], 1)
    far = _convolved(near, network["far.weight"], network["far.bias"], 2)
    return np.asarray(_product(np.concatenate((both, near, far), axis=2), network["out.weight"])[:, :, 0] + network["out.bias"])


def _around(said: Floats, count: int, features: Features) -> Floats:
    """What the containers around each block say, added up: those that began before it less those that ended before it."""
    numbers = np.arange(count)
    order = np.argsort(features.lasts, kind="stable")
    begun = np.searchsorted(features.firsts, numbers, side="right")
    ended = np.searchsorted(features.lasts[order], numbers, side="right")
    sums = np.zeros((2, len(said), said.shape[1] + 1, said.shape[2]))
    np.cumsum(said, axis=1, out=sums[0, :, 1:])
    np.cumsum(said[:, order], axis=1, out=sums[1, :, 1:])
    return np.asarray(sums[0][:, begun] - sums[1][:, ended], dtype=np.float32)


def _product(values: Floats, weight: Floats) -> Floats:
    """A matrix product in pieces that BLAS does not hand to threads, which would fight with the other processes of a batch."""
    step = max(1, SINGLE_THREADED // (weight.shape[1] * weight.shape[2]))
    count = values.shape[-2]
    if count <= step:
        return np.asarray(values @ weight)
    result = np.empty((len(weight), count, weight.shape[2]), dtype=np.float32)
    for start in range(0, count, step):
        np.matmul(values[..., start : start + step, :], weight, out=result[:, start : start + step])
    return result


def _layer(network: dict[str, Floats], name: str, values: Floats) -> Floats:
    result = _product(values, network[f"{name}.weight"])
    result += network[f"{name}.bias"][:, None]
    return np.maximum(result, 0, out=result)


def _convolved(values: Floats, weight: Floats, bias: Floats, step: int) -> Floats:
    """A convolution over five blocks `step` apart; `weight` is (networks, 5, in, out)."""
    networks, count, width = values.shape
    padded = np.zeros((networks, count + 4 * step, width), dtype=np.float32)
    padded[:, 2 * step : 2 * step + count] = values
    result = np.broadcast_to(bias[:, None], (networks, count, bias.shape[1])).copy()
    for place in range(5):
        result += _product(padded[:, place * step : place * step + count], weight[:, place])
    return np.maximum(result, 0, out=result)


def provenance(path: Path = WEIGHTS) -> dict[str, Any]:
    """What the weights were made from."""
    with np.load(path) as stored:
        return {"provenance": str(stored["provenance"]), "bytes": path.stat().st_size}
