"""The command that lists import runs."""

from datetime import tzinfo
from typing import Annotated

import typer

from backscroll.archive.import_runs import RunReport
from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines, run_row
from backscroll.cli.read import AsJson, Limit
from backscroll.cli.reports import report_lines, report_row, unread_rows
from backscroll.cli.session import Session
from backscroll.model.import_run import ImportRun, RunState
from backscroll.settings import zone_named
from backscroll.text import safe_line


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(imports)


def imports(
    context: typer.Context,
    show: Annotated[
        str | None,
        typer.Option(metavar="RUN", help="The report of one run, by its id or the beginning of it."),
    ] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """List import runs, newest first: when, what was read, what it brought, how it ended. --show gives one's report."""
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)

    async def work(archive: Archive) -> None:
        if show is not None:
            report = await archive.import_runs.report(await archive.import_runs.find(show))
            _print_report(report, zone, as_json=as_json)
            return
        runs = await archive.import_runs.page(limit=limit)
        if as_json:
            print_json(map(run_row, runs))
        else:
            print_lines(_line(run, zone) for run in runs)

    session.run(work)


def _print_report(report: RunReport, zone: tzinfo, *, as_json: bool) -> None:
    if as_json:
        print_json(unread_rows(report))
        print_json([report_row(report)])
    else:
        print_lines(report_lines(report, zone))


def _line(run: ImportRun, zone: tzinfo) -> str:
    when = run.started_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    counts = f"{run.messages:,} new, {run.duplicates:,} known, {run.skipped:,} not read"
    return f"{run.name}  {when}  {_state(run):12}  {run.format:10}  {safe_line(run.file_name)}: {counts}"


def _state(run: ImportRun) -> str:
    return "not finished" if run.state is RunState.RUNNING else run.state
