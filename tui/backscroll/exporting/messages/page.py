"""Messages as one page of HTML, each with an anchor of its id, notes set off below their message."""

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

from backscroll.dates import local, long_day
from backscroll.exporting.entries import Entry, Messages
from backscroll.exporting.hypertext import PAGE_FOOT, line, page_head, paragraph
from backscroll.exporting.note_words import note_words
from backscroll.exporting.target import text_file
from backscroll.reading.labels import absent, attachment_labels, reaction_names


async def write(path: Path, messages: Messages) -> None:
    """Fills a path."""
    day: date | None = None
    with text_file(path) as file:
        file.write(page_head(messages.title))
        async for entry in messages.entries:
            here = local(entry.message.clock, messages.zone)
            if here.date() != day:
                day = here.date()
                file.write(f"<h2>{long_day(here)}</h2>\n")
            file.writelines(_article(entry, f"{here:%H:%M}", messages))
        file.write(PAGE_FOOT)


def _article(entry: Entry, when: str, messages: Messages) -> Iterator[str]:
    message = entry.message
    yield f'<article id="{message.id}">\n<header>{_head(entry, when, has_chat=messages.has_chats)}</header>\n'
    if message.quote:
        sender = f"{message.quote.sender}: " if message.quote.sender else ""
        yield paragraph(f"{sender}{message.quote.text}", "blockquote")
    if said := message.text or absent(message):
        yield paragraph(said)
    facts = [*attachment_labels(message), *(f"{r.emoji} {reaction_names(r)}" for r in message.reactions)]
    if facts:
        yield "<ul>\n" + "".join(f"<li>{line(fact)}</li>\n" for fact in facts) + "</ul>\n"
    for words in (note_words(note, messages.codes) for note in entry.notes):
        said = paragraph(words.text) if words.text else ""
        yield f'<aside><strong dir="auto">{line(words.head)}</strong>\n{said}</aside>\n'
    yield "</article>\n"


def _head(entry: Entry, when: str, *, has_chat: bool) -> str:
    message = entry.message
    stamp = message.clock.astimezone(UTC).isoformat()
    states = [word for word, is_so in (("deleted", message.is_deleted), ("edited", message.is_edited)) if is_so]
    parts = [f'<b dir="auto">{line(message.sender)}</b>' if message.sender else ""]
    parts += [f'<time datetime="{stamp}">{when}</time>', line(entry.chat) if has_chat else "", *states]
    return " · ".join(part for part in parts if part)
