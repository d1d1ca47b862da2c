"""Messages as Markdown, each day under a heading, notes as a list below their message."""

import re
from pathlib import Path
from typing import Final

from backscroll.exporting.entries import Entry, Messages
from backscroll.exporting.note_words import note_words
from backscroll.exporting.target import text_file
from backscroll.reading.markdown import as_markdown
from backscroll.reading.transcript import Transcript
from backscroll.text import safe_line

_LINE: Final = re.compile(r"(?<=\n)(?=[^\n])")


async def write(path: Path, messages: Messages) -> None:
    """Fills a path."""
    days = Transcript(messages.zone, in_markdown=True)
    with text_file(path) as file:
        file.write(f"# {as_markdown(safe_line(messages.title))}\n")
        async for entry in messages.entries:
            shown = days.entries(entry.message, entry.chat if messages.has_chats else None)
            file.writelines(f"\n{text}\n" for text in shown)
            file.write(_notes(entry, messages))


def _notes(entry: Entry, messages: Messages) -> str:
    words = [note_words(note, messages.codes) for note in entry.notes]
    items = ["\n\n".join(filter(None, (as_markdown(one.head), as_markdown(one.text)))) for one in words]
    shown = ["- " + _LINE.sub("  ", item) for item in items]
    return "\n" + "\n".join(shown) + "\n" if shown else ""
