"""Input made to be slow to decode."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.mixed_pages import SENTENCES

__all__ = ["worst_cases"]


def worst_cases(size: int) -> Iterator[tuple[str, bytes]]:
    """Input made to be slow: each of about `size` bytes."""
    chinese, japanese, french = ("\n".join(SENTENCES[language]) for language in ("zh", "ja", "fr"))

    def repeated(data: bytes) -> bytes:
        return data * (size // len(data) + 1)

    gbk = chinese.encode("gbk")
    yield "random bytes", random.Random(7).randbytes(size)
    yield "random bytes above 7F", bytes(byte | 0x80 for byte in random.Random(7).randbytes(size))
    yield "ASCII and one GBK character", repeated(b"<p>plain text ") + "村".encode("gbk")
    yield "<meta", repeated(b"<meta ") + "村".encode("gbk")
    yield "GBK without line end", repeated(gbk.replace(b"\n", b""))
    yield "GBK and UTF-8 lines in turn", repeated(gbk + b"\n" + chinese.encode() + b"\n")
    yield "GBK and UTF-8 words in turn", repeated("村里".encode("gbk") + b"\n" + "村里的".encode() + b"\n")
    yield "windows-1252 and UTF-8 in turn", repeated(french.encode("cp1252") + b"\n" + french.encode())
    yield "Shift_JIS", repeated(japanese.encode("cp932"))
    yield "UTF-8 with bad bytes", repeated(chinese.encode() + b"\xff")
    yield "UTF-8", repeated(chinese.encode())
    yield "unclosed comments", repeated(b"<!--") + b"\xff"
    yield "open quotes", repeated(b'<meta a="') + b"\xff"
    yield "escapes", repeated(b"\x1b$B")
    yield "lead bytes", repeated(b"\xe4\xb8")
