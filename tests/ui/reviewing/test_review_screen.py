"""A reviewer codes by keys alone, leaves and comes again, and sees the others' codes when it is time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from backscroll.archive.opening import Archive
from backscroll.importing.undoing import undo
from backscroll.model.code_writes import MakeCode
from backscroll.model.ids import new_id
from backscroll.model.review import Decision, DecisionState, Pass, Review, Sample, SampleKind
from backscroll.model.writes import AnnotationWrite, ReviewDecide, Write
from backscroll.reviewing.beginning import EVERYTHING, Plan, begin
from backscroll.settings import Settings
from backscroll.ui.app import BackscrollApp
from backscroll.ui.screens.agreement import AgreementScreen
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.review import ReviewScreen
from backscroll.ui.widgets.around import Around
from backscroll.writing.noting import new_annotation
from tests.making import chat, store
from tests.ui.seen import press, screen_text, still

THEME, JOKE, PLAN = new_id(), new_id(), new_id()
WHEN = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture
async def review(archive: Archive) -> Review:
    """Fifty of seventy messages, and three codes: one with a key of its own, one whose key means something else."""
    await store(archive, chat("talk", [f"line {n} [b]of[/b] it" for n in range(70)]))
    codes = [MakeCode(THEME, "Theme", key="t"), MakeCode(JOKE, "Joke", parent=THEME, key="s"), MakeCode(PLAN, "Plan")]
    for made in codes:
        await archive.writes.apply(Write(new_id(), made, WHEN))
    return await begin(archive, Plan("First look", EVERYTHING, Sample(SampleKind.RANDOM, 50, seed=4)), UTC)


def browser(archive: Archive, reviewer: str) -> BackscrollApp:
    return BackscrollApp(archive, Settings(timezone="UTC", refresh=0, reviewer=reviewer))


def screen(pilot: Pilot[None]) -> ReviewScreen:
    assert isinstance(pilot.app.screen, ReviewScreen)
    return pilot.app.screen


async def code(pilot: Pilot[None], *keys: str) -> None:
    """Presses keys and then Enter as fast as the next message comes, which is there before it is wanted."""
    for key in (*keys, "enter"):
        pilot.app.simulate_key(key)
    await pilot.pause()
    for _ in range(200):
        sitting = screen(pilot).sitting
        if sitting is None or sitting.queue.position is None or screen(pilot).in_hand:
            break
        await pilot.pause()


async def decide(archive: Archive, review: Review, author: str, *given: tuple[object, ...]) -> None:
    for position, codes in enumerate(given):
        made = Decision(position, author, Pass.ALONE, codes, DecisionState.CODED, WHEN + timedelta(minutes=position))
        await archive.writes.apply(Write(new_id(), ReviewDecide(review.id, made), WHEN))


async def test_fifty_messages_are_coded_by_keys_alone_with_a_break(archive: Archive, review: Review) -> None:
    async with browser(archive, "ana").run_test(size=(100, 30)) as pilot:
        await press(pilot, "R", "enter")
        assert "1 of 50, 0 done" in screen_text(pilot)
        assert "[b]of[/b] it" in screen_text(pilot)
        await code(pilot, "t", "2", "t", "1", "t")
        await pilot.press("f", "r", *"odd", "enter")
        await code(pilot)
        await press(pilot, "s")
        assert "4 of 50, 3 done" in screen_text(pilot)
        await pilot.press("p", "p", "p")
        await press(pilot, "t", "enter")  # the first one again
        assert "4 of 50, 3 done" in screen_text(pilot)
        for n in range(20):
            await code(pilot, "2" if n % 2 else "t")
        await still(pilot)
        await pilot.app.desk.stop()  # as where the server is away
        await pilot.press("1", "enter")
        screen(pilot)._tell_waiting()
        await pilot.pause()
        assert "1 waiting" in screen_text(pilot)
        await pilot.press("escape", "escape")
        assert isinstance(pilot.app.screen, MainScreen)
    first = await archive.reviews.decisions(review.id)
    assert [d.position for d in first] == list(range(23))
    assert [d.codes for d in first[:4]] == [(PLAN, JOKE), (), (), (THEME,)]
    assert [(d.is_coded, d.is_flagged, d.remark) for d in first[1:3]] == [(True, True, "odd"), (False, False, "")]
    async with browser(archive, "ana").run_test(size=(100, 30)) as pilot:
        await press(pilot, "R", "enter")
        assert "25 of 50, 24 done" in screen_text(pilot)
        for _ in range(25):
            await code(pilot)
        await press(pilot, "enter")
        assert "Every message is decided" in screen_text(pilot)
        await press(pilot, "enter", "t")
        assert "Reviewers do not differ on any message" in screen_text(pilot)
    decisions = await archive.reviews.decisions(review.id)
    assert [d.position for d in decisions] == list(range(50))
    assert decisions[:23] == first


async def test_a_code_shows_at_once_and_one_looks_about_without_losing_the_message(
    archive: Archive, review: Review
) -> None:
    async with browser(archive, "ana").run_test(size=(100, 30)) as pilot:
        await press(pilot, "R", "enter")
        around = pilot.app.screen.query_one(Around)
        before = (around.cursor_id, len(around.blocks.messages))
        assert "☐ ■ Theme/Joke" in screen_text(pilot)
        await press(pilot, "1")
        assert "▣ ■ Theme/Joke" in screen_text(pilot)
        await press(pilot, "z", "pageup", "pageup")
        assert around.cursor_id == before[0]
        assert len(around.blocks.messages) > before[1]
        assert "▣ ■ Theme/Joke" in screen_text(pilot)
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, MainScreen)
        await press(pilot, "escape")
        assert screen(pilot).in_hand is not None


async def test_others_codes_stand_beside_ones_own_in_the_second_pass_and_are_settled(
    archive: Archive, review: Review
) -> None:
    await decide(archive, review, "bo", *[(THEME,)] * 50)
    await decide(archive, review, "ana", *[(THEME,)] * 48)
    for item in await archive.reviews.items(review.id, [48, 49]):
        (message,) = await archive.messages.at([item.place])
        note = new_annotation(message, "Talk", "It is a joke")
        await archive.writes.apply(Write(new_id(), AnnotationWrite(note), WHEN))
    async with browser(archive, "ana").run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "R", "s")
        assert "The first pass is not finished: 2 left" in screen_text(pilot)
        await press(pilot, "enter")
        assert "✎" not in screen_text(pilot)  # nor that somebody wrote about the message
        assert "bo" not in screen_text(pilot)
        await code(pilot, "t", "2")
        await code(pilot, "1")
        await press(pilot, "enter")
        shown = screen_text(pilot)
        assert "second pass · ana" in shown
        assert "1 of 2, 0 done" in shown
        assert "✎" in shown
        assert "  ana   bo" in shown
        await press(pilot, "2", "enter", "enter")
    async with browser(archive, "di").run_test(size=(120, 40)) as pilot:
        await press(pilot, "R", "s")
        assert "result · di" in screen_text(pilot)
        assert "1 of 1, 0 done" in screen_text(pilot)
        await press(pilot, "t", "enter", "escape", "a")
        shown = screen_text(pilot)
        assert isinstance(pilot.app.screen, AgreementScreen)
        assert "Disagreements · 1, flagged · 0" in shown
        assert "ana: Theme/Joke · bo: Theme → Theme" in shown
        assert "96 %" in shown
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_message_that_is_gone_is_coded_by_what_it_said(archive: Archive, review: Review) -> None:
    run = (await archive.import_runs.page(limit=1))[0]
    await undo(archive, run.id)
    async with browser(archive, "ana").run_test(size=(100, 30)) as pilot:
        await press(pilot, "R", "enter")
        assert "not in the archive any more" in screen_text(pilot)
        assert "[b]of[/b] it" in screen_text(pilot)
        await press(pilot, "t", "enter")
    (first,) = await archive.reviews.decisions(review.id)
    assert first.codes == (THEME,)


async def test_a_review_is_begun_from_the_list_and_from_the_hits_of_a_search(archive: Archive, review: Review) -> None:
    async with browser(archive, "ana").run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "R", "n", "ctrl+j")
        assert "A review needs a title" in screen_text(pilot)
        pilot.app.screen.query_one("#title", Input).value = "Short"
        pilot.app.screen.query_one("#query", Input).value = '"line 1" OR "line 2"'
        pilot.app.screen.query_one("#codes", Input).value = "plan"
        await press(pilot, "ctrl+j")
        assert "Short · first pass · ana" in screen_text(pilot)
        assert "1 of 2, 0 done" in screen_text(pilot)
        assert "Theme" not in screen_text(pilot)
        await press(pilot, "escape", "escape", "slash", "paste:line", "space", "7")
        (command,) = [c for c in pilot.app.screen.list_commands() if c.title == "Review the hits"]
        await command.callback()
        await still(pilot)
        pilot.app.screen.query_one("#title", Input).value = "Seven"
        await press(pilot, "ctrl+j")
        assert "Seven · first pass · ana" in screen_text(pilot)
    assert [(r.title, r.size, r.query) for r in (await archive.reviews.all())[:2]] == [
        ("Seven", 1, "line 7"),
        ("Short", 2, '"line 1" OR "line 2"'),
    ]


async def test_nobodys_notes_show_from_a_blind_pass_until_one_leaves_it(archive: Archive, review: Review) -> None:
    (item,) = await archive.reviews.items(review.id, [0])
    (message,) = await archive.messages.at([item.place])
    note = replace(new_annotation(message, "Talk", "It is a joke"), codes=(JOKE,))
    await archive.writes.apply(Write(new_id(), AnnotationWrite(note), WHEN))

    def shows() -> bool:
        return any(words in screen_text(pilot) for words in ("It is a joke", "✎"))

    async with browser(archive, "ana").run_test(size=(140, 40)) as pilot:
        await press(pilot, "R", "enter", "i")
        assert not shows()
        await press(pilot, "escape", "B", "t")
        assert "Annotations do not show" in screen_text(pilot)
        assert not shows()
        await press(pilot, "escape", "o")
        assert isinstance(pilot.app.screen, MainScreen)
        assert not shows()
        await press(pilot, "escape")
        assert screen(pilot).in_hand is not None
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, MainScreen)
        assert shows()


async def test_a_review_is_closed_and_reopened_by_a_key(archive: Archive, review: Review) -> None:
    async with browser(archive, "ana").run_test(size=(140, 40), notifications=True) as pilot:
        await press(pilot, "R", "x")
        assert "x reopens it" in screen_text(pilot)
        assert (await archive.reviews.named("First look")).closed_at is not None
        await press(pilot, "enter")
        assert "The review is closed" in screen_text(pilot)
        assert not isinstance(pilot.app.screen, ReviewScreen)
        await press(pilot, "x", "enter")
        assert screen(pilot).in_hand is not None


async def test_a_code_beyond_the_keys_is_chosen_by_its_name(archive: Archive, review: Review) -> None:
    more = [MakeCode(new_id(), f"Matter {n:02}") for n in range(30)]
    await archive.codes.take(more)
    async with browser(archive, "ana").run_test(size=(140, 50)) as pilot:
        await press(pilot, "R", "enter")
        assert more[-1].code not in {code.id for code in screen(pilot).keys.values()}
        await press(pilot, "c", *"29", "enter", "enter")
        await still(pilot)
    assert [d.codes for d in await archive.reviews.decisions(review.id)] == [(more[-1].code,)]
