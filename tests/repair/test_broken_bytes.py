"""Byte damage made by the forward model is undone; what only looks like it stays."""

from __future__ import annotations

import pytest

from benchmarks.data import data_folder
from cleaner.edits import apply
from cleaner.options import Options
from cleaner.page import Kind
from cleaner.repair import Repaired, repaired
from tests import mirror_model as model

pytest.importorskip("opencc", reason="the forward model needs opencc-python-reimplemented")
needs_table = pytest.mark.skipif(not (data_folder() / "mirror").exists(), reason="the kit's table is not there")

# Written for this project: ordinary sentences in which the kit's table and stops hit across characters.
SENTENCES = (
    "村里的干部说：“我们要把基础设施建设好，让群众满意。”现在，路修通了，水也接上了。",
    "服输的人此刻竟当场失语，大家都觉得奇怪。县城里的人却不这么看。",
    "小麦市场价格上涨，农户的收入也增加了。海县的渔民开始养殖扇贝，收成比去年好得多。",
    "他们确保了质量，提高了效率。“这是第一步。”厂长说。",
)


def mirrored(sentences: tuple[str, ...], kind: Kind) -> tuple[str, str]:
    """A page as the kit leaves it, and as it was in traditional script."""
    originals = [model.converted(sentence) for sentence in sentences]
    source = model.damaged("".join(f"<p>{line}</p>\n" for line in originals), model.glosses())
    if kind == "html":
        return source, "".join(f"<p>{line}</p>\n" for line in originals)
    lines = (line.removeprefix("<p>").removesuffix("</p>") for line in source.split("\n")[:-1])
    return "\n".join(lines), "\n".join(originals)


def run(text: str, kind: Kind = "text") -> Repaired:
    result = repaired(text, kind=kind, options=Options())
    assert apply(text, result.edits) == result.text
    return result


@pytest.mark.data
@needs_table
@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_page_comes_back_as_it_was(kind: Kind) -> None:
    damaged, original = mirrored(SENTENCES, kind)
    assert "?" in damaged
    result = run(damaged, kind)
    assert result.text == original
    assert result.mirror is not None
    assert result.mirror.spots > 0
    assert result.mirror.unresolved == 0


@pytest.mark.data
@needs_table
def test_repairing_twice_changes_nothing_more() -> None:
    damaged, _ = mirrored(SENTENCES, "text")
    once = run(damaged).text
    assert run(once).text == once


@pytest.mark.data
@needs_table
def test_a_lost_digit_is_left_and_flagged() -> None:
    damaged, _ = mirrored((*SENTENCES, "全县实施的项目都已经开工，每年投入的9800万元到位了，他们当的"), "text")
    result = run(damaged)
    spans = [result.text[start:end] for start, end in result.mirror.unresolved_spans] if result.mirror else []
    assert all(span == "?" for span in spans)
    assert result.mirror is not None
    assert result.mirror.unresolved == len(spans)


@pytest.mark.data
@needs_table
@pytest.mark.parametrize(
    "line",
    [
        "“什么?!”他喊道。",
        "“真的嗎？！”她問。",
        "你說什麼?!我不知道。",
        "真的嗎??！",
        "啊?！你來了",
        "難道不是嗎?！當然",
        "網址是 http://example.com/?a=1,b=2 請看",
        "if (x ? y : z) { return a?.b; }",
        "Is it so?, he asked. Why?! Because!",
    ],
)
def test_question_marks_of_an_infected_page_stay(line: str) -> None:
    damaged, original = mirrored(SENTENCES, "text")
    assert run(f"{damaged}\n{line}").text == f"{original}\n{line}"


@pytest.mark.parametrize("line", ["他問?shù)答", "問號?，逗號", "怎麼?！走吧"])
def test_a_page_without_the_kit_stays(line: str) -> None:
    assert run(f"這是一個普通的網頁，沒有受到感染。\n{line}").edits == ()


@pytest.mark.parametrize("unit", ["堅(jiān)", "數?shù)", "?", "?，", "輸?shù)娜", "?！?/p>", "(hai)(hai)"])
def test_hostile_repetition_ends(unit: str) -> None:
    text = "鄉(xiāng)村發(fā)展產(chǎn)業(yè)，" + unit * (8_000 // len(unit))
    run(text)
