"""The cut, copies, captions and teasers."""

from __future__ import annotations

import time

import numpy as np
import pytest

from cleaner import Options, clean
from cleaner.article.choice import chosen, demoted, smoothed, with_captions, without_last_links
from cleaner.article.containers import contained
from cleaner.article.judge import Judged, judged_in_python
from cleaner.article.model import model
from cleaner.article.named import is_named
from cleaner.markup import html_page

PARAGRAPHS = [
    "The river rose by two metres in the night, and the bridge below the mill was closed to all traffic before dawn.",
    "Volunteers carried sandbags along the lower street until the pumps arrived, and the school stayed open as a shelter.",
    "By noon the water had begun to fall; the council expects to open the road again on Thursday, after an inspection.",
]
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str) -> str:
    return f"<html><head><title>Flood at the mill</title></head><body><main><h1>Flood at the mill</h1>{body}</main></body></html>"


def text(body: str) -> str:
    return clean(page(body), options=Options(select=("article",))).text


def test_the_cut_is_that_of_highest_expected_f1() -> None:
    kept, expected = chosen(np.array([0.9, 0.4, 0.1]), np.array([10.0, 10.0, 10.0]))
    assert kept.tolist() == [True, True, False]
    assert expected == pytest.approx(2 * 13 / (20 + 14))


def judged_as(article: float, body: str, head: str = "") -> Judged:
    """A page that is an article with this chance, or else any other kind."""
    page = html_page(f"<html>{head}<body>{body}</body></html>", url=None)
    assert page.structure is not None
    return judged_in_python(page, page.structure, model())[0]._replace(chances=np.array([article, *[(1 - article) / 6] * 6]))


def test_rows_of_a_table_are_judged_alike() -> None:
    found = judged_as(0.5, "<table><tr><td>May<td>12 mm</tr><tr><td>June<td>30 mm</tr><tr><td>July<td>41 mm</tr></table>")
    assert smoothed(np.array([0.9, 0.6, 0.3]), found) == pytest.approx([0.6, 0.6, 0.6])


def test_items_of_a_list_are_judged_more_alike() -> None:
    found = judged_as(0.5, "<ul><li>May 12 mm<li>June 30 mm<li>July 41 mm</ul>")
    assert smoothed(np.array([0.9, 0.6, 0.3]), found) == pytest.approx([0.75, 0.6, 0.45])


def test_what_is_outside_the_container_of_an_article_is_less_likely() -> None:
    found = judged_as(0.9, f"<p>A lead.</p><div>{ARTICLE}</div><div><p>Other news of the day.</p><p>More of it.</p></div>")
    before = np.array([0.6, 0.9, 0.9, 0.9, 0.2, 0.2])
    assert contained(before, found).tolist() == [0.6, 0.9, 0.9, 0.9, 0.1, 0.1]


def test_a_page_that_may_be_no_article_has_many_containers() -> None:
    found = judged_as(0.5, f"<div>{ARTICLE}</div><div>{ARTICLE}</div>")
    before = np.array([0.9, 0.9, 0.9, 0.3, 0.3, 0.3])
    assert contained(before, found) is before


def test_text_is_not_emitted_twice() -> None:
    assert text(ARTICLE + ARTICLE).count("Volunteers carried") == 1


def test_one_block_that_repeats_the_article_goes() -> None:
    long = PARAGRAPHS * 4
    numbered = [f"{paragraph} Hour {number}." for number, paragraph in enumerate(long)]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in numbered) + f"<div>{' '.join(numbered)}</div>"
    assert text(body).count("Hour 3.") == 1


def test_what_the_author_repeats_stays() -> None:
    caption = "Guests of the first train are greeted at the station by the river, 15 January 2023."
    body = "".join(f"<p>{paragraph}</p><p>{caption}</p>" for paragraph in PARAGRAPHS)
    assert text(body).count(caption) == 3
    code = "<pre>for day in range(7):\n    water = level(day)\n    print(day, water)</pre>"
    assert text("".join(f"<p>{paragraph}</p>{code}" for paragraph in PARAGRAPHS)).count("water = level(day)") == 3


def test_what_stands_in_another_container_again_goes() -> None:
    body = f"<div>{ARTICLE}</div><div><p>{PARAGRAPHS[1]}</p><p>The council met on Friday to speak about the cost of it all, and rose late.</p></div>"
    assert text(body).count(PARAGRAPHS[1]) == 1


def test_a_long_paragraph_that_is_like_another_stays() -> None:
    terms = " ".join(PARAGRAPHS * 6)
    body = f"<p>{terms} This holds until May.</p><p>{PARAGRAPHS[0]}</p><p>{terms} This holds from June on, and for members.</p>"
    assert text(body).count("This holds") == 2


