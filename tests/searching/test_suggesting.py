"""Where nothing is found, search offers what there is."""

from datetime import UTC

from backscroll.archive.opening import Archive
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from tests.searching.world import World


async def offered(searched: Archive, world: World, text: str) -> list[str]:
    """What is offered; how many hits are promised is looked at, too."""
    found = await Finding(searched).suggest(parse(text, UTC))
    for suggestion in found:
        assert suggestion.hits == len(world.finding(parse(suggestion.instead, UTC).root)) > 0
    return [suggestion.instead for suggestion in found]


async def test_beginnings_and_near_spellings_are_offered_for_words_that_nobody_said(
    searched: Archive, world: World
) -> None:
    assert await offered(searched, world, "palnt keys") == ["plant"]
    beginning, *spelt = await offered(searched, world, "plantz -qqqq")
    assert beginning == "plant*"
    assert set(spelt) == {"plant", "plants", "planted"}
    assert await offered(searched, world, "шуум") == ["шум"]
    assert await offered(searched, world, "keyri") == ["keyri*"]
    assert await offered(searched, world, "qwzzj") == []


async def test_a_part_of_a_word_offers_the_words_that_hold_it(searched: Archive, world: World) -> None:
    assert await offered(searched, world, "lant") == ["(plant OR plants OR planted)", "plant"]
    assert await offered(searched, world, "amp -absent") == ["example"]
    part, _ = await Finding(searched).suggest(parse("see lant", UTC))
    assert part.told == f"0 exact, {part.hits} by part of a word: plant, plants, planted"
    assert part.proposal("see lant").text == "see (plant OR plants OR planted)"


async def test_words_that_are_there_and_short_ones_need_no_help(searched: Archive) -> None:
    for text in ("keys from:nobody", "qq", "-palnt keys", '"keys palnt"', "from:palnt", "palnt*", "😂😂"):
        assert await Finding(searched).suggest(parse(text, UTC)) == []
