"""What is masked says nothing of who people are, and everything is back in its place afterwards."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.model.message import Cursor
from backscroll.model.summary import Link
from backscroll.summarising.by_model.citing import cited, uncited
from backscroll.summarising.by_model.masking import Mask
from backscroll.summarising.by_model.parts import cut, packed
from backscroll.summarising.by_model.tokens import tokens_of
from tests.making import START

PEOPLE = ["Ana Maria Silva", "Bo", "Ana Costa", "山本先生", "+44 7700 900123", "Zoë", "P2", "Al de Berg"]


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("ask ana maria silva or BO!", "ask P1 or P2!"),
        ("Silva and Costa know, Ana does not", "P1 and P3 know, NAME1 does not"),
        ("@zoë: 山本先生は来ます", "@P6:  P4 は来ます"),
        ("call +49 (0)170 123-4567 or 0170.1234567", "call PHONE1 or PHONE2"),
        ("on 2024-03-12 or 12.03.2024 at 18:30, room 1204", "on 2024-03-12 or 12.03.2024 at 18:30, room 1204"),
        ("zoe@example.org, see https://example.org/zoë?p=1.", "MAIL1, see LINK1."),
        ("P1 is a train, so is LINK7", "WORD1 is a train, so is WORD2"),
        ("a bo-at in Bosnia", "a P2-at in Bosnia"),
        ("zoe and ZOË", "P6 and P6"),
        ("Al and the others go al dente", "P8 and the others go al dente"),
    ],
)
def test_people_numbers_and_addresses_are_hidden(said: str, hidden: str) -> None:
    assert Mask(PEOPLE).hide(said) == hidden


def test_what_was_hidden_comes_back() -> None:
    mask = Mask(PEOPLE)
    said = "Zoë and Ana Costa wrote to zoe@x.org: call 0170 1234567, P1 is late, see https://x.org/a?b."
    assert mask.show(mask.hide(said)) == said


@given(st.text(alphabet=st.one_of(st.sampled_from("P1NAME2 LINKhttps://x.y@+0"), st.characters()), max_size=60))
def test_what_tells_of_nobody_comes_back_as_it_was(text: str) -> None:
    mask = Mask(["Xylophon Quasimodo"])
    assert mask.show(mask.hide(text)) == text


@given(
    st.lists(
        st.sampled_from([*PEOPLE, "ANA", "silva", "me@x.org", "0170 1234567", "and", "\n", "，", "x"]), max_size=12
    )
)
def test_nothing_that_is_hidden_is_left(words: list[str]) -> None:
    hidden = Mask(PEOPLE).hide(" ".join(words)).casefold()
    assert not any(name.casefold() in hidden for name in ("silva", "costa", "山本", "zoë", "7700", "x.org", "1234567"))


def test_a_name_that_is_only_begun_is_not_shown_yet() -> None:
    mask = Mask(f"Person {n}" for n in range(20))
    assert mask.show_begun("So said P1") == "So said "
    assert mask.show_begun("So said P12, and") == "So said Person 11, and"


def test_numbers_of_messages_lead_from_sentences_to_messages() -> None:
    places = [Cursor(START, UUID(int=n)) for n in range(5)]
    answer = "Ana found the keys [2]. Bo thanked her. [1, 3] Nobody knows why [99]! Later [4][5] they left [2–3]"
    found = cited(answer, places)
    assert found.text == "Ana found the keys. Bo thanked her. Nobody knows why! Later they left"
    named = [(found.text[link.start : link.end], places.index(link.cursor) + 1) for link in found.links]
    assert named == [
        ("Ana found the keys.", 2),
        ("Bo thanked her.", 1),
        ("Bo thanked her.", 3),
        ("Later they left", 4),
        ("Later they left", 5),
        ("Later they left", 2),
        ("Later they left", 3),
    ]
    assert uncited("Ana found the keys [2]. Bo [1, ") == "Ana found the keys. Bo"


@given(st.text(max_size=200), st.lists(st.integers(0, 9), max_size=3))
def test_links_stay_inside_their_text(text: str, numbers: list[int]) -> None:
    places = [Cursor(START, UUID(int=n)) for n in range(5)]
    found = cited(f"{text} {numbers} {text}{numbers}", places)
    assert all(isinstance(link, Link) and 0 <= link.start < link.end <= len(found.text) for link in found.links)
    assert [link.start for link in found.links] == sorted(link.start for link in found.links)


@given(st.lists(st.text(max_size=60), max_size=30), st.integers(40, 90))
def test_texts_are_packed_in_their_order_with_room_to_spare(texts: list[str], room: int) -> None:
    packs = list(packed(texts, room))
    assert [text for pack in packs for text in pack] == [cut(text, room // 2) for text in texts]
    assert all(sum(tokens_of(text) + 1 for text in pack) <= room for pack in packs)
    assert all(len(pack) > 1 for pack in packs[:-1])
