"""Each example of the language, as help shows it, finds what it says and nothing else."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.importing.records import Chat, Entry, Person, Topic
from backscroll.importing.stemming import set_language
from backscroll.model.conversation import ConversationKind, Place
from backscroll.model.message import Kind
from backscroll.searching.finding import Finding
from backscroll.searching.language import SYNTAX, parse
from backscroll.settings import Settings
from tests.conftest import copied
from tests.making import START, chat_id, store
from tests.noting import annotate

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)  # a Thursday
DRAFTED = "about the draft"

# What each example finds among these messages, and what it does not.
CASES: dict[str, tuple[str, str]] = {
    "lost keys": ("a key was lost", "my keys"),
    '"lost my keys"': ("I lost my keys today", "keys: I lost my"),
    "key*": ("a keyring", "a monkey"),
    "keys OR wallet": ("my wallet", "my bag"),
    "keys -car": ("the keys", "the car keys"),
    "(keys OR wallet) found": ("wallet found", "wallet"),
    "from:ana": ("by Ana Maria", "by Bo"),
    'from:"Ana Maria"': ("by Ana Maria", "by Mariana"),
    "from:ana from:bo": ("by Bo", "by Zoe"),
    "to:bo": ("ana to bo alone", "by Ana Maria"),
    "with:bo": ("by Zoe", "in a room without"),
    "in:family": ("by Zoe", "ana to bo alone"),
    "thread:party": ("in the thread", "by Zoe"),
    "before:2021-03": ("on 2021-02-28", "on 2021-03-01"),
    "after:5.3.2021": ("on 2021-03-06", "on 2021-03-05"),
    'on:"last tuesday"': ("on 2026-03-10", "on 2026-03-11"),
    "date:2020..2021-03": ("on 2021-03-06", "on 2026-03-10"),
    "older_than:3w": ("on 2021-03-06", "on 2026-03-10"),
    "weekday:sun": ("on 2021-02-28", "on 2021-03-01"),
    "hour:22..9": ("by Zoe", "on 2021-03-06"),
    "has:link": ("see https://example.org", "by Zoe"),
    "is:edited": ("an edited one", "by Zoe"),
    "type:poll": ("a poll", "by Zoe"),
    "tag:draft": (DRAFTED, "by Zoe"),
    "code:theme": (DRAFTED, "by Zoe"),
    "note:odd": (DRAFTED, "by Zoe"),
    "lang:de": ("wo die Schlüssel sind", "by Zoe"),
    "source:slack": ("", "by Zoe"),
    "near:3f2a": ("", ""),
    r"/colou?r\d/": ("my Color7", "my colour"),
}


@pytest.fixture(scope="module")
async def spoken(server: EmbeddedServer, template: str) -> AsyncIterator[Archive]:
    people = {"ana": "Ana Maria", "bo": "Bo", "zoe": "Zoe", "mariana": "Mariana"}
    records = [Chat("family", "Our family"), Chat("direct", "Bo", ConversationKind.DIRECT), Chat("room", "A room")]
    records.append(Chat("german", "Leute"))
    records += [Person("family", key, name) for key, name in people.items()]
    records += [Person("direct", key, people[key]) for key in ("ana", "bo")] + [Person("room", "zoe", "Zoe")]
    records.append(Topic("family", "t", "Summer party"))
    texts = dict.fromkeys(text for case in CASES.values() for text in case if text)
    for i, text in enumerate(texts):
        day = datetime.fromisoformat(text[3:]) if text.startswith("on 2") else None
        person = next((key for key, name in people.items() if text == f"by {name}"), "zoe")
        chat = {
            "ana to bo alone": "direct",
            "in a room without": "room",
            "wo die Schlüssel sind": "german",
        }.get(text, "family")
        records.append(
            Entry(
                chat,
                day.replace(hour=10, tzinfo=UTC) if day else START + timedelta(minutes=i),
                "ana" if chat == "direct" else person,
                text,
                Kind.POLL if text == "a poll" else Kind.TEXT,
                external_id=str(i),
                thread="t" if text == "in the thread" else None,
                is_edited="edited" in text,
            )
        )
    with copied(server, template, "syntax") as dsn:
        async with open_archive(Settings(dsn=dsn)) as archive:
            await store(archive, records)
            await set_language(archive, chat_id("family"), "en")
            await set_language(archive, chat_id("german"), "de")
            for message in await archive.messages.after(chat_id("family"), limit=100):
                if message.text == DRAFTED:
                    await annotate(
                        archive, Place(chat_id("family"), message.cursor), "odd", tags=["Draft"], category="Theme"
                    )
            yield archive


def test_every_example_has_its_case() -> None:
    assert [example for example, _ in SYNTAX] == list(CASES)


@pytest.mark.parametrize("example", [e for e, _ in SYNTAX])
async def test_an_example_finds_what_it_says(spoken: Archive, example: str) -> None:
    finds, finds_not = CASES[example]
    everything = {m.text: m.id for m in await spoken.messages.after(chat_id("family"), limit=100)}
    if example == "near:3f2a":  # an id cannot be chosen
        finds, finds_not, example = "by Zoe", "ana to bo alone", f"near:{everything['by Zoe']}"
    texts: list[str] = []
    async for found in Finding(spoken).find(parse(example, UTC, NOW), limit=100):
        texts = [hit.message.text for hit in found.hits]
    assert finds in texts or not finds
    assert finds_not not in texts
