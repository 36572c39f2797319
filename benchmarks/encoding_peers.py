"""The peers of `cleaner.decode`: each takes the bytes of a page and what the HTTP header said, and gives text its own best way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, version

__all__ = ["PEERS", "Decoder", "installed"]

Decoder = Callable[[bytes, str | None], str]


def _cleaner(data: bytes, header: str | None) -> str:
    from cleaner.decoding import decode

    return decode(data, charset=header).text


def _chardet(data: bytes, _: str | None) -> str:
    import chardet

    return _read(data, chardet.detect(data)["encoding"])


def _faust(data: bytes, _: str | None) -> str:
    import cchardet

    return _read(data, cchardet.detect(data)["encoding"])


def _normalizer(data: bytes, _: str | None) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best is not None else _read(data, None)


def _resiliparse(data: bytes, _: str | None) -> str:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return str(bytes_to_str(data, detect_encoding(data)))


def _resiliparse_meta(data: bytes, _: str | None) -> str:
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return str(bytes_to_str(data, detect_encoding(data, from_html_meta=True)))


def _w3lib(data: bytes, header: str | None) -> str:
    from w3lib.encoding import html_to_unicode

    value = header if header is None or "/" in header else f"text/html; charset={header}"
    return str(html_to_unicode(value, data)[1])


def _dammit(data: bytes, header: str | None) -> str:
    from bs4 import UnicodeDammit

    return UnicodeDammit(data, [header] if header else [], is_html=True).unicode_markup or ""


def _trafilatura(data: bytes, _: str | None) -> str:
    from trafilatura.utils import decode_file

    return str(decode_file(data))


def _turbohtml(data: bytes, _: str | None) -> str:
    from turbohtml.detect import detect

    return _read(data, detect(data).encoding)


def _read(data: bytes, encoding: str | None) -> str:
    try:
        return data.decode(encoding or "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


PEERS: dict[str, tuple[Decoder, str]] = {
    "cleaner": (_cleaner, "webpage-cleaner"),
    "chardet": (_chardet, "chardet"),
    "charset-normalizer": (_normalizer, "charset-normalizer"),
    "faust-cchardet": (_faust, "faust-cchardet"),
    "resiliparse": (_resiliparse, "Resiliparse"),
    "resiliparse, meta": (_resiliparse_meta, "Resiliparse"),
    "w3lib": (_w3lib, "w3lib"),
    "bs4 UnicodeDammit": (_dammit, "beautifulsoup4"),
    "trafilatura": (_trafilatura, "trafilatura"),
    "turbohtml": (_turbohtml, "turbohtml"),
}


def installed(names: Iterable[str]) -> dict[str, Decoder]:
    """Those of the peers that can be imported, by the name and version they are reported under."""
    found: dict[str, Decoder] = {}
    for name in names:
        decoder, package = PEERS[name]
        try:
            decoder("é".encode(), None)
        except ImportError:
            continue
        try:
            found[f"{name} {version(package)}" if name != "cleaner" else name] = decoder
        except PackageNotFoundError:
            found[name] = decoder
    return found
