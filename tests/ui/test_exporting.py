"""What one reads, finds and writes is exported from the palette, into a file that is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Checkbox, Input, Select

from backscroll.archive.messages import Messages
from backscroll.archive.opening import Archive
from backscroll.ui.screens.exporting import ExportScreen
from tests.making import chat, chat_id, store
from tests.ui.seen import browser, main, open_chat, press, screen_text, still


async def choose(pilot: Pilot[None], command: str) -> ExportScreen:
    """Opens the export screen as a person does: by a word typed into the palette."""
    await pilot.press("ctrl+p")
    await still(pilot)
    await pilot.press(*command)
    await still(pilot)
    await press(pilot, "enter")
    screen = pilot.app.screen
    assert isinstance(screen, ExportScreen)
    return screen


async def test_the_chat_that_is_read_is_exported_whole_or_not_at_all(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store(archive, chat("talk", map(str, range(700))))
    async with browser(archive).run_test(size=(140, 40)) as pilot:
        await open_chat(pilot, chat_id("talk"))
        screen = await choose(pilot, "export this")
        path = screen.query_one("#path", Input)
        assert path.value == "~/Talk.txt"
        screen.query_one("#format", Select).value = "markdown"
        await still(pilot)
        assert path.value == "~/Talk.md"
        path.value = str(tmp_path / "talk.md")
        await press(pilot, "enter")
        assert "700 messages written to" in screen_text(pilot)
        assert (tmp_path / "talk.md").read_text().count("**Ana**") == 350
        (tmp_path / "talk.md").write_text("mine")
        await press(pilot, "enter")
        assert "talk.md is there already" in screen_text(pilot)
        assert (tmp_path / "talk.md").read_text() == "mine"
        screen.query_one("#overwrite", Checkbox).value = True
        await press(pilot, "ctrl+j")
        assert len((tmp_path / "talk.md").read_text()) > 700
        waiting = asyncio.Event()

        async def after(*_: object, **__: object) -> AsyncIterator[object]:
            waiting.set()
            await asyncio.Event().wait()
            raise AssertionError

        monkeypatch.setattr(Messages, "after", after)
        screen.query_one("#path", Input).value = str(tmp_path / "other.txt")
        await pilot.press("enter")
        await waiting.wait()
        await pilot.press("escape")
        await still(pilot)
        assert "Cancelled. Nothing was written." in screen_text(pilot)
        assert [path.name for path in tmp_path.iterdir()] == ["talk.md"]
        monkeypatch.undo()
        await press(pilot, "escape")
        assert pilot.app.screen is main(pilot)


async def test_hits_and_notes_are_exported_too(reading: Archive, tmp_path: Path) -> None:
    async with browser(reading).run_test(size=(140, 40)) as pilot:
        await still(pilot)
        await pilot.press("slash", *"the")
        await still(pilot)
        screen = await choose(pilot, "export the hits")
        screen.query_one("#format", Select).value = "jsonl"
        screen.query_one("#path", Input).value = str(tmp_path / "hits.jsonl")
        await press(pilot, "enter")
        hits = [json.loads(line) for line in (tmp_path / "hits.jsonl").read_text().splitlines()]
        assert hits
        assert all("the" in hit["text"].lower() for hit in hits)
        await press(pilot, "escape", "escape", "escape")
        screen = await choose(pilot, "export notes")
        screen.query_one("#path", Input).value = str(tmp_path / "notes.jsonl")
        await press(pilot, "enter")
        assert "notes written to" in screen_text(pilot)
        assert json.loads((tmp_path / "notes.jsonl").read_text().splitlines()[-1])["type"] == "end"
