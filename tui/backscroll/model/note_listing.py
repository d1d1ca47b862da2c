"""Which notes a list shows, and in which order."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from backscroll.model.notes import Annotation, Bookmark
from backscroll.model.words import normalise


class NoteOrder(StrEnum):
    """Which note comes first: the one that was written last, or the one on the first message."""

    NEWEST = "newest"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class NoteListing:
    """What a list is narrowed to; None leaves everything in.

    `codes` and `categories` are alternatives to one another, and bookmarks have neither, no tags and no author. `words`
    are as search knows them; the last one may go on. `query` is what the server makes of them.
    """

    order: NoteOrder = NoteOrder.NEWEST
    chat: UUID | None = None
    codes: tuple[UUID, ...] | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] | None = None
    author: str | None = None
    words: tuple[str, ...] = ()
    query: str | None = None

    @property
    def has_bookmarks(self) -> bool:
        """Whether bookmarks can be among what is asked for."""
        return self.codes is None and self.tags is None and self.author is None

    def fits(self, note: Annotation | Bookmark) -> bool:
        """Whether a note is among them, as far as that can be told from itself."""
        if self.chat is not None and note.conversation_id != self.chat:
            return False
        if isinstance(note, Bookmark):
            return self.has_bookmarks and self._says(note.title, note.notes)
        return (
            (self.codes is None or bool(set(self.codes) & set(note.codes)) or note.category in self.categories)
            and (self.tags is None or bool(set(self.tags) & set(note.tags)))
            and (self.author is None or self.author == note.author)
            and self._says(note.text, note.category or "", *note.tags)
        )

    def _says(self, *texts: str) -> bool:
        said = normalise(" ".join(texts)).split()
        *whole, begun = self.words or ("",)
        return all(word in said for word in whole) and (not begun or any(word.startswith(begun) for word in said))
