"""Annotated messages as tasks of Label Studio, one a message, with an annotation for each reviewer.

Spans are regions of `label` (Labels), codes of whole messages choices of `code` (Choices), remarks texts of `remark`
(TextArea), all on `text`: the names that a project's labelling interface has to use.
"""

from collections.abc import Iterator
from pathlib import Path

from backscroll.exporting.collection import Collection
from backscroll.exporting.note_words import labels
from backscroll.exporting.passages import Passage, passages
from backscroll.exporting.target import text_file
from backscroll.json_lines import json_line
from backscroll.model.notes import Annotation, NotedChat


async def write(path: Path, collection: Collection) -> None:
    """Fills a path."""
    between = "["
    with text_file(path) as file:
        for chat in collection.annotated:
            async for passage in passages(collection, chat):
                if passage.annotations:
                    file.write(f"{between}\n{json_line(_task(passage, chat, collection))}")
                    between = ","
        file.write("[]\n" if between == "[" else "\n]\n")


def _task(passage: Passage, chat: NotedChat, collection: Collection) -> dict[str, object]:
    authors = sorted({note.author for note in passage.annotations})
    return {
        "data": {
            "text": passage.text,
            "message_id": passage.cursor.id,
            "conversation_id": chat.conversation_id,
            "conversation": chat.title,
            "sent_at": passage.cursor.sent_at,
            "sender": passage.sender,
            "tags": sorted({tag for note in passage.annotations for tag in note.tags}),
            "authors": authors,
        },
        "annotations": [{"result": list(_results(passage, author, collection))} for author in authors],
    }


def _results(passage: Passage, author: str, collection: Collection) -> Iterator[dict[str, object]]:
    whole: list[str] = []
    remarks: list[str] = []
    for note in passage.annotations:
        if note.author != author:
            continue
        named = labels(note, collection.paths)
        if note.span is None:
            whole += named
        elif named:
            yield _region(passage, note, named)
        remarks += [note.text] if note.text else []
    for name, kind, value in (("code", "choices", whole), ("remark", "textarea", remarks)):
        if value:
            key = "choices" if kind == "choices" else "text"
            yield {"from_name": name, "to_name": "text", "type": kind, "value": {key: list(dict.fromkeys(value))}}


def _region(passage: Passage, note: Annotation, named: list[str]) -> dict[str, object]:
    start, end = passage.stretch(note)
    value = {"start": start, "end": end, "text": passage.text[start:end], "labels": named}
    return {"id": str(note.id), "from_name": "label", "to_name": "text", "type": "labels", "value": value}
