"""The public names, as ARCHITECTURE gives them: they stay."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest

import cleaner
from cleaner import Edit, Options, Result, Rule, clean, decode

ROOT = Path(__file__).parent.parent
PAGE = "<html><body><p>Three hives stand on the roof of the town library.</p></body></html>"


def test_public_names() -> None:
    names = "Edit Options Result Rule Source __version__ clean clean_batch clean_many decode"
    assert set(cleaner.__all__) == set(names.split())
    assert dir(cleaner) == sorted(cleaner.__all__)


def test_signature_of_clean() -> None:
    assert list(signature(clean).parameters) == ["data", "url", "charset", "options"]


def test_result_has_its_names() -> None:
    result = clean(PAGE)
    names = "text kept markdown html title author editor credit date published modified site language url description encoding "
    names += "source page repairs removals mirror status page_type confidence to_dict"
    assert [name for name in names.split() if not hasattr(result, name)] == []
    assert 0 <= result.confidence <= 1
    assert result.to_dict()["schema"] == 1


def test_decode_gives_a_source() -> None:
    source = decode("Käse".encode())
    assert (source.text, source.encoding, source.replaced) == ("Käse", "utf-8", 0)


def test_edit_is_a_plain_tuple() -> None:
    assert Edit(1, 2) == (1, 2, "", "", "", 1.0)


def test_rule_needs_no_base_class() -> None:
    class Own:
        name, why = "own/rule", "To show."

        def find(self, page: object) -> list[Edit]:
            return []

    assert isinstance(Own(), Rule)


def test_options_and_result_pickle() -> None:
    options = Options(ignore=("spam",))
    assert pickle.loads(pickle.dumps(options)) == options
    result = clean(PAGE)
    again = pickle.loads(pickle.dumps(result))
    assert isinstance(again, Result)
    assert again == result


@pytest.mark.parametrize("wrong", [None, 3, 3.5, Path("page.html"), ["<p>"], {"a": 1}], ids=repr)
def test_wrong_type_raises_with_a_sentence(wrong: object) -> None:
    with pytest.raises(TypeError, match="bytes, str or a BeautifulSoup object"):
        clean(wrong)  # type: ignore[arg-type]


def test_beautifulsoup_object_is_accepted() -> None:
    from bs4 import BeautifulSoup

    assert clean(BeautifulSoup(PAGE, "html.parser")).text == clean(PAGE).text


@pytest.mark.parametrize("data", [bytearray(PAGE.encode()), memoryview(PAGE.encode())], ids=["bytearray", "memoryview"])
def test_what_behaves_as_bytes_is_accepted(data: bytes) -> None:
    assert clean(data).text == clean(PAGE.encode()).text


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"extractor": "mine"}, "trafilatura"),
        ({"script": "tw"}, "simplified"),
        ({"kind": "pdf"}, "html"),
        ({"max_bytes": "9"}, "number"),
    ],
)
def test_wrong_option_names_what_is_allowed(values: dict[str, str], part: str) -> None:
    with pytest.raises(ValueError, match=part):
        Options(**values)  # type: ignore[arg-type]


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.decode().split()}


def test_importing_cleaner_loads_nothing_heavy() -> None:
    heavy = {"selectolax", "lxml", "bs4", "chardet", "trafilatura", "ftfy", "numpy", "rich", "click", "zstandard", "asyncio"}
    assert loaded_after("import cleaner") & heavy == set()


def test_cleaning_a_page_loads_no_second_opinion() -> None:
    page = repr(PAGE * 3)
    heavy = {"trafilatura", "lxml", "bs4", "rich", "click", "pyarrow", "torch", "sklearn", "lightgbm"}
    assert loaded_after(f"from cleaner import clean; clean({page}.encode())") & heavy == set()
