"""Draws a screen of the real program into a picture: what a picture is, and steps that many of them share."""

import html
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from backscroll.archive.opening import Archive
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp

HERE = Path(__file__).resolve().parent
WIDE, NARROW, ROOMY = (130, 38), (72, 30), (150, 42)
# The writer links fonts on the net; a picture stands by itself.
FONT_FACE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)

Steps = Callable[[Pilot[None], Archive], Awaitable[None]]


async def settle(pilot: Pilot[None]) -> None:
    """Waits until every worker of the program is done and the screen has been drawn."""
    for _ in range(3):
        # A tree of folders keeps a worker for as long as it is shown.
        ours = [worker for worker in pilot.app.workers if worker.node is pilot.app or worker.node is pilot.app.screen]
        if ours:
            with suppress(WorkerCancelled):  # some give way to others
                await pilot.app.workers.wait_for_complete(ours)
        await pilot.wait_for_scheduled_animations()


async def typed(pilot: Pilot[None], text: str) -> None:
    """Types a text key by key."""
    for character in text:
        await pilot.press({" ": "space", ":": "colon", '"': "quotation_mark", "-": "minus"}.get(character, character))
    await settle(pilot)


async def opened(pilot: Pilot[None], archive: Archive, title: str) -> None:
    """Opens a chat."""
    app = pilot.app
    assert isinstance(app, BackscrollApp)
    app.show_chat((await archive.conversations.resolve(title)).id)
    await settle(pilot)


def keys(chat: str, *presses: str, text: str = "") -> Steps:
    """Steps: open a chat, press keys, type a text."""

    async def steps(pilot: Pilot[None], archive: Archive) -> None:
        await opened(pilot, archive, chat)
        for key in presses:
            await pilot.press(key)
            await settle(pilot)
        if text:
            await typed(pilot, text)

    return steps


class Scene(NamedTuple):
    """One picture: how large the terminal is, what leads there (None: nothing), and words that this screen shows."""

    size: tuple[int, int]
    theme: str
    steps: Steps | None
    shows: str


DARK, LIGHT = "textual-dark", "textual-light"


def words(picture: str) -> str:
    """What a picture says, a line for each piece of one colour."""
    pieces = re.findall(r"<text[^>]*>(.*?)</text>", picture, re.DOTALL)
    return html.unescape("\n".join(pieces)).replace("\xa0", " ")


async def draw(archive: Archive, name: str, settings: Settings, scene: Scene) -> None:
    """Draws one picture into the directory of this file; refuses one that shows another screen."""
    app = BackscrollApp(archive, replace(settings, theme=scene.theme))
    async with app.run_test(size=scene.size) as pilot:
        await settle(pilot)
        if scene.steps:
            await scene.steps(pilot, archive)
        picture = app.export_screenshot(title="Backscroll")
    if scene.shows not in words(picture):
        raise SystemExit(f"{name} does not show {scene.shows!r}")
    (HERE / f"{name}.svg").write_text(FONT_FACE.sub("", picture), "utf-8")
    print(f"{name}.svg")
