"""The command that mirrors the database of a chat system and follows it."""

import asyncio
import sys
from asyncio import CancelledError
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from backscroll.archive.opening import Archive, open_known
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.reports import report_lines, report_row
from backscroll.cli.session import Session, status
from backscroll.cli.sync_output import print_found, print_synced, sync_line, sync_row
from backscroll.cli.waiting import bar
from backscroll.settings import zone_named

if TYPE_CHECKING:
    from backscroll.archive.live import LiveDatabase
    from backscroll.archive.systems import System
    from backscroll.importing.pipeline import Progress
    from backscroll.syncing.recognising import Found
    from backscroll.syncing.session import Synced


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(sync)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be done with a source."""

    follow: bool
    pause: bool
    resume: Literal["from_last", "from_now"] | None
    exclude: tuple[str, ...]
    include: tuple[str, ...]
    as_json: bool


def sync(
    context: typer.Context,
    url: Annotated[
        str | None,
        typer.Argument(
            metavar="[URL]",
            help="The source: postgresql://user@host/database. The password may be in PGPASSWORD or ~/.pgpass.",
            show_default=False,
        ),
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Go on looking for what is new until Ctrl+C.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what is there and what would come in; write nothing.")
    ] = False,
    name: Annotated[
        str | None, typer.Option("--source", help="The source's name: with it, its address may change.")
    ] = None,
    system: Annotated[str | None, typer.Option(help="The chat system, where more than one would fit.")] = None,
    schema: Annotated[str | None, typer.Option(help="Its schema, where more than one would fit.")] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Zone of times that name none; else that of the source's server.")
    ] = None,
    pause: Annotated[bool, typer.Option("--pause", help="Read nothing of it until --resume.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="End the pause, and sync.")] = False,
    from_now: Annotated[
        bool, typer.Option("--from-now", help="With --resume: leave out what was written during the pause.")
    ] = False,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A TOML file that says which table and column is what.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="CHAT", help="Never read this chat (the source's id of it).")
    ] = None,
    include: Annotated[
        list[str] | None, typer.Option(metavar="CHAT", help="Read a chat again that was excluded.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Mirror a chat system's own PostgreSQL into the archive; again, only what is new, changed or deleted there.

    The source is only read. Without a URL: the sources that are known.
    """
    session: Session = context.obj
    if url is None:
        _list(session, as_json=as_json)
        return
    if (pause and (resume or follow or dry_run)) or (from_now and not resume) or (dry_run and follow):
        raise typer.BadParameter("--pause stands alone, --from-now goes with --resume, --dry-run not with --follow")
    from backscroll.archive.live import LiveDatabase  # here: other commands do not pay for it
    from backscroll.syncing.mapping import read_mapping
    from backscroll.syncing.recognising import find

    mode: Literal["from_last", "from_now"] = "from_now" if from_now else "from_last"
    wanted = _Wanted(
        follow, pause, mode if resume else None, tuple(exclude or ()), tuple(include or ()), as_json=as_json
    )
    database = LiveDatabase(url)
    database.open()
    try:
        zone = str(zone_named(timezone)) if timezone else None
        told = read_mapping(mapping) if mapping is not None else None
        found = find(database, name=name, system=_system(system), schema=schema, zone=zone, mapping=told)
        print_found(found, as_json=as_json)
        if dry_run:
            _look(session, database, found, as_json=as_json)
        else:
            session.run(lambda archive: _work(session, archive, database, found, wanted))
    finally:
        database.close()


def _system(name: str | None) -> "System | None":
    from backscroll.archive.systems import systems

    if name is None:
        return None
    for one in systems():
        if one.name == name:
            return one
    raise typer.BadParameter(f"--system is one of {', '.join(one.name for one in systems())}")


def _list(session: Session, *, as_json: bool) -> None:
    zone = zone_named(session.settings().timezone)

    async def work(archive: Archive) -> None:
        known = await archive.syncs.all()
        if as_json:
            print_json(map(sync_row, known))
        else:
            print_lines([sync_line(one, zone) for one in known] or ["No live source is known yet."])

    session.run(work)


async def _work(session: Session, archive: Archive, database: "LiveDatabase", found: "Found", wanted: _Wanted) -> None:
    source = found.source.id
    await archive.syncs.begin(found.source, found.told)
    for chat in wanted.exclude:
        await archive.syncs.exclude(source, chat)
    for chat in wanted.include:
        await archive.syncs.include(source, chat)
    if wanted.resume is not None:
        await archive.syncs.resume(source, wanted.resume)
    if not wanted.pause:
        await _sync(archive, database, found, wanted)
        return
    await archive.syncs.pause(source)
    known = [one for one in await archive.syncs.all() if one.source_id == source]
    if wanted.as_json:
        print_json(map(sync_row, known))
    else:
        print_lines(sync_line(one, zone_named(session.settings().timezone)) for one in known)


async def _sync(archive: Archive, database: "LiveDatabase", found: "Found", wanted: _Wanted) -> None:
    from backscroll.syncing.following import follow
    from backscroll.syncing.session import syncing

    def tell(synced: "Synced") -> None:
        print_synced(found, synced, None, as_json=wanted.as_json)

    began = monotonic()
    with bar() as told:

        def show(p: "Progress") -> None:
            told(p.file_name, p.done, p.total, p.messages)

        async with syncing(archive, database, found, show) as running:
            try:
                print_synced(found, await running.whole_pass(), monotonic() - began, as_json=wanted.as_json)
            except CancelledError:
                print("Cancelled. What was stored stays; syncing again goes on from there.", file=sys.stderr)
                raise
            if wanted.follow:
                try:
                    await follow(running, tell)
                except CancelledError:  # this is how following ends
                    print("Stopped following.", file=sys.stderr)


def _look(session: Session, database: "LiveDatabase", found: "Found", *, as_json: bool) -> None:
    from backscroll.syncing.looking import look_at

    async def work() -> None:
        async with open_known(session.settings(), status) as known:
            with bar() as told:
                done = await look_at(known, database, found, lambda p: told(p.file_name, p.done, p.total, p.messages))
        reports, stored, deleted = done.read.reports, done.read.stored, done.deleted
        if as_json:
            print_json(report_row(report, is_dry=True) | {"deleted": deleted} for report in reports)
            return
        for report in reports:
            print_lines(report_lines(report, zone_named(session.settings().timezone)))
        summed = f"{stored.messages:,} new messages would come in, {stored.updated:,} be changed, {deleted:,} deleted."
        print_lines([summed, "A dry run: nothing was written."])

    asyncio.run(work())
