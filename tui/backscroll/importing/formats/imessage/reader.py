"""Finding the database of Messages and reading it row by row."""

from collections.abc import Iterator
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.databases import Database, Row, beside, databases_in, opened, positioned, shown
from backscroll.importing.documents import rejected, whole
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.formats.imessage.chats import Chats
from backscroll.importing.formats.imessage.messages import COLUMNS, Messages
from backscroll.importing.formats.imessage.tapbacks import is_tapback, target_of
from backscroll.importing.records import Record

_TABLES: Final = {"message", "handle", "chat", "chat_message_join"}


class IMessage:
    """Apple's Messages."""

    name = "imessage"
    title = "Apple Messages database"
    carries = (
        "chat.db of a Mac, sms.db of an iPhone's backup: iMessage, SMS and RCS; answers, tapbacks, edits, "
        "messages that were taken back, files, stickers, places, members, group events"
    )
    recognised = "by its tables"

    def recognises(self, export: Export) -> bool:
        """Whether a file is a database with the tables of Messages."""
        return not export.is_folder and bool(databases_in(export, _TABLES))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every message of the databases. Raises AppError where there is none, and where one is damaged."""
        members = databases_in(export, _TABLES)
        if not members:
            raise AppError(
                f"{export.name} is no database of Messages",
                "Point at a copy of chat.db (~/Library/Messages on a Mac, which needs Full Disk Access), or of sms.db.",
                code="not_recognised",
            )
        total = sum(export.size(member) for member in members)
        return reading(self.name, "Messages", choices, total, _records(export, members))


def _records(export: Export, members: list[str]) -> Iterator[tuple[int, Record]]:
    done = 0
    for member in members:
        size = export.size(member)
        with opened(export, member) as database:
            last = database.last("message", "ROWID")
            yield from positioned(_Reader(export, member, database).records(), done, size, last)
        done += size


class _Reader:
    """One database while it is read."""

    def __init__(self, export: Export, member: str, database: Database) -> None:
        self._member = member
        self._database = database
        self._chats = Chats(database)
        self._messages = Messages(export, member, database, self._chats)
        self._places = beside(database, "chat_message_join", "message_id", "chat_id")

    def records(self) -> Iterator[tuple[int, Record]]:
        """The messages in the order in which they came, each with the number of its row."""
        for row in self._database.rows("message", COLUMNS, "ROWID"):
            number = whole(row["ROWID"]) or 0
            # A tapback stands under its message; only one whose message is gone is told by its own words.
            if is_tapback(row) and self._messages.has(target_of(row)):
                continue
            try:
                for record in self._records(row, number):
                    yield number, record
            except ValueError as error:
                yield number, rejected(shown(row), error, f"{self._member}:message {number}")

    def _records(self, row: Row, number: int) -> Iterator[Record]:
        where = [place["chat_id"] for place in self._places.of(number)]
        known = next((one for one in where if self._chats.chat(one)), None)
        chat = self._chats.chat(known)
        if chat is None:
            raise ValueError("it is in no chat")
        entry = self._messages.entry(row, chat.external_id)
        yield from self._chats.introduced(known, entry)
        yield entry
