"""An hour of use by script, in a process of its own: `python -m tests.benchmarks.hour HOME ACTIONS` prints its figures.

Every action is waited for and checked. One line of JSON says how much memory the process holds (RSS, in bytes) after
the first page, after the last action and at most, how many actions of which kind there were, and how many messages
were held at most.
"""

import asyncio
import gc
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from backscroll.model.conversation import Conversation
from backscroll.ui.screens.search import SearchScreen
from backscroll.ui.stutter import collect_rarely
from backscroll.ui.widgets.timeline import Timeline
from tests.benchmarks.browsing import Browser, browsing
from tests.benchmarks.terminal import SIZE

_SEED: Final = 11
_EVERY: Final = 25  # actions between two looks at the memory
_SIZES: Final = (SIZE, (100, 30), (180, 50), (60, 24))
# Words of the corpus, common and rare; the benchmark fails where one finds nothing.
_QUERIES: Final = ("antiak", "golden", "antibo", "ticket", "erazeta", "solochat")


def resident() -> int:
    """Bytes that this process holds in memory."""
    if Path("/proc/self/statm").exists():
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(os.getpid())])) * 1024


class _Reader:
    """Someone who reads for an hour: scenes of several actions each, drawn by a fixed seed."""

    def __init__(self, browser: Browser, chats: list[Conversation], actions: int) -> None:
        self.browser = browser
        self.chats = chats
        self.draw = Random(_SEED)
        self.left = actions
        self.done: Counter[str] = Counter()
        self.moved = 0
        self.most = 0
        scenes: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (8, self._page),
            (3, self._walk),
            (2, self._ends),
            (3, self._go_to_date),
            (3, self._click_timeline),
            (4, self._open_chat),
            (4, self._search),
            (1, self._resize),
        ]
        self._weights, self._scenes = zip(*scenes, strict=True)

    async def read(self) -> None:
        """Until the actions are used up."""
        while self.left > 0:
            (scene,) = self.draw.choices(self._scenes, self._weights)
            await scene()
        clicks = self.done["timeline"]
        self._expect(self.moved * 2 >= clicks, f"only {self.moved} of {clicks} clicks on the timeline led elsewhere")

    async def _act(self, kind: str, *keys: str) -> None:
        """One action: some keys, and all that they set off."""
        for key in keys:
            self.browser.stage.press(key)
        await self._acted(kind)

    async def _acted(self, kind: str) -> None:
        await self.browser.stage.settled()
        if self.browser.app.screen is self.browser.main:
            self.browser.check()
        self.done[kind] += 1
        self.left -= 1
        if sum(self.done.values()) % _EVERY == 0:
            self.most = max(self.most, resident())

    def _expect(self, is_so: bool, what: str) -> None:
        if not is_so:
            raise SystemExit(f"After {sum(self.done.values())} actions: {what}.")

    # Scenes

    async def _page(self) -> None:
        key = self.draw.choice(("pageup", "pagedown"))
        for _ in range(min(self.left, self.draw.choice((5, 20, 60, 150)))):
            before = self._here()
            await self._act("page", key)
            if self._here() == before:
                stretch = self.browser.history.stretch
                self._expect(stretch.at_start if key == "pageup" else stretch.at_end, "a page led nowhere")
                break

    async def _walk(self) -> None:
        key = self.draw.choice("jk")
        for _ in range(self.draw.randrange(5, 30)):
            await self._act("message", key)

    async def _ends(self) -> None:
        history = self.browser.history
        if self.draw.random() < 0.5:
            await self._act("oldest", "home")
            self._expect(history.stretch.at_start and history.cursor_index == 0, "Home is not the beginning")
        else:
            await self._act("newest", "end")
            self._expect(history.shows_end, "End is not the end")

    async def _go_to_date(self) -> None:
        first, last = self._extent()
        day = (first + (last - first) * self.draw.random()).date()
        self.browser.stage.press("g")
        await self.browser.stage.settled()
        await self._act("date", *f"{day}", "enter")
        current = self.browser.history.current
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        self._expect(current is not None and current.sent_at >= start, "the date is not where it was asked for")

    async def _click_timeline(self) -> None:
        first, last = self._extent()
        timeline = self.browser.main.query_one(Timeline)
        if last - first < timedelta(days=60) or timeline.region.width < 60:
            return
        before = self._here()
        x = timeline.region.x + timeline.region.width * self.draw.choice((2, 3, 4, 5)) // 10
        self.browser.stage.click(x, timeline.region.y)
        await self._acted("timeline")
        self.moved += self._here() != before

    async def _open_chat(self) -> None:
        chat = self.draw.choice(self.chats)
        self.browser.stage.press("ctrl+k")
        await self.browser.stage.settled()
        await self._act("chat", *chat.title, "enter")
        opened = self.browser.main.chat
        self._expect(opened is not None and opened.title == chat.title, "another chat was opened")

    async def _search(self) -> None:
        app, stage = self.browser.app, self.browser.stage
        stage.press("/")
        await stage.settled()
        await self._act("search", *self.draw.choice(_QUERIES))
        search = app.screen
        assert isinstance(search, SearchScreen)
        self._expect(len(search.hits.items) > 0, f"nothing found by {search.asking.text}")
        for _ in range(self.draw.randrange(1, 4)):
            await self._act("hit looked at", "down", "down")
            hit = search.hits.current
            await self._act("hit opened", "enter")
            current = self.browser.history.current
            self._expect(hit is not None and current is not None and current.id == hit.message.id, "not the hit")
            for _ in range(3):
                await self._act("next hit", self.draw.choice("nN"))
            await self._act("back", "escape")
            self._expect(app.screen is search, "Esc does not lead back to the search")
        await self._act("back", "escape")
        self._expect(app.screen is self.browser.main, "Esc does not leave the search")

    async def _resize(self) -> None:
        for size in (self.draw.choice(_SIZES[1:]), SIZE):
            self.browser.stage.driver.resize(size)
            await self._acted("size")
            self._expect(tuple(self.browser.app.size) == size, "the size was not taken")

    def _here(self) -> tuple[object, int]:
        return self.browser.history.cursor_id, self.browser.history.scroll_offset.y

    def _extent(self) -> tuple[datetime, datetime]:
        chat = self.browser.main.chat
        assert chat is not None
        assert chat.first_message_at is not None
        assert chat.last_message_at is not None
        return chat.first_message_at, chat.last_message_at


async def _run(home: Path, actions: int) -> dict[str, object]:
    async with browsing(home) as browser:
        gc.collect()
        first = resident()
        chats = await browser.app.archive.conversations.page(limit=50)
        (largest,) = sorted(chats, key=lambda chat: chat.message_count)[-1:]
        browser.app.show_chat(largest.id)
        await browser.stage.settled()
        reader = _Reader(browser, chats, actions)
        await reader.read()
        gc.collect()
        return {
            "first": first,
            "after": resident(),
            "most": max(reader.most, first),
            "window": browser.largest_window,
            "actions": reader.done,
        }


if __name__ == "__main__":
    collect_rarely()  # as the program does
    print(json.dumps(asyncio.run(_run(Path(sys.argv[1]), int(sys.argv[2])))), file=sys.__stdout__)
