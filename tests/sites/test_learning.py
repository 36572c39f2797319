"""What is learned from a crawl, and what is not: the points of the design one by one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.site_simulator import simulated
from cleaner import Options, clean
from cleaner.sites import templates_of

WORDS = "ferry quay lamp orchard bridge meadow oven letter choir baker signal valley harvest window teacher council river tide stone boat".split()


def sentence(chance: random.Random, length: int = 12) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."


def story(number: int, length: int = 5) -> list[str]:
    chance = random.Random(number)
    return [" ".join(sentence(chance) for _ in range(2)) for _ in range(length)]


def site(count: int, host: str = "www.example.org", *, body: object = story) -> list[tuple[str, str]]:
    """Pages with a menu of three lines, a story and two lines of footer."""
    pages = []
    for number in range(count):
        lines = [
            "The Quay Gazette",
            "Harbour desk",
            "Small ads",
            f"Title of number {WORDS[number % 20]} {WORDS[number // 20 % 20]}",
            *body(number),
        ]  # type: ignore[operator]
        pages.append((f"https://{host}/{number}", "\n".join([*lines, "How we work", f"© {2000 + number % 20} Quayside Words"])))
    return pages


def rows(text: str) -> dict[str, str]:
    """Key and count of each row for a site."""
    return {line.split("\t")[3]: line.split("\t")[0] for line in text.partition("\nshared:")[0].split("\n") if line[:1].isdigit()}


def test_a_menu_and_a_footer_are_learned_with_their_counts() -> None:
    text = templates_of(site(20))
    assert rows(text) == {
        "the quay gazette": "20",
        "harbour desk": "20",
        "small ads": "20",
        "how we work": "20",
        "0 quayside words": "20",
    }
    assert "site: example.org\t20 pages" in text


def test_fewer_than_five_pages_are_left_alone() -> None:
    assert rows(templates_of(site(4))) == {}
    assert len(rows(templates_of(site(5)))) == 5


def test_the_order_of_the_pages_does_not_matter() -> None:
    pages = site(30)
    assert templates_of(pages) == templates_of(pages[::-1])


def test_the_same_page_twice_counts_once() -> None:
    assert rows(templates_of(site(4) * 3)) == {}


def test_a_quoted_and_a_syndicated_paragraph_stay() -> None:
    def body(number: int) -> list[str]:
        lines = story(number)
        if number % 8 == 0:
            lines.insert(2, "We shall rebuild the bridge, whatever it costs, and we shall do it before the winter comes.")
        return [*lines, *story(999, 3)] if number % 9 == 1 else lines

    assert len(rows(templates_of(site(40, body=body)))) == 5


def test_a_story_that_is_published_again_as_it_grows_stays() -> None:
    assert (
        len(
            rows(
                templates_of(
                    site(40, body=lambda number: [*story(number, 1), *story(999, 6)] if number % 6 == 0 else story(number))
                )
            )
        )
        == 5
    )


def test_section_titles_table_heads_and_refrains_stay() -> None:
    def body(number: int) -> list[str]:
        lines = story(number)
        table = [
            "Harbour | Depth | Tide",
            *(f"{sentence(random.Random(number * 9 + row), 3)} | {row} | {number}" for row in range(3)),
        ]
        return [
            lines[0],
            "Synopsis",
            lines[1],
            "Parameters",
            lines[2],
            *table,
            "Examples",
            lines[3],
            "Row, row the boat",
            lines[4],
            "Row, row the boat",
            sentence(random.Random(-number)),
        ]

    assert len(rows(templates_of(site(40, body=body)))) == 5


def test_one_text_under_many_addresses_is_reported_and_not_a_template() -> None:
    text = templates_of(site(40, body=lambda _: story(1)))
    assert rows(text) == {}
    assert "one text" in text
    assert "example.org" in text
    mixed = templates_of(
        [
            *site(30),
            *((f"https://example.org/copy/{n}", "\n".join(["The Quay Gazette", *story(500), "How we work"])) for n in range(30)),
        ]
    )
    assert "the quay gazette" in rows(mixed)
    assert not any(line.lower().rstrip(".") in mixed for line in story(500))


def test_hosts_are_found_by_the_public_suffix_list() -> None:
    one, two = site(10, "anna.github.io"), site(10, "bert.github.io")
    text = templates_of([*one, *two])
    assert "site: anna.github.io" in text
    assert "site: github.io" not in text
    text = templates_of(
        [
            page
            for name in ("a", "b", "c", "d")
            for page in site(3, f"{name}.example.co.uk", body=lambda number, name=name: story(number + 100 * ord(name)))
        ]
    )
    assert "site: *.example.co.uk\t12 pages" in text


def test_lines_of_many_unrelated_hosts_are_candidates_for_review_with_counts() -> None:
    spam = "Golden reels palace pays every night, ask for the bonus"
    pages = [(f"https://host{n}.example/{p}", "\n".join([*story(n * 10 + p), spam, "Home"])) for n in range(12) for p in range(2)]
    shared = templates_of(pages).partition("\nshared:")[2]
    assert "12\t*\t*\tgolden reels palace pays every night, ask for the bonus" in shared
    assert "\thome" not in shared


def test_text_and_html_of_a_site_are_learned_together() -> None:
    found = simulated(7, "en", "news")
    pages = [(page.url, page.html if number % 2 else page.lines) for number, page in enumerate(found.pages)]
    assert any(key.startswith("0 ") for key in rows(templates_of(pages)))


@pytest.mark.parametrize("data", [b"", b"\x00\xff" * 100, "\n" * 1000, "<html>" * 1000, "0\n" * 1000, "a | b | c\n" * 1000])
def test_dirty_pages_teach_nothing_and_raise_nothing(data: str | bytes) -> None:
    assert rows(templates_of([(f"https://example.org/{n}", data) for n in range(9)])) == {}
    assert rows(templates_of([(None, data)] * 9)) == {}


CONTENTS = ["Overview", "How it is made", "What it costs", "Who may come", "Where to ask"]


def manual(number: int) -> list[str]:
    """Sections with titles, which a table of contents on top has in a row; each page writes more or less."""
    lines = story(number)
    return [sentence(random.Random(number)), *CONTENTS, sentence(random.Random(-number)), *(line for pair in zip(CONTENTS, lines, strict=False) for line in pair)]


def test_titles_of_sections_go_from_a_table_of_contents_and_stay_above_their_sections(tmp_path: Path) -> None:
    pages = site(40, body=manual)
    file = tmp_path / "templates"
    file.write_text(templates_of(pages), encoding="utf-8")
    assert "40\trun\t*\twho may come" in file.read_text(encoding="utf-8")
    url, text = pages[3]
    options = Options(templates=(str(file),), select=("navigation/site-template",))
    kept = clean(text, url=url, options=options).text.split("\n")
    assert [kept.count(title) for title in CONTENTS] == [1, 1, 1, 2, 2]  # the last of the table may be the titles of the text behind it
    assert kept[kept.index("Overview") + 1] == story(3)[0]


def test_what_stands_in_few_lines_of_the_site_is_no_run() -> None:
    pages = site(40, body=lambda number: [story(number)[0], *CONTENTS[:4], *story(number)[1:3], *CONTENTS[:4], story(number)[3]])
    assert not set(map(str.lower, CONTENTS)) & set(rows(templates_of(pages)))
