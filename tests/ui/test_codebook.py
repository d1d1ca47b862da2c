"""The codebook on the screen: made, written, moved, merged, taken back and shared by keys alone."""

from pathlib import Path

from textual.widgets import Input, TextArea

from backscroll.archive.opening import Archive
from backscroll.ui.screens.codebook import CodebookScreen
from tests.ui.around.looking import press, settle
from tests.ui.seen import browser, screen_text


async def paths(archive: Archive) -> list[str]:
    book = await archive.codes.book()
    return [book.path(code) for _, code in book.walk()]


async def test_codes_are_made_moved_merged_and_taken_back_by_keys(archive: Archive) -> None:
    async with browser(archive).run_test(size=(120, 40)) as pilot:
        await press(pilot, "C")
        screen = pilot.app.screen
        assert isinstance(screen, CodebookScreen)
        assert "No codes yet" in screen_text(pilot)
        await press(pilot, "n", "paste:Mood", "tab", "1", "ctrl+j")
        await press(pilot, "N", "paste:Joy", "ctrl+j", "n", "paste:Fear", "ctrl+j")
        assert await paths(archive) == ["Mood", "Mood/Joy", "Mood/Fear"]
        await press(pilot, "K")
        assert await paths(archive) == ["Mood", "Mood/Fear", "Mood/Joy"]
        await press(pilot, "x", "home", "P")  # Fear, behind Mood
        assert await paths(archive) == ["Mood", "Mood/Joy", "Fear"]
        await press(pilot, "e")
        screen.app.screen.query_one("#description", TextArea).text = "When one is afraid"
        await press(pilot, "ctrl+j")
        assert "When one is afraid" in screen_text(pilot)
        await press(pilot, "m", "paste:joy", "enter")
        assert await paths(archive) == ["Mood", "Mood/Joy"]
        assert screen.codes.code is not None
        assert screen.codes.code.name == "Joy"
        await press(pilot, "A", "end")
        assert "merged into Mood/Joy" in screen_text(pilot)
        await press(pilot, "r")
        assert await paths(archive) == ["Mood", "Mood/Joy", "Fear"]
        await press(pilot, "H")
        shown = screen_text(pilot)
        assert "restored" in shown
        assert "description: – → When one is afraid" in shown
        await press(pilot, "escape", "home", "s")
        screen.app.screen.query_one("#names", TextArea).text = "Bright\nDark"
        await press(pilot, "ctrl+j")
        assert await paths(archive) == ["Bright", "Dark", "Fear", "Joy"]


async def test_what_breaks_a_rule_is_told_and_the_dialogue_stays(archive: Archive) -> None:
    async with browser(archive).run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "C", "n", "paste:Mood", "ctrl+j", "n", "paste:mood", "ctrl+j")
        assert "There is a code mood at this place already" in screen_text(pilot)
        await press(pilot, "2", "ctrl+j")
        assert await paths(archive) == ["Mood", "mood2"]


async def test_a_codebook_is_written_to_a_file_and_taken_in_again(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    async with browser(archive).run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "C", "n", "paste:Mood", "ctrl+j", "E")
        pilot.app.screen.query_one("#path", Input).value = str(path)
        await press(pilot, "enter", "E")
        pilot.app.screen.query_one("#path", Input).value = str(path)
        await press(pilot, "enter")
        assert "codes.csv is there already" in screen_text(pilot)
        path.write_text(path.read_text("utf-8-sig") + ",Mood/Joy,,,,,,\n", "utf-8")
        await press(pilot, "i")
        pilot.app.screen.query_one("#path", Input).value = str(path)
        await press(pilot, "enter")
        await settle(pilot)
        assert "1 new, 0 changed, 1 equal" in screen_text(pilot)
        assert await paths(archive) == ["Mood", "Mood/Joy"]
