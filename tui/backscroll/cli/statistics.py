"""The command for statistics: stats, of a chat, a person in it, a search, or counted for all chats."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.search import pointing, read_query
from backscroll.cli.session import Session
from backscroll.cli.statistics_output import (
    chat_statistics_lines,
    chat_statistics_row,
    hit_statistics_lines,
    hit_statistics_row,
    job_line,
    job_row,
)
from backscroll.cli.waiting import bar
from backscroll.counting.chat import chat_statistics, people, person_named
from backscroll.counting.drawing import chat_picture, hit_picture
from backscroll.counting.hits import hit_statistics
from backscroll.counting.refreshing import refresh, refresh_all
from backscroll.counting.table import COLUMNS, TableRow, chat_table, hit_table
from backscroll.exporting.target import refuse, text_file, whole_file
from backscroll.model.query import Query
from backscroll.settings import zone_named
from backscroll.spreadsheets import table


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    # A query may begin with a minus, as in -car, which is no option.
    app.command(context_settings={"ignore_unknown_options": True})(stats)


def stats(
    context: typer.Context,
    chat: Annotated[
        str | None, typer.Argument(metavar="CHAT", help="A chat's title or id; or `search`, with a QUERY behind it.")
    ] = None,
    query: Annotated[str | None, typer.Argument(metavar="[QUERY]", help="As for `backscroll search`.")] = None,
    person: Annotated[str | None, typer.Option(help="Only one person of the chat: a name or an id.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Count what changed in all chats, and show nothing.")
    ] = False,
    jobs: Annotated[bool, typer.Option("--jobs", help="What was counted when, the newest first.")] = False,
    anew: Annotated[bool, typer.Option("--refresh", help="Count all months of the chat anew.")] = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the figures as a table.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Write them as a picture.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show statistics of a chat, of a person in it (--person), or of a search (stats search QUERY).

    A chat is counted when it is first asked about, and after that only where its messages have changed.
    """
    _check(chat, query, person, is_whole=everything or jobs)
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)
    files = _Files(csv, svg, overwrite=force)
    files.check()

    async def work(archive: Archive) -> None:
        if jobs:
            await _show_jobs(archive, as_json=as_json)
        elif everything:
            await _count_all(archive, str(zone), as_json=as_json)
        elif query is not None:
            asked = read_query(query, zone, as_json=as_json)
            with pointing(query, as_json=as_json):
                await _show_hits(archive, asked, str(zone), files, as_json=as_json)
        else:
            await _show_chat(archive, _Asked(chat or "", person, str(zone), anew=anew), files, as_json=as_json)

    session.run(work)


def _check(chat: str | None, query: str | None, person: str | None, *, is_whole: bool) -> None:
    if is_whole and chat is not None:
        raise typer.BadParameter("--all and --jobs are about all chats")
    if not is_whole and chat is None:
        raise typer.BadParameter("give a CHAT, `search QUERY`, --all or --jobs")
    if query is not None and chat != "search":
        raise typer.BadParameter("a QUERY comes after `search`; a title of several words needs quotes")
    if person is not None and (query is not None or is_whole):
        raise typer.BadParameter("--person needs a CHAT; a search takes from:NAME")
    for text in (chat, query):
        if text is not None and text.startswith("--"):
            raise typer.BadParameter(f"there is no option {text.split()[0]}")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose statistics are wanted."""

    chat: str
    person: str | None
    zone: str
    anew: bool


@dataclass(frozen=True, slots=True)
class _Files:
    """Where statistics are written to, besides the terminal."""

    csv: Path | None
    svg: Path | None
    overwrite: bool

    def check(self) -> None:
        """Sees that the files can come to their places, before anything is counted. Raises AppError."""
        for file in (self.csv, self.svg):
            if file is not None:
                refuse(file, overwrite=self.overwrite)

    async def write(self, rows: Iterable[TableRow], picture: str) -> bool:
        """Writes what is wanted; gives whether anything is. Raises AppError."""
        if self.csv is not None:
            async with whole_file(self.csv, overwrite=self.overwrite) as part:
                with table(part, COLUMNS) as add:
                    for row in rows:
                        add(row)
        if self.svg is not None:
            async with whole_file(self.svg, overwrite=self.overwrite) as part:
                with text_file(part) as file:
                    file.write(picture)
        return self.csv is not None or self.svg is not None


async def _show_chat(archive: Archive, asked: _Asked, files: _Files, *, as_json: bool) -> None:
    chat = await archive.conversations.resolve(asked.chat)
    person = person_named(await people(archive, chat.id), asked.person) if asked.person is not None else None
    with bar() as tell:

        def progress(done: int, total: int) -> None:
            tell(chat.title, done, total, done)

        if asked.anew:
            await refresh(archive, chat.id, asked.zone, progress, is_anew=True)
        found = await chat_statistics(archive, chat.id, asked.zone, person=person, progress=progress)
    title = f"{person.name} in {chat.title}" if person else chat.title
    is_written = await files.write(chat_table(found), chat_picture(found, title))
    if as_json:
        print_json([chat_statistics_row(chat, found)])
    elif not is_written:
        print_lines(chat_statistics_lines(chat, found))


async def _show_hits(archive: Archive, query: Query, zone: str, files: _Files, *, as_json: bool) -> None:
    with bar("quarters") as tell:
        found = await hit_statistics(
            archive, query, zone, progress=lambda done, total: tell("Counting", done, total, done)
        )
    is_written = await files.write(hit_table(found), hit_picture(found, query.text))
    if as_json:
        print_json([hit_statistics_row(query.text, found)])
    elif not is_written:
        print_lines(hit_statistics_lines(query.text, found))


async def _count_all(archive: Archive, zone: str, *, as_json: bool) -> None:
    with bar() as tell:
        chats = await refresh_all(archive, zone, lambda done, total: tell("All chats", done, total, done))
    if as_json:
        print_json([{"chats": chats, "time_zone": zone}])
    else:
        print_lines([f"Counted {chats:,} chats in which something had changed"])


async def _show_jobs(archive: Archive, *, as_json: bool) -> None:
    jobs = await archive.statistics_jobs.newest()
    if as_json:
        print_json(map(job_row, jobs))
    else:
        print_lines(map(job_line, jobs))
