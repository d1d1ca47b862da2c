"""How results are printed: JSON with the documented keys, or plain lines; all through the safe door."""

import sys
from collections.abc import Iterable
from datetime import tzinfo

from backscroll.json_lines import Row, json_line
from backscroll.model.conversation import Conversation, Thread
from backscroll.model.import_run import ImportRun
from backscroll.model.message import Message
from backscroll.model.query import Inside
from backscroll.model.saved import SavedSearch
from backscroll.model.summary import Summary
from backscroll.searching.spreading import Entry
from backscroll.text import safe, safe_line


def print_json(rows: Iterable[Row]) -> None:
    """Prints each row as one line of JSON."""
    for row in rows:
        print(json_line(row))


def chat_row(chat: Conversation, language: str | None) -> Row:
    """A chat with its documented keys, and its language's code."""
    return {
        "id": chat.id,
        "title": chat.title,
        "kind": chat.kind,
        "source": chat.source,
        "message_count": chat.message_count,
        "participant_count": chat.participant_count,
        "thread_count": chat.thread_count,
        "unread": chat.unread,
        "is_pinned": chat.is_pinned,
        "shelf": chat.shelf,
        "language": language,
        "first_message_at": chat.first_message_at,
        "last_message_at": chat.last_message_at,
    }


def thread_row(thread: Thread) -> Row:
    """A thread with its documented keys."""
    return {
        "id": thread.id,
        "conversation_id": thread.conversation_id,
        "title": thread.title,
        "root_id": thread.root.id if thread.root else None,
        "message_count": thread.message_count,
        "first_message_at": thread.first_message_at,
        "last_message_at": thread.last_message_at,
    }


def saved_row(saved: SavedSearch) -> Row:
    """A saved search with its documented keys."""
    return {
        "id": saved.id,
        "name": saved.name,
        "query": saved.query,
        "order": saved.order,
        "conversation_id": saved.conversation_id,
        "conversation": saved.conversation,
        "thread_id": saved.thread_id,
        "thread": saved.thread,
        "narrowed_to": saved.narrowed_to,
        "created_at": saved.created_at,
        "used_at": saved.used_at,
    }


def run_row(run: ImportRun) -> Row:
    """An import run with its documented keys; `source` is null where nothing of it is left."""
    return {
        "id": run.id,
        "state": run.state,
        "format": run.format,
        "file_name": run.file_name,
        "source": run.source,
        "time_zone": run.time_zone,
        "date_order": run.date_order,
        "chats": run.chats,
        "messages": run.messages,
        "participants": run.participants,
        "duplicates": run.duplicates,
        "updated": run.updated,
        "conflicts": run.conflicts,
        "doubles": run.doubles,
        "skipped": run.skipped,
        "error": run.error,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "undone_at": run.undone_at,
    }


def summary_row(summary: Summary) -> Row:
    """A summary with its documented keys."""
    stretch, cost = summary.stretch, summary.cost
    return {
        "id": summary.id,
        "conversation_id": stretch.conversation_id,
        "scope": stretch.scope,
        "thread_id": stretch.thread_id,
        "thread": summary.thread,
        "query": stretch.query or None,
        "period_start": stretch.since,
        "period_end": stretch.until,
        "text": summary.text,
        "links": [
            {"start": link.start, "end": link.end, "message_id": link.cursor.id, "message_sent_at": link.cursor.sent_at}
            for link in summary.links
        ],
        "message_count": summary.message_count,
        "newest_message_at": summary.newest.sent_at if summary.newest else None,
        "change": summary.change,
        "participants": list(summary.participants),
        "method": summary.method,
        "model": summary.model,
        "is_masked": summary.is_masked,
        "tokens_in": cost.tokens_in if cost else None,
        "tokens_out": cost.tokens_out if cost else None,
        "price": cost.price if cost else None,
        "status": summary.status,
        "generated_at": summary.generated_at,
    }


def facet_row(entry: Entry) -> Row:
    """A value of a facet with its documented keys; `id` is that of a chat."""
    asked = entry.choice.asked
    return {
        "facet": entry.choice.facet,
        "value": entry.choice.label,
        "id": asked.chats[0] if isinstance(asked, Inside) else None,
        "count": entry.hits,
    }


def print_lines(lines: Iterable[str]) -> None:
    """Prints lines, each through the safe door."""
    for line in lines:
        print(safe(line))


def print_remark(text: str) -> None:
    """Says something about the result beside it, on stderr, so that what reads the result need not know it."""
    print(safe_line(text), file=sys.stderr)


def message_lines(message: Message, zone: tzinfo, chat: str | None = None) -> str:
    """A message for a terminal: id, time and sender, then its text, indented where it goes on."""
    when = message.clock.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    marks = "".join(f" [{mark}]" for mark in _marks(message))
    head = f"{str(message.id)[:8]}  {when}  "
    where = f"{safe_line(chat)} · " if chat is not None else ""
    text = safe(message.text).replace("\n", "\n    ")
    return f"{head}{where}{safe_line(message.sender) + ': ' if message.sender else ''}{text}{marks}"


def _marks(message: Message) -> list[str]:
    marks = [f"{a.file_name or message.kind}" for a in message.attachments]
    marks += [f"{r.emoji} {r.count}" for r in message.reactions]
    marks += ["edited"] if message.is_edited else []
    return marks + (["deleted"] if message.is_deleted else [])
