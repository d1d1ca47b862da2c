"""Finding WhatsApp's databases and reading them, with the names of contacts that lie beside them."""

from collections.abc import Iterator
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.databases import Database, companion, databases_in, opened, positioned
from backscroll.importing.export import Export
from backscroll.importing.format import Choices, Reading, reading
from backscroll.importing.formats.whatsapp_databases.android import Android
from backscroll.importing.formats.whatsapp_databases.ios import IOS
from backscroll.importing.formats.whatsapp_databases.legacy import Legacy
from backscroll.importing.formats.whatsapp_databases.people import People
from backscroll.importing.formats.whatsapp_databases.store import Layout, Store
from backscroll.importing.records import Record

_LAYOUTS: Final = ({"message", "chat", "jid"}, {"messages", "chat_list"}, {"ZWAMESSAGE", "ZWACHATSESSION"})
_CONTACTS: Final = ("LID.sqlite", "ContactsV2.sqlite", "wa.db")


class WhatsAppDatabases:
    """WhatsApp's databases."""

    name = "whatsapp-db"
    title = "WhatsApp databases"
    carries = (
        "msgstore.db (decrypted, new and old layout) and ChatStorage.sqlite; answers, reactions, edits, deletions, "
        "files, stickers, polls, places, contacts, calls, notices, members; names from wa.db or ContactsV2.sqlite"
    )
    recognised = "by their tables"

    def recognises(self, export: Export) -> bool:
        """Whether a file is a database with WhatsApp's tables."""
        return not export.is_folder and bool(_stores_in(export))

    def read(self, export: Export, choices: Choices) -> Reading:
        """Every message of the databases. Raises AppError where there is none, and where one is damaged."""
        members = _stores_in(export)
        if not members:
            raise AppError(
                f"{export.name} is no database of WhatsApp's",
                "Point at a decrypted msgstore.db or at ChatStorage.sqlite; .crypt14 and .crypt15 are still encrypted.",
                code="not_recognised",
            )
        total = sum(export.size(member) for member in members)
        return reading(self.name, "WhatsApp", choices, total, _records(export, members))


def _stores_in(export: Export) -> list[str]:
    return list(dict.fromkeys(m for tables in _LAYOUTS for m in databases_in(export, tables)))


def _records(export: Export, members: list[str]) -> Iterator[tuple[int, Record]]:
    done = 0
    for member in members:
        size = export.size(member)
        with opened(export, member) as database:
            people = People()
            _learn_names(export, member, people)
            layout = _layout(Store(export, member, database, people))
            yield from positioned(layout.records(), done, size, layout.last)
        done += size


def _layout(store: Store) -> Layout:
    if "ZWAMESSAGE" in store.database.tables:
        return IOS(store)
    # While WhatsApp moved from one layout to the other, both were there, and the new one empty.
    if "messages" in store.database.tables and next(store.database.rows("message", ("_id",)), None) is None:
        return Legacy(store)
    return Android(store)


def _learn_names(export: Export, member: str, people: People) -> None:
    """The names of the address book, which are in a file of their own; without it the chats are read all the same."""
    for name in _CONTACTS:
        found = companion(export, member, name=name)
        if found is not None:
            try:
                with opened(*found) as database:
                    _learn(database, people)
            except AppError:
                continue


def _learn(database: Database, people: People) -> None:
    for row in database.rows("ZWAZACCOUNT", ("ZIDENTIFIER", "ZPHONENUMBER", "ZDISPLAYNAME")):
        hidden, phone = (str(row[key] or "") for key in ("ZIDENTIFIER", "ZPHONENUMBER"))
        if hidden and phone:
            people.match(_addressed(hidden, "lid"), _addressed("".join(filter(str.isdigit, phone))))
        people.name([(_addressed(hidden, "lid"), row["ZDISPLAYNAME"])])
    for row in database.rows("ZWAADDRESSBOOKCONTACT", ("ZWHATSAPPID", "ZLID", "ZFULLNAME")):
        phone, hidden = (str(row[key] or "") for key in ("ZWHATSAPPID", "ZLID"))
        if phone and hidden:
            people.match(_addressed(hidden, "lid"), _addressed(phone))
        people.name([(_addressed(phone or hidden), row["ZFULLNAME"])])
    for column in ("display_name", "wa_name"):
        people.name((row["jid"], row[column]) for row in database.rows("wa_contacts", ("jid", column)))


def _addressed(user: str, place: str = "s.whatsapp.net") -> str:
    return user if "@" in user else f"{user}@{place}"
