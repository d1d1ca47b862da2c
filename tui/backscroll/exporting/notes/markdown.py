"""Notes as Markdown: the codebook, then each chat with what was said and what was written about it."""

from collections.abc import Iterator
from pathlib import Path

from backscroll.dates import local, long_day
from backscroll.exporting.collection import Collection, Note
from backscroll.exporting.note_words import note_words
from backscroll.exporting.target import text_file
from backscroll.reading.markdown import as_markdown
from backscroll.text import safe, safe_line


async def write(path: Path, collection: Collection) -> None:
    """Fills a path."""
    with text_file(path) as file:
        file.write("# Notes\n")
        file.writelines(_codebook(collection))
        for chat in collection.chats:
            file.write(f"\n## {as_markdown(safe_line(chat.title))}\n")
            async for note in collection.notes(chat):
                file.write(_note(note, collection))


def _codebook(collection: Collection) -> Iterator[str]:
    codes = list(collection.book.walk())
    if codes:
        yield "\n## Codebook\n\n"
    for depth, code in codes:
        said = f": {as_markdown(safe_line(code.description))}" if code.description else ""
        yield f"{'  ' * depth}- **{as_markdown(safe_line(code.name))}**{said}\n"


def _note(note: Note, collection: Collection) -> str:
    here, words = local(note.message.sent_at, collection.zone), note_words(note, collection.paths)
    where = [f"{long_day(here)} {here:%H:%M}", *(["message gone"] if note.is_gone else [])]
    sender = [f"**{as_markdown(safe_line(note.sender))}**"] if note.sender else []
    quote = as_markdown(safe(note.quote).strip("\n")).replace("\n", "\n> ")
    said = [" · ".join([*sender, *where]), f"> {quote}" if quote else ""]
    parts = [*said, as_markdown(words.head), as_markdown(words.text)]
    return "".join(f"\n{part}\n" for part in parts if part)
