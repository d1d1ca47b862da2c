"""What the details pane says about a message and its chat, as clean `Content`."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from uuid import UUID

from textual.content import Content

from backscroll.dates import local, long_day
from backscroll.model.conversation import Conversation, Participant
from backscroll.model.languages import language_name
from backscroll.model.message import Message
from backscroll.model.notes import Annotation
from backscroll.reading.labels import attachment_labels, reaction_names
from backscroll.text import safe, safe_line
from backscroll.ui.widgets.hanging import Hanging
from backscroll.ui.widgets.palette import sender_style

_MUTED = "$foreground-muted"
_NAMES_SHOWN = 8


def message_facts(message: Message, zone: tzinfo | None) -> Hanging:
    """When, who and what, the reactions by name, the files, and the ids that the command line takes."""
    states = [word for word, is_so in (("edited", message.is_edited), ("deleted", message.is_deleted)) if is_so]
    rows = [
        ("day", _day(message.clock, zone)),
        ("time", f"{local(message.clock, zone):%H:%M:%S}"),
        ("from", safe_line(message.sender or "")),
        ("kind", ", ".join([message.kind.value, *states])),
        *((safe_line(reaction.emoji)[:32], reaction_names(reaction, _NAMES_SHOWN)) for reaction in message.reactions),
        *(("file", label) for label in attachment_labels(message)),
        *(("path", safe_line(file.path)) for file in message.attachments if file.path),
        ("id", _short(message.id)),
        ("parent", _short(message.parent_id)),
        ("thread", _short(message.thread_id)),
    ]
    return Hanging(rows)


def note_facts(
    message: Message,
    annotations: Sequence[Annotation],
    zone: tzinfo | None,
    waiting: frozenset[UUID] = frozenset(),
    chosen: int | None = None,
    labels: Callable[[Iterable[UUID]], list[Content]] = lambda _: [],
) -> Content:
    """The message's bookmark and annotations; those that wait to be sent say so, and one may be in hand.

    `labels` names codes.
    """
    lines = [Content.assemble(("★", "$text-warning"), " bookmarked")] if message.is_bookmarked else []
    for index, note in enumerate(annotations):
        lines += [_note_head(note, zone, is_waiting=note.id in waiting, is_chosen=index == chosen)]
        lines += labels(note.codes)
        lines += [_about(note, zone)] if note.span or note.end else []
        lines += [Content(safe(note.text))] if note.text else []
    return Content("\n").join(lines) if lines else Content.assemble(("b bookmarks, a annotates, c codes", _MUTED))


def _note_head(note: Annotation, zone: tzinfo | None, *, is_waiting: bool, is_chosen: bool) -> Content:
    labels = " ".join([safe_line(note.category or ""), *(f"#{safe_line(tag)}" for tag in note.tags)]).strip()
    return Content.assemble(
        ("▸" if is_chosen else "", "$text-accent bold"),
        (f"✎ {local(note.created_at, zone):%d %b %Y}", "$text-warning"),
        (f" {safe_line(note.author)}" if note.author else "", _MUTED),
        (f" {labels}" if labels else "", "$text-accent"),
        (" · waiting" if is_waiting else "", _MUTED),
        (" · changed elsewhere too" if note.conflicts_with else "", "$text-error"),
    )


def _about(note: Annotation, zone: tzinfo | None) -> Content:
    if note.end is None:
        return Content.assemble((f"“{safe_line(note.quote)}”", f"{_MUTED} italic"))
    ends = (f"{_day(moment, zone)} {local(moment, zone):%H:%M}" for moment in (note.message.sent_at, note.end.sent_at))
    return Content.assemble((f"messages {' to '.join(ends)}", f"{_MUTED} italic"))


def chat_facts(chat: Conversation, language: str | None, zone: tzinfo | None) -> Hanging:
    """What sort of chat it is and how large."""
    return Hanging([
        ("title", safe_line(chat.title)),
        ("topic", safe_line(chat.topic or "")),
        ("kind", chat.kind.value),
        ("spoken", language_name(language) if language else ""),
        ("source", safe_line(chat.source)),
        ("size", counted(chat.message_count, "message")),
        ("people", f"{chat.participant_count:,}"),
        ("threads", f"{chat.thread_count:,}  (T lists them)" if chat.thread_count else ""),
        ("first", _day(chat.first_message_at, zone)),
        ("last", _day(chat.last_message_at, zone)),
    ])  # fmt: skip


def people_facts(people: Sequence[Participant], *, is_dark: bool) -> Content:
    """Who wrote how much, busiest first."""
    widest = max((len(f"{person.message_count:,}") for person in people), default=0)
    lines = [
        Content.assemble(
            (f"{person.message_count:,}".rjust(widest), _MUTED),
            "  ",
            (safe_line(person.name)[:60], sender_style(person.id, is_dark=is_dark)),
            (" (you)" if person.is_owner else "", _MUTED),
        )
        for person in people
    ]
    return Content("\n").join(lines) if lines else Content.assemble(("nobody", _MUTED))


def _short(identity: UUID | None) -> str:
    return str(identity)[:13] if identity else ""


def _day(moment: datetime | None, zone: tzinfo | None) -> str:
    return long_day(local(moment, zone).date()) if moment else ""


def counted(count: int, noun: str) -> str:
    """A number with its noun: 1 message, 2,000 messages, 2 replies."""
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else many}"
