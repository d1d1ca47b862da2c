"""What the layouts have in common: files beside the database, times, and telling chats and people once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from backscroll.importing.databases import Database
from backscroll.importing.documents import text, whole
from backscroll.importing.enclosing import attached
from backscroll.importing.export import Export
from backscroll.importing.formats.whatsapp_databases.people import People
from backscroll.importing.records import Entry, Record
from backscroll.model.message import Attachment

APPLE: Final = datetime(2001, 1, 1, tzinfo=UTC)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FOLDERS: Final = ("", "WhatsApp/", "Message/")


@dataclass(slots=True)
class Store:
    """One database while it is read."""

    export: Export
    member: str
    database: Database
    people: People
    told: dict[str, set[str]] = field(default_factory=dict)
    """Who was told of each chat."""
    members: dict[str, list[str]] = field(default_factory=dict)
    """Addresses of the members of each group."""
    subjects: dict[str, str] = field(default_factory=dict)
    folder: str | None = None
    """The folder beside the database in which files were found; they all lie in one."""

    def introduced(self, entry: Entry) -> Iterator[Record]:
        """The chat of a message with its members, and whom the message names, where they were not told yet."""
        told = self.told.get(entry.chat)
        named = [entry.person, *(reaction.person for reaction in entry.reactions)]
        if told is None:
            told = self.told[entry.chat] = set()
            named = [*self.members.get(entry.chat, ()), *named]
            yield self.people.chat(entry.chat, self.subjects.get(entry.chat, ""))
        for who in named:
            if who and who not in told:
                told.add(who)
                yield self.people.person(entry.chat, who)

    def file(self, path: object, mime: object, size: object, name: object = None) -> Attachment:
        """A file by the path that the app has for it: where it lies, if it lies beside the database."""
        told = text(path)
        shown = text(name) or told.rpartition("/")[2]
        folders = (self.folder,) if self.folder is not None else _FOLDERS
        found = next((one for one in folders if told and self.export.beside(self.member, one + told)), None)
        self.folder = self.folder if found is None else found
        place = (found or "") + told
        known = whole(size) or None
        return attached(self.export, self.member, place, name=shown, mime=text(mime), size=known)


class Layout(Protocol):
    """A layout of WhatsApp's databases, opened."""

    last: int
    """The number of the last row."""

    def records(self) -> Iterator[tuple[int, Record]]:
        """The records, each with the number of its row. Raises AppError where the database is damaged."""


def moment(value: object, since: datetime, unit: timedelta) -> datetime:
    """The time of so many units since another. Raises ValueError where there is none."""
    if not isinstance(value, int | float) or value <= 0:
        raise ValueError("it has no time")
    try:
        return since + value * unit
    except (OverflowError, ValueError) as error:
        raise ValueError("its time is out of range") from error
