"""The open elements of a page that is being cut into blocks: which tag opens a container and which ones it ends.

What HTML's tree construction says of implied ends is kept as far as it decides where text belongs; nothing is searched deeper than a fixed number of
elements, so that no page makes it slow.
"""

from __future__ import annotations

from cleaner.markup.stream import CELLS, HEADINGS, ROW_GROUPS

__all__ = ["ROW", "Draft", "Elements"]

ROW_CELLS = 16  # cells of a row whose blocks are joined; wider tables hold plain text
ROW_BLOCK = 200  # characters of one of those blocks
SEARCHED = 256  # open elements searched for the one that an end tag closes; the deepest real page nests 130
DEPTH = 8  # open elements searched for an li, dt or dd to end
_ITEMS = {"li": frozenset(("li",)), "dt": frozenset(("dt", "dd")), "dd": frozenset(("dt", "dd"))}
_ITEM_WALLS = frozenset(("ul", "ol", "menu", "dl", "table", "td", "th"))
_TABLE = ROW_GROUPS | CELLS | {"table", "tr", "caption"}
ROW = CELLS | {"tr", "p"}
_GROUP = ROW | ROW_GROUPS
_NO_WALLS: frozenset[str] = frozenset()
_UNJOINED = HEADINGS | {"pre", "blockquote", "tr"}

# A block in the making: text, container, characters of link text, links, whether it is a table row of several cells. A plain tuple, because a
# NamedTuple takes four times as long to make.
Draft = tuple[str, int, int, int, bool]


class Elements:
    """Containers and the stack of open ones. Containers are numbered as they open; 0 is the page. What makes blocks of text adds `_flush`."""

    def __init__(self) -> None:
        self.blocks: list[Draft] = []
        self.hidden_parts: list[tuple[int, int, int, str]] = []  # block, start and end in it, how
        self.parents = [0]
        self.firsts = [0]
        self.lasts = [0]
        self.tokens = [0]
        self.tags = ["body"]
        self.attributes = [""]
        self._stack: list[int] = [0]  # open containers
        self._names: list[str] = [""]  # their names; the page itself has none, so that no end tag closes it
        self._run: list[str] = []
        self._pre = 0

    def _flush(self, linked: int, links: int) -> None:
        """Make blocks of the text since the last tag of a block element; `linked` characters of it are in `links` links."""
        raise NotImplementedError

    def _enter(self, name: str, token: int, attributes: str) -> None:
        self.parents.append(self._stack[-1])
        self.firsts.append(len(self.blocks))
        self.lasts.append(0)
        self.tokens.append(token)
        self.tags.append(name)
        self.attributes.append(attributes)
        self._stack.append(len(self.tags) - 1)
        self._names.append(name)

    def _imply(self, name: str) -> None:
        """Close what the start tag of a block element ends."""
        if self._names[-1] == "p":
            self._pop()
        if name in _ITEMS:
            self._end_item(_ITEMS[name])
        elif name == "tr":
            self._end_until(ROW)
        elif name in ROW_GROUPS:
            self._end_until(_GROUP)
        elif name in HEADINGS and self._names[-1] in HEADINGS:
            self._pop()

    def _end_item(self, names: frozenset[str]) -> None:
        """Close the open li (dt, dd) that a new one ends, unless a list stands between."""
        open_names = self._names
        for depth in range(1, min(DEPTH, len(open_names))):
            name = open_names[-depth]
            if name in names:
                for _ in range(depth):
                    self._pop()
                return
            if name in _ITEM_WALLS:
                return

    def _end_until(self, names: frozenset[str]) -> None:
        """Close open elements as long as they are of these names."""
        while self._names[-1] in names:
            self._pop()

    def _leave(self, name: str) -> None:
        """Close the element of this name, if one is open that the present table cell does not protect."""
        walls = _NO_WALLS if name in _TABLE else CELLS
        open_names = self._names
        for depth in range(1, min(SEARCHED, len(open_names))):
            candidate = open_names[-depth]
            if candidate == name:
                for _ in range(depth):
                    self._pop()
                return
            if candidate in walls or (candidate == "table" and name != "table" and walls is _NO_WALLS):
                return

    def _pop(self) -> None:
        number = self._stack.pop()
        name = self._names.pop()
        if name == "tr":
            if self._run:
                self._stack.append(number)
                self._names.append(name)
                self._flush(0, 0)
                self._stack.pop()
                self._names.pop()
            self._join_row(number)
        elif name in ("pre", "listing"):
            self._pre -= 1
        self.lasts[number] = len(self.blocks)

    def _join_row(self, row: int) -> None:
        """Make one block of the blocks of a table row when there is at most one short block a cell."""
        first = self.firsts[row]
        drafts = self.blocks[first : first + ROW_CELLS + 1]
        if not 2 <= len(drafts) <= ROW_CELLS:
            return
        inside = range(row + 1, len(self.tags))
        if len(inside) >= 3 * ROW_CELLS or len(drafts) > sum(self.parents[number] == row for number in inside):
            return
        tags = self.tags
        if any(len(text) > ROW_BLOCK or "\n" in text or joined or tags[home] in _UNJOINED for text, home, _, _, joined in drafts):
            return
        if self.hidden_parts and self.hidden_parts[-1][0] >= first:
            return
        text = " | ".join([draft[0] for draft in drafts])
        linked, links = sum(draft[2] for draft in drafts), sum(draft[3] for draft in drafts)
        self.blocks[first:] = [(text, row, linked, links, True)]
        for number in inside:
            self.firsts[number] = first
            self.lasts[number] = first + 1
