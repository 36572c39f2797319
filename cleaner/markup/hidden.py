"""How an element hides its text from a visitor, told from its own tag and attributes alone.

A hacked page hides links from its visitors but not from search engines: an inline style puts them off the screen, gives them no
size or the colour of the ground. Style sheets are not read (they are not in the page), so what is found is what the markup itself
says; hacks use inline styles for the same reason. Text that a click shows (tabs, accordions, "read more") is told apart, because it belongs to the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["CLICK", "INLINE_HINTS", "SCREEN_READER", "attributes_may_hide", "hidden_how", "may_hide"]

CLICK = "click"  # display:none on a tab, a panel, a menu: a click shows it
SCREEN_READER = "screen-reader"  # sr-only and its relatives: read aloud, not shown

FAR = 400  # pixels outside the screen; sprites and negative margins of layouts stay under 100, hiding uses 500 to 99,999
FAR_EM = 40  # the same in em, rem, %, vw or vh; layouts use up to 100 % (a drawer), hiding -999em or -1000%
FAR_PERCENT = 150
TINY_FONT = 1.0  # pixels; 0 and 1px hide, the smallest legible print is 6px

_SOURCE_HINTS = (
    "display:none",
    "display: none",
    "hidden",
    "sr-only",
    "visually-",
    "screen-reader",
    "px",
    "font-size",
    "transparent",
)
_NEVER = frozenset({"html", "body", "main", "article"})  # hidden until a script has run: AMP, frame busters, fonts
_SPACE = re.compile(r"\s++|/\*[^*]*+\*/|!important", re.IGNORECASE)
_LENGTH = re.compile(r"(-?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++))([a-z%]*+)")
_CLICKED = re.compile(
    r"tab|pane|accord|collaps|toggle|expand|fold|more|slide|drop|menu|modal|popup|dialog|overlay|lightbox|spoiler|faq|answer|"
    r"submenu|tooltip|popover|panel|drawer|carousel|swiper|step|detail|content|lang|translat|view|show|open|body|js-",
    re.IGNORECASE,
)
_SPOKEN = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader screenreader element-invisible u-hidden-visually "
    "offscreen off-screen a11y-hidden assistive-text accessibly-hidden wp-block-screen-reader-text sr-text show-for-sr".split()
)
# One of these stands in the attributes of every element that hides; of elements with a style one in twenty has one, and only those are read.
_HINT = re.compile(
    r"display\s*+:\s*+none|visibility\s*+:\s*+(?:hidden|collapse)|[:(,\s]-\s*+[\d.]|clip|transparent|rgba|/\*|[\"';\s]color\s*+:"
    r"|(?:font-size|height|width)\s*+:\s*+(?:[01](?!\d)|\.)|(?<![\w-])hidden(?=[\s/=\"']|\Z)|sr-|screen|isually-?hidden|hidden-visually|ly-hidden|a11y-"
    r"|element-invisible|assistive",
    re.IGNORECASE | re.ASCII,
)
# One of these stands in the attributes of all of them; asked first, because it costs nothing. Inline elements for screen readers stay in their line.
INLINE_HINTS: tuple[str, ...] = ("style", "hidden", "sr-")
HINTS = (*INLINE_HINTS, "screen")
_WHITE = frozenset({"#fff", "#ffffff", "white", "rgb(255,255,255)"})
_BLACK = frozenset({"#000", "#000000", "black", "rgb(0,0,0)"})


def may_hide(source: str) -> bool:
    """False when no element of a page's source can be hidden by `hidden_how`: one cheap look that saves reading all attributes."""
    return "style=" in source or "STYLE=" in source or any(hint in source for hint in _SOURCE_HINTS[2:6])


def attributes_may_hide(attributes: str, hints: tuple[str, ...] = HINTS) -> bool:
    """False when an element with these attributes hides nothing: one look that saves reading most of them."""
    return any(hint in attributes for hint in hints) and _HINT.search(attributes) is not None


