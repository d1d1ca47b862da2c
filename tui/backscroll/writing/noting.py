"""Makes the bookmarks and annotations that a person writes about messages, each with the words that it is about."""

from datetime import UTC, datetime

from backscroll.model.ids import new_id
from backscroll.model.message import Cursor, Message
from backscroll.model.notes import QUOTED, Annotation, Bookmark, Span


def new_bookmark(message: Message, chat: str, *, title: str = "", notes: str = "") -> Bookmark:
    """A bookmark on a message of the chat with this title."""
    now = datetime.now(UTC)
    return Bookmark(
        id=new_id(),
        conversation_id=message.conversation_id,
        conversation=chat,
        message=message.cursor,
        sender=message.sender,
        quote=message.text[:QUOTED],
        title=title,
        notes=notes,
        created_at=now,
        updated_at=now,
    )


def new_annotation(
    message: Message, chat: str, text: str, *, span: Span | None = None, end: Cursor | None = None
) -> Annotation:
    """An annotation on a message of the chat with this title, on a span of its text, or on a run that it begins."""
    now = datetime.now(UTC)
    return Annotation(
        id=new_id(),
        conversation_id=message.conversation_id,
        conversation=chat,
        message=message.cursor,
        sender=message.sender,
        quote=(message.text[span.start : span.end] if span else message.text)[:QUOTED],
        text=text,
        category=None,
        tags=(),
        created_at=now,
        updated_at=now,
        span=span,
        end=end,
    )
