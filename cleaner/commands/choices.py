"""From flags to Options: what all commands that clean pages let their caller choose, checked before the first page is read.

Wrong use ends with exit code 2 and a sentence that names what there is instead: an unknown rule gets near matches, an unknown key of a TOML
file the known keys. What a flag says wins over what the file says.

The rules are loaded only where their names or files have to be checked: the process that starts a batch cleans nothing, and loading them takes as long as
cleaning fifty pages.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from difflib import get_close_matches
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

import click

from cleaner.options import Extractor, Options, Script

if TYPE_CHECKING:
    from cleaner.rules.rule import Rule

__all__ = ["Known", "known_rules", "no_such_rule", "option_flags", "options_from", "takes_options"]

Command = TypeVar("Command", bound=Callable[..., Any])


def option_flags(command: Command) -> Command:
    """The flags --options --select --ignore --rules --list, for a click command whose function hands them to `options_from`."""
    flags = (
        click.option("--options", "options_file", metavar="FILE.toml", help="A TOML file with the fields of Options."),
        click.option("--select", multiple=True, metavar="RULES", help="Only these rules or families, separated by commas."),
        click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules or families; wins over --select."),
        click.option("--rules", multiple=True, metavar="MODULE:NAME", help="A rule of your own, or a tuple of rules."),
        click.option("--list", "lists", multiple=True, metavar="FILE", help="A phrase list of your own."),
        _site_flag("--templates", multiple=True, metavar="FILE", help="What sites repeat, as `cleaner learn` wrote it."),
        _site_flag("--shared-blocks", is_flag=True, help="Also remove the shared lines that FILE lists for review."),
    )
    for flag in reversed(flags):
        command = flag(command)
    return command


def _site_flag(name: str, **more: Any) -> Callable[[Command], Command]:
    """A flag for sites: `options_from` finds its value in the context, so that commands need not hand it over."""

    def remember(context: click.Context, _: click.Parameter, value: Any) -> None:
        context.meta[f"cleaner {name}"] = value

    return click.option(name, expose_value=False, callback=remember, **more)


def _of_sites(values: dict[str, Any]) -> None:
    """Put what the flags for sites say into the values of Options."""
    context = click.get_current_context(silent=True)
    if context is None:
        return
    if paths := context.meta.get("cleaner --templates"):
        values["templates"] = tuple(paths)
    if context.meta.get("cleaner --shared-blocks"):
        values["shared_blocks"] = True


def takes_options(command: Command) -> Callable[..., Any]:
    """The flags of `option_flags`, --script and --extractor, for a click command that cleans one page and whose function takes all they say as
    one argument, `options`.
    """

    @wraps(command)
    def with_options(*args: Any, script: str | None, extractor: str | None, **given: Any) -> Any:
        flags = {name: given.pop(name) for name in ("options_file", "select", "ignore", "rules", "lists")}
        stages = {name: value for name, value in (("script", script), ("extractor", extractor)) if value}
        return command(*args, options=replace(options_from(**flags), **stages), **given)  # type: ignore[arg-type]

    to_script = click.option("--script", type=click.Choice(get_args(Script)), help="Convert Chinese script, or leave it.")
    judge = click.option("--extractor", type=click.Choice(get_args(Extractor)), help="Who says what the article is.")
    return to_script(judge(option_flags(with_options)))


def options_from(
    options_file: str | None, select: Sequence[str], ignore: Sequence[str], rules: Sequence[str], lists: Sequence[str]
) -> Options:
    """The Options that flags and file ask for; raises click.UsageError with a sentence for the caller."""
    values = _file_values(options_file) if options_file else {}
    for name, given in (("select", _split(select)), ("ignore", _split(ignore)), ("rules", rules), ("lists", lists)):
        if given:
            values[name] = tuple(given)
    _of_sites(values)
    for path in values.get("templates", ()):
        if not Path(path).is_file():
            raise click.UsageError(f"--templates {path}: there is no such file; `cleaner learn` writes one")
    for path in values.get("lists", ()):
        if not Path(path).is_file():
            raise click.UsageError(f"--list {path}: there is no such file")
    values["rules"] = tuple(rule for name in values.get("rules", ()) for rule in _own_rules(name))
    try:
        options = Options.from_mapping(values)
        _check_files(options)
    except (TypeError, ValueError) as error:
        raise click.UsageError(str(error)) from None
    if options.select or options.ignore:
        known = [rule.name for rule in known_rules(options.rules)]
        _check_names("--select", options.select, known)
        _check_names("--ignore", options.ignore, known)
    return options


def _check_files(options: Options) -> None:
    """Read the lists and templates once. Raises ValueError with a sentence about what is wrong in them."""
    if options.lists or options.templates:
        from cleaner.rules import own_lists, site_templates

        own_lists(options.lists)
        site_templates(options.templates)


class Known(NamedTuple):
    """A name that reports and flags use, the sentence that goes with it, and the rule that gives it."""

    name: str
    why: str
    rule: Any


def known_rules(own: Iterable[Rule] = ()) -> list[Known]:
    """Every rule by name: repairs, the rules of the page, the caller's own. A rule with several names is there once for each."""
    from cleaner.repair import REPAIRS
    from cleaner.rules import OWN_LISTS, RULES, SITE_RULES

    known: list[Known] = []
    every: tuple[Any, ...] = (*REPAIRS, *RULES, *OWN_LISTS, *SITE_RULES, *own)
    for rule in every:
        reasons: dict[str, str] = getattr(import_module(type(rule).__module__), "FAMILIES", {})
        names = getattr(rule, "names", (rule.name,))
        known.extend(Known(name, reasons.get(name.rpartition("/")[2], rule.why), rule) for name in names)
    return known


