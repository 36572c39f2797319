"""The search for the original bytes behind a damaged run.

A run is read as units: a character of two bytes, an ASCII character, or a `?` in which the decoder swallowed two bytes. A hypothesis says where
in the original the reading stands: `pending` is the lead byte of an original character whose trail byte is still to come (None: the two readings
are aligned). Each unit moves every hypothesis on by what it can mean; what a swallowed byte was is tried out, and a language model scores the
characters that come out. Hypotheses in the same state are merged, so the search is linear in the length of the run; it ends as soon as one
aligned hypothesis is left, usually a few characters behind the damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleaner.repair.draft import Draft
from cleaner.repair.hypotheses import Path, State, after, behind, best, last_bytes, single_byte
from cleaner.repair.kit import GLOSS, SPLIT_GLOSS, before_glosses, by_reading, double_byte
from cleaner.repair.language import PAIRS, Language
from cleaner.repair.words import character_of, common_characters, unassigned_behind, with_lead, with_trail

__all__ = ["Aligner", "Piece", "Run"]

LONGEST = 1_000  # characters of a run; real ones realign within 60
GENUINE_SPLIT = -14.0  # a real question mark before `py)` of the right lead byte
GENUINE_STOP = -5.0  # a real question mark before punctuation on a page that shows the kit
DANGLING = -16.0  # an original character of which only the first byte is there
SWALLOWED = -6.0  # an ASCII character that was swallowed and cannot be known
SWALLOWED_TAG = -1.0  # … and that must have been a < or &
UNASSIGNED = -2.0  # a pair of bytes that GBK does not assign
RARE_STOP = -10.0  # 。 hit inside two characters: not seen in real pages, where the stops that overlap it come first, …
LITERAL = 2  # … but a page with so many `??，` was made by a kit that puts 。 first
CLOSING = 3.0  # a closing quotation mark where one is open …
CLOSING_LATER = 0.5  # … and the next mark in the line closes it as well …
CLOSING_OVER_LINES = 1.0  # … where one was opened in a line before …
NOT_OPEN = 0.05  # … and where none is open
LOOK_BACK = 2000  # characters in which an opened quotation is looked for
LOOK_BACK_BRACKET = 60
_HAN_NEXT = re.compile(r"[\u3400-\u9fff《》「」“”（）、—…]")
_STOPS = {"。": 0xA3, "，": 0xAC, "！": 0xA1, "？": 0xBF, "；": 0xBB, ",": 0xAC, "!": 0xA1, "?": 0xBF, ";": 0xBB}
# A stop whose first byte makes another stop with the trail byte before it is hit twice; what that trail byte then is.
_TWICE = {"。": 0xA3, "，": 0xA1, "！": 0xA1, "？": 0xA1, "；": 0xA1, ",": 0xA1, "!": 0xA1, ";": 0xA1}
_YEAR_REST = re.compile(r"(?:(0[0-4])|9)[0-9]{1,2}年")  # of 2012年 or 1998年
_TAG_REST = re.compile(
    r"/?(?:p|br|div|span|a|li|td|tr|h[1-6]|strong|b|em|font|img|ul|ol|table|tbody|section|center|u|i)\b[^<>\n]{0,300}>",
    re.IGNORECASE,
)
_ENTITY_REST = re.compile(r"(?:[a-z]{2,8}|#[0-9]{2,5});", re.IGNORECASE)
_FULL_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})


class Piece(NamedTuple):
    start: int
    end: int
    new: str
    note: str
    lost: tuple[tuple[int, int], ...]  # spans in `new` that could not be restored


class Run(NamedTuple):
    """A restored run: what to replace, and where reading goes on. `spots` counts the swallowed pairs."""

    end: int
    pieces: tuple[Piece, ...]
    spots: int


class Aligner:
    """Restores the damaged runs of one page."""

    def __init__(self, draft: Draft, language: Language) -> None:
        self.text = draft.text
        self.html = draft.kind == "html"
        self.folded = "，" not in draft.text  # the page's full-width punctuation was made half-width after the damage
        self.language = language
        self.effort = 0  # hypotheses followed so far
        self.rare = 0.0 if self.text.count("??，") + self.text.count("??,") >= LITERAL else RARE_STOP

    def restored(self, start: int) -> Run:
        """The run that begins with the `?` at `start`; without pieces when it is best explained as it stands."""
        context = self.text[max(0, before_glosses(self.text, start) - 2) : before_glosses(self.text, start)]
        self.language.turn(*self._surroundings(start))
        root = Path(0.0, None, start, start, "", "")
        waiting: dict[int, dict[State, Path]] = {start: {State(None, last_bytes(context), context): root}}
        place = start
        while waiting:
            place = min(waiting)
            states = waiting.pop(place)
            if place >= len(self.text):
                states = {
                    state: path._replace(score=path.score + (0.0 if state.pending is None else DANGLING))
                    for state, path in states.items()
                }
                return self._run(max(states.values(), key=lambda path: path.score), place)
            if not waiting and len(states) == 1 and place > start and next(iter(states)).pending is None:
                return self._run(max(states.values(), key=lambda path: path.score), place)
            if place - start > LONGEST:
                return self._run(max(states.values(), key=lambda path: path.score), place)
            for state, path in best(states, self.text[place] == "?"):
                self.effort += 1
                for end, new_state, new, note, cost in self._moves(place, state):
                    score = path.score + cost + self.language.score(state.context, new)
                    known = waiting.setdefault(end, {})
                    if new_state not in known or known[new_state].score < score:
                        known[new_state] = Path(score, path, place, end, new, note)
        return Run(place + 1, (), 0)

    def _surroundings(self, start: int) -> tuple[tuple[float, ...], bool]:
        """How likely closing marks are there compared with elsewhere, and whether the line is one of enumerations."""
        low, high = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", start)
        high = high if high >= 0 else len(self.text)
        listing = self.text.count("、", low, high) > self.text.count("。", low, high)
        return tuple(self._closing(pair, low, start, high) for pair in PAIRS), listing

    def _closing(self, pair: str, low: int, start: int, high: int) -> float:
        opened, closed = (self.text.rfind(mark, low, start) for mark in pair)
        if opened == closed:  # none in this line: a quotation may go on from lines before
            opened, closed = (self.text.rfind(mark, max(0, low - LOOK_BACK), low) for mark in pair)
            return CLOSING_OVER_LINES if opened > closed else NOT_OPEN
        if opened < closed:
            return NOT_OPEN
        opens, closes = (self.text.find(mark, start, high) for mark in pair)
        return CLOSING_LATER if closes >= 0 and not 0 <= opens < closes else CLOSING

    def _run(self, path: Path, end: int) -> Run:
        steps: list[Path] = []
        while path.before is not None:
            steps.append(path)
            path = path.before
        steps.reverse()
        changed = [i for i, step in enumerate(steps) if step.new != self.text[step.start : step.end] or step.note]
        if not changed:
            return Run(end, (), 0)
        steps = steps[changed[0] : changed[-1] + 1]
        lost: list[tuple[int, int]] = []
        new = ""
        for step in steps:
            if step.note:
                lost.append((len(new), len(new) + len(step.new)))
            new += step.new
        if self.folded:
            new = new.translate(_FULL_WIDTH)
        start, stop = steps[0].start, steps[-1].end
        spots = sum(1 for step in steps if self.text[step.start] == "?")
        note = f"{self.text[start:stop]} was {new}"
        return Run(end, (Piece(start, stop, new, note, tuple(lost)),), spots)

    def _moves(self, place: int, state: State) -> Iterator[tuple[int, State, str, str, float]]:
        """Everything the unit at `place` can mean: end, state after it, original text, what was lost, cost."""
        character = self.text[place]
        if character == "(" and (gloss := GLOSS.match(self.text, place)) and state.bytes in by_reading().get(gloss[1], ()):
            kept = gloss[0] if state.pending is None else ""
            yield gloss.end(), state, kept, "", 0.0
            return
        if character == "?":
            yield from self._swallowed(place, state)
        if state.pending is None:
            if character != "?":
                yield place + 1, after(state, character), character, "", 0.0
            return
        pair = double_byte(character)
        if not pair and self.folded and "!" <= character <= "?":
            pair = bytes((0xA3, ord(character) + 0x80))
        if pair:
            for original in self._originals(state.pending, pair[0]):
                yield place + 1, *behind(state, original, pair[0], pair[1]), "", 0.0
        elif (byte := single_byte(character)) >= 0x40:
            for original in self._originals(state.pending, byte):
                yield place + 1, after(state, original), original, "", 0.0
        if character == "\n" or (not pair and single_byte(character) < 0x40 and character != "?"):
            yield place + 1, after(state, "?" + character), "?" + character, "dangling", DANGLING

    def _originals(self, lead: int, trail: int) -> tuple[str, ...]:
        if lead < 0:
            return tuple(c for c in with_trail(trail) if not character_of(-lead, double_byte(c)[0]))
        original = character_of(lead, trail)
        return (original,) if original else ()

    def _ending_in_a_lead(self, lead: int) -> tuple[str, ...]:
        """The characters of which the first byte is `lead` (as in `State.pending`) and the second can be read as a lead byte."""
        if lead >= 0:
            return with_lead(lead)
        return tuple(c for c in common_characters() if not character_of(-lead, double_byte(c)[0]))

    def _swallowed(self, place: int, state: State) -> Iterator[tuple[int, State, str, str, float]]:
        """What a `?` can mean. Damage makes two or three in a row; longer rows are what they are."""
        if self.text[place - 2 : place + 3] == "?????":
            if state.pending is None:
                yield place + 1, after(state, "?"), "?", "", 0.0
            return
        split = SPLIT_GLOSS.match(self.text, place)
        following = self.text[place + 1 : place + 2]
        if split:
            for lead, trail in by_reading().get(split[1], ()):
                if state.pending is None and state.bytes[1] == lead:
                    yield split.end(), State(trail, (lead, trail), state.context), "", "", 0.0
                elif state.pending is not None and (
                    state.pending == lead or (state.pending < 0 and not character_of(-state.pending, lead))
                ):
                    original = character_of(lead, trail)
                    yield split.end(), after(state, original), original, "", 0.0
        if following in _STOPS:
            yield from self._stopped(place, state, following)
        if state.pending is None:
            cost = GENUINE_SPLIT if split else GENUINE_STOP if following in _STOPS and state.context[-1:] != "?" else 0.0
            yield place + 1, after(state, "?"), "?", "", cost
        else:
            yield from self._swallowed_pair(place, state)

    def _stopped(self, place: int, state: State, stop: str) -> Iterator[tuple[int, State, str, str, float]]:
        """The trail byte of a character and the kit's byte in front of punctuation, real or straddling two characters."""
        if state.pending is None:
            if stop == "?" and (third := self.text[place + 2 : place + 3]) in _TWICE:
                twice = 0.0 if third == "。" else self.rare
                for original in with_trail(_TWICE[third]):
                    yield place + 3, after(state, original + third), original + third, "", twice
            last = _STOPS[stop]
            trail, cost = (0xA1, self.rare) if stop == "。" else (0xA3, 0.0)
            for original in with_trail(trail):
                yield place + 2, State(last, (trail, last), (state.context + original)[-2:]), original, "", cost
        else:
            for original in self._ending_in_a_lead(state.pending):
                yield place + 2, after(state, original + stop), original + stop, "", 0.0

    def _closes(self, place: int) -> bool:
        """Whether an opened bracket waits to be closed there."""
        low = max(self.text.rfind("\n", 0, place), place - LOOK_BACK_BRACKET, 0)
        before = GLOSS.sub("", SPLIT_GLOSS.sub("", self.text[low:place]))
        return before.rfind("(") > before.rfind(")")

    def _swallowed_pair(self, place: int, state: State) -> Iterator[tuple[int, State, str, str, float]]:
        """A trail byte and an ASCII character, or a trail byte and a lead byte that make no character together."""
        assert state.pending is not None
        lost, cost, note, end = "?", SWALLOWED, "one ASCII character", place + 1
        if rest := _TAG_REST.match(self.text, place + 1):
            lost, cost, note, end = ("<" + rest[0] if self.html else ""), SWALLOWED_TAG, "", rest.end()
        elif self.html and _ENTITY_REST.match(self.text, place + 1):
            lost, cost, note = "&", SWALLOWED_TAG, ""
        elif self._closes(place):
            lost, cost, note = ")", SWALLOWED_TAG, ""
        elif _HAN_NEXT.match(self.text, place + 1):
            lost, cost, note = " ", SWALLOWED_TAG, ""
        elif year := _YEAR_REST.match(self.text, place + 1):
            lost, cost, note = ("2" if year[1] else "1"), SWALLOWED_TAG, ""
        candidates = self._ending_in_a_lead(state.pending)
        for original in candidates:
            if end > place + 1 and not self.html:  # the tag's rest goes with it; what is left must be able to end a line
                ending = self.language.score((state.context + original)[-2:], "\n")
                yield end, after(state, original), original, note, cost + ending
            else:
                yield end, after(state, original + lost), original + lost, note, cost
        for original in candidates if end == place + 1 else ():
            if not unassigned_behind(double_byte(original)[1]):
                continue
            trail = double_byte(original)[1]
            yield place + 1, State(-trail, (trail, -1), (state.context + original)[-2:]), original, "", UNASSIGNED
