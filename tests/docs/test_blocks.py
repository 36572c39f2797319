"""Every fenced block of README.md, CONTRIBUTING.md and docs/ runs and prints what the document shows (see `blocks`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.blocks import DOCUMENTS, LANGUAGES, Block, blocks_of, mismatch, prompts_of
from tests.docs.running import Clone, clone_in

BLOCKS = [block for document in DOCUMENTS for block in blocks_of(document)]
APART = [block for block in BLOCKS if block.how == "run apart"]
# What a block that is run apart needs, by what the document calls it; where it is not installed the block is skipped (and CI installs all).
NEEDS = {
    "Ray": "ray",
    "Spark": "pyspark",
    "datatrove": "datatrove",
    "LangChain": "langchain_core",
    "pandas": "pandas",
    "polars": "polars",
}
# What no test of this kind can run; whoever adds a line says in the document why.
NOT_RUN = {
    ("README.md", "installs from a registry; .ci/release does it with the built wheel"),
    ("README.md", "installs from a registry; .ci/run does it"),
    ("CONTRIBUTING.md", "runs these tests itself"),
    ("CONTRIBUTING.md", "takes half an hour"),
    ("docs/benchmarks.md", "makes an environment of peers from a registry"),
}


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Clone]:
    with clone_in(tmp_path) as made:
        yield made


@pytest.mark.timeout(600)
@pytest.mark.parametrize("document", [document for document in DOCUMENTS if blocks_of(document)])
def test_blocks_of(document: str, clone: Clone) -> None:
    for block in blocks_of(document):
        if block.how not in ("not run", "run apart"):
            clone.run(block)


@pytest.mark.engine
@pytest.mark.timeout(400)
@pytest.mark.parametrize("block", APART, ids=lambda block: block.name)
def test_block_apart(block: Block, clone: Clone) -> None:
    pytest.importorskip(NEEDS[block.reason])
    clone.run(block)


def test_what_is_not_run_says_why_and_is_little() -> None:
    assert {(block.document, block.reason) for block in BLOCKS if block.how == "not run"} == NOT_RUN


def test_every_block_says_what_it_is() -> None:
    """A language that this mechanism does not know must be a file with a name."""
    assert [block.name for block in BLOCKS if block.language not in (*LANGUAGES, "text", "") and not block.title] == []


def test_blocks_without_a_language_are_listings() -> None:
    """Commands must not hide in blocks that nobody runs."""
    listings = [block for block in BLOCKS if block.language in ("text", "") and not block.title]
    assert [block.name for block in listings if block.code.startswith(("$ ", ">>> ", "cleaner ", "pip install", "python "))] == []


@pytest.mark.parametrize(
    ("shown", "printed", "missed"),
    [
        (["a", "b"], "a\n\n  b\n", ""),
        (["a", "…", "c"], "a\nb\nc\n", ""),
        (["a", "c"], "a\nb\nc\n", "c"),
        (["a"], "a\nb\n", "(and then) b"),
        (["a", "…"], "a\nb\n", ""),
        (["b", "…", "a"], "a\nb\n", "b"),
        (["took … s"], "took 3.2 s\n", ""),
        (["took … s"], "took 3.2 h\n", "took … s"),
    ],
)
def test_shown_lines_are_compared_in_order_and_to_the_end(shown: list[str], printed: str, missed: str) -> None:
    assert mismatch(shown, printed) == missed


def test_console_block_is_cut_at_its_prompts() -> None:
    assert prompts_of("$ a\nx\n\ny\n$ b\n> c\n") == [("a", ["x", "y"]), ("b\nc", [])]
