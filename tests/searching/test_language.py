"""The query language: what a person types, and what is looked for."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from backscroll.errors import QueryError
from backscroll.model.message import Kind
from backscroll.model.query import (
    All,
    Asked,
    Clocked,
    Either,
    Identified,
    Marked,
    Named,
    Near,
    Not,
    OfKind,
    Pattern,
    Sent,
    Spoken,
    Term,
    Tree,
)
from backscroll.searching.highlight import highlights
from backscroll.searching.language import parse

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def word(*words: str) -> Term:
    """One word, whose other forms will do; or several that stand one after another."""
    return Term(words, said=words[0] if len(words) == 1 else None)


def day(year: int, month: int, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)


LOST, KEYS, CAR, ANA, BO = word("lost"), word("keys"), word("car"), Named("from", "ana"), Named("from", "bo")
LINK = Marked("link")
TABLE: list[tuple[str, Tree[Asked]]] = [
    ("lost keys", All((LOST, KEYS))),
    ('"lost my keys"', word("lost", "my", "keys")),
    ("key*", Term(("key",), is_prefix=True)),
    ('"key*"', Term(("key",))),
    ("lost keys OR car", Either((All((LOST, KEYS)), CAR))),
    ("lost or car", All((LOST, word("or"), CAR))),
    ("OR keys OR OR car OR", Either((KEYS, CAR))),
    ("-car", Not(CAR)),
    ("-car keys -lost", All((Not(CAR), KEYS, Not(LOST)))),
    ("--car", CAR),
    ("- car", CAR),
    ("a-b", word("a", "b")),
    ("-(car OR keys)", Not(Either((CAR, KEYS)))),
    ("(keys OR car) lost", All((Either((KEYS, CAR)), LOST))),
    ('-"lost car" keys', All((Not(word("lost", "car")), KEYS))),
    ("((keys))", KEYS),
    (":) keys", KEYS),
    ("(keys", KEYS),
    ("keys) car", All((KEYS, CAR))),
    ('"unclosed keys', word("unclosed", "keys")),
    ("node.js", word("node", "js")),
    ("Café", Term(("cafe",), said="café")),
    ("(Новый,", Term(("новыи",), said="новый")),
    ("東京", Term(("東京",))),
    ("lang:de", Spoken("de")),
    ("-lang:none lang:German", All((Not(Spoken(None)), Spoken("de")))),
    ("駅", Term(("駅",), is_prefix=True)),
    ("😂", word("emoji1f602")),
    ("from:ana", ANA),
    ("FROM:ana", ANA),
    ('from:"Ana Maria"', Named("from", "Ana Maria", is_exact=True)),
    ("sender:ana chat:x channel:y", All((ANA, Either((Named("in", "x"), Named("in", "y")))))),
    ("from:ana keys from:bo", All((KEYS, Either((ANA, BO))))),
    ("from:ana -from:bo", All((Not(BO), ANA))),
    ("-from:ana -from:bo", All((Not(ANA), Not(BO)))),
    ("(from:ana) (from:bo)", All((ANA, BO))),
    ("from:ana OR keys", Either((ANA, KEYS))),
    ("-(from:ana has:link)", Not(All((ANA, LINK)))),
    ("has:link has:image", Either((LINK, Marked("image")))),
    ("has:link is:edited", All((LINK, Marked("edited")))),
    ("has:reply", Marked("answer")),
    ("is:reply", Marked("reply")),
    ("has:bookmark", Marked("bookmark")),
    ("has:code", Marked("code")),
    ("code:theme", Named("code", "theme")),
    ('category:"Side theme"', Named("code", "Side theme", is_exact=True)),
    ("is:bookmarked", Marked("bookmark")),
    ("is:system", OfKind(Kind.SYSTEM)),
    ("weekday:Sunday", Clocked((7,), (), "UTC")),
    ("weekday:sa..mon", Clocked((1, 6, 7), (), "UTC")),
    ("hour:22..1", Clocked((), (0, 1, 22, 23), "UTC")),
    ("type:Photo", OfKind(Kind.IMAGE)),
    ("before:2021-03", Sent(until=day(2021, 3))),
    ("after:2021-03", Sent(since=day(2021, 4))),
    ("on:2021-12-31", Sent(day(2021, 12, 31), day(2022, 1))),
    ('during:"last month"', Sent(day(2026, 2), day(2026, 3))),
    ("on:2020 during:2022", Either((Sent(day(2020, 1), day(2021, 1)), Sent(day(2022, 1), day(2023, 1))))),
    ("date:2020..2021-03", Sent(day(2020, 1), day(2021, 4))),
    ("date:2020..", Sent(since=day(2020, 1))),
    ("date:..2020", Sent(until=day(2021, 1))),
    ("older_than:3w", Sent(until=NOW - timedelta(days=21))),
    ("newer_than:1m", Sent(since=NOW - timedelta(days=31))),
    ("newer_than:2y", Sent(since=datetime(2024, 3, 31, 12, tzinfo=UTC))),
    ("newer_than:6h", Sent(since=NOW - timedelta(hours=6))),
    ("id:3F2a", Identified(UUID("3f2a" + "0" * 28), UUID("3f2a" + "f" * 28))),
    ("near:3f2a", Near("3f2a", 0, 9)),
    ("/a b\\/c/", Pattern("a b\\/c", 0, 8)),
    ("-/a/ keys", All((Not(Pattern("a", 1, 4)), KEYS))),
    ("/home/user", word("home", "user")),
    ("https://x.org/y", word("https", "x", "org", "y")),
    ("12:30", word("12", "30")),
]


@pytest.mark.parametrize(("text", "root"), TABLE, ids=[text for text, _ in TABLE])
def test_what_is_typed_becomes_a_tree(text: str, root: Tree[Asked]) -> None:
    assert parse(text, UTC, NOW).root == root


WHO = ("from", "to", "with", "in", "thread", "source", "code", "tag")
DATES = ("before", "after", "on", "during", "date")
HAS = ("link", "image", "video", "audio", "file", "reaction", "reply", "note", "bookmark", "code")
IS = ("bookmarked", "annotated", "edited", "deleted", "forwarded", "system", "unread", "mine")


@pytest.mark.parametrize(
    "text",
    [
        *(f"{name}:ana" for name in WHO),
        *(f'-{name}:"Ana Maria"' for name in WHO),
        *(f"{name}:2021-03" for name in DATES),
        *("date:2020..2021", "older_than:3w", "newer_than:2d", "lang:de", "near:3f2a", "id:3f2a"),
        *(f"has:{value}" for value in HAS),
        *(f"is:{value}" for value in IS),
        *(f"type:{kind.value}" for kind in Kind),
    ],
)
def test_every_filter_is_read_in_any_position_and_none_is_taken_for_text(text: str) -> None:
    for query in (text, f"keys {text}", f"{text} keys", f"(keys OR {text}) car", f"-({text} keys)", f"{text} {text}"):
        read = parse(query, UTC, NOW)
        assert read.remarks == ()
        assert {term.words for term in read.terms} <= {("keys",), ("car",)}


def test_days_are_named_as_people_say_them_in_their_zone() -> None:
    zone = ZoneInfo("Europe/Berlin")

    def sent(text: str) -> Sent:
        root = parse(text, zone).root
        assert isinstance(root, Sent)
        return root

    assert sent("on:5.3.2021").since == datetime(2021, 3, 5, tzinfo=zone)
    assert sent("before:q2-2021").until == datetime(2021, 4, 1, tzinfo=zone)
    assert sent('after:"5 mar 2021"').since == datetime(2021, 3, 6, tzinfo=zone)
    assert sent('before:"märz 2021').until == datetime(2021, 3, 1, tzinfo=zone)


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("", (0, 0), "nothing to look for"),
        ("!!! ...", (0, 7), "nothing to look for"),
        ("x from: y", (2, 7), "needs a name"),
        ("x before:soon", (2, 13), "before:soon is not a date"),
        ("x on:2021-13", (2, 12), "is not a date"),
        ("on:12", (0, 5), "is not a date"),
        ("on:9999", (0, 7), "is not a date"),
        ('on:"monday 10:00"', (0, 17), "is not a date"),
        ("date:..", (0, 7), "one side"),
        ("date:2020..soon x", (0, 15), "date:soon is not a date"),
        ("x -older_than:3", (3, 15), "is not an age"),
        ("newer_than:9999y", (0, 16), "before the calendar"),
        ("has:linc", (0, 8), "has:linc is not known"),
        ("x OR is:editd", (5, 13), "is:editd is not known"),
        ("type:", (0, 5), "is not known"),
        ("id:xyz", (0, 6), "not a message's id"),
        ("near:12", (0, 7), "not a message's id"),
        ("x during:xmas", (2, 13), "during:xmas is not a date"),
        ("date:2022..2021 x", (0, 15), "date: ends before it begins"),
        ("x code:", (2, 7), "needs a name"),
        ("lang:germna x", (0, 11), "is not a language"),
        ("x lang:", (2, 7), "is not a language"),
        ("(" * 60 + "x", (51, 52), "nested too deeply"),
        ("x" * 2001, (2000, 2001), "too long"),
        ("य" * 900, (0, 900), "too long to be found"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_place(text: str, place: tuple[int, int], says: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(text, UTC)
    error = raised.value
    assert (error.start, error.end) == place
    assert says in error.title
    assert error.code == "bad_query"
    assert error.hint


def test_a_mistake_in_a_value_is_told_with_what_was_probably_meant() -> None:
    with pytest.raises(QueryError) as raised:
        parse("has:linc")
    assert "Did you mean has:link?" in raised.value.hint


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("keys frm:ana", (5, 12), "frm: is no filter, so it is looked for as text. Did you mean from:?"),
        ('befor:"last week"', (0, 6), None),
        ("-nota:x", (1, 7), "nota: is no filter, so it is looked for as text."),
        ("zzz:x", (0, 5), "zzz: is no filter, so it is looked for as text."),
        ("keys AND car", (5, 8), "AND is looked for as a word; words that stand together need none between them."),
        ("keys NOT car", (5, 8), "NOT is looked for as a word; a minus before something excludes it."),
        ("*key", (0, 4), "A * stands for the rest of a word at its end alone; elsewhere it does nothing."),
        ("a k*y*", (2, 6), "A * stands for the rest of a word at its end alone; elsewhere it does nothing."),
    ],
)
def test_an_unknown_filter_stays_text_and_is_remarked(text: str, place: tuple[int, int], says: str | None) -> None:
    remarks = parse(text, UTC).remarks
    assert [(r.start, r.end) for r in remarks] == ([place] if says else [])
    assert [r.text.startswith(says) for r in remarks if says] == ([True] if says else [])
    assert parse("https://x.org 12:30 a:b keys", UTC).remarks == ()


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
    assert shown("keys and car of ana", "-(keys from:ana) (car OR from:ana)") == ["car"]
