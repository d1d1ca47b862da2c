"""Sentences end where Unicode says, in any script, and nothing of what somebody said is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.summarising.sentences import sentences, spans


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("He came. She left!  Why?", ["He came.", "She left!", "Why?"]),
        ("It costs 3.14 at the U.S. border", ["It costs 3.14 at the U.S. border"]),
        ("etc. and so on (really.) Then more", ["etc. and so on (really.)", "Then more"]),
        ("“Is it so?” he asked.", ["“Is it so?”", "he asked."]),
        ("Wait... what?! No", ["Wait... what?!", "No"]),
        ("one line\nanother line\n\nthird", ["one line", "another line", "third"]),
        ("東京駅で会いましょう。改札の前です！遅れないで", ["東京駅で会いましょう。", "改札の前です！", "遅れないで"]),
        ("क्या तुम आओगे? हाँ। ठीक है", ["क्या तुम आओगे?", "हाँ।", "ठीक है"]),
        ("هل ستأتي؟ نعم", ["هل ستأتي؟", "نعم"]),
        ("> what they wrote\nI agree with that", ["I agree with that"]),
        ("See this:\n```\nx = 1. Y = 2.\n```\nIt works.", ["See this:", "It works."]),
        (" \n\t", []),
    ],
)
def test_sentences_end_as_unicode_says(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


@given(st.text(alphabet=st.one_of(st.sampled_from(".!?。؟ \n\"')aAé1東\u0301\u200d,"), st.characters()), max_size=80))
def test_spans_hold_everything_but_blanks_and_never_overlap(text: str) -> None:
    found = spans(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(found))
