"""The command that brings exports in."""

import asyncio
import sys
from asyncio import CancelledError
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from backscroll.archive.import_runs import RunReport
from backscroll.archive.opening import Archive, open_known
from backscroll.cli.confirming import Yes
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.reports import FEW, report_lines, report_row, unread_rows
from backscroll.cli.returning import bring_notes, notes_file, refuse_notes
from backscroll.cli.session import Session, status
from backscroll.cli.undoing import take_back
from backscroll.cli.waiting import Tell, bar
from backscroll.model.sizes import size_words
from backscroll.settings import zone_named

if TYPE_CHECKING:
    from backscroll.importing.dry_run import DryRun
    from backscroll.importing.format import Choices, DateOrder
    from backscroll.importing.mappings import Mapping
    from backscroll.importing.pipeline import ImportReport, Progress


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command("import")(import_exports)


def import_exports(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH... | notes FILE",
            help="Files, zips or directories; or `notes` and a file that `export notes` wrote.",
            show_default=False,
        ),
    ] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", help="A name that `backscroll formats` lists; else detected.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Zone of the export's wall-clock times, e.g. Europe/Berlin.")
    ] = None,
    date_order: Annotated[str | None, typer.Option(help="dmy, mdy or ymd; else told from the file.")] = None,
    year: Annotated[
        int | None, typer.Option(min=2000, max=2100, help="Year in which a chat begins whose dates name none.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the chat, where the export has none.")] = None,
    into: Annotated[
        str | None,
        typer.Option(metavar="CHAT", help="The chat here that the export's one chat is, whatever it is called there."),
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(metavar="THERE=HERE", help="A person by the export's name and by the name here; may be repeated."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(help="Meaning of a delimited file's columns: chat_id,chat,sent_at,sender,id,text; - skips."),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(help="Name of the place that delimited files come from; keeps equal ids of two places apart."),
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(metavar="NAME", help="Read tables as this kept mapping says; options say otherwise.")
    ] = None,
    save_mapping: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="After the import keep --columns, --format, --source, --timezone and --date-order."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read everything and report what would come in; write nothing.")
    ] = False,
    undo: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="Take a run back instead: its id or the beginning of it, from `imports`."),
    ] = None,
    yes: Yes = False,
    link: Annotated[
        bool, typer.Option("--link", help="Leave the files of messages where they are; else they are copied.")
    ] = False,
    author: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose the notes are that bear no reviewer's name.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Import exports: everything recognised at the paths. Importing again adds only what is new.

    --undo takes out what a run brought; bookmarks and annotations stay and say that their message is gone.
    `import notes FILE` brings in a codebook, bookmarks and annotations.
    """
    notes = notes_file(paths or [])
    _check(bool(paths), dry_run, undo, save_mapping, notes, author)
    if notes is not None:
        bring_notes(context.obj, notes, author or "", is_dry=dry_run, as_json=as_json)
        return
    refuse_notes(paths or [])
    if undo is not None:
        take_back(context.obj, undo, yes=yes, as_json=as_json)
        return
    # Imported here: other commands do not pay for the formats.
    from backscroll.importing.joining import renames_in
    from backscroll.importing.mappings import Mapping, Mappings

    session: Session = context.obj
    if date_order not in {None, "dmy", "mdy", "ymd"}:
        raise typer.BadParameter("--date-order is one of dmy, mdy and ymd")
    kept = Mappings(session.settings().home)
    meanings = tuple(c.strip() for c in columns.split(",")) if columns else None
    table = Mapping("", format_name, meanings, source, timezone, cast("DateOrder | None", date_order))
    table = table.over(kept.named(mapping)) if mapping is not None else table
    table = replace(table, name=save_mapping).complete() if save_mapping is not None else table
    if into is not None and title is not None:
        raise typer.BadParameter("--into names a chat that has its title")
    choices = replace(
        _choices(session, table, year=year, title=title, links=link), into=into, renames=renames_in(rename or [])
    )
    if dry_run:
        _look(session, paths or [], choices, table.format, as_json=as_json)
        return
    _bring(session, paths or [], choices, table.format, as_json=as_json)
    if save_mapping is not None:
        kept.save(table)


def _check(
    has_paths: bool, dry_run: bool, undo: str | None, save_mapping: str | None, notes: Path | None, author: str | None
) -> None:
    """Raises BadParameter where options do not go together."""
    if has_paths == (undo is not None):
        raise typer.BadParameter("give either paths to import or --undo RUN")
    if undo is not None and dry_run:
        raise typer.BadParameter("--dry-run is for paths to import")
    if save_mapping is not None and (dry_run or undo is not None):
        raise typer.BadParameter("--save-mapping keeps a mapping after an import, and a dry run writes nothing")
    if notes is not None and save_mapping is not None:
        raise typer.BadParameter("--save-mapping is for exports, not for notes")
    if notes is None and author is not None:
        raise typer.BadParameter("--author is for `import notes FILE`")


def _choices(session: Session, table: "Mapping", *, year: int | None, title: str | None, links: bool) -> "Choices":
    from backscroll.importing.format import Choices

    usual = session.settings().timezone
    zone = zone_named(table.time_zone or usual)
    return Choices(
        time_zone=zone,
        time_zone_name=str(zone),
        date_order=table.date_order,
        title=title,
        columns=table.columns,
        source=table.source,
        year=year,
        zone_from="option" if table.time_zone else "settings" if usual else "machine",
        links=links,
    )


def _bring(session: Session, paths: list[Path], choices: "Choices", form: str | None, *, as_json: bool) -> None:
    from backscroll.importing.pipeline import import_paths

    async def work(archive: Archive) -> None:
        try:
            with bar() as tell:
                done = await import_paths(archive, paths, choices, format_name=form, progress=_teller(tell))
        except CancelledError:
            print("Cancelled. What was stored stays; importing again goes on from there.", file=sys.stderr)
            raise
        runs = archive.import_runs
        reports = [await runs.report(await runs.find(str(run))) for run in done.runs]
        _print_reports(done, reports, zone=choices.time_zone, as_json=as_json)

    session.run(work)


def _look(session: Session, paths: list[Path], choices: "Choices", form: str | None, *, as_json: bool) -> None:
    from backscroll.importing.dry_run import read_only

    async def work() -> None:
        async with open_known(session.settings(), status) as known:
            with bar() as tell:
                done = await read_only(known, paths, choices, format_name=form, progress=_teller(tell))
        _print_reports(done, done.reports, zone=choices.time_zone, as_json=as_json)

    asyncio.run(work())


def _teller(tell: Tell) -> "Callable[[Progress], None]":
    def show(p: "Progress") -> None:
        files = f" · {size_words(p.file_size)} of files" if p.file_size else ""
        tell(p.file_name + files, p.done, p.total, p.messages)

    return show


def _print_reports(done: "ImportReport | DryRun", reports: Sequence[RunReport], *, zone: tzinfo, as_json: bool) -> None:
    from backscroll.importing.dry_run import DryRun

    is_dry = isinstance(done, DryRun)
    files = None if isinstance(done, DryRun) else done.files
    if as_json:
        for report in reports:
            print_json(unread_rows(report, is_dry=is_dry))
        print_json(report_row(report, is_dry=is_dry) for report in reports)
        print_json([asdict(files)] if files and files.sentences else [])
        print_json([asdict(done.stored) | {"seconds": round(done.seconds, 3)}])
        return
    for report in reports:
        print_lines(report_lines(report, zone, most=None if is_dry else FEW))
    print_lines(files.sentences if files else [])
    s = done.stored
    print_lines([f"{s.messages:,} new messages in all; {s.duplicates:,} known; {s.skipped:,} pieces not read."])
    if is_dry:
        print_lines(["A dry run: nothing was written."])
