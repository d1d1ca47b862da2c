"""The query language: what a person types, and what is looked for."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.archive.opening import Archive
from backscroll.errors import AppError
from backscroll.searching.highlight import highlights
from backscroll.searching.language import parse


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("lost keys", "('lost' & 'keys')"),
        ('"lost my keys"', "('lost' <-> 'my' <-> 'keys')"),
        ("key*", "'key':*"),
        ("keys OR wallet", "('keys' | 'wallet')"),
        ("keys -car", "('keys' & !'car')"),
        ("-car", "!'car'"),
        ("(keys OR wallet) found", "(('keys' | 'wallet') & 'found')"),
        ('-"my car" keys', "(!('my' <-> 'car') & 'keys')"),
        ("node.js", "('node' <-> 'js')"),
        ("Café", "'cafe'"),
        ("東京", "'東京'"),
        ("駅", "'駅':*"),
        ("😂", "'emoji1f602'"),
        (":) hello", "'hello'"),
        ("(unclosed", "'unclosed'"),
        ('"unclosed phrase', "('unclosed' <-> 'phrase')"),
        ("a:b", "('a' <-> 'b')"),
    ],
)
def test_what_is_typed_becomes_words_for_the_server(text: str, expression: str) -> None:
    assert parse(text, UTC).expression == expression


def test_filters_narrow_and_repeated_ones_widen() -> None:
    query = parse('from:ana from:"Bo Berg" in:family keys after:2021-03 before:2022', UTC)
    assert query.senders == (("ana",), ("bo", "berg"))
    assert query.chats == (("family",),)
    assert query.since == datetime(2021, 4, 1, tzinfo=UTC)
    assert query.until == datetime(2022, 1, 1, tzinfo=UTC)


def test_a_day_is_a_day() -> None:
    query = parse("x on:2021-12-31", UTC)
    assert (query.since, query.until) == (datetime(2021, 12, 31, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC))


def test_days_are_named_as_people_say_them() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert parse("x on:5.3.2021", zone).since == datetime(2021, 3, 5, tzinfo=zone)
    assert parse("x before:q2-2021", zone).until == datetime(2021, 4, 1, tzinfo=zone)
    assert parse('x after:"5 mar 2021"', zone).since == datetime(2021, 3, 6, tzinfo=zone)
    assert parse('x before:"märz 2021', zone).until == datetime(2021, 3, 1, tzinfo=zone)
    query, today = parse('x on:"last tuesday"', zone), datetime.now(zone).date()
    assert query.since is not None
    assert query.until is not None
    day = query.since.astimezone(zone)
    assert (day.weekday(), day.hour) == (1, 0)
    assert 0 < (today - day.date()).days <= 8
    assert query.until.astimezone(zone).date() - day.date() == timedelta(days=1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "!!! ...",
        "from:ana",
        "x before:soon",
        "x on:2021-13",
        "x on:12",
        "x on:9999",
        "x on:0",
        'x on:"monday 10:00"',
        "x from:",
        "(from:ana x)",
        "-in:a b",
    ],
)
def test_what_cannot_be_understood_is_said(text: str) -> None:
    with pytest.raises(AppError) as raised:
        parse(text, UTC)
    assert raised.value.code == "bad_query"
    assert raised.value.hint


@given(st.text(max_size=80))
def test_any_text_is_a_query_or_a_clear_error(text: str) -> None:
    try:
        parse(text, UTC)
    except AppError as error:
        assert error.code == "bad_query"


async def test_the_server_understands_every_query(archive: Archive) -> None:
    random = Random(7)
    pieces = [
        '"',
        "(",
        ")",
        "-",
        "*",
        " OR ",
        " ",
        "'",
        "\\",
        ":",
        "&",
        "|",
        "!",
        "<->",
        "a",
        "Ana",
        "駅",
        "😂",
        "in:x",
        "é",
        "%",
        "{0}",
    ]
    for _ in range(400):
        text = "".join(random.choices(pieces, k=random.randint(1, 12)))
        try:
            query = parse(text, UTC)
        except AppError:
            continue
        await archive.search.tsquery(query.expression)


def test_highlights_find_words_phrases_beginnings_and_pairs() -> None:
    def shown(text: str, query: str) -> list[str]:
        return [text[a:b] for a, b in highlights(text, parse(query, UTC))]

    assert shown("The Keys, and the keyring", "keys") == ["Keys"]
    assert shown("The keys, and the keyring", "key*") == ["keys", "keyring"]
    assert shown("lost my keys; my lost keys", '"lost keys"') == ["lost keys"]
    assert shown("Un Café?", "cafe") == ["Café"]
    assert shown("東京駅で会う", "東京駅") == ["東京駅"]
    assert shown("東京駅", "駅") == ["駅"]
    assert shown("ha 😂😂", "😂") == ["😂", "😂"]
    assert shown("see node.js docs", "node.js") == ["node.js"]
    assert shown("keys and car", "keys -car") == ["keys"]
