"""Messages as plain text, each day under a heading, notes indented below their message."""

from pathlib import Path

from backscroll.exporting.entries import Entry, Messages
from backscroll.exporting.note_words import note_words
from backscroll.exporting.target import text_file
from backscroll.reading.transcript import Transcript
from backscroll.text import safe_line


async def write(path: Path, messages: Messages) -> None:
    """Fills a path."""
    days = Transcript(messages.zone)
    with text_file(path) as file:
        file.write(f"{safe_line(messages.title)}\n")
        async for entry in messages.entries:
            shown = days.entries(entry.message, entry.chat if messages.has_chats else None)
            file.writelines(f"\n{text}\n" for text in shown)
            file.writelines(_notes(entry, messages))


def _notes(entry: Entry, messages: Messages) -> list[str]:
    shown = (note_words(note, messages.codes) for note in entry.notes)
    lines = (line for words in shown for line in (words.head, *_indented(words.text)))
    return [f"    {line}\n" for line in lines]


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.split("\n")] if text else []
