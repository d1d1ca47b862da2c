"""Finding chats by name among very many: the same answers as looking at each title by itself."""

from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from backscroll.searching.titles import Titles
from backscroll.text import safe_line

WORDS = ["family", "dinner", "café", "zürich", "team", "book", "club", "berlin", "trip", "photos", "東京", "музыка"]


def rank(typed: str, title: str) -> int:
    """How well an ASCII title fits, said plainly."""
    if title == typed:
        return 4
    if title.startswith(typed):
        return 3
    return 2 if f" {typed}" in title else int(typed in title)


def twenty_thousand() -> list[tuple[UUID, str]]:
    chance = Random(7)
    return [(UUID(int=i), " ".join(chance.choices(WORDS, k=3)) + f" {i}") for i in range(20_000)]


def test_among_twenty_thousand_chats_the_right_ones_come_first() -> None:
    titles = Titles(twenty_thousand())
    assert titles.match("12345")[0].id == UUID(int=12345)
    assert all(match.title.startswith("family") for match in titles.match("family", 100))
    assert {"zürich"} == {match.title.split()[0] for match in titles.match("zurich", 20)}
    assert titles.match("музыка")[0].title.startswith("музыка")
    assert len(titles.match("e", 100)) == 100
    assert titles.match("qqqqqq") == []


def test_among_twenty_thousand_chats_a_typing_mistake_finds_the_chat() -> None:
    named = [*twenty_thousand(), (UUID(int=99_999), "Grandmother's recipes")]
    assert Titles(named).match("granmothers recipes")[0].id == UUID(int=99_999)
    assert Titles(named).match("grandmohter", 100)[0].id == UUID(int=99_999)


@given(st.lists(st.text("ab c", max_size=6), max_size=30), st.text("abc", min_size=1, max_size=2), st.integers(1, 8))
def test_what_holds_the_letters_is_found_in_order_of_fit_then_as_listed(
    titles: list[str], typed: str, limit: int
) -> None:
    lines = [" ".join(title.split()) for title in titles]
    fitting = sorted((i for i, title in enumerate(lines) if typed in title), key=lambda i: (-rank(typed, lines[i]), i))
    found = Titles((UUID(int=i), title) for i, title in enumerate(titles)).match(typed, limit)
    assert [match.id.int for match in found] == fitting[:limit]


@given(st.text(max_size=8))
def test_folding_keeps_the_places_of_letters(title: str) -> None:
    line = safe_line(title)
    for match in Titles([(UUID(int=1), title)]).match(line):
        assert match.score == (400 if line else 0)
        assert match.spans == (((0, len(line)),) if line else ())
