"""A chain of answers is found whole from any of its messages."""

from datetime import timedelta

import pytest

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.conversation import Place
from backscroll.model.message import Message
from backscroll.reading.chain import Chain
from tests.making import START, chat_id, store

# message: what it answers
ANSWERS = {"ferry?": None, "noon": "ferry?", "bread": None, "which noon": "noon", "one": "ferry?", "ours": "which noon"}


@pytest.fixture
async def said(archive: Archive) -> dict[str, Message]:
    """The messages by their texts; those of another quarter among them."""
    entries = [
        Entry("c", START + timedelta(days=40 * n), "a", text, external_id=text, parent=parent)
        for n, (text, parent) in enumerate(ANSWERS.items())
    ]
    await store(archive, [Chat("c", "C"), Person("c", "a", "Ana"), *entries])
    return {message.text: message for message in await archive.messages.after(chat_id("c"), limit=20)}


def chain_around(archive: Archive, message: Message) -> Chain:
    return Chain(archive.messages, Place(message.conversation_id, message.cursor))


@pytest.mark.parametrize("text", [text for text in ANSWERS if text != "bread"])
async def test_any_message_of_a_chain_leads_to_all_of_it(archive: Archive, said: dict[str, Message], text: str) -> None:
    chain = chain_around(archive, said[text])
    await chain.open_around(said[text].cursor)
    assert [m.text for m in chain.messages] == ["ferry?", "noon", "which noon", "one", "ours"]
    assert chain.thread is None


async def test_a_message_without_answers_is_a_chain_of_its_own(archive: Archive, said: dict[str, Message]) -> None:
    chain = chain_around(archive, said["bread"])
    await chain.open_newest()
    assert [m.text for m in chain.messages] == ["bread"]


async def test_a_long_chain_is_paged_like_a_thread(archive: Archive) -> None:
    entries = [
        Entry("c", START + timedelta(minutes=n), "a", f"{n}", external_id=f"{n}", parent=f"{n - 1}" if n else None)
        for n in range(330)
    ]
    await store(archive, [Chat("c", "C"), Person("c", "a", "Ana"), *entries])
    (last,) = await archive.messages.before(chat_id("c"), limit=1)
    chain = chain_around(archive, last)
    await chain.open_newest()
    assert not chain.at_start
    while not chain.at_start:
        await chain.older()
    assert [m.text for m in chain.messages] == [f"{n}" for n in range(330)]


async def test_two_messages_that_answer_each_other_end_the_search(archive: Archive) -> None:
    entries = [Entry("c", START, "a", n, external_id=n, parent=o) for n, o in (("x", "y"), ("y", "x"))]
    await store(archive, [Chat("c", "C"), Person("c", "a", "Ana"), *entries])
    (last,) = await archive.messages.before(chat_id("c"), limit=1)
    chain = chain_around(archive, last)
    await chain.open_oldest()
    assert {m.text for m in chain.messages} == {"x", "y"}
