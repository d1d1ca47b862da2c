"""A chat of generated messages as WhatsApp exports it: the day first, times to the minute, texts of several lines."""

from pathlib import Path
from uuid import UUID

from backscroll.model.instants import moment_at
from tests.benchmarks.corpus import Corpus


def exported(folder: Path, size: int) -> Path:
    """The export of a chat of that many messages in eight years, in the order of time; written if it is not there."""
    path = folder / f"WhatsApp Chat with {size} Messages.txt"
    if path.exists():
        return path
    corpus = Corpus(size, chats=1)
    names = dict(corpus.chats[0].people)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        for quarter in corpus.quarters:
            for message in corpus.messages(quarter):
                assert message.sender_id is not None
                sender = names[UUID(bytes=message.sender_id)]
                file.write(f"{moment_at(message.sent_at):%d/%m/%Y, %H:%M} - {sender}: {message.body}\n")
    return unfinished.rename(path)
