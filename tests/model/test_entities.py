"""Entities are found where they stand, whatever stands around them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.model.entities import EntityKind, entities

FOUND = [
    ("see https://example.org/a?b=1, or", ["link https://example.org/a?b=1"]),
    ("mail ana.b+c@mail.example.org!", ["email ana.b+c@mail.example.org"]),
    ("@ana and @bo.c: #plans #1 a#b", ["mention @ana", "mention @bo.c", "hashtag #plans"]),
    ("on 2021-03-04, 4.3.2021 and 12/31/21", ["date 2021-03-04", "date 4.3.2021", "date 12/31/21"]),
    ("version 2021-13-40 and 1.2.3 and 45.99.2021", []),
    ("am 5. März 2021, on March 5, 2021", ["date 5. März 2021", "date March 5, 2021"]),
    ("€ 12.50, 1,200.00 USD", ["amount € 12.50", "amount 1,200.00 USD"]),
    ("30 € and 5 euros", ["amount 30 €", "amount 5 euros"]),
    ("call +49 (0)30 123-4567 or 0151/2345678", ["phone +49 (0)30 123-4567", "phone 0151/2345678"]),
    ("12345678901234567890 and 3.14159265", []),
    ("ломоносов@почта.рф #план", ["email ломоносов@почта.рф", "hashtag #план"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_entities_are_found_as_they_are_written(text: str, expected: list[str]) -> None:
    assert [f"{e.kind} {e.value}" for e in entities(text)] == expected


@given(st.text(st.sampled_from("ab1@#.+-/:€ 0(),\nhttps"), max_size=60))
def test_entities_are_in_order_apart_and_said_so(text: str) -> None:
    found = entities(text)
    assert all(text[e.start : e.end] == e.value for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_words_that_only_look_like_a_date_are_refused() -> None:
    assert entities("12 people 2021", lambda _: False) == []
    (found,) = entities("12 May 2021", lambda value: "May" in value)
    assert found.kind is EntityKind.DATE
