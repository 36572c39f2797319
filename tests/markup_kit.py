"""The seed as the HTML page it may have been scraped from: the kit's manner, made at run time from the scraped text.

Old table-age markup, navigation, share boxes, the keyword-free head, the county list as links to unrelated hosts, GBK bytes under a UTF-8
label. A paragraph whose end tag was damaged (``?/p>``) is left without its own end tag, as the kit leaves it: its bytes ate the "<".
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

__all__ = ["Seed", "read_seed", "wrapped"]

NAVIGATION = ["首頁", "要聞", "黨建", "村官", "扶貧", "鄉(xiāng)村振興", "圖片", "視頻", "專題", "論壇"]
RELATED = ["各地掀起春耕熱潮", "第一書記的一天", "小合作社連起大市場", "讀懂一號文件"]


class Seed(NamedTuple):
    """The parts of the scraped text, as damaged as they came."""

    title: str
    published: str
    credit: str
    site_lines: list[str]
    paragraphs: list[str]  # caption, paragraphs, sub-headings, closing credit
    editor: str
    places: list[str]


def read_seed(text: str) -> Seed:
    """Cut the seed into its parts: the first lines, the indented body, the last two lines."""
    lines = text.split("\n")
    date, credit = lines[1][:19], lines[1][19:]
    body = [at for at, line in enumerate(lines) if line[:1].isspace() and line.strip()]
    return Seed(
        title=lines[0].strip(),
        published=date,
        credit=credit.strip(),
        site_lines=[line.strip() for line in lines[2 : body[0]] if line.strip()],
        paragraphs=[lines[at].strip() for at in body],
        editor=lines[-2].strip(),
        places=[name.strip() for name in lines[-1].split("|") if name.strip()],
    )


def wrapped(text: str) -> bytes:
    """The seed's page as GBK bytes that call themselves UTF-8."""
    seed = read_seed(text)
    links = "".join(f'<li><a href="/{at}/">{word}</a></li>' for at, word in enumerate(NAVIGATION))
    related = "".join(f'<li><a href="/a/{at}.html">{word}</a></li>' for at, word in enumerate(RELATED))
    places = "".join(
        f'<a href="http://www.{chr(97 + at % 26)}q{at * 37 % 101}.example/" target="_blank">{name}</a>| '
        for at, name in enumerate(seed.places)
    )
    site, wechat, _, weibo = [line for line in seed.site_lines if line != "1"]
    page = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{seed.title}</title><link href="/css/style.css" rel="stylesheet" type="text/css" /><script src="/js/common.js"></script></head>
<body><div class="top"><a href="/login">登錄</a> <a href="/reg">注冊</a></div><div class="nav"><ul>{links}</ul></div>
<div class="path">當前位置：<a href="/">首頁</a> &gt; <a href="/3/">扶貧</a> &gt; 正文</div><div class="main"><div class="left">
<h1>{seed.title}</h1><div class="info"><span>{seed.published}</span>　<span>{seed.credit}</span></div><div class="page-number">1</div>
<div class="box"><p>{site}</p><p>{wechat}</p><img src="/wx.png" alt="" /></div><div class="box"><p>{site}</p><p>{weibo}</p></div>
<div class="share">分享到：<a class="qzone" href="#">QQ空間</a><a class="weibo" href="#">新浪微博</a><a class="weixin" href="#">微信</a></div>
<div class="content">
{_paragraphs(seed)}
</div><div class="editor">{seed.editor}</div><div class="turn"><p>上一篇：<a href="/a/1.html">{RELATED[0]}</a></p></div>
<div class="related"><h3>相關閱讀</h3><ul>{related}</ul></div></div></div>
<div class="foot"><p>版權所有　未經授權請勿轉載</p><p>京ICP備00000000號</p></div>
<div class="links">{places}</div></body></html>
"""
    return page.encode("gb18030")


def _paragraphs(seed: Seed) -> str:
    lines = []
    for paragraph in seed.paragraphs:
        if paragraph.endswith("/p>"):
            lines.append(f"<p>　　{escape(paragraph[:-3], quote=False)}/p>")
        elif len(paragraph) < 40 and not paragraph.endswith("供圖"):
            lines.append(f"<p>　　<strong>{escape(paragraph, quote=False)}</strong></p>")
        else:
            lines.append(f"<p>　　{escape(paragraph, quote=False)}</p>")
    return "\n".join(lines)
