"""Messages and notes as rows with the documented keys: the same in files and in pipes."""

from backscroll.json_lines import Row
from backscroll.model.message import Attachment, Message
from backscroll.model.notes import Annotation, Bookmark


def message_row(message: Message) -> dict[str, object]:
    """A message with its documented keys; `sent_at` is the time as the source knows it."""
    return {
        "id": message.id,
        "conversation_id": message.conversation_id,
        "thread_id": message.thread_id,
        "parent_id": message.parent_id,
        "sent_at": message.clock,
        "sender": message.sender,
        "kind": message.kind,
        "text": message.text,
        "is_edited": message.is_edited,
        "is_deleted": message.is_deleted,
        "attachments": [attachment_row(a) for a in message.attachments],
        "reactions": [{"emoji": r.emoji, "count": r.count, "senders": list(r.senders)} for r in message.reactions],
        "codes": list(dict.fromkeys(message.codes)),
    }


def attachment_row(attachment: Attachment) -> dict[str, object]:
    """An attachment with its documented keys."""
    return {
        "file_name": attachment.file_name,
        "mime_type": attachment.mime_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
        "path": attachment.path,
    }


def bookmark_row(bookmark: Bookmark) -> Row:
    """A bookmark with its documented keys."""
    return {
        "id": bookmark.id,
        "conversation_id": bookmark.conversation_id,
        "conversation": bookmark.conversation,
        "message_id": bookmark.message.id,
        "message_sent_at": bookmark.message.sent_at,
        "sender": bookmark.sender,
        "quote": bookmark.quote,
        "title": bookmark.title,
        "notes": bookmark.notes,
        "version": bookmark.version,
        "conflicts_with": bookmark.conflicts_with,
        "created_at": bookmark.created_at,
        "updated_at": bookmark.updated_at,
        "is_gone": bookmark.is_gone,
    }


def annotation_row(annotation: Annotation) -> Row:
    """An annotation with its documented keys."""
    return {
        "id": annotation.id,
        "conversation_id": annotation.conversation_id,
        "conversation": annotation.conversation,
        "message_id": annotation.message.id,
        "message_sent_at": annotation.message.sent_at,
        "sender": annotation.sender,
        "quote": annotation.quote,
        "text": annotation.text,
        "category": annotation.category,
        "tags": list(annotation.tags),
        "codes": list(annotation.codes),
        "author": annotation.author,
        "span_start": annotation.span.start if annotation.span else None,
        "span_end": annotation.span.end if annotation.span else None,
        "end_message_id": annotation.end.id if annotation.end else None,
        "end_sent_at": annotation.end.sent_at if annotation.end else None,
        "version": annotation.version,
        "conflicts_with": annotation.conflicts_with,
        "created_at": annotation.created_at,
        "updated_at": annotation.updated_at,
        "is_gone": annotation.is_gone,
    }
