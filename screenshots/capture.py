"""Draws the pictures of the README (`make pictures`), or those that are named: every screen of the real program."""

import asyncio
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import psycopg
from screenshots.drawing import DARK, LIGHT, NARROW, ROOMY, WIDE, Scene, Steps, draw, keys, settle
from screenshots.mirrored import draw_mirrored
from textual.pilot import Pilot
from textual.widgets import Input, Static

from backscroll.archive.opening import Archive, open_archive
from backscroll.archive.server.supervisor import EmbeddedServer
from backscroll.sample import loading
from backscroll.sample.loading import load_sample
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp
from backscroll.ui.live_sources import Address

EXPORTS = Path(loading.__file__).parent / "exports"
# Its dates can be read in two ways.
OLA = """03/04/2021, 18:00 - Ola: The keys are on the table
04/05/2021, 18:05 - Ana: Found them, thank you!
05/06/2021, 09:12 - Ola: See you on Saturday?
"""
# Groups whose messages are summarised.
SOURCE = """
CREATE SCHEMA desk;
CREATE TABLE desk.messages (id serial PRIMARY KEY, message_id text, group_id text, sender_id text, sender_name text,
    message_text text, timestamp timestamptz, updated_at timestamptz DEFAULT now());
CREATE TABLE desk.summaries (id serial PRIMARY KEY, group_id text, content text, generated_at timestamptz);
INSERT INTO desk.messages (message_id, group_id, sender_id, sender_name, message_text, timestamp)
SELECT 'm' || n, 'harbour@g.us', 'ana', 'Ana', 'Boat ' || n || ' is in', now() - n * interval '1 hour'
FROM generate_series(1, 240) AS n;
"""


def importing(folder: str, *presses: str) -> Steps:
    """Steps: look at a folder of the made-up home, press keys."""

    async def steps(pilot: Pilot[None], archive: Archive) -> None:
        await keys("Family", "I")(pilot, archive)
        pilot.app.screen.query_one("#path", Input).value = folder
        for key in ("enter", *presses):
            await pilot.press(key)
            await settle(pilot)
            await settle(pilot)  # an import ends with another screen

    return steps


def reviewing(reviewer: str, *presses: str) -> Steps:
    """Steps: open the list of reviews as a reviewer, press keys."""

    async def steps(pilot: Pilot[None], archive: Archive) -> None:
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        app.settings = replace(app.settings, reviewer=reviewer)
        await keys("Family", "R", *presses)(pilot, archive)

    return steps


def coding(*presses: str) -> Steps:
    """Steps: give codes in a chat, press keys."""

    async def steps(pilot: Pilot[None], archive: Archive) -> None:
        await keys("Family")(pilot, archive)
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        for key in ("2", "k", "2", "4", "k", "k", "5", *presses):
            await pilot.press(key)
            await settle(pilot)
        await app.desk.sent()
        await settle(pilot)

    return steps


def following() -> Steps:
    """Steps: follow a live source, which lies beside the archive, and show it."""

    async def steps(pilot: Pilot[None], archive: Archive) -> None:  # noqa: ARG001
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        server = EmbeddedServer(app.settings.home)
        await asyncio.to_thread(server.acquire)
        try:
            with psycopg.connect(server.dsn) as connection:
                connection.execute(SOURCE)
            source = await app.live.begin(Address(server.dsn), None, follow=True)
            await app.show_sources()
            while app.live.underway[source].is_first or not app.screen.query_one("#words", Static).visual:
                await pilot.pause(0.1)
            await pilot.pause(1.0)  # the screen looks twice a second
        finally:
            await asyncio.to_thread(server.release)

    return steps


