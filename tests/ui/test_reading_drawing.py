"""How messages look: what hangs on them is visible, every script lines up, and foreign text does nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from rich.cells import cell_len
from textual.style import Style

from backscroll.archive.opening import Archive
from backscroll.model.message import Attachment, Cursor, Kind, Message, Quote, Reaction
from backscroll.searching.language import parse
from backscroll.text import safe
from backscroll.ui.app import BackscrollApp
from backscroll.ui.widgets.look import STYLE_NAMES, Look, Setting, Styles
from backscroll.ui.widgets.message_lines import draw
from tests.making import chat_id
from tests.ui.reading_archive import HOSTILE
from tests.ui.seen import browser, open_chat, press, screen_text, still

NOON = datetime(2024, 3, 12, 12, 0, tzinfo=UTC)
MESSAGE = Message(
    UUID(int=1), NOON, UUID(int=2), 0, Kind.TEXT, "hello", UUID(int=3), "Ana", False, None, None, None, False, False
)
PLAIN = Setting()
LOOK = Look(60, 8, True, UTC, None, Styles(*(Style() for _ in STYLE_NAMES)))


def lines(message: Message, setting: Setting = PLAIN, look: Look = LOOK) -> list[str]:
    return [line.plain for line in draw(message, setting, look).lines]


async def test_replies_reactions_files_and_marks_are_visible(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        await open_chat(pilot, chat_id("family"))
        seen = screen_text(pilot)
    assert "Sun 1 Sep 2024" in seen
    assert "Ana created the group" in seen
    assert "┌ Ana: Has anyone seen the keys?" in seen
    assert "└ under the plant, as ever  👍 2" in seen
    assert "📷 IMG-0042.jpg · 2.4 MB" in seen
    assert "📎 minutes.pdf · 98 KB" in seen
    assert "message deleted" in seen
    assert "(edited)" in seen
    assert "beginning of the chat" in seen
    assert "end of the chat" in seen


async def test_hostile_text_never_reaches_the_screen_raw(reading: Archive, tmp_path: object) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        for name in ("family", "hostile"):
            await open_chat(pilot, chat_id(name))
            await press(pilot, "k", "j")
            seen = screen_text(pilot)
            assert "[@click=app.quit]free[/] [/red]" in seen, "markup is shown as it was written"
            assert not set(seen) & set("\x1b\x07\x9b\u202e")
        await pilot.click(offset=(60, 20))
        assert pilot.app.is_running


async def test_the_clipboard_gets_clean_text(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        await open_chat(pilot, chat_id("family"))
        await press(pilot, "k", "y")
        assert pilot.app.clipboard == f"Ana · Sun 1 Sep 2024 22:14:00\n{safe(HOSTILE)}"


async def test_the_words_of_a_search_are_lit_and_n_goes_from_hit_to_hit(reading: Archive) -> None:
    async with browser(reading).run_test(size=(120, 50)) as pilot:
        await still(pilot)
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        newest = (await reading.messages.before(chat_id("family"), limit=1))[0]
        app.show_place(_place(newest), parse("keys"))
        await still(pilot)
        history = app._main.history
        index = next(i for i, m in enumerate(history.blocks.messages) if "keys" in m.text)
        history.put_cursor(0)
        await press(pilot, "n")
        assert history.cursor_index == index
        hit = history.get_visual_style("history--hit", partial=True)
        assert any(
            "keys" in line.plain[start:end]
            for line in draw(
                history.blocks.messages[index],
                Setting(),
                replace(LOOK, query=parse("keys"), styles=Styles(*[hit] * len(STYLE_NAMES))),
            ).lines
            for start, end, style in line.content.spans
            if style == hit
        )
        await press(pilot, "n")
        assert history.cursor_index == index, "the only hit is here"


def _place(message: Message):
    from backscroll.model.conversation import Place

    return Place(message.conversation_id, message.cursor)


def test_a_bookmark_and_annotations_show_at_the_end_of_the_first_line() -> None:
    drawn = lines(structs.replace(MESSAGE, is_bookmarked=True, annotation_count=2))
    assert drawn[0].rstrip().endswith("★ ✎2")
    assert cell_len(drawn[0]) <= LOOK.width


def test_a_sender_who_goes_on_is_not_named_again() -> None:
    assert "Ana" in lines(MESSAGE)[0]
    assert "Ana" not in lines(MESSAGE, Setting(repeats_name=True))[0]


def test_a_message_of_a_megabyte_is_folded_and_unfolds_bit_by_bit() -> None:
    long = structs.replace(MESSAGE, text="x" * 1_000_000)
    folded, more = lines(long), lines(long, Setting(chunks=2))
    assert "show more" in folded[-1]
    assert len(folded) < 700
    assert 1.9 * len(folded) < len(more) < 2.1 * len(folded)
    many = lines(structs.replace(MESSAGE, text="x\n" * 5000))
    assert "show more" in many[-1]
    assert len(many) < 400


async def test_enter_unfolds_a_long_message(reading: Archive) -> None:
    from tests.making import chat, store

    await store(reading, chat("huge", ["y" * 30_000]))
    async with browser(reading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("huge"))
        before = history.blocks.height
        await press(pilot, "enter")
        assert history.blocks.height > before
        assert "show more" not in lines(history.blocks.messages[0], history.blocks.settings[0])[-1]


@pytest.mark.parametrize(
    "text",
    [
        "東京駅で会いましょう。" * 9,
        "👩‍👩‍👧‍👦 🇵🇹 👍🏽 " * 12,
        "e\u0301a\u0308" * 60,
        "مرحبا كيف حالك " * 12,
        "ไม่มีช่องว่าง" * 10,
        "w" * 300,
    ],
)
@pytest.mark.parametrize("width", [24, 43, 60, 118])
def test_every_script_stays_within_the_width(text: str, width: int) -> None:
    look = replace(LOOK, width=width)
    for message in (
        structs.replace(MESSAGE, text=text, sender=text),
        structs.replace(MESSAGE, text=text, kind=Kind.SYSTEM),
        structs.replace(
            MESSAGE,
            text="",
            attachments=(Attachment(text, None, 5, None, None),),
            reactions=(Reaction(text[:9], ("Bo",)),),
        ),
        structs.replace(
            MESSAGE, quote=Quote(Cursor(NOON, UUID(int=9)), text, text), is_bookmarked=True, annotation_count=12
        ),
    ):
        for line in lines(message, Setting(day="Tue 12 Mar 2024", is_first=True, is_last=True, unread=5), look):
            assert cell_len(line) <= width


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=400), sender=st.text(max_size=40), width=st.integers(24, 100))
def test_no_text_whatever_breaks_the_width_or_gets_through_uncleaned(text: str, sender: str, width: int) -> None:
    message = structs.replace(
        MESSAGE, text=text, sender=sender, quote=Quote(Cursor(NOON, UUID(int=9)), sender, text[:200])
    )
    for line in lines(message, look=replace(LOOK, width=width)):
        assert cell_len(line) <= width
        assert safe(line) == line
        assert "\n" not in line
