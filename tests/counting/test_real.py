"""On real conversations, the statistics of chats, people and searches are those of a look at every message."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC
from statistics import median_low
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.counting.chat import chat_statistics, people, person_named
from backscroll.counting.figures import Figures
from backscroll.counting.hits import hit_statistics
from backscroll.counting.refreshing import refresh_all
from backscroll.importing.format import Choices
from backscroll.importing.pipeline import import_paths
from backscroll.model.message import Message
from backscroll.model.statistics import REPLY_EDGES
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.settings import Settings
from tests.conftest import copied, shared
from tests.counting.plain import Plain, keywords, look

ROOMS = ("Zurich", "Japanese", "arabic", "Russian", "deutsch")
COLUMNS = ("chat_id", "chat", "sent_at", "sender_id", "sender", "id", "text")
NEPAL = "Asia/Kathmandu"


@pytest.fixture(scope="module")
async def real(server: EmbeddedServer, template: str) -> AsyncIterator[tuple[Archive, dict[UUID, list[Message]]]]:
    paths = [shared("gitter") / f"{room}.tsv" for room in ROOMS]
    with copied(server, template, "counted") as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            await import_paths(archive, paths, Choices(UTC, "UTC", columns=COLUMNS), format_name="delimited")
            messages = {
                chat: await archive.messages.after(chat, limit=100_000)
                for chat, _ in await archive.conversations.titles()
            }
            assert await refresh_all(archive, NEPAL) == len(messages)
            yield archive, messages


def _same(figures: Figures, plain: Plain) -> None:
    assert figures.days == plain.days
    assert {(day, hour): n for day in range(7) for hour, n in enumerate(figures.week[day]) if n} == plain.week
    assert figures.kinds == plain.kinds


async def test_a_chat_is_what_its_messages_are(real: tuple[Archive, dict[UUID, list[Message]]]) -> None:
    archive, chats = real
    words = 0
    for chat, messages in chats.items():
        found, plain = await chat_statistics(archive, chat, NEPAL), look(messages, ZoneInfo(NEPAL))
        figures = found.figures
        _same(figures, plain)
        assert figures.letters == plain.letters
        assert figures.hosts == plain.hosts
        assert figures.emoji == plain.emoji
        assert figures.replies.stretches == plain.replies
        middle, exact = figures.replies.median or 0, median_low(plain.gaps)
        stretch = sum(edge <= exact for edge in REPLY_EDGES)
        assert (0, *REPLY_EDGES)[stretch] <= middle <= (*REPLY_EDGES, REPLY_EDGES[-1])[stretch]
        senders = Counter(message.sender for message in messages)
        assert {p.name: p.message_count for p in found.people} == dict(senders.most_common(20)) or len(senders) > 20
        busiest = {p.name for p in found.people}
        wanted = {pair: n for pair, n in plain.answers.items() if set(pair) <= busiest}
        assert Counter({(a.who, a.whom): a.times for a in found.answers}) == wanted
        told = {month: [k.word for k in chosen] for month, chosen in figures.keywords}
        known = dict(await archive.statistics.stale(chat, NEPAL, is_anew=True))
        assert max(known.values()) <= 1_000  # all messages are sampled
        expected = keywords(plain, 12, known)
        assert {month: set(chosen[:8]) for month, chosen in told.items()} == {
            month: set(chosen[:8]) for month, chosen in expected.items()
        }
        words += sum(map(len, told.values()))
    assert words > 100


async def test_another_zone_has_other_days_and_the_same_messages(
    real: tuple[Archive, dict[UUID, list[Message]]],
) -> None:
    archive, chats = real
    _, (chat, messages) = sorted(chats.items(), key=lambda item: len(item[1]), reverse=True)[:2]
    found = await chat_statistics(archive, chat, "America/Sao_Paulo")
    _same(found.figures, look(messages, ZoneInfo("America/Sao_Paulo")))


async def test_a_person_is_what_the_messages_of_that_person_are(
    real: tuple[Archive, dict[UUID, list[Message]]],
) -> None:
    archive, chats = real
    chat, messages = max(chats.items(), key=lambda item: len(item[1]))
    ((name, _),) = Counter(message.sender for message in messages).most_common(1)
    person = person_named(await people(archive, chat), str(name))
    found, plain = await chat_statistics(archive, chat, NEPAL, person=person), look(messages, ZoneInfo(NEPAL), name)
    _same(found.figures, plain)
    assert (found.figures.letters, found.figures.emoji) == (plain.letters, plain.emoji)
    assert found.replies[person.id].stretches == plain.replies
    assert Counter({a.whom: a.times for a in found.answers}) == {whom: n for (_, whom), n in plain.answers.items()}


async def test_a_search_is_what_its_hits_are(real: tuple[Archive, dict[UUID, list[Message]]]) -> None:
    archive, _ = real
    query = parse("https OR danke OR はい", UTC)
    async for found in Finding(archive).find(query, limit=100_000):
        hits = [hit.message for hit in found.hits]
    counted = await hit_statistics(archive, query, NEPAL)
    assert len(hits) > 100
    _same(counted.figures, look(sorted(hits, key=lambda m: m.cursor), ZoneInfo(NEPAL)))
    assert dict(counted.senders) == Counter(message.sender for message in hits)
    assert {chat: n for chat, _, n in counted.chats} == Counter(message.conversation_id for message in hits)
