"""What a search found, by chat or by time, how it spreads, and narrowing by what one sees there."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from textual.pilot import Pilot

from backscroll.archive.opening import Archive
from backscroll.searching import spreading
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.searching.narrowing import Facet
from backscroll.ui.screens.main import MainScreen
from backscroll.ui.screens.search import PAGE, SearchScreen
from backscroll.ui.widgets.facet_list import SHOWN, FacetList, More
from backscroll.ui.widgets.histogram import Histogram
from backscroll.ui.widgets.hits import LIT, HitList
from backscroll.ui.widgets.narrowed import Narrowed
from tests.ui.around.looking import browsing, press, seen, settle

KEYS = 100 + 60 + 1 + 2
"""Hits of `keys`: in Family, in Deploys, in the third chat, in the hostile one."""
ROOMY = (160, 45)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is counted, however slow the machine is."""
    monkeypatch.setattr(spreading, "PATIENCE", 60.0)


def search(pilot: Pilot[None]) -> SearchScreen:
    assert isinstance(pilot.app.screen, SearchScreen)
    return pilot.app.screen


def counts(pilot: Pilot[None]) -> dict[str, int]:
    return {e.choice.label: e.hits for e in search(pilot).facets.items if not isinstance(e, More)}


async def choose(pilot: Pilot[None], label: str) -> None:
    """Goes to an entry of the facets and presses Enter."""
    facets = search(pilot).facets
    facets.focus()
    labels = [e.facet if isinstance(e, More) else e.choice.label for e in facets.items]
    facets.highlighted = labels.index(label)
    await press(pilot, "enter")


async def total(archive: Archive, pilot: Pilot[None]) -> int:
    asked = search(pilot).asked
    assert asked is not None
    return (await Finding(archive).count(asked)).n


async def test_other_forms_of_a_word_are_lit_and_counted_and_walked(sample_archive: Archive) -> None:
    async with browsing(sample_archive) as pilot:
        await press(pilot, "slash", "paste:chair", "down")
        hits = search(pilot).hits
        hit = next(hit for hit in hits.items if "chairs" in hit.message.text)
        drawn = hits.draw(hit)
        assert any("chairs" in drawn.plain[span.start : span.end] for span in drawn.spans if span.style == LIT)
        bars = search(pilot).histogram.bars
        assert bars is not None
        exactly = await Finding(sample_archive).count(parse('"chair"'))
        assert sum(bars.sums) == await total(sample_archive, pilot) > exactly.n
        hits.highlighted = hits.items.index(hit)
        await press(pilot, "enter")
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        assert main.chat_history.lit is not None
        assert main.chat_history.lit.languages
        assert "hit " in str(main.query_one("#reading").border_subtitle)


# By chat


