"""The network of the tagger in torch, for training only; `cleaner/article/tagger.py` evaluates the same in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from cleaner.article.tagger import CLIP, CONTAINER_SCALE

__all__ = ["Settings", "trained"]

Example = dict[str, Any]
GAP = 4  # empty rows between pages, as far as a convolution looks


@dataclass(frozen=True)
class Settings:
    """Chosen by cross-fitting on the development pages; what was tried is in docs/extraction.md."""

    networks: int = 1  # three: wcxb +.0004, magic-html forums -.011, and 0.8 ms a page
    epochs: int = 9
    rate: float = 2e-3
    decay: float = 0.1
    batch: int = 16
    block: int = 32
    gist: int = 8
    container: int = 24
    said: int = 8
    page: int = 12
    both: int = 32
    near: int = 16
    words: int = 8
    dropout: float = 0.15
    page_dropout: float = 0.3
    evidence_dropout: float = 0.3
    word_dropout: float = 0.3
    noise: float = 0.1
    blocks_weight: float = 1.0
    snippets_weight: float = 0.3
    kinds_weight: float = 0.05


class Network(nn.Module):
    def __init__(self, sizes: tuple[int, int, int, int, int], settings: Settings) -> None:
        super().__init__()
        blocks, containers, declared, words, kinds = sizes
        s = self.settings = settings
        self.words = nn.Parameter(torch.randn(words, s.words) * 0.1)
        self.block = nn.Linear(blocks, s.block)
        self.gist = nn.Linear(s.block, s.gist)
        self.container = nn.Linear(containers + s.words + s.gist, s.container)
        self.say = nn.Linear(s.container, s.said)
        self.page = nn.Linear(2 * s.block + s.said + declared, s.page)
        self.both = nn.Linear(s.block + s.said + s.page, s.both)
        self.near = nn.Conv1d(s.both, s.near, 5, padding=2)
        self.far = nn.Conv1d(s.near, s.near, 5, padding=4, dilation=2)
        self.out = nn.Linear(s.both + 2 * s.near, 1)
        self.kind = nn.Linear(s.page, kinds)

    def forward(self, b: dict[str, Any]) -> tuple[torch.Tensor, torch.Tensor]:
        s = self.settings
        drop = lambda value, share: functional.dropout(value, share, self.training)  # noqa: E731
        blocks, declared, words, owners = b["blocks"], b["declared"], b["words"], b["owners"]
        if self.training:
            blocks = blocks + s.noise * torch.randn_like(blocks)
            declared = declared * (torch.rand_like(declared) > s.evidence_dropout)
            stay = torch.rand(len(words)) > s.word_dropout
            words, owners = words[stay], owners[stay]
        hidden = drop(torch.relu(self.block(blocks)), s.dropout)
        gist = torch.relu(self.gist(hidden))
        weight, mask = b["weight"][:, None], b["mask"][:, None]
        sums = torch.cat([torch.zeros(1, s.gist + 1), torch.cumsum(torch.cat([gist * weight, weight], 1).double(), 0).float()])
        inside = sums[b["lasts"]] - sums[b["firsts"]]
        content = inside[:, :-1] / (inside[:, -1:] + 1e-3)
        spoken = torch.zeros(len(b["containers"]), s.words).index_add(0, owners, self.words[words])
        said = drop(torch.relu(self.container(torch.cat([b["containers"], spoken, content], 1))), s.dropout)
        said = self.say(said) * CONTAINER_SCALE
        change = torch.zeros(len(blocks) + 1, s.said).index_add(0, b["firsts"], said).index_add(0, b["lasts"], -said)
        around = torch.cumsum(change.double(), 0).float()[:-1] * mask
        known = torch.cat([hidden, around], 1)
        count, pages = b["pages"], b["page"]
        total = torch.zeros(count, 1).index_add(0, pages, mask)
        mean = torch.zeros(count, known.shape[1]).index_add(0, pages, known * mask) / total
        heavy = torch.zeros(count, 1).index_add(0, pages, weight * mask) + 1e-3
        weighed = torch.zeros(count, s.block).index_add(0, pages, hidden * weight * mask) / heavy
        page = drop(torch.relu(self.page(torch.cat([mean, weighed, declared], 1))), s.page_dropout)
        both = drop(torch.relu(self.both(torch.cat([known, page[pages]], 1))) * mask, s.dropout)
        near = torch.relu(self.near(both.T[None])) * b["mask"]
        far = torch.relu(self.far(near))
        return self.out(torch.cat([both, near[0].T, far[0].T], 1))[:, 0], self.kind(page)


def prepared(
    examples: list[Example], words: list[str], evidence: list[str], scales: tuple[np.ndarray, ...]
) -> list[dict[str, Any]]:
    """The arrays of each page."""
    numbers = {word: number for number, word in enumerate(words)}
    names = {name: number for number, name in enumerate(evidence)}
    mean, scale, inner_mean, inner_scale = scales
    pages = []
    for example in examples:
        f = example["features"]
        known: list[list[int]] = [[]]
        for word in f.words:
            if word == "\x07":
                known.append([])
            elif (number := numbers.get(word.lower())) is not None:
                known[-1].append(number)
        rows = np.repeat(np.arange(len(f.heads)), np.diff(np.append(f.heads, len(f.written))))
        declared = np.zeros(len(names) + len(f.totals), dtype=np.float32)
        declared[[names[name] for name in example["evidence"] if name in names]] = 1
        declared[len(names) :] = f.totals
        pages.append(
            {
                "blocks": np.clip((f.blocks - mean) * scale, -CLIP, CLIP).astype(np.float32),
                "containers": np.clip((f.containers - inner_mean) * inner_scale, -CLIP, CLIP).astype(np.float32),
                "firsts": f.firsts,
                "lasts": f.lasts,
                "owners": np.array([row for row, number in zip(rows, f.written, strict=True) for _ in known[number]], dtype=int),
                "words": np.array([word for number in f.written for word in known[number]], dtype=int),
                "declared": declared,
                "weight": np.sqrt(f.tokens),
                **{name: example.get(name) for name in ("shared", "wanted", "labels", "tokens", "kind")},
            }
        )
    return pages


def batched(pages: list[dict[str, Any]], kinds: list[str]) -> dict[str, Any]:
    """Pages one after the other, with empty rows between."""
    parts: dict[str, list[np.ndarray]] = {}
    offset = container = 0
    for number, page in enumerate(pages):
        count = len(page["blocks"])
        tail = lambda values, fill: np.append(values, np.full(GAP, fill))  # noqa: E731
        shared = page["shared"] if page["shared"] is not None else np.zeros(count)
        labels = page["labels"] if page["labels"] is not None else np.full(count, -1.0)
        for name, value in {
            "blocks": np.concatenate((page["blocks"], np.zeros((GAP, page["blocks"].shape[1]), dtype=np.float32))),
            "containers": page["containers"],
            "firsts": page["firsts"] + offset,
            "lasts": page["lasts"] + offset,
            "owners": page["owners"] + container,
            "words": page["words"],
            "declared": page["declared"][None],
            "weight": tail(page["weight"], 0),
            "mask": tail(np.ones(count), 0),
            "page": np.full(count + GAP, number),
            "shared": tail(shared, 0),
            "tokens": tail(page["tokens"], 0),
            "labels": tail(labels, -1),
            "wanted": np.array([page["wanted"] or 0]),
            "kind": np.array([kinds.index(page["kind"]) if page["kind"] in kinds else -1]),
        }.items():
            parts.setdefault(name, []).append(value)
        offset += count + GAP
        container += len(page["containers"])
    whole = {name: np.concatenate(values) for name, values in parts.items()}
    indexes = ("firsts", "lasts", "owners", "words", "page", "kind")
    batch: dict[str, Any] = {
        name: torch.as_tensor(value, dtype=torch.long if name in indexes else torch.float32) for name, value in whole.items()
    }
    batch["pages"] = len(pages)
    return batch


def loss_of(logits: torch.Tensor, kinds: torch.Tensor, b: dict[str, Any], s: Settings) -> torch.Tensor:
    """One minus soft F1 per page, beside the cross-entropies."""
    count = b["pages"]
    per_page = lambda value: torch.zeros(count).index_add(0, b["page"], value)  # noqa: E731
    chance = torch.sigmoid(logits)
    gold = b["wanted"] > 0
    f1 = 2 * per_page(chance * b["shared"]) / (per_page(chance * b["tokens"]) + b["wanted"] + 1)
    share = (b["shared"] / b["tokens"].clamp(min=1)).clamp(0, 1)
    weight = torch.sqrt(b["tokens"]) * b["mask"]
    entropy = functional.binary_cross_entropy_with_logits(logits, share, reduction="none") * weight
    blocks = per_page(entropy) / (per_page(weight) + 1)
    loss = (((1 - f1) + s.blocks_weight * blocks) * gold).sum() / count
    labelled = (b["labels"] >= 0).float()
    entropy = functional.binary_cross_entropy_with_logits(logits, b["labels"].clamp(min=0), reduction="none") * labelled
    loss = loss + s.snippets_weight * ((per_page(entropy) / (per_page(labelled) + 1)) * ~gold).sum() / count
    known = b["kind"] >= 0
    if known.any():
        loss = loss + s.kinds_weight * functional.cross_entropy(kinds[known], b["kind"][known])
    return loss


def fitted(
    pages: list[dict[str, Any]], sizes: tuple[int, int, int, int, int], kinds: list[str], seed: int, s: Settings
) -> Network:
    """One network, its weights the mean of the last third of the epochs."""
    torch.manual_seed(seed)
    order = np.random.default_rng(seed)
    network = Network(sizes, s)
    optimizer = torch.optim.AdamW(network.parameters(), lr=s.rate, weight_decay=s.decay)
    steps = s.epochs * -(-len(pages) // s.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, s.rate, total_steps=steps, pct_start=0.15)
    kept: list[dict[str, torch.Tensor]] = []
    for epoch in range(s.epochs):
        network.train()
        places = order.permutation(len(pages))
        for start in range(0, len(pages), s.batch):
            batch = batched([pages[place] for place in places[start : start + s.batch]], kinds)
            loss = loss_of(*network(batch), batch, s)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        if epoch >= s.epochs * 2 // 3:
            kept.append({name: value.detach().clone() for name, value in network.state_dict().items()})
    network.load_state_dict({name: torch.stack([state[name] for state in kept]).mean(0) for name in kept[0]})
    return network


def trained(
    examples: list[Example], words: list[str], evidence: list[str], kinds: list[str], s: Settings
) -> dict[str, np.ndarray]:
    """The arrays of the file of weights."""
    torch.set_num_threads(1)
    scales: list[np.ndarray] = []
    for name in ("blocks", "containers"):
        rows = np.concatenate([getattr(example["features"], name) for example in examples])
        scales += [rows.mean(0).astype(np.float32), (1 / (rows.std(0) + 1e-2)).astype(np.float32)]
    pages = prepared(examples, words, evidence, tuple(scales))
    sizes = (len(scales[0]), len(scales[2]), len(pages[0]["declared"]), len(words), len(kinds))
    names = ("block mean", "block scale", "container mean", "container scale")
    arrays = dict(zip(names, scales, strict=True))
    arrays |= {"words": np.array(" ".join(words)), "evidence": np.array(" ".join(evidence)), "kinds": np.array(" ".join(kinds))}
    for number in range(s.networks):
        state = fitted(pages, sizes, kinds, number, s).state_dict()
        for name, value in state.items():
            array = value.numpy()
            if array.ndim == 3:
                array = array.transpose(2, 1, 0)  # (place, in, out)
            elif array.ndim == 2 and name != "words":
                array = array.T
            arrays[f"{number}/{name}"] = array.astype(np.float16)
        print("network", number, flush=True)
    return arrays
