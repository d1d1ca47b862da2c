"""From a key to the frame that shows what it did: in the browser, and in a blank ScrollView of as many lines."""

import asyncio
import gc
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import ClassVar, Final
from uuid import UUID

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from backscroll.ui.stutter import collect_rarely
from tests.benchmarks.browsing import Browser, browsing
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.terminal import Watched, playing
from tests.benchmarks.timing import Samples

KEYS: Final = {  # the end of the chat from which one sets out, and the key
    "page up": ("end", "pageup"),
    "page down": ("home", "pagedown"),
    "one message down": ("home", "j"),
}
_LINES: Final = 2  # of the blank widget for a message
_BLOCK: Final = 20  # presses of one app before it is the other's turn
_PAUSES: Final = (0.02, 0.1)  # seconds between two presses: from a key that is held down to one that is pressed


class _Blank(ScrollView, can_focus=True):
    """Lines that cost nothing to draw."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "go(1)"),
        Binding("pagedown", "go(38)"),
        Binding("pageup", "go(-38)"),
        Binding("home", "jump(0)"),
        Binding("end", "jump(1)"),
    ]

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines

    def on_mount(self) -> None:
        self.virtual_size = Size(100, self._lines)

    def action_go(self, lines: int) -> None:
        self.scroll_relative(y=lines, animate=False, immediate=True)

    def action_jump(self, part: int) -> None:
        self.scroll_to(y=part * self._lines, animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        return Strip.blank(self.size.width)


class BlankApp(App[None]):
    """Nothing but that."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        yield _Blank(self._lines)


def measure(home: Path, size: int, presses: int) -> dict[str, tuple[Samples, Samples]]:
    """For each key the browser's samples and the blank app's, taken in turns in the corpus' largest chat."""
    return asyncio.run(_measure(home, size, presses))


async def _measure(home: Path, size: int, presses: int) -> dict[str, tuple[Samples, Samples]]:
    chat = Corpus(size).chats[0]
    blank = BlankApp(_LINES * chat.size)
    async with browsing(home) as browser, playing(blank) as stage:
        history, lines = browser.history, blank.query_one(_Blank)
        ours = Watched(browser.stage, history, lambda: (history.scroll_offset.y, history.cursor_id))
        theirs = Watched(stage, lines, lambda: lines.scroll_offset.y)
        usual = gc.get_threshold()
        gc.collect()
        collect_rarely()
        found = {name: await _in_turns(chat.id, browser, ours, theirs, keys, presses) for name, keys in KEYS.items()}
        gc.unfreeze()
        gc.set_threshold(*usual)
        return found


async def _in_turns(
    chat: UUID, browser: Browser, ours: Watched, theirs: Watched, keys: tuple[str, str], presses: int
) -> tuple[Samples, Samples]:
    start, key = keys
    browser.app.show_chat(chat)  # anew, so that nothing is held of what was read before
    await browser.stage.settled()
    for watched in (ours, theirs):
        watched.stage.press(start)
        await watched.stage.settled()
    browser.check()
    found = Samples(), Samples()
    draw, held = Random(key), browser.history.blocks.messages
    for _ in range(-(-presses // _BLOCK)):
        pauses = [draw.uniform(*_PAUSES) for _ in range(_BLOCK)]
        found[0].taken += await _press(ours, key, pauses, browser.check)
        await browser.stage.settled()
        found[1].taken += await _press(theirs, key, pauses, lambda: None)
    if browser.history.blocks.messages is held:
        raise SystemExit("No page was loaded on the way.")
    return found


async def _press(watched: Watched, key: str, pauses: list[float], check: Callable[[], None]) -> list[float]:
    taken = []
    for pause in pauses:
        taken.append(await watched.press(key))
        check()
        await asyncio.sleep(pause)
    return taken
