"""The commands that read messages and what was written about them: show, search, summaries."""

from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import (
    facet_row,
    message_lines,
    message_row,
    print_json,
    print_lines,
    print_remark,
    summary_row,
)
from backscroll.cli.session import Session, moment
from backscroll.errors import AppError
from backscroll.model.message import NEWEST, OLDEST, Cursor, Message
from backscroll.searching.finding import COUNTED, Count, Finding, Found
from backscroll.searching.language import parse
from backscroll.searching.narrowing import FACETS
from backscroll.searching.spreading import CAP, Spread, Spreading
from backscroll.settings import zone_named
from backscroll.text import safe_line

Chat = Annotated[str, typer.Argument(metavar="CHAT", help="A chat's title, its id, or the beginning of its id.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Limit = Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")]


class SearchOrder(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RANK = "rank"


def register(app: typer.Typer) -> None:
    """Adds the commands of this module."""
    for command in (show, search, summaries):
        app.command()(command)


def show(
    context: typer.Context,
    chat: Chat,
    before: Annotated[
        str | None, typer.Option(help="Messages before a date, a date and time, or a message's id.")
    ] = None,
    after: Annotated[
        str | None, typer.Option(help="Messages after a date, a date and time, or a message's id.")
    ] = None,
    around: Annotated[
        str | None, typer.Option(help="Messages around a date, a date and time, or a message's id.")
    ] = None,
    replies: Annotated[
        str | None, typer.Option(help="The chain of answers that a message, named by its id, belongs to.")
    ] = None,
    thread: Annotated[str | None, typer.Option(help="Only this thread: its title, or its id.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Show messages of a chat in reading order; without --before, --after, --around or --replies the newest ones."""
    if sum(value is not None for value in (before, after, around, replies)) > 1:
        raise typer.BadParameter("--before, --after, --around and --replies exclude each other")
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)

    async def work(archive: Archive) -> None:
        conversation = (await archive.conversations.resolve(chat)).id
        inside = (await archive.threads.resolve(conversation, thread)).id if thread else None
        history = archive.messages
        if replies is not None:
            page = await history.chain(await history.find(replies, conversation), limit=limit)
        elif after is not None:
            cursor = await _cursor(archive, conversation, after, zone)
            page = await history.after(conversation, cursor, limit=limit, thread=inside)
        elif around is not None:
            cursor = await _cursor(archive, conversation, around, zone)
            page = await history.before(conversation, cursor, limit=limit // 2, thread=inside)
            page += await history.starting(conversation, cursor, limit=limit - len(page), thread=inside)
        else:
            cursor = await _cursor(archive, conversation, before, zone) if before is not None else NEWEST
            page = await history.before(conversation, cursor, limit=limit, thread=inside)
        _print_messages(page, zone, as_json=as_json)

    session.run(work)


async def _cursor(archive: Archive, conversation: UUID, text: str, zone: tzinfo) -> Cursor:
    found = moment(text, zone)
    if found is not None:
        return Cursor(found, OLDEST.id)
    return (await archive.messages.find(text, conversation)).cursor


def _print_messages(page: list[Message], zone: tzinfo, *, as_json: bool) -> None:
    if as_json:
        print_json(map(message_row, page))
    else:
        print_lines(message_lines(message, zone) for message in page)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help='Words, "a phrase", word*, OR, ( ), -without, from:ana in:family ...')],
    order: Annotated[SearchOrder, typer.Option(help="What comes first.")] = SearchOrder.NEWEST,
    limit: Limit = 50,
    after: Annotated[str | None, typer.Option(metavar="CURSOR", help="Go on after this cursor.")] = None,
    count: Annotated[bool, typer.Option("--count", help=f"Only how many there are, at most {COUNTED:,}.")] = False,
    facets: Annotated[
        bool, typer.Option("--facets", help=f"How the newest {CAP:,} spread over years, chats, senders and kinds.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Search all chats. `?` in the browser shows the whole language by example."""
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)
    parsed = parse(query, zone)
    cursor = _given_cursor(after) if after is not None else None
    for remark in parsed.remarks:
        print_remark(remark.text)

    async def work(archive: Archive) -> None:
        finding = Finding(archive)
        if count:
            _print_count(await finding.count(parsed), as_json=as_json)
        elif facets:
            spread = [spread async for spread in Spreading(archive, finding, zone).spread(parsed)][-1]
            _print_facets(spread, limit, as_json=as_json)
        else:
            found = [found async for found in finding.find(parsed, order=order.value, limit=limit, after=cursor)][-1]
            _print_hits(found, zone, as_json=as_json)

    session.run(work)


def _print_count(count: Count, *, as_json: bool) -> None:
    if as_json:
        print_json([{"count": count.n, "is_capped": count.is_capped}])
    else:
        print_lines([f"{count.n:,}{'+' if count.is_capped else ''}"])


def _print_facets(spread: Spread, limit: int, *, as_json: bool) -> None:
    """At most `limit` entries of each facet, and what they were counted among."""
    listed = [entry for facet in FACETS for entry in spread.facets[facet][:limit]]
    if as_json:
        back_to = spread.back_to.isoformat() if spread.back_to else None
        print_json(facet_row(entry) for entry in listed)
        print_json([{"counted": spread.hits, "is_capped": spread.is_capped, "counted_back_to": back_to}])
        return
    print_lines(f"{entry.choice.facet:<8}{entry.hits:>7,}  {safe_line(entry.choice.label)}" for entry in listed)
    print_lines([f"Counted: {spread.told}"])


def _given_cursor(text: str) -> Cursor:
    try:
        return Cursor.parse(text)
    except ValueError:
        raise AppError(
            "--after is not a cursor", "Give the one that the last line of the page before printed.", code="bad_cursor"
        ) from None


def _print_hits(found: Found, zone: tzinfo, *, as_json: bool) -> None:
    if as_json:
        _print_hits_as_json(found)
    else:
        print_lines(message_lines(hit.message, zone, hit.chat) for hit in found.hits)
        if found.cursor:
            print_lines([f"More: --after {found.cursor}"])
    for remark in found.remarks:
        print_remark(remark)


def _print_hits_as_json(found: Found) -> None:
    for hit in found.hits:
        spans = [list(span) for span in hit.highlights]
        print_json([message_row(hit.message) | {"conversation": hit.chat, "highlights": spans}])
    back: datetime | None = found.searched_to
    if back is None and found.cursor:
        back = found.cursor.sent_at
    cursor = str(found.cursor) if found.cursor else None
    print_json([{"cursor": cursor, "searched_back_to": back, "complete": found.complete}])


def summaries(context: typer.Context, chat: Chat, as_json: AsJson = False) -> None:
    """Show the stored summaries of a chat, the newest stretch first."""

    async def work(archive: Archive) -> None:
        conversation = await archive.conversations.resolve(chat)
        stored = await archive.summaries.of_chat(conversation.id)
        if as_json:
            print_json(map(summary_row, stored))
        else:
            print_lines(f"{s.generated_at:%Y-%m-%d}  {s.method}\n{s.text}\n" for s in stored)

    context.obj.run(work)
