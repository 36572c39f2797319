"""Build the documentation into a small site that loads nothing from anywhere else.

    python docs/build_site.py [FOLDER]        into FOLDER, else site/; look at it with: python -m http.server -d site

README.md is its first page, CONTRIBUTING.md and CHANGELOG.md are pages of it, decisions are listed by their headings. For that the documents are laid
together in a folder of their own, with their links put right, and Zensical builds that, strictly: a link that leads nowhere ends the build.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["PAGES", "SiteError", "build"]

ROOT = Path(__file__).parent.parent
# What stands where; a page that is named nowhere is listed under "More", so that none is lost.
PAGES = {
    "Using it": ("getting-started", "cli", "web", "batch", "report", "sites", "pipelines", "scale"),
    "How it works": ("mirror-spam", "mirror", "encoding", "extraction", "navigation", "rules"),
    "Making it yours": ("write-a-rule", "add-a-fixture", "add-a-language", "contributing"),
    "Reference": ("api", "benchmarks", "changelog"),
}
OUTSIDE = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
SETTINGS = """\
[project]
site_name = "cleaner"
site_description = "Scraped web pages in, the article out, and a list of everything that was taken away"
docs_dir = "docs"
site_dir = "site"
use_directory_urls = false
extra_css = ["site.css"]
nav = {nav}

[project.theme]
language = "en"
font = false
features = ["navigation.sections", "navigation.top", "content.code.copy", "toc.follow"]

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
toggle.icon = "lucide/sun"
toggle.name = "Dark"

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
toggle.icon = "lucide/moon"
toggle.name = "Light"

[project.plugins.search]

[project.plugins.mkdocstrings.handlers.python]
paths = [{root}]
inventories = []

[project.plugins.mkdocstrings.handlers.python.options]
show_source = false
show_root_heading = true
show_root_full_path = false
merge_init_into_class = true
filters = ["!^_"]
show_labels = false
show_signature_annotations = true
separate_signature = true
signature_crossrefs = false
members_order = "source"
heading_level = 3
extensions = [{extension}]
"""
_LINK = re.compile(r"(\]\()([^)\s]+?)(#[^)\s]*)?(\))")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COMMENT = re.compile(r"^<!-- .*? -->\n", re.MULTILINE)


class SiteError(Exception):
    """The site could not be built as it should be; the message says what is wrong."""


def _relinked(text: str, here: str) -> str:
    """Links of a document that lies at `here` in the repository, as they must be in the site."""

    def put_right(match: re.Match[str]) -> str:
        target = match[2]
        if re.match(r"[a-z]+:|#", target) or target.startswith("/"):
            return match[0]
        path = (ROOT / here).parent.joinpath(target).resolve().relative_to(ROOT).as_posix()
        new = OUTSIDE.get(path) or path.removeprefix("docs/")
        up = "../" * (here.removeprefix("docs/").count("/") if here.startswith("docs/") else 0)
        return f"{match[1]}{up}{new}{match[3] or ''}{match[4]}"

    return _COMMENT.sub("", _LINK.sub(put_right, text))


def _title(path: Path) -> str:
    match = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    if match is None:
        raise SiteError(f"{path}: there is no heading")
    return match[1].replace("`", "")


def _lay(folder: Path) -> None:
    """Put all documents into a folder, as the site has them."""
    shutil.copytree(ROOT / "docs", folder, ignore=shutil.ignore_patterns("*.py", "*.toml", "__pycache__"))
    for path in sorted(folder.rglob("*.md")):
        here = f"docs/{path.relative_to(folder).as_posix()}"
        path.write_text(_relinked(path.read_text(encoding="utf-8"), here), encoding="utf-8")
    for name, new in OUTSIDE.items():
        (folder / new).write_text(_relinked((ROOT / name).read_text(encoding="utf-8"), name), encoding="utf-8")


def _nav(folder: Path) -> Iterator[dict[str, object]]:
    """The table of contents: our order, then the decisions, then whatever else there is."""
    yield {"cleaner": "index.md"}
    left = {path.stem for path in folder.glob("*.md")} - {"index"}
    for heading, names in PAGES.items():
        yield {heading: [{_title(folder / f"{name}.md"): f"{name}.md"} for name in names if name in left]}
        left -= set(names)
    if left:
        yield {"More": [{_title(folder / f"{name}.md"): f"{name}.md"} for name in sorted(left)]}
    yield {"Decisions": [{_title(path): f"decisions/{path.name}"} for path in sorted((folder / "decisions").glob("*.md"))]}


def _inline(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {_inline(part)}" for key, part in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def build(out: Path) -> None:
    """Build the site into a folder, which is made anew; raises SiteError with what Zensical says."""
    with tempfile.TemporaryDirectory() as place:
        _lay(Path(place) / "docs")
        nav = _inline(list(_nav(Path(place) / "docs")))
        (Path(place) / "zensical.toml").write_text(
            SETTINGS.format(nav=nav, root=json.dumps(str(ROOT)), extension=json.dumps(str(ROOT / "docs" / "docstrings.py"))),
            encoding="utf-8",
        )
        command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
        done = subprocess.run(command, cwd=place, capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode != 0:
            told = _COLOUR.sub("", done.stdout + done.stderr)
            raise SiteError(told.partition("Traceback (most recent call last)")[0].strip())
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(Path(place) / "site", out)


def main(arguments: list[str]) -> int:
    out = Path(arguments[0]) if arguments else ROOT / "site"
    try:
        build(out)
    except SiteError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"built into {out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