def test_short_labels_may_repeat() -> None:
    body = "".join(f"<h2>Ingredients</h2><p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert text(body).count("Ingredients") == 3


def test_captions_between_paragraphs_stay() -> None:
    figure = "<figure><img src=a.jpg><figcaption>The bridge at dawn. Photo: A. Lind</figcaption></figure>"
    assert "The bridge at dawn" in text(f"<p>{PARAGRAPHS[0]}</p>{figure}<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>")


@pytest.mark.parametrize("words", ["Read also:", "Lesen Sie auch", "À lire aussi :", "Читайте также:", "相关阅读："])
def test_links_to_other_articles_between_paragraphs_go(words: str) -> None:
    teaser = f"<p>{words} <a href=/x>The mill that would not stand still in spring</a></p>"
    assert "stand still" not in text(f"<p>{PARAGRAPHS[0]}</p>{teaser}<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>")


@pytest.mark.parametrize(
    "attributes",
    [
        'class="entry-content"', "class='wide  Article__Body'", 'id=post-content', 'itemprop = "articleBody"', 'data-x="1" class="td-post-content tagdiv"',
        'class="elementor-widget elementor-widget-theme-post-content"', 'class="wp-block-post-content"', 'class="TRS_Editor"', "itemprop=name class=js-article-text",
    ],
)  # fmt: skip
def test_attributes_that_name_the_text_of_an_article(attributes: str) -> None:
    assert is_named(attributes)


@pytest.mark.parametrize(
    "attributes",
    [
        None, "", 'class="content"', 'class="post-content-wrapper"', 'class="main-content page-content"', 'data-class="entry-content"', 'alt="entry-content"',
        'class="entry-content', 'class="posts-content"', "class=", 'title="the class of entry-content"', 'class="single-post__content rich-text"', "classentry-content",
    ],
)  # fmt: skip
def test_attributes_that_do_not(attributes: str | None) -> None:
    assert not is_named(attributes)


TITLE = "<h1>Flood at the mill</h1>"
NAMED = f"{TITLE}<div class=entry-content>{ARTICLE}</div>"
OTHER = f"<div><h2>Other news</h2>{ARTICLE.replace('river', 'creek')}</div>"


def lowered(article: float, body: str, probability: float = 0.9) -> list[int]:
    """The blocks that become less likely, of a page all of whose blocks are."""
    found = judged_as(article, body, "<head><title>Flood at the mill</title></head>")
    before = np.full(len(found.tokens), probability)
    return np.flatnonzero(contained(before, found) < probability).tolist()


def test_what_is_outside_the_container_that_is_named_is_hardly_likely() -> None:
    assert lowered(0.6, NAMED + OTHER) == [4, 5, 6, 7]
    assert lowered(0.6, OTHER + 4 * "<p>Much more of it.</p>" + NAMED) == [0]  # eight blocks before it may be its lead
    assert lowered(0.4, NAMED + OTHER) == []
    assert lowered(0.6, NAMED.replace("entry-content", "entry-title") + OTHER) == []
    assert lowered(0.6, NAMED + OTHER, probability=0.3) == []  # no likely text in it


def test_a_name_on_little_of_the_page_is_believed_below_the_title_only() -> None:
    assert lowered(0.6, NAMED + 3 * OTHER) == list(range(4, 16))
    assert lowered(0.6, TITLE + 4 * OTHER + NAMED.removeprefix(TITLE)) == []


def test_several_named_containers_are_one_stretch() -> None:
    part = f"<div class=article-text>{ARTICLE}</div>"
    assert lowered(0.6, f"{TITLE}{part}<p>Between them.</p>{part}{OTHER}") == [8, 9, 10, 11]


POST = f"<div class=user>Anna, 12 posts</div><div class=bbWrapper>{ARTICLE}</div><div class=signature>Long live the mill</div>"


def test_what_is_between_the_posts_of_a_thread_is_less_likely() -> None:
    page = judged_as(0.1, f"<h1>Flood</h1>{POST}{POST}<p>Powered by a program</p>")
    before = np.full(len(page.tokens), 0.8)
    thread = page._replace(chances=np.array([0.1, 0, 0, 0.9, 0, 0, 0]))
    assert np.flatnonzero(contained(before, thread) < 0.8).tolist() == [5, 6, 10, 11]
    assert (contained(before, page) == 0.8).all()
    assert (contained(np.where(np.arange(len(before)) == 5, 0.8, 0.01), thread) >= 0.01).all()  # little in the posts


def test_prose_that_begins_like_a_teaser_stays() -> None:
    assert "Related work" in text(ARTICLE + "<p>Related work began in 1904, when the first weir was built of oak and clay.</p>")


def test_a_consent_box_goes() -> None:
    box = f'<div id="cookie-consent"><p>We and our partners store cookies. {PARAGRAPHS[1][:60]}</p><button>Accept</button></div>'
    assert "partners store" not in text(box + ARTICLE)


def test_the_article_is_no_box_whatever_it_is_called() -> None:
    comments = "".join(
        f"<p>Comment {number}: the bridge was closed for a week when I was a child, and nobody minded.</p>"
        for number in range(12)
    )
    body = f'<div class="cookie-post">{TITLE}{ARTICLE}</div><div class="comments">{comments}</div>'
    page = html_page(f"<html><head><title>Flood at the mill</title></head><body>{body}</body></html>")
    assert page.structure is not None
    found = judged_in_python(page, page.structure, model())[0]
    assert (demoted(found, model().factors)[1:4] == found.probabilities[1:4]).all()


@pytest.mark.parametrize(("others", "lower"), [(1, 0), (20, 1)])
def test_a_newsletter_that_is_most_of_the_page_is_the_article(others: int, lower: int) -> None:
    page = html_page(
        f'<html><body><div class="newsletter">{ARTICLE}</div>{"<p>Sign up to read more of our news.</p>" * others}</body></html>'
    )
    assert page.structure is not None
    found = judged_in_python(page, page.structure, model())[0]
    assert (demoted(found, model().factors)[:3] < found.probabilities[:3]).all() == lower


@pytest.mark.parametrize("name", ["cta", "carousel"])
@pytest.mark.parametrize(("article", "lower"), [(0.9, True), (0.5, False)])
def test_calls_to_act_are_less_likely_in_an_article_only(name: str, article: float, lower: bool) -> None:
    found = judged_as(
        article, f'{ARTICLE}{ARTICLE}<div class="{name}"><p>Join the friends of the mill today, and get a jar of honey.</p></div>'
    )
    changed = demoted(found, model().factors) < found.probabilities
    assert changed.tolist() == [False] * 6 + [lower]


HOSTILE = {
    "rows": "<table>" + "<tr><td>a</td><td>b</td></tr>" * 50_000 + "</table>",
    "cells": "<table><tr>" + "<td>a</td>" * 100_000 + "</tr></table>",
    "paragraphs": "<p>x" * 75_000,
    "nesting": "<div>" * 100_000 + "x",
    "long paragraphs": "".join(f"<p>{number} " + "words and more words of it " * 60 + "</p>" for number in range(600)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_linear_time(name: str) -> None:
    start = time.process_time()
    clean(HOSTILE[name])
    assert time.process_time() - start < 8.0  # takes 1; what is not linear takes minutes


NEWS = ("Council votes on the new bridge", "School closed until the pumps arrive", "Farmers count what the river took")


def all_kept(body: str, article: float) -> str:
    """What stays of a page whose blocks were all kept."""
    page = html_page(f"<html><body>{body}</body></html>", url=None)
    kept = np.ones(len(page.blocks), dtype=bool)
    without_last_links(page, kept, article)
    return "\n".join(page.text[block.start : block.end] for block, keep in zip(page.blocks, kept, strict=True) if keep)


def linked(*names: str, tag: str = "li") -> str:
    return "".join(f"<{tag}><a href=/{number}>{name}</a></{tag}>" for number, name in enumerate(names))


@pytest.mark.parametrize("tag", ["li", "p", "h3"])
@pytest.mark.parametrize("heading", ["", "<h2>The day in pictures</h2>"])
def test_headlines_behind_an_article_go_with_their_heading(tag: str, heading: str) -> None:
    assert all_kept(f"{ARTICLE}{heading}{linked(*NEWS, tag=tag)}", 0.8) == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("body", "article"),
    [
        (ARTICLE + linked(*NEWS), 0.3),  # no article
        (ARTICLE + linked(NEWS[0]), 0.8),  # a single link may be the text's last line
        (f"{ARTICLE}<h2>Sources</h2>{linked(*NEWS)}", 0.8),
        (f"{ARTICLE}<h2>3. References</h2><p>Read on 4 May.</p>{linked(*NEWS)}", 0.8),
        (f"{ARTICLE}<h3>参考资料</h3>{linked(*NEWS)}", 0.8),
        (f"{linked(*NEWS)}{ARTICLE}", 0.8),  # contents
        (f"<p>{PARAGRAPHS[0]}</p>{linked(*NEWS, *NEWS)}", 0.8),  # mostly links: a list
        (linked(*NEWS), 0.8),
        (ARTICLE + "".join(f"<li><a href=/{name}>{name}</a>: what it said on Monday</li>" for name in ("Post", "Herald")), 0.8),
    ],
)
def test_links_that_belong_to_the_text_stay(body: str, article: float) -> None:
    assert all_kept(body, article) == all_kept(body, 0.0)


def test_headings_between_kept_blocks_stay() -> None:
    page = html_page(
        f"<p>{PARAGRAPHS[0]}</p><h2>In the night</h2><p>{PARAGRAPHS[1]}</p><h2>Later</h2><h3><a href=/x>At noon</a></h3><p>{PARAGRAPHS[2]}</p>"
    )
    kept = np.array([True, False, True, False, False, True])
    with_captions(page, kept, np.array([0.9, 0.3, 0.9, 0.3, 0.3, 0.9]))
    assert kept.tolist() == [True, True, True, False, False, True]
    kept[1] = False
    with_captions(page, kept, np.array([0.9, 0.1, 0.9, 0.3, 0.3, 0.9]))
    assert kept.tolist() == [True, False, True, False, False, True]
