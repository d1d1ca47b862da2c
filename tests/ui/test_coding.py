"""Codes are given to messages by keys and by a picker, show at once, and are taken away the same way."""

from uuid import UUID

from textual.widgets import Input

from backscroll.archive.opening import Archive
from backscroll.model.code_writes import MakeCode, MergeCode
from backscroll.model.conversation import Place
from backscroll.model.ids import new_id
from backscroll.model.message import Message
from tests.making import chat, chat_id, store
from tests.ui.seen import browser, main, open_chat, press, screen_text, still

MOOD, JOY, PLAN = UUID(int=1), UUID(int=2), UUID(int=3)


async def last(archive: Archive) -> Message:
    (message,) = await archive.messages.before(chat_id("talk"), limit=1)
    return message


async def filled(archive: Archive) -> None:
    await store(archive, chat("talk", ["one", "two", "three"]))
    codebook = [MakeCode(MOOD, "Mood", key="1"), MakeCode(JOY, "Joy", MOOD, key="2"), MakeCode(PLAN, "Plan")]
    await archive.codes.take(codebook)


async def test_codes_are_given_and_taken_away_by_their_keys_and_by_a_picker(archive: Archive) -> None:
    await filled(archive)
    async with browser(archive).run_test(size=(160, 40), notifications=True) as pilot:
        await open_chat(pilot, chat_id("talk"))
        await pilot.press("1", "2")  # quickly: the second one joins the first
        await still(pilot)
        message = await last(archive)
        assert set(message.codes) == {MOOD, JOY}
        assert message.annotation_count == 1
        assert "1 2 ✎1" in screen_text(pilot)
        assert "■ Mood/Joy" in screen_text(pilot)  # in the details
        await press(pilot, "c", "paste:pla", "enter")
        assert len((await last(archive)).codes) == 3
        await press(pilot, "1", "2", "c", "paste:plan", "enter")
        message = await last(archive)
        assert (message.codes, message.annotation_count) == ((), 0)
        await press(pilot, "ctrl+z")
        assert (await last(archive)).codes == (PLAN,)
        await press(pilot, "3")
        assert "No code has the key 3" in screen_text(pilot)


async def test_several_codes_are_ticked_in_the_picker_and_a_run_of_messages_is_coded_as_one(archive: Archive) -> None:
    await filled(archive)
    async with browser(archive).run_test(size=(160, 40), notifications=True) as pilot:
        await open_chat(pilot, chat_id("talk"))
        await press(pilot, "c", "tab", "down", "tab")
        assert screen_text(pilot).count("✓ ■") == 2
        await press(pilot, "escape")
        assert set((await last(archive)).codes) == {MOOD, JOY}
        await press(pilot, "K", "K", "c", "paste:plan", "enter")
        (run,) = [note for note in await archive.annotations.page(limit=9) if note.end]
        assert run.codes == (PLAN,)
        assert run.end == (await last(archive)).cursor


async def test_an_annotation_of_a_few_words_bears_codes_and_a_wrong_name_is_told(archive: Archive) -> None:
    await filled(archive)
    async with browser(archive).run_test(size=(160, 40), notifications=True) as pilot:
        await open_chat(pilot, chat_id("talk"))
        await press(pilot, "a")
        codes = pilot.app.screen.query_one("#codes", Input)
        codes.value = "joy, plam"
        await press(pilot, "ctrl+j")
        assert "Did you mean Plan?" in screen_text(pilot)
        codes.value = "joy, plan"
        await press(pilot, "ctrl+j")
        (note,) = await archive.annotations.of_message(Place(chat_id("talk"), (await last(archive)).cursor))
        assert (note.text, note.codes) == ("", (JOY, PLAN))


async def test_a_code_that_is_merged_shows_as_the_other_one_and_undo_parts_them(archive: Archive) -> None:
    await filled(archive)
    app = browser(archive)
    async with app.run_test(size=(160, 40), notifications=True) as pilot:
        await open_chat(pilot, chat_id("talk"))
        await press(pilot, "1", "C", "end", "m", "paste:mood", "enter", "escape")
        book = main(pilot).backscroll.codebook
        assert book.living(PLAN) == book.get(MOOD)
        await press(pilot, "ctrl+z")
        assert "Code restored." in screen_text(pilot)
        plan = (await archive.codes.book()).get(PLAN)
        assert plan is not None
        assert plan.is_alive
        await press(pilot, "C", "end", "d", "escape")
        another = new_id()
        await archive.codes.take([MakeCode(another, "Plan"), MergeCode(MOOD, another)])  # elsewhere
        await main(pilot).read_codebook().wait()
        assert (await last(archive)).codes == (another,)
        await press(pilot, "ctrl+z")
        assert "It can be changed back no more" in screen_text(pilot)
        assert app.desk.outbox.all() == ()
