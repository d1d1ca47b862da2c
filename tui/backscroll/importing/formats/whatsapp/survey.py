"""The first pass over a chat: how its headers look, how its dates are read, and whether it is a group."""

import re
from dataclasses import dataclass, replace
from typing import Final

from backscroll.errors import AppError
from backscroll.importing.decoding import blocks, decoded_head
from backscroll.importing.export import Export
from backscroll.importing.format import Choices
from backscroll.importing.formats.whatsapp.dates import Calendar, DateOrders
from backscroll.importing.formats.whatsapp.families import family_in
from backscroll.importing.formats.whatsapp.headers import Family
from backscroll.importing.formats.whatsapp.named_dates import NamedDates
from backscroll.importing.formats.whatsapp.senders import is_notice, sender_name
from backscroll.importing.formats.whatsapp.words.notices import GROUP
from backscroll.model.conversation import ConversationKind

HEAD = 256 * 1024
_DIRECT_MAX = 2
_SAID: Final = 80  # characters of a message that may hold a file's name


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first look at a file tells."""

    member: str
    title: str
    family: Family
    calendar: Calendar
    kind: ConversationKind


def survey(export: Export, member: str, title: str, choices: Choices) -> Survey:
    """Reads headers until all is plain, or to the end, and keeps none. Raises AppError where it is no chat or the dates
    are unclear."""
    family = family_in(decoded_head(export.read(member, HEAD)))
    if family is None:
        hint = "Export the chat from WhatsApp again and import the .txt or .zip as it is."
        raise AppError(f"{member} is not a WhatsApp chat", hint, code="not_recognised")
    dates = NamedDates(family, f"{export.name}/{member}") if family.has_names else DateOrders(family.date)
    crowd = _Crowd(title)
    pattern, date_group = family.pattern(), 6 if family.time_first else 1
    latest = ""
    with export.open(member) as stream:
        for _, block in blocks(stream):
            for match in pattern.finditer(block):
                if match[date_group] != latest or not family.has_year:
                    latest = match[date_group]
                    dates.see(latest, _opening(match), block[match.end() : match.end() + _SAID])
                if not crowd.is_group:
                    crowd.see(match[7], match, block)
            if crowd.is_group and dates.is_plain:
                break
    calendar = dates.decide(choices, member)
    if isinstance(dates, NamedDates):
        family = replace(family, months=dates.months)
    return Survey(member, title, family, calendar, crowd.kind)


def _opening(match: re.Match[str]) -> str:
    """A header as the file writes it, with the name of who wrote, where that is one."""
    is_name = match[7] is not None and sender_name(match[7]) is not None
    return (
        match.group().strip() if is_name or match[7] is None else match.string[match.start() : match.start(7)].strip()
    )


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
