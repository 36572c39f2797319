"""What a site repeats, learned over a crawl: pages become keys of blocks, keys are counted site by site, and what is on many pages becomes a file of templates.

`extract` makes what is counted of a page, `store` brings the pages of a site together in bounded memory, `counts` and `verdict` say what of them is the site's,
`written` makes the file. The rule that uses it is `cleaner.rules.site_template`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from cleaner.options import Options
from cleaner.sites.extract import learned_line
from cleaner.sites.store import Store

__all__ = ["Store", "learned_line", "templates_of"]


def templates_of(pages: Iterable[tuple[str | None, bytes | str]], options: Options | None = None) -> str:
    """The text of a file of templates, learned from pages with their addresses. For crawls that do not fit in a program: `cleaner learn`."""
    from cleaner.pipeline import parsed

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for url, data in pages:
            page = parsed(data, url=url, options=options or Options())
            if page is not None and (line := learned_line(page)):
                store.add(line)
        out = Path(folder) / "templates"
        store.write(out)
        return out.read_text(encoding="utf-8")
