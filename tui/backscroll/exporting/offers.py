"""What a screen can offer to export, as one value: what it is called, its formats, and how it is gathered."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Final, Generic, TypeVar

from backscroll.archive.opening import Archive
from backscroll.exporting.collection import Collection, collect
from backscroll.exporting.entries import Messages, of_chat, of_search
from backscroll.exporting.format import Format, Tell
from backscroll.exporting.messages import FORMATS as MESSAGE_FORMATS
from backscroll.exporting.notes import FORMATS as NOTE_FORMATS
from backscroll.model.conversation import Conversation
from backscroll.model.query import Order, Query, Sent
from backscroll.text import safe_line

S = TypeVar("S")
_UNFIT: Final = re.compile(r'[/\\:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class Offer(Generic[S]):
    """Something to export: its title on the screen, the name of its file without an ending, and what is counted."""

    title: str
    stem: str
    counted: str
    formats: Sequence[Format[S]]
    gather: Callable[[Tell], Awaitable[S]]

    async def write(self, form: Format[S], place: Path, tell: Tell, *, overwrite: bool) -> None:
        """Writes it to a file, whole or not at all. Raises AppError."""
        await form.export(place, await self.gather(tell), overwrite=overwrite)


def chat_offer(archive: Archive, chat: Conversation, zone: tzinfo | None) -> Offer[Messages]:
    """All messages of a chat."""
    title = safe_line(chat.title) or "untitled"
    return Offer(
        title, _stem(title), "messages", MESSAGE_FORMATS, lambda tell: of_chat(archive, chat, Sent(), zone, tell)
    )


def search_offer(archive: Archive, query: Query, order: Order, zone: tzinfo | None) -> Offer[Messages]:
    """All hits of a query; ranked ones by time, because no more than the best are ranked."""
    by_time: Order = "newest" if order == "rank" else order
    title = safe_line(query.text)
    return Offer(
        f"hits of {title}",
        _stem(f"hits of {title}"),
        "messages",
        MESSAGE_FORMATS,
        lambda tell: of_search(archive, query, by_time, zone, tell),
    )


def notes_offer(archive: Archive, zone: tzinfo | None) -> Offer[Collection]:
    """All notes and the codebook."""
    return Offer("notes", "notes", "notes", NOTE_FORMATS, lambda tell: collect(archive, zone, tell))


def _stem(title: str) -> str:
    """A title as the name of a file on any system."""
    return _UNFIT.sub(" ", title).strip(" .")[:80].strip(" .") or "export"