def _split(given: Iterable[str]) -> list[str]:
    return [name.strip() for names in given for name in names.split(",") if name.strip()]


def _check_names(flag: str, names: Iterable[str], known: Sequence[str]) -> None:
    there = {*known, *(name.partition("/")[0] for name in known)}
    for name in names:
        if name not in there:
            raise click.UsageError(f"{flag}: {no_such_rule(name, there)}")


def no_such_rule(name: str, there: Iterable[str]) -> str:
    """A sentence about a name that is no rule's and no family's: which of those that are there it is like."""
    near = get_close_matches(name, sorted(there), n=3, cutoff=0.6)
    near += [other for other in sorted(there) if name.rpartition("/")[2] in other and other not in near]
    hint = f"; did you mean {' or '.join(near[:3])}?" if near else "."
    return f"there is no rule or family {name!r}{hint} `cleaner rules` lists them all."


def _file_values(path: str) -> dict[str, Any]:
    try:
        values = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise click.UsageError(f"--options {path}: {error.strerror or error}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"--options {path} is not TOML: {error}") from None
    known = {field.name for field in fields(Options)}
    for key in values:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}."
            raise click.UsageError(f"--options {path}: there is no option {key!r}; {hint}")
    for key in ("select", "ignore", "rules", "lists", "templates"):
        if isinstance(values.get(key), str):
            values[key] = [values[key]]
    return values


def _own_rules(name: str) -> tuple[Rule, ...]:
    """The rule, or the rules, that `module:NAME` means; the current folder is searched too."""
    module_name, colon, attribute = name.partition(":")
    if not colon or not module_name or not attribute:
        raise click.UsageError(f"--rules {name}: write it as module:NAME, such as my_rules:RULES")
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        value = getattr(import_module(module_name), attribute)
    except Exception as error:  # noqa: BLE001  somebody else's module: whatever it does, the caller gets a sentence
        raise click.UsageError(f"--rules {name}: {type(error).__name__}: {error}") from None
    return tuple(value) if isinstance(value, (tuple, list)) else (value() if isinstance(value, type) else value,)
