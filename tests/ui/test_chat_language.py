"""A chat's language is shown, and chosen where it was told wrongly or not at all."""

from textual.widgets import Input

from backscroll.archive.opening import Archive
from backscroll.ui.screens.language import LanguageScreen
from tests.making import chat, chat_id, store
from tests.ui.seen import browser, main, press, screen_text, still


async def language(archive: Archive) -> str | None:
    return (await archive.languages.of([chat_id("talk")]))[chat_id("talk")]


async def test_the_language_of_a_chat_is_chosen_by_a_part_of_its_name(archive: Archive) -> None:
    await store(archive, chat("talk", ["ok"] * 30))
    async with browser(archive).run_test(size=(140, 40)) as pilot:
        await still(pilot)
        main(pilot).chats.options.focus()
        await press(pilot, "L")
        assert isinstance(pilot.app.screen, LanguageScreen)
        assert "Talk: none" in screen_text(pilot)
        await press(pilot, "paste:germ", "enter")
        await still(pilot)
        assert not isinstance(pilot.app.screen, LanguageScreen)
        assert await language(archive) == "de"
        await press(pilot, "L")
        assert "Talk: German" in screen_text(pilot)
        assert pilot.app.screen.fitting[0] == "de", "the languages of the archive come first"
        pilot.app.screen.query_one(Input).value = "qq"
        await press(pilot, "enter", "escape")
        assert await language(archive) == "de"
        await press(pilot, "L", "paste:none", "enter")
        await still(pilot)
        assert await language(archive) is None


async def test_the_details_of_a_chat_say_its_language(archive: Archive) -> None:
    await store(archive, chat("talk", ["Has anyone seen my keys?", "They are under the plant, as ever"] * 5))
    async with browser(archive).run_test(size=(160, 40)) as pilot:
        await still(pilot)
        await press(pilot, "enter")
        await still(pilot)
        main(pilot).details.tab = "chat"
        await still(pilot)
        assert "English" in screen_text(pilot)
