"""Whatever is asked of a window, in any order and at once: what it holds is a run of the conversation, in order."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person, Record
from backscroll.model.message import Cursor, Message
from backscroll.reading.window import Window
from tests.making import START, chat_id, store

_EVERYTHING = 100_000
_names = count()

minutes = st.lists(
    st.tuples(st.integers(0, 500_000), st.one_of(st.integers(1, 4), st.integers(50, 300))), min_size=1, max_size=6
)
"""When something is said (minutes after the start), and how many messages that minute has."""

steps = st.sampled_from(["older", "newer", "newest", "oldest", "around", "moment", "reload", "older+newer",
                         "older+older", "newer+around", "arrive", "arrive+reload"])  # fmt: skip
moves = st.lists(st.tuples(steps, st.floats(0, 1)), max_size=25)


def _said(name: str, moment: datetime, numbers: range) -> Iterator[Record]:
    for number in numbers:
        yield Entry(name, moment, "ana", str(number), external_id=f"m{number}")


async def _make(archive: Archive, name: str, crowd: list[tuple[int, int]]) -> list[Message]:
    records: list[Record] = [Chat(name, name), Person(name, "ana", "Ana")]
    made = 0
    for minute, many in crowd:
        records += _said(name, START + timedelta(minutes=minute), range(made, made + many))
        made += many
    await store(archive, records)
    return await archive.messages.after(chat_id(name), limit=_EVERYTHING)


async def _arrive(archive: Archive, name: str, all_of_it: list[Message]) -> list[Message]:
    made = len(all_of_it)
    later = all_of_it[-1].sent_at + timedelta(minutes=1)
    records: list[Record] = [Chat(name, name), Person(name, "ana", "Ana"), *_said(name, later, range(made, made + 7))]
    await store(archive, records)
    return await archive.messages.after(chat_id(name), limit=_EVERYTHING)


async def _move(window: Window, step: str, part: float, all_of_it: list[Message]) -> None:
    somewhere = all_of_it[int(part * (len(all_of_it) - 1))].cursor
    between = Cursor(somewhere.sent_at + timedelta(seconds=30), somewhere.id)
    held = window.messages[int(part * (len(window.messages) - 1))].cursor
    ways = {
        "older": window.older,
        "newer": window.newer,
        "newest": window.open_newest,
        "oldest": window.open_oldest,
        "around": lambda: window.open_around(somewhere),
        "moment": lambda: window.open_around(between),
        "reload": lambda: window.open_around(held),
    }
    await asyncio.gather(*(ways[name]() for name in step.split("+") if name in ways))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crowd=minutes, moves=moves, page=st.integers(2, 60))
async def test_a_window_holds_a_run_of_the_conversation_whatever_is_asked_of_it(
    archive: Archive, crowd: list[tuple[int, int]], moves: list[tuple[str, float]], page: int
) -> None:
    name = f"c{next(_names)}"
    all_of_it = await _make(archive, name, crowd)
    window = Window(archive.messages, chat_id(name), page=page, cap=page * 4)
    await window.open_newest()
    there_when_opened = len(all_of_it)
    for step, part in moves:
        if step.startswith("arrive"):
            all_of_it = await _arrive(archive, name, all_of_it)
        await _move(window, step, part, all_of_it)
        if step not in {"older", "newer", "older+older", "older+newer", "arrive"}:
            there_when_opened = len(all_of_it)
        begin = all_of_it.index(window.messages[0])
        end = begin + len(window.messages)
        assert window.messages == all_of_it[begin:end]
        assert len(window.messages) <= page * 4
        assert not window.at_start or begin == 0
        assert not window.at_end or end >= there_when_opened


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crowd=minutes, page=st.integers(2, 120))
async def test_reading_from_one_end_to_the_other_meets_every_message_once(
    archive: Archive, crowd: list[tuple[int, int]], page: int
) -> None:
    name = f"c{next(_names)}"
    all_of_it = await _make(archive, name, crowd)
    window = Window(archive.messages, chat_id(name), page=page, cap=page * 3)
    await window.open_newest()
    met = list(window.messages)
    while not window.at_start:
        shift = await window.older()
        met = window.messages[: shift.before] + met
    assert met == all_of_it
    met = list(window.messages)
    while not window.at_end:
        shift = await window.newer()
        met += window.messages[len(window.messages) - shift.after :]
    assert met[-len(all_of_it) :] == all_of_it
