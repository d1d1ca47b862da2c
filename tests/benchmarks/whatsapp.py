"""A chat of generated messages as WhatsApp exports it: the day first, times to the minute, texts of several lines."""

from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile
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


def lengthened(export: Path, size: int) -> Path:
    """The same chat as it is exported later, with one message in a hundred more; written if it is not there."""
    path = export.parent / "later" / export.name
    if path.exists():
        return path
    path.parent.mkdir(exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    copyfile(export, unfinished)
    first = datetime(2025, 1, 2)
    with unfinished.open("a", encoding="utf-8") as file:
        for number in range(size // 100):
            moment = first + timedelta(minutes=2 * number)
            file.write(f"{moment:%d/%m/%Y, %H:%M} - Later {number % 3}: what was said later, as number {number}\n")
    return unfinished.rename(path)
