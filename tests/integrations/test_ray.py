"""Ray: the same files as a local run, and poison pages that stay rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.progress import progress_for
from cleaner.batch.supervisor import Run, run_chunks
from cleaner.batch.values import BatchConfig, BatchError
from cleaner.batch.verify import verified
from cleaner.options import Options
from tests.faults.poison import POISON
from tests.integrations.pages import COUNT, NOTICE, dumps_with_templates, expected_status, rows, write_lines

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def ray() -> Any:
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield ray
    ray.shutdown()


def test_every_row_comes_back_and_the_three_poison_pages_are_flagged(ray: Any) -> None:
    import ray.data

    from cleaner.integrations.ray import CleanPages

    frame = ray.data.from_items(rows())
    cleaned = frame.map_batches(
        CleanPages,
        fn_constructor_kwargs={"options": Options(rules=(POISON,)), "page_timeout": 2.0, "memory": 1_500_000_000},
        batch_format="pyarrow",
        batch_size=8,
        concurrency=2,
        num_cpus=0.5,
    ).take_all()
    statuses = {int(row["id"].removeprefix("page-")): row["status"] for row in cleaned}
    assert statuses == {number: expected_status(number) for number in range(COUNT)}
    assert all("ferry" in row["text"] and "Contact" not in row["text"] for row in cleaned if row["status"] == "ok")


def test_actors_take_templates_of_sites(ray: Any, tmp_path: Path) -> None:
    import ray.data

    from cleaner.integrations.ray import CleanPages

    pages, templates = dumps_with_templates(tmp_path)
    found = {}
    for name, options in (("with", Options(templates=(templates,))), ("without", Options())):
        frame = ray.data.from_items(pages)
        found[name] = frame.map_batches(
            CleanPages,
            fn_constructor_kwargs={"options": options, "memory": 1_500_000_000},
            batch_format="pyarrow",
            batch_size=4,
            concurrency=2,
            num_cpus=0.5,
        ).take_all()
        assert len(found[name]) == len(pages)
    assert all("Story" in row["text"] and NOTICE not in row["text"] for row in found["with"])
    assert all(NOTICE in row["text"] for row in found["without"])
    assert all("navigation/site-template" in {edit["rule"] for edit in row["removals"]} for row in found["with"])


def test_the_engine_learns_and_writes_the_same_shards_as_a_local_run(ray: Any, tmp_path: Path) -> None:
    from cleaner.batch.learning import run_with_sites
    from cleaner.integrations.ray import ray_engine

    pages, _ = dumps_with_templates(tmp_path)
    source = tmp_path / "pages.jsonl"
    source.write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
    for name, engine in (("local", None), ("ray", ray_engine())):
        run = Run(tmp_path / name, BatchConfig(), jobs=2, chunk_bytes=1_000)
        summary, _ = run_with_sites(run, [str(source)], progress_for("quiet"), engine)
        assert summary.rows == len(pages)
    assert (tmp_path / "local" / "templates").read_bytes() == (tmp_path / "ray" / "templates").read_bytes()
    assert len(_shards(tmp_path / "local")) > 2
    assert _shards(tmp_path / "local") == _shards(tmp_path / "ray")


def test_the_engine_writes_the_same_shards_as_a_local_run(ray: Any, tmp_path: Path) -> None:
    from cleaner.integrations.ray import ray_engine

    source = write_lines(tmp_path / "pages.jsonl")
    config = BatchConfig(options=Options(rules=(POISON,)), page_timeout=2.0, memory=1_500_000_000)
    summaries = {}
    for name, engine in (("local", None), ("ray", ray_engine())):
        run = Run(tmp_path / name, config, jobs=2, chunk_bytes=8_000)
        summaries[name] = run_chunks(run, [str(source)], progress_for("quiet"), engine)
        assert not verified(tmp_path / name).problems
    files = {name: _shards(tmp_path / name) for name in summaries}
    assert len(files["local"]) > 2
    assert files["local"] == files["ray"]
    # and a second run has nothing left to do
    again = run_chunks(
        Run(tmp_path / "ray", config, jobs=2, chunk_bytes=8_000), [str(source)], progress_for("quiet"), ray_engine()
    )
    assert again.rows == summaries["ray"].rows == COUNT - 3
    assert again.dead == 3


def _shards(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("shard-*")}


def test_no_cluster_at_an_address_is_said_in_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    from cleaner.integrations import ray as module

    class Refusing:
        @staticmethod
        def is_initialized() -> bool:
            return False

        @staticmethod
        def init(**_: object) -> None:
            raise ConnectionError("nobody there")

    with (
        pytest.raises(BatchError, match=r"no connection to Ray at ray://nowhere:1: nobody there"),
        module._connected(Refusing, "ray://nowhere:1", 1),
    ):
        pass
