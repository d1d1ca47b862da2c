"""Who is who: one id for a person with several, and the best name that the databases have for it."""

import re
from collections.abc import Iterable
from typing import Final

from backscroll.importing.records import Chat, Person
from backscroll.model.conversation import ConversationKind

OWNER: Final = "me"
UNKNOWN: Final = "unknown"
_DEVICE: Final = re.compile(r"(?:\.\d+)?(?::\d+)?(?=@)")
_KINDS: Final = {
    "g.us": ConversationKind.GROUP,
    "newsletter": ConversationKind.CHANNEL,
    "broadcast": ConversationKind.CHANNEL,
}
_STATUS: Final = "status@broadcast"


class People:
    """Names by WhatsApp's addresses (`49170123@s.whatsapp.net`, a hidden one `1234@lid`, a group `12-34@g.us`).

    A name that was told first stays.
    """

    def __init__(self) -> None:
        self._phones: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def match(self, hidden: str, phone: str) -> None:
        """Learns that a hidden address is that of a number."""
        self._phones[hidden] = phone
        self._known.clear()

    def name(self, pairs: Iterable[tuple[object, object]]) -> None:
        """Learns names by addresses; what is no text, or empty, is passed over."""
        for address, name in pairs:
            if isinstance(address, str) and isinstance(name, str) and name.strip("\u200e\u200f \u202a\u202c"):
                self._names.setdefault(self.one(address), name.strip("\u200e\u200f \u202a\u202c"))

    def one(self, address: str) -> str:
        """The address under which a person is known: without a device, and the number's where that is known."""
        known = self._known.get(address)
        if known is None:
            bare = _DEVICE.sub("", address, count=1)
            known = self._known[address] = self._phones.get(bare, bare)
        return known

    def called(self, address: str) -> str:
        """The name for an address; a number where there is none."""
        known = self.one(address)
        user, _, place = known.partition("@")
        if known == OWNER:
            return "Me"
        return self._names.get(known) or (f"+{user}" if place == "s.whatsapp.net" and user.isdigit() else user or known)

    def person(self, chat: str, address: str) -> Person:
        """A member of a chat."""
        known = self.one(address)
        return Person(chat, known, self.called(known), is_owner=known == OWNER)

    def chat(self, address: str, subject: str = "") -> Chat:
        """A chat by its address; `subject` is the title of a group."""
        known = self.one(address)
        title = subject or ("Status updates" if known == _STATUS else self.called(known))
        return Chat(known, title, _KINDS.get(known.rpartition("@")[2], ConversationKind.DIRECT))
