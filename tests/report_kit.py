"""A batch to report on: the fixtures as a crawl of some hosts, with pages that fail and pages that mean harm. Made by `cleaner run`, as users make theirs."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

__all__ = ["HOSTILE", "ROOT", "cleaner", "crawl", "record"]

ROOT = Path(__file__).parent.parent
HOSTILE = """<html><head><title>"><script>boom('title')</script></title></head><body><h1>Bees &lt;/style&gt;&lt;script&gt;boom()&lt;/script&gt;</h1>
<p>The hives stand &lt;script&gt;boom('text')&lt;/script&gt; along the southern hedge, and each of them is numbered &lt;img src=x onerror=boom()&gt; by hand.</p>
<p>In May the keeper walks along &lt;/details&gt;&lt;/main&gt;&lt;svg onload=boom()&gt; them every second day with a notebook and a smoker.</p>
<div style="display:none">casino utan licens kasyno online &lt;script&gt;boom('spam')&lt;/script&gt; wettanbieter ohne oasis casino utan licens kasyno online</div>
<ul><li><a href="javascript:boom()">Home &lt;script&gt;boom('menu')&lt;/script&gt;</a></li><li><a href="/a">About \u202eus</a></li></ul></body></html>"""


def record(url: str, body: bytes, number: int) -> bytes:
    """A WARC record of a page."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    fields = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08d}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2026-11-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return fields.encode() + block + b"\r\n\r\n"


def crawl(path: Path, copies: int = 1, hostile: bool = True) -> Path:
    """A WARC file with the fixtures, each copy under hosts of its own, and at the end pages that are too large, one of them hostile in its address."""
    pages = [*sorted((ROOT / "fixtures").rglob("page.html")), *sorted((ROOT / "cleaner" / "demo").glob("*.html"))]
    records = []
    for copy in range(copies):
        for page in pages:
            host = f"{page.parent.parent.name}-{copy + 1}.example"
            records.append(record(f"https://{host}/{page.parent.name}", page.read_bytes(), len(records)))
    records += [record(f"https://archive.example/{n}", b"<p>long</p>" * 20_000, len(records) + n) for n in range(2)]
    if hostile:
        address = 'https://evil.example/"><script>boom(1)</script>?a=$(boom)`boom`'
        records.append(record(address, HOSTILE.encode(), len(records) + 9))
        records.append(record(address + "2", b"<script>boom()</script>" * 10_000, len(records) + 9))
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) for one in records))
    return path


def cleaner(*words: object, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, in a folder."""
    known = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}", **environment}
    arguments = [sys.executable, "-m", "cleaner", *map(str, words)]
    return subprocess.run(arguments, cwd=folder, env=known, capture_output=True, text=True, check=False)
