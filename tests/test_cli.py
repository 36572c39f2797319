"""The command line: what it writes where, how it answers bad input, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleaner import __version__, cli

ROOT = Path(__file__).parent.parent
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Bees on the roof</title></head><body><article><h1>Bees on the roof</h1>
<p>Three hives stand on the roof of the town library, and nobody minds them.</p>
<p>In the first summer they gave forty jars of honey, which the readers bought.</p></article></body></html>"""


def run(
    *arguments: str, stdin: bytes | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command as a user runs it, in a process of its own."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    return subprocess.run(
        [sys.executable, "-m", "cleaner", *arguments], input=stdin, capture_output=True, env=variables, timeout=60, check=False
    )


def status_and_output(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
    """The command in this process: quick, with the same exit codes."""
    status = cli.status_of(arguments)
    output, errors = capsysbinary.readouterr()
    return status, output.decode("utf-8"), errors.decode("utf-8")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_page_writes_the_clean_text_and_nothing_else(page: Path) -> None:
    done = run(str(page))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "gave forty jars of honey" in done.stdout.decode("utf-8")
    assert done.stdout.endswith(b"\n")
    assert b"<p>" not in done.stdout


def test_dash_reads_standard_input() -> None:
    done = run("-", stdin=PAGE.encode())
    assert done.returncode == 0
    assert "forty jars" in done.stdout.decode()


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_formats_hold_the_article(form: str, page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, _ = status_and_output(capsysbinary, str(page), "--format", form)
    assert status == 0
    assert "forty jars of honey" in output


def test_json_is_one_line_a_page(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, _ = status_and_output(capsysbinary, str(page), str(page), "--format", "json")
    rows = [json.loads(line) for line in output.splitlines()]
    assert status == 0
    assert [row["input"] for row in rows] == [str(page), str(page)]
    assert {row["schema"] for row in rows} == {1}


def test_several_pages_as_text_are_refused(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, errors = status_and_output(capsysbinary, str(page), str(page))
    assert (status, output) == (2, "")
    assert "--format json" in errors


def test_json_goes_on_after_a_missing_page(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, errors = status_and_output(capsysbinary, "missing.html", str(page), "--format", "json")
    assert status == 1
    assert len(output.splitlines()) == 1
    assert errors == "cleaner: missing.html: there is no such file\n"


def test_folder_points_to_run(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, errors = status_and_output(capsysbinary, str(tmp_path))
    assert (status, output) == (1, "")
    assert "cleaner run" in errors


def test_archive_of_pages_points_to_run(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"\x1f\x8b")
    status, _, errors = status_and_output(capsysbinary, str(path))
    assert status == 1
    assert "cleaner run" in errors


@pytest.mark.parametrize("name", ["", "x" * 5000])
def test_impossible_name_is_a_sentence(name: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, errors = status_and_output(capsysbinary, name)
    assert (status, output) == (1, "")
    assert errors.startswith("cleaner: ")


@pytest.mark.parametrize("command", [(), ("show",)])
@pytest.mark.parametrize("data", [b"", b"\0", b" \n\t", b"\xff\xfe", b"<", b"<html>" * 1000], ids=repr)
def test_odd_input_never_shows_a_traceback(
    command: tuple[str, ...], data: bytes, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "odd"
    path.write_bytes(data)
    status, _, errors = status_and_output(capsysbinary, *command, str(path))
    assert status in (0, 1)
    assert "Traceback" not in errors
    assert errors.count("\n") <= 1


def test_empty_input_says_so(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "empty"
    path.write_bytes(b"")
    assert status_and_output(capsysbinary, str(path)) == (0, "", f"cleaner: {path}: the input is empty\n")


def test_input_above_the_limit_says_so(tmp_path: Path, page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    options = tmp_path / "options.toml"
    options.write_text("max_bytes = 20\n")
    status, output, errors = status_and_output(capsysbinary, str(page), "--options", str(options))
    assert (status, output) == (1, "")
    assert "larger than 20 bytes" in errors


def test_unknown_rule_names_near_ones(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, errors = status_and_output(capsysbinary, str(page), "--select", "article/outsid")
    assert (status, output) == (2, "")
    assert "did you mean article/outside" in errors


def test_families_and_names_may_be_joined_by_commas(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert status_and_output(capsysbinary, str(page), "--ignore", "article,article/outside")[0] == 0


def test_unknown_key_of_the_options_file_names_a_near_one(
    tmp_path: Path, page: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    options = tmp_path / "options.toml"
    options.write_text('scrpt = "simplified"\n')
    status, _, errors = status_and_output(capsysbinary, str(page), "--options", str(options))
    assert status == 2
    assert "did you mean script?" in errors


@pytest.mark.parametrize("text", ["max_bytes = ", 'extractor = "mine"', 'select = "nothing/known"', "kind = 3", "max_bytes = []"])
def test_wrong_options_file_is_wrong_use(
    text: str, tmp_path: Path, page: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    options = tmp_path / "options.toml"
    options.write_text(text)
    status, _, errors = status_and_output(capsysbinary, str(page), "--options", str(options))
    assert status == 2
    assert "Traceback" not in errors


OWN_RULE = """
from cleaner import Edit

class Honey:
    name, why = "own/honey", "Honey is not for everyone."

    def find(self, page):
        at = page.text.find("forty jars of honey")
        return [Edit(at, at + 19, "", self.name)] if at >= 0 else []
"""


def test_own_rules_come_from_a_module(
    tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "own_rules_of_a_test.py").write_text(OWN_RULE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    status, output, _ = status_and_output(
        capsysbinary, str(page), "--rules", "own_rules_of_a_test:Honey", "--select", "own,article"
    )
    assert status == 0
    assert "In the first summer they gave" in output
    assert "forty jars" not in output


def test_own_rule_that_fails_is_a_sentence(
    tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "failing_rules_of_a_test.py").write_text(OWN_RULE.replace("return [Edit(at", "return [Edit(1 / 0"))
    monkeypatch.syspath_prepend(str(tmp_path))
    status, output, errors = status_and_output(capsysbinary, str(page), "--rules", "failing_rules_of_a_test:Honey")
    assert (status, output) == (1, "")
    assert "ZeroDivisionError" in errors
    assert "Traceback" not in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_is_a_sentence(page: Path) -> None:
    command = f"{sys.executable} -m cleaner {page} > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == "cleaner: No space left on device\n"


@pytest.mark.parametrize("name", ["honey", "nowhere:Honey", "json:Honey", "json:loads"])
def test_wrong_own_rules_are_wrong_use(name: str, page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert status_and_output(capsysbinary, str(page), "--rules", name)[0] == 2


def test_command_wins_over_a_file_of_its_name(
    tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").write_text(PAGE)
    assert "article/outside" in status_and_output(capsysbinary, "rules")[1]
    assert "forty jars" in status_and_output(capsysbinary, "./rules")[1]
    status, _, errors = status_and_output(capsysbinary, "--format", "json", "rules")
    assert status == 2
    assert "./rules" in errors


def test_rules_lists_every_rule_with_its_reason(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    from cleaner.rules import RULES

    _, output, _ = status_and_output(capsysbinary, "rules")
    for rule in RULES:
        for name in getattr(rule, "names", (rule.name,)):
            assert [line for line in output.splitlines() if line.startswith(f"{name} ") and line.endswith(".")] != [], name
    assert "repair/control" in output


def test_rules_explains_one_and_suggests_near_ones(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert "leaves every block" in status_and_output(capsysbinary, "rules", "article/outside")[1]
    status, _, errors = status_and_output(capsysbinary, "rules", "article/outsite")
    assert status == 2
    assert "did you mean article/outside" in errors


def test_demo_shows_before_after_and_what_was_done(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, errors = status_and_output(capsysbinary, "demo")
    assert (status, errors) == (0, "")
    assert [word for word in ("BEFORE", "AFTER", "WHAT WAS DONE") if word in output] == ["BEFORE", "AFTER", "WHAT WAS DONE"]
    assert len(output.splitlines()) <= 50


def test_show_marks_without_colour_in_brackets(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    _, output, _ = status_and_output(capsysbinary, "show", str(page))
    assert "\x1b[" not in output
    assert "gave forty jars of honey" in output


MIRROR = str(ROOT / "fixtures" / "mirror" / "ferry-html" / "page.html")


def test_show_names_the_rule_behind_each_removal(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    _, output, _ = status_and_output(capsysbinary, "show", MIRROR)
    assert re.search(r"\[-[^]]*广饶县\| 盐池县[^]]*-\] \(spam/place-list: 36 of 36 names", output)
    assert "你要天天看它的臉色{+。”+}" in output
    assert "也從每月2600元增加到3900元。" in output


def test_show_paints_spam_red_repairs_green_and_navigation_dim(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    _, output, _ = status_and_output(capsysbinary, "show", MIRROR, "--colour", "always")
    assert re.search("\x1b\\[31m[^\x1b]*广饶县", output)
    assert re.search("\x1b\\[32m[^\x1b]*數", output)
    assert re.search("\x1b\\[2m[^\x1b]*首頁", output)


def test_repaired_spans_lie_where_the_repaired_text_stands() -> None:
    from cleaner import clean
    from cleaner.views.terminal import repaired_spans

    for page in (MIRROR, str(ROOT / "fixtures" / "mirror" / "granary-text" / "page.txt")):
        result = clean(Path(page).read_bytes())
        spans = [result.page.text[start:end] for start, end in repaired_spans(result)]
        glossed = [result.source.text[edit.start - 1] for edit in result.repairs if not edit.new and edit.note]
        glossed = [character for character in glossed if character >= "一"]  # not where a broken run comes before
        assert len(spans) > 20
        assert set("".join(spans)) >= set(glossed) - set("區權轉關聯授遠責線")  # these stand in removed or unmarked places too


def test_no_colour_in_a_pipe_and_with_the_variable(page: Path) -> None:
    assert b"\x1b[" not in run("show", str(page), environment={"NO_COLOR": "1"}).stdout
    assert b"\x1b[" in run("show", str(page), "--colour", "always").stdout


def test_help_fits_a_screen_and_starts_with_examples() -> None:
    lines = run("--help").stdout.decode().splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["cleaner", "curl", "cleaner", "cleaner"]
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 90


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from cleaner.cli import status_of; status_of(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    loaded = set(done.stderr.decode().split())
    heavy = {"selectolax", "bs4", "lxml", "trafilatura", "chardet", "ftfy", "numpy", "rich", "pyarrow", "cleaner.pipeline"}
    assert loaded & heavy == set()


def test_the_process_that_starts_a_batch_loads_nothing_that_cleans(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>The ferry waited at the quay until the last letters had come.</p>")
    words = ["run", str(tmp_path / "page.html"), "-o", str(tmp_path / "out"), "--learn-sites", "--site", "example.org", "-q"]
    code = f"import sys; from cleaner.cli import status_of; status_of({words!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
    heavy = {"cleaner.pipeline", "cleaner.rules", "cleaner.sites", "cleaner.repair", "numpy", "chardet", "publicsuffixlist"}
    assert set(done.stderr.decode().split()) & heavy == set()
    assert (tmp_path / "out" / "templates").is_file()


def test_missing_command_module_does_not_break_help(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setitem(cli.COMMANDS, "future", cli.Home("cleaner.not_there_yet", "Something to come."))
    status, output, _ = status_and_output(capsysbinary, "--help")
    assert status == 0
    assert "future" not in output


def test_missing_extra_names_how_to_get_it(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    def without(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'pyarrow'", name="pyarrow")

    monkeypatch.setattr(cli.front, "main", without)
    status, _, errors = status_and_output(capsysbinary, "run", "x.parquet")
    assert status == 1
    assert "pip install 'webpage-cleaner[parquet]'" in errors


def test_version() -> None:
    assert CliRunner().invoke(cli.front, ["--version"]).output == f"cleaner {__version__}\n"


@pytest.mark.parametrize("arguments", [(), ("--no-such-option",), ("--format", "yaml", "x"), ("rules", "a", "b"), ("--charset",)])
def test_wrong_use_is_two(arguments: tuple[str, ...], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, errors = status_and_output(capsysbinary, *arguments)
    assert (status, output) == (2, "")
    assert "(page)" not in errors


def test_output_is_utf8_in_any_locale(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("屋頂上的蜜蜂在第一個夏天釀了四十罐蜂蜜。", encoding="utf-8")
    for command in ((str(path),), ("show", str(path)), (str(path), "--format", "json")):
        done = run(*command, environment={"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})
        assert done.returncode == 0
        assert "四十罐蜂蜜" in done.stdout.decode("utf-8")


def test_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("A line of text that says nothing new.\n\n" * 50_000)
    command = f"{sys.executable} -m cleaner {path} | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_interrupt_is_130_without_a_traceback() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "cleaner", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background jobs ignore it, and children inherit that
    )  # fmt: skip
    for _ in range(600):  # until it waits for its input: then the page command's modules are loaded
        if _reads_standard_input(process.pid):
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=60) == 130  # its input stays open, so that nothing but the signal can end it
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()


def _reads_standard_input(process: int) -> bool:
    """Whether the process is inside read(0, …): system call 0 on x86-64, 63 on ARM."""
    return Path(f"/proc/{process}/syscall").read_text().startswith(("0 0x0 ", "63 0x0 "))


def test_random_bytes_in_quantity_are_answered(tmp_path: Path) -> None:
    path = tmp_path / "garbage"
    path.write_bytes(bytes(range(256)) * 4_000)
    done = run(str(path))
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "offered"),
    [(("sh",), {"show", "sh"}), (("--fo",), {"--format"}), (("page.html", "--format", ""), {"text", "json"})],
)
def test_completion_offers_commands_files_and_flags(words: tuple[str, ...], offered: set[str]) -> None:
    from click.shell_completion import ShellComplete

    *given, incomplete = words
    completion = ShellComplete(cli.front, {}, "cleaner", "_CLEANER_COMPLETE")
    assert offered <= {item.value for item in completion.get_completions(given, incomplete)}


def test_script_and_extractor_are_flags_too(page: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert status_and_output(capsysbinary, str(page), "--extractor", "none", "--script", "simplified")[0] == 0
    assert status_and_output(capsysbinary, str(page), "--extractor", "mine")[0] == 2


def test_mistyped_command_is_guessed(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, output, errors = status_and_output(capsysbinary, "serv")
    assert (status, output) == (1, "")
    assert "serv: there is no such file; did you mean the command serve?" in errors


def test_completion_script_is_there() -> None:
    done = run(environment={"_CLEANER_COMPLETE": "bash_source"})
    assert b"_CLEANER_COMPLETE=bash_complete" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("https://example.org/a",), 1, "cleaner fetches nothing; curl -s https://example.org/a | cleaner - --url"),
        (("help",), 1, "did you mean cleaner --help?"),
        (("version",), 1, "did you mean cleaner --version?"),
        (("page.htm",), 1, "did you mean page.html?"),
        (("clean", "page.html"), 2, "one page needs no command: cleaner page.html"),
        (("verfy", "out"), 2, "did you mean verify?"),
        (("page.html", "-o", "article.txt"), 2, "the text goes to standard output; cleaner page.html > article.txt"),
        (("page.html", "--output=article.txt"), 2, "the text goes to standard output; cleaner page.html > article.txt"),
        (("run", "page.html", "-o", "page.html"), 2, "page.html is a file; -o names the folder"),
        (("run", "https://example.org/a.warc.gz", "-o", "out"), 2, "cleaner fetches nothing; give it files"),
        (("run", "empty", "-o", "out"), 0, "nothing to clean was found"),
    ],
)
def test_wrong_use_is_told_what_is_right(
    arguments: tuple[str, ...],
    status: int,
    sentence: str,
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(page.parent)
    (page.parent / "empty").mkdir()
    found = status_and_output(capsysbinary, *arguments)
    assert (found[0], found[1]) == (status, "")
    assert sentence in found[2]
