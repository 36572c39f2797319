"""Every page decoded right, however it lies about itself: cases for each piece of evidence, and controls it must leave alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cleaner.decoding import decode
from cleaner.page import Run

CHINESE = "乡村振兴战略是新时代三农工作的总抓手,我们要在发展中保障和改善民生。老码头去年冬天重新修好了,渡船又能停靠。"
TRADITIONAL = "巷口的豆漿店換了招牌,味道倒是沒有變。圖書館三樓重新開放,學生可以預約討論室,里長說公園的燈會在月底前換新。"
JAPANESE = "駅前の商店街では、毎月最後の日曜日に朝市が開かれます。古い倉庫を直して、小さな図書室にする計画が進んでいます。"
KOREAN = "마을 도서관은 이번 주부터 저녁 아홉 시까지 문을 엽니다. 비가 많이 와서 강가의 산책길이 물에 잠겼습니다."
RUSSIAN = "Старую пристань за зиму отремонтировали, и паром снова ходит по расписанию. Жители решили сначала починить мост."
FRENCH = "Le vieux débarcadère a été réparé cet hiver; à l'école, les élèves ont planté une haie près du préau."
POLISH = "Starą przystań naprawiono zimą i prom znów kursuje według rozkładu, a źródło pod lasem nigdy nie wyschło."
HUNGARIAN = (
    "A régi kikötőt télen felújították, és a komp újra menetrend szerint közlekedik; a fűzfák zöldellnek, őrizzük erdőinket."
)
TURKISH = "Eski iskele kışın onarıldı ve vapur yine tarifeye göre çalışıyor; çocuklar okulun bahçesine ağaç dikti, ışıklar yandı."
ICELANDIC = "Gamla bryggjan var gerð upp í vetur og ferjan siglir aftur samkvæmt áætlun; börnin gróðursettu tré við skólann, það þótti þeim gaman."


def page(text: str, label: str | None = None) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    return f"<html><head>{meta}<title>{text[:12]}</title></head><body><p>{text}</p>\n<p>{text}</p></body></html>"


# --- byte order marks, UTF-16 and UTF-32


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_mark_decides_and_is_no_part_of_the_text(codec: str) -> None:
    source = decode(("\ufeff" + page(CHINESE, "gb2312")).encode(codec), charset="big5")
    assert (source.text, source.encoding, source.how) == (page(CHINESE, "gb2312"), codec, "bom")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [page(CHINESE), page(FRENCH), page(RUSSIAN), KOREAN + "\n" + JAPANESE])
def test_zero_bytes_tell_utf16_and_utf32_without_a_mark(codec: str, text: str) -> None:
    source = decode(text.encode(codec))
    assert (source.text, source.encoding, source.how) == (text, codec, codec[:6])


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_chinese_utf16_without_any_zero_byte_is_no_noise(codec: str) -> None:
    text = CHINESE.replace(",", "")
    assert b"\x00" not in text.replace("。", "").encode(codec)
    assert decode(text.encode(codec)).text == text


def test_mark_of_utf8_before_a_gbk_page_is_a_lie() -> None:
    source = decode(b"\xef\xbb\xbf" + page(CHINESE, "gbk").encode("gbk"))
    assert (source.text, source.encoding) == (page(CHINESE, "gbk"), "gb18030")


def test_mark_of_utf16_before_plain_text_is_a_lie() -> None:
    text = "<p>" + FRENCH * 3
    assert decode(b"\xff\xfe" + text.encode("cp1252")).text.endswith(text)


def test_two_marks_of_utf8_both_go() -> None:
    assert decode("\ufeff\ufeff<p>é".encode()).text == "<p>é"


def test_lone_surrogates_of_utf16_become_replacement_characters() -> None:
    source = decode(b"\xff\xfe" + "<p>ab".encode("utf-16-le") + b"\x00\xd8" + "cd</p>".encode("utf-16-le"))
    assert (source.text, source.replaced) == ("<p>ab\ufffdcd</p>", 1)


def test_surrogates_written_as_utf8_become_replacement_characters() -> None:
    source = decode(page(CHINESE).encode() + b"\xed\xa0\x80")
    assert source.text == page(CHINESE) + "\ufffd\ufffd\ufffd"
    assert source.replaced == 3


# --- ASCII and what hides in it


def test_ascii_is_ascii_whatever_the_label() -> None:
    source = decode(b'<meta charset="gbk"><p>plain &eacute;</p>', charset="big5")
    assert (source.encoding, source.how, source.replaced) == ("ascii", "ascii", 0)


def test_iso_2022_jp_is_known_by_its_escapes() -> None:
    source = decode(page(JAPANESE).encode("iso2022_jp"))
    assert (source.text, source.how) == (page(JAPANESE), "escape")


def test_iso_2022_kr_is_known_by_its_header() -> None:
    assert decode(KOREAN.encode("iso2022_kr")).text == KOREAN


def test_hz_is_read_when_it_is_declared() -> None:
    data = b'<meta charset="hz-gb-2312">' + CHINESE.encode("hz")
    assert decode(data).text == '<meta charset="hz-gb-2312">' + CHINESE


def test_tilde_and_brace_in_ascii_stay_when_hz_is_not_declared() -> None:
    assert decode(b"awk '$1 ~{print}' ~} file").text == "awk '$1 ~{print}' ~} file"


def test_terminal_colours_are_no_iso_2022() -> None:
    text = "\x1b[31mred\x1b[0m \x1b(B done"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("charset", [None, "utf-7", "text/html; charset=UTF-7", "unicode-1-1-utf-7"])
def test_utf7_is_never_honoured_since_it_smuggles_markup(charset: str | None) -> None:
    data = b'<meta charset="utf-7"><p>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>'
    assert decode(data, charset=charset).text == data.decode("ascii")


# --- UTF-8


@pytest.mark.parametrize("charset", [None, "gb2312", "text/html; charset=iso-8859-1", "nonsense", "utf-16"])
def test_valid_utf8_is_utf8_whatever_header_and_meta_say(charset: str | None) -> None:
    source = decode(page(CHINESE, "big5").encode(), charset=charset)
    assert (source.text, source.encoding, source.how, source.replaced) == (page(CHINESE, "big5"), "utf-8", "utf-8", 0)


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_may_end_inside_a_character(cut: int) -> None:
    source = decode((CHINESE + "村").encode()[:-cut], charset="gbk")
    assert (source.text, source.encoding, source.replaced) == (CHINESE + "\ufffd", "utf-8", 1)


def test_a_single_accent_at_the_very_end_is_no_cut_utf8() -> None:
    assert decode(b"un caf\xe9", charset="iso-8859-1").text == "un café"


def test_replacement_characters_that_the_page_brings_are_not_counted() -> None:
    source = decode(("<p>\ufffd\ufffd" + CHINESE).encode() + b"\xff<p>")
    assert source.replaced == 1


def test_bad_bytes_in_utf8_are_replaced_and_counted_and_the_rest_stays() -> None:
    data = page(CHINESE).encode()
    data = data[:200] + b"\xff" + data[200:]
    source = decode(data, charset="gbk")
    assert (source.encoding, source.how) == ("utf-8", "broken utf-8")
    assert source.replaced == source.text.count("\ufffd") <= 3
    assert source.text.endswith("</body></html>")


# --- labels


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (CHINESE, "gbk", "gb2312"), (TRADITIONAL, "big5", "big5"), (JAPANESE, "cp932", "shift_jis"), (JAPANESE, "euc_jp", "euc-jp"),
        (KOREAN, "cp949", "euc-kr"), (RUSSIAN, "cp1251", "windows-1251"), (RUSSIAN, "koi8-r", "koi8-r"), (RUSSIAN, "cp866", "ibm866"),
        (RUSSIAN, "iso8859-5", "iso-8859-5"), (FRENCH, "cp1252", "iso-8859-1"), (POLISH, "cp1250", "windows-1250"),
        (POLISH, "iso8859-2", "iso-8859-2"), (TURKISH, "cp1254", "iso-8859-9"), (HUNGARIAN, "iso8859-2", "latin2"), (ICELANDIC, "cp1252", "latin1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["http", "meta", "xml", "nowhere"])
def test_right_label_and_no_label_give_the_text(text: str, codec: str, label: str, where: str) -> None:
    whole = page(text, label if where == "meta" else None)
    whole = f'<?xml version="1.0" encoding="{label}"?>' + whole if where == "xml" else whole
    source = decode(whole.encode(codec), charset=label if where == "http" else None)
    assert source.text == whole
    assert source.replaced == 0


@pytest.mark.parametrize(
    ("text", "codec", "wrong"),
    [
        (CHINESE, "gbk", "utf-8"), (CHINESE, "gbk", "iso-8859-1"), (CHINESE, "gbk", "big5"), (CHINESE, "gbk", "euc-kr"), (CHINESE, "gbk", "euc-jp"),
        (CHINESE, "gbk", "shift_jis"), (CHINESE, "gbk", "windows-1251"), (CHINESE, "gbk", "koi8-r"), (TRADITIONAL, "big5", "gb2312"),
        (JAPANESE, "euc_jp", "shift_jis"), (JAPANESE, "cp932", "euc-jp"), (JAPANESE, "euc_jp", "gb2312"), (KOREAN, "cp949", "gb2312"),
        (KOREAN, "cp949", "big5"), (RUSSIAN, "cp1251", "koi8-r"), (RUSSIAN, "koi8-r", "windows-1251"), (RUSSIAN, "cp1251", "iso-8859-1"),
        (RUSSIAN, "cp1251", "iso-8859-5"), (RUSSIAN, "cp866", "windows-1251"), (FRENCH, "cp1252", "utf-8"), (FRENCH, "cp1252", "gbk"),
        (FRENCH, "cp1252", "windows-1251"), (POLISH, "cp1250", "iso-8859-1"), (TURKISH, "cp1254", "iso-8859-1"), (HUNGARIAN, "cp1250", "iso-8859-1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["http", "meta"])
def test_wrong_label_does_not_beat_what_the_bytes_say(text: str, codec: str, wrong: str, where: str) -> None:
    whole = page(text, wrong if where == "meta" else None)
    assert decode(whole.encode(codec), charset=wrong if where == "http" else None).text == whole


@pytest.mark.parametrize(
    "charset", ["text/html; charset=none", "zh_CN", "", ";;;", "charset=", "\x00", "gbk\ud800", "x" * 10_000]
)
def test_label_that_is_no_encoding_harms_nothing(charset: str) -> None:
    assert decode(page(CHINESE).encode("gbk"), charset=charset).text == page(CHINESE)


def test_header_wins_over_meta_where_both_read_well() -> None:
    text = "<p>résumé"
    assert decode(b'<meta charset="windows-1250">' + text.encode("cp1252"), charset="iso-8859-1").how == "http"


def test_label_behind_the_first_kilobyte_is_found_before_body() -> None:
    head = "<html><head><!--" + "x" * 3000 + '--><meta charset="windows-1257"><body>'
    source = decode((head + "<p>šį žodį rašau čia").encode("cp1257"))
    assert (source.encoding, source.how) == ("cp1257", "meta")


def test_label_inside_the_body_is_no_label() -> None:
    data = b"<body><p>" + b"na\xefve caf\xe9 " * 200 + b'</p><pre><meta charset="windows-1257"></pre>'
    assert decode(data).how != "meta"


def test_latin1_page_with_windows_quotes_is_windows_1252() -> None:
    text = page("“C’était l’été” – déjà…", "iso-8859-1")
    assert decode(text.encode("cp1252")).text == text


# --- mixed pages


@pytest.mark.parametrize(
    ("text", "codec"), [(CHINESE, "gb18030"), (TRADITIONAL, "big5hkscs"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (KOREAN, "cp949"), (RUSSIAN, "cp1251")]
)  # fmt: skip
def test_block_of_utf8_in_a_legacy_page_is_decoded_apart(text: str, codec: str) -> None:
    before, block, after = f"<p>{text}</p>" * 3, f"<div>{text[:20]}</div>", f"<p>{text}</p>"
    source = decode(before.encode(codec) + block.encode() + after.encode(codec))
    assert source.text == before + block + after
    assert source.encoding == codec
    assert [run.encoding for run in source.apart] == ["utf-8"]
    assert text[5:15] in source.text[source.apart[0].start : source.apart[0].end]


@pytest.mark.parametrize(("text", "codec"), [(CHINESE, "gb18030"), (KOREAN, "cp949"), (RUSSIAN, "cp1251"), (JAPANESE, "euc_jp")])
def test_block_in_legacy_bytes_in_a_utf8_page_is_decoded_apart(text: str, codec: str) -> None:
    before, block, after = f"<p>{text}</p>" * 3, f"<div>{text}</div>", f"<p>{text}</p>"
    source = decode(before.encode() + block.encode(codec) + after.encode(), charset="utf-8")
    assert source.text == before + block + after
    assert (source.encoding, {run.encoding for run in source.apart}) == ("utf-8", {codec})


@pytest.mark.parametrize(
    ("text", "codec"), [(CHINESE, "gb18030"), (TRADITIONAL, "big5hkscs"), (KOREAN, "cp949"), (JAPANESE, "cp932")]
)
@pytest.mark.parametrize("cut", range(8, 20, 3))
def test_encoding_may_change_between_any_two_characters(text: str, codec: str, cut: int) -> None:
    data = b"<p>" + text[:cut].encode(codec) + text[cut : cut + 12].encode() + text[cut + 12 :].encode(codec) + b"</p>"
    assert decode(data).text == f"<p>{text}</p>"


def test_latin_words_may_hold_both_encodings() -> None:
    half = len(FRENCH) // 2
    data = FRENCH.encode("cp1252") + FRENCH[:half].encode() + FRENCH[half:].encode("cp1252") + FRENCH.encode()
    assert decode(data).text == FRENCH * 3


def test_capital_a_with_tilde_before_a_quote_is_no_utf8() -> None:
    text = page("IRMÃ» diz «AMANHû e fechou a porta; é à noite, até já, avó.")
    assert decode(text.encode("cp1252"), charset="iso-8859-1").text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [(CHINESE, "gbk"), (TRADITIONAL, "big5"), (JAPANESE, "cp932"), (KOREAN, "cp949"), (RUSSIAN, "cp1251"), (FRENCH, "cp1252")],
)
def test_pages_in_one_encoding_have_no_runs_apart(text: str, codec: str) -> None:
    assert decode(page(text).encode(codec)).apart == ()


def test_runs_apart_are_where_they_say() -> None:
    source = decode(b"<p>" + CHINESE.encode("gbk") + b"</p>" + "<i>汇编手册</i>".encode() + b"<p>" + CHINESE.encode("gbk"))
    start = source.text.index("汇编手册")
    assert source.apart == (Run(start, start + 4, "utf-8"),)


# --- damage


@pytest.mark.parametrize(
    ("text", "codec"),
    [(CHINESE, "gb18030"), (TRADITIONAL, "big5hkscs"), (JAPANESE, "euc_jp"), (KOREAN, "cp949"), (JAPANESE, "cp932")],
)
def test_stray_bytes_do_not_hide_the_encoding(text: str, codec: str) -> None:
    whole = page(text * 2)
    data = whole.encode(codec).replace(b"</p>\n", b"\xff</p>\n").replace(b"</title>", b"\xff</title>")
    source = decode(data)
    assert source.encoding == codec
    assert source.replaced >= 2
    assert source.text.replace("\ufffd", "") == whole


@pytest.mark.parametrize(("text", "codec"), [(CHINESE, "gbk"), (TRADITIONAL, "big5"), (JAPANESE, "euc_jp"), (KOREAN, "cp949")])
def test_lost_byte_tears_no_more_than_the_characters_beside_it(text: str, codec: str) -> None:
    data = text.encode(codec)
    source = decode(b"<p>" + data[:20] + data[21:] + b"</p><p>" + data, charset=codec)
    assert source.text.endswith(text)
    assert text[14:26] in source.text.partition("</p>")[0]


def test_added_byte_tears_no_more_than_the_characters_beside_it() -> None:
    data = CHINESE.encode("gbk")
    source = decode(b"<p>" + data[:20] + b"\xb4" + data[20:] + b"</p><p>" + data, charset="gbk")
    assert CHINESE[13:25] in source.text.partition("</p>")[0]


def test_numbers_and_characters_that_nec_and_ibm_added_to_euc_jp_are_read() -> None:
    data = JAPANESE.encode("euc_jp") + b"\xad\xa1\xad\xa2 \xad\xea\xfc\xe2"
    assert decode(data, charset="euc-jp").text == JAPANESE + "①② ㈱髙"


# --- binary


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>", "pdf"), (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "jpeg"), (b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00", "gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "riff"), (b"PK\x03\x04\x14\x00\x06\x00word/document.xml", "zip"), (b"\x1f\x8b\x08\x00\x00\x00", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "office"), (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"), (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"ID3\x03\x00\x00\x00\x00\x00", "mp3"), (b"\x00\x00\x00\x18ftypmp42", "mp4"), (b"OggS\x00\x02", "ogg"), (b"\x7fELF\x02\x01", "elf"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00", "executable"), (b"\x28\xb5\x2f\xfd\x04", "zstd"), (b"BZh91AY&SY\x00", "bzip2"),
        (b"wOF2\x00\x01\x00\x00", "font"), (b"x" * 257 + b"ustar\x0000", "tar"), (b"\x00\x00\x01\x00\x01\x00\x10\x10", "icon"),
    ],
)  # fmt: skip
def test_file_signature_says_binary(data: bytes, kind: str) -> None:
    source = decode(data)
    assert (source.binary, source.text, source.how) == (True, "", f"binary/{kind}")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [60, 500, 20_000])
def test_noise_is_binary(seed: int, size: int) -> None:
    import random

    assert decode(random.Random(seed).randbytes(size)).binary


def test_zeros_alone_are_binary() -> None:
    assert decode(b"\x00" * 3000).binary


@pytest.mark.parametrize(
    "text",
    [
        "BM is short for British Museum. It opened in 1759.", "MZ and BMW built motor cycles.", "PK wrote the report.", "GIF89a is a file format of 1989.",
        "%PDF-1.7 is what such files begin with; this one is text.", "RIFF and WAVE are formats.", "ID3 tags name the artist.", "Rar! said the lion.",
        "OggS marks a page.", "BZh begins a bzip2 file.", "\x1b[1mbold\x1b[0m in a terminal log\n", "N\x08NA\x08AM\x08ME\x08E\n    ls - list\n" * 9,
        "page one\x0cpage two\x0c", "MM*II*", "7zip and Rar", "ustar is a format", "wOFF and wOF2 are fonts",
    ],
)  # fmt: skip
def test_text_that_begins_like_a_file_is_text(text: str) -> None:
    source = decode(text.encode())
    assert (source.binary, source.text) == (False, text)


@pytest.mark.parametrize("codec", ["utf-8", "gbk", "cp1252"])
def test_stray_zeros_leave_a_text_a_text(codec: str) -> None:
    text = (FRENCH if codec == "cp1252" else CHINESE).replace(",", ",\x00") + "\x00"
    source = decode(text.encode(codec))
    assert (source.binary, source.text) == (False, text)


def test_log_padded_with_zeros_is_text() -> None:
    text = "\x00" * 5000 + "2026-11-23 GET /index.html 200\n" * 30
    assert decode(text.encode()).text == text


# --- bad use, no bytes, promises


def test_wrong_use_raises_at_once() -> None:
    with pytest.raises(TypeError, match="bytes of a page"):
        decode("text")  # type: ignore[arg-type]


@pytest.mark.parametrize("data", [bytearray(b"<p>x"), memoryview(b"<p>x")])
def test_other_bytes_like_objects_are_bytes(data: bytes) -> None:
    assert decode(data).text == "<p>x"


def test_no_bytes_give_no_text() -> None:
    assert decode(b"").text == ""


def test_chardet_is_loaded_only_when_it_is_asked() -> None:
    page_in_gbk = CHINESE.encode("gbk")
    program = f"""
import sys
from cleaner.decoding import decode
decode("<p>é".encode())
decode({page_in_gbk!r}, charset="gbk")
print("chardet" in sys.modules)
decode({page_in_gbk!r})
print("chardet" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
