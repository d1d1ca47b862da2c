"""How messages sound: each of them, added up by month and person, kept, and judged again where they changed."""

import asyncio
import sys
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.opening import Archive
from backscroll.counting import sentiment
from backscroll.counting.chat import ChatStatistics, chat_statistics, people, with_sentiment
from backscroll.counting.drawing import chat_picture
from backscroll.counting.hits import hit_statistics
from backscroll.counting.hits import with_sentiment as with_hit_sentiment
from backscroll.counting.refreshing import refresh
from backscroll.counting.sentiment import Sentiments, judge, judge_all
from backscroll.counting.table import chat_table
from backscroll.importing.records import Chat, Entry, Person, Record
from backscroll.importing.stemming import set_language
from backscroll.model.message import Kind
from backscroll.model.statistics import JobKind, JobState, Sentiment
from backscroll.searching.language import parse
from tests.making import chat_id, store

vader = pytest.importorskip("vader", reason="the extra `sentiment` is not installed")

ZONE = "America/New_York"
TALK = chat_id("talk")
GOOD, BAD, FLAT = "I love this, it is great", "I hate this, it is horrible", "see you at the door"


def _said(month: int, day: int, sender: str | None, text: str, **columns: object) -> Entry:
    sent_at = datetime(2023, month, day, 2, tzinfo=UTC)
    return Entry("talk", sent_at, sender, text, external_id=f"{month}.{day}", **columns)


TALKED = [
    _said(3, 1, "ana", GOOD),  # in New York this is February
    _said(3, 2, "ana", GOOD),
    _said(3, 3, "bo", BAD),
    _said(3, 4, "bo", FLAT),
    _said(3, 5, "ana", "", kind=Kind.IMAGE),
    _said(3, 6, None, "Ana left, what a horrible day", kind=Kind.SYSTEM),
    _said(4, 1, "bo", BAD),  # March
    _said(5, 5, "ana", f"{GOOD} 😀"),
]
BEGINNING: list[Record] = [Chat("talk", "Talk"), Person("talk", "ana", "Ana"), Person("talk", "bo", "Bo")]


@pytest.fixture
async def talk(archive: Archive) -> Archive:
    await store(archive, [*BEGINNING, *TALKED])
    await set_language(archive, TALK, "en")
    return archive


async def _told(archive: Archive, person: str | None = None) -> ChatStatistics:
    chosen = next((p for p in await people(archive, TALK) if p.name == person), None)
    return await with_sentiment(archive, TALK, await chat_statistics(archive, TALK, ZONE, person=chosen))


def _months(found: Sentiments | None) -> dict[str, tuple[int, int, int, int]]:
    assert found is not None
    return {f"{month:%m}": (s.positive, s.neutral, s.negative, s.unlisted) for month, s in found.months}


async def test_a_chat_and_its_people_sound_as_their_messages_do(talk: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentiment, "_PAGE", 2)
    told = (await _told(talk)).sentiment
    assert _months(told) == {"02": (1, 0, 0, 0), "03": (1, 1, 2, 1), "05": (1, 0, 0, 0)}
    assert told is not None
    assert told.untold == 2
    totals = Counter[str]()
    for entry in TALKED:
        if entry.kind is Kind.TEXT:
            month = entry.sent_at.astimezone(ZoneInfo(ZONE)).strftime("%m")
            totals[month] += round(vader.polarity_scores(entry.text)["compound"] * 10_000)
    assert {f"{month:%m}": s.total for month, s in told.months} == totals
    assert told.whole.mean == pytest.approx(sum(totals.values()) / 10_000 / 6)
    ana, bo = (await _told(talk, "Ana")).sentiment, (await _told(talk, "Bo")).sentiment
    assert _months(ana) == {"02": (1, 0, 0, 0), "03": (1, 0, 0, 0), "05": (1, 0, 0, 0)}
    assert _months(bo) == {"03": (0, 1, 2, 1)}
    assert (ana.untold, bo.untold) == (1, 0)  # type: ignore[union-attr]


