"""The command that reads messages: show."""

from datetime import tzinfo
from typing import Annotated
from uuid import UUID

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import message_lines, print_json, print_lines
from backscroll.cli.session import Session, moment
from backscroll.exporting.rows import message_row
from backscroll.model.message import NEWEST, OLDEST, Cursor, Message
from backscroll.settings import zone_named

Chat = Annotated[str, typer.Argument(metavar="CHAT", help="A chat's title, its id, or the beginning of its id.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Limit = Annotated[int, typer.Option(min=1, max=100_000, help="How many at most.")]


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(show)


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
