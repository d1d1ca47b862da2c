"""Annotated messages as doccano's JSON lines, one a message, to be imported into any of its projects for texts.

`label` has the codes as stretches of the text, for the whole message all of it (sequence labelling); `cats` has all
codes of the message (classification), `entities` those of spans alone (intents and slots). Other keys are metadata.
"""

from collections.abc import Iterator
from pathlib import Path

from backscroll.exporting.collection import Collection
from backscroll.exporting.note_words import labels
from backscroll.exporting.passages import Passage, passages
from backscroll.exporting.target import text_file
from backscroll.json_lines import json_line
from backscroll.model.notes import NotedChat


async def write(path: Path, collection: Collection) -> None:
    """Fills a path."""
    with text_file(path) as file:
        for chat in collection.annotated:
            async for passage in passages(collection, chat):
                if passage.annotations:
                    file.write(json_line(_row(passage, chat, collection)) + "\n")


def _row(passage: Passage, chat: NotedChat, collection: Collection) -> dict[str, object]:
    stretches = sorted(set(_stretches(passage, collection)))
    whole = (0, len(passage.text))
    return {
        "text": passage.text,
        "label": [list(one) for one in stretches],
        "cats": sorted({label for _, _, label in stretches}),
        "entities": [list(one) for one in stretches if one[:2] != whole],
        "Comments": [note.text for note in passage.annotations if note.text],
        "message_id": passage.cursor.id,
        "conversation_id": chat.conversation_id,
        "conversation": chat.title,
        "sent_at": passage.cursor.sent_at,
        "sender": passage.sender,
        "tags": sorted({tag for note in passage.annotations for tag in note.tags}),
        "authors": sorted({note.author for note in passage.annotations if note.author}),
    }


def _stretches(passage: Passage, collection: Collection) -> Iterator[tuple[int, int, str]]:
    for note in passage.annotations:
        start, end = passage.stretch(note)
        yield from ((start, end, label) for label in labels(note, collection.paths))
