"""Damaged text is made whole: mojibake, control characters, broken bytes, glued pinyin, script.

Rules run one after the other, each on the text that the one before left, and their edits are composed into one list in the coordinates of
the text as it came in. The order matters: mojibake first, because it may consist of control characters; the mirror kit's byte damage
before its glosses, because a gloss inside a broken run is the key to it. One pass over the page (`gate`) decides which rules are asked at all.
"""

from __future__ import annotations

from typing import NamedTuple

from cleaner.edits import Edit, OffsetMap, apply, compose
from cleaner.options import Options
from cleaner.page import Kind, Mirror
from cleaner.repair.broken_bytes import BrokenBytes
from cleaner.repair.control import Control
from cleaner.repair.draft import Draft, Finding, Repair
from cleaner.repair.gate import (
    BARE,
    CONTROL,
    DOUBLED,
    HAN,
    LATIN_RUN,
    LINE_END,
    LOST,
    REFERENCE,
    SIGNATURE,
    TONE,
    UTF8_AS_LATIN,
    flags,
    search,
)
from cleaner.repair.glosses import GlossedPinyin
from cleaner.repair.kit import TONED_END, evidence_of
from cleaner.repair.mojibake import Mojibake, lost_entities
from cleaner.repair.scripts import ChineseScript

__all__ = ["REPAIRS", "Repaired", "repaired"]

REPAIRS: tuple[Repair, ...] = (Mojibake(), Control(), BrokenBytes(), GlossedPinyin(), ChineseScript())


class Repaired(NamedTuple):
    """The repaired text, the edits that lead to it (in the text as it came), and what was seen of the mirror kit."""

    text: str
    edits: tuple[Edit, ...]
    mirror: Mirror | None


def repaired(text: str, *, kind: Kind, options: Options) -> Repaired:
    """Repair a page's source: HTML before it is parsed, or plain text."""
    seen = flags(text)
    asked = _concerned(text, seen, kind, options)
    if not asked:
        return Repaired(text, (), None)
    evidence = evidence_of(text) if any(rule.name in _KIT for rule in asked) else None
    edits: tuple[Edit, ...] = ()
    findings: dict[str, Finding] = {}
    unresolved: tuple[tuple[int, int], ...] = ()
    draft = Draft(text, kind, evidence, options.script, seen)
    for rule in asked:
        finding = findings[rule.name] = rule.find(draft)
        offsets = OffsetMap(finding.edits)
        unresolved = tuple((offsets.forward(start), offsets.forward(end)) for start, end in unresolved)
        unresolved += finding.unresolved
        if finding.edits:
            draft = draft._replace(text=apply(draft.text, finding.edits))
            edits = compose(edits, finding.edits)
            if rule.name == "repair/mojibake":
                draft = draft._replace(seen=flags(draft.text))
            if rule.name == "repair/broken-bytes":
                draft = draft._replace(evidence=evidence_of(draft.text) or draft.evidence)
    return Repaired(draft.text, edits, _verdict(draft, findings, unresolved))


_KIT = frozenset(("repair/broken-bytes", "repair/glossed-pinyin"))


def _concerned(text: str, seen: int, kind: Kind, options: Options) -> list[Repair]:
    """The chosen rules that could have anything to do, in their order."""
    wanted: set[str] = set()
    if seen & (SIGNATURE | LATIN_RUN | UTF8_AS_LATIN | LOST | LINE_END) or (seen & BARE and any(lost_entities(text))):
        wanted.add("repair/mojibake")
    if seen & CONTROL or (kind == "html" and seen & REFERENCE):
        wanted.add("repair/control")
    if seen & DOUBLED or (seen & HAN and seen & TONE and search(TONED_END, text)):
        wanted |= {"repair/broken-bytes", "repair/glossed-pinyin"}
    if seen & HAN and options.script != "page":
        wanted.add("repair/script")
    return [rule for rule in REPAIRS if rule.name in wanted and options.chosen(rule.name)]


def _verdict(draft: Draft, findings: dict[str, Finding], unresolved: tuple[tuple[int, int], ...]) -> Mirror | None:
    """What was seen of the mirror kit."""
    broken = findings.get("repair/broken-bytes", Finding())
    glosses = len(findings.get("repair/glossed-pinyin", Finding()).edits)
    if not glosses and not broken.spots:
        return None
    level = draft.evidence.level if draft.evidence else 0
    return Mirror(level, glosses, broken.spots, len(unresolved), unresolved)