async def test_hits_stand_under_their_chats_and_again_by_time(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:rotated", "down")
        hits = search(pilot).hits
        by_time = list(hits.items)
        await press(pilot, "j", "j", "ctrl+g")
        assert hits.current == by_time[2]
        per_chat = Counter(hit.chat for hit in by_time)
        assert f"Deploys  {per_chat['Deploys']} hits" in seen(pilot)
        chats = [hit.chat for hit in hits.items]
        assert chats == sorted(chats, key=list(dict.fromkeys(hit.chat for hit in by_time)).index)
        assert Counter(chats) == per_chat
        assert all("Deploys ·" not in line for line in seen(pilot).splitlines())
        await press(pilot, "ctrl+g")
        assert hits.items == by_time
        assert hits.current == by_time[2]


async def test_by_chat_a_page_comes_when_one_goes_on_at_the_end_and_not_before(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys", "down", "ctrl+g")
        hits = search(pilot).hits
        assert len(hits.items) == PAGE
        hits.highlighted = PAGE - 1
        await settle(pilot)
        assert len(hits.items) == PAGE
        current = hits.current
        await press(pilot, "down")
        assert len(hits.items) == 2 * PAGE
        assert hits.current == current
        chats = [hit.chat for hit in hits.items]
        assert len([1 for a, b in pairwise(chats) if a != b]) == len(set(chats)) - 1
        await press(pilot, "G")
        assert len(hits.items) == KEYS
        assert sorted(h.message.id for h in hits.items) == sorted({h.message.id for h in hits.found})


async def test_the_highlight_leaves_the_name_of_the_chat_out(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys", "down", "ctrl+g")
        hits = search(pilot).hits
        backgrounds = [{s.style.bgcolor for s in hits.render_line(y) if s.style} for y in range(3)]
        assert not backgrounds[0] & backgrounds[1]
        assert backgrounds[1] & backgrounds[2]


# Facets


async def test_facets_come_on_a_key_with_the_counts_of_all_hits(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys")
        assert not search(pilot).facets.display
        await press(pilot, "ctrl+t")
        assert search(pilot).focused is search(pilot).facets
        shown = seen(pilot)
        for title in ("Years", "Chats", "Senders", "Kinds"):
            assert title in shown
        assert counts(pilot)["Family"] == 100
        assert counts(pilot)["Deploys"] == 60
        assert counts(pilot)["text"] == KEYS
        assert f"{KEYS} hits" in shown
        await press(pilot, "ctrl+t")
        assert not search(pilot).facets.display
        assert search(pilot).focused is not None


async def test_where_there_is_room_facets_are_there_at_once_and_tab_reaches_them(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keys")
        assert search(pilot).facets.display
        assert search(pilot).query_one("#beside").display
        kinds: list[type] = []
        for _ in range(3):
            await press(pilot, "tab")
            kinds.append(type(search(pilot).focused))
        assert kinds == [FacetList, HitList, Histogram]


async def test_an_entry_narrows_and_the_same_again_widens(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keys")
        await choose(pilot, "Deploys")
        assert {hit.chat for hit in search(pilot).hits.items} == {"Deploys"}
        assert "Only in Deploys" in seen(pilot)
        assert await total(small_archive, pilot) == 60
        assert counts(pilot)["Family"] == 100, "what is chosen does not hide its neighbours"
        assert search(pilot).asking.text == "keys"
        await choose(pilot, "Deploys")
        assert "Only in" not in seen(pilot)
        assert await total(small_archive, pilot) == KEYS


async def test_entries_of_one_facet_are_alternatives_and_of_two_have_both_to_fit(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keys")
        await choose(pilot, "Deploys")
        await choose(pilot, "Family")
        assert await total(small_archive, pilot) == 160
        await choose(pilot, "2020")
        every = await Finding(small_archive).count(parse("keys on:2020 (in:family OR in:deploys)"))
        assert await total(small_archive, pilot) == every.n == counts(pilot)["2020"]
        assert {hit.message.sent_at.year for hit in search(pilot).hits.items} == {2020}
        assert "Only in Deploys" in seen(pilot)
        assert "2020" in seen(pilot)


@pytest.mark.parametrize("key", ["escape", "backspace"])
async def test_what_was_narrowed_last_is_taken_off_first(small_archive: Archive, key: str) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keys")
        await choose(pilot, "Deploys")
        await choose(pilot, "2019")
        await press(pilot, key)
        assert [choice.label for choice in search(pilot).choices] == ["Deploys"]
        await press(pilot, key)
        assert search(pilot).choices == ()
        assert await total(small_archive, pilot) == KEYS
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_backspace_in_the_query_only_deletes_letters(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keyss")
        await press(pilot, "backspace")
        await choose(pilot, "Deploys")
        await press(pilot, "slash", "backspace")
        assert search(pilot).asking.text == "key"
        assert [choice.label for choice in search(pilot).choices] == ["Deploys"]


async def test_a_click_takes_a_part_of_what_is_narrowed_off(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keys")
        await choose(pilot, "Deploys")
        await choose(pilot, "2019")
        await pilot.click(Narrowed, offset=(2 + len("Only in Depl"), 0))
        await settle(pilot)
        assert [choice.label for choice in search(pilot).choices] == ["2019"]


async def test_an_emptied_query_is_narrowed_no_more(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:cat")
        await choose(pilot, "Family")
        await press(pilot, "slash", "backspace", "backspace", "backspace")
        assert search(pilot).choices == ()
        await press(pilot, "paste:keys")
        assert {hit.chat for hit in search(pilot).hits.items} > {"Family"}


async def test_a_facet_with_many_entries_lists_the_others_when_asked(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:type:text")
        entries = tuple(await _entries(small_archive, "type:text", "sender"))
        assert len(entries) <= SHOWN + 1, "all are listed where one more would be hidden"
        facets = search(pilot).facets
        facets.show_facets({"sender": entries * 3}, ())
        assert any(isinstance(item, More) and item.facet == "sender" for item in facets.items)
        assert f"{3 * len(entries) - SHOWN} more…" in seen(pilot)
        await choose(pilot, "sender")
        assert not any(isinstance(item, More) for item in facets.items)
        assert search(pilot).choices == ()


async def _entries(archive: Archive, text: str, facet: Facet) -> Sequence[spreading.Entry]:
    steps = spreading.Spreading(archive, Finding(archive), None).spread(parse(text))
    spread = [spread async for spread in steps][-1]
    return spread.facets[facet]


async def test_hostile_names_are_only_shown(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:owned")
        facets = search(pilot).facets
        index = next(i for i, e in enumerate(facets.items) if not isinstance(e, More) and e.choice.facet == "chat")
        facets.focus()
        facets.highlighted = index
        await press(pilot, "enter", "ctrl+g")
        shown = seen(pilot)
        assert "Only in [@click=app.quit]free[/] [/red]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert pilot.app.is_running


# Over time


async def test_a_bar_narrows_to_its_days_as_many_times_as_one_likes(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys", "down", "tab")
        histogram = search(pilot).histogram
        assert search(pilot).focused is histogram
        assert " hit" in seen(pilot)
        bars = histogram.bars
        assert bars is not None
        assert sum(bars.sums) == KEYS
        await press(pilot, "home", "right")
        number = histogram.at
        assert number is not None
        span, hits = histogram.span(number), bars.sums[number]
        await press(pilot, "enter")
        assert await total(small_archive, pilot) == hits == len(search(pilot).hits.items)
        assert all(span.first <= hit.message.clock.date() < span.after for hit in search(pilot).hits.items)
        assert "Only " in seen(pilot)
        smaller = search(pilot).histogram.bars
        assert smaller is not None
        assert sum(smaller.sums) == hits
        await press(pilot, "home", "enter")
        assert len(search(pilot).choices) == 1, "a stretch of time replaces the one before"
        await press(pilot, "escape")
        assert await total(small_archive, pilot) == KEYS


async def test_a_click_on_a_bar_narrows_too(small_archive: Archive) -> None:
    async with browsing(small_archive) as pilot:
        await press(pilot, "slash", "paste:keys")
        histogram = search(pilot).histogram
        bars = histogram.bars
        assert bars is not None
        number = bars.sums.index(max(bars.sums))
        await pilot.hover("#histogram", offset=(2 + number * histogram._scale, 1))
        await settle(pilot)
        assert f"· {bars.sums[number]} hit" in seen(pilot)
        await pilot.click("#histogram", offset=(2 + number * histogram._scale, 1))
        await settle(pilot)
        assert await total(small_archive, pilot) == bars.sums[number]


@pytest.mark.parametrize("size", [(160, 45), (120, 36), (70, 24), (40, 12)])
async def test_bars_hold_every_hit_at_any_size(small_archive: Archive, size: tuple[int, int]) -> None:
    async with browsing(small_archive, size=size) as pilot:
        await press(pilot, "slash", "paste:keys")
        histogram = search(pilot).histogram
        bars = histogram.bars
        assert bars is not None
        assert sum(bars.sums) == KEYS
        spans = [histogram.span(number) for number in histogram._filled]
        assert all(a.after <= b.first for a, b in pairwise(spans))
        drawn = [histogram.render_line(y).text for y in range(histogram.size.height)]
        assert all(len(line) <= histogram.size.width for line in drawn)


async def test_where_counting_ended_is_said(small_archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading.Spreading.spread, "__kwdefaults__", {"cap": 40})
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keys")
        assert "the newest 40 hits, since " in seen(pilot)
        assert "newest 40" in str(search(pilot).facets.border_subtitle)
        assert "Over time · only the newest 40 hits, older ones are not counted" in seen(pilot)
        await press(pilot, "slash", "ctrl+u", "paste:absent")
        assert "older ones are not counted" not in seen(pilot)


# While one types


async def test_hits_do_not_wait_for_counts_and_the_next_key_ends_the_counting(
    small_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting: list[object] = []
    ended = asyncio.Event()

    async def forever(*_: object, **__: object) -> None:
        counting.append(mine := object())
        try:
            await asyncio.Event().wait()
        finally:
            counting.remove(mine)
            ended.set()

    async with browsing(small_archive) as pilot:
        monkeypatch.setattr(small_archive.facets, "tally", forever)
        await pilot.press("slash", *"keys")
        while not (counting and len(search(pilot).hits.items) == PAGE):
            await pilot.pause()
        ended.clear()
        await pilot.press("x")
        await ended.wait()
        monkeypatch.undo()
        await press(pilot, "backspace")
        assert sum(search(pilot).histogram.bars.sums) == KEYS  # type: ignore[union-attr]


async def test_a_hit_of_a_narrowed_search_opens_with_its_hits_to_walk(small_archive: Archive) -> None:
    async with browsing(small_archive, size=ROOMY) as pilot:
        await press(pilot, "slash", "paste:keys")
        await choose(pilot, "Ana")
        search(pilot).hits.focus()
        await press(pilot, "enter")
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        found = [f async for f in Finding(small_archive).find(parse("keys from:ana"), limit=1000)][-1]
        wanted = [hit.message for hit in found.hits]
        walked = [main.chat_history.current]
        for _ in range(3):
            await press(pilot, "N")
            walked.append(main.chat_history.current)
        in_chat = [m for m in wanted if walked[0] and m.conversation_id == walked[0].conversation_id]
        assert [m.id for m in walked if m] == [m.id for m in in_chat[:4]]
