"""Summaries beside the chat: made by a key, read sentence by sentence, each leading to its message, and made anew."""

import asyncio
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, Checkbox, Select, Static

from backscroll.archive.opening import Archive
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.summary import Method, Scope, Stretch, Summary
from backscroll.settings import Settings
from backscroll.summarising import extracting
from backscroll.summarising.extracting import extract
from backscroll.summarising.stretches import each
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.summarise import SummariseScreen
from backscroll.ui.widgets.summary_sheet import SummarySheet
from tests.making import START, chat_id, store
from tests.summarising.service import Says, Silent, serving
from tests.ui.seen import browser, main, open_chat, press, screen_text, still

FAMILY = chat_id("family")


async def test_a_summary_leads_to_its_messages_says_what_came_since_and_is_made_anew(reading: Archive) -> None:
    async with browser(reading).run_test(size=(130, 40)) as pilot:
        history = await open_chat(pilot, FAMILY)
        await press(pilot, "S")
        screen = pilot.app.screen
        assert isinstance(screen, SummariseScreen)
        asked = [(wish.stretch.scope, wish.by) for _, wish in screen._offers]
        many = [(Scope.CHAT, by) for by in (Scope.DAY, Scope.WEEK, Scope.UNREAD)]
        assert asked == [(Scope.CHAT, None), (Scope.DAY, None), (Scope.WEEK, None), *many]
        await press(pilot, "ctrl+j")
        (made,) = await reading.summaries.of_chat(FAMILY)
        assert (made.stretch, made.method) == (Stretch(FAMILY), Method.EXTRACTIVE)
        assert isinstance(pilot.app.focused, SummarySheet)
        assert "The whole chat" in screen_text(pilot)
        await press(pilot, "home", "enter")
        assert history.current is not None
        assert history.current.cursor == made.links[0].cursor
        assert main(pilot).panes.active == "reading"
        late = Entry("family", START + timedelta(days=500), "Bo", "one more thing that nobody knew", external_id="late")
        await store(reading, [Chat("family", "Family"), Person("family", "Bo", "Bo"), late])
        await press(pilot, "f5", "l")
        assert "1 message came since" in " ".join(screen_text(pilot).split())
        await press(pilot, "r")
        assert "came since" not in screen_text(pilot)
        (made,) = await reading.summaries.of_chat(FAMILY)
        assert made.newest is not None
        assert made.newest.sent_at == late.sent_at
        await press(pilot, "D")
        assert await reading.summaries.of_chat(FAMILY) == []
        assert "none yet" in screen_text(pilot)


async def test_a_language_model_is_asked_once_one_has_read_what_it_gets(reading: Archive, tmp_path: Path) -> None:
    async with serving(
        Says("P1 looked for keys [2]. They were under the plant [3].", usage=(50, 9)), Silent("P2 was [3] in")
    ) as service:
        address = service.endpoint().address
        settings = Settings(
            timezone="UTC", refresh=0, home=tmp_path, model_url=address, model="m-1", model_key="secret"
        )
        async with BackscrollApp(reading, settings).run_test(size=(130, 40), notifications=True) as pilot:
            history = await open_chat(pilot, FAMILY)
            await press(pilot, "S")
            screen = pilot.app.screen
            screen.query_one("#how", Select).value = Method.MODEL
            screen.query_one(Checkbox).value = True
            await still(pilot)
            words = str(screen.query_one("#words", Static).content)
            assert "12 messages go to 127.0.0.1" in words
            assert "are masked" in words
            assert service.asked == []
            await press(pilot, "ctrl+j")
            (made,) = await reading.summaries.of_chat(FAMILY)
            assert made.cost is not None
            assert (made.model, made.is_masked, made.cost.tokens_in) == ("m-1", True, 50)
            assert "Bo: " not in service.asked[0]["messages"][1]["content"]
            await press(pilot, "end", "enter")
            assert history.current is not None
            assert history.current.text.startswith("under the plant")
            await press(pilot, "l", "home", "r")
            pilot.app.screen.query_one("#make", Button).press()
            await service.waiting.wait()
            while "was in" not in screen_text(pilot):  # what is being written shows as it comes
                await pilot.pause()
            await press(pilot, "escape")
            assert "Stopped" in screen_text(pilot)
            assert await reading.summaries.of_chat(FAMILY) == [made], "what was stopped leaves what was there"


async def test_each_week_and_what_is_unread_anywhere_are_summarised_and_stopping_keeps_what_is_made(
    reading: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = chat_id("long")
    async with browser(reading).run_test(size=(130, 40), notifications=True) as pilot:
        await open_chat(pilot, long)
        third, going_on = asyncio.Event(), asyncio.Event()
        made: list[Stretch] = []

        async def slowly(archive: Archive, stretch: Stretch, *rest: Any) -> Summary | None:
            made.append(stretch)
            if len(made) == 3:
                third.set()
                await going_on.wait()
            return await extract(archive, stretch, *rest)

        monkeypatch.setattr(extracting, "extract", slowly)
        await press(pilot, "S")
        screen = pilot.app.screen
        assert isinstance(screen, SummariseScreen)
        screen.query_one("#what", Select).value = [name for name, _ in screen._offers].index("Each week of this chat")
        await pilot.press("ctrl+j")
        await third.wait()
        assert "3 of " in screen_text(pilot)
        await press(pilot, "escape")
        assert "2 that were made are kept" in screen_text(pilot)
        assert {one.stretch for one in await reading.summaries.of_chat(long)} == set(made[:2])
        going_on.set()

        await press(pilot, "ctrl+p", "paste:summarise each week", "down", "enter")
        weeks = await each(reading, long, Scope.WEEK, UTC)
        assert "2 were there already" in screen_text(pilot)
        kept = await reading.summaries.of_chat(long)
        assert {one.stretch for one in kept} <= set(weeks)
        assert sum(one.message_count for one in kept) == 730
        assert made[3:] == made[2:3] + [stretch for stretch in weeks if stretch not in made[:3]]

        await reading.conversations.mark_read(long)
        await press(pilot, "ctrl+p", "paste:summarise what is unread in each chat", "down", "enter")
        (one,) = [found for found in await reading.summaries.of_chat(FAMILY) if found.stretch.scope is Scope.UNREAD]
        assert one.message_count == 14
        assert not [found for found in await reading.summaries.of_chat(long) if found.stretch.scope is Scope.UNREAD]
