"""ChatStorage.sqlite: iOS counts its seconds from 2001, and packs answers and reactions into protocol buffers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from backscroll.importing.databases import Row, beside, shown
from backscroll.importing.documents import rejected, text, whole
from backscroll.importing.formats.whatsapp_databases import protobuf
from backscroll.importing.formats.whatsapp_databases.people import OWNER, UNKNOWN
from backscroll.importing.formats.whatsapp_databases.store import APPLE, Store, moment
from backscroll.importing.formats.whatsapp_databases.wording import contact_words, place_words
from backscroll.importing.records import Entry, Reacted, Record
from backscroll.model.message import Kind

_SECOND: Final = timedelta(seconds=1)
_KINDS: Final = {
    0: Kind.TEXT, 1: Kind.IMAGE, 2: Kind.VIDEO, 3: Kind.AUDIO, 4: Kind.CONTACT, 5: Kind.LOCATION, 6: Kind.SYSTEM,
    7: Kind.TEXT, 8: Kind.DOCUMENT, 10: Kind.SYSTEM, 11: Kind.VIDEO, 14: Kind.TEXT, 15: Kind.STICKER, 38: Kind.IMAGE,
    39: Kind.VIDEO, 46: Kind.POLL, 53: Kind.AUDIO, 59: Kind.CALL,
}  # fmt: skip
_DELETED: Final = 14
_MESSAGES: Final = (
    "Z_PK", "ZCHATSESSION", "ZGROUPMEMBER", "ZMEDIAITEM", "ZPARENTMESSAGE", "ZISFROMME", "ZMESSAGETYPE",
    "ZGROUPEVENTTYPE", "ZMESSAGEDATE", "ZSTANZAID", "ZFROMJID", "ZTEXT", "ZSTARRED",
)  # fmt: skip
_MEDIA: Final = (
    "ZMEDIALOCALPATH", "ZTITLE", "ZVCARDNAME", "ZVCARDSTRING", "ZLATITUDE", "ZLONGITUDE", "ZFILESIZE",
    "ZMOVIEDURATION", "ZMETADATA",
)  # fmt: skip
# The numbers of fields in ZMETADATA and ZRECEIPTINFO.
_ANSWERED, _REACTIONS, _ONE, _WHO, _EMOJI = 5, 7, 1, 2, 3


class IOS:
    """The layout of iOS."""

    def __init__(self, store: Store) -> None:
        self._store = store
        database = store.database
        self.last = database.last("ZWAMESSAGE", "Z_PK")
        self._chats = self._read_chats()
        self._members = self._read_members()
        names = database.rows("ZWAPROFILEPUSHNAME", ("ZJID", "ZPUSHNAME"))
        store.people.name((row["ZJID"], row["ZPUSHNAME"]) for row in names)
        self._media = beside(database, "ZWAMEDIAITEM", "ZMESSAGE", *_MEDIA)
        self._notes = beside(database, "ZWAMESSAGEINFO", "ZMESSAGE", "ZRECEIPTINFO")

    def records(self) -> Iterator[tuple[int, Record]]:
        """The messages in the order in which they came."""
        for row in self._store.database.rows("ZWAMESSAGE", _MESSAGES, "Z_PK"):
            number = whole(row["Z_PK"]) or 0
            media, receipt = self._media.one(number), self._notes.one(number).get("ZRECEIPTINFO")
            try:
                entry = self._entry(row, media)
            except ValueError as error:
                yield number, rejected(shown(row), error, f"{self._store.member}:message {number}")
                continue
            entry.reactions = tuple(self._reactions(receipt))
            for record in (*self._store.introduced(entry), entry):
                yield number, record

    def _read_chats(self) -> dict[object, str]:
        store, chats = self._store, {}
        for row in store.database.rows("ZWACHATSESSION", ("Z_PK", "ZCONTACTJID", "ZPARTNERNAME")):
            address = text(row["ZCONTACTJID"])
            if address:
                chats[row["Z_PK"]] = address = store.people.one(address)
                if address.endswith(("@g.us", "@newsletter", "@broadcast")):
                    store.subjects[address] = text(row["ZPARTNERNAME"])
                else:
                    store.people.name([(address, row["ZPARTNERNAME"])])
        return chats

    def _read_members(self) -> dict[object, str]:
        store, members = self._store, {}
        columns = ("Z_PK", "ZCHATSESSION", "ZMEMBERJID", "ZCONTACTNAME", "ZFIRSTNAME")
        for row in store.database.rows("ZWAGROUPMEMBER", columns):
            address, group = text(row["ZMEMBERJID"]), self._chats.get(row["ZCHATSESSION"])
            if address:
                members[row["Z_PK"]] = address = store.people.one(address)
                store.people.name([(address, row["ZCONTACTNAME"]), (address, row["ZFIRSTNAME"])])
                if group:
                    store.members.setdefault(group, []).append(address)
        return members

    def _entry(self, row: Row, media: Row) -> Entry:
        chat, kind = self._chats.get(row["ZCHATSESSION"]), row["ZMESSAGETYPE"]
        if chat is None:
            raise ValueError("its chat is missing")
        sent_at, number = moment(row["ZMESSAGEDATE"], APPLE, _SECOND), text(row["ZSTANZAID"]) or None
        entry = Entry(
            chat,
            sent_at,
            self._sender(row, chat),
            text(row["ZTEXT"]),
            _KINDS.get(kind, Kind.TEXT) if isinstance(kind, int) else Kind.TEXT,
            external_id=number,
            clock=None if number else sent_at.replace(tzinfo=None),
            parent=self._answered(row, media),
            is_deleted=kind == _DELETED,
            raw=_more(row, media),
        )
        self._fill(entry, row, media)
        return entry

    def _sender(self, row: Row, chat: str) -> str:
        if row["ZISFROMME"] == 1:
            return OWNER
        member = self._members.get(row["ZGROUPMEMBER"])
        who = member or ("" if text(row["ZFROMJID"]).endswith("@g.us") else text(row["ZFROMJID"]))
        return self._store.people.one(who) if who else UNKNOWN if chat.endswith("@g.us") else chat

    def _answered(self, row: Row, media: Row) -> str | None:
        parent = row["ZPARENTMESSAGE"]
        if isinstance(parent, int):
            query = "SELECT m.ZSTANZAID FROM ZWAMESSAGE AS m WHERE m.Z_PK = ?"
            return text(next(self._store.database.select(query, parent), ("",))[0]) or None
        return protobuf.words(media.get("ZMETADATA"), _ANSWERED) or None

    def _fill(self, entry: Entry, row: Row, media: Row) -> None:
        title, card = text(media.get("ZTITLE")), text(media.get("ZVCARDSTRING"))
        if entry.kind is Kind.SYSTEM:
            entry.text, entry.person = self._notice(entry, row), None
        elif entry.kind is Kind.LOCATION:
            entry.text = place_words(media.get("ZLATITUDE"), media.get("ZLONGITUDE"), title, entry.text)
        elif entry.kind is Kind.CONTACT:
            entry.text = contact_words(card) or text(media.get("ZVCARDNAME")) or entry.text
        elif media.get("ZMEDIALOCALPATH") or entry.kind not in (Kind.TEXT, Kind.POLL, Kind.CALL):
            is_document = entry.kind is Kind.DOCUMENT
            name, mime = title if is_document else None, card if "/" in card else None
            entry.attachments = (self._store.file(media.get("ZMEDIALOCALPATH"), mime, media.get("ZFILESIZE"), name),)
            entry.text = entry.text or ("" if is_document else title)
        elif entry.kind is Kind.CALL:
            entry.text = entry.text or "Call"

    def _notice(self, entry: Entry, row: Row) -> str:
        """What iOS keeps of a notice: hardly ever more than its number, and what the number means is not published."""
        people = self._store.people
        said = ", ".join(people.called(part) if "@" in part else part for part in entry.text.split(",") if part)
        who = "" if entry.person in (UNKNOWN, entry.chat, None) else people.called(entry.person)
        parts = ", ".join(part for part in (who, said) if part)
        return f"WhatsApp notice {row['ZMESSAGETYPE']}.{row['ZGROUPEVENTTYPE'] or 0}{': ' if parts else ''}{parts}"

    def _reactions(self, receipt: object) -> Iterator[Reacted]:
        """The newest reaction of each person; nobody is named in those of the owner, and an empty one took it back."""
        newest: dict[str, str] = {}
        for group in protobuf.parts(receipt, _REACTIONS):
            for one in protobuf.parts(group, _ONE):
                who = protobuf.words(one, _WHO)
                newest[self._store.people.one(who) if who else OWNER] = protobuf.words(one, _EMOJI)
        yield from (Reacted(emoji, who) for who, emoji in newest.items() if emoji)


def _more(row: Row, media: Row) -> Row | None:
    kept = {
        "starred": row["ZSTARRED"] or None,
        "file_path": media.get("ZMEDIALOCALPATH"),
        "duration": media.get("ZMOVIEDURATION") or None,
        "message_type": None if row["ZMESSAGETYPE"] in _KINDS else row["ZMESSAGETYPE"],
        "event_type": row["ZGROUPEVENTTYPE"] if row["ZMESSAGETYPE"] in (6, 10) else None,
    }
    return shown(kept) or None
