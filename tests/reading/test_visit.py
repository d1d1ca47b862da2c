"""A visit to a chat: it begins where the last one was left, and leaves behind how far was read."""

from datetime import timedelta

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.conversation import Conversation
from backscroll.model.message import Message
from backscroll.reading.visit import Visit
from tests.making import START, chat_id, store

CHAT = chat_id("c")


async def made(archive: Archive, first: int = 0, last: int = 20) -> list[Message]:
    entries = [Entry("c", START + timedelta(minutes=n), "ana", str(n), external_id=f"m{n}") for n in range(first, last)]
    await store(archive, [Chat("c", "C"), Person("c", "ana", "Ana"), *entries])
    return await archive.messages.after(CHAT, limit=100)


async def the_chat(archive: Archive) -> Conversation:
    return await archive.conversations.get(CHAT)


async def test_a_first_visit_begins_at_the_newest_message(archive: Archive) -> None:
    await made(archive)
    beginning = await Visit(archive.conversations, await the_chat(archive)).begin()
    assert (beginning.cursor, beginning.read_up_to) == (None, None)


async def test_a_visit_begins_where_the_last_one_was_left(archive: Archive) -> None:
    messages = await made(archive)
    await Visit(archive.conversations, await the_chat(archive)).leave(messages[7].cursor)
    assert (await Visit(archive.conversations, await the_chat(archive)).begin()).cursor == messages[7].cursor


async def test_a_chat_left_at_its_end_begins_before_what_came_in_since(archive: Archive) -> None:
    messages = await made(archive)
    visit = Visit(archive.conversations, await the_chat(archive))
    assert await visit.saw_end(messages[-1])
    await visit.leave(messages[7].cursor)
    await visit.leave(None)
    await made(archive, 20, 25)
    chat_now = await the_chat(archive)
    beginning = await Visit(archive.conversations, chat_now).begin()
    assert chat_now.unread == 5
    assert beginning.cursor == beginning.read_up_to == messages[-1].cursor


async def test_a_glance_does_not_count_as_having_read(archive: Archive) -> None:
    messages = await made(archive)
    visit = Visit(archive.conversations, await the_chat(archive), is_glance=True)
    assert not await visit.saw_end(messages[-1])
    visit.is_glance = False
    assert await visit.saw_end(messages[-1])
    assert not await visit.saw_end(messages[-1])
    assert (await the_chat(archive)).unread == 0


async def test_what_was_marked_unread_stays_so_until_the_next_visit(archive: Archive) -> None:
    messages = await made(archive)
    visit = Visit(archive.conversations, await the_chat(archive))
    await visit.saw_end(messages[-1])
    assert await visit.keep_unread(messages[15]) == messages[14].cursor
    assert not await visit.saw_end(messages[-1])
    assert (await the_chat(archive)).unread == 5
    assert await Visit(archive.conversations, await the_chat(archive)).saw_end(messages[-1])


async def test_the_first_message_can_be_marked_unread_too(archive: Archive) -> None:
    messages = await made(archive)
    visit = Visit(archive.conversations, await the_chat(archive))
    await visit.saw_end(messages[-1])
    await visit.keep_unread(messages[0])
    assert (await the_chat(archive)).unread == 20
