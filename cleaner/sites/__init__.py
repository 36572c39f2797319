"""What a site repeats, learned over a crawl: pages become hashes of blocks, these are counted site by site, and what is on many pages becomes a file of templates.

`extract` makes what is counted of a page, `store` brings the pages of a site together in bounded memory, `counts` and `verdict` say what of them is the site's,
`keys` finds out again what it says, `written` makes the file. The rule that uses it is `cleaner.rules.site_template`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from cleaner.options import Options
from cleaner.page import Page
from cleaner.sites.extract import Texts, line_of
from cleaner.sites.store import Store

__all__ = ["Store", "Texts", "line_of", "templates_of", "texts_of"]


def templates_of(pages: Iterable[tuple[str | None, bytes | str]], options: Options | None = None) -> str:
    """The text of a file of templates, learned from pages with their addresses. For crawls that do not fit in a program: `cleaner learn`."""
    from cleaner.pipeline import parsed

    texts: list[list[str]] = []
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), texts.__getitem__)
        for url, data in pages:
            page = parsed(data, url=url, options=options or Options())
            if page is not None and (line := line_of(page)):
                store.add(line, len(texts))
                texts.append(texts_of(page))
        out = Path(folder) / "templates"
        store.write(out)
        return out.read_text(encoding="utf-8")


def texts_of(page: Page) -> list[str]:
    """The blocks of a page as texts."""
    return [page.text[block.start : block.end] for block in page.blocks]
