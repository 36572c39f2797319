"""The declarations of a page are read from its source, whatever their notation, and hostile sources cost linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.markup.head import Alternate, Head, head_of
from cleaner.markup.parsing import parsed

PAGE = """<!DOCTYPE html><html lang="de-AT" class="no-js"><head>
<!-- <title>Auskommentiert</title><meta name="author" content="Niemand"> -->
<script>var t = "<title>Im Skript</title>";</script>
<title>Hütte am See &#8211; Bergzeitung</title>
<meta charset=utf-8>
<meta name="author" content="Lena Ott">
<meta content='Ein "stiller" Ort' name='description'>
<meta property="og:type" content="Article" />
<meta property=article:published_time content=2024-03-05T08:00:00+01:00>
<meta http-equiv="content-language" content="de, en">
<meta name="citation_author" content="Ott, Lena"><meta name="citation_author" content="Bär, Max">
<link rel="stylesheet" href="/a.css">
<link rel="canonical" href="https://bergzeitung.example/huette?a=1&amp;b=2">
<link rel="alternate" hreflang="en" href="/en/hut"><link rel="alternate" type="application/rss+xml" title="Neues" href="/feed">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
 {"@type":"NewsArticle","headline":"Hütte am See","author":{"@type":"Person","name":"Lena Ott"}},
 {"@type":["Organization","Brand"],"name":"Bergzeitung"},]}</script>
</head><body><div itemscope itemtype="https://schema.org/Article"><meta name="author" content="Später">
<div itemtype='http://schema.org/Comment'></div><div itemtype=http://schema.org/Comment></div></div></body></html>"""


def read_head(html: str) -> Head:
    """The head of a page as the parse notes it."""
    return head_of(parsed(html).declared)


def test_every_notation_of_a_declaration_is_read() -> None:
    head = read_head(PAGE)
    assert head.title == "Hütte am See – Bergzeitung"
    assert head.language == "de-AT"
    assert head.metas == {
        "author": "Lena Ott",
        "description": 'Ein "stiller" Ort',
        "og:type": "Article",
        "article:published_time": "2024-03-05T08:00:00+01:00",
        "content-language": "de, en",
        "citation_author": "Ott, Lena; Bär, Max",
    }
    assert head.og_type == "article"
    assert head.canonical == "https://bergzeitung.example/huette?a=1&b=2"
    assert head.alternates == (Alternate("/en/hut", "en"), Alternate("/feed", "", "application/rss+xml", "Neues"))
    assert head.json_ld_types == {"NewsArticle", "Organization", "Brand"}
    assert head.json_ld[0]["headline"] == "Hütte am See"
    assert head.itemtypes == {"Article": 1, "Comment": 2}


def test_places_of_headings_are_those_of_tags_only() -> None:
    source = "<!-- <h1>no</h1> --><script>'<h1>'</script><noscript><body class=x></noscript><H1 id=a>One</H1><p title='<h1>'>x</p><h1>Two</h1>"
    head = read_head(source)
    assert head.headings == (source.index("<H1"), source.rindex("<h1>"))
    assert head.body == source.index("<body")


def test_types_in_scripts_and_templates_are_none_of_the_page() -> None:
    typed = '<div itemtype="https://schema.org/Person"></div>'
    assert read_head(f"<template>{typed}</template><script>'{typed}'</script>").itemtypes == {}
    assert read_head(f"<noscript>{typed}</noscript>").itemtypes == {"Person": 1}


@pytest.mark.parametrize(
    ("source", "headline"),
    [
        ('{"@type":"Article","headline":"plain"}', "plain"),
        ('[{"@type":"Article","headline":"listed"}]', "listed"),
        ('{"@type":"WebPage","mainEntity":{"@type":"Article","headline":"main"}}', "main"),
        ('{"@type":"http://schema.org/Article","headline":"raw\nline end"}', "raw\nline end"),
        ('<!-- {"@type":"Article","headline":"comment"} -->', "comment"),
        ('//<![CDATA[\n{"@type":"Article","headline":"cdata"}\n//]]>', "cdata"),
        ('{"@type":"Article","headline":"semicolon"};', "semicolon"),
        ('{"@type":"Article","headline":"commas",}', "commas"),
        ('{"@type":"Article","headline":"<\\/b> and </b>"}', "</b> and </b>"),
        ("{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;entities&quot;}", "entities"),
    ],
)
def test_json_ld_is_read_as_it_is_found_on_the_web(source: str, headline: str) -> None:
    head = read_head(f'<SCRIPT type="application/ld+json">{source}</SCRIPT><p>after</p>')
    assert [item["headline"] for item in head.json_ld if "headline" in item] == [headline]
    assert "Article" in head.json_ld_types


@pytest.mark.parametrize(
    "source", ["", "{", "[" * 100_000, '{"a":' * 50_000, "null", "3", '{"@type": 3}', "{" + " " * 100_000 + "x"]
)
def test_json_ld_that_is_broken_gives_nothing(source: str) -> None:
    head = read_head(f'<title>t</title><script type="application/ld+json">{source}</script>')
    assert head.json_ld_types == frozenset()
    assert head.title == "t"


HOSTILE = {
    "open metas": "<meta " * 160_000,
    "quotes in metas": "<meta '\"" * 120_000,
    "one tag of attributes": "<meta" + " a=b" * 250_000 + ">",
    "less-than signs": "<" * 1_000_000,
    "titles": "<title>" * 140_000,
    "scripts": "<script" * 140_000,
    "comments": "<!--" * 250_000,
    "dashes": "<!" + "-" * 1_000_000,
    "json scripts": "<script type=application/ld+json>schema.org" * 25_000,
    "json commas": "schema.org<script type=application/ld+json>" + ", " * 500_000 + "</script>",
    "json blanks": "schema.org<script type=application/ld+json>{" + " " * 110_000 + "x</script>",
    "json openers": "schema.org<script type=application/ld+json>" + "<!--" * 29_000 + "</script>",
    "types": "itemtype=http://schema.org/" * 40_000,
    "links": "<link rel=canonical " + "='" * 400_000,
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_source_is_read_in_linear_time(name: str) -> None:
    read_head(HOSTILE[name])


@given(
    st.lists(
        st.sampled_from(
            "<meta |<title>|</title>|<link |</head>|<body>|<!--|-->|<script type=application/ld+json>|</script>|schema.org/|name=|content=|"
            '"|\'|>|{|}|[|]|,|"@type":|"Article"|canonical|rel=|href=|author|&amp;|&#0;| |x|\x00|\ud800'.split("|")
        ),
        max_size=60,
    )
)
def test_no_source_raises(pieces: list[str]) -> None:
    read_head("".join(pieces))
