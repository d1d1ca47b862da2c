"""A sample has the size and the shares that were asked for, and is the same one whenever and however it is drawn."""

import itertools
from collections import Counter
from datetime import UTC
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.model.message import Message
from backscroll.model.review import Drawn, Sample, SampleKind, Stratum
from backscroll.reviewing.beginning import EVERYTHING
from backscroll.reviewing.sampling import Sampling, chat_by_chat, shares
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse

BERLIN = ZoneInfo("Europe/Berlin")


async def _draw(archive: Archive, query: str, sample: Sample) -> list[Drawn]:
    return await Sampling(archive, BERLIN).draw(parse(query, UTC) if query else EVERYTHING, sample)


async def _hits(archive: Archive, query: str) -> list[Message]:
    found = [found async for found in Finding(archive).find(parse(query, UTC), order="oldest", limit=10_000)]
    return [hit.message for hit in found[-1].hits]


async def test_all_that_a_search_finds_comes_chat_by_chat_in_reading_order(sample_archive: Archive) -> None:
    drawn = await _draw(sample_archive, "the", Sample())
    found = await _hits(sample_archive, "the")
    assert {d.place.cursor.id for d in drawn} == {m.id for m in found}
    assert [d.place for d in drawn] == chat_by_chat(d.place for d in drawn)
    chats = [d.place.conversation_id for d in drawn]
    assert len(set(chats)) > 3
    assert len([1 for a, b in itertools.pairwise(chats) if a != b]) == len(set(chats)) - 1


async def test_a_sample_by_chance_is_told_by_its_seed_alone(sample_archive: Archive) -> None:
    drawn = await _draw(sample_archive, "", Sample(SampleKind.RANDOM, 50, seed=7))
    assert len({d.place.cursor.id for d in drawn}) == 50
    assert drawn == await _draw(sample_archive, "", Sample(SampleKind.RANDOM, 50, seed=7))
    other = await _draw(sample_archive, "", Sample(SampleKind.RANDOM, 50, seed=8))
    assert len({d.place for d in drawn} & {d.place for d in other}) < 25
    longer = await _draw(sample_archive, "", Sample(SampleKind.RANDOM, 80, seed=7))
    assert longer[:50] == drawn
    found = await _hits(sample_archive, "the")
    all_of_them = await _draw(sample_archive, "the", Sample(SampleKind.RANDOM, 9_000, seed=7))
    assert {d.place.cursor.id for d in all_of_them} == {m.id for m in found}


@pytest.mark.parametrize("by", list(Stratum))
async def test_each_part_of_a_stratified_sample_has_its_share(sample_archive: Archive, by: Stratum) -> None:
    found = await _hits(sample_archive, "the")
    titles = await sample_archive.conversations.titles_of([m.conversation_id for m in found])

    def part(message: Message) -> str:
        if by is Stratum.CHAT:
            return titles[message.conversation_id]
        return message.sender or "" if by is Stratum.SENDER else f"{message.sent_at.astimezone(BERLIN):%Y-%m}"

    parts = {message.id: part(message) for message in found}
    sample = Sample(SampleKind.STRATIFIED, 60, seed=1, by=by)
    drawn = await _draw(sample_archive, "the", sample)
    wanted = {stratum: share for stratum, share in shares(Counter(parts.values()), 60).items() if share}
    assert Counter(d.stratum for d in drawn) == wanted
    assert all(parts[d.place.cursor.id] == d.stratum for d in drawn)
    assert drawn == await _draw(sample_archive, "the", sample)


async def test_what_nothing_fits_and_what_is_too_large_is_refused(sample_archive: Archive) -> None:
    for query, sample, code in (
        ("xylophonist", Sample(), "empty_review"),
        ("the", Sample(SampleKind.RANDOM, 200_000), "large_review"),
        ("the", Sample(SampleKind.STRATIFIED, 0, by=Stratum.CHAT), "large_review"),
    ):
        with pytest.raises(AppError) as caught:
            await _draw(sample_archive, query, sample)
        assert caught.value.code == code


@given(st.dictionaries(st.uuids().map(str), st.integers(1, 10**6), max_size=30), st.integers(0, 10**6))
def test_shares_are_within_one_of_their_quota_and_sum_up(counts: dict[str, int], size: int) -> None:
    found = shares(counts, size)
    total = sum(counts.values())
    assert found.keys() == counts.keys()
    assert sum(found.values()) == min(size, total)
    for stratum, share in found.items():
        assert 0 <= share <= counts[stratum]
        assert abs(share - min(size, total) * counts[stratum] / total) < 1 + 1e-6
    reordered = {stratum: counts[stratum] for stratum in sorted(counts, key=lambda name: UUID(name).int % 7)}
    assert shares(reordered, size) == found
