"""The first pass over a chat: how its headers look, in which order its dates stand, and whether it is a group."""

import re
from dataclasses import dataclass

from backscroll.errors import AppError
from backscroll.importing.decoding import blocks, decoded_head
from backscroll.importing.export import Export
from backscroll.importing.format import DateOrder
from backscroll.importing.formats.whatsapp.dates import DateOrders
from backscroll.importing.formats.whatsapp.headers import Family, family_in, header_of
from backscroll.importing.formats.whatsapp.senders import is_notice, sender_name
from backscroll.importing.formats.whatsapp.words import GROUP
from backscroll.model.conversation import ConversationKind

HEAD = 256 * 1024
_DIRECT_MAX = 2


@dataclass(frozen=True, slots=True)
class Survey:
    """What one look at the whole file tells."""

    member: str
    title: str
    family: Family
    order: DateOrder
    kind: ConversationKind


def survey(export: Export, member: str, title: str, chosen: DateOrder | None) -> Survey:
    """Reads the headers of the whole file, keeping none. Raises AppError where it is no chat, or the dates unclear."""
    family = family_in(decoded_head(export.read(member, HEAD)))
    if family is None:
        hint = "Export the chat from WhatsApp again and import the .txt or .zip as it is."
        raise AppError(f"{member} is not a WhatsApp chat", hint, code="not_recognised")
    orders, crowd = DateOrders(family), _Crowd(title)
    pattern, date_group = family.pattern(), 6 if family.shape == "time first" else 1
    latest = ""
    with export.open(member) as stream:
        for _, block in blocks(stream):
            for match in pattern.finditer(block):
                if match[date_group] != latest:
                    latest = match[date_group]
                    orders.see(latest)
                if not crowd.is_group:
                    crowd.see(header_of(match, family).name, match, block)
    return Survey(member, title, family, orders.decide(chosen, member), crowd.kind)


class _Crowd:
    """Counts who writes, up to the third, and looks for notices that only a group has."""

    def __init__(self, title: str) -> None:
        self.is_group = False
        self._title = title
        self._writers: set[str] = set()
        self._shown: set[str] = set()

    @property
    def kind(self) -> ConversationKind:
        return ConversationKind.GROUP if self.is_group else ConversationKind.DIRECT

    def see(self, shown: str | None, match: re.Match[str], block: str) -> None:
        if shown in self._shown:
            return
        said = block[match.end() : match.end() + 400].partition("\n")[0]
        name = sender_name(shown) if shown else None
        if name is None:
            self.is_group = GROUP.search(f"{shown or ''} {said}") is not None
        elif is_notice(name, self._title, said):
            # The contact's own name is the title of a direct chat too: only the words tell.
            self.is_group = GROUP.search(said) is not None
        elif shown:
            self._shown.add(shown)
            self._writers.add(name)
            self.is_group = len(self._writers) > _DIRECT_MAX
