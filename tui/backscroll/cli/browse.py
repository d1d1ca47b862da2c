"""The commands that open the browser: on the archive, or on the sample archive."""

import asyncio
import sys

import typer

from backscroll.archive.opening import Archive, open_archive
from backscroll.cli.session import Session, status
from backscroll.errors import AppError
from backscroll.settings import Settings, zone_named


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(demo)


def demo(context: typer.Context) -> None:
    """Open the sample archive, which has a place of its own beside yours."""
    session: Session = context.obj
    settings = session.settings()
    if settings.dsn is None:
        settings = settings.model_copy(update={"home": settings.home / "sample"})
    _browse(settings, with_sample=True)


def open_browser(session: Session) -> None:
    """Opens the browser until the person leaves it. Raises AppError."""
    _browse(session.settings(), with_sample=False)


def _browse(settings: Settings, *, with_sample: bool) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AppError(
            "The browser needs a terminal",
            "Run it in one; `backscroll --help` lists the commands that print.",
            code="no_terminal",
        )

    zone_named(settings.timezone)

    async def whole() -> int:
        async with open_archive(settings, status) as archive:
            if with_sample:
                await _fill(archive)
            # Imported here: commands that draw nothing do not pay for it.
            from backscroll.ui.app import BackscrollApp
            from backscroll.ui.kept_widths import widths_file
            from backscroll.ui.stutter import collect_rarely

            collect_rarely()
            app = BackscrollApp(archive, settings, widths_file(settings))
            await app.run_async()
            return app.return_code or 0

    sys.exit(asyncio.run(whole()))


async def _fill(archive: Archive) -> None:
    from backscroll.sample.loading import load_sample

    chats, _ = await archive.conversations.totals()
    if chats == 0:
        status("Loading the sample archive")
    await load_sample(archive)
