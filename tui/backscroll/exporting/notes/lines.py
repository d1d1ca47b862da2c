"""Notes as JSON lines between a header and an end that counts them: nothing is lost, and they can be imported again.

`schema.json` beside is the JSON Schema of a line; `records.py` is what it is made of.
"""

from datetime import UTC, datetime
from pathlib import Path

from backscroll import __version__
from backscroll.exporting.collection import Collection
from backscroll.exporting.records import FORMAT, VERSION, End, Header, encode, of_annotation, of_bookmark, of_code
from backscroll.exporting.target import text_file
from backscroll.model.notes import Bookmark


async def write(path: Path, collection: Collection) -> None:
    """Fills a path."""
    with text_file(path) as file:
        file.write(encode(Header(FORMAT, VERSION, datetime.now(UTC), f"Backscroll {__version__}")))
        codes = [code for _, code in collection.book.walk(with_retired=True)]
        file.writelines(encode(of_code(code)) for code in codes)
        for chat in collection.chats:
            async for note in collection.notes(chat):
                file.write(encode(of_bookmark(note) if isinstance(note, Bookmark) else of_annotation(note)))
        file.write(encode(End(len(codes), collection.bookmarks, collection.annotations)))
