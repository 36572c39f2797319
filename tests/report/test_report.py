"""The report of a run: true to the run, complete without help from anywhere, and dead: nothing of a page is alive in it."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cleaner import clean, cli
from cleaner.batch.json_lines import dumps
from cleaner.batch.readers.dead import letters_in
from cleaner.batch.samples import KEPT
from cleaner.batch.values import BatchError
from cleaner.views.report.document import report
from tests.report_kit import ROOT, cleaner, crawl
from tests.server_kit import EVIL

pytest.importorskip("leather", reason="needs the extra report")
FORMATS = ("jsonl.zst", "jsonl.gz", "jsonl", "parquet", "text", "dolma")


class Document(HTMLParser):
    """The elements and attributes of a report, its text, and the commands it names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.commands: list[str] = []
        self.words: list[str] = []
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside != "style":
            self.words.append(data)
        if self._inside == "code" and data.startswith("cleaner "):
            self.commands.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


class Ran(NamedTuple):
    """A folder with the crawl and two runs over it: `out`, and `older` with other rules and limits."""

    folder: Path

    def report(self, *, against: str | None = None, **more: Any) -> str:
        text = report(str(self.folder / "out"), against=str(self.folder / against) if against else None, **more)
        return text.replace(f"{self.folder}/", "")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    folder = tmp_path_factory.mktemp("ran")
    crawl(folder / "crawl.warc.gz")
    limits = ("--chunk-bytes", "60k", "--jobs", 2)
    done = cleaner("run", "crawl.warc.gz", "-o", "out", *limits, "--max-page-bytes", "150k", folder=folder)
    assert done.returncode == 1, done.stderr
    ignored = ("--ignore", "navigation,spam/place-list")
    done = cleaner("run", "crawl.warc.gz", "-o", "older", *limits, "--max-page-bytes", "500k", *ignored, folder=folder)
    assert done.returncode == 0, done.stderr
    return Ran(folder)


def rows(out: Path) -> list[dict[str, Any]]:
    return [row for path in sorted(out.glob("shard-*")) for row in letters_in(str(path))]


def test_nothing_of_a_page_is_alive(ran: Ran) -> None:
    text = ran.report(against="older")
    tags = Document(text).tags
    assert "boom" in text  # the hostile pages are there, as text
    alive = {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "input",
        "video",
        "audio",
        "use",
        "image",
        "foreignobject",
    }
    assert {tag for tag, _ in tags} & alive == set()
    attributes = [(name, value) for _, given in tags for name, value in given.items()]
    assert [
        name for name, _ in attributes if name.startswith("on") or name in ("src", "srcset", "style", "action", "xlink:href")
    ] == []
    assert all(str(value).startswith("#") for name, value in attributes if name == "href")
    assert [value for name, value in attributes if name == "http-equiv"] == ["Content-Security-Policy"]
    assert "\u202e" not in text


def test_policy_allows_one_style_and_nothing_else(ran: Ran) -> None:
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', ran.report())
    assert found is not None
    assert found[1].startswith("default-src 'none'; style-src 'sha256-")
    assert not any(word in found[1] for word in ("unsafe", "http", "*", "'self'", "data:", "script-src"))


def test_every_jump_has_its_place(ran: Ran) -> None:
    tags = Document(ran.report(against="older")).tags
    places = [given["id"] for _, given in tags if "id" in given]
    assert len(places) == len(set(places))
    assert {str(given["href"])[1:] for tag, given in tags if tag == "a"} <= set(places)


def test_same_run_gives_same_bytes_and_another_seed_other_samples(ran: Ran) -> None:
    assert ran.report(against="older") == ran.report(against="older")
    assert ran.report(samples=1, seed=1) != ran.report(samples=1, seed=2)


