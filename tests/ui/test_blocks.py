"""Where the lines of messages stand, when pages come and go at both ends."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from backscroll.model.message import Cursor, Kind, Message
from backscroll.ui.widgets.blocks import Blocks, Divider, Extent, Stretch
from backscroll.ui.widgets.look import Setting

CHAT, MAX, ADA = UUID(int=1), UUID(int=2), UUID(int=3)
BEGIN = datetime(2024, 3, 12, 21, tzinfo=UTC)


def message(number: int) -> Message:
    """One of a chat over some days, in which two people speak in turns of three."""
    sent_at, sender = BEGIN + timedelta(minutes=4 * number), (MAX, ADA)[number // 3 % 2]
    return Message(
        conversation_id=CHAT,
        sent_at=sent_at,
        id=UUID(int=100 + number),
        tie=0,
        kind=Kind.TEXT,
        text=f"message {number}",
        sender_id=sender,
        sender="Max" if sender == MAX else "Ada",
        is_owner=False,
        thread_id=None,
        parent_id=None,
        quote=None,
        is_edited=False,
        is_deleted=False,
    )


MESSAGES = [message(number) for number in range(400)]


def measure(what: Message, setting: Setting) -> Extent:
    """As high as it would be drawn: its own line, those of its separators, and one more for every seventh."""
    lead = bool(setting.day) + setting.is_first + bool(setting.unread)
    return Extent(lead + 1 + (what.id.int % 7 == 0) * setting.chunks + setting.is_last, lead, int(setting.is_last))


def stretch(first: int, after: int, divider: Divider | None = None) -> Stretch:
    """A part of the chat."""
    return Stretch(MESSAGES[first:after], at_start=first == 0, at_end=after == len(MESSAGES), divider=divider)


ENDS = st.tuples(st.integers(0, 399), st.integers(1, 120)).map(lambda pair: (pair[0], min(400, sum(pair))))
DIVIDERS = st.none() | st.integers(0, 399).map(lambda number: Divider(MESSAGES[number].cursor, unread=5))


@given(st.lists(st.tuples(ENDS, DIVIDERS, st.sets(st.sampled_from(range(105, 500, 7)), max_size=3)), max_size=5))
def test_whatever_was_held_before_what_is_held_now_stands_as_if_it_were_new(
    steps: list[tuple[tuple[int, int], Divider | None, set[int]]],
) -> None:
    blocks = Blocks()
    for ends, divider, unfolded in steps:
        blocks.unfolded = {UUID(int=number): 2 for number in unfolded}
        blocks.lay_out(stretch(*ends, divider), UTC, measure)
        anew = Blocks()
        anew.unfolded = dict(blocks.unfolded)
        anew.lay_out(stretch(*ends, divider), UTC, measure)
        assert blocks.settings == anew.settings
        assert [blocks.top(i) for i in range(len(blocks.messages) + 1)] == [
            anew.top(i) for i in range(len(anew.messages) + 1)
        ]
        assert [blocks.index_of(m.id) for m in MESSAGES] == [anew.index_of(m.id) for m in MESSAGES]


def test_only_the_messages_of_a_page_that_comes_and_its_neighbour_are_measured() -> None:
    blocks, measured = Blocks(), list[Message]()

    def noting(what: Message, setting: Setting) -> Extent:
        measured.append(what)
        return measure(what, setting)

    blocks.lay_out(stretch(150, 250), UTC, noting)
    assert measured == MESSAGES[150:250]
    measured.clear()
    moved = blocks.lay_out(stretch(100, 250), UTC, noting)
    assert set(measured) <= set(MESSAGES[100:151])
    assert moved == blocks.first_line(50) - 1  # but for the line of its day
    measured.clear()
    blocks.lay_out(stretch(100, 250), UTC, noting)
    assert measured == []


def test_a_message_that_was_revised_is_measured_again_and_the_others_are_not() -> None:
    blocks, measured = Blocks(), list[Message]()
    blocks.lay_out(stretch(100, 200), UTC, measure)
    revised = structs.replace(MESSAGES[150], text="revised")
    held = Stretch([*MESSAGES[100:150], revised, *MESSAGES[151:200]], at_start=False, at_end=False)

    def noting(what: Message, setting: Setting) -> Extent:
        measured.append(what)
        return measure(what, setting)

    assert blocks.lay_out(held, UTC, noting) == 0
    assert measured == [revised]
    assert blocks.index_of(revised.id) == 50
    assert Cursor(revised.sent_at, revised.id) == blocks.messages[50].cursor
