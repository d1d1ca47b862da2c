"""Kept statistics follow the messages: only what changed is counted, and it comes to what counting anew gives."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from backscroll.archive.opening import Archive
from backscroll.counting import refreshing
from backscroll.counting.chat import chat_statistics
from backscroll.counting.refreshing import refresh, refresh_all
from backscroll.errors import AppError
from backscroll.importing.records import Chat, Entry, Person, Reacted, Record
from backscroll.importing.stemming import set_language
from backscroll.importing.undoing import undo
from backscroll.model.message import Kind
from backscroll.model.statistics import JobKind, JobState
from tests.making import chat_id, store

ZONE = "Europe/Berlin"
TALK = chat_id("talk")


def _entry(month: int, day: int, sender: str | None, text: str, **columns: object) -> Entry:
    sent_at = datetime(2023, month, day, 12, tzinfo=UTC)
    return Entry("talk", sent_at, sender, text, external_id=f"{month}.{day}.{sender}", **columns)


def _talk() -> list[Record]:
    """A message of Ana's and an answer of Bo's in the middle of each month of a year."""
    talk: list[Record] = [Chat("talk", "Talk"), Person("talk", "ana", "Ana"), Person("talk", "bo", "Bo")]
    for month in range(1, 13):
        talk.append(_entry(month, 15, "ana", f"hello word{month} word{month} 😀 https://www.example.org/{month}"))
        talk.append(_entry(month, 16, "bo", f"word{month} again"))
    return talk


def _dsn(archive: Archive) -> str:
    return archive.statistics._gateway._dsn


def _kept(archive: Archive) -> list[tuple[object, ...]]:
    """All that is kept, without the job and the time of counting."""
    with psycopg.connect(_dsn(archive)) as connection:
        rows = connection.execute(
            "SELECT (to_jsonb(s) - 'job_id' - 'counted_at')::text FROM backscroll.month_statistics AS s ORDER BY 1"
        )
        return rows.fetchall()


async def _counts_as_anew(archive: Archive) -> None:
    await refresh(archive, TALK, ZONE)
    kept = _kept(archive)
    await refresh(archive, TALK, ZONE, is_anew=True)
    assert kept == _kept(archive)


async def test_only_months_that_changed_are_counted_again(archive: Archive) -> None:
    await store(archive, _talk())
    assert await refresh(archive, TALK, ZONE) == 12
    assert await refresh(archive, TALK, ZONE) == 0
    await store(archive, [*_talk(), _entry(5, 20, "ana", "more"), _entry(5, 21, None, "Ana left", kind=Kind.SYSTEM)])
    assert await refresh(archive, TALK, ZONE) == 1
    await store(archive, [*_talk(), _entry(9, 1, "bo", "at a border")])
    assert await refresh(archive, TALK, ZONE) == 2
    figures = (await chat_statistics(archive, TALK, ZONE)).figures
    assert (figures.messages, figures.kinds) == (27, {"text": 26, "system": 1})
    assert (figures.hosts, figures.emoji) == ({"example.org": 12}, {"😀": 12})
    assert [words[0].word for _, words in figures.keywords[:4]] == ["word1", "word2", "word3", "word4"]
    await _counts_as_anew(archive)


async def test_edits_reactions_languages_and_runs_taken_back_are_seen(archive: Archive) -> None:
    await store(archive, _talk())
    await refresh(archive, TALK, ZONE)
    changed = [
        _entry(3, 15, "ana", "now without an address", is_edited=True),
        _entry(4, 16, "bo", "word4 again", reactions=(Reacted("👍", "ana"),)),
        _entry(6, 16, "bo", "word6 again", parent="6.15.ana"),
        _entry(7, 18, "ana", "I answer that late", parent="2.15.ana"),
        _entry(7, 19, "ana", "and this before it comes", parent="7.20.bo"),
    ]
    await store(archive, [*_talk()[:3], *changed])
    assert await refresh(archive, TALK, ZONE) == 3
    figures = (await chat_statistics(archive, TALK, ZONE)).figures
    assert (figures.hosts, figures.reactions) == ({"example.org": 11}, {"👍": 1})
    await _counts_as_anew(archive)
    await store(archive, [*_talk()[:3], _entry(7, 20, "bo", "here it is")])
    await _counts_as_anew(archive)
    await set_language(archive, TALK, "de")
    assert await refresh(archive, TALK, ZONE) > 0
    await _counts_as_anew(archive)
    run, second, first = [run.id for run in await archive.import_runs.page(limit=3)]
    await undo(archive, second)
    assert await refresh(archive, TALK, ZONE) >= 3
    figures = (await chat_statistics(archive, TALK, ZONE)).figures
    assert (figures.hosts, figures.reactions) == ({"example.org": 12}, {})
    await _counts_as_anew(archive)
    await undo(archive, run)
    await _counts_as_anew(archive)
    await undo(archive, first)
    assert _kept(archive) == []


async def test_what_a_killed_program_left_is_gone_on_with(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    await store(archive, _talk())
    monkeypatch.setattr(refreshing, "STEP", 5)

    class Killed(BaseException):
        pass

    def kill(done: int, _: int) -> None:
        if done > 10:
            raise Killed

    with pytest.raises(Killed):
        await refresh_all(archive, ZONE, kill)
    (left,) = await archive.statistics_jobs.newest()
    assert (left.kind, left.state, left.completed_at) == (JobKind.ARCHIVE, JobState.RUNNING, None)
    assert 0 < left.done < left.total
    stale = await archive.statistics.stale(TALK, ZONE)
    assert 0 < len(stale) < 12
    assert await refresh_all(archive, ZONE) == 1
    (done,) = await archive.statistics_jobs.newest()
    assert (done.id, done.state, done.attempts) == (left.id, JobState.DONE, 2)
    assert done.done == done.total == sum(month.messages for month in stale)
    assert await refresh_all(archive, ZONE) == 0
    await _counts_as_anew(archive)


async def test_a_job_that_fails_or_is_cancelled_says_so(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    await store(archive, _talk())
    monkeypatch.setattr(refreshing, "STEP", 5)
    with pytest.raises(AppError) as caught:
        await refresh(archive, TALK, "Nowhere/Nothing")
    (failed,) = await archive.statistics_jobs.newest()
    assert (failed.state, failed.error) == (JobState.FAILED, caught.value.title)
    assert failed.completed_at is not None

    counting = asyncio.ensure_future(refresh(archive, TALK, ZONE, lambda _done, _total: counting.cancel()))
    with pytest.raises(asyncio.CancelledError):
        await counting
    cancelled, _ = await archive.statistics_jobs.newest()
    assert (cancelled.state, cancelled.conversation_id) == (JobState.CANCELLED, TALK)
    assert 0 < len(await archive.statistics.stale(TALK, ZONE)) < 12
    await _counts_as_anew(archive)


async def test_impossible_dates_and_large_months_are_counted_too(archive: Archive) -> None:
    years = (1, 1970, 1989, 1990, 2099, 2100, 9999)
    entries = [
        Entry("talk", datetime(y, 6, 2, tzinfo=UTC) + timedelta(seconds=i), "ana", f"w {y}", external_id=f"{y}.{i}")
        for y in years
        for i in range(3)
    ]
    await store(archive, [Chat("talk", "Talk"), Person("talk", "ana", "Ana"), *entries])
    figures = (await chat_statistics(archive, TALK, "UTC")).figures
    assert figures.messages == 3 * len(years)
    assert [day.year for day in figures.days] == list(years)
    assert _unused(archive, TALK) == 0


def _unused(archive: Archive, chat: UUID) -> int:
    """Kept rows of other chats."""
    with psycopg.connect(_dsn(archive)) as connection:
        query = "SELECT count(*) FROM backscroll.month_statistics WHERE conversation_id <> %s"
        return int(connection.execute(query, (chat,)).fetchone()[0])  # type: ignore[index]
