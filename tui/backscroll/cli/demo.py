"""The command that opens the browser on the sample archive."""

from collections.abc import Callable
from dataclasses import replace

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.browse import open_browser
from backscroll.cli.session import Session


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(demo)


def demo(context: typer.Context) -> None:
    """Open the sample archive, which has a place of its own beside yours."""
    session: Session = context.obj
    settings = session.settings()
    if settings.dsn is None:
        settings = replace(settings, home=settings.home / "sample")
    open_browser(settings, _fill)


async def _fill(archive: Archive, status: Callable[[str], None]) -> None:
    from backscroll.sample.loading import load_sample

    chats, _ = await archive.conversations.totals()
    if chats == 0:
        status("Loading the sample archive")
    await load_sample(archive)
