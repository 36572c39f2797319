"""The text of a block that holds line breaks or table cells, cut into the pieces that become blocks.

The builder marks breaks and cells in the running text, because only at the block's end is it known whether a cell is data or layout.
"""

from __future__ import annotations

__all__ = ["BREAK_MARK", "CELL_MARK", "HIDE_END_MARK", "HIDE_MARK", "one_line", "paragraphs"]

# Marks put into the running text and taken out of each block again; no text that leaves `repair` holds them.
HIDE_MARK, HIDE_END_MARK, CELL_MARK, BREAK_MARK = "\x01\x02\x03\x04"
_MARKS = dict.fromkeys(range(1, 5))
_INDENTS = ("\u3000\u3000", "\xa0\xa0")


def one_line(cells: list[str]) -> str:
    """The cells of a row of a data table in one line, bars between them."""
    lines = [" ".join(cell.replace(BREAK_MARK, " ").split()) for cell in cells]
    return " | ".join([line for line in lines if line.translate(_MARKS)])


def paragraphs(text: str) -> list[str]:
    """Text with <br>: pieces where a line is empty or indented as a paragraph, else lines of one piece.

    >>> paragraphs("one\\x04two\\x04\\x04three")
    ['one\\ntwo', 'three']
    """
    found: list[str] = []
    lines: list[str] = []
    for raw in text.split(BREAK_MARK):
        line = " ".join(raw.split())
        if lines and (not line or raw.lstrip(" \n\r\t").startswith(_INDENTS)):
            found.append("\n".join(lines))
            lines = []
        if line:
            lines.append(line)
    if lines:
        found.append("\n".join(lines))
    return found
