"""The status of a page, its title and its description when they are spam."""

from __future__ import annotations

import pytest

from cleaner.options import Options
from cleaner.pipeline import clean

KEYWORDS = "国产精品一区二区_亚洲无码在线_久久精品_人妻熟女_在线观看"
NAMES = "洪洞县| 文登市| 安福县| 邹城市| 定襄县| 宜州市| 遂溪县| 蓬莱市| 大理市| 泸水县| 嘉善县| 丰城市| 图们市| 盘县| 长汀县| 会理县|"
ARTICLE = "工作队进村之后,先修路,再引水,把荒废的砖厂改成了合作社的仓库,又请农学院的老师来讲课。老支书说,如今家家有分红。"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (ARTICLE, "ok"),
        (f"{KEYWORDS}\n{ARTICLE}\n{NAMES}", "ok"),
        ("短讯。", "ok"),
        ("", "empty"),
        (NAMES.replace("| ", "\n"), "ok"),  # a list alone may be somebody's data
    ],
)
def test_the_status_says_what_is_left(text: str, status: str) -> None:
    assert clean(text, options=Options(kind="text")).status == status


def test_a_page_of_keywords_is_spam() -> None:
    links = "".join(
        f'<li><a href="http://a{i}.example/{i}.html">{word}</a></li>' for i, word in enumerate(KEYWORDS.split("_") * 4)
    )
    page = f"<html><head><title>{KEYWORDS}</title></head><body><h1>{KEYWORDS}</h1><ul>{links}</ul><p>官网入口</p></body></html>"
    assert clean(page).status == "spam"


def test_the_title_is_taken_from_elsewhere() -> None:
    page = (
        f"<html><head><title>{KEYWORDS}</title><meta name=description content='{KEYWORDS}'></head><body><h1>村里修了路</h1>"
        + f"<p>{ARTICLE}</p>" * 3
    )
    result = clean(page)
    assert result.title == "村里修了路"
    assert result.description is None


def test_an_ordinary_title_stays() -> None:
    page = f"<html><head><title>村里修了路_要闻_乡村报</title></head><body><p>{ARTICLE}</p></body></html>"
    assert "村里修了路" in (clean(page).title or "")
