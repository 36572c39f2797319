"""Every page decoded right, however it lies about itself: one case for each piece of evidence."""

from __future__ import annotations

import pytest

from cleaner.decoding import decode

CHINESE = "<p>乡村振兴战略是新时代三农工作的总抓手,我们要在发展中保障和改善民生。</p>"


@pytest.mark.parametrize("charset", [None, "gb2312", "text/html; charset=iso-8859-1", "nonsense"])
def test_valid_utf8_is_utf8_whatever_header_and_meta_say(charset: str | None) -> None:
    data = ('<meta charset="big5">' + CHINESE).encode()
    source = decode(data, charset=charset)
    assert (source.text, source.encoding, source.how, source.replaced) == (data.decode(), "utf-8", "utf-8", 0)


def test_wrong_header_does_not_beat_what_the_bytes_say() -> None:
    source = decode(CHINESE.encode("gbk"), charset="utf-8")
    assert (source.text, source.encoding) == (CHINESE, "gb18030")


def test_wrong_use_raises_at_once() -> None:
    with pytest.raises(TypeError, match="bytes of a page"):
        decode("text")  # type: ignore[arg-type]
