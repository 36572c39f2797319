"""Runs in the peers' own environment: JSON lines in (text, url), JSON lines out (text, seconds of CPU). Imports nothing of ours.

python worker.py readability    or    magic-html
"""

import json
import re
import sys
import time

_BREAKS = re.compile(r"(?i)</(?:p|div|li|h[1-6]|tr|blockquote|pre|section|article|dd|dt)>|<br\s*/?>")


def text_of(html):
    from lxml import html as parser

    if not html or not html.strip():
        return ""
    try:
        return parser.fromstring(_BREAKS.sub(lambda match: "\n" + match[0], html)).text_content()
    except Exception:  # noqa: BLE001  a crash of the peer is a page without text
        return ""


def readability():
    import logging

    from readability import Document

    logging.disable(logging.CRITICAL)
    return lambda text, url: Document(text, url=url or None).summary(html_partial=True)


def magic_html():
    from magic_html import GeneralExtractor

    extractor = GeneralExtractor()
    return lambda text, url: extractor.extract(text, base_url=url or "").get("html", "")


def main():
    extract = {"readability": readability, "magic-html": magic_html}[sys.argv[1]]()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        row = json.loads(line)
        start = time.process_time()
        try:
            html = extract(row["text"], row["url"])
        except Exception:  # noqa: BLE001  a crash of the peer is a page without text
            html = ""
        seconds = time.process_time() - start
        print(json.dumps({"text": text_of(html), "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
