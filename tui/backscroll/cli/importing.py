"""The command that brings exports in."""

import sys
from asyncio import CancelledError
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.confirming import Yes
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.session import Session
from backscroll.cli.undoing import take_back
from backscroll.cli.waiting import bar
from backscroll.settings import zone_named

if TYPE_CHECKING:
    from backscroll.importing.format import DateOrder
    from backscroll.importing.pipeline import ImportReport, Progress


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command("import")(import_exports)


def import_exports(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH...", help="Files, zips or directories.", show_default=False)
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="A name that `backscroll formats` lists; else detected.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Zone of the export's wall-clock times, e.g. Europe/Berlin.")
    ] = None,
    date_order: Annotated[str | None, typer.Option(help="dmy, mdy or ymd; else told from the file.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the chat, where the export has none.")] = None,
    columns: Annotated[
        str | None,
        typer.Option(help="Meaning of a delimited file's columns: chat_id,chat,sent_at,sender,id,text; - skips."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(help="Name of the place that delimited files come from; keeps equal ids of two places apart."),
    ] = None,
    undo: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="Take a run back instead: its id or the beginning of it, from `imports`."),
    ] = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Import exports: everything recognised at the paths. Importing again adds only what is new.

    --undo takes out what a run brought; bookmarks and annotations stay and say that their message is gone.
    """
    if bool(paths) == (undo is not None):
        raise typer.BadParameter("give either paths to import or --undo RUN")
    if undo is not None:
        take_back(context.obj, undo, yes=yes, as_json=as_json)
        return
    # Imported here: other commands do not pay for the formats.
    from backscroll.importing.format import Choices
    from backscroll.importing.pipeline import import_paths

    session: Session = context.obj
    if date_order not in {None, "dmy", "mdy", "ymd"}:
        raise typer.BadParameter("--date-order is one of dmy, mdy and ymd")
    zone = zone_named(timezone or session.settings().timezone)
    choices = Choices(
        time_zone=zone,
        time_zone_name=str(zone),
        date_order=cast("DateOrder | None", date_order),
        title=title,
        columns=tuple(c.strip() for c in columns.split(",")) if columns else None,
        source=source,
    )

    async def work(archive: Archive) -> None:
        try:
            with bar() as tell:

                def show(p: "Progress") -> None:
                    tell(p.file_name, p.done, p.total, p.messages)

                report = await import_paths(archive, paths or [], choices, format_name=format_name, progress=show)
        except CancelledError:
            print("Cancelled. What was stored stays; importing again goes on from there.", file=sys.stderr)
            raise
        _print_report(report, as_json=as_json)

    session.run(work)


def _print_report(report: "ImportReport", *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(report.stored) | {"seconds": round(report.seconds, 3)}])
        return
    s = report.stored
    added = f"{s.messages:,} new messages in {s.chats:,} new chats, {s.participants:,} new participants"
    print_lines([f"{added}; {s.duplicates:,} were there already, {s.skipped:,} pieces could not be read."])
    print_lines(f"Not recognised: {path}" for path in report.unknown)
