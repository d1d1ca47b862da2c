"""Draws the pictures of the README (`make pictures`): every screen of the real program, on the sample archive."""

import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from backscroll.archive.opening import Archive, open_archive
from backscroll.model.code_writes import ChangeCode, MakeCode
from backscroll.model.ids import new_id
from backscroll.model.review import Decision, DecisionState, Pass, Sample, SampleKind, Stratum
from backscroll.model.writes import ReviewDecide, Write
from backscroll.reviewing.beginning import Plan, begin
from backscroll.sample import loading
from backscroll.sample.loading import load_sample
from backscroll.searching.language import parse
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp

HERE = Path(__file__).resolve().parent
WIDE, NARROW, ROOMY = (130, 38), (72, 30), (150, 42)
EXPORTS = Path(loading.__file__).parent / "exports"
# Its dates can be read in two ways.
OLA = """03/04/2021, 18:00 - Ola: The keys are on the table
04/05/2021, 18:05 - Ana: Found them, thank you!
05/06/2021, 09:12 - Ola: See you on Saturday?
"""
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


async def reviewed(archive: Archive) -> None:
    """Two reviewers code a few messages with a codebook of their own, and one of them nearly all."""
    codes = [
        MakeCode(new_id(), "Plan", colour="#3b82f6", key="p", description="Somebody says what is to be done, or when"),
        MakeCode(new_id(), "Question", colour="#eab308", description="An answer is wanted"),
        MakeCode(new_id(), "Thanks", colour="#22c55e", key="t", description="For something that was done"),
        MakeCode(new_id(), "Worry", colour="#ef4444", description="Something may go wrong"),
    ]
    codes.append(MakeCode(new_id(), "Money", parent=codes[3].code, colour="#f97316", description="It may cost more"))
    for made in codes:
        await archive.writes.apply(Write(new_id(), made, datetime.now(UTC)))
    sample = Sample(SampleKind.STRATIFIED, 60, seed=3, by=Stratum.CHAT)
    query = parse("plan OR when OR thanks OR keys", UTC)
    review = await begin(archive, Plan("Planning and thanks", query, sample), UTC)
    chance = Random(5)
    for author, until in (("ana", 60), ("bo", 60), ("cy", 23)):
        for position in range(until):
            code = codes[position % 5] if chance.random() < 0.85 else chance.choice(codes)
            made_at = datetime.now(UTC)
            remark = "is this one?" if position == 7 else ""
            decision = Decision(
                position, author, Pass.ALONE, (code.code,), DecisionState.CODED, made_at, bool(remark), remark, 6.0
            )
            await archive.writes.apply(Write(new_id(), ReviewDecide(review.id, decision), made_at))


def reviewing(reviewer: str, *presses: str) -> Steps:
    """Steps: open the list of reviews as a reviewer, press keys."""

    async def steps(pilot: Pilot[None], archive: Archive) -> None:
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        app.settings = replace(app.settings, reviewer=reviewer)
        if not await archive.reviews.all():
            await reviewed(archive)
        await keys("Family", "R", *presses)(pilot, archive)

    return steps


async def keyed(archive: Archive) -> None:
    """A codebook whose codes have digits for keys, where they had none."""
    if not await archive.reviews.all():
        await reviewed(archive)
    codes = enumerate((code for _, code in (await archive.codes.book()).walk()), 1)
    await archive.codes.take([ChangeCode(code.id, {"key": ""}, {"key": str(n)}) for n, code in codes if not code.key])


def coding(*presses: str) -> Steps:
    """Steps: give codes in a chat, press keys."""

    async def steps(pilot: Pilot[None], archive: Archive) -> None:
        await keyed(archive)
        await keys("Family")(pilot, archive)
        app = pilot.app
        assert isinstance(app, BackscrollApp)
        app.take_codebook(await archive.codes.book())
        for key in ("2", "k", "2", "4", "k", "k", "5", *presses):
            await pilot.press(key)
            await settle(pilot)
        await app.desk.sent()
        await settle(pilot)

    return steps


