"""Lets an export go into a chat that is here under another title, and its people be who they are here.

Telephones name chats and people as their address books do. Where a format has no ids, these names are all that tells
messages from others: read with the names that are here, an export's messages are known again as those of any other.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from backscroll.archive.known import Known, Target
from backscroll.errors import AppError
from backscroll.importing.format import Choices, Reading
from backscroll.importing.groups import Group
from backscroll.importing.records import Chat, Entry, Person, Record, Topic


async def joined(opening: Callable[[], list[Group]], choices: Choices, known: Known | None) -> list[Group]:
    """What is opened, read with the names that the choices give; `known` is the archive, None where there is none.

    An export is read twice then: nothing is written before it is clear that the names fit. Raises AppError where they
    do not, and where there is no such chat.
    """
    groups = await asyncio.to_thread(opening)
    if choices.into is None and not choices.renames:
        return groups
    target = await _target(choices.into, known) if choices.into is not None else None
    names = dict(choices.renames)
    await asyncio.to_thread(_check, groups, target, names)
    groups = await asyncio.to_thread(opening)
    for group in groups:
        group.readings = [_named_anew(reading, target, names) for reading in group.readings]
    return groups


async def _target(chat: str, known: Known | None) -> Target:
    if known is None:
        raise AppError("There is no archive yet", "Import without --into.", code="no_such_chat")
    return await known.target(chat)


def _check(groups: Sequence[Group], target: Target | None, names: Mapping[str, str]) -> None:
    """Raises AppError where an export cannot go into a chat, or has nobody of a name."""
    missing = set(names)
    for group in groups:
        if target is not None and group.identity != target.source:
            raise AppError(
                f"{group.name} is not from where that chat came from",
                "Its messages could not be known again there. Import it as a chat of its own.",
                code="other_source",
            )
        chats = set[str]()
        for _, record in group.records():
            if isinstance(record, Person) and record.name == record.external_id:
                missing.discard(record.name)
            elif isinstance(record, Chat):
                chats.add(record.external_id)
                if target is not None and len(chats) > 1:
                    raise AppError(
                        f"{group.name} holds more than one chat",
                        "Import the one that belongs there by itself.",
                        code="several_chats",
                    )
    if missing:
        raise AppError(
            f"Nobody is called {', '.join(sorted(missing))} there",
            "Name people as the export does, before the =. Where it gives them ids, they are known by these.",
            code="no_such_person",
        )


def _named_anew(reading: Reading, target: Target | None, names: Mapping[str, str]) -> Reading:
    """The same reading with other names; what it begins with is not known by its bytes, which say the old ones."""
    return replace(reading, records=_records(reading.records, target, names), read_as=None)


def _records(
    records: Iterator[tuple[int, Record]], target: Target | None, names: Mapping[str, str]
) -> Iterator[tuple[int, Record]]:
    people: dict[str, str] = {}  # ids of those whose name is all that they have
    for position, record in records:
        if isinstance(record, Person) and record.name == record.external_id and record.name in names:
            people[record.external_id] = names[record.name]
        yield position, _record(record, target, people)


def _record(record: Record, target: Target | None, people: Mapping[str, str]) -> Record:
    match record:
        case Entry():
            record.chat = target.external_id if target else record.chat
            record.person = people.get(record.person, record.person) if record.person is not None else None
            reacted = (replace(r, person=people.get(r.person, r.person)) if r.person else r for r in record.reactions)
            record.reactions = tuple(reacted) if people else record.reactions
        case Chat() if target:
            return Chat(target.external_id, target.title, target.kind, target.topic)
        case Person():
            name = people.get(record.external_id)
            chat = target.external_id if target else record.chat
            return replace(record, chat=chat, external_id=name or record.external_id, name=name or record.name)
        case Topic() if target:
            return replace(record, chat=target.external_id)
    return record


def renames_in(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What a person wrote as `THERE=HERE`. Raises AppError."""
    found = [tuple(part.strip() for part in text.split("=", 1)) for text in texts if text.strip()]
    for pair in found:
        if len(pair) != 2 or not all(pair):
            raise AppError("A name is given as THERE=HERE", "For example Mum=Ana Silva.", code="bad_rename")
    return tuple((there, here) for there, here in found)
