"""Binary: bytes that are no text at all, so that nothing pretends they are.

Two proofs count. A file signature: PDF, images, archives, office files, media. Or noise: control characters that no text has make
up more than a fiftieth of the bytes; random and compressed bytes have 8.6 % of them, real pages none. NULs prove nothing:
log files are padded with them and some servers drop them into pages.
"""

from __future__ import annotations

import re

__all__ = ["is_noise", "signature"]

# Signatures with a byte that no text begins with.
_SIGNATURES = {
    b"\x89PNG\r\n": "png", b"\xff\xd8\xff": "jpeg", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\x1f\x8b\x08": "gzip",
    b"\xfd7zXZ\x00": "xz", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar", b"\x28\xb5\x2f\xfd": "zstd",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "office", b"\x7fELF": "elf", b"\xca\xfe\xba\xbe": "class", b"\x00\x00\x01\x00": "icon",
    b"II*\x00": "tiff", b"MM\x00*": "tiff", b"\x1aE\xdf\xa3": "matroska", b"\x00asm": "wasm", b"\x00\x01\x00\x00\x00": "font",
    b"OTTO\x00": "font", b"SQLite format 3\x00": "sqlite", b"MSCF\x00": "cabinet", b"FLV\x01": "flash", b"OggS\x00": "ogg",
    b"fLaC\x00": "flac", b"8BPS\x00": "photoshop", b"\x04\x22\x4d\x18": "lz4", b"\x93NUMPY": "numpy", b"\x80\x02": "", b"BZh": "",
    b"ID3": "", b"GIF87a": "", b"GIF89a": "", b"RIFF": "", b"%PDF-": "", b"wOFF": "", b"wOF2": "", b"MZ": "", b"BM": "", b"CWS": "",
    b"FWS": "", b"\xff\xfb": "", b"\xff\xf3": "", b"AT&TFORM": "", b"PAR1": "", b"ARROW1": "", b"\x00\x00\x00": "",
}  # fmt: skip
_PREFIXES = tuple(_SIGNATURES)
_FIRST = frozenset(prefix[0] for prefix in _SIGNATURES)
# Signatures that a text may begin with ("BM" begins a word): what must follow as well.
_CONFIRMED = {
    b"BZh": (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), "bzip2"),
    b"ID3": (re.compile(rb"ID3[\x02-\x04][\x00-\x0f]"), "mp3"),
    b"GIF87a": (re.compile(rb"GIF87a[\s\S]{4}[\s\S]{3}[\s\S]{0,800}?[\x00-\x08]"), "gif"),
    b"GIF89a": (re.compile(rb"GIF89a[\s\S]{4}[\s\S]{3}[\s\S]{0,800}?[\x00-\x08]"), "gif"),
    b"RIFF": (re.compile(rb"RIFF[\s\S]{4}(?:WEBP|WAVE|AVI |ACON|RMID)"), "riff"),
    b"%PDF-": (re.compile(rb"%PDF-\d\.\d[\s\S]{0,2000}?(?:\d \d+ obj|[\x80-\xff]{4})"), "pdf"),
    b"wOFF": (re.compile(rb"wOFF[\x00O]"), "font"),
    b"wOF2": (re.compile(rb"wOF2[\x00O]"), "font"),
    b"MZ": (re.compile(rb"MZ[\s\S]{2}[\s\S]{0,60}?\x00{3}"), "executable"),
    b"BM": (re.compile(rb"BM[\s\S]{4}\x00{4}[\s\S]{2}\x00\x00"), "bitmap"),
    b"CWS": (re.compile(rb"CWS[\x03-\x20][\s\S]{4}x"), "flash"),
    b"FWS": (re.compile(rb"FWS[\x03-\x20][\s\S]{0,20}?\x00"), "flash"),
    b"\xff\xfb": (re.compile(rb"\xff\xfb[\x10-\xeb][\s\S]{0,60}?\x00"), "mp3"),
    b"\xff\xf3": (re.compile(rb"\xff\xf3[\x10-\xeb][\s\S]{0,60}?\x00"), "mp3"),
    b"AT&TFORM": (re.compile(rb"AT&TFORM[\s\S]{4}DJV"), "djvu"),
    b"PAR1": (re.compile(rb"PAR1[\x00-\x1f]"), "parquet"),
    b"ARROW1": (re.compile(rb"ARROW1\x00"), "arrow"),
    b"\x80\x02": (re.compile(rb"\x80\x02[\]}c(]"), "pickle"),
    b"\x00\x00\x00": (re.compile(rb"\x00\x00\x00[\x08-\x40](?:ftyp|jP  |JXL )"), "mp4"),
}
_TAR = (257, b"ustar")

# Control characters without a use in text: not tab, newlines, backspace (man pages overstrike), SO and SI, SUB, ESC (ISO-2022), NUL.
_NOISE = bytes([*range(0x01, 0x08), *range(0x10, 0x1A), *range(0x1C, 0x20), 0x7F])
NOISE_BYTES = 65_536  # what is looked at; random bytes are decided by the first 200
MAX_NOISE = 0.02  # share of control characters: random and compressed bytes 0.069 and more, development pages 0.000
MIN_NOISE = 2  # one control character in a short text proves nothing


def signature(data: bytes) -> str:
    """The kind of file that `data` begins like, or "".

    >>> signature(b"%PDF-1.4\\n1 0 obj"), signature(b"BMW and MZ are makes of motor cycles")
    ('pdf', '')
    """
    if data and data[0] in _FIRST and data.startswith(_PREFIXES):
        for prefix, kind in _SIGNATURES.items():
            if data.startswith(prefix):
                if kind:
                    return kind
                pattern, kind = _CONFIRMED[prefix]
                if pattern.match(data):
                    return kind
    return "tar" if data.startswith(_TAR[1], _TAR[0]) else ""


def is_noise(data: bytes, size: int = NOISE_BYTES) -> bool:
    """True when control characters in the first `size` bytes say that this is no text in any encoding that keeps ASCII."""
    if data[:1] == b"\x00":
        data = data.lstrip(b"\x00")
        if not data:
            return True
    sample = data[:size].replace(b"\x00", b"")
    noise = len(sample) - len(sample.translate(None, _NOISE))
    return noise >= MIN_NOISE and noise > MAX_NOISE * len(sample)
