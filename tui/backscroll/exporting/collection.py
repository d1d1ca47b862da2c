"""The notes that are exported: chat by chat, in the order of the messages."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final, TypeAlias
from uuid import UUID

from backscroll.archive.opening import Archive
from backscroll.exporting.format import Tell
from backscroll.model.code import Codebook
from backscroll.model.notes import Annotation, Bookmark, NotedChat

Note: TypeAlias = Bookmark | Annotation
_PAGE: Final = 2000


@dataclass(slots=True)
class Collection:
    """What people wrote in some chats, each to be read once; `bookmarks` and `annotations` count what was read.

    `annotated` are those of the `chats` that have more than bookmarks. `paths` has the path of every code, also of
    those out of use. Where `codes` are given, it is annotations that bear one of them, and no bookmarks.
    """

    archive: Archive
    book: Codebook
    chats: Sequence[NotedChat]
    annotated: Sequence[NotedChat]
    codes: Sequence[UUID] | None
    zone: tzinfo | None
    tell: Tell
    paths: dict[UUID, str] = field(init=False)
    bookmarks: int = 0
    annotations: int = 0
    _total: int = field(init=False)

    def __post_init__(self) -> None:
        self.paths = self.book.paths()
        self._total = sum(chat.notes for chat in self.chats)

    async def notes(self, chat: NotedChat) -> AsyncIterator[Note]:
        """Bookmarks and annotations of a chat in the order of its messages, a message's bookmark first."""
        marks = self._bookmarks(chat)
        mark = await anext(marks, None)
        async for note in self.coded(chat):
            while mark is not None and mark.message <= note.message:
                yield mark
                mark = await anext(marks, None)
            yield note
        while mark is not None:
            yield mark
            mark = await anext(marks, None)

    async def coded(self, chat: NotedChat) -> AsyncIterator[Annotation]:
        """The annotations of a chat in the order of its messages."""
        last: Annotation | None = None
        while True:
            page = await self.archive.annotations.of_chat(
                chat.conversation_id, limit=_PAGE, after=last, codes=self.codes
            )
            for note in page:
                yield note
            self.annotations += len(page)
            self._told()
            if len(page) < _PAGE:
                return
            last = page[-1]

    async def _bookmarks(self, chat: NotedChat) -> AsyncIterator[Bookmark]:
        last: Bookmark | None = None
        while self.codes is None:
            page = await self.archive.bookmarks.of_chat(chat.conversation_id, limit=_PAGE, after=last)
            for mark in page:
                yield mark
            self.bookmarks += len(page)
            self._told()
            if len(page) < _PAGE:
                return
            last = page[-1]

    def _told(self) -> None:
        self.tell(self.bookmarks + self.annotations, self._total)


async def collect(
    archive: Archive,
    zone: tzinfo | None,
    tell: Tell,
    *,
    chat: UUID | None = None,
    codes: Sequence[UUID] | None = None,
) -> Collection:
    """The notes of the archive or of one chat; where codes are given, those that bear one of them or one below.

    Raises AppError.
    """
    book = await archive.codes.book()
    wanted = None if codes is None else sorted({below for code in codes for below in book.branch(code)})
    annotated = await archive.annotations.chats(chat, wanted)
    bookmarked = await archive.bookmarks.chats(chat) if wanted is None else []
    return Collection(archive, book, _joined(annotated, bookmarked), annotated, wanted, zone, tell)


def _joined(*lists: list[NotedChat]) -> list[NotedChat]:
    chats: dict[UUID, NotedChat] = {}
    for one in (chat for some in lists for chat in some):
        before = chats.get(one.conversation_id)
        chats[one.conversation_id] = one._replace(notes=one.notes + (before.notes if before else 0))
    return sorted(chats.values(), key=lambda chat: (chat.title, chat.conversation_id))
