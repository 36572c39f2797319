"""Simulated sites: pages of one host with their own templates, and for every line the truth whether the site or the article says it.

Nothing here is imported from what it tests. A site has a seed, a language and a genre; each of its pages has one of the site's layouts (article, gallery,
interview: some lines of the template each, and lines only they have), an article of its own, and what changes from page to page in every template: dates,
counters, adverts in rotation, the list of other headlines. Genres bring what must stay: section titles of manuals and table heads, refrains, lists of ingredients, a
paragraph quoted on a few pages, a story that is published again and again as it grows.

Labels: "site" is a line of the template (fixed, in rotation, or with another date or number each time), "article" one that must stay, "other" what
changes with every page and belongs to the site (headlines of other articles, previous and next): it may go or stay.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import escape
from typing import Literal, NamedTuple

from benchmarks.site_words import LANGUAGES, Language

__all__ = ["Part", "SimulatedPage", "SimulatedSite", "simulated", "standard_sites"]

Label = Literal["site", "article", "other"]
GENRES = ("news", "manual", "verse", "recipe", "shop", "forum")
PAGES = 50


class Part(NamedTuple):
    """A line of a page: what it says, whose it is, the element it stands in, and the part of the page."""

    text: str
    label: Label
    tag: str = "p"
    zone: str = "main"
    link: bool = False


class SimulatedPage(NamedTuple):
    url: str
    parts: tuple[Part, ...]
    title: str

    @property
    def lines(self) -> str:
        """The page as a text dump."""
        return "\n".join(part.text for part in self.parts)

    @property
    def html(self) -> str:
        return _html(self)


class SimulatedSite(NamedTuple):
    host: str
    language: str
    genre: str
    pages: tuple[SimulatedPage, ...]


class _Writer:
    """Sentences, titles and paragraphs from a seed."""

    def __init__(self, language: Language, chance: random.Random) -> None:
        self.words, self.chance = language, chance

    def _filled(self, frame: str) -> str:
        words, pick = self.words, self.chance.choice
        values = {"s": pick(words.subjects), "v": pick(words.verbs), "o": pick(words.objects), "p": pick(words.places)}
        values |= {"t": pick(words.times), "n": str(self.chance.randint(2, 900)), "s2": pick(words.subjects)}
        values |= {"v2": pick(words.verbs), "o2": pick(words.objects)}
        values |= {name.upper(): values[name][0].upper() + values[name][1:] for name in "sotv"}
        return frame.format(**values)

    def title(self) -> str:
        text = self._filled(self.chance.choice(self.words.titles))
        return text[0].upper() + text[1:]

    def paragraph(self) -> str:
        return self.words.joiner.join(
            self._filled(self.chance.choice(self.words.frames)) for _ in range(self.chance.randint(2, 4))
        )

    def item(self) -> str:
        return self.chance.choice(self.words.objects) + self.words.joiner + self.chance.choice(self.words.places)

    def date(self) -> str:
        day, month = self.chance.randint(1, 28), self.chance.choice(self.words.months)
        year, hour = self.chance.randint(2018, 2026), self.chance.randint(0, 23)
        if self.words.joiner == "":
            return f"{year}年{month}{day}日 {hour:02d}:{self.chance.randint(0, 59):02d}"
        return (
            f"{day}. {month} {year}"
            if "Januar" in self.words.months
            else f"{day} {month} {year}, {hour}:{self.chance.randint(10, 59)}"
        )

    def dated(self, frame: str) -> str:
        number = self.chance.choice((self.chance.randint(2, 90), self.chance.randint(1000, 99999)))
        return frame.format(date=self.date(), n=f"{number:,}" if self.chance.random() < 0.5 else number)


class _Template:
    """What a site says on its pages, by layout."""

    def __init__(self, writer: _Writer, name: str) -> None:
        words, chance = writer.words, writer.chance
        self.name = name
        self.menu = [
            Part(item, "site", "li", "top", True)
            for item in chance.sample(words.menu, min(len(words.menu), chance.randint(7, 14)))
        ]
        labels = chance.sample(words.labels, len(words.labels))
        self.under_title = [Part(label, "site", "span", "info") for label in labels[:2]]
        self.side = [Part(labels[2], "site", "h3", "side")]
        self.by_layout = [[Part(label, "site", "p", "side", chance.random() < 0.5)] for label in labels[3:6]]
        self.end = [Part(label, "site", "p", "end") for label in labels[6:8]]
        self.dated = chance.sample(words.dated, 2)
        prompts = chance.sample(words.prompts, len(words.prompts))
        self.prompt_inside = prompts[0] if chance.random() < 0.4 else ""
        self.prompts = [Part(prompt, "site", "p", "end") for prompt in prompts[1:3]]
        self.adverts = chance.sample(words.adverts, min(len(words.adverts), chance.randint(4, 8)))
        self.footer = [Part(line, "site", "p", "foot", chance.random() < 0.5) for line in words.footer]
        self.footer.append(Part(f"© {chance.randint(1998, 2020)} {name}", "site", "p", "foot"))
        self.headlines = [writer.title() for _ in range(4)]

    def around(self, writer: _Writer, layout: int, others: list[str]) -> tuple[list[Part], list[Part], list[Part]]:
        """What stands above the title, between title and text, and below."""
        chance = writer.chance
        top = [Part(self.name, "site", "div", "top"), *self.menu]
        adverts = [Part(text, "site", "p", "side", chance.random() < 0.5) for text in chance.sample(self.adverts, 2)]
        if chance.random() < 0.5:
            top.append(adverts.pop())
        info = [Part(writer.dated(self.dated[0]), "site", "span", "info"), *self.under_title[: 1 + (layout != 2)]]
        below = [
            *self.end,
            *(self.prompts if layout != 1 else self.prompts[:1]),
            Part(writer.dated(self.dated[1]), "site", "p", "end"),
        ]
        below += [
            *self.side,
            *(Part(line, "site", "li", "side", True) for line in self.headlines),
            *self.by_layout[layout],
            *adverts,
        ]
        below += [Part(title, "other", "li", "side", True) for title in chance.sample(others, 4)]
        return top, info, [*below, *self.footer]


def simulated(number: int, language: str, genre: str, count: int = PAGES) -> SimulatedSite:
    """The site of a number: the same each time."""
    chance = random.Random(f"{number} {language} {genre}")
    words = LANGUAGES[language]
    writer = _Writer(words, chance)
    host = f"www.{genre}{number}.example"
    template = _Template(writer, chance.choice(words.names))
    titles = list(dict.fromkeys((*template.headlines[:2], *(writer.title() for _ in range(4 * count)))))[
        :count
    ]  # the side bar shows two of them
    quoted, story = writer.paragraph(), [writer.paragraph() for _ in range(6)]
    pages = []
    for index in range(count):
        layout = chance.choices((0, 1, 2), (5, 3, 2))[0]
        top, info, below = template.around(writer, layout, [title for title in titles if title != titles[index]])
        body = list(_body(writer, genre))
        if index % 16 == 3:
            body.insert(len(body) // 2, Part(quoted, "article"))
        if genre == "news" and index % 10 == 7:  # five times the same story, with a new beginning
            body = [Part(writer.paragraph(), "article"), *(Part(paragraph, "article") for paragraph in story)]
        if template.prompt_inside and len(body) > 4:
            body.insert(chance.randint(2, len(body) - 2), Part(template.prompt_inside, "site", "div"))
        parts = [*top, Part(titles[index], "article", "h1"), *info, *body, *below]
        pages.append(SimulatedPage(f"https://{host}/{chance.randint(1, 9)}/{index}.html", tuple(parts), titles[index]))
    return SimulatedSite(host, language, genre, tuple(pages))


def _body(writer: _Writer, genre: str) -> Iterator[Part]:
    """An article of a genre; all of it must stay."""
    chance, words = writer.chance, writer.words
    for _ in range(chance.randint(2, 6)):
        yield Part(writer.paragraph(), "article")
    if genre in ("manual", "recipe"):
        for section in words.sections[: chance.randint(4, 6)]:
            yield Part(section, "article", "h2")
            if genre == "recipe" and chance.random() < 0.5:
                for _ in range(chance.randint(3, 6)):
                    yield Part(f"{chance.randint(1, 9)} {chance.choice(words.objects)}", "article", "li")
            yield Part(writer.paragraph(), "article")
    if genre in ("manual", "shop"):
        head = " | ".join(words.menu[1:4])
        yield Part(head, "article", "tr")
        for _ in range(chance.randint(2, 5)):
            yield Part(f"{writer.item()} | {chance.randint(1, 99)} | {chance.choice(words.places)}", "article", "tr")
        yield Part(writer.paragraph(), "article")
    if genre == "verse":
        refrain = writer.title()
        for _ in range(chance.randint(2, 4)):
            for _ in range(3):
                yield Part(writer.title(), "article")
            yield Part(refrain, "article")
    if genre == "forum":
        for _ in range(chance.randint(2, 5)):
            yield Part(writer.paragraph(), "article")


_CLASSES = {"top": "header", "info": "meta", "main": "content", "end": "tools", "side": "sidebar", "foot": "footer"}


def _html(page: SimulatedPage) -> str:
    """The page as HTML: a container for each run of lines of one part of the page."""
    pieces = [f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(page.title)}</title></head><body>']
    zone = tag_open = ""
    for part in page.parts:
        wrapper = {"li": "ul", "tr": "table"}.get(part.tag, "")
        if tag_open and (wrapper != tag_open or part.zone != zone):
            pieces.append(f"</{tag_open}>")
            tag_open = ""
        if part.zone != zone:
            pieces.append("</div>" * bool(zone) + f'<div class="{_CLASSES[part.zone]}">')
            zone = part.zone
        if wrapper and not tag_open:
            pieces.append(f"<{wrapper}>")
            tag_open = wrapper
        pieces.append(_element(part))
    return "".join(pieces) + (f"</{tag_open}>" if tag_open else "") + "</div></body></html>"


def _element(part: Part) -> str:
    if part.tag == "tr":
        return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in part.text.split(" | ")) + "</tr>"
    text = f'<a href="/x">{escape(part.text)}</a>' if part.link else escape(part.text)
    return f"<div><span>{text}</span></div>" if part.tag == "span" else f"<{part.tag}>{text}</{part.tag}>"


def standard_sites(first: int = 0) -> list[SimulatedSite]:
    """Twenty-four sites of five languages and six genres."""
    languages = ("en", "zh", "de", "en", "fr", "ru", "zh", "en")
    return [simulated(first + number, languages[number % 8], GENRES[(number + number // 8) % 6]) for number in range(24)]
