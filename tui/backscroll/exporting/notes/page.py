"""Notes as one page of HTML: the codebook, then each chat with what was said and what was written about it."""

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

from backscroll.dates import local, long_day
from backscroll.exporting.collection import Collection, Note
from backscroll.exporting.hypertext import PAGE_FOOT, line, page_head, paragraph
from backscroll.exporting.note_words import note_words
from backscroll.exporting.target import text_file


async def write(path: Path, collection: Collection) -> None:
    """Fills a path."""
    with text_file(path) as file:
        file.write(page_head("Notes"))
        file.writelines(_codebook(collection))
        for chat in collection.chats:
            file.write(f'<h2 dir="auto">{line(chat.title)}</h2>\n')
            async for note in collection.notes(chat):
                file.write(_note(note, collection))
        file.write(PAGE_FOOT)


def _codebook(collection: Collection) -> Iterator[str]:
    codes = list(collection.book.walk())
    if not codes:
        return
    yield "<h2>Codebook</h2>\n<ul>\n"
    for depth, code in codes:
        said = f": {line(code.description)}" if code.description else ""
        yield f'<li style="margin-left: {depth * 1.5}rem" dir="auto"><b>{line(code.name)}</b>{said}</li>\n'
    yield "</ul>\n"


def _note(note: Note, collection: Collection) -> str:
    here, words = local(note.message.sent_at, collection.zone), note_words(note, collection.paths)
    stamp = note.message.sent_at.astimezone(UTC).isoformat()
    parts = [f'<b dir="auto">{line(note.sender)}</b>' if note.sender else ""]
    parts += [f'<time datetime="{stamp}">{long_day(here)} {here:%H:%M}</time>', "message gone" if note.is_gone else ""]
    said = paragraph(words.text) if words.text else ""
    return (
        f'<article id="n-{note.id}">\n<header>{" · ".join(part for part in parts if part)}</header>\n'
        f"{paragraph(note.quote, 'blockquote') if note.quote else ''}"
        f'<aside><strong dir="auto">{line(words.head)}</strong>\n{said}</aside>\n'
        "</article>\n"
    )
