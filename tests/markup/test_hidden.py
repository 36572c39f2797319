"""How an element hides its text: a table of ways, and of near misses that must stay visible."""

from __future__ import annotations

import pytest

from cleaner.markup.hidden import CLICK, SCREEN_READER, hidden_how, may_hide

HIDDEN = [
    ("display:none", "display:none"),
    ("DISPLAY : NONE !important; color:red", "display:none"),
    ("visibility: hidden", "visibility:hidden"),
    ("position:absolute;left:-9999px;", "off-screen"),
    ("position: fixed; top: -1000em", "off-screen"),
    ("text-indent:-9999px", "off-screen"),
    ("margin-left:-9000px", "off-screen"),
    ("transform: translateX(-10000px)", "off-screen"),
    ("font-size:0", "zero-size"),
    ("font-size:1px;line-height:1px", "zero-size"),
    ("height:0;overflow:hidden", "zero-size"),
    ("width:1px;height:1px;overflow:hidden;", "zero-size"),
    ("position:absolute;clip:rect(0,0,0,0)", "zero-size"),
    ("color:#fff;background:#FFFFFF", "same-colour"),
    ("color:transparent", "same-colour"),
]
VISIBLE = [
    "display:block",
    "color:#fff",  # on a dark ground that the style sheet gives
    "color:#fff;background:#000",
    "margin-left:-15px",
    "text-indent:-2em",
    "position:relative;left:-20px",
    "left:-9999px",  # without a position it moves nothing
    "transform:translateX(-50%)",
    "font-size:10px",
    "font-size:0.8em",
    "font-size:1em",
    "overflow:hidden;height:200px",
    "opacity:0",  # faded in by a script
    "color:transparent;-webkit-background-clip:text;background:linear-gradient(red,blue)",
    "background:url(data:image/png;base64,AAAA)",
    "width:0",  # grows with what it holds
    "",
    ";;;:::",
]


@pytest.mark.parametrize(("style", "how"), HIDDEN)
def test_a_hiding_style_is_named(style: str, how: str) -> None:
    assert hidden_how("div", {"style": style}) == how
    assert may_hide(f'<div style="{style}">')


@pytest.mark.parametrize("style", VISIBLE)
def test_an_ordinary_style_hides_nothing(style: str) -> None:
    assert hidden_how("div", {"style": style}) is None


@pytest.mark.parametrize(
    "attributes",
    [
        {"style": "display:none", "class": "tab-pane fade"},
        {"style": "display:none", "role": "tabpanel"},
        {"style": "display:none", "aria-expanded": "false"},
        {"style": "height:0;overflow:hidden", "class": "accordion-body"},
        {"hidden": "", "id": "faq-answer-3"},
        {"style": "display:none", "data-target": "#x"},
    ],
)
def test_what_a_click_shows_is_told_apart(attributes: dict[str, str]) -> None:
    assert hidden_how("div", attributes) == CLICK


def test_attributes_and_classes() -> None:
    assert hidden_how("p", {"hidden": None}) == "hidden"
    assert hidden_how("p", {"hidden": "until-found"}) is None
    assert hidden_how("span", {"class": "icon sr-only"}) == SCREEN_READER
    assert hidden_how("span", {"aria-hidden": "true"}) is None
    assert hidden_how("body", {"style": "display:none"}) is None
    assert hidden_how("p", {}) is None


def test_a_source_without_styles_is_known_at_once() -> None:
    assert not may_hide("<html><body><p class=a>text</p></body></html>")


def test_a_megabyte_of_style_ends_soon() -> None:
    for piece in ("-", "9", "-9.", "/*", "/* *", "position:absolute;left:-", "a:", " ", "(", "translate(-"):
        assert hidden_how("div", {"style": piece * (1_000_000 // len(piece))}) in (None, "off-screen")
