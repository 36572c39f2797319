"""repair/glossed-pinyin: pinyin that the mirror kit glued behind characters, 堅(jiān) 來(lái) 鄉(xiāng).

Only a page that shows the kit is touched (see `kit`), and on it only glosses of characters that the page glosses throughout and
that lie within its level: a gloss that an author wrote, 夷懌(yì), is not in the table or contradicts the level and stays. A rarer kit writes
readings without tones and doubles them, 海(hai)(hai)南: no author does that, so two such places are proof enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.edits import Edit
from cleaner.repair.draft import Draft, Finding
from cleaner.repair.gate import DOUBLED_GLOSS
from cleaner.repair.kit import glosses_of, readings, table, toneless

__all__ = ["GlossedPinyin"]


@dataclass(frozen=True)
class GlossedPinyin:
    """Removes the kit's glosses; leaves every gloss that does not fit the page's level alone."""

    name: str = "repair/glossed-pinyin"
    why: str = "A mirror kit glued the reading behind characters of a text that it stole."
    min_doubled: int = 2  # places with a doubled toneless gloss; no page without the kit has one

    def find(self, draft: Draft) -> Finding:
        edits = [*self._toned(draft), *self._doubled(draft.text)]
        return Finding(tuple(sorted(edits)))

    def _toned(self, draft: Draft) -> Iterator[Edit]:
        evidence = draft.evidence
        if evidence is None:
            return
        known = table()
        for character, match in glosses_of(draft.text):
            if evidence.glossed.get(character) == match[1]:
                rank = known[character].rank if character in known else 0
                note = f"{character} {match[1]}, rank {rank} of {evidence.level}" if rank else f"{character} {match[1]}"
                yield Edit(match.start(), match.end(), "", self.name, note)

    def _doubled(self, text: str) -> Iterator[Edit]:
        found = [(text[match.start() - 1 : match.start()], match) for match in DOUBLED_GLOSS.finditer(text)]
        found = [(character, match) for character, match in found if _reads(character, match[2])]
        if len(found) >= self.min_doubled:
            for character, match in found:
                yield Edit(match.start(), match.end(), "", self.name, f"{character} {match[2]}, doubled")


def _reads(character: str, reading: str) -> bool:
    """Whether a reading without its tone is one of the character's."""
    return any(toneless(known) == reading for known in readings().get(character, ()))
