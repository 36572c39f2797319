"""The label names the language unless the text plainly is in another; Chinese labels follow the script of the text."""

from __future__ import annotations

import pytest

from cleaner.markup import html_page
from cleaner.markup.language import language_of, language_tag

TEXTS = {
    "en": "The storm had passed by the time that they came down from the hut, and there was nothing to be seen of the lake.",
    "de": "Der Sturm war vorbei, als sie von der Hütte kamen, und von dem See war nichts zu sehen, weil er noch im Nebel lag.",
    "fr": "La tempête était passée quand ils sont descendus de la cabane, et on ne voyait plus rien du lac dans les nuages.",
    "es": "La tormenta había pasado cuando bajaron de la cabaña, y no se veía nada del lago que está en el valle de los montes.",
    "pt": "A tempestade já tinha passado quando eles desceram da cabana, e não se via nada do lago que fica no vale da serra.",
    "it": "La tempesta era passata quando sono scesi dal rifugio, e del lago non si vedeva più niente per la nebbia che è nella valle.",
    "ru": "Буря уже прошла, когда они спустились с хижины, и озера не было видно, потому что оно еще лежало в тумане.",
    "ja": "小屋から下りてきたときには嵐はもう去っていて、湖は霧の中で何も見えなかった。",
    "ko": "그들이 산장에서 내려왔을 때 폭풍은 이미 지나갔고 호수는 안개 속에서 보이지 않았다.",
    "zh-Hans": "他们从小屋下来的时候，暴风雨已经过去了，湖还在雾里，什么也看不见，连对岸的灯也没有了。",
    "zh-Hant": "他們從小屋下來的時候，暴風雨已經過去了，湖還在霧裡，什麼也看不見，連對岸的燈也沒有了。",
    "ar": "كانت العاصفة قد مرت عندما نزلوا من الكوخ ولم يكن من الممكن رؤية البحيرة في الضباب.",
    "el": "Η καταιγίδα είχε περάσει όταν κατέβηκαν από το καταφύγιο και η λίμνη δεν φαινόταν.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_text_without_a_label_tells_its_language(language: str) -> None:
    assert language_of(TEXTS[language], ()) == language


@pytest.mark.parametrize("language", TEXTS)
def test_a_label_of_another_language_loses(language: str) -> None:
    wrong = "pl" if language != "pl" else "en"
    assert language_of(TEXTS[language], (wrong,)) == language


@pytest.mark.parametrize(
    ("language", "label", "expected"),
    [
        ("en", "en_gb", "en-GB"),
        ("pt", "pt-BR", "pt-BR"),
        ("zh-Hans", "zh-CN", "zh-CN"),
        ("zh-Hans", "zh", "zh-Hans"),
        ("zh-Hant", "zh-CN", "zh-Hant"),
        ("zh-Hant", "zh-TW", "zh-TW"),
        ("zh-Hans", "zh-Hant-HK", "zh-Hans"),
        ("de", "lb", "de"),
    ],
)
def test_a_label_that_fits_stands_and_is_put_right(language: str, label: str, expected: str) -> None:
    assert language_of(TEXTS[language], (label,)) == expected


def test_labels_are_trusted_where_the_text_says_nothing() -> None:
    assert language_of("OK 42", ("utf-8", "sv-SE")) == "sv-SE"
    assert language_of("", ()) is None


@pytest.mark.parametrize(
    ("label", "tag"),
    [
        ("EN-us", "en-US"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("jp", "ja"),
        ("German", "de"),
        ("gb2312", None),
        ("x" * 20, None),
        ("", None),
    ],
)
def test_labels_become_tags(label: str, tag: str | None) -> None:
    assert language_tag(label) == tag


def test_a_notice_in_another_language_does_not_decide() -> None:
    notice = "<div>" + "".join(f"<p>{TEXTS['en']} {i}</p>" for i in range(2)) + "</div>"
    page = html_page(notice + "".join(f"<p>{TEXTS['de']} {i}</p>" for i in range(10)))
    assert page.metadata.language == "de"