PICTURES: dict[str, tuple[tuple[int, int], str, Steps]] = {
    "reading": (WIDE, "textual-dark", keys("Family", "k", "k", "k")),
    "reading-light": (WIDE, "textual-light", keys("Book Club", "k", "k")),
    "reading-narrow": (NARROW, "textual-dark", keys("Mara Lindqvist", "k")),
    "scripts": (WIDE, "nord", keys("京都散歩の会", "k", "k")),
    "right-to-left": (WIDE, "textual-dark", keys("رحلات الجمعة", "k", "k")),
    "threads": (WIDE, "textual-dark", keys("general", "T")),
    "thread": (WIDE, "textual-dark", keys("general", "T", "enter")),
    "message": (WIDE, "textual-dark", keys("general", "k", "i")),
    "filters": (WIDE, "textual-dark", keys("Family", "h", "F")),
    "selecting": (WIDE, "textual-light", keys("Family", "v", "K", "K")),
    "search": (WIDE, "textual-dark", keys("Family", "slash", text="birthday")),
    "facets": (ROOMY, "textual-light", keys("Family", "slash", "ctrl+g", text="plan")),
    "completion": (WIDE, "textual-dark", keys("Family", "slash", text="keys from:gr")),
    "bookmarks": (WIDE, "textual-dark", keys("Family", "B")),
    "annotate": (WIDE, "textual-dark", keys("Family", "k", "a", text="plans for the summer")),
    "switcher": (WIDE, "textual-dark", keys("Family", "ctrl+k", text="bok clb")),
    "go-to-date": (WIDE, "textual-dark", keys("Family", "g", text="2022-05-01")),
    "palette": (WIDE, "textual-dark", keys("Family", "ctrl+p")),
    "help": (WIDE, "textual-dark", keys("Family", "question_mark")),
    "review": (WIDE, "textual-dark", reviewing("cy", "enter", "t", "1", "enter", "d", "2")),
    "agreement": (WIDE, "textual-light", reviewing("ana", "a")),
    "import": (WIDE, "textual-dark", keys("Family", "I")),
    "import-look": (WIDE, "textual-dark", importing("exports")),
    "import-dates": (WIDE, "textual-light", importing("old phone")),
    "import-report": (WIDE, "textual-dark", importing("exports", "ctrl+j")),
    # Last, because the codes stay.
    "coding": (WIDE, "textual-light", coding("c")),
    "codebook": (WIDE, "textual-dark", coding("C", "home", "j", "j", "j")),
}


async def draw(archive: Archive, name: str, settings: Settings, size: tuple[int, int], steps: Steps | None) -> None:
    """Draws one picture into the directory of this file."""
    app = BackscrollApp(archive, settings)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        if steps:
            await steps(pilot, archive)
        picture = app.export_screenshot(title="Backscroll")
    (HERE / f"{name}.svg").write_text(FONT_FACE.sub("", picture), "utf-8")
    print(f"{name}.svg")


def made_up_home(place: Path) -> Path:
    """A person's home with exports in it, for the pictures of the import screens."""
    home = place / "ana"
    shutil.copytree(EXPORTS, home / "exports")
    (home / "exports" / "shopping.csv").write_text("milk,2\nbread,1\n", "utf-8")
    (home / "old phone").mkdir()
    (home / "old phone" / "WhatsApp Chat with Ola.txt").write_text(OLA, "utf-8")
    return home


async def main() -> None:
    """Draws all pictures on an archive that is gone afterwards."""
    with tempfile.TemporaryDirectory() as place:
        os.environ["HOME"] = str(made_up_home(Path(place)))
        os.chdir(Path.home())
        settings = Settings(home=Path(place) / "sample", timezone="Europe/Berlin")
        async with open_archive(settings) as archive:
            await draw(archive, "welcome", settings, WIDE, None)
            await load_sample(archive)
            for name, (size, theme, steps) in PICTURES.items():
                await draw(archive, name, replace(settings, theme=theme), size, steps)


if __name__ == "__main__":
    asyncio.run(main())
