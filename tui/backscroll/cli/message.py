"""The command that tells everything about one message."""

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.notes import InChat, MessageId
from backscroll.cli.output import (
    Row,
    annotation_row,
    attachment_row,
    bookmark_row,
    message_row,
    print_json,
    print_lines,
)
from backscroll.cli.read import AsJson
from backscroll.cli.session import Session
from backscroll.errors import AppError
from backscroll.reading.account import Section, account
from backscroll.reading.files import file_state
from backscroll.reading.whole import Whole, read_whole
from backscroll.settings import zone_named


def register(app: typer.Typer) -> None:
    """Adds the command of this module."""
    app.command()(message)


def message(context: typer.Context, message: MessageId, chat: InChat = None, as_json: AsJson = False) -> None:
    """Show everything that is known of a message: ids, times, source, files, notes, the source's own record."""
    session: Session = context.obj
    zone = zone_named(session.settings().timezone)

    async def work(archive: Archive) -> None:
        conversation = (await archive.conversations.resolve(chat)).id if chat else None
        whole = await read_whole(archive, await archive.messages.find(message, conversation))
        if whole is None:
            raise AppError(
                "The message is no longer there", "`show` and `search` print the ids.", code="no_such_message"
            )
        if as_json:
            print_json([_row(whole)])
        else:
            print_lines(map(_lines, account(whole, zone)))

    session.run(work)


def _lines(section: Section) -> str:
    return f"{section.title}\n    " + section.plain.replace("\n", "\n    ") + "\n"


def _row(whole: Whole) -> Row:
    record = whole.record
    found, source, quote = record.message, record.source, record.message.quote
    return message_row(found) | {
        "attachments": [attachment_row(file) | {"state": file_state(file).value} for file in found.attachments],
        "cursor": str(found.cursor),
        "tie": found.tie,
        "external_id": record.external_id,
        "sender_id": found.sender_id,
        "sender_external_id": record.sender_external_id,
        "is_owner": found.is_owner,
        "is_read": record.is_read,
        "conversation": record.conversation,
        "conversation_kind": record.conversation_kind,
        "conversation_external_id": record.conversation_external_id,
        "thread": record.thread,
        "thread_external_id": record.thread_external_id,
        "parent": {"sent_at": quote.cursor.sent_at, "sender": quote.sender, "text": quote.text} if quote else None,
        "parent_external_id": record.parent_external_id,
        "source": {
            "name": source.name,
            "format": source.format,
            "identity": source.identity,
            "time_zone": source.time_zone,
        },
        "bookmark": bookmark_row(whole.bookmark) if whole.bookmark else None,
        "annotations": [annotation_row(note) for note in whole.annotations],
        "raw": record.raw,
    }
