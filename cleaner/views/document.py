"""A cleaned page as HTML for people: what was removed and repaired, where it stood, and why.

Nothing of the page is alive in it: text is escaped, links and pictures are not made, and a content security policy lets the browser run one script
and use one style, both ours, known by their hashes, and reach no network. So the file can be opened, mailed and kept without a second thought.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files

from cleaner.edits import Edit, family
from cleaner.result import Result
from cleaner.views.marked import Patch, Piece, patches_of, rows_of
from cleaner.views.terminal import note_of

__all__ = ["FAMILIES", "document", "fragment", "inline_hash", "policy_of", "seen", "static", "visible"]

FAMILIES = {  # in the order of the report: CSS class, letter in front of a mark, what the legend says
    "spam": ("spam", "S", "spam, removed"),
    "repair": ("repair", "", "repaired"),
    "navigation": ("navigation", "N", "navigation, removed"),
    "article": ("outside", "O", "outside the article, removed"),
}
OTHER = ("other", "R", "removed by a rule of your own")
EXCERPT = 48  # characters of an edit in the list; with what the rule saw they fit in three lines
MODES = (("marked", "Marked"), ("before", "Before"), ("after", "After"), ("side", "Side by side"))
# C0 controls have pictures of their own in Unicode; what is no character at all is shown as the sign for that.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def static(name: str) -> str:
    """A file that comes with the view."""
    return files("cleaner.views").joinpath("static", name).read_text(encoding="utf-8")


def seen(text: str) -> str:
    """Text with controls, lone surrogates and marks that turn the direction of writing shown instead of obeyed; not escaped."""
    return _UNSEEN.sub(_picture, text)


def visible(text: str) -> str:
    """Text of a page, as `seen` and escaped."""
    return escape(seen(text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def inline_hash(text: str) -> str:
    """A style or script as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(*inline: str) -> str:
    """The content security policy under which nothing loads and only these inline texts count as style or script."""
    hashes = " ".join(map(inline_hash, inline))
    return (
        f"default-src 'none'; style-src {hashes}; script-src {hashes}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def document(result: Result, *, name: str, reasons: Mapping[str, str]) -> str:
    """One HTML file that shows the page and needs nothing else. reasons: the sentence of each rule, by its name."""
    style, script = static("view.css"), static("view.js") + "\nattachView(document);\n"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy_of(style, script)}">\n'
        f'<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{visible(name)} – cleaner</title>\n'
        f"<style>{style}</style>\n</head>\n<body>\n{fragment(result, name=name, reasons=reasons)}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def fragment(result: Result, *, name: str, reasons: Mapping[str, str]) -> str:
    """The view alone, for a document that has the style and the script already."""
    patches = patches_of(result)
    rules = list(dict.fromkeys(edit.rule for edit in (*result.repairs, *result.removals)))
    order = list(FAMILIES)
    rules.sort(key=lambda rule: order.index(family(rule)) if family(rule) in order else len(order))
    numbers = {rule: number for number, rule in enumerate(rules)}
    language = f' lang="{escape(result.language)}"' if result.language else ""
    parts = [
        '<div class="view">',
        *_head(result, name),
        '<div class="panes"><main class="page" tabindex="-1" aria-label="The page, with marks"' + language + ">",
        *_rows(result, patches, numbers),
        '</main><aside class="edits" aria-label="Edits by rule"><h2>Edits</h2>',
        *_lists(result, patches, numbers, reasons),
        '</aside></div><div class="tip" id="tip" role="tooltip" hidden></div></div>',
    ]
    return "\n".join(parts)


def _head(result: Result, name: str) -> Iterator[str]:
    kept = f"{len(result.text):,} of {len(result.page.text):,} characters kept"
    facts = [f"{result.status}", result.page_type, result.encoding, kept, f"confidence {result.confidence:.2f}"]
    yield f"<header><h1>{visible(name)}</h1><p>{' · '.join(map(visible, facts))}</p>"
    labels = (("title", result.title), ("author", result.author), ("date", result.date), ("site", result.site))
    told = [(label, value) for label, value in (*labels, ("source", result.credit), ("address", result.url)) if value]
    if told:
        yield (
            "<dl>"
            + "".join(f"<div><dt>{label}</dt><dd><bdi>{visible(value)}</bdi></dd></div>" for label, value in told)
            + "</dl>"
        )
    if result.mirror:
        mirror = result.mirror
        left = f", {mirror.unresolved} of them left as they were" if mirror.unresolved else ""
        yield f"<p>Mirror kit: {mirror.glosses} glosses, {mirror.spots} places of broken bytes{left}.</p>"
    if result.error:
        yield f'<p class="error">{visible(result.error)}</p>'
    yield '<fieldset class="modes"><legend>Show</legend>'
    for value, label in MODES:
        checked = " checked" if value == "marked" else ""
        yield f'<label><input type="radio" name="mode" id="mode-{value}" value="{value}"{checked}> {label}</label>'
    yield '</fieldset><p class="legend"><span>kept</span> ' + _legend(result) + "</p></header>"


