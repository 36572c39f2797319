"""Scripts are converted where the caller asks, and only there."""

from __future__ import annotations

from cleaner.edits import apply
from cleaner.options import Options
from cleaner.page import Kind
from cleaner.repair import repaired
from cleaner.script import traditional


def converted(text: str, script: str, kind: Kind = "text") -> str:
    result = repaired(text, kind=kind, options=Options(script=script))  # type: ignore[arg-type]
    assert apply(text, result.edits) == result.text
    return result.text


def test_the_page_keeps_its_script_unless_asked() -> None:
    assert converted("鄉村的发展", "page") == "鄉村的发展"


def test_the_naive_conversion_is_undone() -> None:
    assert (
        converted("對癥下藥,著眼建強,取得了顯著成效,臺賬,標準,原著", "simplified")
        == "对症下药,着眼建强,取得了显著成效,台账,标准,原著"
    )
    assert converted("鄉(xiāng)村發(fā)展,產(chǎn)業(yè)", "simplified") == "乡村发展,产业"


def test_words_decide_what_is_traditional() -> None:
    assert traditional("皇后后来理发，发现里程碑，干净的树干") == "皇后後來理髮，發現里程碑，乾淨的樹幹"
    assert converted("皇后后来理发", "traditional") == "皇后後來理髮"


def test_tags_attributes_and_scripts_stay() -> None:
    source = '<p title="后来">后来<a href="/发/x">发现</a></p><script>var 发 = "发";</script><style>.发{}</style><p>里面</p>'
    right = '<p title="后来">後來<a href="/发/x">發現</a></p><script>var 发 = "发";</script><style>.发{}</style><p>裏面</p>'
    assert converted(source, "traditional", "html") == right
