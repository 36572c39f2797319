"""Real faults: whatever happens to a page, a process or the disk, nothing is lost, nothing is there twice, and the bytes are the same."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.inputs import page, read_dead, read_rows, warc_record, write_folder, write_jsonl, write_warc
from tests.faults.poison import C_LOOP, EXIT, LEAVE, MEMORY, PYTHON_LOOP, RAISE, SEGFAULT, SLEEP

pytestmark = pytest.mark.fault
ROOT = Path(__file__).parents[2]
POISON = ("--rules", "tests.faults.poison:POISON", "--page-timeout", "1")
SLOW = ("--rules", "tests.faults.poison:SLOWLY")
PAGES = 240


def start(*arguments: object, **more: object) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "cleaner", *map(str, arguments)]
    # A shell's background jobs ignore SIGINT, and children inherit that.
    more.setdefault("preexec_fn", lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload]


def command(*arguments: object, code: int = 0) -> str:
    process = start(*arguments)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == code, errors.decode()
    return (output + errors).decode()


def shards(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.glob("shard-*"))}


def workers_of(process: int) -> list[int]:
    """All processes below a process."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            status = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(status[1]) == process and status[0] != "Z":
                found += [int(entry.name), *workers_of(int(entry.name))]
    return found


def gone(processes: list[int], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(alive(process) for process in processes):
            return True
        time.sleep(0.02)
    return False


def alive(process: int) -> bool:
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def tidy(out: Path) -> bool:
    return not [path for path in out.rglob("*") if path.name.startswith(".") or ".tmp" in path.name]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages in a folder, a WARC and a JSONL file, in about 20 chunks, slow enough to be interrupted."""
    folder = tmp_path_factory.mktemp("crawl")
    write_folder(folder / "pages", PAGES // 3)
    write_warc(folder / "crawl.warc.gz", [warc_record(number) for number in range(PAGES // 3)])
    write_jsonl(folder / "docs.jsonl", PAGES // 3)
    return folder


@pytest.fixture(scope="module")
def undisturbed(crawl: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    command("run", crawl, "-o", out, "--jobs", 2, "--chunk-bytes", 5000, *SLOW)
    assert len(shards(out)) > 10
    return shards(out)


def run_of(crawl: Path, out: Path) -> tuple[object, ...]:
    return ("run", crawl, "-o", out, "--jobs", 2, "--chunk-bytes", 5000, *SLOW)


@pytest.mark.parametrize("kind", ["folder", "warc", "jsonl"])
def test_bad_pages_cost_only_themselves_and_land_in_the_dead_letters(tmp_path: Path, kind: str) -> None:
    bad = {5: SEGFAULT, 6: C_LOOP, 7: PYTHON_LOOP, 20: MEMORY, 21: RAISE, 22: EXIT, 23: LEAVE, 24: SLEEP, 39: SEGFAULT}
    texts = [page(number) if number not in bad else f"<p>Now {bad[number]}, {number} times.</p>" for number in range(40)]
    source = tmp_path / "source"
    if kind == "folder":
        source.mkdir()
        for number, text in enumerate(texts):
            (source / f"{number:03d}.html").write_text(text, encoding="utf-8")
    elif kind == "warc":
        source = source.with_suffix(".warc.gz")
        write_warc(source, [warc_record(number, text.encode()) for number, text in enumerate(texts)])
    else:
        source = source.with_suffix(".jsonl")
        source.write_text("".join(json.dumps({"html": text}) + "\n" for text in texts), encoding="utf-8")
    out = tmp_path / "out"
    output = command("run", source, "-o", out, "--jobs", 2, *POISON, code=1)
    assert "40 pages in = 31 rows out + 9 dead letters" in output
    letters = read_dead(out)
    assert [letter["status"] for letter in letters] == ["crash", *["timeout"] * 2, *["error"] * 3, "crash", "timeout", "crash"]
    import base64

    assert [base64.b64decode(letter["raw"]).decode() for letter in letters] == [texts[number] for number in bad]
    assert "SIGSEGV" in letters[0]["error"]
    assert "MemoryError" in letters[3]["error"]
    assert tidy(out)
    assert "40 pages in = 31 rows out + 9 dead letters; all is well" in command("verify", out)
    assert "9 dead letters were tried again: 9 became rows" in command("retry", out)
    assert "40 pages in = 40 rows out + 0 dead letters; all is well" in command("verify", out)


def test_kill_9_of_the_parent_at_20_random_moments_loses_nothing(
    crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    chance = random.Random(7)
    killed = 0
    for _ in range(20):
        process = start(*run_of(crawl, out))
        time.sleep(chance.uniform(0.05, 1.3))
        below = workers_of(process.pid)
        if process.poll() is None:
            killed += 1
        process.kill()
        process.communicate()
        assert gone(below, 1.0), "a worker outlived its parent by a second"
        finished = set(shards(out)) & set(undisturbed)
        assert all(shards(out)[name] == undisturbed[name] for name in finished)
    command(*run_of(crawl, out))
    assert killed >= 5
    assert shards(out) == undisturbed
    assert len({row["id"] + row["source"] for row in read_rows(out)}) == PAGES
    assert tidy(out)
    assert "all is well" in command("verify", out)


def test_kill_9_of_workers_at_random_moments_loses_nothing(crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    chance = random.Random(8)
    process = start(*run_of(crawl, out))
    killed = 0
    while process.poll() is None:
        time.sleep(chance.uniform(0.02, 0.3))
        nursery = workers_of(process.pid)[:1]
        below = [worker for worker in workers_of(process.pid) if worker not in nursery]
        if below and killed < 20:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(below), signal.SIGKILL)
                killed += 1
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
    assert killed >= 5
    assert shards(out) == undisturbed


def test_kill_9_of_the_process_that_forks_the_workers_loses_nothing(
    crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    process = start(*run_of(crawl, out))
    for _ in range(3):
        time.sleep(0.7)
        if below := workers_of(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(below[0], signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors.decode()
    assert shards(out) == undisturbed


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 3)])
def test_a_signal_stops_cleanly_within_two_seconds_and_the_run_goes_on(
    crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path, number: signal.Signals, code: int
) -> None:
    out = tmp_path / "out"
    process = start(*run_of(crawl, out))
    while not shards(out):
        time.sleep(0.05)
    below = workers_of(process.pid)
    process.send_signal(number)
    _, errors = process.communicate(timeout=2)
    assert process.returncode == code
    assert b"goes on from here" in errors
    assert gone(below, 1.0)
    assert tidy(out)
    command(*run_of(crawl, out))
    assert shards(out) == undisturbed


def test_a_second_run_on_the_same_output_is_refused(crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = start(*run_of(crawl, out))
    while not shards(out):
        time.sleep(0.05)
    assert "another run is writing" in command(*run_of(crawl, out), code=2)
    _, errors = first.communicate(timeout=60)
    assert first.returncode == 0, errors.decode()
    assert shards(out) == undisturbed


def test_a_page_whose_worker_was_killed_by_somebody_is_tried_again(tmp_path: Path) -> None:
    source = write_folder(tmp_path / "pages", 10)
    (source / "page-0004.html").write_text("<p>please-crash-once and then be a page of words</p>")
    mark = tmp_path / "mark"
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.once", str(source), str(tmp_path / "out"), str(mark)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert mark.exists()
    assert len(read_rows(tmp_path / "out")) == 10


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[Path]:
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"cannot mount a tmpfs here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk_stops_the_run_and_it_goes_on_when_there_is_room(
    crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    with mounted(tmp_path / "small", "size=80k") as folder:
        output = command(*run_of(crawl, folder / "out"), code=3)
        assert "No space left on device" in output
        assert "goes on from here" in output
        assert tidy(folder / "out")
        subprocess.run(["mount", "-o", "remount,size=10m", str(folder)], check=True)
        command(*run_of(crawl, folder / "out"))
        assert shards(folder / "out") == undisturbed
        assert "all is well" in command("verify", folder / "out")


def test_an_output_that_becomes_read_only_stops_the_run_and_it_goes_on(
    crawl: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    with mounted(tmp_path / "disk", "size=10m") as folder:
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert "Read-only file system" in command(*run_of(crawl, folder / "out"), code=3)
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        process = start(*run_of(crawl, folder / "out"))
        while not shards(folder / "out"):
            time.sleep(0.05)
        process.kill()
        process.communicate()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        command(*run_of(crawl, folder / "out"), code=3)
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        command(*run_of(crawl, folder / "out"))
        assert shards(folder / "out") == undisturbed


def test_workers_do_not_hold_the_lock_of_a_parent_that_was_killed(crawl: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = start(*run_of(crawl, out))
    while not shards(out):
        time.sleep(0.05)
    process.kill()
    process.communicate()
    command(*run_of(crawl, out))


def test_a_script_of_a_user_with_rules_of_its_own_runs(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from cleaner import Options, clean_many\n"
        "class Mine:\n    name = 'article/mine'\n    why = 'because'\n    def find(self, page):\n        return ()\n"
        "if __name__ == '__main__':\n    print([r.status for r in clean_many(['<p>some words</p>'] * 3, jobs=2, options=Options(rules=(Mine(),)))])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert done.stdout.strip() == "['ok', 'ok', 'ok']", done.stderr
    script.write_text(script.read_text().replace("if __name__ == '__main__':\n    ", ""))
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert "if __name__ == '__main__'" in done.stderr