# Drawn on an archive without chats, before the others.
WELCOME = Scene(WIDE, DARK, None, "Welcome to Backscroll")
PICTURES: dict[str, Scene] = {
    "reading": Scene(WIDE, DARK, keys("Family", "k", "k", "k"), "· 8 people · 1,926 messages"),
    "reading-light": Scene(WIDE, LIGHT, keys("Book Club", "k", "k"), "· 7 people · 637 messages"),
    "reading-narrow": Scene(NARROW, DARK, keys("Mara Lindqvist", "k"), "· 532 messages"),
    "scripts": Scene(WIDE, "nord", keys("京都散歩の会", "k", "k"), "· 6 people · 378 messages"),
    "right-to-left": Scene(WIDE, DARK, keys("رحلات الجمعة", "k", "k"), "· 6 people · 323 messages"),
    "threads": Scene(WIDE, DARK, keys("general", "T"), "Threads · general"),
    "thread": Scene(WIDE, DARK, keys("general", "T", "enter"), "beginning of the thread"),
    "message": Scene(WIDE, DARK, keys("general", "k", "i"), "Message in full"),
    "statistics": Scene(ROOMY, DARK, keys("Family", "number_sign"), "1,926 messages · Europe/Berlin"),
    "filters": Scene(WIDE, DARK, keys("Family", "h", "F"), "Filter chats"),
    "selecting": Scene(WIDE, LIGHT, keys("Family", "v", "K", "K"), "3 messages selected"),
    "search": Scene(WIDE, DARK, keys("Family", "slash", text="birthday"), "Search all chats"),
    "facets": Scene(ROOMY, LIGHT, keys("Family", "slash", "ctrl+g", text="plan"), "Facets"),
    "completion": Scene(WIDE, DARK, keys("Family", "slash", text="keys from:gr"), "Grandma Ruth"),
    "bookmarks": Scene(WIDE, DARK, keys("Family", "B"), "Bookmarks ("),
    "annotate": Scene(WIDE, DARK, keys("Family", "k", "a", text="plans for the summer"), "plans for the summer"),
    "summaries": Scene(WIDE, DARK, keys("general", "S", "ctrl+j", "home", "j", "j", "j"), "417 messages, extractive"),
    "summarise": Scene(WIDE, LIGHT, keys("Family", "S"), "Nothing leaves this machine"),
    "switcher": Scene(WIDE, DARK, keys("Family", "ctrl+k", text="bok clb"), "Go to chat"),
    "go-to-date": Scene(WIDE, DARK, keys("Family", "g", text="2022-05-01"), "Go to a date"),
    "palette": Scene(WIDE, DARK, keys("Family", "ctrl+p"), "earch for commands"),
    "help": Scene(WIDE, DARK, keys("Family", "question_mark"), "Find a chat in the list"),
    "review": Scene(
        WIDE, DARK, reviewing("cy", "enter", *"21", "enter", *"25", "enter", "4", "enter", *"d21"), "· first pass · cy"
    ),
    "agreement": Scene(WIDE, LIGHT, reviewing("Nora", "a"), "Agreement · What a customer writes"),
    "import": Scene(WIDE, DARK, keys("Family", "I"), "Import chats"),
    "import-look": Scene(WIDE, DARK, importing("exports"), "Lanternfish Slack export.zip"),
    "import-dates": Scene(WIDE, LIGHT, importing("old phone"), "Its dates can be read in two ways"),
    "import-report": Scene(WIDE, DARK, importing("exports", "ctrl+j"), "What came in"),
    # Last, because the codes stay.
    "coding": Scene(WIDE, LIGHT, coding("c"), "part of the name, or a key"),
    "codebook": Scene(WIDE, DARK, coding("C", "home", "j", "j", "j"), "Codebook · "),
    "sources": Scene(WIDE, DARK, following(), "followed: 240 new"),
}


def made_up_home(place: Path) -> Path:
    """A person's home with exports in it, for the pictures of the import screens."""
    home = place / "ana"
    shutil.copytree(EXPORTS, home / "exports")
    (home / "exports" / "shopping.csv").write_text("milk,2\nbread,1\n", "utf-8")
    (home / "old phone").mkdir()
    (home / "old phone" / "WhatsApp Chat with Ola.txt").write_text(OLA, "utf-8")
    return home


async def main(named: set[str]) -> None:
    """Draws pictures on archives that are gone afterwards: those of these names, or all."""

    def wanted(name: str) -> bool:
        return not named or name in named

    with tempfile.TemporaryDirectory() as place:
        os.environ["HOME"] = str(made_up_home(Path(place)))
        os.chdir(Path.home())
        settings = Settings(home=Path(place) / "sample", timezone="Europe/Berlin")
        if any(map(wanted, ("welcome", *PICTURES))):
            async with open_archive(settings) as archive:
                if wanted("welcome"):
                    await draw(archive, "welcome", settings, WELCOME)
                await load_sample(archive)
                for name, scene in PICTURES.items():
                    if wanted(name):
                        await draw(archive, name, settings, scene)
        await draw_mirrored(Path(place) / "live", settings, wanted)


if __name__ == "__main__":
    asyncio.run(main(set(sys.argv[1:])))
