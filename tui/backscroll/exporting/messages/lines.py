"""Messages as JSON lines, as `show --json` prints them, with chat and notes beside: `import` reads them again."""

from pathlib import Path

from backscroll.exporting.entries import Messages
from backscroll.exporting.rows import annotation_row, bookmark_row, message_row
from backscroll.exporting.target import text_file
from backscroll.json_lines import json_line


async def write(path: Path, messages: Messages) -> None:
    """Fills a path."""
    with text_file(path) as file:
        async for entry in messages.entries:
            notes = {
                "conversation": entry.chat,
                "bookmark": bookmark_row(entry.bookmark) if entry.bookmark else None,
                "annotations": [annotation_row(note) for note in entry.annotations],
            }
            file.write(json_line(message_row(entry.message) | notes) + "\n")
