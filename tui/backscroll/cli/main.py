"""The `backscroll` command: its options, its groups of commands, and how every failure ends."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from backscroll import __version__
from backscroll.cli import (
    attachments,
    browse,
    chats,
    database,
    formats,
    importing,
    imports,
    mappings,
    message,
    notes,
    read,
    search,
)
from backscroll.cli.session import Session
from backscroll.errors import AppError, is_debugging, unexpected
from backscroll.text import safe, safe_json

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Browse, search and annotate conversations kept in PostgreSQL. Without a command: opens the browser.",
)
app.add_typer(database.app, name="db")
importing.register(app)
imports.register(app)
attachments.register(app)
formats.register(app)
mappings.register(app)
chats.register(app)
read.register(app)
search.register(app)
message.register(app)
notes.register(app)
browse.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"backscroll {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    dsn: Annotated[
        str | None, typer.Option(help="Open this database (postgresql://...) instead of the embedded one.")
    ] = None,
    home: Annotated[Path | None, typer.Option(help="Where the embedded server keeps its archive.")] = None,
    version: Annotated[  # noqa: ARG001  (acted on by its callback)
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Opens the browser where no command is given."""
    context.obj = Session(dsn=dsn, home=home)
    if context.invoked_subcommand is None:
        browse.open_browser(context.obj)


def main() -> None:
    """Runs the command line. Exit status: 0 done, 1 the work failed, 2 wrong usage."""
    try:
        app(prog_name="backscroll")
    except AppError as error:
        _report(error)
    except Exception as error:  # the last stop: a person never sees a traceback
        if is_debugging():
            raise
        _report(unexpected(error))


def _report(error: AppError) -> None:
    if "--json" in sys.argv:
        said = json.dumps({"error": error.code, "title": error.title, "hint": error.hint}, ensure_ascii=False)
        print(safe_json(said), file=sys.stderr)
    else:
        print(safe(error.title), file=sys.stderr)
        if error.hint:
            print(safe(error.hint), file=sys.stderr)
    sys.exit(1)
