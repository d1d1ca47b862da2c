"""On real conversations, search finds what a look at every message finds."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC
from itertools import islice
from random import Random

import pytest

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import import_paths
from backscroll.model.message import Message
from backscroll.model.words import normalise
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.settings import Settings
from tests.conftest import copied, shared
from tests.searching.world import World

ROOMS = ("Zurich", "Japanese", "arabic", "Russian", "TranslationChinese", "deutsch", "Korean")
COLUMNS = ("chat_id", "chat", "sent_at", "sender_id", "sender", "id", "text")


@pytest.fixture(scope="module")
async def real(server: EmbeddedServer, template: str) -> AsyncIterator[tuple[Archive, list[Message]]]:
    paths = [shared("gitter") / f"{room}.tsv" for room in ROOMS]
    with copied(server, template, "real") as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            await import_paths(archive, paths, Choices(UTC, "UTC", columns=COLUMNS), format_name="delimited")
            messages: list[Message] = []
            for chat, _ in await archive.conversations.titles():
                messages += await archive.messages.after(chat, limit=100_000)
            yield archive, sorted(messages, key=lambda m: m.cursor, reverse=True)


def _queries(draw: Random, messages: list[Message], count: int) -> list[str]:
    """Queries of words, phrases and beginnings that occur, often or once, and of what surrounds them."""
    spoken = Counter(word for m in messages for word in m.text.split() if word.isalpha() and word != "OR")
    words = [word for word, _ in spoken.most_common(300)] + list(islice(spoken, 300))
    names = sorted({m.sender for m in messages if m.sender and m.sender.isalnum()})

    def piece() -> str:
        said = draw.choice(messages).text.split()
        place = draw.randrange(len(said)) if said else 0
        phrase = " ".join(said[place : place + 2]).replace('"', "")
        choices = [draw.choice(words), draw.choice(words), f'"{phrase}"', draw.choice(words)[:3] + "*"]
        choices += [
            f'from:"{draw.choice(names)}"',
            "has:link",
            f"date:{draw.choice(['2015', '2016'])}-0{draw.randint(1, 9)}..",
        ]
        return draw.choice(["", "", "", "-"]) + draw.choice(choices)

    def query() -> str:
        return draw.choice([" ", " ", " OR "]).join(piece() for _ in range(draw.choice([1, 2, 2, 3])))

    return [text for text in (query() for _ in range(count)) if normalise(text)]


async def test_queries_of_real_words_find_what_a_look_at_every_message_finds(
    real: tuple[Archive, list[Message]],
) -> None:
    archive, messages = real
    languages = dict(await archive.languages.of({m.conversation_id for m in messages}))
    assert set(languages.values()) >= {"en", "ja", "ar", "ru", "de", "ko"}
    world, search, found_some = World(messages, languages=languages), Finding(archive), 0
    for text in _queries(Random(5), messages, 200):
        query = parse(text, UTC)
        wanted = [m.id for m in world.finding(query.root)]
        async for found in search.find(query, limit=100_000):
            ids = [hit.message.id for hit in found.hits]
        assert ids == wanted, text
        found_some += bool(wanted)
    assert found_some > 120
