"""A summary of a chat's own sentences: they are in it word for word, speak for all of it, and are always the same."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person, Record
from backscroll.model.conversation import Place
from backscroll.model.message import Kind, Message
from backscroll.model.summary import Method, Scope, Stretch
from backscroll.summarising import candidates
from backscroll.summarising.extracting import extract
from tests.making import START, chat, chat_id, store

TOPICS = {
    "boat": ["The boat needs a new engine before summer", "Who pays for the engine of the boat?"],
    "party": ["The party for Ruth begins at eight on Saturday", "Bring a cake to the party on Saturday please"],
    "garden": ["The garden wall fell down in the storm last night", "Somebody has to build the garden wall again"],
}
SMALL_TALK = ["ok", "haha", "thanks a lot!", "see you", "good morning everyone", "yes", "👍👍", "what do you mean"]


def club() -> list[Record]:
    """Three topics, one after another, in a lot of small talk, a bot that repeats itself, and notices."""
    people = ("ana", "bo", "cy", "di")
    records: list[Record] = [Chat("club", "Club"), *(Person("club", name, name.title()) for name in (*people, "bot"))]
    number = 0

    def say(text: str, sender: str | None = None, **more: object) -> None:
        nonlocal number
        who = None if more.get("kind") is Kind.SYSTEM else sender or people[number % len(people)]
        records.append(
            Entry("club", START + timedelta(minutes=number), who, text, external_id=f"m{number}", **more)  # type: ignore[arg-type]
        )
        number += 1

    for lines in TOPICS.values():
        for turn in range(40):
            say(SMALL_TALK[turn % len(SMALL_TALK)])
            if turn % 10 == 0:
                for line in lines:
                    say(f"{line}, number {turn}.")
            if turn % 5 == 0:
                say("Reminder: drink a glass of water now, dear members of the club!", "bot")
                say("Somebody changed the engine of the party on Saturday, the boat wall", kind=Kind.SYSTEM)
    return records


async def test_the_sentences_are_those_of_messages_and_lead_to_them(archive: Archive) -> None:
    await store(archive, club())
    told: list[tuple[int, int]] = []
    summary = await extract(archive, Stretch(chat_id("club")), None, lambda *done: told.append(done))
    assert summary is not None
    places = [Place(chat_id("club"), link.cursor) for link in summary.links]
    for link, message in zip(summary.links, await archive.messages.at(places), strict=True):
        said = summary.text[link.start : link.end]
        assert said.startswith(f"{message.sender}: ")
        assert said.removeprefix(f"{message.sender}: ") in message.text
    (count,) = {len(summary.text.splitlines()), len(summary.links)}
    assert count == 5
    assert [link.cursor for link in summary.links] == sorted(link.cursor for link in summary.links)
    assert (summary.method, summary.message_count) == (Method.EXTRACTIVE, told[-1][0])
    assert told[-1] == (summary.message_count, summary.message_count)
    assert summary.participants[0] in {"Ana", "Bo", "Cy", "Di", "Bot"}


async def test_every_topic_is_told_and_what_is_repeated_at_most_once(archive: Archive) -> None:
    await store(archive, club())
    summary = await extract(archive, Stretch(chat_id("club")), None, lambda *_: None)
    assert summary is not None
    for topic in TOPICS:
        assert topic in summary.text
    assert summary.text.count("glass of water") <= 1
    assert "Somebody changed" not in summary.text


async def test_scripts_without_blanks_are_summarised_too(archive: Archive) -> None:
    texts = [
        "今日は東京駅で会議があります。",
        "はい",
        "東京駅の会議は三時からです。",
        "了解",
        "庭の壁が嵐で倒れました。",
        "え",
    ] * 3
    await store(archive, chat("tokyo", texts))
    summary = await extract(archive, Stretch(chat_id("tokyo")), None, lambda *_: None)
    assert summary is not None
    assert "東京駅" in summary.text
    assert "庭の壁" in summary.text


async def test_nothing_is_made_of_nothing_and_small_talk_is_called_so(archive: Archive) -> None:
    await store(archive, [*chat("small", ["ok", "yes"]), Chat("empty", "Empty")])
    assert await extract(archive, Stretch(chat_id("empty")), None, lambda *_: None) is None
    summary = await extract(archive, Stretch(chat_id("small")), None, lambda *_: None)
    assert summary is not None
    assert (summary.links, summary.message_count) == ((), 2)
    nobody = Stretch(chat_id("small"), Scope.STRETCH, until=START)
    assert await extract(archive, nobody, None, lambda *_: None) is None


def test_a_chat_of_any_length_leaves_as_many_candidates_from_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_BLOCK", 10)
    monkeypatch.setattr(candidates, "_BLOCKS", 8)
    gathered = candidates.Candidates()
    for number in range(3_000):
        text = f"the keys of house {number} lie under the plant {number % 7}"
        sent_at = START + timedelta(minutes=number)
        told = (UUID(int=1), sent_at, UUID(int=number), 0, Kind.TEXT, text, UUID(int=2), "Ana", False)
        gathered.take([Message(*told, None, None, None, False, False)])
        assert len(gathered._blocks) < 8
    best = gathered.best()
    assert len(best) <= 600
    quarters = Counter(one.place // 750 for one in best)
    assert len(quarters) >= 4
    assert max(quarters.values()) < 3 * min(quarters[quarter] for quarter in range(4))


PROGRAM = """
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID
from backscroll.model.message import Kind, Message
from backscroll.summarising.candidates import Candidates
from backscroll.summarising.ranking import choose
chance, candidates = Random(4), Candidates()
words = [f"word{n}" for n in range(300)]
start = datetime(2024, 1, 1, tzinfo=UTC)
for n in range(3000):
    text = " ".join(words[min(299, int(chance.expovariate(0.02)))] for _ in range(chance.randrange(3, 14)))
    message = Message(UUID(int=1), start + timedelta(minutes=n), UUID(int=n), 0, Kind.TEXT, text, UUID(int=n % 7),
                      f"P{n % 7}", False, None, None, None, False, False)
    candidates.take([message])
print([one.place for one in choose(candidates.best(), candidates.rarity, 9)])
"""


def test_the_same_messages_give_the_same_sentences_in_every_run() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    (once,) = found
    assert once.count(",") == 8
