"""The command that tells everything about one message."""

from dataclasses import asdict

import typer

from backscroll.archive.opening import Archive
from backscroll.cli.notes import InChat, MessageId
from backscroll.cli.output import print_json, print_lines
from backscroll.cli.read import AsJson
from backscroll.cli.session import Session
from backscroll.exporting.rows import annotation_row, attachment_row, bookmark_row, message_row
from backscroll.json_lines import Row
from backscroll.model.conversation import Place
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
        place = await archive.messages.find(message, conversation)
        whole = await read_whole(archive, place)
        if whole is None:
            await _show_notes(archive, place, as_json=as_json)
        elif as_json:
            print_json([_row(whole)])
        else:
            print_lines(map(_lines, account(whole, zone)))

    session.run(work)


async def _show_notes(archive: Archive, place: Place, *, as_json: bool) -> None:
    """What was written about a message that is gone."""
    bookmark, annotations = await archive.bookmarks.of_message(place), await archive.annotations.of_message(place)
    if as_json:
        row = {"id": place.cursor.id, "conversation_id": place.conversation_id, "is_gone": True}
        kept = {"bookmark": bookmark_row(bookmark) if bookmark else None}
        print_json([row | kept | {"annotations": [annotation_row(note) for note in annotations]}])
        return
    print_lines(["The message is gone; what was written about it stays."])
    if bookmark:
        print_lines([f"It said: {bookmark.quote}", f"Bookmark: {bookmark.title} {bookmark.notes}".rstrip()])
    for note in annotations:
        print_lines([f"It said: {note.quote}", f"Annotation: {note.text}"])


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
        "edited_at": record.edited_at,
        "versions": [asdict(earlier) for earlier in whole.versions],
        "raw": record.raw,
        "kept": [asdict(one) for one in whole.kept],
        "is_gone": False,
    }