async def test_only_months_that_were_counted_anew_are_judged_again(talk: Archive) -> None:
    words = sentiment.WordList()
    nothing = lambda _done, _total: None  # noqa: E731
    await refresh(talk, TALK, ZONE)
    assert await judge(talk, TALK, ZONE, words, nothing) == 3
    assert await judge(talk, TALK, ZONE, words, nothing) == 0
    assert await judge_all(talk, ZONE) == 0
    await store(talk, [*BEGINNING, _said(5, 15, "bo", BAD)])
    await refresh(talk, TALK, ZONE)
    (may,) = await talk.sentiment.unjudged(TALK, ZONE, words.name)
    # What was read before a month was counted anew is not taken for what it holds now.
    await refresh(talk, TALK, ZONE, is_anew=True)
    job = await talk.statistics_jobs.schedule(ZONE, TALK, JobKind.SENTIMENT)
    await talk.sentiment.keep(job, TALK, ZONE, may, words.name, {TALK: Sentiment(9, 9, 9)})
    assert await judge_all(talk, ZONE) == 1
    assert _months((await _told(talk)).sentiment)["05"] == (1, 0, 1, 0)
    words.name = "a newer list"
    assert await judge(talk, TALK, ZONE, words, nothing) == 3


async def test_judging_that_is_cancelled_says_so_and_keeps_whole_months(talk: Archive) -> None:
    await refresh(talk, TALK, ZONE)
    judging = asyncio.ensure_future(judge_all(talk, ZONE, lambda done, _: judging.cancel() if done > 1 else None))
    with pytest.raises(asyncio.CancelledError):
        await judging
    cancelled = (await talk.statistics_jobs.newest())[0]
    assert (cancelled.kind, cancelled.state, cancelled.done) == (JobKind.SENTIMENT, JobState.CANCELLED, 1)
    assert len(await talk.sentiment.unjudged(TALK, ZONE, sentiment.WordList().name)) == 2
    assert await judge_all(talk, ZONE) == 1


async def test_nothing_is_told_of_another_language_or_without_the_words(
    talk: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as missing:
        missing.setitem(sys.modules, "vader", None)
        told = (await _told(talk)).sentiment
        assert told is not None
        assert "backscroll[sentiment]" in (told.why or "")
    await set_language(talk, TALK, "de")
    found = await _told(talk)
    assert found.sentiment is not None
    assert (found.sentiment.months, found.sentiment.untold) == ([], found.figures.messages)
    assert "German" in (found.sentiment.why or "")
    assert await judge_all(talk, ZONE) == 0


async def test_hits_of_a_search_are_judged_where_their_chat_is_english(talk: Archive) -> None:
    other = Entry("other", datetime(2023, 3, 2, tzinfo=UTC), "cy", "this love is great", external_id="1")
    await store(talk, [Chat("other", "Other"), Person("other", "cy", "Cy"), other])
    query = parse("this", UTC)
    told = await with_hit_sentiment(talk, query, await hit_statistics(talk, query, ZONE))
    assert told.figures.messages == 6
    assert told.sentiment is not None
    assert told.sentiment.untold == 1
    assert _months(told.sentiment) == {"02": (1, 0, 0, 0), "03": (1, 0, 2, 0), "05": (1, 0, 0, 0)}


async def test_tables_and_pictures_have_it(talk: Archive) -> None:
    told = await _told(talk)
    rows = list(chat_table(told))
    assert ("sounding negative", "2023-03", "", 2) in rows
    assert ("sentiment untold", "", "", 2) in rows
    assert chat_picture(told, "Talk").count('class="negative"') == 3


def test_a_text_without_a_listed_word_is_neutral_and_only_the_beginning_of_a_long_one_is_read() -> None:
    words = sentiment.WordList()
    flat = words.judge([FLAT, "пока", "5", "word " * 10_000 + GOOD])
    assert (flat.neutral, flat.unlisted, flat.total) == (4, 4, 0)
