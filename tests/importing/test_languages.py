"""The language of a chat is told from its texts, kept, and chosen; other forms of its words are found."""

import asyncio
from datetime import UTC

import pytest

from backscroll.archive.opening import Archive
from backscroll.importing import stemming
from backscroll.importing.assembly import Assembly
from backscroll.importing.languages import Ballot
from backscroll.importing.stemming import set_language, settle_languages
from backscroll.importing.wording import Wording
from backscroll.model import ids
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from tests.making import IDENTITY, chat, chat_id, store

ENGLISH = ["We were running late again yesterday", "Has anyone seen my keys?", "They are under the plant, as ever"]
GERMAN = ["Wir waren gestern schon wieder zu spät", "Hat jemand die alten Häuser gesehen?", "Die stehen noch am Fluss"]
SWEDISH = ["Vi var sena igen i går kväll", "Har någon sett mina nycklar?", "De ligger under blomman som vanligt"]
JAPANESE = ["昨日もまた遅刻してしまいました", "私の鍵を見ませんでしたか", "いつものように植木鉢の下にあります"]


def elected(texts: list[str]) -> str | None:
    ballot = Ballot()
    for text in texts:
        ballot.add(text)
    return ballot.language


@pytest.mark.parametrize(
    ("texts", "language"),
    [
        (ENGLISH * 3, "en"),
        (GERMAN * 3, "de"),
        (SWEDISH * 3, "sv"),
        (JAPANESE * 3, "ja"),
        (["ok", "yes", "see you at the station tomorrow", "no", "I will be there at eight", "great, thanks"] * 3, "en"),
        ([f"https://example.org/deutsche/seite{i} und so weiter und so fort, wie immer" for i in range(9)], "de"),
        (["ok", "👍", "", "12:30"], None),
        (["ok"], None),
        (ENGLISH * 3 + GERMAN * 3, None),
        (["```for i in range(10): print(i)```"] * 20, None),
    ],
)
def test_a_chat_is_in_the_language_of_most_of_its_texts(texts: list[str], language: str | None) -> None:
    assert elected(texts) == language


async def found(archive: Archive, text: str) -> list[str]:
    async for step in Finding(archive).find(parse(text, UTC), limit=1000):
        hits = step.hits
    return sorted(hit.message.text for hit in hits)


async def lit(archive: Archive, text: str) -> list[str]:
    async for step in Finding(archive).find(parse(text, UTC), limit=1000):
        hits = step.hits
    return [hit.message.text[a:b] for hit in hits for a, b in hit.highlights]


async def language(archive: Archive, name: str) -> str | None:
    return (await archive.languages.of([chat_id(name)]))[chat_id(name)]


async def test_other_forms_of_a_word_are_found_and_lit_up_and_quotes_turn_that_off(archive: Archive) -> None:
    await store(
        archive, chat("english", [*ENGLISH * 2, "a run in the park", "the runner"]) + chat("german", GERMAN * 3)
    )
    assert await archive.languages.present() == {"de": 1, "en": 1}
    assert await found(archive, "runs") == ["We were running late again yesterday"] * 2 + ["a run in the park"]
    assert await found(archive, "run -running") == []
    assert await found(archive, 'run -"running"') == ["a run in the park"]
    assert await found(archive, '"runs"') == []
    assert await found(archive, "runs*") == []
    assert await found(archive, '"running late"') == ["We were running late again yesterday"] * 2
    assert await found(archive, '"run late"') == []
    assert sorted(await lit(archive, "runs")) == ["run", "running", "running"]
    assert await lit(archive, "haus") == ["Häuser"] * 3
    assert await found(archive, "ｅｎrun") == []
    assert await found(archive, "e* run*") == []
    assert await found(archive, "key lang:de") == []
    assert await found(archive, "key lang:english") == ["Has anyone seen my keys?"] * 2


async def test_a_chat_keeps_its_language_when_it_grows_in_another(archive: Archive) -> None:
    await store(archive, chat("c", ENGLISH * 3))
    known = await archive.languages.known(ids.source_id(IDENTITY))
    assembly = Assembly(IDENTITY)
    for record in chat("c", ENGLISH * 3 + GERMAN * 20):
        assembly.add(record)
    batch = assembly.take()
    wording = Wording(known)
    wording.hear(batch)
    wording.word(batch)
    assert batch.languages == {chat_id("c"): "en"}
    await store(archive, chat("c", ENGLISH * 3 + GERMAN * 20))
    assert await language(archive, "c") == "en"


async def test_a_language_that_is_told_late_reaches_what_was_stored_before(archive: Archive) -> None:
    await store(archive, chat("c", ["all the keys"]))
    assert await language(archive, "c") is None
    assert await found(archive, "key") == []
    await store(archive, chat("c", ["all the keys", *ENGLISH * 3]))
    assert await language(archive, "c") == "en"
    await stemming.finish_stems(archive, [ids.source_id(IDENTITY)])
    assert "all the keys" in await found(archive, "key")
    assert await archive.languages.unsettled() == []


async def test_a_person_chooses_and_imports_respect_that(archive: Archive) -> None:
    await store(archive, chat("c", ENGLISH * 3))
    done: list[tuple[int, int]] = []
    await set_language(archive, chat_id("c"), "de", progress=lambda *step: done.append(step))
    assert done[-1] == (9, 9)
    assert await language(archive, "c") == "de"
    assert await found(archive, "run") == []
    await set_language(archive, chat_id("c"), None)
    known = await archive.languages.known(ids.source_id(IDENTITY))
    assert known == {chat_id("c"): None}
    await store(archive, chat("c", ENGLISH * 9))
    assert await language(archive, "c") is None
    assert await archive.languages.unsettled() == []
    assert len(await found(archive, "lang:none")) == 27


async def test_a_change_that_is_broken_off_leaves_the_language_and_goes_on_later(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stemming, "PAGE", 10)
    await store(archive, chat("c", ENGLISH * 20))
    began = asyncio.Event()

    async def change() -> None:
        await set_language(archive, chat_id("c"), "sv", progress=lambda _done, _total: began.set())

    task = asyncio.create_task(change())
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await language(archive, "c") == "en"
    assert len(await found(archive, "run")) < 20
    assert await settle_languages(archive) == 1
    assert len(await found(archive, "run")) == 20
    assert await archive.languages.unsettled() == []


async def test_an_archive_from_before_gets_its_languages(archive: Archive) -> None:
    await store(archive, chat("english", ENGLISH * 3) + chat("short", ["ok"]))
    async with archive.languages._gateway._pool.connection() as connection:
        await connection.execute("UPDATE backscroll.conversations SET language = NULL, stemmed = NULL")
        await connection.execute("UPDATE backscroll.messages SET search = to_tsvector('simple', body)")
        await connection.execute("DELETE FROM backscroll.words")
    assert await found(archive, "run") == []
    assert await settle_languages(archive) == 1
    assert len(await found(archive, "run")) == 3
    assert (await language(archive, "english"), await language(archive, "short")) == ("en", None)
