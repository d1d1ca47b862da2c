"""Facets and days are counted as a look at every hit counts them, and narrow the query as they say."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from backscroll.archive.opening import Archive
from backscroll.dates import Span
from backscroll.importing.records import Chat, Entry, Person
from backscroll.model.message import Kind, Message
from backscroll.model.query import Query
from backscroll.searching import spreading
from backscroll.searching.finding import Finding
from backscroll.searching.language import parse
from backscroll.searching.narrowing import FACETS, Choice, Facet, narrowed, sent_in, toggled
from backscroll.searching.spreading import Spread, Spreading
from tests.making import chat_id, store
from tests.searching.test_finding import queries
from tests.searching.world import World

TITLES = {chat_id("family"): "Family", chat_id("work"): "Work & Deploys", chat_id("anabo"): "Bo Berg"}
TITLES[chat_id("garden")] = "Gärtner 庭"
FAR = ZoneInfo("Pacific/Apia")


async def last(steps: AsyncIterator[Spread]) -> Spread:
    async for spread in steps:
        result = spread
    return result


async def spread_of(archive: Archive, query: Query, choices: Sequence[Choice] = (), **options: object) -> Spread:
    zone = options.pop("zone", UTC)
    assert isinstance(zone, tzinfo)
    return await last(Spreading(archive, Finding(archive), zone).spread(query, choices, **options))  # type: ignore[arg-type]


def counted(messages: Sequence[Message], facet: Facet, zone: tzinfo = UTC) -> dict[str, int]:
    """What plain Python counts."""
    values: dict[Facet, list[str | None]] = {
        "chat": [TITLES[m.conversation_id] for m in messages],
        "sender": [m.sender for m in messages],
        "kind": [m.kind.value for m in messages],
        "year": [str(m.sent_at.astimezone(zone).year) for m in messages],
    }
    return dict(Counter(value for value in values[facet] if value is not None))


def said(spread: Spread, facet: Facet) -> dict[str, int]:
    return {entry.choice.label: entry.hits for entry in spread.facets[facet]}


def choice(spread: Spread, facet: Facet, number: int = 0) -> Choice:
    return spread.facets[facet][number].choice


@pytest.mark.parametrize("zone", [UTC, FAR], ids=str)
async def test_the_hits_of_100_queries_are_counted_as_a_look_at_every_message_counts_them(
    searched: Archive, world: World, zone: tzinfo
) -> None:
    for text in queries(100, seed=5):
        query = parse(text, zone)
        wanted = world.finding(query.root)
        spread = await spread_of(searched, query, zone=zone)
        assert (spread.hits, spread.is_capped) == (len(wanted), False), text
        for facet in FACETS:
            assert said(spread, facet) == counted(wanted, facet, zone), (text, facet)
        days = Counter(m.sent_at.astimezone(zone).date() for m in wanted)
        assert [(s.span.first, s.hits) for s in spread.stretches] == sorted(days.items()), text
        assert all(s.span.after - s.span.first == timedelta(days=1) for s in spread.stretches)


async def test_a_choice_narrows_to_as_many_hits_as_it_said(searched: Archive, world: World) -> None:
    query = parse("keys OR plant*", UTC)
    spread = await spread_of(searched, query)
    for facet in FACETS:
        assert len(spread.facets[facet]) > 1
        for entry in spread.facets[facet]:
            tree = narrowed(query, [entry.choice])
            assert len(world.finding(tree.root)) == entry.hits
            assert (await Finding(searched).count(tree)).n == entry.hits
    first = spread.stretches[0]
    days = Choice("time", "those days", sent_in(Span(first.span.first, first.span.first + timedelta(days=40)), UTC))
    hits = sum(s.hits for s in spread.stretches if s.span.first < first.span.first + timedelta(days=40))
    assert (await spread_of(searched, query, [days])).hits == hits == len(world.finding(narrowed(query, [days]).root))


async def test_choices_of_one_facet_are_alternatives_and_of_different_ones_all_have_to_fit(
    searched: Archive, world: World
) -> None:
    query = parse("keys", UTC)
    spread = await spread_of(searched, query)
    chats, senders = (choice(spread, "chat", 0), choice(spread, "chat", 1)), (choice(spread, "sender", 0),)
    both = await spread_of(searched, query, [*chats, *senders])
    hits = world.finding(query.root)
    in_chats = [m for m in hits if TITLES[m.conversation_id] in {c.label for c in chats}]
    by_sender = [m for m in hits if m.sender == senders[0].label]
    assert both.hits == len([m for m in in_chats if m in by_sender])
    # What is chosen of a facet does not narrow the facet itself: one can choose more of it.
    assert said(both, "chat") == counted(by_sender, "chat")
    assert said(both, "sender") == counted(in_chats, "sender")
    assert said(both, "kind") == counted([m for m in in_chats if m in by_sender], "kind")


async def test_a_choice_that_no_hit_fits_any_more_is_still_listed(searched: Archive) -> None:
    query = parse("keys", UTC)
    spread = await spread_of(searched, query)
    bot = next(e.choice for e in spread.facets["sender"] if e.choice.label == "Deploy-Bot")
    family = next(e.choice for e in spread.facets["chat"] if e.choice.label == "Family")
    nothing = await spread_of(searched, query, [bot, family])
    assert nothing.hits == 0
    assert said(nothing, "chat")["Family"] == 0
    assert said(nothing, "sender")["Deploy-Bot"] == 0


async def test_counting_stops_at_the_cap_with_the_newest_hits_and_says_so(searched: Archive, world: World) -> None:
    query = parse("keys OR see", UTC)
    newest = world.finding(query.root)[:25]
    spread = await spread_of(searched, query, cap=25)
    assert (spread.hits, spread.is_capped) == (25, True)
    for facet in FACETS:
        assert said(spread, facet) == counted(newest, facet)
    assert spread.back_to == newest[-1].sent_at.date()
    assert spread.told.startswith("the newest 25 hits, since ")
    exact = await spread_of(searched, query, cap=len(world.finding(query.root)))
    assert (exact.is_capped, exact.back_to, exact.told) == (False, None, f"{exact.hits} hits")


async def test_counts_grow_while_quarters_are_counted(searched: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "BETWEEN", -1.0)
    seen = [s.hits async for s in Spreading(searched, Finding(searched), UTC).spread(parse("keys", UTC))]
    assert len(set(seen)) > 2
    assert seen == sorted(seen)


async def test_where_the_time_is_up_counting_ends_and_says_so(
    searched: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "PATIENCE", 0.001)
    for text in ("keys", r"/(w.*)*(w.*)*(.*s)*z{9}$/"):
        assert (await spread_of(searched, parse(text, UTC))).is_capped


async def test_names_that_differ_in_case_and_accents_alone_are_one_sender(archive: Archive) -> None:
    start = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)
    people = {"a": "Zoë K.", "b": "zoe k", "c": "Zoë K.", "d": "🦊"}
    records = [Chat("one", "One"), *(Person("one", key, name) for key, name in people.items())]
    records += [Entry("one", start + timedelta(hours=i), key, "keys", external_id=key) for i, key in enumerate(people)]
    records.append(Entry("one", start, None, "keys were made", Kind.SYSTEM, external_id="s"))
    await store(archive, records)
    spread = await spread_of(archive, parse("keys", UTC))
    assert said(spread, "sender") == {"Zoë K.": 3, "🦊": 1}
    assert said(spread, "year") == {"2025": 3, "2024": 2}
    for entry in spread.facets["sender"]:
        assert (await Finding(archive).count(narrowed(parse("keys", UTC), [entry.choice]))).n == entry.hits


async def test_impossible_dates_have_years_of_their_own(archive: Archive) -> None:
    records = [Chat("one", "One"), Person("one", "a", "Ana")]
    for year in (1, 1904, 1969, 1970, 1989, 1990, 2024, 2099, 2100, 2199, 2200, 9998):
        sent = datetime(year, 1, 1, 12, tzinfo=UTC)
        records.append(Entry("one", sent, "a", "keys", external_id=str(year)))
    await store(archive, records)
    spread = await spread_of(archive, parse("keys", UTC))
    years = {"from 2200": 2, "2199": 1, "2100": 1, "2099": 1, "2024": 1, "1990": 1, "1989": 1, "1970": 1}
    assert said(spread, "year") == {**years, "before 1970": 3}
    assert list(said(spread, "year")) == [*years, "before 1970"]
    for entry in spread.facets["year"]:
        assert (await Finding(archive).count(narrowed(parse("keys", UTC), [entry.choice]))).n == entry.hits


def test_a_second_choice_takes_itself_off_and_one_stretch_replaces_another() -> None:
    query = parse("keys", UTC)
    days = [Choice("time", str(y), sent_in(Span(date(y, 1, 1), date(y + 1, 1, 1)), UTC)) for y in (2020, 2021)]
    chat = Choice("chat", "x", query.inside(chat_id("x")).root.parts[0])  # type: ignore[union-attr, arg-type]
    chosen = toggled(toggled((), chat), days[0])
    assert chosen == (chat, days[0])
    assert toggled(chosen, days[1]) == (chat, days[1])
    assert toggled(chosen, chat) == (days[0],)
    assert narrowed(query, ()) is query
