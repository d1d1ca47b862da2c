"""The door for foreign text lets nothing through that a terminal would act on."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from backscroll.text import safe, safe_json, safe_line

DANGEROUS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
HOSTILE = (
    "\x1b]0;owned\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "\x90+q\x9c",
    "abc\u202edcba",
    "a\x00b",
    "\ud83d alone",
    "z" + "\u0301" * 200,
    "[@click=app.quit]quit[/]",
)
texts = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=200)


@given(texts)
def test_no_text_keeps_a_character_that_a_terminal_acts_on(text: str) -> None:
    assert not DANGEROUS.search(safe(text))
    assert "\n" not in safe_line(text)


@given(texts)
def test_going_through_the_door_twice_changes_nothing(text: str) -> None:
    assert safe(safe(text)) == safe(text)


def test_known_attacks_arrive_harmless() -> None:
    for attack in HOSTILE:
        assert not DANGEROUS.search(safe(attack)), repr(attack)
    assert len(safe(HOSTILE[8])) <= 5


def test_what_scripts_and_emoji_need_stays() -> None:
    for text in ("👨‍👩‍👧", "❤️", "می‌خواهم", "naïve", "日本語", "two\nlines"):
        assert safe(text) == text


@given(texts)
def test_a_line_of_json_means_the_same_after_the_door(text: str) -> None:
    line = json.dumps({"text": text}, ensure_ascii=False)
    assert json.loads(safe_json(line)) == {"text": text}
    assert not DANGEROUS.search(safe_json(line))
