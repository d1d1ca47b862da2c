"""What is chosen of facets narrows a query, and a saved search keeps it."""

from datetime import UTC, date

import pytest

from backscroll.archive.opening import Archive
from backscroll.dates import Span
from backscroll.model.message import Kind
from backscroll.model.query import Inside, Named, OfKind
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.searching.narrowing import Choice, choices_of, in_its_place, narrowed, narrowed_to, sent_in
from tests.making import chat_id
from tests.searching.world import World

CHOICES = (
    Choice("chat", "Work", Inside((chat_id("work"),))),
    Choice("sender", "Ana Maria", Named("from", "Ana Maria", is_exact=True)),
    Choice("kind", "image", OfKind(Kind.IMAGE)),
    Choice("year", "2024", sent_in(Span(date(2024, 1, 1), date(2025, 1, 1)), UTC)),
    Choice("time", "since May", sent_in(Span(date(2024, 5, 1), date.max), UTC)),
)


@pytest.mark.parametrize("choices", [*((choice,) for choice in CHOICES), CHOICES[:2], CHOICES[3:], ()])
async def test_a_saved_search_finds_what_the_narrowed_one_found(
    searched: Archive, world: World, choices: tuple[Choice, ...]
) -> None:
    query = parse("-see", UTC)
    await searched.saved.add("a", query.text, conversation=chat_id("work"), narrowed_to=narrowed_to(choices))
    kept = await searched.saved.named("a")
    await searched.saved.remove("a")
    assert choices_of(kept) == choices
    wanted = [str(m.id) for m in world.finding(narrowed(query, choices).inside(chat_id("work")).root)]
    async for found in Finding(searched).find(in_its_place(kept, query), limit=10_000):
        last = found
    assert [str(hit.message.id) for hit in last.hits] == wanted
