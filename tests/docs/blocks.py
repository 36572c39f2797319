"""Every fenced block of the documents, and how it is run: the one mechanism behind "what the documents show is what happens".

The language of a block says what is done with it, in a folder that looks like a clone of this repository with a few pages in it:

    python        with `>>>`: compared with what is printed; the blocks of a document are one session. Without: a script of its own.
    sh            run by bash; the first command that fails fails the test.
    console       each line that begins with `$ ` is run and the lines below it are what it prints; "…" stands for what is left out.
    title="FILE"  after any language: the block is that file, and the blocks below may use it.
    text, none    a picture or a listing; nothing to run.

A comment on the line above changes that, and says why: `<!-- not run: REASON -->`, `<!-- run apart: REASON -->` (a test of its own, marked
"engine") and `<!-- keeps running: REASON -->` (a server: started, used by the blocks below as $SERVER and $TOKEN, ended by Ctrl-C).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

__all__ = ["DOCUMENTS", "ROOT", "Block", "blocks_of", "mismatch", "prompts_of"]

ROOT = Path(__file__).parents[2]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))]
LANGUAGES = ("python", "sh", "console")
_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"<!-- (not run|run apart|keeps running): (.+?) -->\n*\Z")
_TITLE = re.compile(r'title="([^"]+)"')


class Block(NamedTuple):
    """A fenced block: where it stands, what it is, what is in it."""

    document: str
    line: int
    language: str
    title: str
    code: str
    how: str = ""  # "not run", "run apart", "keeps running", or as usual
    reason: str = ""

    @property
    def name(self) -> str:
        return f"{self.document}:{self.line}"


def blocks_of(document: str) -> list[Block]:
    """The blocks of a document, in its order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        info, code = match[1].strip(), match[2]
        mark = _MARK.search(text, 0, match.start())
        title = _TITLE.search(info)
        how, reason = mark.groups() if mark else ("", "")
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(document, line, info.partition(" ")[0], title[1] if title else "", code, how, reason))
    return found


def prompts_of(code: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines shown below it. A line that begins with `> ` goes on with the command."""
    commands: list[tuple[str, list[str]]] = []
    for line in code.split("\n"):
        if line.startswith("$ "):
            commands.append((line[2:], []))
        elif line.startswith("> ") and commands and not commands[-1][1]:
            commands[-1] = (f"{commands[-1][0]}\n{line[2:]}", [])
        elif commands and line.strip():
            commands[-1][1].append(line.rstrip())
        elif line.strip():
            raise ValueError(f"a console block begins with `$ `, not with {line!r}")
    return commands


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in line.split("…")), re.DOTALL)


def _same(shown: str, printed: str) -> bool:
    return shown == printed or ("…" in shown and _pattern(shown).fullmatch(printed) is not None)


def mismatch(shown: list[str], output: str) -> str:
    """The first shown line that is not printed where it should be; "" when all are. Blank lines and indentation in front count for nothing."""
    printed = [line.strip() for line in output.split("\n") if line.strip()]
    at, gap = 0, False
    for line in (line.strip() for line in shown):
        if line == "…":
            gap = True
            continue
        here = range(at, len(printed)) if gap else range(at, min(at + 1, len(printed)))
        place = next((i for i in here if _same(line, printed[i])), None)
        if place is None:
            return line
        at, gap = place + 1, False
    return "" if gap or at == len(printed) else f"(and then) {printed[at]}"