def _legend(result: Result) -> str:
    there = {family(edit.rule) for edit in (*result.repairs, *result.removals)}
    return " ".join(
        f'<span class="m {look[0]}"' + (f' data-letter="{look[1]}"' if look[1] else "") + f">{look[2]}</span>"
        for look in ([FAMILIES[name] for name in FAMILIES if name in there] + ([OTHER] if there - set(FAMILIES) else []))
    )


def _rows(result: Result, patches: Sequence[Patch], numbers: Mapping[str, int]) -> Iterator[str]:
    given: set[int] = set()  # removals whose place has its name: that of the first piece a reader can see
    for row in rows_of(result, patches):
        before = "".join([_piece(piece, result, numbers, given) for piece in row.pieces])
        after = "".join(result.page.text[piece.start : piece.end] for piece in row.pieces if piece.removal < 0).strip()
        kind = row.tag if row.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "pre") else "p"
        gone = "" if after else " gone"
        yield f'<div class="row {kind}{gone}"><div class="b" dir="auto">{before}</div><div class="a" dir="auto">{visible(after)}</div></div>'


def _piece(piece: Piece, result: Result, numbers: Mapping[str, int], given: set[int]) -> str:
    text, position = result.page.text, piece.start
    parts: list[str] = []
    for patch in piece.patches:
        parts += (visible(text[position : patch.start]), _repaired(patch, text[patch.start : patch.end], numbers))
        position = patch.end
    parts.append(visible(text[position : piece.end]))
    inner = "".join(parts)
    if piece.removal < 0:
        return inner
    edit = result.removals[piece.removal]
    look = FAMILIES.get(family(edit.rule), OTHER)
    first = ""
    if piece.removal not in given and text[piece.start : piece.end].strip():
        given.add(piece.removal)
        first = f' id="e{piece.removal}" data-letter="{look[1]}"'
    return f'<del class="m {look[0]}"{first} data-e="e{piece.removal}" data-r="{numbers[edit.rule]}" tabindex="-1">{inner}</del>'


def _repaired(patch: Patch, new: str, numbers: Mapping[str, int]) -> str:
    old = f"<del>{visible(patch.old)}</del>" if patch.old else ""
    put = f"<ins>{visible(new)}</ins>" if new else ""
    there = f'id="r{patch.number}" data-e="r{patch.number}" data-r="{numbers[patch.edit.rule]}"'
    return f'<span class="m repair" {there} tabindex="-1">{old}{put}</span>'


def _lists(result: Result, patches: Sequence[Patch], numbers: Mapping[str, int], reasons: Mapping[str, str]) -> Iterator[str]:
    """The edits by rule: a box that shows and hides its marks, how many, why, and each edit with a jump to its place."""
    by_rule: dict[str, list[tuple[str, Edit, str]]] = {rule: [] for rule in numbers}
    for number, edit in enumerate(result.repairs):
        by_rule[edit.rule].append((f"r{number}", edit, result.source.text))
    for number, edit in enumerate(result.removals):
        by_rule[edit.rule].append((f"e{number}", edit, result.page.text))
    if not by_rule:
        yield "<p>Nothing was removed, nothing was repaired.</p>"
    text = result.page.text
    placed = {f"r{patch.number}" for patch in patches}
    placed |= {f"e{number}" for number, edit in enumerate(result.removals) if text[edit.start : edit.end].strip()}
    for rule, edits in by_rule.items():
        look = FAMILIES.get(family(rule), OTHER)
        size = sum(edit.end - edit.start for _, edit, _ in edits)
        why = f'<p class="why">{visible(reasons[rule])}</p>' if rule in reasons else ""
        yield (
            f'<section class="rule {look[0]}" data-rule="{visible(rule)}"><input type="checkbox" checked data-toggle="{numbers[rule]}" '
            f'aria-label="mark {visible(rule)}"><details><summary><span class="name">{visible(rule)}</span> '
            f'<span class="count">{len(edits):,} × · {size:,} characters</span></summary>{why}<ol>'
        )
        yield "\n".join(_item(place, edit, text, place in placed) for place, edit, text in edits)
        yield "</ol></details></section>"


def _item(place: str, edit: Edit, text: str, placed: bool) -> str:
    old = " ".join(text[edit.start : min(edit.end, edit.start + 4 * EXCERPT)].split())
    said = _short(old) or "(white space)"
    if edit.new or place.startswith("r"):
        said = f"{_short(old) or 'nothing'} → {_short(edit.new) or 'nothing'}"
    note = note_of(edit)
    seen = f' <span class="note">{visible(note)}</span>' if note else ""
    link = f'<a href="#{place}">{visible(said)}</a>' if placed else visible(said)
    if not placed and place.startswith("r"):
        link += ' <span class="note">in the markup</span>'
    return f'<li data-l="{place}">{link}{seen} <span class="score">{edit.score:.2f}</span></li>'


def _short(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT] + "…"
