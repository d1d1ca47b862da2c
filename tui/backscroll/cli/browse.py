"""Opens the browser, and the archive as soon as the browser shows."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Final

from backscroll.errors import AppError
from backscroll.settings import Settings, zone_named

if TYPE_CHECKING:
    from backscroll.archive.opening import Archive
    from backscroll.model.review import Review


def open_browser(
    settings: Settings,
    prepare: "Callable[[Archive, Callable[[str], None]], Awaitable[None]] | None" = None,
    *,
    review: "Review | None" = None,
) -> None:
    """Opens the browser, on an archive that is prepared first, until the person leaves it. Raises AppError.

    `prepare` is also given what tells the person what is being waited for. A review opens at once.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise AppError(
            "The browser needs a terminal",
            "Run it in one; `backscroll --help` lists the commands that print.",
            code="no_terminal",
        )
    if settings.timezone:
        zone_named(settings.timezone)
    sys.exit(asyncio.run(_browse(settings, prepare, review)))


_PATIENCE: Final = 2.0
"""Seconds in which what was written last is still sent when the browser has closed."""


async def _browse(
    settings: Settings,
    prepare: "Callable[[Archive, Callable[[str], None]], Awaitable[None]] | None",
    review: "Review | None",
) -> int:
    from backscroll.ui.stutter import collect_rarely

    collect_rarely()

    from backscroll.ui.app import BackscrollApp
    from backscroll.ui.kept_widths import widths_file

    async with AsyncExitStack() as held:

        async def opened(status: Callable[[str], None]) -> "Archive":
            # Imported here: what speaks to Postgres takes as long to import as the first frame to show.
            from backscroll.archive.opening import open_archive

            archive = await held.enter_async_context(open_archive(settings, status))
            if prepare is not None:
                await prepare(archive, status)
            return archive

        app = BackscrollApp(opened, settings, widths_file(settings), review=review)
        await app.run_async()
        if app.failure is not None:
            raise app.failure
        if app.is_open and (left := await app.desk.finish(_PATIENCE)):
            from backscroll.cli.output import print_remark

            print_remark(f"Not sent yet: {left}. It is when the browser opens again; `backscroll outbox` lists it.")
        return app.return_code or 0
