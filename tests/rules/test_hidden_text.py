"""spam/hidden-text, spam/link-farm and spam/insertion: each with a page that it cleans and pages that it leaves alone."""

from __future__ import annotations

import pytest

from cleaner.options import Options
from cleaner.pipeline import clean

EN = (
    "<p>The library opened its new reading room this spring, after two years of work on the old building.</p>"
    "<p>Visitors now find twice as many desks, and the children have a room of their own. The old stove stays where it was.</p>"
    "<p>The town paid for half of it, the readers for the rest; the roof no longer leaks, and the cat has come back.</p>"
)
ZH = [
    "工作队进村之后,先修路,再引水,把荒废的砖厂改成了合作社的仓库,又请农学院的老师来讲课。",
    "老支书说,过去种一年地,还不够还债;如今家家有分红,年轻人也愿意回来了,学校里又有了读书声。",
    "去年以来,全乡围绕乡村振兴开展工作,村民收入稳步提高,新栽的果树已经成活,明年就能见到收成。",
]
LINKS = " ".join(
    f'<a href="http://{name}{i}8.top/{i}">{name} {word}</a>'
    for i, (name, word) in enumerate(
        [
            ("kalo", "Roof repair"),
            ("miru", "Pest control"),
            ("vas", "Garage doors"),
            ("del", "Cheap hosting"),
            ("nix", "Tax lawyer"),
            ("som", "Used forklifts"),
            ("tar", "Carpet cleaning"),
        ]
    )
)
SISTERS = " ".join(
    f'<a href="https://www.{name}.example/">{name.title()} News</a>'
    for name in "north south east west hill lake coast river".split()
)


def removed(data: str, rule: str, kind: str = "html") -> list[str]:
    result = clean(data, url="https://library.example/a", options=Options(kind=kind, select=(rule,), extractor="none"))  # type: ignore[arg-type]
    return [result.page.text[edit.start : edit.end] for edit in result.removals]


@pytest.mark.parametrize(
    "how",
    [
        'style="display:none"',
        'style="position:absolute;left:-9999px"',
        'style="font-size:0"',
        'style="color:#fff;background:#fff"',
        "hidden",
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        "online casino, free spins, poker online, slots bonus",
        "Order viagra and cialis online without prescription, cheap levitra.",
    ],
)
def test_hidden_advertising_goes(how: str, words: str) -> None:
    assert removed(f"<html><body>{EN}<div {how}>{words}</div></body></html>", "spam/hidden-text") == [words]


def test_hidden_links_to_strangers_go() -> None:
    page = f'<html><body>{EN}<div style="position:absolute;left:-9999px">{LINKS}</div></body></html>'
    assert len(removed(page, "spam/hidden-text")) == 1


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none" class="tab-pane">online casino, free spins, poker online</div>',
        '<div style="display:none"><p>Opening hours: ten to six. Closed on Mondays.</p></div>',
        f'<div style="display:none">{SISTERS}</div>',
        '<span class="sr-only">Share this article</span>',
    ],
)
def test_other_hidden_text_stays(hidden: str) -> None:
    assert removed(f"<html><body>{EN}{hidden}</body></html>", "spam/hidden-text") == []


def test_of_a_page_that_is_hidden_until_a_script_runs_only_the_spam_goes() -> None:
    page = f'<html><body><div style="display:none">{EN}<p>online casino, free spins, poker online, slots bonus</p></div></body></html>'
    assert removed(page, "spam/hidden-text") == ["online casino, free spins, poker online, slots bonus"]


def test_a_farm_of_strangers_goes_and_sister_sites_stay() -> None:
    assert len(removed(f"<html><body>{EN}<div>{LINKS}</div></body></html>", "spam/link-farm")) == 1
    assert removed(f"<html><body>{EN}<div>{SISTERS}</div></body></html>", "spam/link-farm") == []


def test_exchanged_links_go_with_their_label_and_official_ones_stay() -> None:
    farm = (
        "<p>友情链接</p><div>"
        + " ".join(
            f'<a href="http://b{i}5.cc/{i}7.html">{name}</a>'
            for i, name in enumerate(["鑫源机械", "万通驾校", "东方搬家", "恒信会计"])
        )
        + "</div>"
    )
    official = (
        "<p>友情链接</p><div>"
        + " ".join(f'<a href="http://www.{name}.gov.cn/">{name}</a>' for name in ["ab", "cd", "ef", "gh"])
        + "</div>"
    )
    body = "".join(f"<p>{line}</p>" for line in ZH)
    assert removed(f"<html><body>{body}{farm}</body></html>", "spam/link-farm") == [
        "友情链接\n\n鑫源机械 万通驾校 东方搬家 恒信会计"
    ]
    assert removed(f"<html><body>{body}{official}</body></html>", "spam/link-farm") == []


def test_an_advert_between_paragraphs_goes() -> None:
    advert = "临江市开锁公司随叫随到,上门服务,价格公道,联系电话13800000000。"
    assert removed("\n".join([ZH[0], advert, *ZH[1:]]), "spam/insertion", "text") == [advert]
    notice = "村民开会请打联系电话13800000000,合作社的老师上门讲课,办理分红也可以,学校的仓库里有果树苗。"
    assert removed("\n".join([ZH[0], notice, *ZH[1:]]), "spam/insertion", "text") == []


def test_a_mark_behind_every_paragraph_goes() -> None:
    mark = "本文首发于www.kalomiru.top"
    assert removed("\n".join(line + mark for line in ZH), "spam/insertion", "text") == [mark] * 3
    assert removed("\n".join(line + "嘿哟嘿,莫心酸。" for line in ZH), "spam/insertion", "text") == []


def test_invisible_signs_between_chinese_characters_go() -> None:
    assert (
        removed(
            "\n".join(line.replace("村", "村\u200b").replace("年", "年\u200b") for line in ZH), "spam/insertion", "text"
        ).count("\u200b")
        >= 3
    )
    assert removed("می\u200cخواهم کتاب بخوانم و نمی\u200cدانم. 👩\u200d🌾", "spam/insertion", "text") == []


def test_look_alike_letters_are_put_right() -> None:
    text = "The librаry оpened its reаding room, and the childrеn came with the mayоr and his dog."
    result = clean(text, options=Options(kind="text", select=("spam/insertion",)))
    assert result.text == "The library opened its reading room, and the children came with the mayor and his dog."
    mixed = "Мы купили iPhone, SIM-карту и IT-книгу; B12 и H2O знакомы всем, Xбокс у соседа."
    assert removed(mixed, "spam/insertion", "text") == []


def test_a_linked_money_phrase_goes_from_its_sentence() -> None:
    page = f'<html><body>{EN}<p>The mayor said that <a href="http://kalo88.top/">online casino bonus</a> the bridge stays open in winter as well.</p></body></html>'
    assert removed(page, "spam/insertion") == ["online casino bonus"]
    report = f'<html><body>{EN}<p>The casino paid for the bridge, and the <a href="http://kalo.example/">casino</a> will pay for the road as well.</p></body></html>'
    assert removed(report, "spam/insertion") == []
