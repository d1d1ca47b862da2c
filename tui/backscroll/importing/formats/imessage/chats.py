"""The chats and people of Messages: one person wherever the address is the same, one chat over all services."""

from collections.abc import Iterator
from typing import Final

from backscroll.importing.databases import Database
from backscroll.importing.documents import text
from backscroll.importing.records import Chat, Entry, Person, Record
from backscroll.importing.telling import Told
from backscroll.model.conversation import ConversationKind

OWNER: Final = "me"
UNKNOWN: Final = "unknown"
_GROUP: Final = 43
_NAMED_IN_TITLE: Final = 4


class Chats:
    """Chats and addresses by their numbers, told when they are first met."""

    def __init__(self, database: Database) -> None:
        handles = database.rows("handle", ("ROWID", "id"))
        self._addresses = {row["ROWID"]: address for row in handles if (address := text(row["id"]))}
        self._members: dict[object, list[str]] = {}
        for row in database.rows("chat_handle_join", ("chat_id", "handle_id")):
            if row["handle_id"] in self._addresses:
                self._members.setdefault(row["chat_id"], []).append(self._addresses[row["handle_id"]])
        columns = ("ROWID", "guid", "style", "chat_identifier", "display_name")
        self._chats = {row["ROWID"]: self._chat(row) for row in database.rows("chat", columns)}
        self._told = Told()

    def _chat(self, row: dict[str, object]) -> Chat:
        members = self._members.get(row["ROWID"], [])
        name = text(row["chat_identifier"]) or text(row["guid"]).rpartition(";")[2]
        is_group = row["style"] == _GROUP or len(set(members)) > 1
        title = text(row["display_name"]) or (_listed(members) if is_group else "") or name or "Messages"
        return Chat(name or title, title, ConversationKind.GROUP if is_group else ConversationKind.DIRECT)

    def chat(self, number: object) -> Chat | None:
        """The chat of that number."""
        return self._chats.get(number)

    def address(self, handle: object) -> str:
        """The telephone number or mail address of a handle; empty where it is none."""
        return self._addresses.get(handle, "")

    def introduced(self, number: object, entry: Entry) -> Iterator[Record]:
        """The chat of a message with its members, and whom the message names, where they were not told yet."""
        chat = self._chats[number]
        if not self._told.knows(chat):
            yield from self._told.once(chat)
            yield from self._told.once(*(_person(entry.chat, who) for who in self._members.get(number, [])))
        named = [entry.person, *(reaction.person for reaction in entry.reactions)]
        yield from self._told.once(*(_person(entry.chat, who) for who in named if who))


def called(address: str) -> str:
    """How a person is shown: Messages keeps no names but those of the address book, which is not in its database."""
    return {OWNER: "Me", UNKNOWN: "Unknown"}.get(address, address)


def _person(chat: str, address: str) -> Person:
    return Person(chat, address, called(address), is_owner=address == OWNER)


def _listed(members: list[str]) -> str:
    names = list(dict.fromkeys(members))
    others = len(names) - _NAMED_IN_TITLE
    return ", ".join(names[:_NAMED_IN_TITLE]) + (f" and {others} others" if others > 0 else "")
