"""The command that lists summaries, and takes one away: summaries."""

from collections.abc import Iterable
from datetime import tzinfo
from typing import Annotated

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.output import print_json, print_lines, summary_row
from backscroll.cli.read import AsJson, Chat, Limit
from backscroll.cli.session import Session
from backscroll.errors import AppError
from backscroll.model.conversation import Conversation
from backscroll.model.summary import Summary
from backscroll.settings import zone_named
from backscroll.summarising.freshness import stored
from backscroll.summarising.wording import about, change_told, made_of


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(summaries)


def summaries(
    context: typer.Context,
    chat: Chat,
    remove: Annotated[
        str | None, typer.Option(metavar="ID", help="Take this one away: its id, or its beginning.")
    ] = None,
    limit: Limit = 200,
    as_json: AsJson = False,
) -> None:
    """Show the stored summaries of a chat, the newest stretch first, and whether messages came since."""
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)

    async def work(archive: Archive) -> None:
        conversation = await archive.conversations.resolve(chat)
        if remove is not None:
            await _remove(archive, conversation, remove, zone)
        print_summaries(await stored(archive, conversation.id, zone, limit=limit), zone, as_json=as_json)

    session.run(work)


async def _remove(archive: Archive, chat: Conversation, identity: str, zone: tzinfo) -> None:
    known = await stored(archive, chat.id, zone, limit=100_000)
    fitting = [one for one in known if str(one.id).startswith(identity.lower())]
    if len(fitting) != 1:
        how_many = "more than one" if fitting else "no"
        title = f"{identity[:60]} is the beginning of {how_many} summary's id"
        raise AppError(title, "`summaries CHAT --json` prints the ids.", code="no_such_summary")
    await archive.summaries.remove(fitting[0])


def print_summaries(found: Iterable[Summary], zone: tzinfo, *, as_json: bool) -> None:
    """Prints summaries, each with what it is about and what has changed since."""
    if as_json:
        print_json(map(summary_row, found))
        return
    for summary in found:
        parts = (made_of(summary), f"{summary.generated_at.astimezone(zone):%Y-%m-%d %H:%M}", change_told(summary))
        head = f"{str(summary.id)[:13]}  {about(summary.stretch, zone, summary.thread)}"
        print_lines([head, summary.text, f"({'; '.join(part for part in parts if part)})", ""])