def hidden_how(tag: str, attributes: Mapping[str, str | None]) -> str | None:
    """How an element hides its text, or None.

    tag: lower-case. attributes: as the parser gives them, names in lower case.

    "display:none", "visibility:hidden", "off-screen", "zero-size", "same-colour", "hidden" (the attribute): a visitor never sees it.
    "click": not displayed, but made to be shown by a click. "screen-reader": read aloud only. aria-hidden alone is None: it hides
    from screen readers what everybody else sees; so is opacity, which scripts use to fade text in.

    >>> hidden_how("div", {"style": "position:absolute; left:-9999px"})
    'off-screen'
    >>> hidden_how("div", {"style": "display:none", "class": "tab-pane"})
    'click'
    """
    if tag in _NEVER:
        return None
    style = attributes.get("style")
    how = _by_style(style) if style else None
    if how is None and "hidden" in attributes and attributes["hidden"] != "until-found":
        how = "hidden"
    if how in ("display:none", "hidden", "visibility:hidden", "zero-size") and _is_clicked(attributes):
        return CLICK
    if how is None and (names := attributes.get("class")) and not _SPOKEN.isdisjoint(names.lower().split()):
        return SCREEN_READER
    return how


def _is_clicked(attributes: Mapping[str, str | None]) -> bool:
    """Whether a click is meant to show the element: what its name, role or wiring says."""
    if attributes.get("role") in ("tabpanel", "dialog", "menu", "region", "listbox", "tooltip", "alert"):
        return True
    if any(name.startswith(("aria-", "data-", "x-", "v-", "ng-", ":", "@")) for name in attributes):
        return True
    return bool(_CLICKED.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"))


def _by_style(style: str) -> str | None:
    """How an inline style hides, or None."""
    rules: dict[str, str] = {}
    for declaration in _SPACE.sub("", style.lower()).split(";"):
        name, _, value = declaration.partition(":")
        rules[name] = value
    if rules.get("display") == "none":
        return "display:none"
    if rules.get("visibility") in ("hidden", "collapse"):
        return "visibility:hidden"
    if _off_screen(rules):
        return "off-screen"
    if _zero_size(rules):
        return "zero-size"
    colour = rules.get("color")
    ground = rules.get("background-color") or rules.get("background")
    if colour and (colour in ("transparent", "rgba(0,0,0,0)") or _same(colour, ground)):
        if "-webkit-background-clip" in rules or "background-clip" in rules:
            return None  # text filled with a gradient
        return "same-colour"
    return None


def _same(colour: str, ground: str | None) -> bool:
    return ground is not None and (colour == ground or {colour, ground} <= _WHITE or {colour, ground} <= _BLACK)


def _off_screen(rules: dict[str, str]) -> bool:
    """Moved out of the window: by position, indent, margin or transform."""
    if rules.get("position") in ("absolute", "fixed") and any(
        _far(rules.get(side)) for side in ("left", "top", "right", "bottom")
    ):
        return True
    if any(_far(rules.get(name)) for name in ("text-indent", "margin-left", "margin-top", "margin-right")):
        return True
    move = rules.get("transform", "")
    return move.startswith("translate") and any(_far(part) for part in move.partition("(")[2].rstrip(")").split(","))


def _far(value: str | None) -> bool:
    if not value or value[0] != "-":
        return False
    size, unit = _length(value)
    return size <= -(FAR if unit in ("px", "", "pt") else FAR_PERCENT if unit in ("%", "vw", "vh") else FAR_EM)


def _zero_size(rules: dict[str, str]) -> bool:
    """No size to be seen at: a font of 0 or 1 px, or a box of 0 or 1 px that cuts off what does not fit."""
    if "font-size" in rules:
        size, unit = _length(rules["font-size"])
        if size == 0 or (0 < size <= TINY_FONT and unit in ("px", "pt")):
            return True
    if rules.get("clip", "").startswith(("rect(0", "rect(1px")):
        return True
    if rules.get("clip-path") in ("inset(50%)", "inset(100%)", "circle(0)"):
        return True
    if not rules.get("overflow", "").startswith("hidden"):
        return False
    return any(name in rules and 0 <= _length(rules[name])[0] <= 1 for name in ("height", "width"))


def _length(value: str) -> tuple[float, str]:
    """A CSS length as number and unit; what is none gives (-1.0, "")."""
    match = _LENGTH.fullmatch(value)
    return (float(match[1]), match[2]) if match else (-1.0, "")
