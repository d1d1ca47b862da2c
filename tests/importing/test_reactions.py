"""Reactions: people by name, numbers without names, and both in one archive."""

from hypothesis import given
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.importing.reactions import reactions
from backscroll.importing.records import Chat, Entry, Person, Reacted
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from tests.making import START, chat_id, store


def test_a_count_is_told_where_it_is_more_than_the_names():
    found = reactions([("👍", ["a", "b", "a"], 2), ("🎉", ["a"], 3), ("❤️", [], 4), ("👎", [], None), ("", ["a"], 9)])
    assert found == (
        Reacted("👍", "a"), Reacted("👍", "b"), Reacted("🎉", "a"), Reacted("🎉", None, 3), Reacted("❤️", None, 4),
    )  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("ab"), st.lists(st.sampled_from("xyz")),
                          st.none() | st.integers() | st.booleans() | st.text(max_size=2))))  # fmt: skip
def test_each_person_and_each_count_is_told_once(left):
    found = reactions(left)
    assert len({(one.emoji, one.person) for one in found}) == len(found)
    assert all((one.person is None) == (one.count is not None) for one in found)


def message(name: str, *left: Reacted, chat: str = "c") -> Entry:
    return Entry(chat, START, "ana", "hi", external_id=name, reactions=left)


async def test_what_is_only_counted_is_found_and_stands_once(archive: Archive):
    people = [Chat("c", "C"), Person("c", "ana", "Ana")]
    twice = message("1", Reacted("👍", None, 2), Reacted("👍", None, 5), Reacted("👍", "ana"), Reacted("👍", "ana"))
    await store(archive, [*people, twice, message("2")])
    first, second = await archive.messages.before(chat_id("c"), limit=5)
    assert [(r.emoji, r.count, r.senders) for r in first.reactions] == [("👍", 5, ("Ana",))]
    assert second.reactions == ()
    await store(archive, [*people, message("1", Reacted("👍", None, 4), Reacted("🎉", None, 2))])
    (first, _) = await archive.messages.before(chat_id("c"), limit=5)
    assert [(r.emoji, r.count) for r in first.reactions] == [("👍", 5), ("🎉", 2)]
    found = [one async for one in Finding(archive).find(parse("has:reaction"))][-1]
    assert [hit.message.id for hit in found.hits] == [first.id]
