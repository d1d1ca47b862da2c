"""All commands, each group of them in a module of its own, and the options that stand before them."""

from pathlib import Path
from typing import Annotated

import typer

from backscroll import __version__
from backscroll.cli import (
    attachments,
    chats,
    codebooks,
    codes,
    database,
    demo,
    entities,
    exporting,
    formats,
    importing,
    imports,
    mappings,
    message,
    notes,
    outbox,
    read,
    reviews,
    saved,
    search,
    statistics,
    summaries,
    summarising,
    syncing,
)
from backscroll.cli.browse import open_browser
from backscroll.cli.session import Session

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Browse, search and annotate conversations kept in PostgreSQL. Without a command: opens the browser.",
)
app.add_typer(database.app, name="db")
codebooks.register(codes.app)
app.add_typer(codes.app, name="codes")
app.add_typer(exporting.app, name="export")
importing.register(app)
imports.register(app)
attachments.register(app)
formats.register(app)
mappings.register(app)
chats.register(app)
read.register(app)
search.register(app)
saved.register(app)
statistics.register(app)
entities.register(app)
message.register(app)
notes.register(app)
outbox.register(app)
reviews.register(app)
summaries.register(app)
summarising.register(app)
syncing.register(app)
demo.register(app)


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
    reviewer: Annotated[
        str | None, typer.Option(help="Whose annotations and decisions are written, where several people code.")
    ] = None,
    version: Annotated[  # noqa: ARG001  (acted on by its callback)
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Opens the browser where no command is given."""
    context.obj = Session(dsn=dsn, home=home, reviewer=reviewer)
    if context.invoked_subcommand is None:
        open_browser(context.obj.settings())
