"""A message's links and files are opened by a click or by `o`, and chosen from a list where there are several."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.message import Attachment, Kind
from backscroll.ui.screens.opener import OpenerScreen
from tests.making import START, chat_id, store
from tests.ui.seen import browser, open_chat, press, still
from tests.ui.test_opening import desktop  # noqa: F401  (a fixture)
from tests.ui.test_text_selection import _place

TWO = "https://a.org https://b.org"
LONG = "https://example.org/" + "a-long-way/" * 12 + "end"


@pytest.fixture
async def leading(reading: Archive, tmp_path: Path) -> Archive:
    """A chat whose messages lead somewhere."""
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"\xff\xd8")
    files = (
        Attachment("a.jpg", None, None, None, str(picture)),
        Attachment("[b]x[/b].sh", None, None, None, "media/x.sh"),
    )
    await store(
        reading,
        [
            Chat("leading", "Leading"),
            Person("leading", "Ana", "Ana"),
            Entry("leading", START, "Ana", "see https://one.example.org/x, now", external_id="1"),
            Entry("leading", START, "Ana", f"long {LONG} end", external_id="2"),
            Entry(
                "leading", START, "Ana", "https://a.org https://b.org", Kind.IMAGE, external_id="3", attachments=files
            ),
            Entry("leading", START, "Ana", "nothing javascript:alert(1)", external_id="4"),
        ],
    )
    return reading


def said(pilot: Pilot[None]) -> str:
    return "\n".join(toast.message for toast in pilot.app._notifications)


async def test_a_click_on_a_link_opens_exactly_what_is_shown(leading: Archive, desktop: Callable[[], str]) -> None:  # noqa: F811
    async with browser(leading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("leading"))
        await pilot.click(history, offset=_place(history, "one.example.org"))
        await still(pilot)
        assert desktop() == "1|https://one.example.org/x"
        assert history.current is not None
        assert history.current.text.startswith("see"), "the cursor goes along"
        x, y = _place(history, "a-long-way/end")
        await pilot.click(history, offset=(x, y))
        await still(pilot)
        assert desktop() == f"1|{LONG}", "also where the link is wrapped"


async def test_a_click_beside_a_link_opens_nothing(leading: Archive, desktop: Callable[[], str]) -> None:  # noqa: F811
    async with browser(leading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("leading"))
        for word in (", now", "see", "javascript"):
            await pilot.click(history, offset=_place(history, word))
            await still(pilot)
        assert desktop() == ""


async def test_o_opens_the_only_link(leading: Archive, desktop: Callable[[], str]) -> None:  # noqa: F811
    async with browser(leading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("leading"))
        history.put_cursor(0)
        await press(pilot, "o")
        assert desktop() == "1|https://one.example.org/x"
        history.put_cursor(3)
        await press(pilot, "o")
        assert "no links and no files" in said(pilot)


async def test_several_are_chosen_from_a_list(
    leading: Archive,
    desktop: Callable[[], str],  # noqa: F811
    tmp_path: Path,
) -> None:
    async with browser(leading).run_test(size=(120, 40)) as pilot:
        history = await open_chat(pilot, chat_id("leading"))
        history.put_cursor(2)
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, OpenerScreen)
        shown = [str(option.prompt) for option in pilot.app.screen.query_one(OptionList).options]
        assert shown == ["https://a.org", "https://b.org", "📷 a.jpg", "📷 [b]x[/b].sh"]
        await press(pilot, "j", "y")
        assert pilot.app.clipboard == "https://b.org"
        await press(pilot, "j", "y")
        assert pilot.app.clipboard == str(tmp_path / "a.jpg")
        await press(pilot, "enter")
        assert desktop() == f"1|{(tmp_path / 'a.jpg').resolve()}"
        await press(pilot, "o", "k", "enter")
        assert "should lie at media/x.sh in the export" in said(pilot)
        await press(pilot, "o", "escape")
        assert not isinstance(pilot.app.screen, OpenerScreen)
