"""Known failures: pages with the text that would be right, and why `decode` does not give it."""

from __future__ import annotations

import pytest

from cleaner.decoding import decode

CASES = [
    pytest.param("小".encode("gbk"), None, "小", id="two bytes that are valid UTF-8: D0 A1 is also a Cyrillic letter"),
    pytest.param("t le bac accoste à nouvea".encode("cp1252"), None, "t le bac accoste à nouvea", id="one accent that stands alone: a Cyrillic letter as well"),
    pytest.param(b"~{" + "村里的老码头".encode("gb2312").translate(bytes(i & 0x7F for i in range(256))) + b"~}", None, "村里的老码头",
                 id="HZ without a label is plain ASCII; shell scripts have ~{ as well"),
    pytest.param("<p>吉野家の牛丼</p>".encode() + b"\xed\xa1\x82\xed\xbe\xb7", None, "<p>吉野家の牛丼</p>𠮷",
                 id="CESU-8: a surrogate pair written as UTF-8 is taken for damage"),
    pytest.param("<p>圖書館三樓重新開放,學生可以預約討論室。颱風過後,漁港的防波堤需要整修。</p>".encode("big5") + "<p>村里的老码头去年冬天重新修好了,渡船又能停靠。</p>".encode("gbk"),
                 "big5", "<p>圖書館三樓重新開放,學生可以預約討論室。颱風過後,漁港的防波堤需要整修。</p><p>村里的老码头去年冬天重新修好了,渡船又能停靠。</p>",
                 id="two legacy encodings in one page: only UTF-8 is known inside another"),
]  # fmt: skip


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("data", "charset", "expected"), CASES)
def test_known_failure(data: bytes, charset: str | None, expected: str) -> None:
    assert decode(data, charset=charset).text == expected
