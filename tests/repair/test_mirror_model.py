"""The forward model makes the strings that were seen on real pages."""

from __future__ import annotations

import pytest

from benchmarks.data import data_folder
from tests import mirror_model as model

pytest.importorskip("opencc", reason="the forward model needs opencc-python-reimplemented")
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not (data_folder() / "mirror").exists(), reason="the kit's table is not there"),
]

WIDTHS = {ord(full): half for full, half in zip("，！？；", ",!?;", strict=True)}


@pytest.mark.parametrize(
    ("clean", "damaged"),
    [
        ("服输的人此刻竟当场失语", "服輸?shù)娜舜丝叹巩?dāng)場(chǎng)失語(yǔ)"),
        ("作用。”</p>", "作用?！?/p>"),
        ("小麦市场价格", "小麥?zhǔn)袌?chǎng)價(jià)格"),
        ("。县", "?？h"),
        ("海县", "?？h"),
        ("，12306", "，12306"),
    ],
)
def test_strings_of_real_pages_come_out_byte_for_byte(clean: str, damaged: str) -> None:
    assert model.damaged(model.converted(clean), model.glosses()) == damaged


def test_widths_vary_by_source() -> None:
    assert model.damaged("福快樂", model.glosses()).translate(WIDTHS) == "??鞓?lè)"
    assert model.damaged(model.converted("作用。”</p>"), model.glosses()).translate(WIDTHS) == "作用?!?/p>"


def test_a_prefix_of_the_table_glosses_only_its_entries() -> None:
    table = model.glosses()
    assert model.damaged("。現在", table[:6], stops=model.STOPS) == "?，F在"
    assert model.damaged("堅持發展業務", table[:2], stops=()) == "堅持發(fā)展業(yè)務"
