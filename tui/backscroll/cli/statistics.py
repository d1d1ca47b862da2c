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
from backscroll.counting.chat import chat_statistics, people, person_named, with_sentiment
from backscroll.counting.drawing import chat_picture, hit_picture
from backscroll.counting.hits import hit_statistics
from backscroll.counting.hits import with_sentiment as with_hit_sentiment
from backscroll.counting.refreshing import refresh, refresh_all
from backscroll.counting.sentiment import judge_all
from backscroll.counting.table import COLUMNS, TableRow, chat_table, hit_table
from backscroll.counting.word_list import NOT_INSTALLED
from backscroll.errors import AppError
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
    sentiment: Annotated[
        bool, typer.Option("--sentiment/--no-sentiment", help="Tell how messages in English sound, or leave it out.")
    ] = True,
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
            await _count_all(archive, str(zone), is_judging=sentiment, as_json=as_json)
        elif query is not None:
            asked = read_query(query, zone, as_json=as_json)
            with pointing(query, as_json=as_json):
                await _show_hits(archive, asked, str(zone), files, is_judging=sentiment, as_json=as_json)
        else:
            asking = _Asked(chat or "", person, str(zone), anew=anew, is_judging=sentiment)
            await _show_chat(archive, asking, files, as_json=as_json)

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
    is_judging: bool


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
    if asked.is_judging:
        with bar() as tell:
            found = await with_sentiment(
                archive, chat.id, found, lambda done, total: tell("Sentiment", done, total, done)
            )
    title = f"{person.name} in {chat.title}" if person else chat.title
    is_written = await files.write(chat_table(found), chat_picture(found, title))
    if as_json:
        print_json([chat_statistics_row(chat, found)])
    elif not is_written:
        print_lines(chat_statistics_lines(chat, found))


async def _show_hits(
    archive: Archive, query: Query, zone: str, files: _Files, *, is_judging: bool, as_json: bool
) -> None:
    with bar("quarters") as tell:
        found = await hit_statistics(
            archive, query, zone, progress=lambda done, total: tell("Counting", done, total, done)
        )
    if is_judging:
        with bar("quarters") as tell:
            found = await with_hit_sentiment(
                archive, query, found, lambda done, total: tell("Sentiment", done, total, done)
            )
    is_written = await files.write(hit_table(found), hit_picture(found, query.text))
    if as_json:
        print_json([hit_statistics_row(query.text, found)])
    elif not is_written:
        print_lines(hit_statistics_lines(query.text, found))


async def _count_all(archive: Archive, zone: str, *, is_judging: bool, as_json: bool) -> None:
    with bar() as tell:
        chats = await refresh_all(archive, zone, lambda done, total: tell("All chats", done, total, done))
    judged, missing = (await _judge_all(archive, zone)) if is_judging else (None, None)
    if as_json:
        print_json([{"chats": chats, "judged_chats": judged, "time_zone": zone}])
        return
    print_lines([f"Counted {chats:,} chats in which something had changed"])
    if is_judging:
        print_lines([f"Read how {judged:,} of them in English sound" if missing is None else missing])


async def _judge_all(archive: Archive, zone: str) -> tuple[int | None, str | None]:
    """How many chats were judged; or None, and what is missing for that."""
    try:
        with bar() as tell:
            return await judge_all(archive, zone, lambda done, total: tell("Sentiment", done, total, done)), None
    except AppError as error:
        if error.code != NOT_INSTALLED:
            raise
        return None, f"{error.title}: {error.hint}"


async def _show_jobs(archive: Archive, *, as_json: bool) -> None:
    jobs = await archive.statistics_jobs.newest()
    if as_json:
        print_json(map(job_row, jobs))
    else:
        print_lines(map(job_line, jobs))
