"""`cleaner serve [FOLDER]`: the local web page, for this machine only unless asked otherwise."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path

import click

from cleaner.cli import DONE, UNREADABLE
from cleaner.commands.choices import known_rules, takes_options
from cleaner.options import Options

__all__ = ["serve"]

PORT = 8765
TOKEN_BYTES = 24  # 192 bits: nobody guesses it
ALONE = ("127.0.0.1", "::1", "localhost")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="NUMBER", help=f"The port; 0 takes a free one, as does a taken {PORT}."
)
@click.option("--page-timeout", type=click.FloatRange(0.1, 600), default=10.0, show_default=True, help="Seconds a page may take.")
@takes_options
@click.pass_context
def serve(ctx: click.Context, folder: Path | None, host: str, port: int | None, page_timeout: float, *, options: Options) -> None:
    """Show pages and removals in the browser: paste or drop a page, or open one of FOLDER.

    Prints the address to open, with its token; Ctrl-C ends it. Pages are cleaned in a process of their own, nothing of them
    runs, nothing is fetched, no file outside FOLDER is read.
    """
    from cleaner.views.folder import Folder
    from cleaner.views.serve import Settings, serve_on

    _check(folder)
    bound = _bound(host, port)
    number: int = bound.getsockname()[1]
    token = secrets.token_urlsafe(TOKEN_BYTES)
    reasons = {known.name: known.why for known in known_rules(options.rules)}
    given = Folder(folder) if folder else None
    settings = Settings(token, host, number, options, given, reasons, page_timeout)
    shown = f"[{host}]" if ":" in host else "127.0.0.1" if host in ("0.0.0.0", "localhost") else host
    if host not in ALONE:
        click.echo(f"cleaner: other machines can reach {host}; whoever has the address below can use it", err=True)

    def ready() -> None:
        click.echo(f"http://{shown}:{number}/#token={token}")
        click.echo("cleaner: open this address in a browser; Ctrl-C ends it", err=True)

    try:
        serve_on(bound, settings, ready)
    except KeyboardInterrupt:
        ctx.exit(DONE)
    except (TypeError, OSError) as error:
        click.echo(f"cleaner: {error}", err=True)
        ctx.exit(UNREADABLE)


def _check(folder: Path | None) -> None:
    """Raise click.UsageError, with what is right, where FOLDER is none."""
    if folder is None or folder.is_dir():
        return
    if folder.exists():
        raise click.UsageError(f"{folder} is a file; `cleaner serve {folder.parent}` opens its folder")
    raise click.UsageError(f"{folder}: there is no such folder")


def _bound(host: str, port: int | None) -> socket.socket:
    """A socket on the address; raises click.UsageError where it cannot be had. A port that nobody named gives way to a free one."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(kind, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, PORT if port is None else port))
    except OSError as error:
        if port is None and error.errno is not None and not isinstance(error, socket.gaierror):
            bound.close()
            return _bound(host, 0)
        bound.close()
        hint = "; --port 0 takes a free one" if port else ""
        raise click.UsageError(f"--host {host} --port {port or PORT}: {error.strerror or error}{hint}") from None
    return bound
