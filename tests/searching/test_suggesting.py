"""Where nothing is found, search offers what there is."""

from datetime import UTC

from backscroll.archive.opening import Archive
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.searching.suggesting import Suggestion
from tests.searching.world import World


async def test_beginnings_and_near_spellings_are_offered_for_words_that_nobody_said(
    searched: Archive, world: World
) -> None:
    def held(*words: str) -> int:
        return sum(any(w in words for w in world.words(m)) for m in world.messages)

    search = Finding(searched)
    assert await search.suggest(parse("palnt keys", UTC)) == [Suggestion("palnt", "plant", held("plant"))]
    beginning, *spelt = await search.suggest(parse("plantz -qqqq", UTC))
    assert beginning == Suggestion("plantz", "plant*", held("plant", "plants", "planted"))
    assert {(s.instead, s.hits) for s in spelt} == {("plant", held("plant")), ("plants", held("plants"))}
    assert await search.suggest(parse("шуум", UTC)) == [Suggestion("шуум", "шум", held("шум"))]
    assert await search.suggest(parse("keyri", UTC)) == [Suggestion("keyri", "keyri*", held("keyring"))]


async def test_words_that_are_there_and_short_ones_need_no_help(searched: Archive) -> None:
    for text in ("keys from:nobody", "qq", "-palnt keys", '"keys palnt"', "from:palnt", "palnt*", "😂😂"):
        assert await Finding(searched).suggest(parse(text, UTC)) == []
