"""Rows and queries are cut into the same words, whatever the script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.model.words import normalise, query_words, search_text, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, World!", "hello world"),
        ("CAFÉ déjà-vu", "cafe deja vu"),
        ("straße", "strasse"),
        ("ＡＢＣ１２３", "abc123"),
        ("١٢٣", "123"),
        ("東京駅", "東京 京駅 駅"),
        ("駅", "駅"),
        ("hi😂😂", "hi emoji1f602 emoji1f602"),
        ("👍🏽", "emoji1f44d"),
        ("❤️", "emoji2764"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("हिन्दी", "हिन्दी"),
        ("https://example.org/a_b?c=1", "https example org a b c 1"),
        ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
        ("GROẞ groß GROSS", "gross gross gross"),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("ĐƯỜNG đường duong", "duong duong duong"),
        ("Łódź Smørrebrød Ærø œuvre Þór", "lodz smorrebrod aero oeuvre thor"),
        ("أحمد إحمد احمد آحمد", "احمد احمد احمد احمد"),
        ("على علی", "علي علي"),
        ("ﻣﺪﺭﺳﺔ مدرسه کتاب", "مدرسه مدرسه كتاب"),
        ("ёлка Ёлка елка", "елка елка елка"),
        ("ﾊﾝｶｸ ハンカク", "ハン ンカ カク ク ハン ンカ カク ク"),
        ("한국어", "한국어"),
        ("👩‍👩‍👧🇳🇴", "emoji1f469 emoji1f469 emoji1f467 emoji1f1f3 emoji1f1f4"),
    ],
)
def test_case_accents_width_and_points_do_not_matter(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text(max_size=60))
def test_the_words_of_a_text_are_those_of_its_pieces_between_blanks(text: str) -> None:
    assert normalise(text) == " ".join(filter(None, map(normalise, text.split())))


@given(st.text(max_size=60))
def test_words_with_places_are_the_words_of_the_text(text: str) -> None:
    found = words(text)
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    assert all(w.normal and " " not in w.normal for w in found)


@given(
    st.lists(
        st.sampled_from(["Ana", "naïve", "東京駅", "駅", "😂", "node.js", "ไปกิน", "שלום", "x²", "—", "42"]), max_size=8
    )
)
def test_places_and_normalised_text_agree(pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert [w.normal for w in words(text)] == normalise(text).split()


def test_ascii_is_left_to_the_server() -> None:
    assert search_text("plain words") is None
    assert search_text("naïve") == "naive"


def test_the_end_of_an_unspaced_run_may_go_on() -> None:
    assert query_words("東京") == (("東京",), False)
    assert query_words("駅") == (("駅",), True)
    assert query_words("go 駅") == (("go", "駅"), True)
    assert query_words("東京 tower") == (("東京", "京", "tower"), False)
