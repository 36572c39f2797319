"""Metadata against trafilatura (with htmldate): how often a field is given, and how often it is right.

    python -m benchmarks.metadata [--half tuning|held-back|all] [--sets wcxb scrapinghub] [--mistakes 20] [--json FILE]

Titles are compared with the `title` that people wrote for the wcxb rows. Nobody wrote down authors, dates and sites, but many pages declare them
several times in independent ways, so one of the ways is hidden and used as the truth: what the JSON-LD says is asked of the page without
its JSON-LD, what the metas say of the page without those metas, and what both say of the page without either, where only the marked-up and
the plain byline are left. Every tool gets the same text and address. Agreement is the share of truths that were met, precision the share of the
answers. Truths are read with lxml and json, by no code of cleaner. One core, CPU seconds.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import re
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import lxml.html

from benchmarks.data import data_file
from benchmarks.split import held_back, key_of

SETS = ("wcxb", "scrapinghub", "magichtml-article", "magichtml-forum", "zh-wced", "trafilatura-snippets")
FIELDS = ("author", "published", "site")
ARTICLES = re.compile(r"Article|BlogPosting|Report$|ForumPosting|Recipe|Review$")
META_NAMES = {
    "author": ("author", "article:author", "citation_author", "dc.creator", "parsely-author", "sailthru.author", "byl"),
    "published": (
        "article:published_time",
        "datepublished",
        "pubdate",
        "publishdate",
        "publish_date",
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
        "citation_date",
        "dc.date.issued",
        "dc.date",
        "dcterms.created",
        "date",
    ),
    "site": ("og:site_name",),
}
MAX_NAME = 80  # characters of an author that is a person; longer values are descriptions

Answer = Mapping[str, str | None]


class Row(NamedTuple):
    id: str
    url: str
    title: str
    html: str


def rows_of(name: str, half: str) -> Iterator[Row]:
    """The rows of a set in the half that was asked for."""
    with gzip.open(data_file(f"extraction/{name}.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if half == "all" or held_back(key_of(row)) == (half == "held-back"):
                html = base64.b64decode(row["html_b64"]).decode(row["encoding"].rstrip("?"), "replace")
                yield Row(row["id"], row.get("url") or "", row.get("title") or "", html)


def ours(html: str, url: str) -> Answer:
    from cleaner.markup import html_page

    found = html_page(html, url=url or None).metadata
    return {"title": found.title, "author": found.author, "published": found.published or found.modified, "site": found.site}


def full(html: str, url: str) -> Answer:
    from cleaner import Options, clean

    found = clean(html, url=url or None, options=Options(kind="html", metadata="full"))
    return {"title": found.title, "author": found.author, "published": found.date, "site": found.site}


def trafilatura(html: str, url: str) -> Answer:
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(html, default_url=url or None)
    if found is None:
        return {}
    return {"title": found.title, "author": found.author, "published": found.date, "site": found.sitename}


TOOLS: dict[str, Callable[[str, str], Answer]] = {"cleaner": ours, "cleaner, full": full, "trafilatura": trafilatura}


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def json_truth(tree: Any) -> dict[str, str]:
    """What the one article in the JSON-LD of a page says; nothing where there are several."""
    objects: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                objects.append(item)
                waiting += [item[key] for key in ("@graph", "mainEntity") if isinstance(item.get(key), dict | list)]
    articles = [item for item in objects if "headline" in item and ARTICLES.search(str(item.get("@type")))]
    if len(articles) != 1:
        return {}
    item = articles[0]
    by_id = {value["@id"]: value for value in objects if isinstance(value.get("@id"), str) and "name" in value}
    found = {"author": _names(item.get("author"), by_id), "published": str(item.get("datePublished") or "")}
    publisher = item.get("publisher")
    if isinstance(publisher, dict):
        found["site"] = str(publisher.get("name") or by_id.get(str(publisher.get("@id")), {}).get("name") or "")
    return found


def _names(value: Any, by_id: Mapping[str, Any]) -> str:
    names = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            name = entry.get("name") or by_id.get(str(entry.get("@id")), {}).get("name")
            if entry.get("@type", "Person") == "Person" and isinstance(name, str):
                names.append(name)
    return "; ".join(names)


def meta_truth(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.xpath("//head/meta[@content]"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        for field, names in META_NAMES.items():
            if name in names and meta.get("content").strip():
                found.setdefault(field, meta.get("content").strip())
    return found


def trustworthy(truth: Mapping[str, str], url: str) -> dict[str, str]:
    """Truths that are what they should be: people with names, days that exist, and no author that is the site."""
    kept = {}
    author = truth.get("author", "").strip()
    site = letters(truth.get("site", "")) or letters((urlsplit(url).hostname or "").removeprefix("www.").partition(".")[0])
    plain = 1 < len(author) <= MAX_NAME and not re.search(r"https?:|@|\.com|admin|staff|editor|team|小编|编辑", author.lower())
    if plain and letters(author) not in site and site not in (letters(author) or site):
        kept["author"] = author
    day = day_of(truth.get("published", ""))
    if day is not None and 1990 <= day.year <= 2026:
        kept["published"] = day.isoformat()
    if truth.get("site", "").strip() and "http" not in truth["site"]:
        kept["site"] = truth["site"].strip()
    return kept


def day_of(value: str) -> date | None:
    match = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", value)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


HIDE_JSON = re.compile(r"<script[^>]{0,300}application/ld\+json[^>]{0,300}>.*?</script\s*>", re.IGNORECASE | re.DOTALL)
_HIDDEN_NAMES = {
    *(name for names in META_NAMES.values() for name in names),
    "twitter:data1",
    "article:modified_time",
    "og:updated_time",
    "application-name",
    "apple-mobile-web-app-title",
    "publisher",
}
HIDE_METAS = re.compile(
    rf"<meta\b[^>]{{0,300}}\b(?:name|property|itemprop)\s*=\s*[\"']?(?:{'|'.join(map(re.escape, sorted(_HIDDEN_NAMES)))})[\"'\s/>][^>]{{0,2000}}>?",
    re.IGNORECASE,
)


def cases_of(row: Row) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """What is hidden, the page without it, and what it says."""
    tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", row.html) or "<p>")
    in_json, in_metas = (trustworthy(truth, row.url) for truth in (json_truth(tree), meta_truth(tree)))
    without_json, without_metas = HIDE_JSON.sub("", row.html), HIDE_METAS.sub("", row.html)
    if in_json:
        yield "JSON-LD", without_json, in_json
    if in_metas:
        yield "metas", without_metas, in_metas
    if in_json or in_metas:
        yield "both", HIDE_METAS.sub("", without_json), in_metas | in_json


def right(field: str, answer: str, truth: str) -> bool:
    """Same letters of a site; the same day, or the next where a zone turns it; the same people in any order."""
    if field == "published":
        one, other = day_of(answer), day_of(truth)
        return one is not None and other is not None and abs((one - other).days) <= 1
    if field == "author":
        return {letters(part) for part in re.split(r"[;,]| and ", answer)} - {""} == {
            letters(part) for part in re.split(r"[;,]| and ", truth)
        } - {""}
    one, other = letters(answer), letters(truth)
    return one == other


class Counts:
    def __init__(self) -> None:
        self.truths = self.answers = self.right = 0

    def add(self, answer: str | None, is_right: bool) -> None:
        self.truths += 1
        self.answers += bool(answer)
        self.right += bool(answer) and is_right

    def cells(self) -> str:
        agreement = self.right / self.truths if self.truths else 0
        precision = self.right / self.answers if self.answers else 0
        coverage = self.answers / self.truths if self.truths else 0
        return f"{self.truths:6d} {coverage:9.3f} {agreement:10.3f} {precision:10.3f}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.metadata", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--half", choices=("tuning", "held-back", "all"), default="held-back")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--tools", nargs="+", choices=tuple(TOOLS), default=("cleaner", "trafilatura"))
    parser.add_argument("--mistakes", type=int, default=0, help="show this many of cleaner's wrong or missing answers a field")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(arguments)
    counts: dict[tuple[str, str, str], Counts] = defaultdict(Counts)
    seconds: dict[str, float] = defaultdict(float)
    mistakes: dict[str, list[str]] = defaultdict(list)
    pages = 0
    for name in chosen.sets:
        for row in rows_of(name, chosen.half):
            pages += 1
            judge(row, chosen.tools, counts, seconds, mistakes)
    report(chosen, pages, counts, seconds, mistakes)
    return 0


def judge(
    row: Row, tools: list[str], counts: dict[Any, Counts], seconds: dict[str, float], mistakes: dict[str, list[str]]
) -> None:
    for tool in tools:
        start = time.process_time()
        answer = TOOLS[tool](row.html, row.url)
        seconds[tool] += time.process_time() - start
        if row.title:
            met = letters(answer.get("title") or "") == letters(row.title)
            counts["title", "nothing", tool].add(answer.get("title"), met)
            if tool == "cleaner" and not met:
                mistakes["title"].append(f"{row.id} {answer.get('title')!r} for {row.title!r}")
    for hidden, html, truth in cases_of(row):
        for tool in tools:
            answer = TOOLS[tool](html, row.url)
            for field, value in truth.items():
                met = right(field, answer.get(field) or "", value)
                counts[field, hidden, tool].add(answer.get(field), met)
                if tool == "cleaner" and not met:
                    mistakes[f"{field}, {hidden} hidden"].append(
                        f"{row.id[:16]} {answer.get(field)!r} for {value!r} {row.url[:70]}"
                    )


def report(
    chosen: argparse.Namespace, pages: int, counts: dict[Any, Counts], seconds: dict[str, float], mistakes: dict[str, list[str]]
) -> None:
    print(f"{pages} pages, half: {chosen.half}")
    print(f"{'field':10} {'hidden':8} {'tool':14} {'truths':>6} {'coverage':>9} {'agreement':>10} {'precision':>10}")
    for field in ("title", *FIELDS):
        for hidden in ("nothing", "JSON-LD", "metas", "both"):
            for tool in chosen.tools:
                if (field, hidden, tool) in counts:
                    print(f"{field:10} {hidden:8} {tool:14} {counts[field, hidden, tool].cells()}")
    for tool in chosen.tools:
        print(f"{tool}: {seconds[tool] / max(pages, 1) * 1000:.2f} ms of CPU a page (parsing included)")
    for field, lines in mistakes.items():
        for line in lines[: chosen.mistakes]:
            print(f"  {field}: {line}")
    if chosen.json:
        rows = [
            {
                "field": field,
                "hidden": hidden,
                "tool": tool,
                "truths": count.truths,
                "answers": count.answers,
                "right": count.right,
            }
            for (field, hidden, tool), count in sorted(counts.items())
        ]
        chosen.json.write_text(
            json.dumps({"half": chosen.half, "pages": pages, "rows": rows, "seconds": dict(seconds)}, indent=1) + "\n"
        )


if __name__ == "__main__":
    sys.exit(main())
