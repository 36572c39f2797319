"""The gate in C and the gate in Python see the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.options import Options
from cleaner.repair import control, gate, kit, repaired

_gate = pytest.importorskip("cleaner.repair._gate", reason="the extension was not built: no compiler on this machine")

PIECES = [
    *map(chr, (*range(0x100), 0x20AC, 0x2018, 0x2028, 0x951F, 0xD800, 0xDFFF, 0xFFFE, 0x1F600, 0x10FFFF, 0x410, 0x420, 0x421)),
    *gate.SIGNATURES,
    *gate.TONE_VOWELS,
    *("(hai)", "(hai)(hai)", ")(", "#xff1a;", "#65306;", "x0d", "x0dx0a", "â€™", "Ð¡Ð»Ð¾Ð¹"),
    *("plain text of a page\n" * 5, "&#", "&#9;", "&#x0;", "&#128;", "&#8232", "&#xd800;", "&#131071;", "&#99999999;", "数", "é"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=150).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_both_see_the_same(text: str) -> None:
    seen, signatures, places = _gate.scan(text, gate._table())
    slow_seen, slow_signatures, slow_places = gate._scanned(text, gate._table())
    assert (seen | gate.REFERENCE, signatures, places) == (slow_seen | gate.REFERENCE, slow_signatures, slow_places)
    assert not seen & gate.REFERENCE or slow_seen & gate.REFERENCE


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_both_see_the_same_signs_of_several_characters(text: str) -> None:
    assert _gate.ascii_signs(text) == gate._ascii_signs(text)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from([gate.UTF8_SEQUENCE, gate.LATIN_BYTES, kit.TONED_END, control._RUN]))
def test_both_find_the_same_places(text: str, sign: gate.Sign) -> None:
    assert [match.span() for match in gate.matches(sign, text)] == [match.span() for match in sign.pattern.finditer(text)]


@pytest.mark.parametrize(("wanted", "start"), [(b"", 0), (b"\1\1\1\1\1", 0), (b"\1", -1)])
def test_a_wrong_call_is_refused(wanted: bytes, start: int) -> None:
    with pytest.raises(ValueError, match=r"find\(\) takes"):
        _gate.find("text", gate._table(), wanted, start)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_both_lead_to_the_same_repairs(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fast = repaired(text, kind="html", options=Options())
        patch.setattr(gate, "_gate", None)
        assert repaired(text, kind="html", options=Options()) == fast
