"""Search finds exactly what a look at every message finds, in every order, page after page."""

from collections.abc import AsyncIterator
from datetime import UTC, timedelta
from random import Random

import pytest

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.message import Cursor, Message
from backscroll.searching import finding
from backscroll.searching.finding import Finding, Found, Order
from backscroll.searching.highlight import highlights
from backscroll.searching.language import parse
from tests.making import START, chat_id, store

WORDS = ["keys", "plant", "node.js", "naïve", "東京駅", "😂", "see", "https://example.org/a_b", "v2.1", "don't", "шум"]
QUERIES = [
    "keys",
    "keys plant",
    "key*",
    "keys OR шум",
    "keys -plant",
    '"keys plant"',
    "node",
    "naive",
    "東京",
    "駅",
    "😂",
    "example.org",
    "a_b",
    "don't",
    "(keys OR plant) see",
    "absent",
    "ШУМ -see",
]


@pytest.fixture
async def filled(archive: Archive) -> list[Message]:
    random = Random(5)
    for name in ("one", "two"):
        records = [Chat(name, name.title()), Person(name, "ana", "Ana"), Person(name, "bo", "Bo")]
        for i in range(400):
            text = " ".join(random.choices(WORDS, k=random.randint(1, 6)))
            moment = START + timedelta(hours=random.randrange(30_000))
            records.append(Entry(name, moment, random.choice(["ana", "bo"]), text, external_id=str(i)))
        await store(archive, records)
    everything = [m for name in ("one", "two") for m in await archive.messages.after(chat_id(name), limit=1000)]
    return sorted(everything, key=lambda m: m.cursor, reverse=True)


def scan(messages: list[Message], text: str) -> list[Message]:
    """What a look at every message finds; a message fits where each plain term of the query can be highlighted."""
    from backscroll.model.words import normalise

    def holds(message: Message, word: str) -> bool:
        return bool(highlights(message.text, parse(word, UTC)))

    def fits(message: Message) -> bool:
        match text:
            case "keys OR шум":
                return holds(message, "keys") or holds(message, "шум")
            case "keys -plant":
                return holds(message, "keys") and not holds(message, "plant")
            case "ШУМ -see":
                return holds(message, "шум") and not holds(message, "see")
            case "(keys OR plant) see":
                return holds(message, "see") and (holds(message, "keys") or holds(message, "plant"))
            case "keys plant":
                return holds(message, "keys") and holds(message, "plant")
            case '"keys plant"':
                return "keys plant" in normalise(message.text)
            case _:
                return holds(message, text)

    return [m for m in messages if fits(m)]


async def last(steps: AsyncIterator[Found]) -> Found:
    async for found in steps:
        result = found
    return result


@pytest.mark.parametrize("whole", [True, False], ids=["walked whole", "by the word index"])
@pytest.mark.parametrize("text", QUERIES)
async def test_every_order_and_page_finds_what_a_scan_finds(
    archive: Archive, filled: list[Message], text: str, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not whole:
        monkeypatch.setattr(finding, "WALKED_WHOLE", 0)
    search, query = Finding(archive), parse(text, UTC)
    expected = [m.id for m in scan(filled, text)]
    orders: tuple[Order, ...] = ("newest", "oldest")
    for order in orders:
        for chat in (None, chat_id("one")):
            wanted = [m.id for m in scan(filled, text) if chat in {None, m.conversation_id}]
            ids, cursor = [], None
            while True:
                found = await last(search.find(query, order=order, limit=37, after=cursor, chat=chat))
                ids += [hit.message.id for hit in found.hits]
                cursor = found.cursor
                if cursor is None:
                    assert found.complete
                    break
            assert ids == (wanted if order == "newest" else wanted[::-1])
    ranked = await last(search.find(query, order="rank", limit=1000))
    assert {hit.message.id for hit in ranked.hits} == set(expected)


async def test_filters_narrow(archive: Archive, filled: list[Message]) -> None:
    found = await last(Finding(archive).find(parse("keys from:bo in:two after:2025-01 before:2026", UTC), limit=1000))
    wanted = [
        m.id
        for m in scan(filled, "keys")
        if m.sender == "Bo" and m.conversation_id == chat_id("two") and m.sent_at.year == 2025 and m.sent_at.month > 1
    ]
    assert wanted
    assert [hit.message.id for hit in found.hits] == wanted
    for nothing in ("keys from:nobody", "keys in:nowhere"):
        assert (await last(Finding(archive).find(parse(nothing, UTC)))).hits == []


async def test_hits_arrive_as_they_are_found(archive: Archive, filled: list[Message]) -> None:
    del filled
    counts: list[int] = []
    edges = []
    async for found in Finding(archive).find(parse("шум", UTC), limit=1000):
        counts.append(len(found.hits))
        edges.append(found.searched_to)
    assert len(counts) > 3
    walked = [e for e in edges if e]
    assert walked == sorted(walked, reverse=True)


def test_a_cursor_is_text_and_back() -> None:
    cursor = Cursor(START, chat_id("x"))
    assert Cursor.parse(str(cursor)) == cursor
    for wrong in ("", "x", "2024-01-01_zz", f"2024-01-01T00:00:00_{chat_id('x')}"):
        with pytest.raises(ValueError):
            Cursor.parse(wrong)