def test_figures_are_those_of_the_rows(ran: Ran) -> None:
    text = Document(ran.report()).text
    there = rows(ran.folder / "out")
    removed = sum(removal["end"] - removal["start"] for row in there for removal in row["removals"])
    out = sum(len(row["text"]) for row in there)
    infected = sum(bool(row["mirror"]) or any(edit["rule"].startswith("spam/") for edit in row["removals"]) for row in there)
    for figure in (
        f"{len(there)} rows out",
        "3 dead letters",
        f"{out:,} characters out",
        f"{removed:,} characters",
        f"{infected} infected",
    ):
        assert figure in text
    assert f"utf-8 {sum(row['encoding'] == 'utf-8' for row in there)}" in text


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_gives_the_same_figures(ran: Ran, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    common = ("--chunk-bytes", "60k", "--max-page-bytes", "150k", "--format", form)
    assert cleaner("run", ran.folder / "crawl.warc.gz", "-o", tmp_path / "out", *common, folder=tmp_path).returncode == 1
    sections = [
        re.search(r'<section id="rules">.*?</section>\s*<section id="samples">', text, re.DOTALL)
        for text in (ran.report(), report(str(tmp_path / "out")))
    ]
    assert sections[0] and sections[1]
    assert sections[0][0] == sections[1][0]
    assert (
        "<b>49</b> <span>pages changed" in report(str(tmp_path / "out"), against=str(ran.folder / "older")) or form
    )  # it compares


def test_samples_show_what_stood_there(ran: Ran) -> None:
    """The passages are the page's own words: the page cleaned again has them, edit and surroundings, at the same place."""
    samples = [sample for path in sorted((ran.folder / "out" / "samples").iterdir()) for sample in letters_in(str(path))]
    assert {"spam/place-list", "spam/hidden-text", "article/outside", "repair/glossed-pinyin"} <= {
        sample["rule"] for sample in samples
    }
    demo = clean((ROOT / "cleaner" / "demo" / "1-hacked-mirror.html").read_bytes(), url="https://cleaner-1.example/demo")
    mine = [sample for sample in samples if sample["url"] == "https://cleaner-1.example/demo"]
    texts = [*(edit for edit in demo.repairs), *(edit for edit in demo.removals)]
    seen = 0
    for sample in mine:
        text = demo.source.text if sample["rule"].startswith("repair/") else demo.page.text
        if any((edit.rule, edit.start) == (sample["rule"], sample["start"]) for edit in texts) and sample["characters"] < 400:
            passage = sample["before"] + sample["old"] + sample["after"]
            assert passage == text[sample["start"] - len(sample["before"]) :][: len(passage)]
            seen += 1
    assert seen > 3


def test_sample_in_the_report_is_marked_in_its_context(ran: Ran) -> None:
    text = ran.report(samples=16)
    found = re.findall(
        r'<details class="rule spam"><summary><span class="name spam">spam/hidden-text</span>.*?</details>', text, re.DOTALL
    )
    assert len(found) == 1
    marks = [unescape(mark) for mark in re.findall(r'<del class="m spam" data-letter="S">(.*?)</del>', found[0])]
    assert any(mark.startswith("casino utan licens kasyno online <script>boom('spam')</script> wett") for mark in marks)


def test_one_sample_a_page_and_rule_and_no_more_than_a_chunk_keeps(ran: Ran) -> None:
    for path in (ran.folder / "out" / "samples").iterdir():
        samples = list(letters_in(str(path)))
        names = [(sample["rule"], sample["source"], sample["offset"]) for sample in samples]
        assert len(names) == len(set(names))
        assert max([sum(other == rule for other, _, _ in names) for rule, _, _ in names], default=0) <= KEPT


def _runs(ran: Ran, command: str, code: int) -> str:
    words = shlex.split(command)
    assert words[0] == "cleaner"
    done = cleaner(*words[1:], folder=ran.folder)
    assert done.returncode == code, (command, done.stderr)
    return done.stdout + done.stderr


def test_commands_of_failures_work(ran: Ran) -> None:
    section = ran.report().partition('<section id="failures">')[2]
    commands = Document(section).commands
    assert len(commands) == 4
    for command in commands[1:]:
        assert "cleaner: " in _runs(ran, command, 0)
        narrow = command.partition(" --max-page-bytes")[0]
        assert "more than 150,000 bytes" in _runs(ran, narrow, 1)
    copy = ran.folder / "copy"
    shutil.copytree(ran.folder / "out", copy)
    assert "3 became rows, 0 are left" in _runs(ran, commands[0].replace(" out ", " copy "), 0)
    assert "0 dead letters" in Document(report(str(copy))).text


def test_commands_of_slow_pages_samples_and_changes_show_that_page(ran: Ran) -> None:
    text = ran.report(against="older")
    for section, mark in (("slowest", "crawl.warc.gz at"), ("samples", "[-"), ("changes", "crawl.warc.gz at")):
        commands = Document(text.partition(f'<section id="{section}">')[2]).commands
        chosen = next(command for command in commands if "retry" not in command)
        assert mark in _runs(ran, chosen, 0)


def test_page_again_as_html_and_as_bytes(ran: Ran) -> None:
    address = Document(ran.report().partition('<section id="slowest">')[2]).commands[0].split()[3]
    assert "written to page.html" in _runs(ran, f"cleaner again out {address} --html page.html", 0)
    assert (ran.folder / "page.html").read_text().startswith("<!DOCTYPE html>")
    words = [sys.executable, "-m", "cleaner", "again", "out", address, "--raw"]
    raw = subprocess.run(words, cwd=ran.folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True).stdout
    assert raw in {
        path.read_bytes() for path in [*(ROOT / "fixtures").rglob("page.html"), *(ROOT / "cleaner" / "demo").iterdir()]
    }


@pytest.mark.parametrize(("address", "said"), [("$(boom)", "is no address"), ("0-0123456789", "has no page")])
def test_wrong_address_is_said(ran: Ran, address: str, said: str) -> None:
    done = cleaner("again", "out", address, folder=ran.folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_page_that_hangs_is_named_with_a_command_that_hangs_no_longer_than_it_may(tmp_path: Path) -> None:
    (tmp_path / "evil.py").write_text(EVIL)
    (tmp_path / "pages").mkdir()
    for name in ("please hang", "please crash", "nothing"):
        (tmp_path / "pages" / f"{name}.html").write_text(f"<p>A paragraph of plain words, and the wish: {name}.</p>")
    rules = ("--rules", "evil:RULES")
    done = cleaner("run", "pages", "-o", "out dir", "--page-timeout", 1, *rules, folder=tmp_path)
    assert done.returncode == 1, done.stderr
    done = cleaner("report", "out dir", "-o", "report.html", *rules, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    section = (tmp_path / "report.html").read_text().partition('<section id="failures">')[2]
    commands = {command.split("' ")[1][:2]: command for command in Document(section).commands if " again " in command}
    assert len(Document(section).commands) == 3
    crash, hang = (
        next(c for c in Document(section).commands if ("--page-timeout" in c) == slow and " again " in c) for slow in (0, 1)
    )
    assert commands
    for command, status in ((crash, "crash"), (hang.replace("--page-timeout 6", "--page-timeout 1"), "timeout")):
        done = cleaner(*shlex.split(command)[1:], folder=tmp_path)
        assert (done.returncode, status in done.stderr) == (1, True), done.stderr


def test_comparison_says_what_changed_by_rule_and_page_by_page(ran: Ran) -> None:
    text = ran.report(against="older")
    section = text.partition('<section id="changes">')[2].partition("</section>\n<section id=")[0]
    old, new = ({(row["source"], row["offset"]): row for row in rows(ran.folder / name)} for name in ("older", "out"))
    parts = ("text", "status", "encoding", "language", "page_type", "title", "author", "date", "site", "mirror")

    def by_rule(row: dict[str, Any]) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for removal in row["removals"]:
            sizes[removal["rule"]] = sizes.get(removal["rule"], 0) + removal["end"] - removal["start"]
        return sizes

    changed = [
        page
        for page in old
        if page not in new or any(old[page][n] != new[page][n] for n in parts) or by_rule(old[page]) != by_rule(new[page])
    ]
    assert f"<b>{len(changed)}</b> <span>pages changed</span>" in section
    places = sum(by_rule(row).get("spam/place-list", 0) for row in new.values())
    figures = r'<span class="name spam">spam/place-list</span></td><td class="n" data-head="before">0</td>'
    assert re.search(
        figures + rf'<td class="n" data-head="after">{places:,}</td><td class="n" data-head="difference">\+{places:,}</td>',
        section,
    )
    assert "<td>ok</td><td>too-large</td>" in section
    assert "options.ignore was" in section
    assert section.count('<details class="change">') == len(changed)
    assert '<div class="line gone" dir="auto"><del>' in section


def test_run_against_itself_has_no_changes(ran: Ran) -> None:
    text = Document(ran.report(against="out")).text
    assert "0 pages changed" in text
    assert f"{len(rows(ran.folder / 'out')) + 3} pages are the same" in text


def test_how_the_input_was_cut_makes_no_change(ran: Ran) -> None:
    done = cleaner("run", "crawl.warc.gz", "-o", "uncut", "--max-page-bytes", "150k", "--format", "parquet", folder=ran.folder)
    assert done.returncode == 1, done.stderr
    text = Document(ran.report(against="uncut")).text
    assert "0 pages changed" in text
    assert "0 / 0 pages only before / only after" in text


def test_shares_of_a_cluster_have_one_report(ran: Ran) -> None:
    for share in ("1/2", "2/2"):
        cleaner(
            "run",
            "crawl.warc.gz",
            "-o",
            "shares",
            "--chunk-bytes",
            "60k",
            "--max-page-bytes",
            "150k",
            "--shard",
            share,
            folder=ran.folder,
        )
        unfinished = "This run is not finished" in report(str(ran.folder / "shares"))
        assert unfinished == (share == "1/2")
    assert "0 pages changed" in Document(ran.report(against="shares")).text


def test_damaged_shard_is_said(ran: Ran, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(ran.folder / "out", out)
    shard = sorted(out.glob("shard-*"))[2]
    shard.write_bytes(shard.read_bytes()[:-40])
    with pytest.raises(BatchError, match=f"{shard.name} cannot be read.*cleaner verify"):
        report(str(out))


def test_runs_over_other_inputs_have_no_page_in_common(ran: Ran, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>Some words that make a page of text.</p>")
    assert cleaner("run", "page.html", "-o", "out", folder=tmp_path).returncode == 0
    text = Document(report(str(tmp_path / "out"), against=str(ran.folder / "out"))).text
    assert "No page is in both outputs" in text
    assert "/ 1 pages only before / only after" in text


def older(out: Path) -> None:
    """What a version before samples, times and `encoding_how` wrote."""
    shutil.rmtree(out / "samples")
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text().splitlines()]
    for line in lines[1:]:
        line["shard"] = [file for file in line["shard"] if not file["path"].startswith("samples/")]
        del line["began"], line["ended"]
        for file in line["shard"]:
            path = out / file["path"]
            path.write_bytes(
                b"".join(dumps({k: v for k, v in row.items() if k != "encoding_how"}) + b"\n" for row in letters_in(str(path)))
            )
    (out / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


@pytest.mark.parametrize("extra", [(), ("--with", "removed")])
def test_output_of_an_older_version_has_its_report(ran: Ran, tmp_path: Path, extra: tuple[str, ...]) -> None:
    done = cleaner("run", ran.folder / "crawl.warc.gz", "-o", "out", "--format", "jsonl", *extra, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    older(tmp_path / "out")
    text = report(str(tmp_path / "out"))
    assert "not recorded by this run" in text
    assert "does not say when its chunks were done" in text
    assert ("does not hold what was removed" in text) == (not extra)
    assert ('<del class="m spam" data-letter="S">' in text) == bool(extra)
    compared = Document(ran.report(against=str(tmp_path / "out"))).text
    assert "encoding_how" not in compared


def test_unfinished_run_has_its_report(ran: Ran, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(ran.folder / "out", out)
    lines = (out / "manifest.jsonl").read_bytes().splitlines(keepends=True)
    (out / "manifest.jsonl").write_bytes(b"".join(lines[:3]) + lines[3][:30])
    (out / "summary.json").unlink()
    assert (
        f"This run is not finished: {len(lines) - 3} of {len(lines) - 1} chunks are not done" in Document(report(str(out))).text
    )
    (out / "manifest.jsonl").write_bytes(lines[0])
    assert "No page is in this output" in Document(report(str(out), against=str(ran.folder / "out"))).text


def test_empty_run_single_page_and_only_failures_have_their_reports(tmp_path: Path) -> None:
    for name, content, limits, said in (
        ("none", None, (), "No page is in this output"),
        ("one", "<p>Some words that make a page of text.</p>", (), "1 pages in"),
        ("bad", "<p>Some words that make a page of text.</p>", ("--max-page-bytes", 5), "every one is a dead letter"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "notes.pdf").write_text("x")
        if content:
            (folder / "page.html").write_text(content)
        cleaner("run", folder, "-o", f"out-{name}", *limits, folder=tmp_path)
        assert said in Document(report(str(tmp_path / f"out-{name}"))).text


def test_standard_input_has_its_report(tmp_path: Path) -> None:
    lines = (
        b"".join(json.dumps({"html": f"<p>Page {n} of plain words.</p>", "id": n}).encode() + b"\n" for n in range(5))
        + b"{broken\n"
    )
    words = [sys.executable, "-m", "cleaner", "run", "-", "-o", "out"]
    subprocess.run(words, input=lines, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=False, capture_output=True)
    text = report(str(tmp_path / "out"))
    assert "Read from standard input" in text
    command = Document(text.partition('<section id="failures">')[2]).commands[-1]
    done = cleaner(*shlex.split(command)[1:], folder=tmp_path)
    assert (done.returncode, "cannot be read" in done.stderr) == (1, True)


def test_command_writes_the_file_and_says_so(ran: Ran, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "report.html"
    assert cli.status_of(["report", str(ran.folder / "out"), "-o", str(file)]) == 0
    output, errors = capsysbinary.readouterr()
    assert (output, f"written to {file}".encode() in errors) == (b"", True)
    assert "A run of place names in random order" in file.read_text(encoding="utf-8")  # the rule's reason
    assert cli.status_of(["report", str(ran.folder / "out"), "-o", str(tmp_path / "no" / "report.html")]) == 2
    assert cli.status_of(["report", str(tmp_path), "-o", str(file)]) == 2
    assert b"is no output of cleaner run" in capsysbinary.readouterr().err


def test_missing_library_and_missing_shard_are_said(
    ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "out"
    shutil.copytree(ran.folder / "out", out)
    next(iter(sorted(out.glob("shard-*")))).unlink()
    assert cli.status_of(["report", str(out), "-o", "-"]) == 2
    assert b"cannot be read" in capsysbinary.readouterr().err
    monkeypatch.setitem(sys.modules, "leather", None)
    assert cli.status_of(["report", str(ran.folder / "out"), "-o", "-"]) == 1
    assert b"pip install 'webpage-cleaner[report]'" in capsysbinary.readouterr().err


def test_verify_knows_samples_and_force_takes_them_away(ran: Ran, tmp_path: Path) -> None:
    assert "all is well" in _runs(ran, "cleaner verify out", 0)
    out = tmp_path / "out"
    shutil.copytree(ran.folder / "out", out)
    sample = next(iter((out / "samples").iterdir()))
    sample.write_bytes(sample.read_bytes() + b"x")
    done = cleaner("verify", "out", "--quick", folder=tmp_path)
    assert f"samples/{sample.name} has other bytes" in done.stdout
    (tmp_path / "page.html").write_text("<p>Some words that make a page of text.</p>")
    assert cleaner("run", "page.html", "-o", "out", "--force", folder=tmp_path).returncode == 0
    assert not (out / "samples").exists()
