"""The command `cleaner`: one page without a subcommand's name, everything else with one.

Only click is imported here; a command's module is imported when it is called, so that `--help` answers in the time the interpreter
takes to start. A subcommand's name wins over a file's (`./run` is a file). All commands share one table of exit codes:
0 done, 1 some input could not be read, 2 wrong usage, 3 stopped early and resumable (batch), 130 on Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click
from click.shell_completion import CompletionItem

from cleaner import __version__

__all__ = ["front", "main"]

DONE, UNREADABLE, USAGE, INTERRUPTED = 0, 1, 2, 130


class Home(NamedTuple):
    """Where a command lives and what --help says of it."""

    module: str
    line: str


PAGE_COMMAND = "(page)"  # runs when the first word is no subcommand; the brackets keep a user from calling it by name
COMMANDS = {
    "show": Home("cleaner.commands.show", "A page in the terminal: what goes, what is repaired, by which rule."),
    "rules": Home("cleaner.commands.rules", "The rules; or one: what it removes, why that is safe, its numbers."),
    "demo": Home("cleaner.commands.demo", "Pages that come with cleaner: before, after, removals."),
    "run": Home("cleaner.commands.batch", "Clean a folder, WARC, WET, JSONL, Parquet; resumable."),
    "verify": Home("cleaner.commands.batch", "Check the output of a run: every page in, every page out."),
    "retry": Home("cleaner.commands.batch", "Clean the dead letters of a run again."),
    "again": Home("cleaner.commands.again", "Clean one page of a run again; reports give its address."),
    "learn": Home("cleaner.commands.learn", "Learn from a crawl what its sites repeat."),
    "serve": Home("cleaner.commands.serve", "Show pages and removals in the browser."),
    "report": Home("cleaner.commands.report", "The report of a run as one HTML file."),
}
EXAMPLES = """\
  cleaner page.html > article.txt
  curl -s https://example.org/a | cleaner - --url https://example.org/a
  cleaner show page.html                 what goes, and by which rule, in colour
  cleaner run crawl.warc.gz -o clean/    millions of pages, resumable
"""
USAGE_LINE = "Usage: cleaner [OPTIONS] PAGE|- (clean text on stdout, nothing else), or cleaner COMMAND"
OPTION_HELP = """\
Options:
  --format text|markdown|html|json   several pages only as json, a line each
  --charset NAME                     the charset that the HTTP header gave
  --url URL                          where the page came from; never fetched
  --script, --extractor NAME         simplified, traditional; trafilatura, none
  --options FILE.toml                everything Options has
  --select, --ignore RULES           by name or family: spam,navigation/pager
  --rules MODULE:NAME                a rule, or several, of your own
  --list FILE                        a phrase list of your own
  --version, -h, --help
"""


def _exists(module: str) -> bool:
    """Whether a module of this package is there, without importing its parents."""
    return Path(__file__).parent.joinpath(*module.split(".")[1:]).with_suffix(".py").is_file()


class Front(click.Group):
    """Commands imported when called; anything that is no command is a page."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, home in COMMANDS.items() if _exists(home.module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == PAGE_COMMAND:
            module, attribute = "cleaner.commands.page", "page"
        elif cmd_name in COMMANDS and _exists(COMMANDS[cmd_name].module):
            module, attribute = COMMANDS[cmd_name].module, cmd_name
        else:
            return None
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command), f"{module}.{attribute} is no click command"
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.list_commands(ctx), "--help", "-h", "--version"):
            args = [PAGE_COMMAND, *args]
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, and what a page takes: its flags, names of files."""
        if not incomplete.startswith("-"):
            return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]
        page = self.get_command(ctx, PAGE_COMMAND)
        assert page is not None
        return page.shell_complete(ctx, incomplete)

    def get_usage(self, ctx: click.Context) -> str:
        return USAGE_LINE

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(f"{EXAMPLES}\n{USAGE_LINE}\n\n{OPTION_HELP}\nCommands (COMMAND --help tells more):\n")
        for name in self.list_commands(ctx):
            formatter.write(f"  {name:<8} {COMMANDS[name].line}\n")


@click.group(cls=Front, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="cleaner %(version)s")
@click.pass_context
def front(ctx: click.Context) -> None:
    """Scraped web pages in, the article out, with a list of everything that was taken away and why."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        if sys.stdin is not None and not sys.stdin.isatty():
            click.echo("\nTo read the page from standard input: cleaner -", err=True)
        ctx.exit(USAGE)


def _quiet_stdout() -> None:
    """Whoever read our output has gone (`| head`): let nothing complain about it on the way out."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _missing_extra(error: ModuleNotFoundError) -> str:
    """Which extra brings a module that is not installed."""
    extras = {"pyarrow": "parquet", "isal": "warc", "orjson": "warc", "brotli": "warc", "opencc": "opencc"}
    extras |= {"starlette": "web", "uvicorn": "web", "ray": "ray", "pyspark": "spark", "datatrove": "datatrove"}
    extras |= {"leather": "report"}
    extras |= {"scrapy": "scrapy", "langchain_core": "langchain"}
    module = (error.name or "").partition(".")[0]
    if module not in extras:
        return f"the module {module} is missing; install cleaner again: pip install webpage-cleaner"
    return f"this needs {module}: pip install 'webpage-cleaner[{extras[module]}]'"


def status_of(arguments: Sequence[str]) -> int:
    """Run the command and say how it went, as an exit code; sentences for people go to stderr."""
    try:
        code = front.main(list(arguments), prog_name="cleaner", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else DONE
    except click.ClickException as error:
        if isinstance(error, click.UsageError) and error.ctx and error.ctx.info_name == PAGE_COMMAND:
            error.ctx = error.ctx.parent
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        _quiet_stdout()
        return DONE
    except SystemExit as error:  # click answers a broken pipe so
        _quiet_stdout()
        return error.code if isinstance(error.code, int) and error.code != 1 else DONE
    except ModuleNotFoundError as error:
        click.echo(f"cleaner: {_missing_extra(error)}", err=True)
        return UNREADABLE
    except OSError as error:  # the output: a full disk, a closed stream; inputs are answered where they are read
        click.echo(f"cleaner: {error.strerror or error}{f': {error.filename}' if error.filename else ''}", err=True)
        return UNREADABLE


def main() -> None:
    """The entry point of the console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(status_of(sys.argv[1:]))
