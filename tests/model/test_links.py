"""Links are found where they stand, and only web addresses ever count as one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backscroll.model.links import is_link, link_spans, links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.org/a?b=c, and (http://example.com/x).", ["https://example.org/a?b=c", "http://example.com/x"]),
        ("twice https://a.org https://a.org", ["https://a.org"]),
        ("<https://a.org/x>; \"https://b.org\"", ["https://a.org/x", "https://b.org"]),
        ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
        ("https://東京.jp/駅", ["https://東京.jp/駅"]),
        ("javascript:alert(1) file:///etc/passwd ftp://x.org data:text/html,x mailto:a@b.c", []),
        ("xhttps://a.org https:// https://.", []),
        ("http://[broken", []),
    ],
)  # fmt: skip
def test_links_end_before_the_punctuation_around_them(text: str, found: list[str]) -> None:
    assert links(text) == found


@pytest.mark.parametrize(
    "address",
    ["", "example.org", "file:///x", "javascript:x", "http:///x", "https://a b", "https://a\n", "https://a\x1b]0;",
     "https://a\u202eb", "vscode://x", "-https://a"],
)  # fmt: skip
def test_no_other_scheme_and_nothing_invisible_is_a_link(address: str) -> None:
    assert not is_link(address)


@given(st.text(max_size=100), st.sampled_from(["", "http://", "https://x.org/"]), st.text(max_size=100))
def test_whatever_is_found_may_be_followed_and_stands_in_the_text(before: str, link: str, after: str) -> None:
    text = before + link + after
    spans = link_spans(text)
    assert all(is_link(text[start:end]) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
